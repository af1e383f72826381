"""One number or one table of the knowledge, with unit, uncertainty, source and mark."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cybercoercion.knowledge.distribution import Distribution

Array = NDArray[np.float64]
Mark = Literal["verified", "computed", "memory", "judgement"]
MARKS: tuple[Mark, ...] = ("verified", "computed", "memory", "judgement")
FLOOR = 0.004  # no printed zero may decide alone (structure findings, section 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a number comes from, and how far that can be checked."""

    text: str
    mark: Mark
    file: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A scalar: its headline value, unit, distribution and source."""

    name: str
    value: float
    unit: str
    distribution: Distribution
    source: Source
    stream: str  # entries that share a stream rise and fall together


@dataclass(frozen=True, kw_only=True)
class Table:
    """A conditional probability table: one row per combination of parents, each row sums to one.

    ``value`` has dims ``(*given, state)``. A row is uncertain as a softmax with normal offsets of
    standard deviation ``sd`` around its logarithm, or as a Dirichlet of ``strength`` cases.
    ``exponent`` names the quantity by which rows are flattened: row^w, renormalised.
    """

    name: str
    given: tuple[str, ...]
    parents: tuple[tuple[str, ...], ...]
    states: tuple[str, ...]
    value: Array
    unit: str
    sd: float | None
    strength: float | None
    exponent: str | None
    source: Source
    row_sources: tuple[tuple[tuple[str, ...], Source], ...] = ()

    def rows(self) -> list[tuple[tuple[str, ...], Array, Source]]:
        """Return the rows as (labels of the parents, probabilities, source), in table order."""
        own = dict(self.row_sources)
        labels = list(product(*self.parents))
        flat = self.value.reshape(len(labels), len(self.states))
        return [(label, row, own.get(label, self.source)) for label, row in zip(labels, flat, strict=True)]

    def floored(self) -> Array:
        """Return the rows with entries floored and renormalised: what the engine uses at fixed parameters.

        Base rates (rows worth a number of cases) are not floored: they may differ by orders of magnitude.
        """
        raised = self.value if self.strength is not None else np.maximum(self.value, FLOOR)
        return np.asarray(raised / raised.sum(-1, keepdims=True))

    def draw(self, rng: np.random.Generator, n: int) -> Array:
        """Return draws of dims ``(*given, state, draw)``, before flattening."""
        mean = self.floored()[..., None]
        if self.strength is not None:
            gammas = rng.standard_gamma(np.broadcast_to(mean * self.strength, (*self.value.shape, n)))
            gammas = np.maximum(gammas, 1e-300)
            return np.asarray(gammas / gammas.sum(-2, keepdims=True))
        if not self.sd:
            return np.broadcast_to(mean, (*self.value.shape, n)).copy()
        noise = rng.standard_normal((*self.value.shape, n))
        weights = mean * np.exp(self.sd * noise)
        return np.asarray(weights / weights.sum(-2, keepdims=True))


def flatten(rows: Array, exponent: Array) -> Array:
    """Return rows^w, renormalised over the states (last axis but the draws).

    Dependence between facts makes independent tables overshoot; a flattened row stays a row
    of a Bayesian network, an exponent around the whole likelihood does not.

    >>> flatten(np.array([[0.8], [0.2]]), np.array([0.5]))[:, 0].round(4).tolist()
    [0.6667, 0.3333]
    """
    powered = rows**exponent
    return np.asarray(powered / powered.sum(-2, keepdims=True))
