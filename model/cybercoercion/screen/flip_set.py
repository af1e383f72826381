"""Which evidence carries the answer: the smallest set of reports without which another choice, or actor, would lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cybercoercion.assessment import Assessment
from cybercoercion.report.flip_words import sentence
from cybercoercion.report.names import label, response_name
from cybercoercion.report.part import Asked
from cybercoercion.report.report_sections import reports_made, smallest_made
from cybercoercion.report.section import Section
from cybercoercion.report.words import capital
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.told.rivals import Question
from cybercoercion.sensitivity.told.smallest import Smallest, smallest

ASKED = Asked(view=DEFAULT_VIEW, decision="response")
NOTE = (
    "A set that overturns an answer is not a set that is wrong. Reports count as withdrawn, not as false; nobody "
    "has doubted them here."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipSetWords:
    """What withdrawing reports would do to the first choice and to who leads."""

    sentences: tuple[str, ...]
    note: str


def flip_set(assessment: Assessment, progress: Callable[[float, str], None] = lambda *_: None) -> FlipSetWords:
    """Return the smallest sets of reports without which another response, or another actor, would lead.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = flip_set(assess(load_case("colonial-2021"), load_knowledge(draws=20)))
    >>> [one.partition(",")[0] for one in found.sentences]
    ['First choice', 'Leading actor']
    """
    if not assessment.belief.reports:
        return FlipSetWords(sentences=("No report is told, so none carries the answer.",), note="")
    asked: tuple[tuple[float, Question, str], ...] = (
        (0.0, "choice", "which reports carry the first choice"),
        (0.7, "actor", "which reports carry who leads"),
    )
    said = []
    for share, question, words in asked:
        progress(share, words)
        found = smallest(assessment, questions=(question,), means=("withdrawn",))
        said.append(f"{_now(assessment, found, question)}: {_told(assessment, found, question)}")
    return FlipSetWords(sentences=tuple(said), note=NOTE)


def takes_long(assessment: Assessment) -> bool:
    """Return whether the engine is asked anew for each set, so that the search takes many seconds.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> takes_long(assess(load_case("sony-2014"), load_knowledge(draws=20)))
    False
    """
    return assessment.campaign is not None or any(report.kind != "likelihood" for report in assessment.belief.reports)


def _now(assessment: Assessment, found: Smallest, question: Question) -> str:
    if question == "choice":
        return f"First choice, now {response_name(found.leads[question])}"
    return f"Leading actor, now {label(assessment.case, 'actor', found.leads[question])}"


def _told(assessment: Assessment, found: Smallest, question: Question) -> str:
    told = sentence(found.of(question, "withdrawn"), found, assessment.case)
    return told[:1].lower() + told[1:]


def any_means(assessment: Assessment, progress: Callable[[float, str], None] = lambda *_: None) -> tuple[Section, ...]:
    """Return every single change of a report, and the smallest sets by any means, inputs of costs among them."""
    progress(0.0, "every single change of a report")
    each = reports_made(assessment, ASKED).section
    progress(0.3, "sets of reports and of inputs")
    return each, smallest_made(assessment, ASKED).section


def short(found: FlipSetWords) -> str:
    """Return what withdrawing reports does to the first choice, without its heading."""
    return capital(found.sentences[0].partition(": ")[2] or found.sentences[0])
