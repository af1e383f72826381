"""How much memory what is remembered takes."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

import numpy as np

DEPTH = 3  # of values within values; deeper ones hold no large arrays


def bytes_held(value: object, *, but: type, depth: int = DEPTH) -> int:
    """Return how many bytes the arrays within a value hold, those of values of one type left out.

    >>> bytes_held({"a": np.zeros(3), "b": [np.zeros(2), "text"], "c": (1, 2)}, but=tuple)
    40
    """
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, but) or not depth:
        return 0
    parts: list[object]
    if isinstance(value, dict):
        parts = [*value.values()]
    elif isinstance(value, list | tuple):
        parts = [*value]
    elif is_dataclass(value) and not isinstance(value, type):
        parts = [getattr(value, one.name, None) for one in fields(value)]
    else:
        return 0
    return sum(bytes_held(one, but=but, depth=depth - 1) for one in parts)
