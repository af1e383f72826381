"""How far did the data move each row of each table, and each number, from prior to posterior."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.checking.finding import Finding, Level, judged
from cybercoercion.knowledge import Fitted, Knowledge

Array = NDArray[np.float64]
FAR = 0.25  # total variation between mean rows
SIZE = 2_000
SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One row or number before and after.

    ``divergence`` is KL(fitted mean row || prior mean row) in nats, ``variation`` half the sum of absolute differences;
    ``narrowed`` is the ratio of standard deviations, fitted to prior, averaged over the states. A number has no
    divergence: its ``variation`` is the shift of its mean in prior standard deviations. NaN where no data touched it.
    """

    name: str
    row: tuple[str, ...]
    part: str
    divergence: float
    variation: float
    narrowed: float

    @property
    def touched(self) -> bool:
        """Whether any data bore on it."""
        return not np.isnan(self.variation)

    @property
    def label(self) -> str:
        """Return table and row in one string."""
        return f"{self.name} | {', '.join(self.row)}" if self.row else self.name


def movements(fitted: Fitted, knowledge: Knowledge) -> tuple[Moved, ...]:
    """Return how every row of every table that a fit replaces moved, and every number: the farthest first."""
    bare = replace(knowledge, fitted=None, size=max(knowledge.size, SIZE), _memory={})
    found = [*_rows(fitted, bare), *_numbers(fitted, bare)]
    return tuple(sorted(found, key=lambda one: (not one.touched, -one.variation if one.touched else 0.0, one.label)))


def _rows(fitted: Fitted, knowledge: Knowledge) -> Iterator[Moved]:
    for name, after in fitted.tables.items():
        entry = knowledge.tables[_plain(name)]
        before = _unflattened(entry.name, knowledge)
        labels = list(product(*entry.parents)) if entry.parents else [("all",)]
        shape = (len(labels), len(entry.states), -1)
        for label, old, new in zip(labels, before.reshape(shape), after.reshape(shape), strict=True):
            yield Moved(name=name, row=label, part=fitted.part_of[name], **_distance(old, new))


def _unflattened(name: str, knowledge: Knowledge) -> Array:
    """Return prior draws of the rows before flattening, which is what a fit replaces."""
    entry = knowledge.tables[name]
    rows = knowledge.table(name)
    if entry.exponent is None:
        return rows
    raised = np.maximum(rows, 1e-300) ** (1 / knowledge.quantity(entry.exponent))
    return np.asarray(raised / raised.sum(-2, keepdims=True))


def _distance(old: Array, new: Array) -> dict[str, float]:
    """Return the distances of two rows of draws, dims ``(state, draw)``."""
    if np.isnan(new).any():
        return dict.fromkeys(("divergence", "variation", "narrowed"), float("nan"))
    p, q = new.mean(-1), old.mean(-1)
    return {
        "divergence": float((p * (np.log(np.maximum(p, 1e-300)) - np.log(np.maximum(q, 1e-300)))).sum()),
        "variation": float(np.abs(p - q).sum() / 2),
        "narrowed": float((new.std(-1) / np.maximum(old.std(-1), 1e-12)).mean()),
    }


def _numbers(fitted: Fitted, knowledge: Knowledge) -> Iterator[Moved]:
    for name, after in fitted.quantities.items():
        before = knowledge.quantity(_plain(name))
        spread = max(float(before.std()), 1e-12)
        yield Moved(
            name=name,
            row=(),
            part=fitted.part_of[name],
            divergence=float("nan"),
            variation=float(abs(after.mean() - before.mean()) / spread),
            narrowed=float(after.std()) / spread,
        )


def _plain(name: str) -> str:
    return name.rpartition(":")[2]


def movement(fitted: Fitted, knowledge: Knowledge) -> Iterator[Finding]:
    """Yield what moved: rows that went far, one finding each for the farthest, and how many no data touched."""
    found = movements(fitted, knowledge)
    rows = [one for one in found if one.row]
    numbers = [one for one in found if not one.row]
    touched = [one for one in rows if one.touched]
    far = [one for one in touched if one.variation > FAR]
    bare = len(rows) - len(touched)
    words = (
        f"The data bore on {len(touched)} of {len(rows)} rows of the tables that were fitted and moved {len(far)} of "
        f"them far (more than {FAR:g} in total variation); {bare} rows were touched by no data and stay with the prior."
    )
    yield judged("movement.rows", "information", words, value=float(len(far)), allowed="any")
    for one in touched[:SHOWN]:
        words = (
            f"{one.label} ({one.part}) moved by {one.variation:.2f} in total variation, {one.divergence:.2f} nats; its "
            f"spread is {one.narrowed:.2f} times that of the prior."
        )
        yield judged(f"movement.{one.label}", "information", words, value=one.variation, allowed="any")
    for one in sorted(numbers, key=lambda one: -one.variation):
        words = (
            f"{one.label} ({one.part}) moved by {one.variation:.1f} prior standard deviations; its spread is "
            f"{one.narrowed:.2f} times that of the prior."
        )
        beyond = one.variation > 3
        if beyond:
            words += " The prior did not expect that: look at it, and at the data."
        level: Level = "warn" if beyond else "information"
        yield judged(f"movement.{one.label}", level, words, value=one.variation, allowed="3 or less")
