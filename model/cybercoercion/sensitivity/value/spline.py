"""What knowing an input is worth where it can only be seen in the draws: regression, against a permutation null."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from cybercoercion.sensitivity.line.conditional import KNOTS, basis

Array = NDArray[np.float64]
SHUFFLES, RESAMPLES = 199, 20
ENOUGH = 1_000  # effective draws below which a value is said to rest on few


@dataclass(frozen=True, slots=True, kw_only=True)
class Regressed:
    """A value by regression, USD: 0 where noise does as well; ``null`` is what noise reaches at most."""

    value: float
    error: float
    null: float


def scores(x: Array) -> Array:
    """Return normal scores of ranks, equal values sharing theirs, dims ``(draw,)``.

    A regression on ranks has, but for the order of rows, the same design for every input: so all share one null.
    """
    _, place, count = np.unique(x, return_inverse=True, return_counts=True)
    if len(count) == len(x):
        return _plain(len(x))[place]
    middle = (np.cumsum(count) - count / 2) / len(x)
    return np.array([NormalDist().inv_cdf(p) for p in middle.tolist()])[place]


@cache
def _plain(size: int) -> Array:
    """Return the normal scores of ranks that all differ, ascending, dims ``(draw,)``."""
    return np.array([NormalDist().inv_cdf((rank + 0.5) / size) for rank in range(size)])


def design(inputs: Sequence[Array]) -> Array:
    """Return the additive natural cubic design of some inputs, dims ``(draw, basis)``; knots at quantiles."""
    knots = np.array([NormalDist().inv_cdf(p) for p in KNOTS])
    columns = [np.ones((len(inputs[0]), 1))]
    columns += [basis(scores(one), knots)[:, 1:] for one in inputs if np.ptp(one) > 0]
    return np.concatenate(columns, axis=1)


def regressed_value(costs: Array, rows: Array, weights: Array) -> float:
    """Return the value that a regression sees, USD: ``min_p mean - mean of min_p E[c_p | x]``, at least 0.

    ``costs`` has dims ``(plan, draw)``, ``rows`` is a design, ``(draw, basis)``; weights sum to one. Least squares with
    a constant keeps the mean, so the two terms hold together.
    """
    heavy = rows * weights[:, None]
    beta = np.linalg.lstsq(rows.T @ heavy, heavy.T @ costs.T, rcond=1e-10)[0]
    fitted = beta.T @ rows.T  # draws last: the least over few plans is then taken along them
    return float((fitted @ weights).min() - fitted.min(0) @ weights)


class Regression:
    """The costs of plans by draw, asked about one input after another.

    Parameters
    ----------
    costs
        Differences to any one plan, USD, dims ``(plan, draw)``; without heavy tails: money at its exact mean.
    weights
        Of the draws, dims ``(draw,)``.
    seed
        Of shuffles and resamples.
    """

    def __init__(self, costs: Array, weights: Array, *, seed: int = 1) -> None:
        self.weights = weights / weights.sum()
        pick = int((costs @ self.weights).argmin())
        found = costs - costs[pick]
        seen = np.unique(np.append(found.argmin(0), pick))  # what is best in some draw
        self.costs = found[seen]
        self.seed = seed
        self._nulls: dict[int, Array] = {}

    @property
    def effective(self) -> float:
        """The effective number of draws."""
        return float(1 / (self.weights**2).sum())

    def null(self, inputs: int = 1) -> Array:
        """Return the values that inputs without any bearing reach, ascending, dims ``(shuffle,)``."""
        if inputs not in self._nulls:
            rng = np.random.default_rng([self.seed, inputs])
            size = len(self.weights)
            plain = np.arange(size, dtype=np.float64)
            one = design([plain])
            found = []
            for _ in range(SHUFFLES):
                rows = np.concatenate([one[:, :1], *(one[rng.permutation(size), 1:] for _ in range(inputs))], axis=1)
                found.append(regressed_value(self.costs, rows, self.weights))
            self._nulls[inputs] = np.sort(found)
        return self._nulls[inputs]

    def value(self, *inputs: Array) -> Regressed:
        """Return what knowing one input is worth, or several together (their effects added up).

        What regression finds less what noise finds on average; 0 unless it is more than all of the shuffles find. That
        is stricter than a 95 % point, for a table asks of some fifty inputs. The error is a bootstrap's.
        """
        if len(self.costs) == 1 or all(np.ptp(one) == 0 for one in inputs):
            return Regressed(value=0.0, error=0.0, null=0.0)
        rows = design(inputs)
        found = regressed_value(self.costs, rows, self.weights)
        null = self.null(len(inputs))
        top = float(null[-1])
        if found <= top:
            return Regressed(value=0.0, error=top, null=top)
        rng = np.random.default_rng([self.seed, 0])
        again = []
        for _ in range(RESAMPLES):
            resampled = self.weights * rng.multinomial(
                len(self.weights), np.full(len(self.weights), 1 / len(self.weights))
            )
            again.append(regressed_value(self.costs, rows, resampled / resampled.sum()))
        return Regressed(value=max(found - float(null.mean()), 0.0), error=float(np.std(again)), null=top)
