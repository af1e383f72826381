"""Which reports could still come: those that the case announces, and one for every fact that could yet be reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cybercoercion.belief.evidence import copy_parents, in_force, key_of, origin_of
from cybercoercion.case import Case, Pending, Report
from cybercoercion.response.wait import as_it_counts, delay_of, spent_on
from cybercoercion.vocabulary import facts

if TYPE_CHECKING:
    from cybercoercion.assessment import Assessment

DAYS = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A report that could still come: what it would be about, how good, when, and at what cost.

    ``repeats`` are the findings of earlier reports that it may merely repeat, and ``copy`` names the probability of
    that. ``generic``: nobody has announced it. Where the report that it may repeat looked and did not see, it looks as
    hard: ``detection``.
    """

    id: str
    fact: str
    about: str | None
    grade: str | None  # as it counts: a confirmation is not yet known
    origin: str
    generic: bool
    labels: tuple[str, ...]  # what it may find
    repeats: tuple[str, ...]
    parent: str | None  # the report that it may repeat, where there is just one
    copy: str  # the quantity that says how probably it repeats one of them
    copied: float | None  # that probability, where the case must state it; None where its origin says it
    detection: float | None  # P(seen, if it is there)
    delay: float  # days
    cost: float  # USD, to get it
    waiting: float  # USD, what the days until then cost

    @property
    def pointing(self) -> bool:
        """Whether its finding names a candidate: then it is a statement of its own, not one more on a shared fact."""
        return not facts()[self.fact].states

    @property
    def late(self) -> bool:
        """Whether it tells what cannot be seen at once: with a fit, other tables hold once it is there."""
        fact = facts()[self.fact]
        return fact.group == "technical" and not fact.early

    def found(self, finding: str, case: Case) -> Report:
        """Return the report as it would stand in the case, had it found this: whatever is there already is earlier.

        One that may repeat another names it, as its own episode calls it, and says how probably.
        """
        parent = (self.parent or "").rpartition("/")[2]
        there = any(report.id == parent for report in case.reports)
        again = there and self.copied is not None and finding in self.repeats
        return Report.model_validate(
            {
                "id": self.id,
                "fact": self.fact,
                "finding": finding,
                "about": self.about,
                "grade": self.grade,
                "origin": self.origin,
                "copies": parent if again else None,
                "copy": self.copied if again else None,
                "detection": self.detection if again else None,
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unvalued:
    """A report that could come and is not valued, and why."""

    id: str
    reason: str


def coming_reports(assessment: Assessment) -> tuple[tuple[Coming, ...], tuple[Unvalued, ...]]:
    """Return the reports that could still come, announced ones first, and those that would tell the model nothing.

    Generic ones: one of every fact of the data dictionary, of the grade in ``value.grade``, there after
    ``report.delay``; about the likeliest candidate where the fact concerns one; one that says what the first on the
    same fact said repeats it with probability ``value.copy``.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> reports, silent = coming_reports(assess(load_case("sony-2014"), load_knowledge(draws=50)))
    >>> reports[0].id, reports[0].grade
    ('new-target-fit', 'B2')
    >>> [one.id for one in silent]
    ['new-threat', 'new-demand-statement', 'new-demand-content']
    """
    told = _told(assessment)
    coming: list[Coming] = []
    silent: list[Unvalued] = []
    for one in (*_announced(assessment, told), *_generic(assessment, told)):
        reason = _silent(one, assessment)
        if reason is None:
            coming.append(one)
        else:
            silent.append(Unvalued(id=one.id, reason=reason))
    return tuple(coming), tuple(silent)


def _told(assessment: Assessment) -> tuple[Report, ...]:
    """Return the reports that one more could repeat; of a campaign's earlier episodes, those that speak of them all."""
    if assessment.campaign is None:
        return in_force(assessment.case, assessment.knowledge)
    shared = assessment.knowledge.setting("campaign.shared_facts")
    last = max(assessment.campaign.episodes, key=lambda episode: episode.as_of).id
    return tuple(
        report
        for report in assessment.belief.reports
        if report.id.startswith(f"{last}/")
        or report.fact in shared
        or (report.kind == "likelihood" and facts()[report.fact].group in ("actor", "demand"))
    )


def _silent(one: Coming, assessment: Assessment) -> str | None:
    """Return why a report bears on nothing."""
    case, knowledge = assessment.case, assessment.knowledge
    if one.fact in knowledge.setting(f"frame.{case.frame}"):
        return "what it tells is already in how the case came to attention"
    if knowledge.tables[one.fact].given == ("guilty",) and one.about is None:
        return "it concerns nobody in particular"
    if len(one.labels) == 1:
        return "it could find only one thing"
    return None


def _announced(assessment: Assessment, told: Sequence[Report]) -> Iterator[Coming]:
    case, knowledge = assessment.case, assessment.knowledge
    for pending in case.pending:
        days = delay_of(case, pending, knowledge) * DAYS
        repeats, parent = _repeats(pending, told, case)
        yield Coming(
            id=pending.id,
            fact=pending.fact,
            about=pending.about,
            grade=as_it_counts(pending.grade),
            origin=pending.origin,
            generic=False,
            labels=facts()[pending.fact].labels(case.actor_ids, case.demand_ids),
            repeats=repeats,
            parent=parent,
            copy="copy.same_origin",
            copied=None,
            detection=None,
            delay=days,
            cost=spent_on(pending.cost, "pending.cost", knowledge),
            waiting=spent_on(case.stakes.delay_cost, "stakes.delay_cost", knowledge) * days,
        )


def _generic(assessment: Assessment, told: Sequence[Report]) -> Iterator[Coming]:
    case, knowledge, belief = assessment.case, assessment.knowledge, assessment.belief
    leader = belief.actors[int(belief.averaged.sum((0, 2))[:-1].argmax())]
    days = knowledge.mean("report.delay") * DAYS
    (grade,) = knowledge.setting("value.grade")
    perday = spent_on(case.stakes.delay_cost, "stakes.delay_cost", knowledge)
    taken = (
        {one.id for one in case.reports} | {one.id for one in case.pending} | {origin_of(one) for one in case.reports}
    )
    for name, fact in facts().items():
        about = leader if fact.about else None
        same = [
            one for one in told if one.kind == "likelihood" and one.finding and (one.fact, one.about) == (name, about)
        ]
        first = _first(same)
        named = _unused(f"new-{name.replace('_', '-')}", taken)
        yield Coming(
            id=named,
            fact=name,
            about=about,
            grade=as_it_counts(grade),
            origin=named,
            generic=True,
            labels=fact.labels(case.actor_ids, case.demand_ids),
            repeats=(str(first.finding),) if first is not None else (),
            parent=first.id if first is not None else None,
            copy="value.copy",
            copied=knowledge.mean("value.copy") if first is not None else None,
            detection=first.detection if first is not None else None,
            delay=days,
            cost=0.0,
            waiting=perday * days,
        )


def _unused(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "-again"
    return name


def _repeats(pending: Pending, told: Sequence[Report], case: Case) -> tuple[tuple[str, ...], str | None]:
    """Return which findings of its own origin it may repeat: as reports are read, those that say the very same."""
    fact = facts()[pending.fact]
    found: dict[str, str] = {}
    for label in fact.labels(case.actor_ids, case.demand_ids):
        key = key_of(Report(id="coming", fact=pending.fact, finding=label, about=pending.about))
        alike = [
            one for one in told if one.kind == "likelihood" and origin_of(one) == pending.origin and key_of(one) == key
        ]
        if (first := _first(alike)) is not None:
            found[label] = first.id
    return tuple(found), next(iter(found.values())) if len(found) == 1 else None


def _first(alike: Sequence[Report]) -> Report | None:
    """Return the report that others would repeat: the one that is nobody's copy were all of one origin."""
    same = {"origin": "one", "copies": None, "finding": "the same", "detection": None}
    one = [report.model_copy(update=same) for report in alike]
    copies = copy_parents(one)
    return next((report for report in alike if report.id not in copies), None)
