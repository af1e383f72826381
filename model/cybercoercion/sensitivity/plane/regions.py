"""Where each option is cheapest: slices joined to pieces and lines, halved where a region is born or ends."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cybercoercion.sensitivity.plane.surface import Slice, Surface

Array = NDArray[np.float64]
Curve = tuple[int, int, bool]  # cheapest before, cheapest behind, whether costs are equal there


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """A part of a region: cheapest from ``low`` to ``high`` of the solved input at each value of the swept one."""

    option: int
    swept: Array
    low: Array
    high: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line:
    """A line between two options. Both cost the same on it, or, where not ``equal``, a plan begins to stand there."""

    between: tuple[int, int]
    equal: bool
    swept: Array
    solved: Array


def slices(surface: Surface, low: float, high: float, columns: int) -> list[Slice]:
    """Return slices at even steps of the swept input, and at both sides of every change of what follows what.

    A change between two columns is halved down to 1e-9 of the range. A region that is born and ends between two
    columns is not seen.
    """
    tolerance = 1e-9 * (high - low)
    found = [surface.slice(float(s)) for s in np.linspace(low, high, columns)]
    out = [found[0]]
    for after in found[1:]:
        out.extend(_between(surface, out[-1], after, tolerance))
        out.append(after)
    return out


def _between(surface: Surface, before: Slice, after: Slice, tolerance: float) -> list[Slice]:
    """Return the slices that close in on every change between two, in order, without the two."""
    if _kind(before) == _kind(after) or after.swept - before.swept <= tolerance:
        return []
    middle = surface.slice((before.swept + after.swept) / 2)
    return [
        *_between(surface, before, middle, tolerance),
        middle,
        *_between(surface, middle, after, tolerance),
    ]


def _kind(one: Slice) -> tuple[tuple[int, ...], tuple[bool, ...]]:
    return one.best, one.equal


def runs(found: list[Slice]) -> list[list[Slice]]:
    """Return slices that follow each other with the same options in the same order."""
    out: list[list[Slice]] = []
    for one in found:
        if out and _kind(out[-1][-1]) == _kind(one):
            out[-1].append(one)
        else:
            out.append([one])
    return out


def pieces(found: list[Slice]) -> tuple[Piece, ...]:
    """Return the parts of all regions; two neighbours in the swept input meet, so that no gap is drawn."""
    out = []
    groups = runs(found)
    for place, group in enumerate(groups):
        s = np.array([one.swept for one in group])
        if place + 1 < len(groups):
            s = np.append(s, groups[place + 1][0].swept)
        for k, option in enumerate(group[0].best):
            low, high = (np.array([one.ends[k + side] for one in group]) for side in (0, 1))
            if len(s) > len(low):
                low, high = np.append(low, low[-1]), np.append(high, high[-1])
            out.append(Piece(option=option, swept=s, low=low, high=high))
    return tuple(out)


def lines(surface: Surface, found: list[Slice]) -> tuple[Line, ...]:
    """Return every line between two regions, those that run along the solved input too."""
    out: list[Line] = []
    groups = runs(found)
    for group in groups:
        s = np.array([one.swept for one in group])
        for k, equal in enumerate(group[0].equal):
            solved = np.array([one.ends[k + 1] for one in group])
            between = (group[0].best[k], group[0].best[k + 1])
            out.append(Line(between=between, equal=equal, swept=s, solved=solved))
    for before, after in pairwise(groups):
        out.extend(_across(surface, before[-1], after[0]))
    return tuple(_joined(out))


def _across(surface: Surface, left: Slice, right: Slice) -> list[Line]:
    """Return the lines along the solved input between two slices that lie side by side."""
    if not left.best or not right.best:
        return []
    width = max(left.ends[-1], right.ends[-1]) - min(left.ends[0], right.ends[0])
    cuts = np.unique(np.concatenate([left.ends, right.ends]))
    out = []
    for low, high in pairwise(cuts.tolist()):
        sides = [_at(one, (low + high) / 2) for one in (left, right)]
        if high - low > 1e-4 * width and None not in sides and sides[0] != sides[1]:
            between = (int(sides[0] or 0), int(sides[1] or 0))
            swept, equal = _crossing(surface, (left.swept, right.swept), (low + high) / 2, between)
            out.append(Line(between=between, equal=equal, swept=np.full(2, swept), solved=np.array([low, high])))
    return out


def _crossing(
    surface: Surface, ends: tuple[float, float], solved: float, between: tuple[int, int]
) -> tuple[float, bool]:
    """Return where two options change places along the swept input, and whether they cost the same there."""

    def ahead(swept: float) -> float:
        cost = surface.by_option(np.array([swept]), np.array([solved]))[0]
        return float(cost[between[0]] - cost[between[1]])

    low, high = ends
    for _ in range(60):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        low, high = (middle, high) if ahead(middle) <= 0 else (low, middle)
    size = np.abs(surface.plans(np.array([low]), np.array([solved]))[0])
    return low, bool(abs(ahead(low)) <= 1e-9 * size[np.isfinite(size)].max())


def _at(one: Slice, value: float) -> int | None:
    if not one.ends[0] <= value <= one.ends[-1]:
        return None
    return one.best[min(int(np.searchsorted(one.ends[1:], value)), len(one.best) - 1)]


def _joined(found: list[Line]) -> list[Line]:
    """Return lines of the same two options that go on where another ended as one."""
    out: list[Line] = []
    for one in found:
        alike = (set(one.between), one.equal)
        before = next(
            (
                k
                for k, other in enumerate(out)
                if (set(other.between), other.equal) == alike and one.swept[0] != one.swept[-1] and _meets(other, one)
            ),
            None,
        )
        if before is None:
            out.append(one)
            continue
        other = out[before]
        out[before] = Line(
            between=other.between,
            equal=one.equal,
            swept=np.concatenate([other.swept, one.swept]),
            solved=np.concatenate([other.solved, one.solved]),
        )
    return out


def _meets(first: Line, second: Line) -> bool:
    scale = max(float(np.ptp(np.concatenate([first.swept, second.swept]))), 1e-300)
    gap = abs(second.swept[0] - first.swept[-1]) / scale
    step = abs(second.solved[0] - first.solved[-1])
    return bool(gap < 1e-6 and step < 1e-4 * max(1.0, abs(first.solved[-1])))
