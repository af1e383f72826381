"""Values of the package as plain data for JSON: fields by name, arrays as lists, no draws and no machinery."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import numpy as np

DRAWS = 200  # an array with a longer axis holds draws, which the run's seed gives back


def plain(value: Any, *, without: tuple[str, ...] = ()) -> Any:
    """Return a value as plain data; what is infinite or not a number stands as null.

    Fields of a frozen value are left out where they hold draws, functions, or one of ``without``.

    >>> plain({"gap": np.float64(2.5), "flip": math.inf, "by": (1, np.array([0.5, 0.5]))})
    {'gap': 2.5, 'flip': None, 'by': [1, [0.5, 0.5]]}
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, np.bool_ | np.integer):
        return value.item()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, np.ndarray):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {_key(key): plain(one, without=without) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one, without=without) for one in value]
    if is_dataclass(value):
        kept = (one.name for one in fields(value) if one.name not in without)
        return {name: plain(one, without=without) for name in kept if _said(one := getattr(value, name))}
    return str(value)


def _key(key: Any) -> str:
    return key if isinstance(key, str) else " | ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _said(value: Any) -> bool:
    """Say whether a field is a number or a word, and no function and no draws."""
    if isinstance(value, np.ndarray):
        return value.dtype != object and max(value.shape, default=0) <= DRAWS
    return not callable(value)
