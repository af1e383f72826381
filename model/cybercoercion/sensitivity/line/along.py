"""One input moved: the numbers of an output at a value, and where the first choice changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.summary import regrets
from cybercoercion.sensitivity.asking import known_decision, known_output
from cybercoercion.sensitivity.changing import Answer
from cybercoercion.sensitivity.choice import Choice, Decision
from cybercoercion.sensitivity.input.input import Input
from cybercoercion.sensitivity.line.readings import readings
from cybercoercion.sensitivity.output import Output, gap, labels_of

Array = NDArray[np.float64]
WHOLE = ("p.", "stakes.resilience")  # shares that are shown from none to all, whatever is plausible
TIMES = 10  # of a factor that is a point


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A value at which the first choice changes, going up."""

    value: float
    before: str
    after: str


def shown(one: Input) -> tuple[float, float]:
    """Return between which values a map or curve shows an input unless told otherwise.

    All of a probability and of resilience; a factor from none to ten times what it is, or to its 99 %; else 1 to 99 %
    of its own uncertainty, or, of a point, from none to twice what it is.
    """
    if one.name.startswith(WHOLE):
        return max(0.0, one.least), min(1.0, one.most)
    low, high = one.quantile(0.01), one.quantile(0.99)
    if one.unit == "factor":
        return 0.0, max(TIMES * one.now, high) or 1.0
    if low < high:
        return low, high
    low, high = sorted((0.0, 2 * one.now))
    return max(low, one.least), min(high, one.most) if high > low else low + 1.0


def labels_along(output: Output, now: Answer, decision: Decision) -> tuple[str, ...]:
    """Return what an output has one number for under a decision: in two steps every plan is an option."""
    known_output(output)
    known_decision(decision)
    if output in ("belief", "gap") or decision == "response":
        return labels_of(output, now.belief)
    return now.menu(decision).options


@dataclass(frozen=True, kw_only=True, eq=False)
class Moved:
    """An answer under one decision; ``menu`` holds what each plan costs, and who may not be accused now."""

    decision: Decision
    menu: Choice
    ask: Callable[[], Answer]

    @cached_property
    def given(self) -> Answer:
        """The full answer."""
        return self.ask()

    @cached_property
    def each(self) -> Array:
        """The expected difference of each option to nothing new, USD, dims ``(option,)``; infinite without a plan."""
        return self.menu.by_option(self.menu.now)

    @property
    def first(self) -> str:
        """The cheapest option that may be chosen now."""
        return self.menu.options[int(self.each.argmin())]

    def gap(self, pick: str) -> float:
        """Return by how much the cheapest of the others costs more than ``pick``, USD."""
        return gap(self.each, self.menu.options, pick) if pick in self.menu.options else -np.inf

    def numbers(self, output: Output, labels: Sequence[str], pick: str) -> Array:
        """Return the numbers of an output, dims ``(label,)``; not a number for an option that does not stand now."""
        if output == "belief":
            return self.given.measured("belief")
        if output == "gap":
            return np.array([self.gap(pick)])
        if output == "cost":
            return _in_order(self.menu.options, self.each, labels)
        if self.decision == "response":
            return self.given.measured(output, pick)
        each = readings(self.given, self.decision)
        totals = each.often() if output == "p_best" else regrets(each.drawn, each.share)
        return _in_order(each.options, totals, labels)


def _in_order(names: Sequence[str], values: Array, labels: Sequence[str]) -> Array:
    known = dict(zip(names, values.tolist(), strict=True))
    found = np.array([known.get(label, np.nan) for label in labels])
    return np.where(np.isinf(found), np.nan, found)


def moved(given: Answer, decision: Decision) -> Moved:
    """Return an answer under a decision, its menu computed once."""
    return Moved(decision=decision, menu=given.menu(decision), ask=lambda: given)


def mover(one: Input, decision: Decision) -> Callable[[float], Moved]:
    """Return the answer at any value of an input.

    Where costs are linear in it and the belief does not move, two answers of the full engine hold all others: what each
    plan costs in each state lies on the line through them.
    """
    if not one.linear or one.moves_belief or one.certain:
        return lambda value: moved(one.ask(value), decision)
    ends = one.low, one.high
    low, high = (one.ask(end).menu(decision) for end in ends)
    if low.names != high.names:
        return lambda value: moved(one.ask(value), decision)

    def between(value: float) -> Moved:
        part = (value - ends[0]) / (ends[1] - ends[0])
        cost = high.cost if value == ends[1] else low.cost + part * (high.cost - low.cost)
        return Moved(decision=decision, menu=replace(low, cost=cost), ask=lambda: one.ask(value))

    return between


def flips(at: Callable[[float], Moved], values: Sequence[float], firsts: Sequence[str]) -> tuple[Flip, ...]:
    """Return where the first choice changes between values at which it is known, to 1e-10 of the step.

    Between two values with different first choices the gap of the one before is zero (or jumps, where a candidate
    becomes likely enough to be accused); two changes that undo each other between two values are not seen.
    """
    from scipy.optimize import brentq

    out = []
    for (low, before), (high, after) in pairwise(zip(values, firsts, strict=True)):
        left, now = low, before
        while now != after:

            def ahead(value: float, pick: str = now) -> float:
                return float(np.clip(at(value).gap(pick), -1e15, 1e15))

            ends = ahead(left), ahead(high)
            if ends[0] < 0 or ends[1] >= 0:
                break  # a tie at the end of the step: nothing lies between
            zero = left if ends[0] == 0 else float(brentq(ahead, left, high, xtol=1e-10 * (high - low), rtol=1e-14))
            beyond = min(zero + 1e-7 * (high - low), high)
            then = at(beyond).first
            if then == now:
                break
            out.append(Flip(value=zero, before=now, after=then))
            left, now = beyond, then
    return tuple(out)
