"""Several experts on one row of a table: both pools of Dirichlets, again as one Dirichlet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cybercoercion.fit.elicitation.elicited import ElicitationError, ElicitedRow, Fault
from cybercoercion.fit.elicitation.pool import Kind, checked_weights


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPool:
    """What several experts believe about a row: a Dirichlet of weights ``alpha``, dims ``(state,)``, in cases."""

    kind: Kind
    rows: tuple[ElicitedRow, ...]
    weights: tuple[float, ...]
    states: tuple[str, ...]
    alpha: tuple[float, ...]

    @property
    def strength(self) -> float:
        """Return how many cases the row is worth."""
        return math.fsum(self.alpha)

    @property
    def mean(self) -> tuple[float, ...]:
        """Return the expected row, which sums to one."""
        return tuple(a / self.strength for a in self.alpha)


def pool_rows(rows: Sequence[ElicitedRow], weights: Sequence[float] | None = None, kind: Kind = "linear") -> RowPool:
    """Return the pool of several experts' rows; equal weights unless given.

    Logarithmic: exactly ``Dirichlet(sum_i w_i alpha_i)``. Linear: the Dirichlet with the mixture's mean row ``m`` and
    its variances in sum, ``strength = sum m (1 - m) / sum var - 1``, so that disagreement costs cases.

    Raises
    ------
    ElicitationError
        When weights are no weights, nobody was asked, or the experts speak of different states.

    Examples
    --------
    >>> same = ElicitedRow(expert="A", states=("yes", "no"), alpha=(3.0, 1.0), masses=())
    >>> other = ElicitedRow(expert="B", states=("yes", "no"), alpha=(1.0, 3.0), masses=())
    >>> [round(pool_rows([same, other], kind=kind).strength, 3) for kind in ("logarithmic", "linear")]
    [4.0, 1.5]
    """
    used = checked_weights(len(rows), weights)
    states = rows[0].states
    other = [row for row in rows if set(row.states) != set(states)]
    if other:
        faults = (
            Fault(expert=row.expert, place="states", got=", ".join(row.states), allowed=", ".join(states))
            for row in other
        )
        raise ElicitationError(tuple(faults))
    alpha = np.array([[dict(zip(row.states, row.alpha, strict=True))[state] for state in states] for row in rows])
    w = np.array(used)
    if kind == "logarithmic":
        pooled = w @ alpha
    else:
        strength = alpha.sum(1, keepdims=True)
        means = alpha / strength
        mean = w @ means
        within = w @ (means * (1 - means) / (strength + 1))
        between = w @ (means - mean) ** 2
        pooled = mean * (float(mean @ (1 - mean)) / float((within + between).sum()) - 1)
    return RowPool(kind=kind, rows=tuple(rows), weights=used, states=states, alpha=tuple(pooled.tolist()))
