"""Rows of several experts: closed forms, and what disagreement costs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cybercoercion.fit.elicitation import ElicitationError, ElicitedRow, pool_rows

ALPHA = st.lists(st.floats(0.2, 50), min_size=3, max_size=3)


def row(*alpha: float, expert: str = "A", states: str = "abc") -> ElicitedRow:
    """Return an expert who holds exactly this Dirichlet."""
    return ElicitedRow(expert=expert, states=tuple(states[: len(alpha)]), alpha=alpha, masses=())


def test_a_log_pool_of_rows_averages_their_cases() -> None:
    """Three to one, Dirichlet(4, 8) and (8, 4) pool to (5, 7)."""
    assert pool_rows([row(4, 8), row(8, 4)], [0.75, 0.25], "logarithmic").alpha == pytest.approx((5, 7))


def test_disagreement_costs_cases() -> None:
    """A linear pool has the mean row, and is worth fewer cases the more the experts differ."""
    agreed, split = pool_rows([row(8, 4), row(8, 4)]), pool_rows([row(8, 4), row(4, 8)])
    assert agreed.alpha == pytest.approx((8, 4))
    assert split.mean == pytest.approx((0.5, 0.5))
    assert split.strength < agreed.strength


@given(rows=st.lists(ALPHA, min_size=2, max_size=4))
def test_a_linear_pool_has_the_variances_of_the_mixture(rows: list[list[float]]) -> None:
    """Mean and summed variance are those of the mixture of Dirichlets, within plus between."""
    pooled = pool_rows([row(*alpha) for alpha in rows])
    alpha = np.array(rows)
    total = alpha.sum(1, keepdims=True)
    means = alpha / total
    second = means * (alpha + 1) / (total + 1)
    mean = np.array(pooled.mean)
    assert mean == pytest.approx(means.mean(0))
    variance = (second.mean(0) - means.mean(0) ** 2).sum()
    assert (mean * (1 - mean)).sum() / (pooled.strength + 1) == pytest.approx(variance)


def test_states_are_matched_by_name() -> None:
    """An expert who names the states in another order means the same."""
    other = ElicitedRow(expert="B", states=("b", "a"), alpha=(8.0, 4.0), masses=())
    assert pool_rows([row(4, 8), other]).alpha == pytest.approx((4, 8))


def test_other_states_are_refused() -> None:
    """Experts who speak of different states cannot be pooled; wrong weights are refused as elsewhere."""
    with pytest.raises(ElicitationError, match="B: states: got x, y; allowed: a, b"):
        pool_rows([row(4, 8), row(4, 8, expert="B", states="xy")])
    with pytest.raises(ElicitationError, match=r"a sum of 1\.2"):
        pool_rows([row(4, 8), row(4, 8)], [0.6, 0.6])
