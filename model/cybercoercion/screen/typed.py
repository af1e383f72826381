"""What was typed or chosen in a field, as the file says it."""

from __future__ import annotations

from typing import Any

from cybercoercion.screen.amounts import amount_of, with_unit_of
from cybercoercion.screen.fields import Field

NOT_STATED = ""  # what a form holds where nothing is stated


def typed(field: Field, raw: Any) -> Any:
    """Return the value that a field was given, or None where it is left to its default.

    Raises
    ------
    CaseError
        Where a number is none; all else is for the door of case files to judge.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.screen.fields import deception_fields, stakes_fields
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=50))
    >>> typed(stakes_fields(sony)["What it costs"][0], "20 M to 300 M")
    {'low': 20000000.0, 'high': 300000000.0, 'unit': 'USD'}
    >>> [typed(deception_fields(sony, "north-korea")[0], one) for one in (True, "30 %", "")]
    [True, 0.3, None]
    """
    if isinstance(raw, str):
        raw = raw.strip()
    if raw is None or raw == NOT_STATED:
        return None
    if field.form == "amount":
        return with_unit_of(amount_of(raw, field.unit, field.place.words), field.value)
    if field.form == "answer" and isinstance(raw, str):
        said = {"yes": True, "no": False}.get(raw.lower())
        return amount_of(raw, "probability", field.place.words) if said is None else said
    return raw


def raw_of(field: Field) -> Any:
    """Return what a form holds for what is stated: text of a number, the word of a choice, a date.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.screen.fields import stakes_fields
    >>> raw_of(stakes_fields(assess(load_case("sony-2014"), load_knowledge(draws=50)))["What it costs"][0])
    '15 M to 200 M'
    """
    if field.form == "date":
        return field.value
    if field.form in ("choice", "country"):
        return NOT_STATED if field.value is None else field.value
    if field.form == "answer":
        stated = field.value
        return stated if isinstance(stated, bool) else NOT_STATED if stated is None else field.text
    return field.text
