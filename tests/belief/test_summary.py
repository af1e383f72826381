"""Bands, effective size and Pareto k against hand numbers, known distributions and another implementation."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from cybercoercion.belief.summary import effective_size, pareto_k, weighted_quantiles

# likelihoods of many reports: they span many orders of magnitude
WEIGHTS = arrays.arrays(float, st.integers(30, 400), elements=st.floats(-200, 0)).map(np.exp)


def test_quantiles_are_read_off_the_heap_of_weights() -> None:
    """The quantile p is the first value at which the heap of weights reaches p."""
    values, weights = np.array([40.0, 10.0, 30.0, 20.0]), np.array([0.4, 0.1, 0.3, 0.2])  # heap .1 .3 .6 1.
    got = weighted_quantiles(values, weights, (0.05, 0.1, 0.11, 0.3, 0.5, 0.6, 0.61, 1.0))
    assert got.tolist() == [10, 10, 20, 20, 30, 30, 40, 40]


def test_quantiles_need_no_normalised_weights() -> None:
    """Weights times a constant give the same quantiles."""
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([2.0, 5.0, 3.0])
    for scale in (1e-200, 1.0, 1e200):
        assert weighted_quantiles(values, weights * scale, (0.05, 0.5, 0.51, 0.95)).tolist() == [1, 1, 2, 3]


def test_quantiles_run_along_the_last_axis() -> None:
    """Each row of values has quantiles of its own under the common weights."""
    values = np.array([[1.0, 2.0, 3.0], [9.0, 8.0, 7.0]])
    assert weighted_quantiles(values, np.array([0.6, 0.3, 0.1]), (0.5, 0.95)).tolist() == [[1, 3], [9, 9]]


def test_draws_without_weight_have_no_say() -> None:
    """A draw of weight zero is no quantile, however extreme."""
    got = weighted_quantiles(np.array([-1e9, 1.0, 2.0, 1e9]), np.array([0.0, 1.0, 1.0, 0.0]), (0.05, 0.95, 1.0))
    assert got.tolist() == [1, 2, 2]


@pytest.mark.parametrize(
    ("weights", "size"),
    [([1, 1, 1, 1], 4.0), ([2, 2, 0, 0], 2.0), ([1, 0, 0, 0], 1.0), ([3, 1], 1.6), ([0.5, 0.25, 0.25], 8 / 3)],
)
def test_effective_size_by_hand(weights: list[float], size: float) -> None:
    """The effective size is the square of the sum over the sum of squares."""
    assert effective_size(np.array(weights, float)) == pytest.approx(size, rel=1e-12)


@given(WEIGHTS.map(lambda w: w / w.sum()))
def test_effective_size_lies_between_one_and_the_number_of_draws(weights: np.ndarray) -> None:
    """No weighting is worth more than its draws or less than one."""
    assert 1 - 1e-9 <= effective_size(weights) <= len(weights) * (1 + 1e-9)


@pytest.mark.parametrize("k", [0.1, 0.3, 0.5, 0.7, 1.0])
def test_pareto_k_is_recovered(k: float) -> None:
    """The shape of a generalised Pareto sample comes back within its error (Zhang and Stephens 2009)."""
    rng = np.random.default_rng(3)
    found = [pareto_k(np.expm1(-k * np.log(rng.uniform(size=10_000))) / k + 1) for _ in range(40)]
    tail, prior = 300, 10
    shrunk = (tail * k + prior * 0.5) / (tail + prior)  # the weak prior pulls towards one half
    error = (1 + k) / np.sqrt(tail)  # of one fit; the mean of forty has a sixth of it
    assert np.mean(found) == pytest.approx(shrunk, abs=4 * error / np.sqrt(40) + 0.02)
    assert np.std(found) == pytest.approx(error, rel=0.5)


# Computed once with arviz-stats 0.8.0: the second result of array_stats.psislw (from arviz_stats.base), given minus the
# logarithm of the weights, because it takes the log likelihood. Its tail is ceil(min(S / 5, 3 sqrt(S))) long.
ELSEWHERE: dict[str, tuple[Callable[[np.random.Generator], np.ndarray], float]] = {
    "log-normal 1": (lambda rng: np.exp(rng.standard_normal(2500)), 0.2222284987569351),
    "log-normal 3": (lambda rng: np.exp(3 * rng.standard_normal(400)), 1.0085789788451873),
    "pareto .8": (lambda rng: rng.uniform(size=900) ** -0.8, 0.6089921484088322),
    "gamma": (lambda rng: rng.standard_gamma(0.5, size=100), -0.15141130407137252),
}


@pytest.mark.parametrize(("make", "k"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_pareto_k_agrees_with_another_implementation(
    make: Callable[[np.random.Generator], np.ndarray], k: float
) -> None:
    """The shape equals that of arviz-stats, where both take a tail of the same length."""
    assert pareto_k(make(np.random.default_rng(12))) == pytest.approx(k, abs=1e-8)


@pytest.mark.parametrize("scale", [1e-250, 1e-3, 1e6, 1e250])
def test_pareto_k_does_not_hang_on_the_unit(scale: float) -> None:
    """Weights times a constant have the same tail."""
    weights = np.random.default_rng(5).uniform(size=900) ** -0.6
    assert pareto_k(weights * scale) == pytest.approx(pareto_k(weights), rel=1e-9)


def test_equal_weights_have_no_tail() -> None:
    """Draws that weigh the same have shape zero."""
    assert pareto_k(np.full(2000, 0.0005)) == 0


def test_weight_on_one_draw_has_no_shape() -> None:
    """Where one draw carries all, there is no number to trust."""
    weights = np.zeros(2000)
    weights[7] = 1
    assert np.isnan(pareto_k(weights))


def test_few_draws_have_no_shape() -> None:
    """A tail of fewer than five weights is not fitted."""
    assert np.isnan(pareto_k(np.arange(1.0, 20.0)))


@given(WEIGHTS)
def test_pareto_k_never_stumbles(weights: np.ndarray) -> None:
    """Weights over any span give a number or none, without a warning."""
    k = pareto_k(weights)
    assert isinstance(k, float)
    assert not np.isinf(k)
