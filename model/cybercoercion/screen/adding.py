"""A new candidate or awaited report: its fields as typed, its short name, and the case with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cybercoercion.assessment import Assessment
from cybercoercion.case import Campaign, Case, CaseError, Fault
from cybercoercion.case.editing import FILE, with_row
from cybercoercion.screen.editing import Place, edited, slug_of, taken_ids
from cybercoercion.screen.fields import Field, blank_fields, field_at
from cybercoercion.screen.typed import typed

NAMING = {"actors": "name", "demands": "text", "pending": "fact"}  # what a short name is made from
FALLBACK = {"actors": "candidate", "demands": "demand", "pending": "report"}
LONGEST = 4  # words of a short name


def new_fields(assessment: Assessment, block: str) -> tuple[Field, ...]:
    """Return what is asked of a new row: its fields, and of a demand who holds it."""
    more: tuple[Field, ...] = ()
    if block == "demands":
        places = (Place(block=block, name="held_by", key=actor) for actor in assessment.case.actor_ids)
        more = tuple(field_at(assessment, place) for place in places)
    return (*blank_fields(assessment, block), *more)


def proposed_id(case: Case, block: str, name: str) -> str:
    """Return a short name for a new row, made from what it is called and unlike all others.

    >>> from cybercoercion.case import load_case
    >>> proposed_id(load_case("sony-2014"), "actors", "North Korea"), proposed_id(load_case("sony-2014"), "demands", "")
    ('north-korea-2', 'demand')
    """
    short = " ".join(name.replace("_", " ").split()[:LONGEST])
    return slug_of(short, taken_ids(case, block), FALLBACK[block])


def new_row(fields: tuple[Field, ...], raw: Mapping[Place, Any], name: str) -> dict[str, Any]:
    """Return a row from what was typed into its fields; what is empty is left out.

    Raises
    ------
    CaseError
        With every number that is none.
    """
    row: dict[str, Any] = {"id": name}
    faults: list[Fault] = []
    for field in fields:
        try:
            value = typed(field, raw.get(field.place))
        except CaseError as error:
            faults += error.faults
            continue
        if value is not None and field.place.key:
            row.setdefault(field.place.name, {})[field.place.key] = value
        elif value is not None:
            row[field.place.name] = value
    if faults:
        raise CaseError(tuple(faults))
    return row


def with_new(source: Case | Campaign, block: str, row: Mapping[str, Any]) -> Case | Campaign:
    """Return the case or campaign with one more row.

    Raises
    ------
    CaseError
        With every fault, such as a short name that another row bears.
    """
    return edited(source, lambda case: with_row(case, block, row))


def reasoned(reason: str) -> str:
    """Return why something is added, in one line.

    Raises
    ------
    CaseError
        Where nothing is said.
    """
    line = " ".join(reason.split())
    if not line:
        allowed = "one line, kept with the change so that others can follow it"
        raise CaseError((Fault(file=FILE, place="why", got="nothing", allowed=allowed),))
    return line
