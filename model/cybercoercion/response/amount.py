"""A number that enters a cost linearly: its draws, and its exact mean beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from cybercoercion.knowledge import Knowledge
from cybercoercion.knowledge.distribution import Distribution, Family

Array = NDArray[np.float64]


class RangeLike(Protocol):
    """Two ends and the mass between them."""

    @property
    def low(self) -> float:
        """The lower end."""
        ...

    @property
    def high(self) -> float:
        """The upper end."""
        ...

    @property
    def mass(self) -> float:
        """The belief between the ends."""
        ...


@dataclass(frozen=True, slots=True)
class Amount:
    """Draws, dims ``(draw,)`` or ``(1,)``, and the exact mean.

    Expected costs take the mean: the sample mean of a heavy tail is off by a third at 2,000 draws. Sums and products
    of independent amounts keep it exact.

    >>> double = Amount(np.array([1.0, 3.0]), 2.5) + Amount(np.array([1.0, 3.0]), 2.5)
    >>> double.draws.tolist(), double.mean
    ([2.0, 6.0], 5.0)
    """

    draws: Array
    mean: float

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.draws + other.draws, self.mean + other.mean)

    def __mul__(self, other: Amount | float) -> Amount:
        if isinstance(other, Amount):
            return Amount(self.draws * other.draws, self.mean * other.mean)
        return Amount(self.draws * other, self.mean * other)

    def of(self, *, expected: bool) -> Array:
        """Return the mean, dims ``(1,)``, or the draws."""
        return np.array([self.mean]) if expected else self.draws


ZERO = Amount(np.zeros(1), 0.0)


def known(knowledge: Knowledge, name: str) -> Amount:
    """Return a quantity of the tables as an amount."""
    return knowledge.remember(("amount", name), lambda: Amount(knowledge.quantity(name), knowledge.mean(name)))


def capped(knowledge: Knowledge, name: str, cap: float) -> Amount:
    """Return a quantity of the tables cut at a further cap; its mean counts the cut."""
    entry, fitted = knowledge.quantities[name], knowledge.fitted
    if fitted is not None and name in fitted.quantities:
        return Amount(np.minimum(knowledge.quantity(name), cap), float(np.minimum(fitted.quantities[name], cap).mean()))
    if cap >= entry.distribution.cap:
        return known(knowledge, name)
    mean = min(entry.value, cap) if knowledge.fixed else replace(entry.distribution, cap=cap).mean
    return Amount(np.minimum(knowledge.quantity(name), cap), mean)


def stated(
    knowledge: Knowledge,
    value: float | RangeLike | None,
    stream: str,
    family: Literal["log-normal", "logit-normal"],
    default: Callable[[], Amount],
) -> Amount:
    """Return what a case states, a point or a range, or else the default.

    A point is a point; a range is drawn from the family that fits its ends, on the stream of its field, so that the
    labels of candidates and their order change nothing.
    """
    if value is None:
        return default()
    if isinstance(value, int | float):
        return Amount(np.array([float(value)]), float(value))
    distribution = _fitted(family, value.low, value.high, value.mass)
    middle = distribution.quantile(0.5)
    return Amount(knowledge.draws_of(distribution, stream, middle), middle if knowledge.fixed else distribution.mean)


@cache  # the instance keeps its mean, which is dear for a logit-normal
def _fitted(family: Family, low: float, high: float, mass: float) -> Distribution:
    return Distribution.from_quantiles(family, low, high, mass)
