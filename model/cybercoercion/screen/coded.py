"""The row that the paper's tables would have for a case, in the paper's own words."""

from __future__ import annotations

from dataclasses import dataclass

from cybercoercion.report.verdict import Verdict

COLUMNS = ("Threat", "Threat actor responsible", "Desired behaviour")
SOURCE = "coding"
NOTE = (
    "A coding of what is reported, not a finding of fact. The paper's own row for a case is not among the tables here; "
    "where it coded this one, compare with its two tables."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """Three cells, and what they say in a sentence."""

    caption: str
    row: tuple[str, str, str]
    note: str

    columns = COLUMNS


def coded(verdict: Verdict) -> Coded:
    """Return the row of the paper for a case.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.report import verdict
    >>> coded(verdict(assess(load_case("sony-2014"), load_knowledge(draws=200)))).row
    ('Ambiguous', 'Disputed attribution, but likely North Korea', 'Clear')
    """
    said = verdict.assessment.coding
    row = (said.threat, said.actor, said.desired_behaviour)
    return Coded(caption=f"In the paper's terms: {'; '.join(row)}.", row=row, note=NOTE)
