"""What a finding is worth before waiting for it, whether to wait, and what to collect next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cybercoercion.assessment import Assessment
from cybercoercion.report.figure import Figure
from cybercoercion.report.section import Section
from cybercoercion.report.value_figure import Worth
from cybercoercion.report.value_sections import (
    LEAST,
    findings_made,
    findings_rows,
    named_report,
    not_worth_it,
    report_words,
)
from cybercoercion.report.waiting_sections import collection_made, waiting_made
from cybercoercion.report.words import capital, joined, money
from cybercoercion.report.worth_figure import worth_figure
from cybercoercion.sensitivity.value.result import ReportValue, Value
from cybercoercion.sensitivity.value.table import voi
from cybercoercion.sensitivity.value.waiting import WaitingValue

LEGEND = (
    "Dashed: an upper limit, were it known for certain. A tick: what one day of waiting costs. Before all costs, USD."
)
LIMITS, REPORTS = 2, 4  # bars
SOURCES = ("value.", "report.", "stakes.delay_cost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What is worth finding out: in a sentence, as bars, in words; and what is looked up, table by table."""

    answer: str
    figure: Figure | None  # None where nothing is worth a bar
    sentences: tuple[str, ...]  # whether to wait, and what to collect next
    tables: tuple[Section, ...]


def worth(assessment: Assessment, progress: Callable[[float, str], None] = lambda *_: None) -> Findings:
    """Return what each finding is worth, upper limits beside reports that could come.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = worth(assess(load_case("notpetya-2017"), load_knowledge(draws=50)))
    >>> found.figure is not None, [one.name for one in found.tables]
    (True, ['findings', 'waiting', 'collection'])
    """
    progress(0.1, "every report that could still come")
    value = voi(assessment, parameters=False)
    progress(0.9, "what each answer would do")
    answer = best_sentence(assessment, value)
    rows = few(findings_rows(assessment, value))
    per_day = value.waiting[0].per_day if value.waiting else 0.0
    made = [make(assessment, value).section for make in (findings_made, waiting_made, collection_made)]
    return Findings(
        answer=answer,
        figure=worth_figure("worth", answer, rows, per_day or None, sources=SOURCES) if rows else None,
        sentences=() if _pays(value) else made[1].sentences,
        tables=tuple(_table(one) for one in made if one.rows or one.notes),
    )


def _table(one: Section) -> Section:
    """Return a section without what the page says elsewhere, and without words for the command line."""
    notes = tuple(note for note in one.notes if "--json" not in note)
    return replace(one, sentences=one.sentences if one.name == "collection" else (), figures=(), notes=notes)


def few(rows: Sequence[Worth]) -> list[Worth]:
    """Return the findings that get a bar: the highest limits, and the reports that are worth most; a table has all."""
    limits, reports = ([row for row in rows if row.limit is limit] for limit in (True, False))
    return [*limits[:LIMITS], *reports[:REPORTS]]


def _pays(value: Value) -> bool:
    """Say whether the first sentence already speaks of a report, and so of waiting for it."""
    return value.best is not None and value.best.evsi >= LEAST and value.best.net > 0


def best_line(assessment: Assessment, value: Value) -> str:
    """Return what the next report is worth, as a line beside others."""
    return f"Next report: {best_sentence(assessment, value)}"


def best_sentence(assessment: Assessment, value: Value) -> str:
    """Return what the best next report is worth and how long to wait for it, or that nothing is worth asking for."""
    best, most = value.best, max((one.evsi for one in value.reports), default=0.0)
    if best is None or most < LEAST:
        if value.evpi < LEAST:
            return "Nothing we could learn about who, why or what for would change the choice."
        pair = value.pair
        if pair is not None and pair.net > 0 and pair.evsi >= LEAST:
            both = joined([named_report(assessment, value, name) for name in pair.reports])
            return f"No report by itself, but two together: {both} are worth {money(pair.evsi, words=True)}."
        return (
            "No report that could still come is worth anything by itself; knowing all that is hidden would be worth "
            f"{money(value.evpi, words=True)}."
        )
    if best.net <= 0:
        return not_worth_it(assessment, best)
    said = f"{capital(report_words(assessment, best))} is worth {money(best.evsi, words=True)} before waiting"
    wait = next((one for one in value.waiting if one.report == best.report.id), None)
    return f"{said}{_day(wait)}. {_wait(best, wait)}"


def _day(wait: WaitingValue | None) -> str:
    return f"; a day costs {money(wait.per_day, words=True)}" if wait is not None and wait.per_day > 0 else ""


def _wait(best: ReportValue, wait: WaitingValue | None) -> str:
    """Return whether to wait for the report before acting on top of resilience, and how long at most."""
    if wait is None or not wait.wait:
        return "Ask for it, but act now: waiting brings less than it costs."
    limit = wait.break_even
    if limit is None:
        return "Waiting for it pays however long it takes."
    expected = f"; it is expected in {best.report.delay:.0f}" if best.report.delay > 0 else ""
    return f"Wait at most {limit:.0f} days{expected}."
