"""What the view says on top while it is not yet known what would flip the answer."""

from __future__ import annotations

from cybercoercion.report.names import response_name
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
    return f"{first} leads. What would change that is being worked out."
