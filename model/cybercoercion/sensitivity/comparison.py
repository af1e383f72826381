"""Scenarios side by side: which inputs differ, and what that does to belief, ranking and gap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.belief import Estimate
from cybercoercion.case.data import data_of
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.response.table import ViewRanking
from cybercoercion.sensitivity.output import FIVE

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
Plain = str | int | float | bool | None
NODES = ("actor", "demand")
COUNTED = "reports that count"
AT_LEAST = 2  # one scenario is no comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One input that is not as in the first scenario; None where it is not stated, and the default holds."""

    place: str
    was: Plain
    becomes: Plain


@dataclass(frozen=True, kw_only=True, eq=False)
class Scenario:
    """One scenario: its answer, and what differs from the inputs of the first."""

    name: str
    assessment: Assessment
    inputs: tuple[Difference, ...]

    @cached_property
    def statements(self) -> dict[str, Estimate]:
        """The probability of each statement with its band: coercion, any coercive aim, each actor, each demand."""
        belief = self.assessment.belief
        named = {f"{node}: {state}": one for node in NODES for state, one in belief.estimates(node).items()}
        return {"coercion": belief.coercion, "any coercive aim": belief.any_coercive_aim, **named}

    def leader(self, node: str) -> str:
        """Return the likeliest state of actor or demand."""
        estimates = self.assessment.belief.estimates(node)
        return max(estimates, key=lambda state: estimates[state].p)

    def view(self, name: str = DEFAULT_VIEW) -> ViewRanking:
        """Return the ranking in a view."""
        return self.assessment.ranking.views[name]

    def differences(self, view: str = DEFAULT_VIEW) -> dict[str, float]:
        """Return the expected difference to nothing new of the four responses and nothing, USD."""
        return {name: 0.0 if name == "nothing" else self.view(view).option(name).delta for name in FIVE}

    def gap(self, view: str = DEFAULT_VIEW) -> float:
        """Return by how much the second cheapest of the five costs more than the cheapest, USD."""
        first, second = sorted(self.differences(view).values())[:2]
        return second - first

    def beyond(self, option: str, yardstick: str, view: str = DEFAULT_VIEW, *, futures: bool = True) -> Array:
        """Return what an option costs beyond the yardstick in each future, or input reading, USD, dims ``(draw,)``."""
        return self._drawn(option, view, futures=futures) - self._drawn(yardstick, view, futures=futures)

    def _drawn(self, option: str, view: str, *, futures: bool) -> Array:
        ranking = self.view(view)
        if option == "nothing":
            return np.zeros(len(ranking.scene.share))
        row = ranking.option(option)
        return row.future_draws if futures else row.difference_draws


@dataclass(frozen=True, kw_only=True, eq=False)
class Comparison:
    """Two or more scenarios on common random numbers; the first is what the others are compared with.

    ``yardstick`` is the first choice of the first scenario in the headline view: costs of all scenarios are shown
    against the same response.
    """

    scenarios: tuple[Scenario, ...]
    yardstick: str

    @property
    def first(self) -> Scenario:
        """What the others are compared with."""
        return self.scenarios[0]

    @property
    def statements(self) -> tuple[str, ...]:
        """Every statement of any scenario, in the order in which they come."""
        return tuple(dict.fromkeys(name for one in self.scenarios for name in one.statements))

    def labelled(self) -> xr.Dataset:
        """Return beliefs ``(scenario, statement, bound)``, costs ``(scenario, view, option)``, gaps; USD.

        What a scenario does not speak of, such as an actor of another case, is not a number.
        """
        import xarray as xr

        missing = Estimate(p=np.nan, low=np.nan, high=np.nan)
        believed = [[one.statements.get(name, missing) for name in self.statements] for one in self.scenarios]
        views = list(self.first.assessment.ranking.views)
        costs = np.array([[list(one.differences(view).values()) for view in views] for one in self.scenarios])
        place = FIVE.index(self.yardstick)
        return xr.Dataset(
            {
                "belief": (
                    ("scenario", "statement", "bound"),
                    np.array([[(one.low, one.p, one.high) for one in row] for row in believed]),
                    {"unit": "probability"},
                ),
                "cost": (("scenario", "view", "option"), costs, {"unit": "USD"}),
                "extra": (("scenario", "view", "option"), costs - costs[..., [place]], {"unit": "USD"}),
                "gap": (
                    ("scenario", "view"),
                    [[one.gap(view) for view in views] for one in self.scenarios],
                    {"unit": "USD"},
                ),
                "first": (("scenario", "view"), [[one.view(view).first for view in views] for one in self.scenarios]),
            },
            coords={
                "scenario": [one.name for one in self.scenarios],
                "statement": list(self.statements),
                "bound": ["low", "p", "high"],
                "view": views,
                "option": list(FIVE),
            },
            attrs={"yardstick": self.yardstick},
        )


def compare(assessments: Mapping[str, Assessment]) -> Comparison:
    """Return scenarios side by side: differences of inputs to the first, and answers on common random numbers.

    Streams of draws bear the names of their inputs. So with one seed and one number of draws, what does not differ
    does not move, and the difference of two answers carries the change alone.

    Parameters
    ----------
    assessments
        Two or more, by the name of the scenario; all with the same seed and number of draws.

    Raises
    ------
    ValueError
        With fewer than two scenarios, or with different seeds or numbers of draws.

    Examples
    --------
    >>> from cybercoercion.assessment import assess, changed
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony, tables = load_case("sony-2014"), load_knowledge(draws=200)
    >>> both = compare(
    ...     {"filed": assess(sony, tables), "hard": assess(changed(sony, ["stakes.resilience=0.7"]), tables)}
    ... )
    >>> both.scenarios[1].inputs[0].place, both.scenarios[1].inputs[0].becomes
    ('stakes.resilience', 0.7)
    >>> both.scenarios[0].statements["coercion"] == both.scenarios[1].statements["coercion"]
    True
    """
    if len(assessments) < AT_LEAST:
        raise ValueError(f"got {len(assessments)} scenario; a comparison takes at least {AT_LEAST}")
    streams = {(one.knowledge.seed, one.knowledge.size) for one in assessments.values()}
    if len(streams) > 1:
        said = ", ".join(f"seed {seed} with {size} draws" for seed, size in sorted(streams))
        raise ValueError(f"got {said}; scenarios are compared on the same seed and number of draws")
    reference = next(iter(assessments.values()))
    scenarios = tuple(
        Scenario(name=name, assessment=one, inputs=tuple(input_differences(reference, one)))
        for name, one in assessments.items()
    )
    return Comparison(scenarios=scenarios, yardstick=scenarios[0].view().first)


def input_differences(first: Assessment, other: Assessment) -> Iterator[Difference]:
    """Yield every input of another assessment that is not as in the first: of the case, of the tables, of the fit."""
    was, becomes = flat(_told(first)), flat(_told(other))
    for place in dict.fromkeys((*was, *becomes)):
        if was.get(place) != becomes.get(place):
            yield Difference(place=place, was=was.get(place), becomes=becomes.get(place))
    counted = [len(one.belief.reports) for one in (first, other)]
    if counted[0] != counted[1]:
        yield Difference(place=COUNTED, was=counted[0], becomes=counted[1])
    for place, name in (("tables", "digest"), ("fit", "fitted")):
        one, two = getattr(first.knowledge, name), getattr(other.knowledge, name)
        one, two = (getattr(value, "digest", value) for value in (one, two))
        if one != two:
            yield Difference(place=place, was=one and one[:8], becomes=two and two[:8])


def _told(assessment: Assessment) -> dict[str, Any]:
    """Return what was told, rows by their ids; the episodes of a campaign too."""
    if assessment.campaign is None:
        return data_of(assessment.case)
    file = data_of(assessment.campaign.file)
    return file | {"episodes": [data_of(episode) for episode in assessment.campaign.episodes]}


def flat(value: Any, place: str = "") -> dict[str, Plain]:
    """Return every leaf of a case by its place.

    >>> flat({"stakes": {"resilience": {"low": 0.2, "high": 0.5}}, "reports": [{"id": "a", "grade": "B2"}]})
    {'stakes.resilience': '0.2 to 0.5', 'reports.a.id': 'a', 'reports.a.grade': 'B2'}
    """
    if isinstance(value, Mapping) and {"low", "high"} <= value.keys():
        mass = f" ({value['mass']:.0%})" if "mass" in value else ""
        return {place: f"{value['low']:g} to {value['high']:g}{mass}"}
    lead = f"{place}." if place else ""
    if isinstance(value, Mapping):
        return {at: leaf for key, one in value.items() for at, leaf in flat(one, f"{lead}{key}").items()}
    if isinstance(value, list | tuple):
        if all(isinstance(one, Mapping) and "id" in one for one in value):
            return {at: leaf for one in value for at, leaf in flat(one, f"{lead}{one['id']}").items()}
        return {place: ", ".join(str(one) for one in value)}
    return {place: value.isoformat() if isinstance(value, date) else value}
