"""The value-of-information table of a case: what is worth finding out before deciding, in one view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cybercoercion.sensitivity.choice import Decision
from cybercoercion.sensitivity.coherence import Check, coherence_of_value
from cybercoercion.sensitivity.value.collection import Step
from cybercoercion.sensitivity.value.control import ControlValue, OutcomeValue
from cybercoercion.sensitivity.value.pairs import PairValue
from cybercoercion.sensitivity.value.parameter_result import ParametersValue
from cybercoercion.sensitivity.value.reports import Coming, Unvalued
from cybercoercion.sensitivity.value.states import GUILTY
from cybercoercion.sensitivity.value.waiting import WaitingValue

if TYPE_CHECKING:
    import xarray as xr

SLACK = 1e-9  # of the value: what rounding may add


@dataclass(frozen=True, slots=True, kw_only=True)
class StateValue:
    """What it is worth to know some hidden states for certain, USD: no report on them can be worth more."""

    states: tuple[str, ...]
    evppi: float

    @property
    def name(self) -> str:
        """The states, joined."""
        return named(self.states)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportValue:
    """What a report that could still come is worth, USD: gross, and net of its cost and of the days it takes."""

    report: Coming
    evsi: float
    hangs_on: tuple[str, ...]
    evppi: float  # of the states it hangs on: its upper limit
    chance: float  # that it changes the plan that is chosen

    @property
    def net(self) -> float:
        """Its value less what it costs and what waiting for it costs."""
        return self.evsi - self.report.cost - self.report.waiting


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Value:
    """What is worth finding out before deciding, in one view; money in USD.

    ``states``, ``evpi`` and ``reports`` speak of the menu of ``decision``; ``waiting`` always of what goes on top of
    resilience. Reports stand in the order of their net value.
    """

    view: str
    decision: Decision
    plan: str  # that is chosen now
    now: float  # its expected difference to nothing new
    level: float  # its expected cost
    evpi: float  # of all hidden states that costs hang on
    evpi_later: float | None  # the same under the tables of later cases, where a report was valued under them
    states: tuple[StateValue, ...]
    reports: tuple[ReportValue, ...]
    unvalued: tuple[Unvalued, ...]
    pair: PairValue | None
    waiting: tuple[WaitingValue, ...]  # in the order of the reports
    control: tuple[ControlValue, ...]
    outcomes: tuple[OutcomeValue, ...]
    next: Step | None  # the best next report, answer by answer; None where none is worth anything
    next_pair: Step | None
    parameters: ParametersValue | None  # of inputs, not of states; None where not asked for
    notes: tuple[str, ...]

    @property
    def best(self) -> ReportValue | None:
        """The report that is worth most, net; None where none is worth anything."""
        return best_of(self.reports)

    def checks(self) -> tuple[Check, ...]:
        """Return whether the bounds hold: ``0 <= EVSI <= EVPPI of what the report hangs on <= EVPI``.

        A report under later tables has bounds of its own. What it is worth to know states and inputs together bounds
        all states, but for the error of its draws.
        """
        bounds = {f"what {one.report.id} hangs on": one.evppi for one in self.reports}
        found = coherence_of_value(
            evpi=max(self.evpi, self.evpi_later or 0.0),
            evppi={one.name: one.evppi for one in self.states} | bounds,
            evsi={one.report.id: one.evsi for one in self.reports},
            hangs_on={one.report.id: f"what {one.report.id} hangs on" for one in self.reports},
        )
        if self.parameters is None:
            return found
        whole = Check(
            name="value.everything",
            off=self.evpi - self.parameters.everything.ceiling,
            allowed=SLACK * max(self.evpi, 1.0),
            fault="all states together are worth more than states and inputs together",
        )
        return (*found, whole)

    def labelled(self) -> xr.Dataset:
        """Return the values of reports ``(report,)`` and of states ``(states,)``, USD, labelled."""
        import xarray as xr

        fields = {
            "evsi": [one.evsi for one in self.reports],
            "net": [one.net for one in self.reports],
            "bound": [one.evppi for one in self.reports],
        }
        data = {name: ("report", values, {"unit": "USD"}) for name, values in fields.items()}
        chance = ("report", [one.chance for one in self.reports], {"unit": "probability"})
        known = ("states", [one.evppi for one in self.states], {"unit": "USD"})
        return xr.Dataset(
            data | {"chance": chance, "evppi": known},
            coords={
                "report": [one.report.id for one in self.reports],
                "states": [one.name for one in self.states],
            },
            attrs={"view": self.view, "decision": self.decision, "evpi": self.evpi},
        )


def named(states: tuple[str, ...]) -> str:
    """Return the name of some states together.

    >>> named(("who", "framed")), named(("guilty:apt", "intent"))
    ('who and framed', 'whether apt did it and intent')
    """
    each = [f"whether {one.removeprefix(GUILTY)} did it" if one.startswith(GUILTY) else one for one in states]
    return " and ".join(each)


def best_of(reports: Sequence[ReportValue]) -> ReportValue | None:
    """Return the report that is worth most, net; None where none is worth anything."""
    return max((one for one in reports if one.evsi > 0), key=lambda one: one.net, default=None)
