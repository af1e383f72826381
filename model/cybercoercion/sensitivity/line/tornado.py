"""Which inputs move the decision, each over its own 5 to 95 %."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.asking import known_inputs, names_of
from cybercoercion.sensitivity.changing import answer
from cybercoercion.sensitivity.choice import Decision
from cybercoercion.sensitivity.input.inputs import Input, inputs
from cybercoercion.sensitivity.line.along import Flip, flips, labels_along, moved, mover
from cybercoercion.sensitivity.line.given import Given
from cybercoercion.sensitivity.output import UNIT, Output

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
Method = Literal["exact", "draws"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bar:
    """One input at its own 5, 25, 50, 75 and 95 %: ``values``, dims ``(level,)``, in its own ``unit``.

    ``fixed`` is the full answer with the input held there, ``conditional`` what is expected given that value,
    ``error`` its standard error, dims ``(level, label)`` each. ``method`` says how the second was had: ``draws`` (a
    spline), or ``exact`` (the input enters expected costs by its mean and hangs together with nothing: both are the
    same). ``firsts`` is the first choice at each level with the rest fixed, ``flips`` the values between them at which
    it changes.
    """

    name: str
    label: str
    group: str
    unit: str
    now: float
    values: Array
    fixed: Array
    conditional: Array
    error: Array
    method: Method
    firsts: tuple[str, ...]
    flips: tuple[Flip, ...]

    @property
    def swing(self) -> float:
        """The range of the output over the five levels, the rest fixed; of several numbers, the widest."""
        return float(np.nanmax(np.ptp(self.fixed, axis=0), initial=0.0))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tornado:
    """What each input does to an output, the widest swing first.

    ``now`` is the output as things are, dims ``(label,)``; ``pick`` the first choice that a gap is reckoned from.
    ``certain`` names the inputs that are taken as points: they have no range of their own to be moved over.
    """

    output: Output
    labels: tuple[str, ...]
    view: str
    decision: Decision
    pick: str
    now: Array
    bars: tuple[Bar, ...]
    certain: tuple[str, ...]

    def labelled(self) -> xr.Dataset:
        """Return the numbers of every input, dims ``(input, level, label)``, and its values, ``(input, level)``."""
        import xarray as xr

        shape, dims = (len(self.bars), len(LEVELS)), ("input", "level", "label")
        unit = {"unit": UNIT[self.output]}

        def stacked(field: str) -> Array:
            return np.array([getattr(bar, field) for bar in self.bars]).reshape(*shape, len(self.labels))

        return xr.Dataset(
            {
                "fixed": (dims, stacked("fixed"), unit),
                "conditional": (dims, stacked("conditional"), unit),
                "error": (dims, stacked("error"), unit),
                "value": (("input", "level"), np.array([bar.values for bar in self.bars]).reshape(shape)),
                "first": (("input", "level"), np.array([bar.firsts for bar in self.bars]).reshape(shape)),
                "swing": (("input",), [bar.swing for bar in self.bars], unit),
                "now": (("label",), self.now, unit),
            },
            coords={
                "input": [bar.name for bar in self.bars],
                "level": list(LEVELS),
                "label": list(self.labels),
                "unit": ("input", [bar.unit for bar in self.bars]),
            },
            attrs={"view": self.view, "decision": self.decision, "pick": self.pick, "output": self.output},
        )


def tornado(
    assessment: Assessment,
    *,
    view: str = DEFAULT_VIEW,
    decision: Decision = "response",
    output: Output = "gap",
    names: Sequence[str] | None = None,
    say: Callable[[float, str], None] = lambda *_: None,
) -> Tornado:
    """Return an output with each input at its own 5, 25, 50, 75 and 95 %, the widest swing first.

    Beside the full answer with the rest as it is expected now stands ``E[output | input = q]`` from the draws, which is
    right where inputs hang together: each plan's cost in each draw, losses at their exact means, is regressed on the
    input, and gap and cost follow from what is then expected of each plan.

    Parameters
    ----------
    assessment
        A case or campaign, assessed.
    view, decision
        Who pays for how long, and whether responses are rivals or resilience comes first.
    output
        ``gap`` (USD, negative where another is first), ``cost``, ``regret`` (USD), ``belief`` or ``p_best``.
    names
        Some inputs; by default all.
    say
        Is told, before each input, which share is done and what comes next; what it raises ends the work.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=200))
    >>> both = tornado(sony, names=["stakes.resilience", "p.coercion"])
    >>> [bar.name for bar in both.bars]
    ['stakes.resilience', 'p.coercion']
    """
    now = moved(answer(assessment, view), decision)
    labels, pick = labels_along(output, now.given, decision), now.first
    known = inputs(assessment, view) if names is None else _named(assessment, view, names)
    draws = Given(now=now, output=output, labels=labels, pick=pick)
    bars = []
    for place, one in enumerate(known):
        if not one.certain:
            say(place / len(known), f"{place + 1} of {len(known)}: {one.label}")
            bars.append(_bar(one, draws))
    return Tornado(
        output=output,
        labels=labels,
        view=view,
        decision=decision,
        pick=pick,
        now=now.numbers(output, labels, pick),
        bars=tuple(sorted(bars, key=lambda bar: -bar.swing)),
        certain=tuple(one.name for one in known if one.certain),
    )


def _named(assessment: Assessment, view: str, names: Sequence[str]) -> list[Input]:
    every = {one.name: one for one in inputs(assessment, view)}
    wanted = names_of(names)
    known_inputs(wanted, every)
    return [every[name] for name in wanted]


def _bar(one: Input, draws: Given) -> Bar:
    ask = mover(one, draws.now.decision)
    values = np.array([one.quantile(level) for level in LEVELS])
    asked = {float(value): ask(float(value)) for value in np.unique(values)}
    at = [asked[float(value)] for value in values]
    fixed = np.array([each.numbers(draws.output, draws.labels, draws.pick) for each in at])
    firsts = tuple(each.first for each in at)
    found = draws.expected(one, values)
    method: Method = "exact" if found is None else "draws"
    conditional, error = found if found is not None else (fixed, np.zeros(fixed.shape))
    return Bar(
        name=one.name,
        label=one.label,
        group=one.group,
        unit=one.unit,
        now=one.now,
        values=values,
        fixed=fixed,
        conditional=conditional,
        error=error,
        method=method,
        firsts=firsts,
        flips=flips(ask, values.tolist(), firsts),
    )
