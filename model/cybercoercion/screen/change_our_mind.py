"""What the view says on top while it is not yet known what would flip the answer."""

from __future__ import annotations

from cybercoercion.assessment import Assessment
from cybercoercion.report.names import response_name
from cybercoercion.report.short_answer import short_answer
from cybercoercion.report.verdict import Verdict
from cybercoercion.report.words import capital


def unanswered(verdict: Verdict) -> str:
    """Return what leads, and that the rest is being worked out.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.report import verdict
    >>> unanswered(verdict(assess(load_case("sony-2014"), load_knowledge(draws=200))))
    'Denial leads. What would change that is being worked out.'
    """
    first = capital(response_name(verdict.assessment.ranking.default.first))
    return f"{first} leads{tie_words(verdict.assessment)}. What would change that is being worked out."


def tie_words(assessment: Assessment) -> str:
    """Return what follows on who leads: that the next cannot be told from it, or nothing.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> tie_words(assess(load_case("colonial-2021"), load_knowledge(draws=200)))
    ', but cannot be told from punishment'
    """
    short = short_answer(assessment)
    return f", but cannot be told from {response_name(short.second)}" if short.tied else ""
