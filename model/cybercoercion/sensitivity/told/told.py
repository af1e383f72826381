"""What is believed when some reports of a case or campaign are otherwise; what was asked before is not asked again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.belief import believe
from cybercoercion.belief.campaign import purposes, seen_together, served
from cybercoercion.belief.engine import joint
from cybercoercion.belief.evidence import dispute_factors, in_force, key_of, origin_of
from cybercoercion.belief.soft import weigh_beliefs
from cybercoercion.case import Case, Report
from cybercoercion.response.assumed import AssumedBelief
from cybercoercion.response.weights import BeliefLike
from cybercoercion.vocabulary import facts

Array = NDArray[np.float64]
Place = tuple[int, int]  # which episode, and which of its reports
KEPT = 64  # joints of episodes


@dataclass(frozen=True, kw_only=True, eq=False)
class Told:
    """The reports of an assessment, and the belief from them when some are changed.

    A change is a report in the place of another. A case is one episode.
    """

    assessment: Assessment
    _beliefs: dict[object, BeliefLike] = field(default_factory=dict, repr=False)
    _joints: dict[object, Array] = field(default_factory=dict, repr=False)

    @cached_property
    def episodes(self) -> tuple[Case, ...]:
        """The case, or the episodes of the campaign."""
        campaign = self.assessment.campaign
        return campaign.episodes if campaign is not None else (self.assessment.case,)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where each report stands, hidden ones and those that are off included."""
        return tuple((one, at) for one, case in enumerate(self.episodes) for at in range(len(case.reports)))

    def report(self, place: Place) -> Report:
        """Return a report."""
        return self.episodes[place[0]].reports[place[1]]

    def name(self, place: Place) -> str:
        """Return the id of a report, with its episode in front where there are several."""
        own = self.report(place).id
        return own if self.assessment.campaign is None else f"{self.episodes[place[0]].id}/{own}"

    def changed(self, changes: Mapping[Place, Report]) -> tuple[Case, ...]:
        """Return the episodes with some reports changed."""
        out = []
        for one, case in enumerate(self.episodes):
            here = {at: report for (place, at), report in changes.items() if place == one}
            if here:
                reports = tuple(here.get(at, report) for at, report in enumerate(case.reports))
                case = case.model_copy(update={"reports": reports})  # noqa: PLW2901 - the same case, told otherwise
            out.append(case)
        return tuple(out)

    def counts(self, place: Place) -> bool:
        """Say whether a report moves the belief: known, switched on, and not what the frame conditions on."""
        case = self.episodes[place[0]]
        return self.report(place).id in {report.id for report in in_force(case, self.assessment.knowledge)}

    def origin(self, place: Place) -> str:
        """Return who stands behind a report; over several episodes, one without an origin is told by its episode."""
        report = self.report(place)
        return self.name(place) if report.origin == report.id else origin_of(report)

    def alike(self, place: Place) -> tuple[Place, ...]:
        """Return the other reports that say the same and could be copies of it, or it of them."""
        report, key = self.report(place), key_of(self.report(place))
        shared = self.assessment.knowledge.setting("campaign.shared_facts")
        over = facts()[report.fact].group in ("actor", "demand") or report.fact in shared
        return tuple(
            other
            for other in self.places
            if other != place
            and (over or other[0] == place[0])
            and self.report(other).kind == "likelihood"
            and self.counts(other)
            and key_of(self.report(other)) == key
        )

    def belief(self, changes: Mapping[Place, Report]) -> BeliefLike:
        """Return the belief with some reports changed, by the full engine.

        Raises
        ------
        ImpossibleEvidence
            When no state of the world agrees with the reports then.
        """
        told = self.changed(changes)
        knowledge = self.assessment.knowledge
        key = tuple(in_force(case, knowledge) for case in told)
        return _kept(self._beliefs, key, lambda: self._believed(told))

    def _believed(self, told: Sequence[Case]) -> BeliefLike:
        if self.assessment.campaign is None:
            return believe(told[0], self.assessment.knowledge)
        knowledge, belief = self.assessment.knowledge, self.assessment.belief
        seen = seen_together(told, knowledge)
        persistence = knowledge.quantity("campaign.persistence")
        whole = self._start
        for one, (case, network, reports) in enumerate(zip(seen.episodes, seen.networks, seen.reports, strict=True)):
            parents = {report.id: seen.parents[report.id] for report in reports if report.id in seen.parents}

            def term(one: int = one, case: Case = case, known: dict[str, str] = parents) -> Array:
                after = joint(network, weigh_beliefs(case, network, knowledge, reports, known))  # noqa: B023 - called at once
                return served(after, self._before[one], persistence)

            whole = whole * _kept(self._joints, (one, reports, tuple(sorted(parents.items()))), term)
        posterior = seen.networks[-1].fold(whole, 1)
        return AssumedBelief(
            intents=belief.intents,
            actors=belief.actors,
            demands=belief.demands,
            posterior=posterior / posterior.sum(),
        )

    @cached_property
    def _before(self) -> tuple[Array, ...]:
        knowledge = self.assessment.knowledge
        seen = seen_together(self.episodes, knowledge)
        return tuple(
            joint(network, dispute_factors(case, network, knowledge))
            for case, network in zip(seen.episodes, seen.networks, strict=True)
        )

    @cached_property
    def _start(self) -> Array:
        knowledge = self.assessment.knowledge
        seen = seen_together(self.episodes, knowledge)
        return purposes(seen.episodes, seen.networks, self._before, knowledge)


def _kept[T](memory: dict[object, T], key: object, make: Callable[[], T]) -> T:
    if key not in memory:
        memory[key] = make()
        while len(memory) > KEPT:
            del memory[next(iter(memory))]
    return memory[key]
