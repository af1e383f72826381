"""Several experts in one distribution: the linear and the logarithmic pool.

The linear pool is a mixture: one of them is right, nobody knows who. It keeps every expert's doubt and their
disagreement, so it is the wider. The logarithmic pool is the geometric mean of densities: a compromise, which falls
between them, is narrower, and gives nothing to a value that one expert rules out. Only with it does it not matter
whether data come before or after the pooling.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NoReturn

import numpy as np
from numpy.typing import NDArray
from scipy import special

from cybercoercion.fit.elicitation.density import cdf, from_normal, log_density, quantiles, support, to_normal
from cybercoercion.fit.elicitation.elicited import ElicitationError, Elicited, Fault
from cybercoercion.knowledge.distribution import Distribution, Family

Array = NDArray[np.float64]
Kind = Literal["linear", "logarithmic"]
POINTS = 4_001  # of the grid
TAIL = 1e-9  # of each expert, beyond the grid
NEGLIGIBLE = 40.0  # nats below the peak
STEEPEST = 36.0  # log-odds beyond which a share cannot be told from 0 or 1 in double precision


@dataclass(frozen=True, kw_only=True)
class Pool:
    """What several experts believe together, in the unit of the question, with its mass on a grid of cells."""

    kind: Kind
    experts: tuple[Elicited, ...]  # those with any weight
    weights: tuple[float, ...]  # sum to one
    scale: Family  # on whose normal scale the grid lies: normal, log-normal, or logit-normal
    grid: Array  # (point,), the middles of the cells, on that scale
    mass: Array  # (point,), sums to one

    def density(self, x: Array) -> Array:
        """Return the density at ``x``, dims ``(x,)``, per unit of the question.

        Linear: ``sum_i w_i f_i(x)``. Logarithmic: ``prod_i f_i(x)^w_i / c``.
        """
        each = np.array([log_density(expert.distribution, x) for expert in self.experts])
        if self.kind == "linear":
            return np.asarray(np.array(self.weights) @ np.exp(each))
        return np.exp(_weighted(each, self.weights) - self._log_constant)

    def quantile(self, p: float) -> float:
        """Return the quantile of ``p``."""
        return float(self.quantiles(np.array([p]))[0])

    def quantiles(self, p: Array) -> Array:
        """Return the quantiles of ``p``, dims ``(p,)``, linear inside a cell of the grid."""
        heap = np.concatenate([[0.0], np.cumsum(self.mass)])
        edges = cells(self.grid)
        edges = np.concatenate([[self.grid[0]], edges[1:-1], [self.grid[-1]]])
        return from_normal(self.scale, np.interp(p, heap, edges))

    @property
    def mean(self) -> float:
        """Return the mean; of a linear pool, the weighted mean of the experts' means."""
        if self.kind == "linear":
            means = (expert.distribution.mean for expert in self.experts)
            return math.fsum(w * mean for w, mean in zip(self.weights, means, strict=True))
        return float(self.mass @ from_normal(self.scale, self.grid))

    @cached_property
    def _log_constant(self) -> float:
        peak = int(np.argmax(self.mass))
        at = self.grid[peak : peak + 1]
        x = from_normal(self.scale, at)
        each = np.array([log_density(expert.distribution, x) for expert in self.experts])
        height = math.log(self.mass[peak] / _widths(self.grid)[peak])
        return float((_weighted(each, self.weights) + _log_jacobian(self.scale, at))[0] - height)


def linear_pool(experts: Sequence[Elicited], weights: Sequence[float] | None = None) -> Pool:
    """Return the mixture ``sum_i w_i f_i`` of the experts' distributions; equal weights unless given.

    Raises
    ------
    ElicitationError
        When weights are no weights, or nobody was asked.

    Examples
    --------
    >>> from cybercoercion.fit.elicitation.elicit import from_quantiles
    >>> low, high = from_quantiles("normal", 0, 2, expert="A"), from_quantiles("normal", 2, 4, expert="B")
    >>> linear_pool([low, high], [0.75, 0.25]).mean
    1.5
    """
    heard, used = _heard(experts, weights)
    scale, grid = _grid([expert.distribution for expert in heard])
    edges = from_normal(scale, cells(grid))
    mass = np.array(used) @ [np.diff(cdf(expert.distribution, edges)) for expert in heard]
    return Pool(kind="linear", experts=heard, weights=used, scale=scale, grid=grid, mass=np.asarray(mass / mass.sum()))


def log_pool(experts: Sequence[Elicited], weights: Sequence[float] | None = None) -> Pool:
    """Return the geometric mean ``prod_i f_i^w_i / c``; equal weights unless given, always summing to one.

    Weights that sum to one make the pool independent of the scale on which densities are written. Normals pool to a
    normal of precision ``sum w / s^2`` and mean ``sum w m / s^2`` over it; betas to ``Beta(sum w a, sum w b)``.

    Raises
    ------
    ElicitationError
        When weights are no weights, nobody was asked, or no value is possible for everybody.

    Examples
    --------
    >>> from cybercoercion.fit.elicitation.elicit import from_quantiles
    >>> low, high = from_quantiles("normal", 0, 2, expert="A"), from_quantiles("normal", 2, 4, expert="B")
    >>> round(log_pool([low, high], [0.75, 0.25]).mean, 9)
    1.5
    """
    heard, used = _heard(experts, weights)
    distributions = [expert.distribution for expert in heard]
    scale, grid = _grid(distributions, together=True)
    while True:  # narrow the grid to where the pool has mass
        x = from_normal(scale, grid)
        log_mass = _weighted(np.array([log_density(d, x) for d in distributions]), used) + _log_jacobian(scale, grid)
        peak = float(log_mass.max())
        if not math.isfinite(peak):
            _no_common_ground(distributions)
        near = np.flatnonzero(log_mass > peak - NEGLIGIBLE)
        first, last = max(int(near[0]) - 1, 0), min(int(near[-1]) + 1, POINTS - 1)
        if last - first > POINTS // 2:
            break
        grid = np.linspace(grid[first], grid[last], POINTS)
    mass = np.exp(log_mass - peak) * _widths(grid)
    mass = np.asarray(mass / mass.sum())
    return Pool(kind="logarithmic", experts=heard, weights=used, scale=scale, grid=grid, mass=mass)


def cells(grid: Array) -> Array:
    """Return the edges of the cells around the points of a grid, open at both ends, dims ``(point + 1,)``."""
    return np.concatenate([[-np.inf], (grid[:-1] + grid[1:]) / 2, [np.inf]])


def checked_weights(experts: int, weights: Sequence[float] | None) -> tuple[float, ...]:
    """Return one weight for each expert, equal unless given; they sum to one."""
    if not experts:
        _refuse("experts", "nobody", "one or more")
    given = [1 / experts] * experts if weights is None else [float(w) for w in weights]
    if len(given) != experts:
        _refuse("weights", f"{len(given)} weights for {experts} experts", "one for each")
    if any(not (math.isfinite(w) and w >= 0) for w in given):
        _refuse("weights", ", ".join(f"{w:g}" for w in given), "zero or more")
    if abs(math.fsum(given) - 1) > 1e-6:
        _refuse("weights", f"a sum of {math.fsum(given):.6g}", "weights that sum to 1")
    return tuple(given)


def _heard(
    experts: Sequence[Elicited], weights: Sequence[float] | None
) -> tuple[tuple[Elicited, ...], tuple[float, ...]]:
    """Return the experts with any weight, and the weights."""
    given = checked_weights(len(experts), weights)
    heard = [(expert, w) for expert, w in zip(experts, given, strict=True) if w > 0]
    return tuple(expert for expert, _ in heard), tuple(w for _, w in heard)


def _grid(distributions: Sequence[Distribution], *, together: bool = False) -> tuple[Family, Array]:
    """Return a scale that all values fit on, and a grid over every expert's range; ``together``, over the common one.

    Only ranges with hard ends can have no common part: the tails of the others never end.
    """
    lows, highs = zip(*(support(d) for d in distributions), strict=True)
    scale: Family = "normal"
    if min(lows) >= 0:
        scale = "logit-normal" if max(highs) <= 1 else "log-normal"
    ends = np.array([quantiles(d, np.array([TAIL, 1 - TAIL])) for d in distributions])
    low, high = float(ends[:, 0].min()), float(ends[:, 1].max())
    if together:
        low, high = max(low, *lows), min(high, *highs)
        if low >= high:
            _no_common_ground(distributions)
    with np.errstate(divide="ignore"):  # a range may end at 0 or at 1
        first, last = to_normal(scale, np.array([low, high]))
    if scale == "logit-normal":
        first, last = max(first, -STEEPEST), min(last, STEEPEST)
    return scale, np.linspace(first, last, POINTS)


def _widths(grid: Array) -> Array:
    """Return the weights of the trapezoid rule."""
    step = (grid[-1] - grid[0]) / (len(grid) - 1)
    out = np.full(len(grid), step)
    out[[0, -1]] = step / 2
    return out


def _weighted(log_densities: Array, weights: Sequence[float]) -> Array:
    return np.asarray((np.array(weights)[:, None] * log_densities).sum(0))


def _log_jacobian(scale: Family, t: Array) -> Array:
    """Return log dx/dt: a density per unit of the question times it is a density on the scale."""
    if scale == "log-normal":
        return t
    return np.zeros_like(t) if scale == "normal" else np.asarray(special.log_expit(t) + special.log_expit(-t))


def _no_common_ground(distributions: Sequence[Distribution]) -> NoReturn:
    ranges = "; ".join(f"{low:.4g} to {high:.4g}" for low, high in map(support, distributions))
    _refuse("experts", f"no value that all think possible ({ranges})", "overlapping ranges, or a linear pool")


def _refuse(place: str, got: str, allowed: str) -> NoReturn:
    raise ElicitationError((Fault(expert="the pool", place=place, got=got, allowed=allowed),))
