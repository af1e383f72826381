"""Answers to one question on the draws: small ones added up, each as a row with its range and what it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.belief import ROUNDING
from cybercoercion.belief.summary import weighted_quantiles
from cybercoercion.report.belief_strips import BeliefRow
from cybercoercion.report.words import percent

Array = NDArray[np.float64]
QUANTILES = (0.05, 0.1, 0.25, 0.75, 0.9, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """One answer: what it is called, p(answer, draw), which sums to its probability, and its probability before."""

    name: str
    label: str
    by_draw: Array
    before: float | None
    tone: str | None = None
    always: bool = False  # never gathered with others
    apart: bool = False  # does not exclude the others

    @property
    def p(self) -> float:
        """Return its probability."""
        return float(self.by_draw.sum())


def gathered(answers: Sequence[Answer], most: int, called: str) -> list[Answer]:
    """Return at most so many answers: what must be seen and the largest, the rest added up in one that comes last."""
    if len(answers) <= most:
        return list(answers)
    first = sorted(answers, key=lambda one: (not one.always, -one.p))[: most - 1]
    leader = max(answers, key=lambda one: one.p)
    if leader not in first:
        first = [*(one for one in first if one.always), leader]
    rest = [one for one in answers if one not in first]
    if len(rest) == 1:
        return [one for one in answers if one in first or one is rest[0]]
    return [*(one for one in answers if one in first), together(called.format(count=len(rest)), rest, tone="rest")]


def together(called: str, answers: Sequence[Answer], *, tone: str | None = None) -> Answer:
    """Return several answers that exclude each other as one."""
    known = [one.before for one in answers if one.before is not None]
    return Answer(
        name="together",
        label=called,
        by_draw=np.sum([one.by_draw for one in answers], 0),
        before=sum(known) if len(known) == len(answers) else None,
        tone=tone,
    )


def row_of(one: Answer, weights: Array, *, leads: bool) -> BeliefRow:
    """Return an answer as a row: quantiles of its probability under the weights of the draws."""
    inside = np.divide(one.by_draw, weights, out=np.zeros_like(one.by_draw), where=weights > 0)
    found = weighted_quantiles(inside, weights, QUANTILES)
    low, low80, low50, high50, high80, high = (one.p if abs(q - one.p) < ROUNDING else float(q) for q in found)
    return BeliefRow(
        label=one.label,
        p=one.p,
        quantiles=(low, low80, low50, high50, high80, high),
        before=one.before,
        leads=leads,
        tone=one.tone,
        apart=one.apart,
    )


def moves(rows: Sequence[BeliefRow]) -> str:
    """Return which answers the last change moved by two points or more, largest move first, or nothing.

    >>> moves([BeliefRow(label="Coercion", p=0.7, quantiles=(0.5, 0.55, 0.6, 0.8, 0.85, 0.9), before=0.5)])
    'The last change moved: Coercion 50 % \N{RIGHTWARDS ARROW} 70 %.'
    """
    moved = sorted((row for row in rows if row.moved), key=lambda row: -abs(row.p - (row.before or 0.0)))
    said = [f"{row.label} {percent(row.before or 0.0)} \N{RIGHTWARDS ARROW} {percent(row.p)}" for row in moved]
    return f"The last change moved: {'; '.join(said)}." if said else ""
