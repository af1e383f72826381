"""On which line of a TOML text a key stands; no parser tells, so the text is read again, after a fault only."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from cybercoercion.case.fields import Place

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[\]{}=\n]"
    r"|[^\s\"'\#\[\]{}=]+"
    r"|[^\S\n]+"
    r"|.",
    re.DOTALL,
)


def lines_of(text: str) -> dict[Place, int]:
    r"""Return the line of every table and key of a sound TOML text.

    >>> lines = lines_of('id = "a"\n[[reports]]\nid = "b"\n[[reports]]\ngrade = "Z9"')
    >>> lines["reports", 1, "grade"], lines["reports", 0]
    (5, 2)
    """
    lines: dict[Place, int] = {}
    for place, line in _places(text):
        lines.setdefault(place, line)
    return lines


def nearest_line(lines: dict[Place, int], place: Place) -> int | None:
    """Return the line of a place, or of the nearest table around it.

    >>> nearest_line({("reports", 0): 2}, ("reports", 0, "grade")), nearest_line({}, ("frame",))
    (2, None)
    """
    while place:
        if place in lines:
            return lines[place]
        place = place[:-1]
    return None


def _places(text: str) -> Iterator[tuple[Place, int]]:
    """Walk the statements: where each table is opened and each key is set."""
    table: Place = ()
    rows: dict[Place, int] = {}
    for line, words in _statements(text):
        if words[0] == "[":
            twice = words[:2] == ["[", "["]
            keys = _keys("".join(words).strip("[]"))
            place: Place = ()
            for depth, key in enumerate(keys, 1):
                place = (*place, key)
                if depth == len(keys) and twice:
                    rows[place] = rows.get(place, -1) + 1
                if place in rows:  # a table below a row belongs to the row that was opened last
                    place = (*place, rows[place])
            table = place
            if twice:
                yield table[:-1], line
            yield table, line
        elif "=" in words:
            yield (*table, *_keys("".join(words[: words.index("=")]))), line


def _statements(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which a statement begins, and its words, comments and blanks left out."""
    line, start, depth = 1, 1, 0
    words: list[str] = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word in "[{":
            depth += 1
        elif word in "]}":
            depth -= 1
        if word == "\n" and depth <= 0:
            if words:
                yield start, words
            words, depth = [], 0
        elif not word.isspace() and word[0] != "#":
            if not words:
                start = line
            words.append(word)
        line += word.count("\n")
    if words:
        yield start, words


def _keys(text: str) -> tuple[str, ...]:
    """Return the parts of a key, bare, quoted or dotted, as TOML itself reads it."""
    try:
        content = tomllib.loads(f"{text} = 0")
    except (ValueError, RecursionError):
        return ()
    keys = []
    while isinstance(content, dict):
        key, content = next(iter(content.items()))
        keys.append(key)
    return tuple(keys)
