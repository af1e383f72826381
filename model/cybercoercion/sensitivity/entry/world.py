"""A case or a campaign with one row of a table changed: the joint of states and reports, by the engine itself.

Held where they stand are how often words come up at all (the noise of a report), and what stated beliefs weigh.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.belief.belief import network_of
from cybercoercion.belief.campaign import purposes, seen_together, served
from cybercoercion.belief.engine import Merged, joint, merge, seen_through_deception
from cybercoercion.belief.evidence import (
    Evidence,
    Factor,
    copy_parents,
    dispute_factors,
    in_force,
    read_evidence,
    seen_early,
)
from cybercoercion.belief.network import Network
from cybercoercion.belief.soft import Room, Weighing, weighings
from cybercoercion.case import Case, Report
from cybercoercion.knowledge import Knowledge

Array = NDArray[np.float64]
Place = tuple[int, ...]
PURPOSE = "campaign_purpose"  # the table of a campaign that stands in no episode
BASE = ("intent", "kind", "demanded", "signalling", "objective")  # tables that stand in the network itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row of a table at other values: ``rows``, dims ``(state, draw)``, as they enter.

    ``version`` is that of a table of which a fit has two, for episodes that use it; by default all are meant.
    """

    table: str
    place: Place
    rows: Array
    version: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Episode:
    """One episode with what its reports say."""

    case: Case
    network: Network
    knowledge: Knowledge
    reports: tuple[Report, ...]
    parents: dict[str, str] | None
    beliefs: tuple[Weighing, ...]

    @cached_property
    def plain(self) -> tuple[Report, ...]:
        """The reports that are weighed as evidence."""
        return tuple(report for report in self.reports if report.kind == "likelihood")

    @cached_property
    def evidence(self) -> Evidence:
        """What the reports say, stated beliefs included."""
        return self._read(self.network, self.knowledge)

    @cached_property
    def merged(self) -> Merged:
        """All factors, multiplied by scope."""
        return merge(self.evidence.compiled(self.case, self.network, self.knowledge))

    @cached_property
    def joint(self) -> Array:
        """p(intent, who, demand, reports), dims ``(intent, who, demand, draw)``."""
        return joint(self.network, self.evidence.compiled(self.case, self.network, self.knowledge))

    @cached_property
    def before(self) -> Array:
        """The same without reports; the dispute stands in it."""
        return joint(self.network, dispute_factors(self.case, self.network, self.knowledge))

    def version(self, name: str) -> str:
        """Return which version of a table is used: a fit has its own where no technical fact is told but early ones."""
        told = {fact for fact, _ in self.evidence.told}
        early = name in told and name != "demand_content" and seen_early(told)
        return self.knowledge.version(name, early=early)

    def table(self, name: str) -> Array:
        """Return a table as it is used, dims ``(*given, state, draw)``."""
        if name == "kind":
            return self.network.kind
        return self.knowledge.table(name, early=self.version(name) != name)

    def changed(self, change: Change, *, reported: bool = True) -> Array:
        """Return the joint under a change, with or without what is reported."""
        if change.version not in ("", self.version(change.table)):
            return self.joint if reported else self.before
        network, known = self.under(change)
        if reported:
            factors: Sequence[Factor] = self._read(network, known).compiled(self.case, network, known)
        else:
            factors = dispute_factors(self.case, network, known)
        return joint(network, factors)

    def named(self, change: Change) -> tuple[Array, Array]:
        """Return how likely all names that were given are, by who did it and by demand, under a change.

        Dims ``(who, draw)`` and ``(demand, draw)``.
        """
        network, known = self.under(change)
        told = merge(self._read(network, known).factors)
        by_who, by_demand = np.ones((len(network.kind_of), 1)), np.ones((len(network.demands), 1))
        if (("who",), None) in told:
            by_who = by_who * told[("who",), None]
        if (("apparent",), None) in told:
            by_who = by_who * seen_through_deception(network, told[("apparent",), None])
        if (("demand",), None) in told:
            by_demand = by_demand * told[("demand",), None]
        return by_who, by_demand

    def rows_with(self, change: Change) -> Array:
        """Return a table with one row changed."""
        table = self.table(change.table).copy()
        table[change.place] = change.rows
        return table

    def under(self, change: Change) -> tuple[Network, Knowledge]:
        """Return network and knowledge with a row changed; how often words come up at all stays."""
        rows = self.rows_with(change)
        known = self.knowledge.at_rows({self.version(change.table): rows})
        return _network_with(self.network, change, rows, self.table(change.table)), known

    def _read(self, network: Network, knowledge: Knowledge) -> Evidence:
        still = (self.network, self.knowledge)
        read = read_evidence(self.case, network, knowledge, self.plain, self.parents, still)
        return Room(self.case, network, knowledge, read).with_beliefs(self.beliefs)


def _network_with(network: Network, change: Change, rows: Array, now: Array) -> Network:
    """Return a network with a row changed; what it remembers of tables is forgotten."""
    name, place = change.table, change.place
    if name == "intent":
        return replace(network, intent=change.rows, _memory={})
    if name == "kind":
        return replace(network, kind=rows, _memory={})
    if name == "signalling":
        return replace(network, signalling=np.ascontiguousarray(np.moveaxis(rows, 2, 0)), _memory={})
    if name == "objective":
        return replace(network, objective=np.ascontiguousarray(np.moveaxis(rows, 2, 0)), _memory={})
    if name == "demanded":
        demand, (intent,) = network.demand.copy(), place
        demand[intent, :, :-1] *= rows[intent, 0] / now[intent, 0]
        demand[intent, :, -1] = 1 - demand[intent, :, :-1].sum(1)
        return replace(network, demand=demand, _memory={})
    return replace(network, _memory={})


@dataclass(frozen=True, kw_only=True, eq=False)
class World:
    """All episodes of an assessment, and how they make one joint."""

    episodes: tuple[Episode, ...]
    knowledge: Knowledge
    campaign: bool

    @cached_property
    def persistence(self) -> Array:
        """The probability that an episode serves the campaign."""
        return self.knowledge.quantity("campaign.persistence")

    @cached_property
    def start(self) -> Array:
        """What the terms of the episodes are multiplied with: of a campaign p(purpose, who, demand)."""
        if not self.campaign:
            return np.ones((1, 1, 1, 1))
        return self._start([one.before for one in self.episodes], self.knowledge)

    @cached_property
    def terms(self) -> tuple[Array, ...]:
        """What each episode says, linear in its joint, dims ``(intent, who, demand, draw)``."""
        return tuple(self.term(place, one.joint) for place, one in enumerate(self.episodes))

    @cached_property
    def joint(self) -> Array:
        """p(intent, who, demand, reports); of a campaign the purpose stands for intent."""
        return np.asarray(self.start * np.prod(self.terms, axis=0))

    def term(self, place: int, after: Array) -> Array:
        """Return what an episode says when its joint is ``after``."""
        if not self.campaign:
            return after
        return served(after, self.episodes[place].before, self.persistence)

    def changed(self, change: Change) -> Array:
        """Return the whole joint under a change of a row, dims ``(intent, who, demand, draw)``."""
        if not self.campaign:
            return self.episodes[0].changed(change)
        if change.table == PURPOSE:
            table = self.knowledge.table(change.table).copy()
            table[change.place] = change.rows
            start = self._start([one.before for one in self.episodes], self.knowledge.at_rows({change.table: table}))
            return np.asarray(start * np.prod(self.terms, axis=0))
        before = [self._before(one, change) for one in self.episodes]
        after = [one.changed(change) for one in self.episodes]
        terms = [served(a, b, self.persistence) for a, b in zip(after, before, strict=True)]
        networks = [one.under(change)[0] for one in self.episodes]
        start = self._start(before, self.knowledge, networks) if change.table in (*BASE, "dispute") else self.start
        return np.asarray(start * np.prod(terms, axis=0))

    def _before(self, one: Episode, change: Change) -> Array:
        return one.changed(change, reported=False) if change.table in (*BASE, "dispute") else one.before

    def _start(self, before: Sequence[Array], knowledge: Knowledge, networks: Sequence[Network] = ()) -> Array:
        told = networks or [one.network for one in self.episodes]
        return purposes([one.case for one in self.episodes], told, before, knowledge)


def world_of(assessment: Assessment) -> World:
    """Return the episodes of an assessment, with beliefs at the weights that they came to."""
    knowledge = assessment.knowledge
    if assessment.campaign is None:
        case = assessment.case
        network, reports = network_of(case, knowledge), in_force(case, knowledge)
        parents = copy_parents([report for report in reports if report.kind == "likelihood"])
        episodes: tuple[Episode, ...] = (_episode(case, network, knowledge, reports, parents),)
        return World(episodes=episodes, knowledge=knowledge, campaign=False)
    seen = seen_together(assessment.campaign.episodes, knowledge)
    episodes = tuple(
        _episode(case, network, knowledge, reports, seen.parents)
        for case, network, reports in zip(seen.episodes, seen.networks, seen.reports, strict=True)
    )
    return World(episodes=episodes, knowledge=knowledge, campaign=True)


def _episode(
    case: Case, network: Network, knowledge: Knowledge, reports: tuple[Report, ...], parents: dict[str, str]
) -> Episode:
    beliefs = weighings(case, network, knowledge, reports, parents)
    return Episode(case=case, network=network, knowledge=knowledge, reports=reports, parents=parents, beliefs=beliefs)
