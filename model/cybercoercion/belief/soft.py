"""Two further kinds of uncertain evidence: a belief that replaces ours, and one that is held fixed.

*New belief* (Jeffrey): the figure already contains what was known then; it becomes a likelihood
``q(x) / P(x | evidence so far)``, frozen, and later reports move it again. *Pinned*: the figure holds whatever
else is known; several are fitted together by iterative proportional fitting.
Mrad, Delcroix, Piechowiak, Leicester, Abid 2015.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.engine import joint
from cybercoercion.belief.evidence import Evidence, Factor, read_evidence
from cybercoercion.belief.network import Network
from cybercoercion.belief.pointing import points_at_actor, points_at_demand
from cybercoercion.case import Case, Report
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import BELIEFS, INTENTS, facts

Array = NDArray[np.float64]
ROUNDS = 500
TOLERANCE = 1e-11


class ImpossibleEvidence(ValueError):
    """Raised when no state of the world agrees with all that is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """A likelihood over the labels of one variable that came from somebody's belief."""

    report: Report
    weight: Array  # (label,)


def weigh_beliefs(
    case: Case,
    network: Network,
    knowledge: Knowledge,
    reports: Sequence[Report],
    parents: Mapping[str, str] | None = None,
) -> tuple[Factor, ...]:
    """Return the factors of all reports, beliefs included, in the order in which they became known.

    Raises
    ------
    ImpossibleEvidence
        When a belief gives weight to what the rest of the evidence excludes, or pins contradict each other.
    """
    found = weighings(case, network, knowledge, reports, parents)
    return weighed(case, network, knowledge, reports, found, parents)


def weighed(
    case: Case,
    network: Network,
    knowledge: Knowledge,
    reports: Sequence[Report],
    found: Sequence[Weighing],
    parents: Mapping[str, str] | None = None,
) -> tuple[Factor, ...]:
    """Return the factors of all reports, with beliefs at the weights that were found for them."""
    plain = [report for report in reports if report.kind == "likelihood"]
    room = Room(case, network, knowledge, read_evidence(case, network, knowledge, plain, parents))
    return tuple(room.factors(found))


def weighings(
    case: Case,
    network: Network,
    knowledge: Knowledge,
    reports: Sequence[Report],
    parents: Mapping[str, str] | None = None,
) -> tuple[Weighing, ...]:
    """Return the likelihoods that stated beliefs come to: new beliefs frozen, pins fitted together.

    Raises
    ------
    ImpossibleEvidence
        When a belief gives weight to what the rest of the evidence excludes, or pins contradict each other.
    """
    plain = [report for report in reports if report.kind == "likelihood"]
    beliefs = sorted((report for report in reports if report.kind == "new-belief"), key=_when)
    pins = sorted((report for report in reports if report.kind == "pinned"), key=_when)
    if not beliefs and not pins:
        return ()
    frozen: list[Weighing] = []
    for belief in beliefs:
        until = [report for report in plain if _day(report, case) <= _day(belief, case)]
        room = Room(case, network, knowledge, read_evidence(case, network, knowledge, until, parents))
        frozen.append(Weighing(report=belief, weight=_ratio(belief, room.marginal(belief, frozen), room)))
    room = Room(case, network, knowledge, read_evidence(case, network, knowledge, plain, parents))
    held = [Weighing(report=pin, weight=np.ones(len(room.target(pin)))) for pin in pins]
    for _ in range(ROUNDS if len(held) > 1 else len(held)):
        off = 0.0
        for index, pin in enumerate(held):
            now = room.marginal(pin.report, [*frozen, *held])
            off = max(off, float(np.abs(now - room.target(pin.report)).max()))
            held[index] = Weighing(report=pin.report, weight=pin.weight * _ratio(pin.report, now, room))
        if off < TOLERANCE:
            break
    else:
        if len(held) > 1:
            names = ", ".join(pin.report.id for pin in held)
            raise ImpossibleEvidence(f"the pinned beliefs {names} cannot all hold together")
    return (*frozen, *held)


def _day(report: Report, case: Case) -> date:
    return report.known_on(case.as_of)


def _when(report: Report) -> tuple[object, ...]:
    date = report.known_date or report.event_date
    return (date is None, date or 0, report.fact, report.about or "", tuple((report.findings or {}).values()))


def _ratio(report: Report, now: Array, room: Room) -> Array:
    target = room.target(report)
    if ((now <= 0) & (target > 0)).any():
        raise ImpossibleEvidence(f"report {report.id} believes in what the other reports exclude")
    return np.asarray(np.divide(target, now, out=np.ones_like(target), where=now > 0))


@dataclass(frozen=True, slots=True)
class Room:
    """One case with its evidence so far: where a belief is compared with ours."""

    case: Case
    network: Network
    knowledge: Knowledge
    evidence: Evidence

    def labels(self, report: Report) -> tuple[str, ...]:
        """Return what a belief of this kind spreads over."""
        if report.fact in BELIEFS:
            return {"intent": INTENTS, "actor": self.network.actors, "demand": self.network.demands}[report.fact]
        return facts()[report.fact].labels(self.case.actor_ids, self.case.demand_ids)

    def target(self, report: Report) -> Array:
        """Return the probabilities that a report asks for, dims ``(label,)``."""
        given: Mapping[str, float] = report.findings or {str(report.finding): 1.0}
        return np.array([given.get(label, 0.0) for label in self.labels(report)])

    def marginal(self, report: Report, weighings: Sequence[Weighing]) -> Array:
        """Return P(label | evidence), averaged over draws, dims ``(label,)``."""
        count = len(self.labels(report))
        if report.fact in BELIEFS:
            total = joint(self.network, self.factors(weighings))
            axes = {"intent": (1, 2, 3), "actor": (0, 2, 3), "demand": (0, 1, 3)}[report.fact]
            masses = total.sum(axes)
            if report.fact == "actor":
                masses = self.network.fold(masses, 0)
        else:
            each = np.eye(count)
            masses = np.array(
                [
                    joint(self.network, self.factors([*weighings, Weighing(report=report, weight=row)])).sum()
                    for row in each
                ]
            )
        if not masses.sum() > 0:
            raise ImpossibleEvidence("no state of the world agrees with all reports")
        return np.asarray(masses / masses.sum())

    def factors(self, weighings: Sequence[Weighing]) -> list[Factor]:
        """Return the factors of the evidence with these weighings multiplied in."""
        return self.with_beliefs(weighings).compiled(self.case, self.network, self.knowledge)

    def with_beliefs(self, weighings: Sequence[Weighing]) -> Evidence:
        """Return the evidence with these weighings multiplied in."""
        told = dict(self.evidence.told)
        more: list[Factor] = []
        pointing: dict[str, tuple[Report, Array]] = {}
        for weighing in weighings:
            report, weight = weighing.report, weighing.weight[:, None]
            if report.fact in BELIEFS:
                more.append(self._belief_factor(report.fact, weight))
            elif facts()[report.fact].states:
                key = (report.fact, report.about)
                told[key] = told.get(key, np.ones((1, 1))) * weight
            else:  # what such a source would say: one variable of its own for each report
                old = pointing.get(report.id, (report, np.ones((len(weight), 1))))[1]
                pointing[report.id] = (report, old * weight)
        for report, weight in pointing.values():
            more.append(self._pointing_factor(report, weight))
        return Evidence(told=told, factors=(*self.evidence.factors, *more))

    def _belief_factor(self, name: str, weight: Array) -> Factor:
        if name != "actor":
            return Factor(scope=(name,), value=weight)
        unlisted = len(self.network.kind_of) - self.network.candidates
        return Factor(scope=("who",), value=np.concatenate([weight[:-1], np.repeat(weight[-1:], unlisted, 0)]))

    def _pointing_factor(self, report: Report, weight: Array) -> Factor:
        fact = facts()[report.fact]
        point = points_at_actor if fact.group == "actor" else points_at_demand
        value: Array = np.zeros((1, 1))
        for label, each in zip(self.labels(report), weight, strict=True):
            said = report.model_copy(update={"finding": label, "findings": None, "likelihood": None})
            value = value + each * point(said, fact, self.network, self.knowledge)
        scope = "demand" if fact.group == "demand" else "apparent" if fact.deceivable else "who"
        return Factor(scope=(scope,), value=value)
