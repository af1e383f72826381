"""What each option costs over two inputs, and which is cheapest where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.sensitivity.plane.plane import Plane

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slice:
    """What is cheapest along the solved input: ``best[k]`` between ``ends[k]`` and ``ends[k + 1]``.

    ``equal[k]`` says whether the costs of both sides are equal at the inner end k + 1; they are not where a candidate
    becomes likely enough to be accused.
    """

    swept: float
    ends: Array
    best: tuple[int, ...]
    equal: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Surface:
    """Expected costs of plans over a swept and a solved input.

    ``cost(s, t)[plan] = table(s)[plan] @ plane.basis(s, t)``. ``table`` takes swept values, dims ``(point,)``, and
    gives ``(point, plan, basis)``, USD. ``candidates``, dims ``(basis, candidate)``, is p(candidate) by basis; a plan
    aimed at the candidate ``place`` (-1: at nobody) stands only where that one is at least ``share`` times as likely
    as the likeliest.
    """

    options: tuple[str, ...]
    names: tuple[str, ...]  # of the plans
    option_of: Index
    place: Index
    plane: Plane
    table: Callable[[Array], Array]
    candidates: Array
    share: float

    def plans(self, swept: Array, solved: Array) -> Array:
        """Return the cost of each plan, infinite where it accuses the far-fetched, USD, dims ``(point, plan)``."""
        basis = self.plane.basis(swept, solved)
        cost = np.einsum("npb,nb->np", np.broadcast_to(self.table(swept), (len(basis), *self._shape(swept))), basis)
        return np.where(self.allowed(basis), cost, np.inf)

    def _shape(self, swept: Array) -> tuple[int, int]:
        shape = self.table(swept[:1]).shape
        return shape[-2], shape[-1]

    def allowed(self, basis: Array) -> Mask:
        """Say which plans stand, dims ``(point, plan)``."""
        p = basis @ self.candidates
        likely = np.ones((len(p), p.shape[1] + 1), dtype=bool)  # the last: aimed at nobody
        if p.shape[1]:
            likely[:, :-1] = p >= self.share * p.max(-1, keepdims=True) - 1e-12
        return np.asarray(likely[:, self.place])

    def by_option(self, swept: Array, solved: Array) -> Array:
        """Return the cost of each option at its cheapest plan, USD, dims ``(point, option)``."""
        cost = self.plans(swept, solved)
        out = np.full((len(cost), len(self.options)), np.inf)
        for plan, option in enumerate(self.option_of):
            out[:, option] = np.minimum(out[:, option], cost[:, plan])
        return out

    def best(self, swept: Array, solved: Array) -> Index:
        """Return the cheapest option, dims ``(point,)``; of equals, the first."""
        return np.asarray(self.by_option(swept, solved).argmin(-1))

    def plan_at(self, swept: float, solved: float) -> int:
        """Return the cheapest plan."""
        return int(self.plans(np.array([swept]), np.array([solved]))[0].argmin())

    def slice(self, swept: float) -> Slice:
        """Return what is cheapest along the solved input, exactly: every crossing of two plans is solved for."""
        low, high = self.plane.domain(swept)
        if high <= low:
            return Slice(swept=swept, ends=np.array([low, low]), best=(), equal=())
        table = self.table(np.array([swept]))[0]
        crossings = self.plane.roots(_pairs(table), swept)
        thresholds = self.plane.roots(self._thresholds(), swept)
        found = np.concatenate([crossings, thresholds])
        found = np.unique(found[(found > low) & (found < high)])
        ends = np.concatenate([[low], found, [high]])
        ends = ends[np.concatenate([[True], np.diff(ends) > 1e-13 * (high - low)])]
        ends[-1] = high
        middle = (ends[1:] + ends[:-1]) / 2
        best = self.best(np.full(len(middle), swept), middle)
        change = np.flatnonzero(np.diff(best))
        inner = ends[change + 1]
        kept = (*best[change].tolist(), int(best[-1]))
        return Slice(
            swept=swept,
            ends=np.concatenate([[low], inner, [high]]),
            best=kept,
            equal=tuple(
                self._equal(swept, at, (middle[k], middle[k + 1])) for k, at in zip(change, inner, strict=True)
            ),
        )

    def _equal(self, swept: float, at: float, sides: tuple[float, float]) -> bool:
        """Say whether what is cheapest on one side costs at this point what is cheapest on the other."""
        s = np.full(3, swept)
        points = np.array([at, *sides])
        basis = self.plane.basis(s, points)
        cost = np.einsum("pb,b->p", self.table(s[:1])[0], basis[0])
        left, right = (cost[mask].min() for mask in self.allowed(basis)[1:])
        return bool(abs(left - right) <= 1e-9 * np.abs(cost).max())

    def _thresholds(self) -> Array:
        """Return what is zero where one candidate is just likely enough beside another, dims ``(row, basis)``."""
        count = self.candidates.shape[1]
        rows = [
            self.candidates[:, one] - self.share * self.candidates[:, other]
            for one in range(count)
            for other in range(count)
            if one != other
        ]
        return np.array(rows).reshape(-1, self.candidates.shape[0])


def _pairs(table: Array) -> Array:
    """Return the difference of every two rows, dims ``(pair, basis)``."""
    first, second = np.triu_indices(len(table), 1)
    return np.asarray(table[first] - table[second])
