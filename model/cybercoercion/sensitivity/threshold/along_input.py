"""The course of a margin along one input of an assessment: in closed form where that is exact, else by search."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.belief.soft import ImpossibleEvidence
from cybercoercion.sensitivity.changing import Answer
from cybercoercion.sensitivity.input.beliefs import GROUP as BELIEVED
from cybercoercion.sensitivity.input.input import Input
from cybercoercion.sensitivity.threshold.crossing import Course, Lines, lines, searched, solved
from cybercoercion.sensitivity.threshold.margin import Criterion, Levels

Array = NDArray[np.float64]
FIRST = (0.001, 0.1, 0.5, 0.9, 0.999)  # quantiles of an input that are asked for first
MORE = (0.01, 0.05, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.95, 0.99)
TIMES_FIRST = (0.01, 0.3, 3.0, 100.0)  # of what is taken to be certain
TIMES_MORE = (0.03, 0.1, 0.5, 0.75, 1.5, 2.0, 10.0, 30.0)
STEPS_FIRST, STEPS = 3, 9  # values of a share between its ends
COARSE, GRAIN = 1e-4, 0.02  # shares of draws move in steps: so near a place is sought, so small a step is no jump
MILLION = 1e6
AGREES = 1e-9  # of the largest level: how near to zero the engine must be where a flip was solved for


def course(assessment: Assessment, one: Input, criterion: Criterion) -> Course:
    """Return where the criterion holds along an input, over its natural bounds or over what was searched."""
    if criterion.by_belief and not one.moves_belief:
        levels = criterion.stands
        slope = np.zeros(len(levels.values))
        flat = Lines(low=one.least, high=one.most, options=levels.options, start=levels.values, slope=slope)
        return solved([flat], criterion.pick, now=one.now)
    if one.linear and criterion.linear and one.least < one.most:
        found = solved(tuple(_pieces(assessment, one, criterion)), criterion.pick, now=one.now)
        if confirmed(one, criterion, found):
            return found
    return by_search(one, criterion)


def confirmed(one: Input, criterion: Criterion, found: Course) -> bool:
    """Say whether the full engine has a margin of zero at the nearest solved flips at both sides."""
    values = [stretch.high for stretch, smooth in zip(found.stretches[:-1], found.smooth, strict=True) if smooth]
    below = max((value for value in values if value <= one.now), default=None)
    above = min((value for value in values if value > one.now), default=None)
    for value in (below, above):
        if value is not None:
            levels = criterion.levels(one.ask(value))
            if abs(levels.margin(criterion.pick)) > AGREES * levels.scale:
                return False
    return True


def by_search(one: Input, criterion: Criterion) -> Course:
    """Return the same by asking the full engine value by value, from the .1 % to the 99.9 % of the input and beyond.

    Shares are asked for from end to end, what is taken as certain from a hundredth to a hundred times its value. Where
    the first values show that nothing comes near a flip, no more are asked for.
    """
    known: dict[float, Levels | None] = {}

    def ask(value: float) -> Levels | None:
        if value not in known:
            known[value] = asked_of(one, criterion, value)
        return known[value]

    first = [value for value in _first(one) if one.least <= value <= one.most]
    if far([levels for value in first if (levels := ask(value)) is not None], criterion.pick):
        return searched(ask, first, criterion.pick)
    more = [value for value in (*first, *_more(one)) if one.least <= value <= one.most]
    if criterion.unit == "probability" and not criterion.by_belief:
        return searched(ask, more, criterion.pick, exact=COARSE, grain=GRAIN)
    return searched(ask, more, criterion.pick)


def asked_of(one: Input, criterion: Criterion, value: float) -> Levels | None:
    """Return the levels at a value of an input; None where the engine has no answer, as at impossible evidence."""
    try:
        with np.errstate(divide="raise", invalid="raise", over="raise"):
            levels = criterion.levels(one.ask(value))
    except (ArithmeticError, ValueError, ImpossibleEvidence):
        return None
    return levels if np.isfinite(levels.values).all() else None


def far(asked: list[Levels], pick: str) -> bool:
    """Say whether every other level stays further from the pick's best one than it moves over all values.

    >>> def at(x: float) -> Levels:
    ...     return Levels(names=("a", "b"), options=("a", "b"), values=np.array([0.0, x]))
    >>> far([at(3.0), at(4.0), at(3.5)], "a"), far([at(1.0), at(4.0), at(3.5)], "a")
    (True, False)
    """
    if len(asked) < 3 or any(one.names != asked[0].names for one in asked):
        return False
    values = np.array([one.values for one in asked])
    own = np.array([option == pick for option in asked[0].options])
    if not own.any() or own.all():
        return False
    best = np.flatnonzero(own)[values[:, own].sum(0).argmin()]
    ahead = values[:, ~own] - values[:, [best]]
    return bool((ahead.min(0) > np.ptp(ahead, axis=0)).all())


def _first(one: Input) -> Iterator[float]:
    yield one.now
    if one.certain:
        yield from _around(one, TIMES_FIRST)
    else:
        yield from (one.quantile(p) for p in FIRST)
    if _closed(one):
        yield from np.linspace(one.least, one.most, STEPS_FIRST).tolist()


def _more(one: Input) -> Iterator[float]:
    if one.certain:
        yield from _around(one, TIMES_MORE)
    else:
        yield from (one.quantile(p) for p in MORE)
    if _closed(one):
        yield from np.linspace(one.least, one.most, STEPS).tolist()


def _closed(one: Input) -> bool:
    return math.isfinite(one.least) and math.isfinite(one.most)


def _around(one: Input, times: tuple[float, ...]) -> Iterator[float]:
    """Yield values of what is taken to be certain; shares have ends of their own."""
    if _closed(one):
        return
    if one.now:
        yield from (one.now * factor for factor in times)
        if math.isfinite(one.least):
            yield one.least
    else:
        scale = MILLION if one.unit.startswith("USD") else 1.0
        yield from (sign * factor * scale for factor in times for sign in (-1, 1))


def _pieces(assessment: Assessment, one: Input, criterion: Criterion) -> Iterator[Lines]:
    """Yield the lines of all levels; the probability of what is hidden has pieces, by who may be accused."""
    if one.group != BELIEVED:  # where costs are linear in it, the answer as it stands is that at its value now
        x = _other(one)
        other = criterion.levels(one.ask(x))
        yield lines(one.least, one.most, (one.now, criterion.stands), (x, other))
        return
    for low, high in _borders(assessment, one):
        x, y = low + (high - low) / 4, high - (high - low) / 4
        yield lines(low, high, (x, criterion.levels(one.ask(x))), (y, criterion.levels(one.ask(y))))


def _other(one: Input) -> float:
    """Return a value of an input far enough from its value now to draw a line."""
    if one.unit in ("share", "probability") and _closed(one):
        return one.most if one.most - one.now > one.now - one.least else one.least
    step = max(one.high - one.low, abs(one.now)) or (MILLION if one.unit.startswith("USD") else 1.0)
    return one.now + step if one.now + step <= one.most else one.now - step


def _borders(assessment: Assessment, one: Input) -> Iterator[tuple[float, float]]:
    """Yield the stretches of a probability in which the same candidates are likely enough to be accused."""
    at_ends = np.array([_candidates(one.ask(end)) for end in (one.least, one.most)])
    share = assessment.knowledge.mean("accused_share")
    start, end = (share * p - p[:, None] for p in at_ends)  # (candidate, other): zero where the first is just likely
    with np.errstate(divide="ignore", invalid="ignore"):
        zeros = (start / (start - end)).ravel()
    zeros = zeros[np.isfinite(zeros) & (zeros > 0) & (zeros < 1)]
    cuts = np.unique(np.concatenate([[0.0, 1.0], zeros]))
    cuts = cuts[np.concatenate([[True], np.diff(cuts) > 1e-12])]
    cuts[-1] = 1.0
    width = one.most - one.least
    yield from ((one.least + width * a, one.least + width * b) for a, b in pairwise(cuts.tolist()))


def _candidates(answer: Answer) -> Array:
    p = answer.belief.posterior.sum((0, 2, 3))
    return np.asarray(p[:-1] / p.sum())
