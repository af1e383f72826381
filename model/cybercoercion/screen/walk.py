"""The walk of a case: each change, and belief and first choice after it."""

from __future__ import annotations

from collections.abc import Sequence

from cybercoercion.report.names import response_name
from cybercoercion.report.section import Section
from cybercoercion.report.verdict import Verdict
from cybercoercion.report.words import capital, money, percent
from cybercoercion.screen.top import gap


def walk_section(stations: Sequence[tuple[str, Verdict]]) -> Section:
    """Return one row per station of the walk, the last one first.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.report import verdict
    >>> one = verdict(assess(load_case("sony-2014"), load_knowledge(draws=200)))
    >>> walk_section([("As opened", one)]).rows
    (('1', 'As opened', '77 %', 'Denial', '4.56 M'),)
    """
    rows = tuple(
        (
            str(number),
            sentence,
            percent(verdict.coercion.p),
            capital(response_name(verdict.assessment.ranking.default.first)),
            money(gap(verdict)),
        )
        for number, (sentence, verdict) in enumerate(stations, start=1)
    )
    return Section(
        name="walk",
        title="Changes since the case was opened",
        columns=("", "change", "coercion", "first choice", "lead, USD"),
        rows=rows[::-1],
        numeric_from=2,
    )
