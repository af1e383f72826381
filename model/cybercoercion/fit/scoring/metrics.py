"""Proper scores of probability forecasts, and how sure a difference of scores is.

Definitions are those of the comparison with simple classifiers: probabilities are kept off zero by 1e-4 and
renormalised; the calibration error compares, in ten bins of the largest probability, hits with what was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
CLIP = 1e-4
BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Log loss in nats, Brier score, expected calibration error; smaller is better."""

    log_loss: float
    brier: float
    ece: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The model's log loss minus another's, in nats per row, with a standard error clustered by campaign."""

    value: float
    se: float
    low: float  # 5 %
    high: float  # 95 %
    campaigns: int


def clipped(p: Array) -> Array:
    """Return probabilities, dims ``(row, class)``, kept off zero and summing to one.

    >>> clipped(np.array([[1.0, 0.0]])).round(6).tolist()
    [[0.9999, 0.0001]]
    """
    raised = np.clip(p, CLIP, None)
    return np.asarray(raised / raised.sum(1, keepdims=True))


def losses(truth: Array, p: Array) -> Array:
    """Return the log loss of each row, dims ``(row,)``, in nats: ``sum_c y_c (log y_c - log p_c)``.

    ``truth`` has dims ``(row, class)``. For a known class this is -log p of it; for a soft label the divergence of the
    forecast from the label (Kullback-Leibler), zero where they agree.

    >>> losses(np.array([[0.0, 1.0]]), np.array([[0.5, 0.5]])).round(4).tolist()
    [0.6931]
    """
    inside = np.where(truth > 0, truth, 1.0)
    return np.asarray((truth * (np.log(inside) - np.log(clipped(p)))).sum(1))


def scores(truth: Array, p: Array) -> Scores:
    """Return the scores of forecasts, both dims ``(row, class)``."""
    q = clipped(p)
    return Scores(
        log_loss=float(losses(truth, p).mean()),
        brier=float(((q - truth) ** 2).sum(1).mean()),
        ece=calibration_error(truth, q),
    )


def calibration_error(truth: Array, p: Array) -> float:
    """Return the expected calibration error: mean gap of hits and largest probability over ten bins, by their rows.

    A hit of a soft label is its weight on the class said. A perfect forecast of four classes on 284 rows has .05.
    """
    said, top = p.max(1), p.argmax(1)
    hit = truth[np.arange(len(p)), top]
    bin_of = np.minimum((said * BINS).astype(int), BINS - 1)
    gaps = [
        abs(hit[bin_of == b].mean() - said[bin_of == b].mean()) * (bin_of == b).mean()
        for b in range(BINS)
        if (bin_of == b).any()
    ]
    return float(sum(gaps))


def difference(
    ours: Array, theirs: Array, campaigns: Sequence[str], *, seed: int = 1, times: int = 2_000
) -> Difference:
    """Return the mean paired difference of losses, bootstrapped by campaign: rows of one campaign stand together."""
    _, group = np.unique(np.asarray(campaigns), return_inverse=True)
    count = int(group.max()) + 1
    total = np.bincount(group, ours - theirs, count)
    rows = np.bincount(group, minlength=count)
    drawn = np.random.default_rng(seed).integers(0, count, (times, count))
    means = total[drawn].sum(1) / rows[drawn].sum(1)
    low, high = np.quantile(means, [0.05, 0.95])
    return Difference(
        value=float((ours - theirs).mean()), se=float(means.std()), low=float(low), high=float(high), campaigns=count
    )


def slope(truth: Array, p: Array) -> float:
    """Return the single exponent on the forecasts that scores best: 1 is ideal, below 1 over-confident."""
    grid = np.linspace(0.2, 2.5, 231)
    logs = np.log(clipped(p))
    best = [losses(truth, np.exp(w * logs) / np.exp(w * logs).sum(1, keepdims=True)).mean() for w in grid]
    return float(grid[int(np.argmin(best))])
