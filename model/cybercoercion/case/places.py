"""Where in a file something stands, as a person says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from cybercoercion.case.faults import Fault, shown
from cybercoercion.case.fields import Place, Refusal
from cybercoercion.case.lines import lines_of, nearest_line

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]{1,80}")


def faults_of(refusals: Iterable[Refusal], data: Mapping[str, Any], file: str, text: str = "") -> tuple[Fault, ...]:
    """Return the faults of a file in the order of its lines; what is missing altogether comes first."""
    faults = []
    lines = lines_of(text)
    for refusal in refusals:
        line = nearest_line(lines, refusal.at)
        words = place_words(refusal.at, data)
        place = f"line {line}, {words}" if line else words
        faults.append(Fault(file=file, place=place, got=refusal.got, allowed=refusal.allowed, line=line))
    return tuple(sorted(faults, key=lambda fault: fault.line or 0))


def place_words(place: Place, data: Mapping[str, Any]) -> str:
    """Return a place with the ids of the rows that it goes through, counted from 1.

    >>> place_words(("reports", 0, "grade"), {"reports": [{"id": "kcna-june"}]})
    'reports[1] "kcna-june": grade'
    >>> place_words(("stakes", "harm now"), {})
    "stakes.'harm now'"
    """
    words = ""
    here: Any = data
    for key in place:
        here = _below(here, key)
        if isinstance(key, int):
            words += f"[{key + 1}]"
            name = here.get("id") if isinstance(here, Mapping) else None
            words += f' "{name}": ' if isinstance(name, str) and _BARE_KEY.fullmatch(name) else ": "
        else:
            dot = "." if words and not words.endswith(": ") else ""
            words += dot + (key if _BARE_KEY.fullmatch(key) else shown(key))
    return words.removesuffix(": ") or "the whole file"


def _below(here: object, key: str | int) -> object:
    if isinstance(key, int):
        return here[key] if isinstance(here, list | tuple) and key < len(here) else None
    return here.get(key) if isinstance(here, Mapping) else None
