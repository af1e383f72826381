"""Where a margin changes sign along one input: solved for where levels are lines, else searched for on the engine."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cybercoercion.sensitivity.output import ROUNDING
from cybercoercion.sensitivity.threshold.margin import Levels

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
NOISE = 1e-13  # of the largest level: levels that differ by less between two values move alike
EXACT = 1e-10  # of the value: how near a searched crossing lies
SMALL = 1e-6  # of the margins at both sides: a larger margin at a border is a jump


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of the input in which the margin keeps its sign, and who leads at its lower and at its upper end."""

    low: float
    high: float
    leaders: tuple[str, str]
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The course of a margin along an input: its stretches in order, and the smallest margin seen, with its place.

    ``smooth`` holds, for every border between two stretches, whether the margin is zero there; elsewhere it jumps,
    because a candidate becomes likely enough to be accused.
    """

    stretches: tuple[Stretch, ...]
    smooth: tuple[bool, ...]
    smallest: float
    smallest_at: float

    @property
    def searched(self) -> tuple[float, float]:
        """From where to where it is known."""
        return self.stretches[0].low, self.stretches[-1].high


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lines:
    """Levels that are lines between two values of an input: ``start + slope x``, dims ``(level,)``.

    Slopes that differ by less than ``noise`` are taken as equal: they differ by rounding.
    """

    low: float
    high: float
    options: tuple[str, ...]
    start: Array
    slope: Array
    noise: float = 0.0

    def at(self, value: float) -> Levels:
        """Return the levels at a value."""
        return Levels(names=self.options, options=self.options, values=self.start + self.slope * value)


def lines(low: float, high: float, first: tuple[float, Levels], second: tuple[float, Levels]) -> Lines:
    """Return the lines through the levels at two values; what stands at only one of them is left out."""
    (x, at_x), (y, at_y) = first, second
    places = {name: row for row, name in enumerate(at_y.names)}
    kept = [row for row, name in enumerate(at_x.names) if name in places]
    left = at_x.values[kept]
    right = at_y.values[[places[at_x.names[row]] for row in kept]]
    slope = (right - left) / (y - x)
    # through the nearer end of either, so that rounding does not grow on the way
    start = np.where(abs(x) <= abs(y), left - slope * x, right - slope * y)
    return Lines(
        low=low,
        high=high,
        options=tuple(at_x.options[row] for row in kept),
        start=start,
        slope=slope,
        noise=NOISE * max(at_x.scale, at_y.scale) / abs(y - x),
    )


def solved(pieces: Sequence[Lines], pick: str, *, now: float = math.nan) -> Course:
    """Return the course of a margin whose levels are lines, piece by piece, exactly.

    Every crossing of a level of the pick with one of another is solved for; between two of them the sign is that of
    the middle. Where an end is infinite, the smallest margin is the one seen short of it, ``now`` counted.

    >>> two = Lines(
    ...     low=0.0, high=math.inf, options=("act", "wait"), start=np.array([3.0, 0.0]), slope=np.array([-1.0, 0.0])
    ... )
    >>> [(one.low, one.high, one.holds) for one in solved([two], "act").stretches]
    [(0.0, 3.0, False), (3.0, inf, True)]
    """
    found: list[Stretch] = []
    smallest, where = math.inf, math.nan
    for piece in pieces:
        own = np.array([option == pick for option in piece.options])
        flips = _inside(piece, _zeros(piece, own, ~own))
        ends = [piece.low, *flips, piece.high]
        for low, high in pairwise(ends):
            found.append(_stretch(low, high, piece.at(_middle(low, high)), pick))
        # the margin is smallest at an end, or where one variant of the pick takes over from another
        for value in (
            *ends,
            *_inside(piece, _zeros(piece, own, own)),
            *((now,) if piece.low <= now <= piece.high else ()),
        ):
            if math.isfinite(value) and (margin := piece.at(value).margin(pick)) < smallest:
                smallest, where = margin, value
    merged, borders = _merged(found)
    smooth = tuple(_zero(pieces, border, pick) for border in borders)
    return Course(stretches=merged, smooth=smooth, smallest=smallest, smallest_at=where)


def _zeros(piece: Lines, these: Mask, those: Mask) -> Array:
    """Return where levels of one kind cross those of another."""
    rise = piece.slope[these][:, None] - piece.slope[those]
    rise = np.where(np.abs(rise) > piece.noise, rise, 0.0)
    start = piece.start[these][:, None] - piece.start[those]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(-start / rise).ravel()


def _inside(piece: Lines, values: Array) -> list[float]:
    """Return the values inside a piece, in order, each once."""
    inside = np.isfinite(values) & (values > piece.low) & (values < piece.high)
    return [float(value) for value in np.unique(values[inside])]


def _middle(low: float, high: float) -> float:
    if math.isinf(low) and math.isinf(high):
        return 0.0
    if math.isinf(high):
        return low + max(abs(low), 1.0)
    return high - max(abs(high), 1.0) if math.isinf(low) else (low + high) / 2


def _stretch(low: float, high: float, levels: Levels, pick: str) -> Stretch:
    holds = _holds(levels, pick)
    leader = pick if holds else levels.rival(pick)
    return Stretch(low=low, high=high, leaders=(leader, leader), holds=holds)


def _holds(levels: Levels, pick: str) -> bool:
    return levels.margin(pick) >= -ROUNDING * levels.scale


def _merged(found: Sequence[Stretch]) -> tuple[tuple[Stretch, ...], list[float]]:
    """Return neighbours with the same sign as one, and the borders that are left."""
    out: list[Stretch] = []
    for one in found:
        if out and out[-1].holds == one.holds:
            out[-1] = _joined(out[-1], one.high, one.leaders[1])
        else:
            out.append(one)
    return tuple(out), [one.high for one in out[:-1]]


def _joined(one: Stretch, high: float, leader: str) -> Stretch:
    return Stretch(low=one.low, high=high, leaders=(one.leaders[0], leader), holds=one.holds)


def _zero(pieces: Sequence[Lines], border: float, pick: str) -> bool:
    """Say whether the margin is zero at a border: between two pieces it may jump."""
    there = [piece.at(border) for piece in pieces if piece.low <= border <= piece.high]
    return all(abs(levels.margin(pick)) <= 1e-9 * levels.scale for levels in there)


def searched(
    ask: Callable[[float], Levels | None],
    values: Sequence[float],
    pick: str,
    *,
    exact: float = EXACT,
    grain: float = 0.0,
) -> Course:
    """Return the course of a margin that is asked for value by value, from the lowest to the highest.

    Between two values of different sign the crossing is closed in on by Brent's method, to ``exact`` of its value.
    Values that cannot be asked for give None and are left out. Two crossings between neighbours are not seen. A margin
    of up to ``grain`` at a border counts as none.

    Raises
    ------
    ValueError
        When no value can be asked for.
    """
    asked = [(value, levels) for value in sorted(set(values)) if (levels := ask(value)) is not None]
    if not asked:
        raise ValueError("no value of the input can be asked for")
    margins = [levels.margin(pick) for _, levels in asked]
    least = int(np.argmin(margins))
    found = [_stretch(asked[0][0], asked[0][0], asked[0][1], pick)]
    smooth: list[bool] = []
    for place, (value, levels) in enumerate(asked[1:]):
        one = _stretch(value, value, levels, pick)
        if one.holds == found[-1].holds:
            found[-1] = _joined(found[-1], value, one.leaders[1])
            continue
        ends = (asked[place][0], margins[place]), (value, margins[place + 1])
        border, left, rival = _closed_in(ask, *ends, pick, exact)
        smooth.append(left <= max(SMALL * max(abs(end[1]) for end in ends), grain))
        found[-1] = _joined(found[-1], border, pick if found[-1].holds else rival)
        found.append(
            Stretch(low=border, high=value, leaders=(pick if one.holds else rival, one.leaders[1]), holds=one.holds)
        )
    return Course(stretches=tuple(found), smooth=tuple(smooth), smallest=margins[least], smallest_at=asked[least][0])


def _closed_in(
    ask: Callable[[float], Levels | None],
    low: tuple[float, float],
    high: tuple[float, float],
    pick: str,
    exact: float,
) -> tuple[float, float, str]:
    """Return where a margin changes sign, how large it is just beyond, and who leads there instead of the pick.

    ``low`` and ``high`` are two values with their margins.
    """
    from scipy.optimize import brentq  # a person waits for no import that is not needed

    size = max((abs(one[1]) for one in (low, high) if math.isfinite(one[1])), default=1.0)

    def margin(value: float) -> float:
        levels = ask(value)
        if levels is None:
            return -size
        found = min(max(levels.margin(pick), -size), size)
        return max(found, 0.0) if _holds(levels, pick) else found

    tiny = 1e-14 * (high[0] - low[0])
    border = float(brentq(margin, low[0], high[0], xtol=tiny, rtol=max(exact, 1e-14)))
    # who leads is asked just beyond the border, where the pick has lost
    outwards = -1.0 if low[1] < high[1] else 1.0
    step = 4 * (tiny + exact * abs(border))
    beyond = ask(min(max(border + outwards * step, low[0]), high[0]))
    if beyond is None:
        return border, math.inf, pick
    return border, abs(beyond.margin(pick)), beyond.rival(pick)
