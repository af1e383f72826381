"""What a knowledge remembers of cases is bounded by number and by size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.knowledge import knowledge as module
from cybercoercion.knowledge.bytes_held import bytes_held


@dataclass(frozen=True)
class Derived:
    """Something derived from a case, with the tables that it came from."""

    table: np.ndarray
    knowledge: Knowledge


def test_arrays_count_wherever_they_lie_and_tables_do_not() -> None:
    """Arrays in values, lists and dicts are counted; those of the knowledge that a value names are not its own."""
    tables = load_knowledge(draws=10)
    tables.quantity("discount")
    assert bytes_held(Derived(table=np.zeros(5), knowledge=tables), but=Knowledge) == 40
    assert bytes_held({"x": [np.zeros(5), (np.zeros(1),)], "y": "text"}, but=Knowledge) == 48


def test_what_is_large_is_kept_for_fewer_cases_and_the_latest_always(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for two, the third drives the first out; one that is larger than all room is kept alone."""
    monkeypatch.setattr(module, "ROOM", 100)
    tables = load_knowledge(draws=10)
    made: list[str] = []

    def asked(key: str, numbers: int) -> None:
        def make() -> np.ndarray:
            made.append(key)
            return np.zeros(numbers)

        tables.remember_recent("kind", key, make)

    for key in ("a", "b", "c", "b", "a"):
        asked(key, 5)
    assert made == ["a", "b", "c", "a"]
    asked("large", 50)
    asked("large", 50)
    assert made[-1] == "large"
    assert made.count("large") == 1
