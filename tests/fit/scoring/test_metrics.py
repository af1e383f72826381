"""Scores by hand, and what no score may depend on."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from cybercoercion.fit.scoring.metrics import CLIP, calibration_error, clipped, difference, losses, scores, slope

Array = NDArray[np.float64]
TRUTH = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.0, 1.0]])
SAID = np.array([[0.8, 0.2], [0.4, 0.6], [0.3, 0.7], [0.1, 0.9]])


@st.composite
def forecasts(draw: st.DrawFn) -> tuple[Array, Array, int]:
    """Return truths, forecasts and a seed."""
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    rows, classes = draw(st.integers(2, 12)), draw(st.integers(2, 5))
    truth = np.eye(classes)[rng.integers(0, classes, rows)]
    return truth, rng.dirichlet(np.ones(classes), rows), draw(st.integers(0, 10_000))


def test_log_loss_by_hand() -> None:
    """Of .8, .6, .3 and .9 for what happened the mean of -log p is (.2231 + .5108 + 1.2040 + .1054) / 4 = .5108."""
    assert scores(TRUTH, SAID).log_loss == pytest.approx(0.51083, abs=1e-5)
    assert losses(TRUTH, SAID) == pytest.approx([-math.log(p) for p in (0.8, 0.6, 0.3, 0.9)])


def test_brier_score_by_hand() -> None:
    """The squared gaps of both classes are .08, .32, .98 and .02: .35 a row."""
    assert scores(TRUTH, SAID).brier == pytest.approx(0.35)


def test_calibration_error_by_hand() -> None:
    """Said .6, .7, .8 and .9 in bins of their own; hit, missed, hit, hit: (.4 + .7 + .2 + .1) / 4 = .35."""
    assert calibration_error(TRUTH, SAID) == pytest.approx(0.35)


def test_rows_of_one_bin_stand_together() -> None:
    """Two forecasts of .8 with one hit miss by .3; each alone would miss by .5 on average."""
    p = np.array([[0.8, 0.2], [0.8, 0.2]])
    assert calibration_error(np.array([[1.0, 0.0], [0.0, 1.0]]), p) == pytest.approx(0.3)


def test_certainty_falls_into_the_last_bin() -> None:
    """A forecast of one and a forecast of .95 share the tenth bin."""
    p = np.array([[1.0, 0.0], [0.95, 0.05]])
    assert calibration_error(np.array([[1.0, 0.0], [0.0, 1.0]]), p) == pytest.approx(0.975 - 0.5)


def test_a_missed_certainty_costs_no_more_than_the_clip() -> None:
    """Nothing is lost beyond -log(1e-4 / 1.0001) = 9.2104 nats."""
    assert losses(np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]])).tolist() == pytest.approx([9.21044], abs=1e-5)


def test_clipped_forecasts_sum_to_one() -> None:
    """Two classes at zero are raised to 1e-4 / 1.0002, and the rest gives it."""
    p = clipped(np.array([[1.0, 0.0, 0.0]]))
    assert p.sum() == pytest.approx(1)
    assert p[0, 1] == pytest.approx(CLIP / (1 + 2 * CLIP))


def test_a_soft_label_costs_its_divergence() -> None:
    """Of the label (.5, .5) and the forecast (.25, .75) it is .5 log 2 + .5 log(2/3) = .1438; of itself nothing."""
    label = np.array([[0.5, 0.5]])
    assert losses(label, np.array([[0.25, 0.75]])).tolist() == pytest.approx([0.14384], abs=1e-5)
    assert losses(label, label).tolist() == pytest.approx([0])


def test_an_equal_forecast_of_classes_costs_their_logarithm() -> None:
    """Whoever says 1/5 of five classes loses log 5, has a Brier score of .8 and, right once in five, is calibrated."""
    found = scores(np.eye(5), np.full((5, 5), 0.2))
    assert (found.log_loss, found.brier) == (pytest.approx(math.log(5)), pytest.approx(0.8))
    assert found.ece == pytest.approx(0)


@given(forecasts())
def test_order_of_rows_and_of_classes_moves_no_score(given_: tuple[Array, Array, int]) -> None:
    """Rows and classes can be shuffled."""
    truth, p, seed = given_
    rng = np.random.default_rng(seed)
    rows, classes = rng.permutation(len(p)), rng.permutation(p.shape[1])
    one, other = scores(truth, p), scores(truth[rows][:, classes], p[rows][:, classes])
    assert other.log_loss == pytest.approx(one.log_loss)
    assert other.brier == pytest.approx(one.brier)
    assert other.ece == pytest.approx(one.ece)


@given(forecasts())
def test_the_true_probabilities_score_best(given_: tuple[Array, Array, int]) -> None:
    """Against a soft label no forecast loses less than the label itself: the divergence is never negative."""
    truth, p, _ = given_
    label = clipped(0.5 * truth + 0.5 / truth.shape[1])
    assert (losses(label, p) >= -1e-12).all()


def test_a_difference_is_paired() -> None:
    """What moves both losses of a row alike leaves no spread: a constant gap of .1 has a standard error of zero."""
    ours = np.array([0.3, 2.0, 0.7])
    found = difference(ours, ours + 0.1, ("a", "b", "c"))
    assert found.value == pytest.approx(-0.1)
    assert found.se == pytest.approx(0, abs=1e-12)
    assert (found.low, found.high) == (pytest.approx(-0.1), pytest.approx(-0.1))


def test_rows_of_one_campaign_are_one_observation() -> None:
    """Ten rows in two campaigns, at +1 and at -1, have the spread of a mean of two, .71; each apart, of ten, .32."""
    gap = np.repeat([1.0, -1.0], 5)
    apart = difference(gap, np.zeros(10), tuple("abcdefghij"))
    together = difference(gap, np.zeros(10), tuple("aaaaabbbbb"))
    assert apart.value == together.value == 0
    assert together.se == pytest.approx(math.sqrt(1 / 2), abs=0.03)
    assert apart.se == pytest.approx(math.sqrt(1 / 10), abs=0.02)


def test_campaigns_weigh_by_their_rows() -> None:
    """The value is the mean over rows, whatever the sizes of campaigns; one campaign alone has no spread."""
    gap = np.array([1.0, 1.0, 1.0, 5.0])
    assert difference(gap, np.zeros(4), tuple("aaab")).value == pytest.approx(2.0)
    assert difference(gap, np.zeros(4), tuple("aaaa")).se == pytest.approx(0)


def test_names_of_campaigns_mean_nothing() -> None:
    """Names that sort alike give the same bootstrap; so does a second run."""
    rng = np.random.default_rng(3)
    gap = rng.normal(size=8)
    one = difference(gap, np.zeros(8), tuple("aabbccdd"))
    assert difference(gap, np.zeros(8), tuple("kkllmmnn")) == one
    assert difference(gap, np.zeros(8), tuple("aabbccdd")) == one


def test_an_over_confident_forecast_has_a_slope_below_one() -> None:
    """Forecasts of .97 of which seven of ten come true score best at the power log(7/3) / log(97/3) = .24."""
    truth = np.eye(2)[[0] * 7 + [1] * 3]
    assert slope(truth, np.tile([0.97, 0.03], (10, 1))) == pytest.approx(math.log(7 / 3) / math.log(97 / 3), abs=0.01)
    assert slope(truth, np.tile([0.7, 0.3], (10, 1))) == pytest.approx(1, abs=0.011)
