"""Importance weights with a smoothed tail, and how far they can be trusted: numpy only.

Vehtari, Simpson, Gelman, Yao, Gabry (2024): the largest ``min(S / 5, 3 sqrt(S))`` weights are replaced by quantiles of
the generalised Pareto distribution that fits them; its shape k above .7 says that the weights are not to be trusted.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
TRUSTED = 0.7


def smoothed(log_weight: Array) -> tuple[Array, float]:
    """Return normalised weights with a smoothed tail, dims ``(draw,)``, and the Pareto k of the tail.

    k is 0 where all weights are equal, and not a number where all weight sits on a few draws.

    >>> weights, k = smoothed(np.zeros(100))
    >>> round(float(weights.sum()), 12), k
    (1.0, 0.0)
    """
    weight = np.exp(log_weight - log_weight.max())
    size = len(weight)
    tail = int(min(size / 5, 3 * np.sqrt(size)))
    order = np.argsort(weight)
    if tail < 5:
        return np.asarray(weight / weight.sum()), float("nan")
    cut = weight[order[-tail - 1]]
    excess = weight[order[-tail:]] - cut
    if not excess[-1] > 1e-12:
        return np.asarray(weight / weight.sum()), 0.0
    if not excess[len(excess) // 4] > 0:
        return np.asarray(weight / weight.sum()), float("nan")
    k, scale = _pareto(excess)
    p = (np.arange(1, tail + 1) - 0.5) / tail
    quantile = -scale * np.log1p(-p) if abs(k) < 1e-12 else scale * np.expm1(-k * np.log1p(-p)) / k
    weight[order[-tail:]] = np.minimum(cut + quantile, 1.0)
    return np.asarray(weight / weight.sum()), k


def _pareto(excess: Array) -> tuple[float, float]:
    """Return shape and scale of the generalised Pareto distribution of sorted excesses (Zhang, Stephens 2009)."""
    n = len(excess)
    grid = 30 + int(np.sqrt(n))
    steps = 1 - np.sqrt(grid / (np.arange(1, grid + 1) - 0.5))
    slopes = 1 / excess[-1] + steps / (3 * excess[max(int(n / 4 + 0.5) - 1, 0)])
    shapes = np.log1p(-slopes[:, None] * excess).mean(1)
    fits = n * (np.log(-slopes / shapes) - shapes - 1)
    weights = 1 / np.exp(fits - fits[:, None]).sum(1)
    slope = float((slopes * weights / weights.sum()).sum())
    shape = float(np.log1p(-slope * excess).mean())
    scale = -shape / slope
    return (n * shape + 10 * 0.5) / (n + 10), scale
