"""One distribution that stands for a pool in a table, and how much of the pool it misplaces."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from cybercoercion.fit.elicitation.density import cdf, from_normal, to_normal
from cybercoercion.fit.elicitation.elicited import ElicitationError, Fault
from cybercoercion.fit.elicitation.pool import Pool, cells
from cybercoercion.knowledge.distribution import Distribution, Family

Array = NDArray[np.float64]
FAR = 0.1  # who misplaces more than a tenth of the pool is told so


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A distribution in the place of a pool; ``distance`` is the share of the pool that it misplaces."""

    pool: Pool
    distribution: Distribution
    distance: float  # total variation: half the integral of |pool - fitted|, between 0 and 1

    @property
    def warning(self) -> str | None:
        """Say in words that one family cannot hold what the experts believe; None where it can."""
        if self.distance <= FAR:
            return None
        return (
            f"The {self.distribution.family} misplaces {self.distance:.0%} of the {self.pool.kind} pool: the experts "
            "disagree by more than one distribution can say. Ask them why before you use it."
        )


def summarise(pool: Pool, family: Family | None = None) -> Summary:
    """Return the member of a family that is nearest to a pool, and how far it is.

    Nearest is ``argmin KL(pool || member)``: the member whose sufficient statistics have the pool's means, mean and
    variance on the normal scale, or the means of log x and log(1 - x) for the beta. Without a family, the experts'
    own if they share one, else that of the pool's scale. A uniform is laid through the 5 and 95 % quantiles.

    Raises
    ------
    ElicitationError
        When a family cannot hold the values of the pool.

    Examples
    --------
    >>> from cybercoercion.fit.elicitation.elicit import from_quantiles
    >>> from cybercoercion.fit.elicitation.pool import log_pool
    >>> one = summarise(log_pool([from_quantiles("normal", 0, 2, expert="A")])).distribution
    >>> round(one.quantile(0.05), 4), round(one.quantile(0.95), 4)
    (0.0, 2.0)
    """
    families = {expert.distribution.family for expert in pool.experts}
    chosen: Family = family if family is not None else next(iter(families)) if len(families) == 1 else pool.scale
    if chosen not in families_for(pool):
        fault = Fault(
            expert="the pool", place="family", got=repr(chosen), allowed=", ".join(families_for(pool)) + " here"
        )
        raise ElicitationError((fault,))
    x = from_normal(pool.scale, pool.grid)
    if chosen == "uniform":
        fitted = Distribution.from_quantiles("uniform", pool.quantile(0.05), pool.quantile(0.95), 0.9)
    elif chosen == "beta":
        fitted = _nearest_beta(float(pool.mass @ np.log(x)), float(pool.mass @ np.log1p(-x)))
    else:
        t = to_normal(chosen, x)
        centre = float(pool.mass @ t)
        fitted = Distribution(family=chosen, a=centre, b=math.sqrt(float(pool.mass @ (t - centre) ** 2)))
    other = np.diff(cdf(fitted, from_normal(pool.scale, cells(pool.grid))))
    # what the fitted distribution has where the scale has no value, such as a normal below zero
    nowhere = max(0.0, 1 - float(other.sum()))
    return Summary(pool=pool, distribution=fitted, distance=(float(np.abs(pool.mass - other).sum()) + nowhere) / 2)


def families_for(pool: Pool) -> tuple[Family, ...]:
    """Return the families that hold the values of a pool."""
    if pool.scale == "logit-normal":
        return ("beta", "logit-normal", "log-normal", "normal", "uniform")
    return ("log-normal", "normal", "uniform") if pool.scale == "log-normal" else ("normal", "uniform")


def _nearest_beta(log_mean: float, log_rest: float) -> Distribution:
    """Return the beta with these means of log x and log(1 - x)."""
    from scipy.optimize import root

    def missed(theta: Array) -> Array:
        a, b = np.exp(theta)
        whole = special.digamma(a + b)
        return np.array([special.digamma(a) - whole - log_mean, special.digamma(b) - whole - log_rest])

    # where digamma(x) is near log(x - 1/2)
    first, second = math.exp(log_mean), math.exp(log_rest)
    begin = max(1.0, 0.5 / max(1 - first - second, 1e-9))
    found = root(missed, np.log([0.5 + begin * first, 0.5 + begin * second]), tol=1e-12)
    a, b = np.exp(found.x)
    return Distribution(family="beta", a=float(a), b=float(b))
