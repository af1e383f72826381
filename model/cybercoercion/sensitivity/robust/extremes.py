"""The least and greatest value of a ratio of two sums whose weights are only known to lie in intervals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
ROUNDS = 60
CLOSE = 1e-12  # relative


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """Rows of probabilities of which each entry lies in an interval, dims ``(row, state)``; every row sums to one."""

    low: Array
    high: Array

    def __post_init__(self) -> None:
        """Refuse intervals that hold no row.

        Raises
        ------
        ValueError
            When an interval is empty or outside 0 to 1, or when no row with such entries sums to one.
        """
        if ((self.low < 0) | (self.high > 1) | (self.low > self.high)).any():
            raise ValueError("got an interval outside 0 to 1, or one whose low end is above its high end")
        if (self.low.sum(1) > 1 + CLOSE).any() or (self.high.sum(1) < 1 - CLOSE).any():
            raise ValueError("got intervals among which no row sums to one")

    def best(self, gain: Array) -> Array:
        """Return the rows with the greatest sum of ``gain`` times entry, dims as given ``(row, state)``: at vertices.

        All entries at their low ends; what is left goes to the entries that gain most, each up to its high end.

        >>> free = Rows(low=np.array([[0.1, 0.2, 0.0]]), high=np.array([[0.5, 0.9, 1.0]]))
        >>> free.best(np.array([[3.0, 1.0, 2.0]])).round(3).tolist()
        [[0.5, 0.2, 0.3]]
        """
        order = np.argsort(-gain, axis=1, kind="stable")
        room = np.take_along_axis(self.high - self.low, order, 1)
        left = (1 - self.low.sum(1))[:, None]
        before = np.cumsum(room, 1) - room
        given = np.clip(left - before, 0.0, room)
        out = self.low.copy()
        np.put_along_axis(out, order, np.take_along_axis(self.low, order, 1) + given, 1)
        return out

    def vertices(self, row: int) -> Array:
        """Return the vertices of one row, dims ``(vertex, state)``: all entries but one at an end.

        >>> Rows(low=np.zeros((1, 3)), high=np.ones((1, 3))).vertices(0).tolist()
        [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]
        """
        low, high = self.low[row], self.high[row]
        found = set()
        for free in range(len(low)):
            others = [place for place in range(len(low)) if place != free]
            for ends in product((0, 1), repeat=len(others)):
                point = low.copy()
                point[others] = np.where(np.array(ends, dtype=bool), high[others], low[others])
                point[free] = 1 - point[others].sum()
                if low[free] - CLOSE <= point[free] <= high[free] + CLOSE:
                    found.add(tuple(point.round(12).tolist()))
        return np.array(sorted(found))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Linear:
    """A measure over states that is linear in the entries of rows: ``start + sum of entry x move``.

    ``start`` has dims ``(state of the world,)``, ``move`` dims ``(row, state, state of the world)``. It is positive.
    """

    rows: Rows
    start: Array
    move: Array

    def at(self, entries: Array) -> Array:
        """Return the measure at these entries, dims ``(state of the world,)`` from ``(row, state)``."""
        return np.asarray(self.start + np.tensordot(entries, self.move, 2))

    def greatest(self, value: Array) -> tuple[float, Array]:
        """Return the greatest mean of ``value`` over the normalised measure, and the entries where it is reached.

        ``max over rows of (N_0 + sum n t) / (D_0 + sum d t)``, a linear-fractional programme: exact, at a vertex. With
        ``lambda`` the best mean so far, the rows that maximise ``N - lambda D`` come apart row by row, and the mean
        there is better until it is greatest (Dinkelbach 1967).
        """
        top, bottom = float(self.start @ value), float(self.start.sum())
        n, d = self.move @ value, self.move.sum(-1)
        entries = self.rows.best(n)
        mean = self._mean(top, bottom, n, d, entries)
        for _ in range(ROUNDS):
            better = self.rows.best(n - mean * d)
            found = self._mean(top, bottom, n, d, better)
            if not found > mean + CLOSE * max(abs(mean), float(np.abs(value).max()), 1e-300):
                break
            mean, entries = found, better
        return mean, entries

    def least(self, value: Array) -> tuple[float, Array]:
        """Return the least mean of ``value``, and the entries where it is reached."""
        mean, entries = self.greatest(-value)
        return -mean, entries

    @staticmethod
    def _mean(top: float, bottom: float, n: Array, d: Array, entries: Array) -> float:
        return float((top + (n * entries).sum()) / (bottom + (d * entries).sum()))


def greatest_between(low: Array, high: Array, value: Array) -> float:
    """Return the greatest mean of ``value`` over measures whose every entry lies between ``low`` and ``high``.

    Where value is above a threshold the measure is high, below it low; the threshold is tried at every entry.

    >>> greatest_between(np.array([1.0, 1.0]), np.array([3.0, 2.0]), np.array([1.0, 0.0]))
    0.75
    """
    order = np.argsort(-value)
    much, little, worth = high[order], low[order], value[order]
    mass = np.concatenate([[0.0], np.cumsum(much)]) + np.concatenate([np.cumsum(little[::-1])[::-1], [0.0]])
    total = np.concatenate([[0.0], np.cumsum(much * worth)])
    total = total + np.concatenate([np.cumsum((little * worth)[::-1])[::-1], [0.0]])
    means = np.divide(total, mass, out=np.full(len(mass), -np.inf), where=mass > 0)
    return float(means.max())


def corners(rows: Rows) -> Iterator[Array]:
    """Yield every combination of vertices of all rows, dims ``(row, state)`` each."""
    for picked in product(*(rows.vertices(row) for row in range(len(rows.low)))):
        yield np.array(picked)


def corner_count(rows: Rows, most: int) -> int:
    """Return how many combinations of vertices there are; more than ``most`` are not counted out."""
    count = 1
    for row in range(len(rows.low)):
        if ((rows.high - rows.low)[row] > 0).sum() > 12:
            return most + 1
        count *= len(rows.vertices(row))
        if count > most:
            return most + 1
    return count
