"""Whether the one page fits one side of A4: lines are counted from the width of their words, a little too many."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from cybercoercion.report.one_page import OnePage
from cybercoercion.report.one_page_beliefs import shortened

SIDE = 1_048.0  # CSS pixels between the margins of A4, with a few to spare
WIDE, HALF = 702.0, 340.0  # of the whole page, and of one of two columns
BODY, SAID, NOTE = 11.4, 14.5, 10.7  # sizes of type
BOLD = 1.03  # how much wider bold type is
RAGGED = 0.97  # of a line is filled, on average
NARROW, BROAD = frozenset(" ijlftr.,;:|!'()[]"), frozenset("mw%MW@")
CUTS = (180, 110, 55)  # letters of a line, ever fewer
EASTERN = 0x2E7F  # signs beyond it take a square


def fitted(page: OnePage, spare: Callable[[int], OnePage]) -> OnePage:
    """Return the page so that it fits: rows under 5 % go first, then the bars of section 2; type never shrinks.

    What is still too high has three rows to a question, then shorter and fewer lines in its last two sections; the full
    report has them whole.

    Parameters
    ----------
    page
        As it would be with room enough.
    spare
        Makes the page with rows under 5 % gathered (1), or with three rows to a question (2).
    """
    if height(page) <= SIDE:
        return page
    page = spare(1)
    if height(page) <= SIDE:
        return page
    page = _barless(page)
    page = page if height(page) <= SIDE else _barless(spare(2))
    for letters in CUTS:
        if height(page) > SIDE:
            page = _cut(page, letters)
    while height(page) > SIDE and len(page.changes) > 1:  # what may come stays: it stands last
        page = replace(page, changes=(*page.changes[:-2], page.changes[-1]))
    while height(page) > SIDE and len(page.beside) > 1:  # all of it stands in the full report
        page = replace(page, beside=page.beside[:-1])
    return page


def _cut(page: OnePage, letters: int) -> OnePage:
    """Return the page with the lines of its last two sections cut to so many letters."""
    return replace(
        page,
        changes=tuple(shortened(one, letters) for one in page.changes),
        trust=tuple((name, shortened(said, letters)) for name, said in page.trust),
    )


def _barless(page: OnePage) -> OnePage:
    """Return the page with the words about what moved us, without the bars."""
    return replace(page, moved=None if page.moved is None else replace(page.moved, steps=()))


def height(page: OnePage) -> float:
    """Return about how high the page is in print, CSS pixels."""
    head = (17 if page.marking else 0) + 23 * min(_lines(page.title, WIDE, 20, BOLD), 2) + _text(page.lead, WIDE) + 5
    card = 18 * 1.04 * _lines(page.answer, WIDE - 22, SAID) + (
        _text(" ".join(page.beside), WIDE - 22) if page.beside else 0
    )
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
    return 0.525 if ord(sign) < EASTERN else 1.0
