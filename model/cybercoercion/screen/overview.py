"""The rows of a case at a glance: candidates and awaited reports, each with what is stated of it."""

from __future__ import annotations

import numpy as np

from cybercoercion.assessment import Assessment
from cybercoercion.belief.context import deception
from cybercoercion.belief.summary import BAND, weighted_quantiles
from cybercoercion.case import Case
from cybercoercion.report.fact_names import coming_name
from cybercoercion.report.names import label
from cybercoercion.report.words import capital, dated, joined, percent, span
from cybercoercion.screen.fields import Field, actor_fields, demand_fields, pending_fields

UNKNOWN = "\N{EN DASH}"
ROW_FIELDS = {"actors": actor_fields, "demands": demand_fields, "pending": pending_fields}
SHOWN = {
    "actors": ("kind", "country", "capability", "relationship", "track_record", "alternatives"),
    "demands": ("polarity", "content", "long_standing", "cost_of_conceding"),
    "pending": ("about", "grade", "expected_date", "cost"),
}
HEADS = {
    "actors": (
        "Candidate",
        "What it is",
        "Country",
        "Capability",
        "Stands to the target",
        "Coerced before",
        "Other ways",
    ),
    "demands": ("Demand", "Do, stop, refrain", "About", "Long-standing", "Cost of conceding, USD", "Held by"),
    "pending": ("Report", "About whom", "Grade", "Expected", "Cost, USD"),
}


PERSON = (
    "a single person is among the candidates. What stands here is an assessment, not a finding of fact: name nobody "
    "who need not be named, and write down what speaks against it too."
)


def row_name(case: Case, block: str, row: str) -> str:
    """Return what a row is called.

    >>> from cybercoercion.case import load_case
    >>> row_name(load_case("sony-2014"), "actors", "north-korea")
    'North Korea'
    """
    if block == "actors":
        return label(case, "actor", row)
    if block == "demands":
        return label(case, "demand", row)
    one = next(each for each in case.pending if each.id == row)
    about = label(case, "actor", one.about) if one.about is not None else ""
    return capital(coming_name(one.fact, about, one.id))


def overview(assessment: Assessment, block: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return column names, and a row of text for each candidate or awaited report; a dash is what nobody stated.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> overview(assess(load_case("sony-2014"), load_knowledge(draws=50)), "actors")[1][1][:4]
    ('Present or former employee', 'A single person', '–', 'Emerging')
    """
    case, rows = assessment.case, []
    for one in getattr(case, block):
        fields = {field.place.name: field for field in ROW_FIELDS[block](assessment, one.id) if not field.place.key}
        cells = [row_name(case, block, one.id), *(_cell(fields[name]) for name in SHOWN[block])]
        if block == "demands":
            holders = [f"{case.actor(who).name} ({how})" for who, how in one.held_by.items()]
            cells.append(joined(holders) or UNKNOWN)
        rows.append(tuple(cells))
    return HEADS[block], tuple(rows)


def framing_words(assessment: Assessment, actor: str) -> str:
    """Return how likely it counts that an actor, were it behind this, framed another.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> framing_words(assess(load_case("sony-2014"), load_knowledge(draws=50)), "north-korea")[:55]
    'If North Korea is behind this, the chance that it frame'
    """
    case, knowledge = assessment.case, assessment.knowledge
    draws = deception(case, knowledge)[case.actor_ids.index(actor)]
    low, high = (float(one) for one in weighted_quantiles(draws, np.ones(draws.shape), BAND))
    name = case.actor(actor).name
    if not high > 0:
        return f"{name} is the only candidate: there is nobody else on the list to frame."
    return (
        f"If {name} is behind this, the chance that it framed another counts as {percent(float(draws.mean()))} "
        f"({span(low, high)}). A judgement: no data tell it."
    )


def reminder(case: Case) -> str | None:
    """Return a reminder where a single person is among the candidates, else None.

    >>> from cybercoercion.case import load_case
    >>> reminder(load_case("sony-2014"))[:43]
    'Present or former employee: a single person'
    """
    people = [actor.name for actor in case.actors if actor.kind == "individual"]
    return f"{joined(people)}: {PERSON}" if people else None


def _cell(field: Field) -> str:
    if not field.stated:
        return UNKNOWN
    if field.form == "date":
        return dated(field.value)
    if field.form == "amount":
        return field.text
    return field.option(field.value)
