"""What the value of parameters is told with: a row for each of them and for each group, and the two EVPIs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cybercoercion.sensitivity.choice import Decision
from cybercoercion.sensitivity.value.evpi import Evpi

if TYPE_CHECKING:
    import xarray as xr

Method = Literal["exact", "nodes", "spline", "additive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterValue:
    """What knowing one parameter, or a group of them, is worth: USD, its error, and its share of EVPI of readings.

    ``method``: ``exact`` (costs are linear in it, whatever its tail; of a group: draw by draw, the rest averaged out),
    ``nodes`` (the full engine at quantiles), ``spline`` (regression on draws, 0 where noise does as well), ``additive``
    (of a group: what its members do, added up). ``members`` are names of inputs.
    """

    name: str
    label: str
    group: str
    evppi: float
    error: float
    share: float
    method: Method
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParametersValue:
    """The value of each parameter in one view and decision, the largest first.

    ``readings`` bounds every row; ``everything`` bounds what knowing states is worth too. ``now`` is the expected
    difference of the pick to nothing new, USD. ``warnings`` name every bound that does not hold, and few draws.
    """

    view: str
    decision: Decision
    pick: str
    now: float
    readings: Evpi
    everything: Evpi
    rows: tuple[ParameterValue, ...]
    groups: tuple[ParameterValue, ...]
    warnings: tuple[str, ...]

    def labelled(self) -> xr.Dataset:
        """Return values and errors, labelled ``(parameter,)`` and ``(group,)``, with both values of all."""
        import xarray as xr

        unit = {"unit": "USD"}
        columns: dict[str, object] = {}
        for axis, rows in (("parameter", self.rows), ("group", self.groups)):
            end = "" if axis == "parameter" else "_of_group"
            columns |= {
                f"evppi{end}": ((axis,), [row.evppi for row in rows], unit),
                f"error{end}": ((axis,), [row.error for row in rows], unit),
                f"share{end}": ((axis,), [row.share for row in rows], {"unit": "share of EVPI of readings"}),
                f"method{end}": ((axis,), [row.method for row in rows]),
            }
        for name, known in (("readings", self.readings), ("everything", self.everything)):
            columns |= {
                f"evpi_of_{name}": ((), known.value, unit),
                f"error_of_evpi_of_{name}": ((), known.error, unit),
            }
        return xr.Dataset(
            columns,
            coords={
                "parameter": [row.name for row in self.rows],
                "group": [row.name for row in self.groups],
                "label": (("parameter",), [row.label for row in self.rows]),
            },
            attrs={"view": self.view, "decision": self.decision, "pick": self.pick, "now": self.now},
        )
