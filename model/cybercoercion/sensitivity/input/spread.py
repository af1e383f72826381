"""How uncertain one number is by itself: its value now, its 5-95 % range, its quantiles, its draws."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.summary import BAND, weighted_quantiles
from cybercoercion.knowledge import Knowledge
from cybercoercion.knowledge.distribution import Distribution
from cybercoercion.response.amount import Amount

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spread:
    """One uncertain number: ``below(x)`` is P(number < x), ``quantile(p)`` its inverse, ``draws`` dims ``(draw,)``."""

    now: float
    below: Callable[[float], float]
    quantile: Callable[[float], float]
    draws: Array

    @property
    def band(self) -> tuple[float, float]:
        """The 5-95 % range."""
        low, high = (self.quantile(p) for p in BAND)
        return low, high


def of_amount(amount: Amount, distribution: Distribution, size: int) -> Spread:
    """Return the spread of an amount whose distribution is known."""
    return Spread(
        now=amount.mean,
        below=lambda value: below(distribution, value),
        quantile=distribution.quantile,
        draws=np.broadcast_to(amount.draws, (size,)),
    )


def of_draws(draws: Array, now: float, size: int, weights: Array | None = None) -> Spread:
    """Return the spread of a number that is known by its draws, each worth its weight.

    >>> one = of_draws(np.array([1.0, 2.0, 3.0, 4.0]), 2.5, 4)
    >>> one.below(2.0), one.quantile(0.5), one.band
    (0.25, 2.0, (1.0, 4.0))
    """
    shares = np.full(draws.shape, 1 / draws.size) if weights is None else weights / weights.sum()

    def quantile(p: float) -> float:
        return float(weighted_quantiles(draws, shares, (p,))[0])

    least, largest = float(draws.min()), float(draws.max())

    def below(value: float) -> float:
        if value > largest:
            return 1.0  # whatever sums of shares round to
        return float(shares[draws < value].sum()) if value > least else 0.0

    return Spread(
        now=now,
        below=below,
        quantile=quantile,
        draws=draws if draws.size == size else np.resize(draws, size),
    )


def of_quantity(knowledge: Knowledge, name: str) -> Spread:
    """Return the spread of a quantity of the tables: of its prior, or of all draws of the fit that replaced it."""
    draws, now = knowledge.quantity(name), knowledge.mean(name)
    if knowledge.fitted is not None and name in knowledge.fitted.quantities:
        learnt = of_draws(np.asarray(knowledge.fitted.quantities[name]), now, knowledge.size)
        return Spread(now=now, below=learnt.below, quantile=learnt.quantile, draws=draws)
    return of_amount(Amount(draws, now), knowledge.quantities[name].distribution, knowledge.size)


def below(distribution: Distribution, value: float) -> float:
    """Return P(number < value), the cap counted.

    >>> one = Distribution.from_quantiles("log-normal", 1e6, 1e8, 0.9)
    >>> round(below(one, 1e6), 6), round(below(one, 1e7), 6), below(one, -1.0)
    (0.05, 0.5, 0.0)
    >>> below(Distribution(family="point", a=2.0), 2.0), below(Distribution(family="point", a=2.0), 2.1)
    (0.0, 1.0)
    """
    if value > distribution.cap:
        return 1.0
    family, a, b = distribution.family, distribution.a, distribution.b
    if family == "uniform":
        return min(max((value - a) / (b - a), 0.0), 1.0)
    if family == "beta":
        from scipy.special import betainc  # only where one is asked for: its import is slow

        return float(betainc(a, b, min(max(value, 0.0), 1.0)))
    if family == "log-normal":
        scaled = math.log(value) if value > 0 else -math.inf
    elif family == "logit-normal":
        scaled = -math.inf if value <= 0 else math.inf if value >= 1 else math.log(value / (1 - value))
    else:
        scaled = value
    if family == "point" or b == 0 or math.isinf(scaled):
        return float(scaled > a)
    return NormalDist(a, b).cdf(scaled)
