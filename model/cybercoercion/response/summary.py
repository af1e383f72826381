"""What weighted draws of cost say: intervals, tail means, who is best how often, what is regretted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def mean(values: Array, weights: Array) -> float:
    """Return the weighted mean over draws."""
    return float(values @ weights)


def cvar(values: Array, weights: Array, level: float = 0.9) -> float:
    """Return the mean of the worst ``1 - level`` of the weight; the draw on the edge counts in part.

    >>> cvar(np.arange(10.0), np.full(10, 0.1), 0.8)
    8.5
    """
    order = np.argsort(-values)
    heavy = weights[order]
    heap = np.cumsum(heavy)
    inside = np.clip(1 - level - (heap - heavy), 0.0, heavy)
    return float(values[order] @ inside / inside.sum())


def best_shares(totals: Array, weights: Array) -> Array:
    """Return how often each row is the cheapest, dims ``(option,)`` from ``(option, draw)``; equal rows share.

    >>> best_shares(np.array([[1.0, 2.0], [1.0, 3.0]]), np.array([0.5, 0.5])).tolist()
    [0.75, 0.25]
    """
    cheapest = totals == totals.min(0)
    return np.asarray((cheapest / cheapest.sum(0)) @ weights)


def regrets(totals: Array, weights: Array) -> Array:
    """Return the expected opportunity loss of each row, dims ``(option,)`` from ``(option, draw)``."""
    return np.asarray((totals - totals.min(0)) @ weights)


def standard_error(values: Array, weights: Array) -> float:
    """Return the Monte Carlo error of a weighted mean: ``sqrt(sum w^2 (x - mean)^2)``."""
    return float(np.sqrt((weights**2) @ (values - values @ weights) ** 2))
