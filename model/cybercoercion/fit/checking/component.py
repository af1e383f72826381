"""Which prior numbers a case asks for, grouped into components that a person can name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from cybercoercion.knowledge import Knowledge

Array = NDArray[np.float64]
FILES = {
    "episode": "facts of the episode",
    "technical": "technical facts",
    "pointing": "what points at an actor",
    "demand": "demands",
    "grades": "grades of sources",
    "costs": "costs",
    "responses": "effects of responses",
    "purpose": "second aims",
    "context": "context of candidates",
}
TABLES = {
    "intent": "base rates of purposes",
    "kind": "kinds of actor",
    "signalling": "signalling",
    "objective": "objectives",
}
FAMILIES = {"exponent": "exponents", "deception": "deception", "copy": "copies", "concession": "concession"}


class Watched(Knowledge):
    """A knowledge that notes which of its tables and quantities were asked for."""

    def table(self, name: str, *, early: bool = False) -> Array:
        """Return the draws of a table, and note it."""
        self.asked[name] = "table"
        return Knowledge.table(self, name, early=early)

    def quantity(self, name: str) -> Array:
        """Return the draws of a quantity, and note it."""
        self.asked[name] = "quantity"
        return Knowledge.quantity(self, name)

    @property
    def asked(self) -> dict[str, str]:
        """Return what was asked for so far, by name: "table" or "quantity"."""
        return self.remember(("asked",), dict)


def watched(knowledge: Knowledge, size: int) -> Watched:
    """Return the same knowledge with so many draws, which notes what it is asked for.

    >>> from cybercoercion.knowledge import load_knowledge
    >>> known = watched(load_knowledge(draws=10), 10)
    >>> _ = known.table("leak")
    >>> sorted(known.asked.items())
    [('exponent.fact', 'quantity'), ('leak', 'table')]
    """
    kept = {one.name: getattr(knowledge, one.name) for one in fields(knowledge) if one.name != "_memory"}
    return Watched(**{**kept, "size": size})


def components(asked: Mapping[str, str], knowledge: Knowledge) -> dict[str, dict[str, str]]:
    """Return the entries that were asked for by component, ``component -> name -> form``, in order of name."""
    out: dict[str, dict[str, str]] = {}
    for name in sorted(asked):
        form = asked[name]
        if form == "table":
            file = knowledge.tables[name].source.file
            label = TABLES.get(name) or FILES.get(_stem(file), _stem(file))
        else:
            file = knowledge.quantities[name].source.file
            label = FAMILIES.get(name.split(".", 1)[0]) or FILES.get(_stem(file), _stem(file))
        out.setdefault(label, {})[name] = form
    return dict(sorted(out.items()))


def _stem(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".toml")
