"""Reports as columns of a table, and edits of its cells as a changed case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cybercoercion.belief.channel import DIGITS, LETTERS
from cybercoercion.case import Case, Report
from cybercoercion.case.editing import with_fields
from cybercoercion.report.names import label
from cybercoercion.screen.evidence_words import said_words

GRADES = tuple(f"{letter}{digit}" for letter in (*LETTERS, "F") for digit in (*DIGITS, "6"))
FIELDS = {
    "grade": "grade",
    "origin": "origin",
    "event date": "event_date",
    "known date": "known_date",
    "copy": "copy",
    "source": "cite",
    "note": "note",
}


def columns(case: Case) -> dict[str, list[Any]]:
    """Return the reports of a case in the order of its file, one column per field.

    >>> from cybercoercion.case import load_case
    >>> table = columns(load_case("sony-2014"))
    >>> table["report"][0], table["on"][0], table["grade"][0], len(table["note"])
    ('june-threat', True, 'A2', 21)
    """
    return {
        "on": [not one.off for one in case.reports],
        "report": [one.id for one in case.reports],
        "says": [said_words(case, one) for one in case.reports],
        "about": [label(case, "actor", one.about) if one.about else None for one in case.reports],
        "grade": [one.grade for one in case.reports],
        "origin": [one.origin for one in case.reports],
        "event date": [one.event_date for one in case.reports],
        "known date": [one.known_date for one in case.reports],
        "copy": [one.copy_probability for one in case.reports],
        "source": [one.cite for one in case.reports],
        "note": [one.note for one in case.reports],
    }


def edited(case: Case, edits: Mapping[int, Mapping[str, Any]]) -> Case:
    """Return the case with edited cells, by row and column, all of them or none.

    Raises
    ------
    CaseError
        With the faults of the first row that cannot be.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> sony = edited(load_case("sony-2014"), {0: {"on": False, "grade": "C3"}, 1: {"known date": "2014-12-17"}})
    >>> sony.reports[0].off, sony.reports[0].grade, str(sony.reports[1].known_date)
    (True, 'C3', '2014-12-17')
    """
    new = case
    for row, cells in edits.items():
        report = case.reports[int(row)]
        values = {field: _value(field, cells[name]) for name, field in FIELDS.items() if name in cells}
        if "on" in cells:
            values["off"] = None if cells["on"] else True
        new = with_fields(new, "reports", report.id, values)
    return new


def fingerprint(case: Case) -> int:
    """Return a number that changes with the reports as the table shows them."""
    return hash(tuple((one, _named(case, one)) for one in case.reports)) & 0xFFFFFFFF


def _named(case: Case, report: Report) -> str:
    return said_words(case, report)


def _value(field: str, cell: Any) -> Any:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if field.endswith("_date"):
        return date.fromisoformat(str(cell)[:10])
    return float(cell) if field == "copy" else str(cell).strip()
