"""What competes along one entry: a ratio of two polynomials, of two lines where it enters once, and where they turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cybercoercion.sensitivity.entry.joint import between
from cybercoercion.sensitivity.told.rivals import Question, Rivals

Array = NDArray[np.float64]
GRID = 257  # values at which a polynomial of higher degree is looked at before its turns are solved for
BEYOND = 1e-8  # of a step: where is looked who leads after a turn
APART = 1e-13  # crossings nearer to each other are one


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A value at which another leads, going up."""

    value: float
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EntryFunction:
    """Functionals of the joint along an entry: ``values``, dims ``(node, functional)``, where it has these ``nodes``.

    With nodes 0 and 1 every expectation is ``(b + (a - b) t) / (d + (c - d) t)``, and leads turn where lines cross.

    >>> EntryFunction(nodes=np.array([0.0, 1.0]), values=np.array([[2.0], [4.0]])).at(np.array([0.25])).tolist()
    [[2.5]]
    """

    nodes: Array
    values: Array

    def at(self, t: Array) -> Array:
        """Return the functionals at values of the entry, dims ``(value, functional)``."""
        return between(self.nodes, t) @ self.values

    def turns(self, rivals: Rivals, question: Question) -> tuple[Turn, ...]:
        """Return where another leads, going up from 0 to 1.

        With two nodes every crossing of two lines is solved for. With more, the lead is looked at in 257 places and
        each change solved for; two that undo each other between neighbouring places are not seen.
        """
        if len(self.nodes) > 2:
            return self._searched(rivals, question)
        start, end = rivals.differences(question, self.values)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = start / (start - end)
        found = np.unique(found[np.isfinite(found) & (found > 0) & (found < 1)])
        edges = np.concatenate([[0.0], found, [1.0]])
        edges = edges[np.concatenate([[True], np.diff(edges) > APART])]
        edges[-1] = 1.0
        leads = rivals.leader(question, self.at((edges[1:] + edges[:-1]) / 2))
        names = rivals.names(question)
        return tuple(
            Turn(value=float(edges[k + 1]), before=names[leads[k]], after=names[leads[k + 1]])
            for k in np.flatnonzero(np.diff(leads))
        )

    def _searched(self, rivals: Rivals, question: Question) -> tuple[Turn, ...]:
        grid = np.linspace(0.0, 1.0, GRID)
        leads = rivals.leader(question, self.at(grid))
        kept = sorted({0, GRID - 1, *(at + one for at in np.flatnonzero(np.diff(leads)).tolist() for one in (0, 1))})
        return turns_between(lambda t: self.at(np.array([t]))[0], rivals, question, grid[kept])


def turns_between(at: Callable[[float], Array], rivals: Rivals, question: Question, grid: Array) -> tuple[Turn, ...]:
    """Return where another leads between places on a grid, by root finding on the margin of who led before.

    ``at`` gives the functionals at a value, dims ``(functional,)``.
    """
    from scipy.optimize import brentq

    names = rivals.names(question)
    leads = [int(rivals.leader(question, at(t))) for t in grid.tolist()]
    out, now = [], leads[0]
    for (low, _), (high, last) in pairwise(zip(grid.tolist(), leads, strict=True)):
        left = low
        while now != last:

            def margin(t: float, lead: int = now) -> float:
                return rivals.margin(question, at(t), lead)

            if rivals.stays(question, at(high), now):
                break  # a tie at the end of the step is no turn
            if margin(left) <= 0:
                found, then = left, last  # a tie where the step begins
            else:
                found = float(brentq(margin, left, high, xtol=1e-13, rtol=1e-14))
                beyond = min(found + BEYOND * (high - low), high)
                then, left = int(rivals.leader(question, at(beyond))), beyond
                then = last if then == now else then
            out.append(Turn(value=found, before=names[now], after=names[then]))
            now = then
    return tuple(out)
