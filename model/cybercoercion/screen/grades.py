"""Grades in two steps, information first: what each step means, and what a grade is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cybercoercion.belief.channel import UNGRADED, quality
from cybercoercion.belief.evidence import effective_grade
from cybercoercion.case import Report
from cybercoercion.knowledge import Knowledge
from cybercoercion.report.words import percent, span

INFORMATION = {
    "1": "Confirmed by a source that does not depend on this one",
    "2": "Not confirmed, fits what we know, makes sense",
    "3": "Possible, fits partly",
    "4": "Doubtful, little speaks for it",
    "5": "Contradicted by other information",
    "6": "Cannot be judged",
}
SOURCE = {
    "A": "No doubt, always right so far",
    "B": "Small doubts, mostly right",
    "C": "Some doubts, right at times",
    "D": "Serious doubts",
    "E": "Known to be wrong or to invent",
    "F": "No record to judge by",
}
CAPPED = "Capped at 2 until the confirming report is entered from another origin."
BAD = "A bad source tells us little; it does not tell us the opposite."
DISOWNING = "Almost everyone disowns. Only the form counts: praise, mockery, or disowning before being accused."
FIGURES = "The two figures already say how good the source is: no grade is used."
BELIEVED = "A view that is taken over or held fixed is used as it is: no grade is used."


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What share of a perfect report a grade counts for: mean over draws, and where 90 % of them lie."""

    mean: float
    low: float
    high: float


def worth(grade: str | None, knowledge: Knowledge) -> Worth:
    """Return what a grade counts for, from the editable grade table.

    >>> from cybercoercion.knowledge import load_knowledge
    >>> tables = load_knowledge(draws=200)
    >>> worth("A1", tables).mean > worth("B2", tables).mean > worth("D4", tables).mean
    True
    """
    draws = quality(grade, knowledge)
    low, high = np.quantile(draws, (0.05, 0.95))
    return Worth(mean=float(draws.mean()), low=float(low), high=float(high))


def grade_words(grade: str | None) -> str:
    """Return a grade in plain words, its code last.

    >>> grade_words("B2")
    'Small doubts, mostly right; not confirmed, fits what we know, makes sense (B2)'
    >>> grade_words(None)
    'Not graded: unknown, not bad'
    """
    if grade is None:
        return "Not graded: unknown, not bad"
    letter, digit = tuple(grade)
    return f"{SOURCE[letter]}; {INFORMATION[digit][0].lower()}{INFORMATION[digit][1:]} ({grade})"


def grade_lines(report: Report, reports: Sequence[Report], knowledge: Knowledge) -> tuple[str, ...]:
    """Return what the grade of a report means for what it says: the number first, then what is easily got wrong.

    Parameters
    ----------
    report
        With its grade; it may be one that is not entered yet.
    reports
        Those that count, among which a confirming one may stand.
    knowledge
        Holds the table of grades.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = load_case("sony-2014")
    >>> report = sony.reports[0].model_copy(update={"grade": "F6"})
    >>> grade_lines(report, sony.reports, load_knowledge(draws=200))[0].split(":")[:2]
    ['F6', ' unknown, not bad']
    """
    if report.kind != "likelihood":
        return (BELIEVED,)
    if report.likelihood is not None and report.grade is None:
        return (FIGURES,)
    grade = report.grade or UNGRADED
    counts = effective_grade(report.model_copy(update={"grade": grade}), reports) or UNGRADED
    one = worth(counts, knowledge)
    capped = counts != grade
    code = f"{grade}, read as {counts}" if capped else grade
    if "F" in grade or "6" in grade:
        said = (
            f"{code}: unknown, not bad: counts for about {percent(one.mean)} of a perfect report, "
            f"with a wide range ({span(one.low, one.high)})."
        )
    else:
        said = f"{code}: counts for about {percent(one.mean)} of a perfect report (range {span(one.low, one.high)})."
    more = [CAPPED] if capped else []
    if grade[0] in "DE" or grade[1] in "45":
        more.append(BAD)
    if report.fact == "denial":
        more.append(DISOWNING)
    return (said, *more)
