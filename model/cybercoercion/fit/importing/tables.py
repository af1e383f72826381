"""The rows of a table of coded episodes, in YAML, CSV or a workbook, as flat texts with dotted names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cybercoercion.fit.importing.columns import Columns
from cybercoercion.fit.importing.sheet import plain, read_sheet
from cybercoercion.fit.training import Refused, TrainingError

TREES = (".yaml", ".yml")
TABLES = (*TREES, ".csv", ".xlsx", ".xls")
LIST = "; "


def rows_of(file: Path, table: Columns, refused: list[Refused]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row with how a message names it; rows that have no such form go to ``refused``.

    Raises
    ------
    TrainingError
        when the file cannot be read, or columns are missing.

    """
    intents = tuple(f"intent_p.{short}" for short in table.rest["intents"])
    optional = (*table.rest["optional"]["columns"], *intents)
    if file.suffix.lower() not in TREES:
        sheet = read_sheet(file, table.needed, optional)
        refused.extend(sheet.refused)
        for row in sheet.rows:
            yield f"{row.place}, {row.cells['id']!r}", dict(row.cells)
        return
    for number, entry in enumerate(_tree(file), 1):
        place = f"entry {number}"
        if not isinstance(entry, dict):
            refused.append(Refused(file=str(file), place=place, got=repr(entry)[:40], allowed="a mapping of columns"))
            continue
        cells = dict(_flat(entry))
        missing = [column for column in table.needed if column not in cells]
        strange = [name for name in cells if name.startswith("intent_p.") and name not in intents]
        if missing or strange:
            allowed = ", ".join(table.rest["intents"])
            said = [(name, "nothing", "a text or a number") for name in missing]
            said += [(name, "no intent", allowed) for name in strange]
            refused.extend(
                Refused(file=str(file), place=f"{place}: {name}", got=got, allowed=what) for name, got, what in said
            )
            continue
        yield f"{place}, {cells['id']!r}", {name: cells.get(name, "") for name in (*table.needed, *optional)}


def _tree(file: Path) -> list[Any]:
    import yaml

    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        got = " ".join(str(error).split())[:160]
        raise TrainingError((Refused(file=str(file), place="file", got=got, allowed="YAML in UTF-8"),)) from error
    if not isinstance(data, list):
        raise TrainingError((Refused(file=str(file), place="file", got="no list", allowed="a list of episodes"),))
    return data


def _flat(entry: Mapping[Any, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in entry.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _flat(value, f"{name}.")
        elif isinstance(value, list):
            yield name, LIST.join(plain(part) for part in value)
        elif isinstance(value, bool):
            yield name, "y" if value else "n"
        else:
            yield name, plain(value)
