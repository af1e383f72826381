"""Are ranks uniform? Ranks with randomised ties, and two tests of many quantities at once.

If parameters come from the prior and data from the parameters, the rank of a parameter among posterior draws is
uniform (Cook, Gelman, Rubin 2006; Talts and others 2018). A discrete quantity ties with many draws: its strict rank
is not uniform even if all is well, so the rank is drawn among the ties.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, smirnov

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
BINS = 10
FEWEST = 5  # simulations expected in a bin


def ranks(draws: Array, reference: Array, rng: np.random.Generator) -> Whole:
    """Return ``#(draw < reference) + Uniform{0, ..., #(draw == reference)}``, dims ``(quantity,)``.

    Parameters
    ----------
    draws
        Nearly independent draws of the posterior, dims ``(quantity, draw)``.
    reference
        What the data were simulated from, dims ``(quantity,)``.
    rng
        Breaks the ties.
    """
    below = (draws < reference[:, None]).sum(-1)
    equal = (draws == reference[:, None]).sum(-1)
    return np.asarray(below + rng.integers(0, equal + 1), dtype=np.int64)


def spread_out(ranked: Whole, possible: int, rng: np.random.Generator) -> Array:
    """Return ranks among ``possible`` draws as numbers in (0, 1), uniform if the ranks are: ``(r + U) / (L + 1)``."""
    return np.asarray((ranked + rng.random(ranked.shape)) / (possible + 1))


def p_values(uniforms: Array) -> Array:
    """Return how well each quantity agrees with uniform ranks, dims ``(quantity,)``; ``uniforms`` has simulations last.

    Twice the lesser of the p-values of a chi-square test on bins (which sees any shape) and of the greatest distance
    of the empirical distribution function, ``P(D > d) <= 2 P(D+ > d)`` (which sees shifts and wrong scales).
    """
    count = uniforms.shape[-1]
    bins = max(2, min(BINS, count // FEWEST))
    place = np.minimum((uniforms * bins).astype(np.int64), bins - 1)
    seen = (place[..., None] == np.arange(bins)).sum(-2)
    chi = ((seen - count / bins) ** 2).sum(-1) / (count / bins)
    return np.asarray(np.minimum(2 * np.minimum(chdtrc(bins - 1, chi), _distance(uniforms)), 1))


def _distance(uniforms: Array) -> Array:
    count = uniforms.shape[-1]
    ordered = np.sort(uniforms, axis=-1)
    above = (np.arange(1, count + 1) / count - ordered).max(-1)
    below = (ordered - np.arange(count) / count).max(-1)
    return np.asarray(np.minimum(2 * smirnov(count, np.maximum(above, below)), 1))
