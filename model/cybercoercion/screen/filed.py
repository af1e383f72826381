"""What is filed beside a case: what the model says of it, and that said in words for the history."""

from __future__ import annotations

from datetime import datetime

from cybercoercion.report.names import response_name
from cybercoercion.report.verdict import Verdict
from cybercoercion.report.words import dated, money, percent
from cybercoercion.screen.top import gap
from cybercoercion.store import Said

ARROW = "\N{RIGHTWARDS ARROW}"


def said_of(verdict: Verdict) -> Said:
    """Return what is filed of a verdict: belief in coercion, first choice, gap, and what reproduces them.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.report import verdict
    >>> one = verdict(assess(load_case("sony-2014"), load_knowledge(draws=200)))
    >>> said_of(one).coercion == one.coercion.p, said_of(one).run == one.run_line
    (True, True)
    """
    return Said(
        coercion=verdict.coercion.p,
        first=verdict.assessment.ranking.default.first,
        gap=gap(verdict),
        run=verdict.run_line,
    )


def said_words(before: Said | None, said: Said | None) -> str:
    """Return belief, first choice and gap of a revision, and where they stood in the revision before.

    >>> one = Said(coercion=0.77, first="denial", gap=4.56e6, run="")
    >>> two = Said(coercion=0.81, first="denial", gap=9.1e6, run="")
    >>> said_words(one, two)
    'Coercion 77 % \N{RIGHTWARDS ARROW} 81 %; first choice denial; gap 4.56 M \N{RIGHTWARDS ARROW} 9.1 M USD.'
    >>> said_words(None, None)
    'What the model said was not filed.'
    """
    if said is None:
        return "What the model said was not filed."
    was = before or said
    coercion = _step(percent(was.coercion), percent(said.coercion))
    first = _step(response_name(was.first), response_name(said.first))
    return f"Coercion {coercion}; first choice {first}; gap {_step(money(was.gap), money(said.gap))} USD."


def when_words(when: datetime) -> str:
    """Return day and minute, in the time of the world.

    >>> from datetime import UTC
    >>> when_words(datetime(2026, 1, 5, 9, 3, tzinfo=UTC))
    '5 Jan 2026, 09:03 UTC'
    """
    return f"{dated(when.date())}, {when:%H:%M} UTC"


def _step(was: str, becomes: str) -> str:
    return becomes if was == becomes else f"{was} {ARROW} {becomes}"
