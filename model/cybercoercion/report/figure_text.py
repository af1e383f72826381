"""Text beside a drawing: broken into lines where it is too long for its column, never cut."""

from __future__ import annotations

import textwrap

BREAK = "\n"  # what the mark is told to break at
BOLD, PLAIN = 0.56, 0.5  # width of a sign as a share of the size of the type, on average


def broken(text: str, width: int, size: float, *, bold: bool = False) -> str:
    r"""Return a text in lines that fit into a column of ``width`` pixels.

    >>> broken("graded B2, nobody has announced it", 120, 11)
    'graded B2, nobody has\nannounced it'
    >>> broken("short", 120, 11)
    'short'
    """
    signs = max(int(width / (size * (BOLD if bold else PLAIN))), 1)
    return BREAK.join(textwrap.wrap(text, signs, break_on_hyphens=False)) if len(text) > signs else text


def lines_of(text: str) -> int:
    r"""Return how many lines a broken text has.

    >>> lines_of("one\ntwo")
    2
    """
    return text.count(BREAK) + 1
