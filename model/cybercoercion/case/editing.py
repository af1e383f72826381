"""Edits of a case, each through the same door as a file: a sound new case comes out, or every fault at once.

An edit never changes the case that it is given. A value of None takes a field out, so that its default holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cybercoercion.case.data import data_of
from cybercoercion.case.faults import CaseError, Fault
from cybercoercion.case.model import Case
from cybercoercion.case.reading import case_from

FILE = "this change"


def with_values(case: Case, values: Mapping[str, Any]) -> Case:
    """Return the case with values at places outside its rows, such as ``frame`` or ``stakes.resilience``.

    Raises
    ------
    CaseError
        With every fault of the changed case.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> case = with_values(load_case("sony-2014"), {"stakes.resilience": 0.6, "target.country": None})
    >>> case.stakes.resilience, case.target.country
    (0.6, None)
    """
    data = data_of(case)
    for place, value in values.items():
        *way, last = place.split(".")
        here = data
        for key in way:
            here = here.setdefault(key, {})
        _put(here, last, value)
    return case_from(data, FILE)


def with_row(case: Case, block: str, row: Mapping[str, Any], *, at: int | None = None) -> Case:
    """Return the case with one more row in ``actors``, ``demands``, ``reports`` or ``pending``, last or at a place.

    Raises
    ------
    CaseError
        With every fault of the changed case.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> with_row(load_case("sony-2014"), "actors", {"id": "rival", "kind": "state"}).actor_ids[-1]
    'rival'
    """
    data = data_of(case)
    rows = data.setdefault(block, [])
    rows.insert(len(rows) if at is None else at, {key: value for key, value in row.items() if value is not None})
    return case_from(data, FILE)


def with_fields(case: Case, block: str, name: str, fields: Mapping[str, Any]) -> Case:
    """Return the case with fields of one row changed; a field that is None is taken out.

    Raises
    ------
    CaseError
        With every fault of the changed case, or where no row bears this id.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> case = with_fields(load_case("sony-2014"), "reports", "june-threat", {"grade": "B3", "off": True})
    >>> case.reports[0].grade, case.reports[0].off
    ('B3', True)
    """
    data = data_of(case)
    row = _row(data, block, name)
    for key, value in fields.items():
        _put(row, key, value)
    return case_from(data, FILE)


def without_row(case: Case, block: str, name: str) -> Case:
    """Return the case without a row; what still speaks of it is a fault that names the place.

    Raises
    ------
    CaseError
        With every fault of the changed case, or where no row bears this id.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> len(without_row(load_case("sony-2014"), "reports", "june-threat").reports) == 12
    False
    """
    data = data_of(case)
    data[block].remove(_row(data, block, name))
    return case_from(data, FILE)


def _row(data: dict[str, Any], block: str, name: str) -> dict[str, Any]:
    found = [row for row in data.get(block, ()) if row["id"] == name]
    if not found:
        there = ", ".join(row["id"] for row in data.get(block, ())) or "nothing, there is none"
        raise CaseError((Fault(file=FILE, place=block, got=f"the id {name!r}", allowed=there),))
    one: dict[str, Any] = found[0]
    return one


def _put(holder: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        holder.pop(key, None)
    else:
        holder[key] = value
