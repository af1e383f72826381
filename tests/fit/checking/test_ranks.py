"""Ranks with randomised ties, and the tests of their uniformity."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare, kstest

from cybercoercion.fit.checking.calibrated import Calibration, Quantity
from cybercoercion.fit.checking.ranks import BINS, p_values, ranks, spread_out

SIMULATIONS, DRAWS = 400, 99


def conjugate(scale=1.0, shift=0.0, seed=1):
    """Return posterior draws and the truth of a normal mean, seen once with error one: N(y / 2, 1 / 2) is right."""
    rng = np.random.default_rng(seed)
    truth = rng.standard_normal(SIMULATIONS)
    seen = truth + rng.standard_normal(SIMULATIONS)
    draws = seen[:, None] / 2 + shift + scale * np.sqrt(0.5) * rng.standard_normal((SIMULATIONS, DRAWS))
    return draws, truth


def p_of(draws, truth, seed=2):
    """Return the p-value of the ranks of one quantity, a row per simulation."""
    rng = np.random.default_rng(seed)
    return float(p_values(spread_out(ranks(draws, truth, rng), draws.shape[1], rng)[None])[0])


def test_rank_counts_the_draws_below_and_some_of_the_equal_ones():
    """Among draws 1, 2, 2, 3 the value 2 ranks 1, 2 or 3, each as often; 0 ranks 0, and 9 ranks 4."""
    rng = np.random.default_rng(1)
    draws = np.array([[1.0, 2, 2, 3]] * 3000)
    found, counts = np.unique(ranks(draws, np.full(3000, 2.0), rng), return_counts=True)
    assert found.tolist() == [1, 2, 3]
    assert chisquare(counts).pvalue > 0.001
    assert ranks(draws[:2], np.array([0.0, 9.0]), rng).tolist() == [0, 4]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=20), st.integers(0, 3), st.integers(0, 99))
def test_rank_lies_between_strict_and_weak_rank(draws, truth, seed):
    """A rank is at least the number of draws below, at most the number of draws not above."""
    values = np.array([draws], dtype=float)
    rank = int(ranks(values, np.array([float(truth)]), np.random.default_rng(seed))[0])
    assert (values < truth).sum() <= rank <= (values <= truth).sum()


def test_the_right_posterior_passes():
    """Draws from the conjugate posterior have uniform ranks."""
    assert p_of(*conjugate()) > 0.01


@pytest.mark.parametrize(("scale", "shift"), [(0.6, 0.0), (1.6, 0.0), (1.0, 0.3)])
def test_a_wrong_posterior_fails(scale, shift):
    """Draws that are too narrow, too wide or off to one side have ranks that are far from uniform."""
    assert p_of(*conjugate(scale, shift)) < 1e-4


def test_strict_ranks_fail_on_a_discrete_quantity_where_randomised_ranks_pass():
    """A coin whose bias is known has the right posterior: its strict rank is 0 whenever it shows 0, and fails."""
    rng = np.random.default_rng(3)
    bias = rng.random(SIMULATIONS)
    truth = (rng.random(SIMULATIONS) < bias).astype(float)
    draws = (rng.random((SIMULATIONS, DRAWS)) < bias[:, None]).astype(float)
    strict = (draws < truth[:, None]).sum(1)
    assert (strict[truth == 0] == 0).all()
    assert float(p_values(spread_out(strict[None], DRAWS, rng))[0]) < 1e-10
    assert p_of(draws, truth) > 0.01


def test_a_wrong_posterior_of_a_discrete_quantity_fails():
    """A coin that is always believed to be fair has ranks that are not uniform once it is biased."""
    rng = np.random.default_rng(4)
    truth = (rng.random(SIMULATIONS) < 0.8).astype(float)
    assert p_of((rng.random((SIMULATIONS, DRAWS)) < 0.5).astype(float), truth) < 1e-4


def test_p_values_are_those_of_the_textbook():
    """Chi-square on ten bins and the greatest distance agree with scipy's, twice the lesser of the two is taken."""
    rng = np.random.default_rng(5)
    uniforms = rng.random((20, 200)) ** 1.1
    for found, row in zip(p_values(uniforms), uniforms, strict=True):
        chi = chisquare(np.histogram(row, BINS, (0, 1))[0]).pvalue
        distance = kstest(row, "uniform").pvalue
        assert found == pytest.approx(min(1, 2 * min(chi, distance)), rel=0.02)


def test_p_values_are_right_under_uniform_ranks():
    """Uniform ranks give a p-value below .05 in no more than about one of twenty cases."""
    rng = np.random.default_rng(6)
    assert (p_values(rng.random((2000, 200))) < 0.05).mean() < 0.06


def test_calibration_adjusts_for_the_number_of_quantities():
    """Among 200 quantities a smallest p of .001 is no alarm; among 4 it fails."""
    fine = tuple(Quantity(name=str(i), p=0.5) for i in range(199))
    odd = Quantity(name="odd", p=0.001)
    given_ = {"part": "x", "simulations": 200, "seed": 1, "divergences": 0, "seconds": 1.0, "code": ""}
    assert Calibration(quantities=(*fine, odd), **given_).verdict == "pass"
    assert Calibration(quantities=(*fine[:3], odd), **given_).verdict == "fail"
    assert Calibration(quantities=(*fine[:3], odd), **given_).worst[0].name == "odd"
