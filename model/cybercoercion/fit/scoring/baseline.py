"""Simple classifiers as plain arrays: what a fit keeps to be compared with, without a library to read them.

All but the forest are log-linear in the states seen: frequencies, naive Bayes, logistic regression and the victim
table times tempered likelihoods differ only in their weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int32]
MISSING = "?"  # a gap is a level of its own, as the simple classifiers have it
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """Which column a level of a feature switches on; rare levels share one, unknown ones have none."""

    features: tuple[str, ...]
    column: Mapping[tuple[str, str], int]
    width: int

    def encode(self, rows: Sequence[Row]) -> Array:
        """Return the columns of rows, dims ``(row, column)``, zeros and ones."""
        out = np.zeros((len(rows), self.width))
        for index, row in enumerate(rows):
            for feature in self.features:
                at = self.column.get((feature, row.get(feature, MISSING)))
                if at is not None:
                    out[index, at] = 1
        return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """``p(class | row) ~ exp(bias + sum of the weights of its columns)``."""

    classes: tuple[str, ...]
    coder: Coder
    weight: Array  # (column, class)
    bias: Array  # (class,)

    def predict(self, rows: Sequence[Row]) -> Array:
        """Return p(class | row), dims ``(row, class)``."""
        scores = self.coder.encode(rows) @ self.weight + self.bias
        powers = np.exp(scores - scores.max(1, keepdims=True))
        return np.asarray(powers / powers.sum(1, keepdims=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """The mean over trees of the shares of classes in the leaf that a row falls into."""

    classes: tuple[str, ...]
    coder: Coder
    root: Ints  # (tree,): the first node of each
    split: Ints  # (node,): the column asked, -1 in a leaf
    right: Ints  # (node,): where to go if it is on; if off, to the next node
    leaf: Array  # (node, class)

    def predict(self, rows: Sequence[Row]) -> Array:
        """Return p(class | row), dims ``(row, class)``."""
        seen = self.coder.encode(rows).astype(bool)
        node = np.repeat(self.root[None], len(rows), 0)  # (row, tree)
        inside = self.split[node] >= 0
        at = np.arange(len(rows))[:, None]
        while inside.any():
            asked = np.where(inside, self.split[node], 0)
            on = seen[at, asked]
            node = np.where(inside, np.where(on, self.right[node], node + 1), node)
            inside = self.split[node] >= 0
        return np.asarray(self.leaf[node].mean(1))


Baseline = Linear | Forest


def aligned(baseline: Baseline, rows: Sequence[Row], classes: Sequence[str]) -> Array:
    """Return p over a list of classes, dims ``(row, class)``; a class that the baseline never saw has nothing."""
    p = baseline.predict(rows)
    out = np.zeros((len(rows), len(classes)))
    for index, name in enumerate(classes):
        if name in baseline.classes:
            out[:, index] = p[:, baseline.classes.index(name)]
    return out
