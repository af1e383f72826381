"""What would change the decision: thresholds, tornado, map, curves, value of information, attitudes, robustness.

Each verb takes an `Assessment` and returns a frozen value with ``labelled()``; it is loaded when first used.

>>> from cybercoercion.assessment import assess
>>> from cybercoercion.case import load_case
>>> from cybercoercion.knowledge import load_knowledge
>>> from cybercoercion.sensitivity import thresholds
>>> sony = assess(load_case("sony-2014"), load_knowledge(draws=200))
>>> thresholds(sony, names=["cost.urgent"]).rows[0].flips[0].winner
'nothing'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cybercoercion.sensitivity.assumed.assumption import register
    from cybercoercion.sensitivity.assumed.false_flag import break_evens
    from cybercoercion.sensitivity.assumed.prior_set import prior_sets
    from cybercoercion.sensitivity.attitude import attitudes
    from cybercoercion.sensitivity.comparison import compare
    from cybercoercion.sensitivity.entry.curve import entry_curve
    from cybercoercion.sensitivity.entry.entries import entries
    from cybercoercion.sensitivity.input.inputs import Input, input_named, inputs
    from cybercoercion.sensitivity.line.curves import acceptability, curve
    from cybercoercion.sensitivity.line.tornado import tornado
    from cybercoercion.sensitivity.plane.on_top_map import on_top_map
    from cybercoercion.sensitivity.plane.policy_map import policy_map
    from cybercoercion.sensitivity.robust.box import box
    from cybercoercion.sensitivity.robust.credal import credal
    from cybercoercion.sensitivity.robust.power import power_scaling
    from cybercoercion.sensitivity.threshold.threshold import thresholds
    from cybercoercion.sensitivity.told.reports import report_changes
    from cybercoercion.sensitivity.told.smallest import smallest
    from cybercoercion.sensitivity.value.collection import chance_of_change
    from cybercoercion.sensitivity.value.evpi import evpi_of_everything, evpi_of_readings
    from cybercoercion.sensitivity.value.parameters import parameters_value
    from cybercoercion.sensitivity.value.table import voi

_HOME = {
    "assumed.assumption": ("register",),
    "assumed.false_flag": ("break_evens",),
    "assumed.prior_set": ("prior_sets",),
    "attitude": ("attitudes",),
    "comparison": ("compare",),
    "line.curves": ("acceptability", "curve"),
    "line.tornado": ("tornado",),
    "entry.curve": ("entry_curve",),
    "entry.entries": ("entries",),
    "input.inputs": ("Input", "input_named", "inputs"),
    "plane.on_top_map": ("on_top_map",),
    "plane.policy_map": ("policy_map",),
    "robust.box": ("box",),
    "robust.credal": ("credal",),
    "robust.power": ("power_scaling",),
    "threshold.threshold": ("thresholds",),
    "told.reports": ("report_changes",),
    "told.smallest": ("smallest",),
    "value.collection": ("chance_of_change",),
    "value.evpi": ("evpi_of_everything", "evpi_of_readings"),
    "value.parameters": ("parameters_value",),
    "value.table": ("voi",),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Input",
    "acceptability",
    "attitudes",
    "box",
    "break_evens",
    "chance_of_change",
    "compare",
    "credal",
    "curve",
    "entries",
    "entry_curve",
    "evpi_of_everything",
    "evpi_of_readings",
    "input_named",
    "inputs",
    "on_top_map",
    "parameters_value",
    "policy_map",
    "power_scaling",
    "prior_sets",
    "register",
    "report_changes",
    "smallest",
    "thresholds",
    "tornado",
    "voi",
]


def __getattr__(name: str) -> Any:
    """Load a verb or a value when it is first used: a person waits for the imports of a command."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'cybercoercion.sensitivity' has no attribute {name!r}")
    return getattr(import_module(f"cybercoercion.sensitivity.{_MODULE_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
