"""Density, distribution function and quantiles of the families, for arrays; the model itself needs draws only."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from cybercoercion.knowledge.distribution import Distribution, Family

Array = NDArray[np.float64]
SUPPORT: dict[Family, tuple[float, float]] = {
    "normal": (-math.inf, math.inf),
    "log-normal": (0.0, math.inf),
    "logit-normal": (0.0, 1.0),
    "beta": (0.0, 1.0),
}


def support(distribution: Distribution) -> tuple[float, float]:
    """Return the ends beyond which the density is zero."""
    return (distribution.a, distribution.b) if distribution.family == "uniform" else SUPPORT[distribution.family]


def log_density(distribution: Distribution, x: Array) -> Array:
    """Return the logarithm of the density at ``x``, dims ``(x,)``; minus infinity outside the support.

    >>> d = Distribution(family="beta", a=2.0, b=1.0)  # density 2 x
    >>> np.exp(log_density(d, np.array([0.5, 1.5]))).round(12).tolist()
    [1.0, 0.0]
    """
    a, b = distribution.a, distribution.b
    low, high = support(distribution)
    inside = (x >= low) & (x <= high) if distribution.family == "uniform" else (x > low) & (x < high)
    safe = np.where(inside, x, _any_inside(distribution))
    if distribution.family == "uniform":
        value = np.full(x.shape, -math.log(b - a))
    elif distribution.family == "beta":
        value = (a - 1) * np.log(safe) + (b - 1) * np.log1p(-safe) - special.betaln(a, b)
    else:
        scaled = (to_normal(distribution.family, safe) - a) / b
        value = -(scaled**2) / 2 - math.log(b * math.sqrt(2 * math.pi))
        if distribution.family == "log-normal":
            value = value - np.log(safe)
        elif distribution.family == "logit-normal":
            value = value - np.log(safe) - np.log1p(-safe)
    return np.where(inside, value, -np.inf)


def cdf(distribution: Distribution, x: Array) -> Array:
    """Return the probability of at most ``x``, dims ``(x,)``.

    >>> cdf(Distribution(family="normal", a=1.0, b=2.0), np.array([1.0])).tolist()
    [0.5]
    """
    a, b = distribution.a, distribution.b
    low, high = support(distribution)
    if distribution.family == "uniform":
        return np.clip((x - a) / (b - a), 0.0, 1.0)
    if distribution.family == "beta":
        return np.asarray(special.betainc(a, b, np.clip(x, 0.0, 1.0)))
    inside = (x > low) & (x < high)
    scaled = (to_normal(distribution.family, np.where(inside, x, _any_inside(distribution))) - a) / b
    return np.where(inside, special.ndtr(scaled), np.where(x >= high, 1.0, 0.0))


def quantiles(distribution: Distribution, p: Array) -> Array:
    """Return the quantiles of ``p``, dims ``(p,)``.

    >>> quantiles(Distribution(family="uniform", a=2.0, b=4.0), np.array([0.25])).tolist()
    [2.5]
    """
    a, b = distribution.a, distribution.b
    if distribution.family == "uniform":
        return np.asarray(a + p * (b - a))
    if distribution.family == "beta":
        return np.asarray(special.betaincinv(a, b, p))
    return from_normal(distribution.family, a + b * special.ndtri(p))


def to_normal(family: Family, x: Array) -> Array:
    """Map values to the scale on which the family is normal; the beta is laid on the scale of log-odds."""
    if family == "log-normal":
        return np.log(x)
    if family in ("logit-normal", "beta"):
        return np.asarray(special.logit(x))
    return x


def from_normal(family: Family, t: Array) -> Array:
    """Map back from the scale on which the family is normal."""
    if family == "log-normal":
        return np.exp(t)
    if family in ("logit-normal", "beta"):
        return np.asarray(special.expit(t))
    return t


def as_preliz(distribution: Distribution) -> Any:
    """Return the distribution as PreliZ writes it, to plot it or to hand it to PyMC.

    PreliZ takes seconds to import, so it is loaded here only.
    """
    import preliz

    a, b = distribution.a, distribution.b
    names = {"normal": "Normal", "log-normal": "LogNormal", "beta": "Beta", "uniform": "Uniform"}
    return getattr(preliz, names.get(distribution.family, "LogitNormal"))(a, b)


def _any_inside(distribution: Distribution) -> float:
    return (distribution.a + distribution.b) / 2 if distribution.family == "uniform" else 0.5
