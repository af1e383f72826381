"""A box in many inputs in which something happens often: patient rule induction.

Friedman, Fisher (1999): peel off, a little at a time, the edge whose loss leaves the most of what is looked for; then
paste back what was peeled too far. Bryant, Lempert (2010): edges that a test cannot tell from chance are dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Mask = NDArray[np.bool_]
PEELED = 0.05  # of the weight of a box, at each step
LEAST = 0.05  # of all weight: no box becomes smaller
CHANCE = 0.05  # above it, shared among all inputs, an edge may be there by chance


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Edges:
    """A box: open ends in each input, infinite where it is not restricted, dims ``(input,)``."""

    low: Array
    high: Array

    @property
    def restricted(self) -> Index:
        """The inputs that it restricts."""
        return np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high))

    def inside(self, x: Array) -> Mask:
        """Say which points lie inside, dims ``(draw,)`` from ``(input, draw)``."""
        out = np.ones(x.shape[1], dtype=bool)
        for place in self.restricted:
            out &= (x[place] > self.low[place]) & (x[place] < self.high[place])
        return out

    def without(self, place: int) -> Edges:
        """Return the box that does not restrict one input."""
        return self.moved(place, -np.inf, np.inf)

    def moved(self, place: int, low: float, high: float) -> Edges:
        """Return the box with other ends in one input."""
        lows, highs = self.low.copy(), self.high.copy()
        lows[place], highs[place] = low, high
        return replace(self, low=lows, high=highs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What a box holds: ``mass`` of all weight, ``density`` of what is looked for in it, ``coverage`` of all of it.

    ``error`` is the standard error of the density, by effective draws.
    """

    mass: float
    density: float
    coverage: float
    error: float

    @property
    def both(self) -> float:
        """The harmonic mean of density and coverage."""
        total = self.density + self.coverage
        return 2 * self.density * self.coverage / total if total > 0 else 0.0


def shares(inside: Mask, hit: Mask, weight: Array) -> Shares:
    """Return what a box holds.

    Two of four points inside, one of the two hit, and one more hit outside:

    >>> inside, hit = np.array([True, True, False, False]), np.array([True, False, True, False])
    >>> found = shares(inside, hit, np.full(4, 0.25))
    >>> found.mass, found.density, found.coverage
    (0.5, 0.5, 0.5)
    """
    held, all_hit = float(weight[inside].sum()), float(weight[hit].sum())
    both = float(weight[inside & hit].sum())
    density = both / held if held > 0 else 0.0
    count = effective(weight[inside])
    return Shares(
        mass=held / float(weight.sum()),
        density=density,
        coverage=both / all_hit if all_hit > 0 else 0.0,
        error=float(np.sqrt(density * (1 - density) / count)) if count > 0 else 0.0,
    )


def effective(weight: Array) -> float:
    """Return how many equal draws weigh as surely as these."""
    square = float((weight**2).sum())
    return float(weight.sum()) ** 2 / square if square > 0 else 0.0


def prim(x: Array, hit: Mask, weight: Array) -> Edges:
    """Return the box with the best balance of density and coverage, without edges that may be there by chance.

    Parameters
    ----------
    x
        Inputs, dims ``(input, draw)``.
    hit
        What is looked for, dims ``(draw,)``.
    weight
        Of each draw.

    Examples
    --------
    >>> x = np.arange(40.0)[None]
    >>> found = prim(x, x[0] > 29, np.ones(40))
    >>> found.low.tolist(), found.high.tolist()
    ([29.5], [inf])
    """
    whole = Edges(low=np.full(len(x), -np.inf), high=np.full(len(x), np.inf))
    kept = telling(x, hit, weight)
    few = x[kept]
    start = Edges(low=whole.low[kept], high=whole.high[kept])
    peeled = [start, *_peeled(few, hit, weight, start)]
    best = max(peeled, key=lambda edges: shares(edges.inside(few), hit, weight).both)
    found = _pruned(few, hit, weight, _pasted(few, hit, weight, best))
    whole.low[kept], whole.high[kept] = found.low, found.high
    return whole


def telling(x: Array, hit: Mask, weight: Array) -> Index:
    """Return the inputs whose distribution differs where it is hit from where it is not, beyond chance.

    Of a hundred inputs, peeling would always find some whose edges are empty by chance. The distance is that of
    Kolmogorov and Smirnov, ``P(D > d) = 2 exp(-2 d^2 n m / (n + m))``, at a chance shared among all inputs; n and m
    count effective draws.
    """
    yes, no = np.where(hit, weight, 0.0), np.where(hit, 0.0, weight)
    counts = effective(yes), effective(no)
    if min(counts) <= 0:
        return np.empty(0, dtype=np.intp)
    size = counts[0] * counts[1] / sum(counts)
    out = []
    for place, values in enumerate(x):
        order = np.argsort(values, kind="stable")
        ranked = values[order]
        last = np.append(ranked[1:] > ranked[:-1], True)  # equal values are reached together
        apart = np.cumsum(yes[order] / yes.sum() - no[order] / no.sum())[last]
        if 2 * np.exp(-2 * float(np.abs(apart).max()) ** 2 * size) * len(x) <= CHANCE:
            out.append(place)
    return np.array(out, dtype=np.intp)


def _peeled(x: Array, hit: Mask, weight: Array, edges: Edges) -> Iterator[Edges]:
    """Yield ever smaller boxes: at each step the edge goes whose loss gains most density for the weight it takes."""
    total, order = weight.sum(), np.argsort(x, axis=1, kind="stable")
    inside = edges.inside(x)
    while True:
        held = weight * inside
        mass, found = held.sum(), (held * hit).sum()
        if mass <= LEAST * total or found <= 0 or found >= mass * (1 - 1e-12):
            return
        best: tuple[float, Edges] | None = None
        for place in range(len(x)):
            rank = order[place][inside[order[place]]]
            values = x[place, rank]
            weights = weight[rank]
            hits = weights * hit[rank]
            for low in (True, False):
                step = _step(values, weights, hits, low=low)
                if step is None:
                    continue
                cut, lost, lost_hits = step
                left = mass - lost
                if left < LEAST * total:
                    continue
                gain = ((found - lost_hits) / left - found / mass) / lost
                if best is None or gain > best[0]:
                    ends = (cut, edges.high[place]) if low else (edges.low[place], cut)
                    best = gain, edges.moved(place, *ends)
        if best is None:
            return
        edges = best[1]
        inside = edges.inside(x)
        yield edges


def _step(values: Array, weights: Array, hits: Array, *, low: bool) -> tuple[float, float, float] | None:
    """Return where to cut an edge, and the weight and hits that go; None where all values are alike.

    ``values`` are sorted; equal values go together.
    """
    turn = slice(None) if low else slice(None, None, -1)
    heap = np.cumsum(weights[turn])
    last = values[turn][min(int(np.searchsorted(heap, PEELED * heap[-1])), len(values) - 1)]
    count = int(np.searchsorted(values, last, "right" if low else "left"))
    if not 0 < count < len(values):
        return None
    gone = slice(None, count) if low else slice(count, None)
    return float(values[count - 1 : count + 1].mean()), float(weights[gone].sum()), float(hits[gone].sum())


def _pasted(x: Array, hit: Mask, weight: Array, edges: Edges) -> Edges:
    """Return the box with edges moved out again where that does not dilute it."""
    now = shares(edges.inside(x), hit, weight)
    while True:
        tried = [(shares(wider.inside(x), hit, weight), wider) for wider in _wider(x, weight, edges)]
        better = [one for one in tried if one[0].density >= now.density and one[0].coverage > now.coverage]
        if not better:
            return edges
        now, edges = max(better, key=lambda one: one[0].both)


def _wider(x: Array, weight: Array, edges: Edges) -> Iterator[Edges]:
    """Yield the box with each of its edges moved out by a little weight."""
    for place in edges.restricted:
        beyond = edges.without(int(place)).inside(x)
        low, high = float(edges.low[place]), float(edges.high[place])
        room = PEELED * weight[edges.inside(x)].sum()
        below = np.sort(x[place, beyond & (x[place] <= low)])[::-1]
        above = np.sort(x[place, beyond & (x[place] >= high)])
        for values, lower in ((below, True), (above, False)):
            if len(values):
                side = weight[beyond & ((x[place] <= low) if lower else (x[place] >= high))]
                count = max(int(len(values) * min(room / max(side.sum(), 1e-300), 1.0)), 1)
                end = float(values[count - 1 : count + 1].mean()) if count < len(values) else np.inf
                ends = (end if np.isfinite(end) else -np.inf, high) if lower else (low, end)
                yield edges.moved(int(place), *ends)


def _pruned(x: Array, hit: Mask, weight: Array, edges: Edges) -> Edges:
    """Return the box without restrictions that chance may have brought, the least sure first."""
    while len(edges.restricted):
        sure = {int(place): quasi_p(x, hit, weight, edges, int(place)) for place in edges.restricted}
        worst = max(sure, key=lambda place: sure[place])
        if sure[worst] * len(x) <= CHANCE:
            break
        edges = edges.without(worst)
    return edges


def quasi_p(x: Array, hit: Mask, weight: Array, edges: Edges, place: int) -> float:
    """Return how probably a box is as dense as it is when an input that it restricts has nothing to do with it.

    ``P(k or more of n)`` of a binomial with the density of the box that does not restrict it; n counts effective draws.
    """
    from scipy.special import betainc

    here = shares(edges.inside(x), hit, weight)
    wider = shares(edges.without(place).inside(x), hit, weight)
    count = effective(weight[edges.inside(x)])
    hits = here.density * count
    if hits <= 0 or wider.density >= 1:
        return 1.0
    return float(betainc(hits, count - hits + 1, wider.density))
