"""Which column of a data set holds which fact, and what its codes mean: data of ``priors/columns``, not code."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from cybercoercion.fit.importing.sheet import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A column and its codes: the state that each stands for."""

    column: str
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """How one data set is read: plain columns, coded facts and labels, and what else its reader needs.

    Raises
    ------
    KeyError
        from the constructor functions when a shipped file lacks a part; users bring no such files.

    """

    name: str
    source: str
    citation: str
    mark: str
    dates: tuple[str, ...]
    plain: Mapping[str, str]
    facts: Mapping[str, Coded]
    labels: Mapping[str, Coded]
    rest: Mapping[str, Any]

    @property
    def needed(self) -> tuple[str, ...]:
        """Return every column that is read, each once, in the order of the file."""
        coded = [coded.column for group in (self.facts, self.labels) for coded in group.values()]
        other = [
            entry["column"]
            for group in self.rest.values()
            if isinstance(group, dict)
            for entry in group.values()
            if isinstance(entry, dict) and "column" in entry
        ]
        return tuple(dict.fromkeys((*self.plain.values(), *coded, *other)))

    def cell(self, row: Row, name: str) -> str:
        """Return the text of a plain column."""
        return row.cells[self.plain[name]]

    def date(self, text: str) -> date | None:
        """Return the day that a text names in one of the forms of this data set, or None.

        >>> columns("dcid").date("2/1/2008")
        datetime.date(2008, 2, 1)
        """
        for form in self.dates:
            try:
                return datetime.strptime(text.split(" ", maxsplit=1)[0], form).date()  # noqa: DTZ007  # a day has no time zone
            except ValueError:
                continue
        return None


@cache
def columns(name: str) -> Columns:
    """Return how the data set of this name is read.

    >>> columns("dcid").facts["method"].codes["4.2"]
    'virus'
    """
    text = files("cybercoercion.priors").joinpath("columns", f"{name}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    about = data.pop("about")
    return Columns(
        name=about["name"],
        source=about["source"],
        citation=about["citation"],
        mark=about["mark"],
        dates=tuple(about.get("dates", ())),
        plain=MappingProxyType(data.pop("columns", {})),
        facts=_coded(data.pop("facts", {})),
        labels=_coded(data.pop("labels", {})),
        rest=MappingProxyType({**about, **data}),
    )


def _coded(entries: Mapping[str, Any]) -> Mapping[str, Coded]:
    return MappingProxyType(
        {
            name: Coded(column=entry["column"], codes=MappingProxyType(dict(entry["codes"])))
            for name, entry in entries.items()
        }
    )


@dataclass(slots=True)
class Unread:
    """Counts the cells that say nothing, or what no codebook knows."""

    cells: Counter[tuple[str, str]] = field(default_factory=Counter)
    told: set[tuple[int, str]] = field(default_factory=set)  # a cell that serves two facts counts once

    def states(self, row: Row, group: Mapping[str, Coded]) -> dict[str, str]:
        """Return the state of each fact of a row; what cannot be read is left out and counted."""
        out = {}
        for name, coded in group.items():
            text = row.cells[coded.column]
            if (state := coded.codes.get(text)) is None:
                if (row.number, coded.column) not in self.told:
                    self.count(coded.column, text)
                self.told.add((row.number, coded.column))
            else:
                out[name] = state
        return out

    def count(self, column: str, text: str) -> None:
        """Count one cell."""
        self.cells[column, text] += 1

    @property
    def notes(self) -> tuple[str, ...]:
        """Return one sentence per column and unreadable text."""
        return tuple(
            f"column {column!r}: {repr(text[:40]) if text else 'a blank cell'} in {count} row{'s' * (count > 1)}"
            f"{' is no code of the codebook' if text else ''}: left out"
            for (column, text), count in sorted(self.cells.items())
        )
