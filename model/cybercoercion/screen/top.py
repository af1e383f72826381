"""What stands on top of every view: case, date, reports, the answer, confidence, warnings, and what a change moved."""

from __future__ import annotations

from dataclasses import dataclass

from cybercoercion.belief.campaign import independent_reports_of
from cybercoercion.belief.evidence import in_force
from cybercoercion.belief.weight import independent_reports
from cybercoercion.report.names import response_name
from cybercoercion.report.verdict import Verdict
from cybercoercion.report.words import money, percent
from cybercoercion.screen.warnings import warnings

SHOWN_WARNINGS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """The head of a view, in words."""

    title: str
    marking: str | None
    known: str  # as known on which date, how many reports, origins and independent ones
    answer: str
    beside: tuple[str, ...]  # what must be said beside the answer
    confidence: str
    warnings: tuple[str, ...]  # the worst ones; the rest stands in Assumptions
    run: str


def top(verdict: Verdict) -> Top:
    """Return the head of a view.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.report import verdict
    >>> top(verdict(assess(load_case("sony-2014"), load_knowledge(draws=200)))).known
    'As known on 18 Dec 2014. 15 reports from 7 origins, about 15.0 of them independent.'
    """
    return Top(
        title=verdict.title,
        marking=verdict.marking,
        known=f"As known on {verdict.as_of_words}. {counted(verdict)}",
        answer=verdict.brief.sentence,
        beside=verdict.brief.beside,
        confidence=verdict.confidence_sentence,
        warnings=warnings(verdict)[:SHOWN_WARNINGS],
        run=verdict.run_line,
    )


def counted(verdict: Verdict) -> str:
    """Return how many reports there are, from how many origins, and how many of them are independent."""
    assessment = verdict.assessment
    if not assessment.belief.reports:
        return verdict.reports_words
    if assessment.campaign is not None:
        alone = independent_reports_of(assessment.campaign.episodes, assessment.knowledge)
    else:
        reports = in_force(assessment.case, assessment.knowledge)
        alone = sum(independent_reports(reports, assessment.knowledge).values())
    return f"{verdict.reports_words.removesuffix('.')}, about {alone:.1f} of them independent."


def moved(before: Verdict, now: Verdict) -> str:
    """Return what a change did to coercion, first choice and gap: the line under the header.

    >>> from cybercoercion.assessment import assess, changed
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.report import verdict
    >>> sony, tables = load_case("sony-2014"), load_knowledge(draws=200)
    >>> was = verdict(assess(sony, tables))
    >>> moved(was, was)
    'Coercion unchanged at 77 %; first choice unchanged, denial; gap unchanged at 4.56 M USD.'
    """
    was, becomes = percent(before.coercion.p), percent(now.coercion.p)
    coercion = f"unchanged at {becomes}" if was == becomes else f"{was} \N{RIGHTWARDS ARROW} {becomes}"
    one, two = (response_name(each.assessment.ranking.default.first) for each in (before, now))
    first = f"unchanged, {two}" if one == two else f"{one} \N{RIGHTWARDS ARROW} {two}"
    old, new = (money(gap(each)) for each in (before, now))
    lead = f"unchanged at {new} USD" if old == new else f"{old} \N{RIGHTWARDS ARROW} {new} USD"
    return f"Coercion {coercion}; first choice {first}; gap {lead}."


def gap(verdict: Verdict) -> float:
    """Return by how much the second cheapest of the four and nothing new costs more than the cheapest, USD."""
    view = verdict.assessment.ranking.default
    costs = sorted([0.0, *(option.delta for option in view.options)])
    return costs[1] - costs[0]
