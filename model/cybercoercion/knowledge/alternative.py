"""Another reading of the same field: a named set of entries that may stand in the place of the shipped ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import product
from types import MappingProxyType
from typing import Any

import numpy as np

from cybercoercion.knowledge.entry import Quantity, Source, Table
from cybercoercion.knowledge.faults import KnowledgeError
from cybercoercion.knowledge.knowledge import Knowledge
from cybercoercion.knowledge.parsing import Faults, parse_quantity
from cybercoercion.knowledge.reading import read_entries

FOLDER = "sets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A named set: quantities, and what of each table is other: spread, worth in cases, some or all rows.

    Each folder of ``priors/sets`` is one, and may serve as an overlay of ``--priors`` too.
    """

    name: str
    quantities: Mapping[str, Quantity]
    tables: Mapping[str, Mapping[str, Any]]

    @property
    def entries(self) -> tuple[str, ...]:
        """The names of all entries, tables first."""
        return (*self.tables, *self.quantities)


@cache
def alternatives() -> Mapping[str, Alternative]:
    """Return every shipped set by name, read once per process.

    >>> sorted(alternatives())[0]
    'diffuse'
    """
    folder = files("cybercoercion.priors").joinpath(FOLDER)
    names = sorted(item.name for item in folder.iterdir() if item.is_dir())
    return MappingProxyType({name: _read(name) for name in names})


def _read(name: str) -> Alternative:
    faults: Faults = []
    quantities: dict[str, Quantity] = {}
    tables: dict[str, Mapping[str, Any]] = {}
    for (kind, entry), (file, data) in read_entries(f"{FOLDER}/{name}", faults):
        if kind == "table":
            tables[entry] = data
        elif (quantity := parse_quantity(entry, data, file, faults)) is not None:
            quantities[entry] = quantity
    if faults:
        raise KnowledgeError(tuple(faults))
    return Alternative(name=name, quantities=quantities, tables=tables)


def with_alternative(knowledge: Knowledge, other: Alternative) -> Knowledge:
    """Return the knowledge with the entries of a set; all others keep their draws, and a fit keeps what it learnt.

    What an overlay of the user says of the same entries gives way too: a set is another opinion.

    >>> from cybercoercion.knowledge import load_knowledge
    >>> shipped = load_knowledge(draws=10)
    >>> sceptic = with_alternative(shipped, alternatives()["sceptical"])
    >>> bool((sceptic.tables["intent"].value[:, 0] < shipped.tables["intent"].value[:, 0]).all())
    True
    """
    tables = {name: _other(knowledge.tables[name], data) for name, data in other.tables.items()}
    return knowledge.changed(other.quantities, tables)


def _other(table: Table, data: Mapping[str, Any]) -> Table:
    """Return the table with the spread, or the worth in cases, and the rows that a set gives."""
    table = replace(table, sd=data.get("sd", table.sd), strength=data.get("strength", table.strength))
    source = Source(text=data["source"], mark=data["mark"], file=FOLDER, note=data.get("note", ""))
    if "rows" not in data:
        return replace(table, source=source)
    value = table.value.copy()
    flat = value.reshape(-1, value.shape[-1])
    for place, label in enumerate(product(*table.parents)):
        row: Any = data["rows"]
        for part in label or ("all",):
            row = row.get(part) if isinstance(row, Mapping) else None
        if row is not None:
            flat[place] = np.array(row["value"] if isinstance(row, Mapping) else row, dtype=np.float64)
    return replace(table, value=value, source=source)
