"""Numbers about weighted draws: bands, effective sample size, Pareto k."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
BAND = (0.05, 0.95)
EQUAL = 1e-12  # weights of draws that differ by less, as a share, are equal but for rounding


def weighted_quantiles(values: Array, weights: Array, probabilities: tuple[float, ...] = BAND) -> Array:
    """Return quantiles of weighted draws along the last axis, dims ``(..., probability)``.

    The quantile p is the smallest value up to which at least p of the weight lies.

    >>> weighted_quantiles(np.array([3.0, 1.0, 2.0]), np.array([0.25, 0.5, 0.25]), (0.5, 0.6)).tolist()
    [1.0, 2.0]
    """
    order = np.argsort(values, axis=-1)
    ranked = np.take_along_axis(values, order, -1)
    heap = np.cumsum(weights[order], axis=-1)
    heap /= heap[..., -1:]
    last = values.shape[-1] - 1
    picks = [np.minimum((heap < p - 1e-12).sum(-1, keepdims=True), last) for p in probabilities]
    return np.concatenate([np.take_along_axis(ranked, pick, -1) for pick in picks], -1)


def effective_size(weights: Array) -> float:
    """Return how many equally weighted draws these are worth: ``(sum w)^2 / sum w^2``.

    >>> effective_size(np.array([1.0, 1.0, 0.0, 0.0]))
    2.0
    """
    return float(weights.sum() ** 2 / (weights**2).sum())


def pareto_k(weights: Array) -> float:
    """Return the shape of the generalised Pareto tail of importance weights; above .7 they are not to be trusted.

    The tail is the largest ``min(S / 5, 3 sqrt(S))`` weights; the fit is that of Zhang and Stephens (2009) with the
    weak prior of Vehtari, Simpson, Gelman, Yao, Gabry (2024). Not a number when all weight sits on one draw.

    >>> pareto_k(np.full(100, 0.01) + 1e-18 * np.arange(100) % 3e-18)
    0.0
    """
    size = len(weights)
    tail = int(min(size / 5, 3 * np.sqrt(size)))
    if tail < 5:
        return float("nan")
    ranked = np.sort(weights)
    excess = ranked[-tail:] - ranked[-tail - 1]
    if not excess[-1] > EQUAL * ranked[-1]:
        return 0.0 if ranked[-1] > 0 else float("nan")  # equal weights have no tail
    excess = excess[excess > 0]
    return _generalised_pareto_shape(excess) if len(excess) >= 5 else float("nan")


def _generalised_pareto_shape(excess: Array) -> float:
    n = len(excess)
    grid = 30 + int(np.sqrt(n))
    steps = 1 - np.sqrt(grid / (np.arange(1, grid + 1) - 0.5))
    quartile = excess[int(n / 4 + 0.5) - 1]
    slopes = 1 / excess[-1] + steps / (3 * quartile)
    shapes = np.log1p(-slopes[:, None] * excess).mean(1)
    fits = n * (np.log(-slopes / shapes) - shapes - 1)
    weights = 1 / np.exp(fits - fits[:, None]).sum(1)
    slope = float((slopes * weights / weights.sum()).sum())
    shape = float(np.log1p(-slope * excess).mean())
    return (n * shape + 10 * 0.5) / (n + 10)
