"""A case back into TOML, keeping what the user wrote around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

import tomlkit
from tomlkit.container import Container
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, InlineTable, Item, Table

from cybercoercion.case.checks import BLOCKS
from cybercoercion.case.data import data_of
from cybercoercion.case.faults import CaseError
from cybercoercion.case.model import Case
from cybercoercion.case.reading import parse_case

HEADED = ("stakes", "labels")  # tables with a header of their own; the rest stands in one line
LEGIBLE = 100_000  # from here on a whole number is written with separators, 15_000_000

type Holder = Container | Table | InlineTable


def case_to_toml(case: Case) -> str:
    """Return the TOML of a case; what has its default value is left out.

    >>> from datetime import date
    >>> case = Case(
    ...     schema=1,
    ...     id="a",
    ...     title="A",
    ...     as_of=date(2014, 12, 18),
    ...     target={"name": "A firm", "kind": "firm"},
    ...     frame="any-intrusion",
    ...     actors=[{"id": "x", "kind": "unknown"}],
    ... )
    >>> print(case_to_toml(case), end="")
    schema = 1
    id = "a"
    title = "A"
    as_of = 2014-12-18
    target = {name = "A firm", kind = "firm"}
    frame = "any-intrusion"
    <BLANKLINE>
    [[actors]]
    id = "x"
    kind = "unknown"
    """
    document = tomlkit.document()
    data = data_of(case)
    for key in sorted(data, key=lambda key: key in (*BLOCKS, *HEADED, "deception")):  # lines before headers
        document[key] = _block(key, data[key])
    # every string stands on one line here, so blank lines are layout
    return re.sub(r"\n{3,}", "\n\n", tomlkit.dumps(document)).rstrip("\n") + "\n"


def update_toml(text: str, case: Case, file: str = "case") -> str:
    """Return the user's text, changed only where it says something else than the case.

    Comments, blank lines, order and ways of writing stay.

    Parameters
    ----------
    text
        A sound case file.
    case
        What it shall say.
    file
        What to call it in faults.

    Raises
    ------
    CaseError
        If the text is no sound case.
    """
    old, new = data_of(parse_case(text, file)), data_of(case)
    if old == new:
        return text
    try:
        document = tomlkit.parse(text)
        change_document(document, old, new)
        updated = tomlkit.dumps(document)
    except TOMLKitError:
        updated = ""
    # A layout may be too odd to change in part; then what the file says goes before its comments.
    return updated if _says(updated, case) else case_to_toml(case)


def _says(text: str, case: Case) -> bool:
    try:
        return parse_case(text) == case
    except CaseError:
        return False


def change_document(holder: Holder, old: Mapping[str, Any], new: Mapping[str, Any], *, top: bool = True) -> None:
    """Change a parsed file where the new data differ from the old, and nowhere else."""
    for key in old.keys() - new.keys():
        del holder[key]
    for key, value in new.items():
        before, within = old.get(key), holder.get(key)
        if key in old and before == value:
            continue
        if isinstance(before, dict) and isinstance(value, dict) and isinstance(within, Table | InlineTable):
            change_document(within, before, value, top=False)
        elif top and key in BLOCKS and isinstance(within, AoT | Array):
            _update_rows(within, before or [], value)
        else:
            holder[key] = _block(key, value) if top else _inline(value)


def _update_rows(rows: AoT | Array, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    before = {row["id"]: row for row in old}
    here = list(before)
    for name in before.keys() - {row["id"] for row in new}:
        del rows[here.index(name)]
        here.remove(name)
    for number, row in enumerate(new):
        name = row["id"]
        if name not in before:
            fresh = _table(row) if isinstance(rows, AoT) else _inline(row)
            rows.insert(number, cast("Any", fresh))
            here.insert(number, name)
            continue
        place = here.index(name)
        if place != number:
            moved = rows[place]
            del rows[place]
            rows.insert(number, moved)
            here.insert(number, here.pop(place))
        change_document(cast("Holder", rows[number]), before[name], row, top=False)


def _block(key: str, value: Any) -> Item:
    """Return a top-level value in its usual form."""
    if key in BLOCKS:
        rows = tomlkit.aot()
        for row in value:
            rows.append(_table(row))
        return rows
    if key in HEADED:
        return _table(value)
    if key == "deception":
        checklists = tomlkit.table(is_super_table=True)
        for actor, checklist in value.items():
            checklists.append(actor, _table(checklist))
        return checklists
    return _inline(value)


def _table(content: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for key, value in content.items():
        table.append(key, _inline(value))
    table.append(None, tomlkit.nl())
    return table


def _inline(value: Any) -> Item:
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        for key, one in value.items():
            table.append(key, _inline(one))
        return table
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        whole = int(value)
        return tomlkit.value(f"{whole:_}" if abs(whole) >= LEGIBLE else f"{whole}")
    item: Item = tomlkit.item(value)
    return item
