"""What each report does to belief and decision: withdrawn, graded or told otherwise, of another origin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.belief import ImpossibleEvidence
from cybercoercion.belief.channel import DIGITS, LETTERS
from cybercoercion.case import Report
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.changing import Answer, answer
from cybercoercion.sensitivity.choice import Decision
from cybercoercion.sensitivity.entry.curve import first_of, labels_along, numbers_of
from cybercoercion.sensitivity.output import ROUNDING, UNIT, Output, gap
from cybercoercion.sensitivity.told.told import Place, Told
from cybercoercion.vocabulary import COERCION, facts

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
WITHDRAWN, COUNTED, GRADED, SAYS, ORIGIN = "withdrawn", "counted", "graded", "says", "origin"
INDEPENDENT = "independent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """A report as it might be: what is changed (withdrawn, counted, graded, says, origin), and to what."""

    what: str
    to: str
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReportChange:
    """One change of one report, and the answer then. ``numbers`` holds the output, dims ``(label,)``.

    ``gap`` is by how much the cheapest of the others costs more than what is first as things are, USD. ``possible`` is
    False where no state of the world agrees with the reports then; numbers are missing.
    """

    report: str
    what: str
    to: str
    possible: bool
    coercion: float
    leader: str
    p_leader: float
    first: str
    gap: float
    numbers: Array
    flips_first: bool
    flips_leader: bool
    flips_coercion: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReportChanges:
    """The answer as things are, and under every single change of a report."""

    view: str
    decision: Decision
    output: Output
    labels: tuple[str, ...]
    now: ReportChange
    changes: tuple[ReportChange, ...]
    left_out: tuple[tuple[str, str], ...]  # reports that do not count, and why

    def flipping(self) -> tuple[ReportChange, ...]:
        """Return the changes after which another option is first."""
        return tuple(one for one in self.changes if one.flips_first)

    def of(self, report: str) -> tuple[ReportChange, ...]:
        """Return the changes of one report."""
        return tuple(one for one in self.changes if one.report == report)

    def labelled(self) -> xr.Dataset:
        """Return all numbers, dims ``(change,)`` and ``(change, label)``, and those as things are."""
        import xarray as xr

        def column(name: str) -> list[object]:
            return [getattr(one, name) for one in self.changes]

        numbers = np.array(column("numbers"), dtype=float).reshape(len(self.changes), len(self.labels))
        share, money = {"unit": "probability"}, {"unit": "USD"}
        return xr.Dataset(
            {
                "coercion": (("change",), np.array(column("coercion"), dtype=float), share),
                "p_leader": (("change",), np.array(column("p_leader"), dtype=float), share),
                "difference": (("change",), np.array(column("gap"), dtype=float), money),
                "leader": (("change",), column("leader")),
                "first": (("change",), column("first")),
                "flips_first": (("change",), np.array(column("flips_first"), dtype=bool)),
                "flips_leader": (("change",), np.array(column("flips_leader"), dtype=bool)),
                "flips_coercion": (("change",), np.array(column("flips_coercion"), dtype=bool)),
                self.output: (("change", "label"), numbers, {"unit": UNIT[self.output]}),
                "now": (("label",), self.now.numbers, {"unit": UNIT[self.output]}),
            },
            coords={
                "change": [f"{one.report}: {one.what} {one.to}".strip() for one in self.changes],
                "report": ("change", column("report")),
                "what": ("change", column("what")),
                "to": ("change", column("to")),
                "label": list(self.labels),
            },
            attrs={"view": self.view, "decision": self.decision, "output": self.output, "pick": self.now.first},
        )


def report_changes(
    assessment: Assessment,
    *,
    view: str = DEFAULT_VIEW,
    decision: Decision = "response",
    output: Output = "gap",
) -> ReportChanges:
    """Return what every single change of a report does, by the full engine.

    Each report that counts is withdrawn (one that is off is counted instead), graded one step up or down in letter,
    digit or both, made to say each other state, and made of its own origin, or of that of another that says the same:
    origins matter where reports say the same. A likelihood stated by hand says no state; what is believed or pinned
    is only withdrawn.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = report_changes(assess(load_case("colonial-2021"), load_knowledge(draws=100)))
    >>> found.now.first, found.flipping()
    ('denial', ())
    """
    told, stands = Told(assessment=assessment), answer(assessment, view)
    menu = stands.menu(decision)
    labels = labels_along(output, menu, decision, stands.belief)
    asked = _Asked(stands, decision, output, labels, first_of(menu))
    now = asked.read(stands, "", "", "")
    changes, left_out = [], []
    for place in told.places:
        name = told.name(place)
        if why := not_counted(told, place):
            left_out.append((name, why))
            continue
        for one in otherwise(told, place):
            try:
                given = Answer(belief=told.belief({place: one.report}), costs=assessment.costs, view=view)
            except ImpossibleEvidence:
                changes.append(asked.impossible(name, one))
                continue
            changes.append(asked.read(given, name, one.what, one.to))
    return ReportChanges(
        view=view,
        decision=decision,
        output=output,
        labels=labels,
        now=now,
        changes=tuple(changes),
        left_out=tuple(left_out),
    )


def not_counted(told: Told, place: Place) -> str:
    """Return why no change of a report can change anything, or nothing where one can."""
    case, report = told.episodes[place[0]], told.report(place)
    if report.known_on(case.as_of) > case.as_of:
        return f"became known after {case.as_of}"
    if report.fact in told.assessment.knowledge.setting(f"frame.{case.frame}"):
        return f"the frame {case.frame} conditions on it"
    return ""


def otherwise(told: Told, place: Place) -> Iterator[Otherwise]:
    """Yield a report as it might be, each change by itself."""
    report = told.report(place)
    if report.off:
        yield Otherwise(what=COUNTED, to="", report=report.model_copy(update={"off": False}))
        return
    yield Otherwise(what=WITHDRAWN, to="", report=report.model_copy(update={"off": True}))
    if report.kind != "likelihood":
        return
    for grade in neighbours(report.grade):
        yield Otherwise(what=GRADED, to=grade, report=report.model_copy(update={"grade": grade}))
    if report.likelihood is None:
        case = told.episodes[place[0]]
        for state in facts()[report.fact].labels(case.actor_ids, case.demand_ids):
            if state != report.finding:
                says = {"finding": state, "findings": None, "detection": None}
                yield Otherwise(what=SAYS, to=state, report=report.model_copy(update=says))
    yield from _origins(told, place)


def neighbours(grade: str | None) -> tuple[str, ...]:
    """Return the grades one step better and worse, by letter, by digit, by both; unknown has no neighbour.

    >>> neighbours("B2")
    ('A2', 'C2', 'B1', 'B3', 'A1', 'C3')
    >>> neighbours("A6"), neighbours(None)
    (('B6',), ())
    """
    if grade is None:
        return ()
    letter, digit = tuple(grade)
    letters = {step: _step(LETTERS, letter, step) for step in (-1, 1)}
    digits = {step: _step(DIGITS, digit, step) for step in (-1, 1)}
    found = [f"{one}{digit}" for one in letters.values() if one]
    found += [f"{letter}{one}" for one in digits.values() if one]
    found += [f"{letters[step]}{digits[step]}" for step in (-1, 1) if letters[step] and digits[step]]
    return tuple(found)


def _step(ladder: str, rung: str, by: int) -> str:
    at = ladder.find(rung) + by
    return ladder[at] if rung in ladder and 0 <= at < len(ladder) else ""


def _origins(told: Told, place: Place) -> Iterator[Otherwise]:
    """Yield a report of its own origin, or of that of another that says the same."""
    report = told.report(place)
    origins = dict.fromkeys(told.origin(other) for other in told.alike(place))
    if report.copies is not None or told.origin(place) in origins:
        own = {"origin": f"only {told.name(place)}", "copies": None, "copy_probability": None}
        yield Otherwise(what=ORIGIN, to=INDEPENDENT, report=report.model_copy(update=own))
    for origin in origins:
        if origin != told.origin(place):
            yield Otherwise(what=ORIGIN, to=origin, report=report.model_copy(update={"origin": origin}))


class _Asked:
    """What is asked of every answer."""

    def __init__(self, stands: Answer, decision: Decision, output: Output, labels: tuple[str, ...], pick: str) -> None:
        self.decision, self.output, self.labels, self.pick = decision, output, labels, pick
        self.leader, self.coercive = _leader(stands)[0], _coercion(stands) > 0.5 + ROUNDING

    def read(self, given: Answer, report: str, what: str, to: str) -> ReportChange:
        """Return what an answer says; who leads now still does where nobody is ahead by more than rounding."""
        menu = given.menu(self.decision)
        leader, p = _leader(given, self.leader)
        coercion = _coercion(given)
        each = menu.by_option(menu.now)
        lead = gap(each, menu.options, self.pick) if self.pick in menu.options else -np.inf
        lead = 0.0 if abs(lead) <= ROUNDING * np.abs(each[np.isfinite(each)]).max(initial=0.0) else lead
        first = self.pick if lead >= 0 else first_of(menu)
        return ReportChange(
            report=report,
            what=what,
            to=to,
            possible=True,
            coercion=coercion,
            leader=leader,
            p_leader=p,
            first=first,
            gap=lead,
            numbers=numbers_of(given, self.output, self.decision, self.labels, self.pick),
            flips_first=first != self.pick,
            flips_leader=leader != self.leader,
            flips_coercion=coercion < 0.5 - ROUNDING if self.coercive else coercion > 0.5 + ROUNDING,
        )

    def impossible(self, report: str, one: Otherwise) -> ReportChange:
        """Return a change after which nothing agrees with all reports."""
        return ReportChange(
            report=report,
            what=one.what,
            to=one.to,
            possible=False,
            coercion=np.nan,
            leader="",
            p_leader=np.nan,
            first="",
            gap=np.nan,
            numbers=np.full(len(self.labels), np.nan),
            flips_first=False,
            flips_leader=False,
            flips_coercion=False,
        )


def _leader(given: Answer, before: str = "") -> tuple[str, float]:
    """Return the leading actor with its probability: of equals the one that led before, else the first."""
    p, actors = given.belief.posterior.sum((0, 2, 3)), given.belief.actors
    p = p / p.sum()
    tied = [at for at in range(len(actors)) if p[at] >= p.max() - ROUNDING]
    at = next((one for one in tied if actors[one] == before), tied[0])
    return actors[at], float(p[at])


def _coercion(given: Answer) -> float:
    p = given.belief.posterior.sum((1, 2, 3))
    return float(p[[intent in COERCION for intent in given.belief.intents]].sum() / p.sum())
