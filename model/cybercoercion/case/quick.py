"""A case as TOML for machines: written at once, in one line per block, without comments."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from cybercoercion.case.data import data_of
from cybercoercion.case.model import Case


def quick_toml(case: Case) -> str:
    """Return TOML that is read back as the case, in a tenth of the time of `case_to_toml`.

    >>> from cybercoercion.case import load_case, parse_case
    >>> sony = load_case("sony-2014")
    >>> parse_case(quick_toml(sony)) == sony
    True
    """
    return "".join(f"{_string(key)} = {_value(value)}\n" for key, value in data_of(case).items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_string(key)} = {_value(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return value.isoformat() if isinstance(value, date) else repr(value)


def _string(text: str) -> str:
    # the strings of JSON are strings of TOML, but for one control character
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
