"""What the model would expect to be reported where reports stand: simulated sets of reports, at fixed parameters.

Each report of the case is a slot. A slot with a finding could have held any finding of its fact; a slot with a
spread, a likelihood or "looked and did not see" was either said or not. Who may repeat whom stays as in the case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.belief import network_of
from cybercoercion.belief.channel import heard, quality
from cybercoercion.belief.engine import joint
from cybercoercion.belief.evidence import (
    ELSEWHERE,
    Factor,
    copy_parents,
    copy_probability,
    dispute_factors,
    effective_grade,
    fact_factors,
    in_force,
    seen_early,
    words_of,
)
from cybercoercion.belief.network import Network
from cybercoercion.case import Case, Report
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import Fact, facts

Array = NDArray[np.float64]
Index = NDArray[np.intp]


@dataclass(frozen=True, eq=False, kw_only=True)
class Slot:
    """One report, and what could have stood in its place."""

    report: Report
    emission: Array  # (outcome, state): P(outcome | state of the fact, actor or demand); columns sum to one
    scope: tuple[str, ...] | None  # None: a fact of the episode
    said: int  # the outcome that the case reports
    copy: float  # probability of repeating its parent, if it has one


@dataclass(frozen=True, eq=False, kw_only=True)
class Slots:
    """The reports of one case as slots, at fixed parameters."""

    case: Case
    knowledge: Knowledge  # one draw
    network: Network
    slots: tuple[Slot, ...]
    _facts: dict[object, tuple[Index, list[Factor]]] = field(default_factory=dict, repr=False)

    def parents(self, members: Sequence[int]) -> dict[int, int]:
        """Return which member may repeat which, read among the members alone."""
        at = {self.slots[i].report.id: i for i in members}
        found = copy_parents([self.slots[i].report for i in members])
        return {at[child]: at[parent] for child, parent in found.items()}

    def said(self) -> Index:
        """Return what the case reports, dims ``(slot, set)`` with one set."""
        return np.array([slot.said for slot in self.slots], dtype=np.intp).reshape(-1, 1)

    def joint(self, outcomes: Index, members: Sequence[int]) -> Array:
        """Return p(intent, who, demand, outcomes of the members), dims ``(intent, who, demand, set)``.

        One call of the engine for all sets: they lie along its draw axis.
        """
        parents = self.parents(members)
        factors = [
            *dispute_factors(self.case, self.network, self.knowledge),
            Factor(scope=(), value=np.ones(outcomes.shape[1])),  # gives the engine its draw axis
        ]
        told: dict[tuple[str, str | None], list[int]] = {}
        for i in members:
            scope = self.slots[i].scope
            if scope is not None:
                factors.append(Factor(scope=scope, value=self._value(outcomes, i, parents.get(i))))
            else:
                told.setdefault((self.slots[i].report.fact, self.slots[i].report.about), []).append(i)
        early = seen_early(name for name, _ in told)
        for (name, about), group in told.items():
            repeats = tuple((i, parents.get(i)) for i in group)
            factors += self._fact(outcomes, name, about, repeats, early=early)
        return joint(self.network, factors)

    def _value(self, outcomes: Index, i: int, parent: int | None) -> Array:
        """Return how probable what a slot says is, dims ``(state, set)``."""
        slot = self.slots[i]
        value = slot.emission[outcomes[i]].T
        if parent is None:
            return np.asarray(value)
        return np.asarray(slot.copy * (outcomes[i] == outcomes[parent]) + (1 - slot.copy) * value)

    def _fact(
        self,
        outcomes: Index,
        name: str,
        about: str | None,
        repeats: tuple[tuple[int, int | None], ...],
        *,
        early: bool,
    ) -> list[Factor]:
        """Return the factors of one fact, remembered: most choices of members share most facts."""
        key = (id(outcomes), name, about, repeats, early)
        if key not in self._facts:
            likelihood = np.ones((1, 1))
            for i, parent in repeats:
                likelihood = likelihood * self._value(outcomes, i, parent)
            made = fact_factors(name, about, likelihood, self.case, self.network, self.knowledge, early=early)
            self._facts[key] = outcomes, made  # kept with the sets, so that their identity is not given to others
        return self._facts[key][1]

    def probability(self, outcomes: Index, members: Sequence[int]) -> Array:
        """Return P(outcomes of the members), dims ``(set,)``.

        Relative to what the case says before any report; a constant factor cancels in every conflict.
        """
        if len(members) == 1:  # as many different sets as outcomes
            each = np.zeros((len(self.slots), len(self.slots[members[0]].emission)), dtype=np.intp)
            each[members[0]] = np.arange(each.shape[1])
            return np.asarray(self.joint(each, members).sum((0, 1, 2))[outcomes[members[0]]])
        return np.asarray(self.joint(outcomes, members).sum((0, 1, 2)))


def slots_of(case: Case, knowledge: Knowledge) -> Slots:
    """Return the slots of the reports of kind likelihood that count, at fixed parameters.

    New and pinned beliefs are somebody's conclusions: no statement whose probability the model could give. A denial
    that concerns nobody bears on nothing.

    Examples
    --------
    >>> from cybercoercion.case import parse_case, read_shipped
    >>> from cybercoercion.knowledge import load_knowledge
    >>> slots = slots_of(parse_case(read_shipped("sony-2014")), load_knowledge(draws=1))
    >>> bool(all(np.allclose(slot.emission.sum(0), 1) for slot in slots.slots))
    True
    """
    fixed = knowledge.at_values()
    network = network_of(case, fixed)
    reports = [report for report in in_force(case, fixed) if report.kind == "likelihood"]
    bearing = [report for report in reports if report.about or fixed.tables[report.fact].given != ("guilty",)]
    parents = copy_parents(bearing)
    slots = tuple(_slot(report, reports, parents, case, network, fixed) for report in bearing)
    return Slots(case=case, knowledge=fixed, network=network, slots=slots)


def _slot(
    report: Report,
    reports: Sequence[Report],
    parents: Mapping[str, str],
    case: Case,
    network: Network,
    knowledge: Knowledge,
) -> Slot:
    graded = report.grade is not None or not report.likelihood
    q = quality(effective_grade(report, reports), knowledge) if graded else np.ones(1)

    def given(told: Report) -> Array:
        words, noise, _ = words_of(told, network, knowledge)
        return heard(words, noise, q)[:, 0]

    labels = facts()[report.fact].labels(case.actor_ids, case.demand_ids)
    if report.finding is not None and report.detection is None:
        emission = np.array([given(report.model_copy(update={"finding": label})) for label in labels])
        said = labels.index(report.finding)
    else:
        said = 0
        yes = np.minimum(given(report), 1)
        emission = np.array([yes, 1 - yes])
    return Slot(
        report=report,
        emission=emission,
        scope=words_of(report, network, knowledge)[2],
        said=said,
        copy=float(copy_probability(report, parents, knowledge)[0]),
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class _Worlds:
    """States of the hidden nodes in simulated cases, each dims ``(set,)``."""

    who: Index
    apparent: Index
    demand: Index
    parents: Mapping[str, Index]  # the nodes that facts of the episode hang on


def simulate(slots: Slots, size: int, rng: np.random.Generator) -> Index:
    """Return simulated sets of reports, dims ``(slot, set)``: an outcome for each slot.

    States first, then facts, then what is said of them, then who repeats whom.
    """
    worlds = _worlds(slots, size, rng)
    true: dict[tuple[str, str | None], Index] = {}
    fresh = np.zeros((len(slots.slots), size), dtype=np.intp)
    for i, slot in enumerate(slots.slots):
        fact = facts()[slot.report.fact]
        key = (fact.name, slot.report.about)
        if slot.scope is None and key not in true:
            true[key] = pick(_fact_rows(fact, slot.report.about, slots, worlds), rng)
        if slot.scope is None:
            state = true[key]
        else:
            state = {"who": worlds.who, "apparent": worlds.apparent, "demand": worlds.demand}[slot.scope[0]]
        fresh[i] = pick(slot.emission.T[state], rng)
    parents = slots.parents(range(len(slots.slots)))
    out = fresh.copy()
    for i in _parents_first(len(slots.slots), parents):
        if i in parents:
            out[i] = np.where(rng.random(size) < slots.slots[i].copy, out[parents[i]], fresh[i])
    return out


def pick(rows: Array, rng: np.random.Generator) -> Index:
    """Return one state per row of probabilities, dims ``(set, state)`` in, ``(set,)`` out.

    Examples
    --------
    >>> pick(np.array([[0.0, 1.0], [1.0, 0.0]]), np.random.default_rng(1)).tolist()
    [1, 0]
    """
    heap = np.cumsum(rows, axis=1)
    below = heap / heap[:, -1:] <= rng.random((len(rows), 1))
    return np.asarray(below.sum(1), dtype=np.intp)


def _worlds(slots: Slots, size: int, rng: np.random.Generator) -> _Worlds:
    network = slots.network
    prior = joint(network, dispute_factors(slots.case, network, slots.knowledge))[..., 0]
    flat = rng.choice(prior.size, size, p=prior.reshape(-1) / prior.sum())
    intent, who, demand = np.unravel_index(flat, prior.shape)
    kind = network.kind_of[who]
    signalling = pick(network.signalling[:, intent, kind, 0].T, rng)
    objective = pick(network.objective[:, intent, kind, 0].T, rng)
    n = network.candidates
    others = np.where(who < n, n - 1, n)
    framed = np.minimum((rng.random(size) * others).astype(np.intp), np.maximum(others - 1, 0))
    framed = framed + ((who < n) & (framed >= who))  # skips the actor itself
    deceives = rng.random(size) < network.deception[who, 0]
    return _Worlds(
        who=who,
        apparent=np.where(deceives, framed, who),
        demand=demand,
        parents={
            "intent": intent,
            "kind": kind,
            "signalling": signalling,
            "objective": objective,
            "standing": network.standing[who, demand],
        },
    )


def _fact_rows(fact: Fact, about: str | None, slots: Slots, worlds: _Worlds) -> Array:
    """Return p(state | simulated parents), dims ``(set, state)``."""
    knowledge, case = slots.knowledge, slots.case
    early = seen_early(slot.report.fact for slot in slots.slots)
    table = knowledge.table(fact.name, early=early)[..., 0]
    given = knowledge.tables[fact.name].given
    guilty = worlds.who == case.actor_ids.index(about) if about is not None else np.ones(len(worlds.who), dtype=bool)
    if given == ("guilty",):
        return np.asarray(table[np.where(guilty, 0, 1)])
    rows = table[tuple(worlds.parents[name] for name in given)]
    if fact.name == "demand_content":
        by_content = knowledge.table("content_of_demand")[..., 0]
        for d, demand in enumerate(case.demands):
            if demand.content is not None:
                rows[worlds.demand == d] = by_content[("political", "money").index(demand.content)]
    if about is not None:
        rows[~guilty] = knowledge.table(fact.name + ELSEWHERE)[..., 0].reshape(-1)
    return np.asarray(rows)


def _parents_first(count: int, parents: Mapping[int, int]) -> list[int]:
    order: list[int] = []
    seen: set[int] = set()
    for start in range(count):
        path = []
        at: int | None = start
        while at is not None and at not in seen:
            seen.add(at)
            path.append(at)
            at = parents.get(at)
        order.extend(reversed(path))
    return order
