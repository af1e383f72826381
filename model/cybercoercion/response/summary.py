"""What weighted draws of cost say: intervals, tail means, who is best how often, what is regretted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def mean(values: Array, weights: Array) -> float:
    """Return the weighted mean over draws."""
    return float(values @ weights)


def bands(values: Array, weights: Array, level: float = 0.9) -> Array:
    """Return the 5 and 95 % quantiles and the mean of the worst ``1 - level``, dims ``(row, 3)`` from ``(row, draw)``.

    A quantile p is the smallest value up to which at least p of the weight lies; in the tail mean, the draw on its edge
    counts in part.

    >>> bands(np.arange(10.0)[None], np.full(10, 0.1), 0.8).tolist()
    [[0.0, 9.0, 8.5]]
    """
    order = np.argsort(values, axis=-1)
    ranked, heavy = np.take_along_axis(values, order, -1), weights[order]
    heap = np.cumsum(heavy, axis=-1)
    out = np.empty((len(values), 3))
    last = values.shape[-1] - 1
    for row, heights, sorted_values, mass in zip(out, heap, ranked, heavy, strict=True):
        places = np.minimum(np.searchsorted(heights, np.array([0.05, 0.95]) * heights[-1] - 1e-12), last)
        row[:2] = sorted_values[places]
        tail = int(np.searchsorted(heights, level * heights[-1]))
        inside = mass[tail:].copy()
        inside[0] = heights[tail] - level * heights[-1]
        row[2] = sorted_values[tail:] @ inside / inside.sum()
    return out


def best_shares(totals: Array, weights: Array) -> Array:
    """Return how often each row is the cheapest, dims ``(option,)`` from ``(option, draw)``; equal rows share.

    >>> best_shares(np.array([[1.0, 2.0], [1.0, 3.0]]), np.array([0.5, 0.5])).tolist()
    [0.75, 0.25]
    """
    return np.asarray(cheapest(totals) @ weights)


def cheapest(totals: Array) -> Array:
    """Return 1 where a row is the cheapest of a draw, else 0, dims as given ``(option, draw)``; equals share."""
    least = totals == totals.min(0)
    return np.asarray(least / least.sum(0))


def regrets(totals: Array, weights: Array) -> Array:
    """Return the expected opportunity loss of each row, dims ``(option,)`` from ``(option, draw)``."""
    return np.asarray((totals - totals.min(0)) @ weights)


def standard_error(values: Array, weights: Array) -> float:
    """Return the Monte Carlo error of a weighted mean: ``sqrt(sum w^2 (x - mean)^2)``."""
    return float(np.sqrt((weights**2) @ (values - values @ weights) ** 2))
