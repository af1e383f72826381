"""Whether the one page fits one side of A4: lines are counted from the width of their words, a little too many."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from cybercoercion.report.one_page import OnePage

SIDE = 1_048.0  # CSS pixels between the margins of A4, with a few to spare
WIDE, HALF = 702.0, 340.0  # of the whole page, and of one of two columns
BODY, SAID, NOTE = 11.4, 14.5, 10.7  # sizes of type
BOLD = 1.05  # how much wider bold type is
RAGGED = 0.97  # of a line is filled, on average
NARROW, BROAD = frozenset(" ijlftr.,;:|!'()[]"), frozenset("mw%MW@")
EASTERN = 0x2E7F  # signs beyond it take a square


def fitted(page: OnePage, spare: Callable[[], OnePage]) -> OnePage:
    """Return the page so that it fits: rows under 5 % go first, then the bars of section 2; type never shrinks.

    Parameters
    ----------
    page
        As it would be with room enough.
    spare
        Makes the page with rows under 5 % gathered.
    """
    if height(page) <= SIDE:
        return page
    page = spare()
    if height(page) <= SIDE:
        return page
    page = replace(page, moved=None if page.moved is None else replace(page.moved, steps=()))
    while height(page) > SIDE and len(page.changes) > 1:  # what may come stays: it stands last
        page = replace(page, changes=(*page.changes[:-2], page.changes[-1]))
    return page


def height(page: OnePage) -> float:
    """Return about how high the page is in print, CSS pixels."""
    head = (17 if page.marking else 0) + 23 * min(_lines(page.title, WIDE, 20, BOLD), 2) + _text(page.lead, WIDE) + 5
    card = 18 * 1.04 * _lines(page.answer, WIDE - 22, SAID) + sum(_text(one, WIDE - 22) for one in page.beside)
    card += _text(page.confidence, WIDE - 22) + 20
    beliefs = 20 + sum(15 * _lines(one.sentence, HALF, BODY, BOLD) + 5 + 15.5 * len(one.rows) for one in page.questions)
    coding = _text(page.coding, HALF) + 4
    moved = 0.0
    if page.moved is not None:
        moved = 24 + _text(page.moved.caption, HALF)
        moved += 15.5 * (len(page.moved.steps) + 2) if page.moved.steps else 0
    upper = max(beliefs, moved + coding) + 6
    costs = 20 + _text(page.costs_caption, WIDE) + 32 + 34.5 * len(page.costs) + 15
    costs += _text(page.scale, WIDE) + _text(page.tail, WIDE) + 12
    mind = 20 + sum(_text(one, HALF - 13) for one in page.changes)
    trust = 20 + sum(_text(f"{name}: {said}", HALF - 13) for name, said in page.trust)
    foot = 6 + sum(13.5 * _lines(one, WIDE, NOTE) for one in page.footer)
    return head + card + upper + costs + max(mind, trust) + 6 + foot


def _text(text: str, width: float) -> float:
    """Return the height of a paragraph."""
    return 14.9 * _lines(text, width, BODY) + 3


def _lines(text: str, width: float, size: float, share: float = 1.0) -> int:
    """Return in how many lines a text breaks; a line stays a little short, for words are kept whole."""
    return max(math.ceil(share * size * sum(map(_wide, text)) / (RAGGED * width)), 1)


def _wide(sign: str) -> float:
    """Return about how wide a sign is, as a share of the size of the type: those of Helvetica and its likes."""
    if sign in NARROW:
        return 0.29
    if sign in BROAD or sign.isupper():
        return 0.7
    return 0.535 if ord(sign) < EASTERN else 1.0
