"""What knowing one number is worth when every plan's expected cost is linear in it: exact, whatever its tail."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cybercoercion.knowledge.distribution import Distribution, gauss_legendre

Array = NDArray[np.float64]
NODES, REACH = 120, 9.0  # Gauss-Legendre nodes, and how many deviations of a normal stream are integrated over
_STANDARD = NormalDist()


class Law(Protocol):
    """How uncertain one number is, as far as a function that is linear in pieces needs it."""

    @property
    def mean(self) -> float:
        """The exact mean."""
        ...

    def below(self, value: float) -> tuple[float, float]:
        """Return ``P(x < value)`` and ``E[x; x < value]``."""
        ...

    def at(self, z: Array) -> Array:
        """Return its quantiles at the probabilities that a standard normal is below ``z``, dims as given."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawn:
    """A number known by draws only: ``values`` rise, ``mass`` sums to one, dims ``(draw,)``."""

    values: Array
    mass: Array

    @property
    def mean(self) -> float:
        """The mean."""
        return float(self.values @ self.mass)

    def below(self, value: float) -> tuple[float, float]:
        """Return ``P(x < value)`` and ``E[x; x < value]``."""
        count = int(np.searchsorted(self.values, value))
        return float(self.mass[:count].sum()), float(self.values[:count] @ self.mass[:count])

    def at(self, z: Array) -> Array:
        """Return its quantiles at the probabilities that a standard normal is below ``z``, dims as given."""
        places = np.searchsorted(np.cumsum(self.mass), [_STANDARD.cdf(one) for one in z.tolist()])
        return np.asarray(self.values[np.minimum(places, len(self.values) - 1)])


def drawn(values: Array, weights: Array | None = None, *, mean: float | None = None) -> Drawn:
    """Return the law of weighted draws; with a ``mean``, stretched to it where the draws miss it.

    >>> drawn(np.array([3.0, 1.0]), mean=4.0).values.tolist()
    [2.0, 6.0]
    """
    mass = np.full(values.shape, 1 / values.size) if weights is None else weights / weights.sum()
    order = np.argsort(values, kind="stable")
    found = Drawn(values=values[order], mass=mass[order])
    if mean is None or found.mean == mean:
        return found
    moved = found.values * (mean / found.mean) if found.mean else found.values + mean
    return Drawn(values=moved, mass=found.mass)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A number of a known distribution, its cap counted.

    Partial means of normal and log-normal are closed forms, of the beta incomplete beta functions, of the logit-normal
    Gauss-Legendre sums on the scale of its normal stream.
    """

    distribution: Distribution

    @property
    def mean(self) -> float:
        """The exact mean."""
        return self.distribution.mean

    def below(self, value: float) -> tuple[float, float]:
        """Return ``P(x < value)`` and ``E[x; x < value]``.

        >>> one = Fitted(distribution=Distribution(family="uniform", a=0.0, b=2.0))
        >>> one.below(1.0)
        (0.5, 0.25)
        """
        if value > self.distribution.cap:
            return 1.0, self.mean
        return _below(self.distribution, value)

    def at(self, z: Array) -> Array:
        """Return its quantiles at the probabilities that a standard normal is below ``z``, dims as given.

        >>> Fitted(distribution=Distribution(family="uniform", a=0.0, b=2.0)).at(np.zeros(1)).tolist()
        [1.0]
        """
        law = self.distribution
        if law.family not in ("uniform", "beta"):
            return law.transform(z)
        return np.array([law.quantile(_STANDARD.cdf(one)) for one in z.tolist()])


def _below(law: Distribution, value: float) -> tuple[float, float]:
    a, b = law.a, law.b
    if math.isinf(value):
        return (1.0, law.mean) if value > 0 else (0.0, 0.0)
    if law.family == "uniform":
        top = min(max(value, a), b)
        return (top - a) / (b - a), (top**2 - a**2) / (2 * (b - a))
    if law.family == "beta":
        from scipy.special import betainc  # only where one is asked for: its import is slow

        x = min(max(value, 0.0), 1.0)
        return float(betainc(a, b, x)), a / (a + b) * float(betainc(a + 1, b, x))
    if law.family == "point" or b == 0:
        return (1.0, law.mean) if law.mean < value else (0.0, 0.0)
    if law.family == "normal":
        u = (value - a) / b
        p = _STANDARD.cdf(u)
        return p, a * p - b * _STANDARD.pdf(u)
    if value <= 0:
        return 0.0, 0.0
    if law.family == "log-normal":
        u = (math.log(value) - a) / b
        return _STANDARD.cdf(u), math.exp(a + b**2 / 2) * _STANDARD.cdf(u - b)
    if value >= 1:
        return 1.0, law.mean
    top = (math.log(value / (1 - value)) - a) / b
    return _STANDARD.cdf(top), _share_below(law, min(max(top, -REACH), REACH))


def _share_below(law: Distribution, top: float) -> float:
    nodes, weights = gauss_legendre(NODES)
    z = -REACH + (nodes + 1) / 2 * (top + REACH)
    density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    return float(weights @ (density / (1 + np.exp(-(law.a + law.b * z))))) * (top + REACH) / 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Known:
    """What it is worth to know a number: ``value``, USD, and how often each plan is then best, dims ``(plan,)``."""

    value: float
    best: Array


def value_of_linear(level: Array, slope: Array, law: Law) -> Known:
    """Return what it is worth to know x when plan p is expected to cost ``level_p + slope_p x``, dims ``(plan,)``.

    ``min_p (level_p + slope_p E[x]) - E[min_p (level_p + slope_p x)]``. The second is linear between the points at
    which the cheapest plan changes, so the probability and the partial mean between them give it exactly: no draw of x
    is taken, and a heavy tail cannot invent value.

    Examples
    --------
    A sure 0 against x - 1 with x uniform on 0 to 4, so that x < 1 in a quarter of cases, .5 better on average then:

    >>> law = Fitted(distribution=Distribution(family="uniform", a=0.0, b=4.0))
    >>> value_of_linear(np.array([0.0, -1.0]), np.array([0.0, 1.0]), law).value
    0.125
    """
    now = level + slope * law.mean
    pick = int(now.argmin())
    plans, ends = envelope(level - level[pick], slope - slope[pick])
    marks = [(0.0, 0.0), *(law.below(end) for end in ends), (1.0, law.mean)]
    best = np.zeros(len(level))
    gained = 0.0
    for plan, (p0, m0), (p1, m1) in zip(plans, marks[:-1], marks[1:], strict=True):
        best[plan] = max(p1 - p0, 0.0)
        gained += (level[pick] - level[plan]) * (p1 - p0) + (slope[pick] - slope[plan]) * (m1 - m0)
    return Known(value=max(float(gained), 0.0), best=best)


def envelope(level: Array, slope: Array) -> tuple[list[int], list[float]]:
    """Return which line is lowest from left to right, and the points between.

    >>> envelope(np.array([0.0, -1.0, 5.0]), np.array([0.0, 1.0, 0.0]))
    ([1, 0], [1.0])
    """
    plans: list[int] = []
    ends: list[float] = []
    for line in np.lexsort((level, -slope)).tolist():
        if plans and slope[line] == slope[plans[-1]]:
            continue  # parallel, and not lower
        while plans:
            at = float((level[line] - level[plans[-1]]) / (slope[plans[-1]] - slope[line]))
            if not ends or at > ends[-1]:
                ends.append(at)
                break
            plans.pop()
            ends.pop()
        plans.append(line)
    return plans, ends
