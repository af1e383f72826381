"""What knowing a parameter is worth: worked by hand, then bounds, order and invariances on shipped cases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.sensitivity.examples import IDS, assessed, assessed_quickly, toy

from cybercoercion.knowledge.distribution import Distribution
from cybercoercion.sensitivity.choice import DECISIONS
from cybercoercion.sensitivity.value.groups import belief_draws, group_value
from cybercoercion.sensitivity.value.linear import Fitted, drawn, envelope, value_of_linear
from cybercoercion.sensitivity.value.nodes import undominated, value_by_nodes
from cybercoercion.sensitivity.value.parameters import ParametersValue, parameters_value
from cybercoercion.sensitivity.value.spline import Regression
from cybercoercion.vocabulary import VIEWS

Array = NDArray[np.float64]
LAWS = (
    Distribution(family="normal", a=1.0, b=2.0),
    Distribution(family="normal", a=1.0, b=2.0, cap=2.0),
    Distribution(family="log-normal", a=0.0, b=1.3),
    Distribution(family="log-normal", a=0.0, b=1.3, cap=3.0),
    Distribution(family="logit-normal", a=0.3, b=1.0),
    Distribution(family="logit-normal", a=0.3, b=1.0, cap=0.7),
    Distribution(family="beta", a=2.0, b=5.0),
    Distribution(family="beta", a=2.0, b=5.0, cap=0.4),
    Distribution(family="uniform", a=-1.0, b=3.0),
    Distribution(family="uniform", a=-1.0, b=3.0, cap=2.0),
)


def test_two_points_by_hand() -> None:
    """Nothing at 0 against x - 3, x 1 or 7 with .75 and .25: now -.5; known, .75 x -2 = -1.5, so it is worth 1."""
    law = drawn(np.array([7.0, 1.0]), np.array([0.25, 0.75]))
    found = value_of_linear(np.array([0.0, -3.0]), np.array([0.0, 1.0]), law)
    assert law.mean == 2.5
    assert found.value == pytest.approx(1.0)
    assert found.best.tolist() == pytest.approx([0.25, 0.75])


def test_uniform_by_hand() -> None:
    """Nothing at 0 against 6 - 4 x, x uniform on 0 to 2: now 0 or 2; x > 1.5 in a quarter, then -1 on average: .25."""
    law = Fitted(distribution=Distribution(family="uniform", a=0.0, b=2.0))
    found = value_of_linear(np.array([0.0, 6.0]), np.array([0.0, -4.0]), law)
    assert found.value == pytest.approx(0.25 * 1.0)
    by_nodes, _ = value_by_nodes(lambda x: np.array([0.0, 6 - 4 * x]), law, np.array([0.0, 2.0]))
    assert by_nodes.value == pytest.approx(0.25, rel=5e-3)


def test_only_what_is_lowest_somewhere_is_on_the_envelope() -> None:
    """Of x, 1 and 2 - x the first is lowest to 1 and the last from 1; all meet there, and 1 is never alone."""
    plans, ends = envelope(np.array([0.0, 1.0, 2.0]), np.array([1.0, 0.0, -1.0]))
    assert plans == [0, 2]
    assert ends == [1.0]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: f"{law.family} {law.cap:g}")
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_exact_integral_equals_a_fine_sum(law: Distribution, seed: int) -> None:
    """The value by partial means equals a sum over 20,000 quantiles, whatever the family and the cap."""
    rng = np.random.default_rng(seed)
    slope, middle = rng.normal(size=5), law.quantile(rng.uniform(0.2, 0.8))
    level = rng.normal(size=5) * 0.1 - slope * middle
    found = value_of_linear(level, slope, Fitted(distribution=law))
    x = _fine(law)
    costs = level[:, None] + slope[:, None] * x
    fine = costs.mean(1).min() - costs.min(0).mean()
    assert found.value == pytest.approx(fine, abs=2e-3 * max(np.ptp(costs.min(0)), 1e-9))
    assert found.best.sum() == pytest.approx(1)
    assert found.value >= 0


def _fine(law: Distribution, count: int = 20_000) -> Array:
    """Return the means of equally probable slices, near enough: quantiles of their middles."""
    if law.family == "beta":
        from scipy.special import betaincinv

        return np.minimum(betaincinv(law.a, law.b, (np.arange(count) + 0.5) / count), law.cap)
    return np.array([law.quantile((row + 0.5) / count) for row in range(count)])


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), scale=st.floats(0.01, 100.0), shift=st.floats(-1e3, 1e3))
def test_affine_costs_and_labels(seed: int, scale: float, shift: float) -> None:
    """All costs times a factor: so much more value. A constant on all costs, or another order of plans: the same."""
    rng = np.random.default_rng(seed)
    level, slope = rng.normal(size=6), rng.normal(size=6)
    law = Fitted(distribution=Distribution(family="log-normal", a=0.0, b=1.0))
    value = value_of_linear(level, slope, law).value
    assert value_of_linear(scale * level + shift, scale * slope, law).value == pytest.approx(scale * value, abs=1e-9)
    order = rng.permutation(6)
    assert value_of_linear(level[order], slope[order], law).value == pytest.approx(value, abs=1e-12)
    draws = level[:, None] + rng.normal(size=(6, 300))
    weights = np.full(300, 1 / 300)
    pick = int(draws.mean(1).argmin())
    plain = group_value(draws, weights, pick).value
    assert group_value(scale * draws + shift, weights, pick).value == pytest.approx(scale * plain)


def test_what_is_second_in_every_draw_is_kept() -> None:
    """Plans of 0 or 4, 4 or 0, and 1: the third is best in neither draw, yet best on average; a fourth of 2 is not."""
    costs = np.array([[0.0, 4.0], [4.0, 0.0], [1.0, 1.0], [2.0, 2.0]])
    assert undominated(costs).tolist() == [0, 1, 2]


def test_belief_by_hand() -> None:
    """In two draws p(actor 0) is .9 and .3, cost 0 against -10 or 30: -6 and 18; now 6, so nothing; known, 3 better."""
    menu = toy([[0, 0], [-10, 30]], [0.6, 0.4])
    posterior = np.array([[0.45, 0.15], [0.05, 0.35]])[None, :, None]
    costs, weights = belief_draws(menu, posterior)
    assert costs[1].tolist() == pytest.approx([-6, 18])
    assert group_value(costs, weights, menu.pick).value == pytest.approx(0.5 * 6)


@pytest.mark.parametrize("seed", range(12))
def test_noise_prints_zero(seed: int) -> None:
    """What has no bearing on costs is worth 0, although a regression on it sees something; what has is found."""
    rng = np.random.default_rng(seed)
    signal = rng.normal(size=2_000)
    costs = np.stack([np.zeros(2_000), 0.1 + signal + rng.normal(size=2_000)])
    weights = rng.gamma(1.0, size=2_000)
    regression = Regression(costs, weights)
    noise = regression.value(rng.normal(size=2_000))
    assert noise.value == 0
    assert noise.null > 0
    # E[min(0, .1 + x)] of a standard normal x: .1 Phi(-.1) - phi(.1) = .1 x .4602 - .3970 = -.3509
    known = regression.value(signal)
    assert known.value == pytest.approx(0.3509, abs=4 * known.error + 0.02)


def test_two_inputs_are_worth_no_less_than_one() -> None:
    """A second input that bears on costs adds to the first, and one alone that is a point is worth 0."""
    rng = np.random.default_rng(1)
    one, other = rng.normal(size=(2, 2_000))
    regression = Regression(np.stack([np.zeros(2_000), one + other]), np.full(2_000, 1 / 2_000))
    alone, both = regression.value(one), regression.value(one, other)
    assert both.value > alone.value > 0
    assert regression.value(np.full(2_000, 3.0)).value == 0


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("decision", DECISIONS)
def test_bounds_hold(name: str, decision: str) -> None:
    """In every shipped case 0 <= EVPPI <= EVPI of readings + 2 SE <= ..., for every parameter and group; no warning."""
    found = parameters_value(assessed_quickly(name), decision=decision)  # type: ignore[arg-type]
    assert found.everything.value >= found.readings.value * (1 - 1e-12)
    assert found.now <= 0
    for row in (*found.rows, *found.groups):
        assert 0 <= row.evppi <= found.readings.ceiling + 2 * row.error + 1e-6, row.name
    assert not [warning for warning in found.warnings if warning.startswith("value of")]


@pytest.mark.parametrize("view", VIEWS)
def test_groups_are_worth_no_less_than_their_members(view: str) -> None:
    """More cannot be worth less to know: a group against each member, costs against all groups of costs."""
    found = parameters_value(assessed("sony-2014"), view=view)
    rows = {row.name: row.evppi for row in found.rows}
    groups = {row.name: row for row in found.groups}
    for group in groups.values():
        assert group.evppi >= max(rows[name] for name in group.members)
    for inside in ("prices", "at stake", "effects"):
        assert set(groups[inside].members) <= set(groups["costs"].members)
        assert groups["costs"].evppi >= groups[inside].evppi


def test_every_uncertain_input_has_one_row() -> None:
    """Each input but probabilities of states and points has a row; cost of urgent mitigation leads in the default."""
    found = parameters_value(assessed("sony-2014"))
    names = [row.name for row in found.rows]
    assert len(set(names)) == len(names)
    assert not [name for name in names if name.startswith("p.")]
    assert names[0] == "cost.urgent"
    assert [row.evppi for row in found.rows] == sorted((row.evppi for row in found.rows), reverse=True)


def test_labelled() -> None:
    """The labelled table has a number and a unit for each parameter and group, and both values of all."""
    found: ParametersValue = parameters_value(assessed_quickly("sony-2014"))
    table = found.labelled()
    assert table["evppi"].attrs["unit"] == "USD"
    assert float(table["evppi"].sel(parameter="cost.urgent")) == next(
        row.evppi for row in found.rows if row.name == "cost.urgent"
    )
    assert float(table["evpi_of_everything"]) >= float(table["evpi_of_readings"])
    assert set(table["evppi_of_group"]["group"].values.tolist()) == {row.name for row in found.groups}
