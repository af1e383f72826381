"""Would another reasonable opinion say the same? Belief and first choice under named sets of priors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.knowledge import Knowledge
from cybercoercion.knowledge.alternative import Alternative, alternatives, with_alternative
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.response.weights import BeliefLike
from cybercoercion.sensitivity.asking import known_view
from cybercoercion.sensitivity.changing import Answer, believed
from cybercoercion.sensitivity.output import UNIT, Output, labels_of, measured

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
AS_IT_IS = "as it is"
REGIONAL = "regional"
SAYS: Mapping[str, str] = MappingProxyType(
    {
        "sceptical": "coercion is a third as common, grades hold at half the odds, the unlisted keep twice their share",
        "diffuse": "tables are half as sure, and facts hang together more",
        REGIONAL: "intents are as common as where the target lies",
    }
)
SETS = tuple(SAYS)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnderSet:
    """The answer under one set; ``p_leader`` is the probability of whoever leads as it is, ``leader`` who leads here.

    ``gap`` is by how much the cheapest of the other four costs more than the first choice as it is, USD: negative where
    another is first.
    """

    name: str
    says: str
    p_coercion: float
    leader: str
    p_leader: float
    first: str
    gap: float
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PriorSets:
    """The answers under every named set, the first row as it is; what a set cannot change stands in ``notes``.

    Of the ``named`` entries of the sets a fit keeps what it learnt of ``kept``.
    """

    view: str
    pick: str
    leader: str
    at_values: bool
    named: int
    kept: int
    rows: tuple[UnderSet, ...]
    notes: tuple[str, ...]

    @property
    def spread_coercion(self) -> float:
        """By how much P(coercion) differs over the sets, the answer as it is among them."""
        return _spread([row.p_coercion for row in self.rows])

    @property
    def spread_leader(self) -> float:
        """By how much the probability of the leading actor differs over the sets."""
        return _spread([row.p_leader for row in self.rows])

    @property
    def spread(self) -> float:
        """The larger of the two."""
        return max(self.spread_coercion, self.spread_leader)

    def flips(self, row: UnderSet) -> tuple[str, ...]:
        """Return what is another under a set: the leading actor, the first choice, both, or nothing."""
        found = {"leading actor": row.leader != self.leader, "first choice": row.first != self.pick}
        return tuple(name for name, other in found.items() if other)

    @property
    def passed(self) -> bool:
        """Say whether every set has the same leading actor and the same first choice."""
        return not any(self.flips(row) for row in self.rows)

    def measured(self, output: Output) -> Array:
        """Return the numbers of an output under each set, dims ``(set, label)``."""
        return np.array([row.answer.measured(output, self.pick) for row in self.rows])

    def labelled(self, output: Output = "gap") -> xr.DataArray:
        """Return the numbers of an output, labelled ``(set, label)``."""
        import xarray as xr

        labels = labels_of(output, self.rows[0].answer.belief)
        return xr.DataArray(
            self.measured(output),
            dims=("set", "label"),
            coords={"set": [row.name for row in self.rows], "label": list(labels)},
            name=output,
            attrs={"unit": UNIT[output], "view": self.view, "pick": self.pick},
        )


def prior_sets(assessment: Assessment, *, view: str = DEFAULT_VIEW, at_values: bool = True) -> PriorSets:
    """Return belief and first choice under the sceptical, the diffuse and the regional set.

    Sets lie in ``priors/sets`` and move what is believed, not what responses cost: costs are those of the assessment.
    A set goes on top of an overlay. Where a fit is loaded its draws stay, so that sets move only what it did not learn.

    Parameters
    ----------
    assessment
        Of a case or a campaign.
    view
        Whose costs.
    at_values
        Every number of the belief at its headline value, so that the answer takes milliseconds and no two sets differ
        by Monte Carlo error; the row as it is too. Else the draws of the assessment.

    Returns
    -------
    PriorSets
        One row as it is, then one per set. Without a known country of the target, the regional set is the shipped one.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = prior_sets(assess(load_case("sony-2014"), load_knowledge(draws=200)))
    >>> [row.name for row in found.rows]
    ['as it is', 'sceptical', 'diffuse', 'regional']
    """
    known_view(view)
    pick, leader = assessment.ranking.views[view].first, _leader(assessment.belief)
    source, region = assessment.campaign or assessment.case, region_of(assessment)
    named, kept = _entries(assessment.knowledge, region)
    rows = []
    for name in (AS_IT_IS, *SETS):
        other = _alternative(name, region)
        knowledge = assessment.knowledge if other is None else with_alternative(assessment.knowledge, other)
        answer = Answer(
            belief=believed(source, knowledge.at_values() if at_values else knowledge),
            costs=assessment.costs,
            view=view,
        )
        rows.append(_under(name, answer, pick, leader))
    return PriorSets(
        view=view,
        pick=pick,
        leader=leader,
        at_values=at_values,
        named=named,
        kept=kept,
        rows=tuple(rows),
        notes=(
            *_about_region(region),
            *([f"A fit is loaded, and {kept} of {named} entries of the sets keep what it learnt."] if kept else []),
        ),
    )


def region_of(assessment: Assessment) -> str | None:
    """Return the region of the target's country, None where it is not stated or not known."""
    from cybercoercion.fit.importing.world import world

    iso = assessment.case.target.country
    state = None if iso is None else world().countries.get(iso)
    return None if state is None else state.region


def _alternative(name: str, region: str | None) -> Alternative | None:
    if name == REGIONAL:
        return None if region is None else alternatives().get(f"{REGIONAL}-{region.lower().replace(' ', '-')}")
    return alternatives().get(name)


def _under(name: str, answer: Answer, pick: str, leader: str) -> UnderSet:
    actors, by_actor = answer.belief.actors, answer.measured("belief")[1:]
    return UnderSet(
        name=name,
        says=SAYS.get(name, "the shipped tables, and what was put in their place"),
        p_coercion=float(measured("belief", answer.belief)[0]),
        leader=_leader(answer.belief),
        p_leader=float(by_actor[actors.index(leader)]),
        first=answer.first,
        gap=answer.gap(pick),
        answer=answer,
    )


def _leader(belief: BeliefLike) -> str:
    return belief.actors[int(belief.posterior.sum((0, 2, 3)).argmax())]


def _spread(values: list[float]) -> float:
    return max(values) - min(values)


def _about_region(region: str | None) -> tuple[str, ...]:
    if region is None:
        return ("The country of the target is not known: the regional set is the shipped one.",)
    return (f"Region of the target: {region}.",)


def _entries(knowledge: Knowledge, region: str | None) -> tuple[int, int]:
    """Return how many entries the sets name, and of how many a fit has learnt something."""
    named = {entry for name in SETS if (other := _alternative(name, region)) is not None for entry in other.entries}
    fitted = knowledge.fitted
    return len(named), len(named & {*fitted.tables, *fitted.quantities}) if fitted is not None else 0
