"""Several experts: closed forms of both pools, invariants, and one distribution in the place of a pool."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cybercoercion.fit.elicitation import ElicitationError, Elicited, from_quantiles, linear_pool, log_pool, summarise
from cybercoercion.fit.elicitation.density import cdf
from cybercoercion.knowledge.distribution import Distribution, Family

SHARE = st.floats(0.4, 40.0)
BETAS = st.lists(st.tuples(SHARE, SHARE), min_size=2, max_size=4)


def expert(family: Family, a: float, b: float, name: str = "A") -> Elicited:
    """Return an expert who holds exactly this distribution."""
    distribution = Distribution(family=family, a=a, b=b)
    return Elicited(expert=name, method="quantiles", distribution=distribution, masses=())


def weights_of(raw: list[float]) -> list[float]:
    """Return weights that sum to one."""
    return [value / sum(raw) for value in raw]


def test_a_log_pool_of_normals_has_the_closed_form() -> None:
    """Precisions add by weight: N(0, 1) and N(4, 2) with equal weights pool to mean .8 and variance 1.6."""
    pool = log_pool([expert("normal", 0, 1), expert("normal", 4, 2)])
    fitted = summarise(pool)
    assert pool.mean == pytest.approx(0.8)
    assert (fitted.distribution.a, fitted.distribution.b) == pytest.approx((0.8, math.sqrt(1.6)))
    assert fitted.distance == pytest.approx(0, abs=1e-6)
    assert pool.density(np.array([0.8]))[0] == pytest.approx(1 / math.sqrt(2 * math.pi * 1.6))
    assert pool.quantile(0.95) == pytest.approx(0.8 + 1.6448536 * math.sqrt(1.6), abs=1e-5)


def test_a_log_pool_finds_a_narrow_expert_far_from_the_others() -> None:
    """A precise expert among vague ones draws the pool to itself, however fine the grid must become."""
    pool = log_pool([expert("normal", 0, 1e-3), expert("normal", 10, 1)])
    assert pool.mean == pytest.approx(10 / (1e6 + 1), abs=1e-6)
    assert summarise(pool).distribution.b == pytest.approx(math.sqrt(2 / (1e6 + 1)), rel=1e-3)


def test_a_log_pool_of_betas_is_a_beta() -> None:
    """Beta(2, 8) and Beta(6, 4), three to one, pool to Beta(3, 7)."""
    fitted = summarise(log_pool([expert("beta", 2, 8), expert("beta", 6, 4)], [0.75, 0.25]))
    assert (fitted.distribution.a, fitted.distribution.b) == pytest.approx((3, 7), abs=1e-6)
    assert fitted.warning is None


def test_a_linear_pool_is_the_mixture() -> None:
    """Mean, density and quantiles are those of the mixture of normals at 0 and 4, three to one."""
    pool = linear_pool([expert("normal", 0, 1), expert("normal", 4, 1)], [0.75, 0.25])
    assert pool.mean == pytest.approx(1)
    top = 1 / math.sqrt(2 * math.pi)
    assert pool.density(np.array([0.0]))[0] == pytest.approx(top * (0.75 + 0.25 * math.exp(-8)))
    q = np.array([pool.quantile(0.6)])
    mixed = 0.75 * cdf(pool.experts[0].distribution, q) + 0.25 * cdf(pool.experts[1].distribution, q)
    assert mixed[0] == pytest.approx(0.6, abs=1e-6)
    assert float(pool.mass @ (pool.grid - 1) ** 2) == pytest.approx(1 + 3, rel=1e-4)  # within plus between


def test_the_linear_pool_keeps_disagreement() -> None:
    """Between experts who disagree, the linear pool is wider than the logarithmic one, and no normal can hold it."""
    both = [expert("normal", 0, 1), expert("normal", 6, 1)]
    wide, narrow = linear_pool(both), log_pool(both)
    assert wide.quantile(0.95) - wide.quantile(0.05) > narrow.quantile(0.95) - narrow.quantile(0.05)
    warning = summarise(wide).warning
    assert warning is not None
    assert "of the linear pool" in warning
    assert summarise(narrow).warning is None


def test_one_veto_empties_a_log_pool_but_not_a_linear_one() -> None:
    """What one expert rules out has no mass in the logarithmic pool; with nothing left it is refused."""
    low, high, other = expert("uniform", 0, 1), expert("uniform", 0.5, 2), expert("uniform", 3, 4)
    pool = log_pool([low, high])
    assert (pool.quantile(0.0), pool.quantile(1.0)) == pytest.approx((0.5, 1))
    assert pool.density(np.array([0.4, 0.75])) == pytest.approx([0, 2])
    assert linear_pool([low, other]).mean == pytest.approx(2)
    with pytest.raises(ElicitationError, match="no value that all think possible"):
        log_pool([low, other])


@pytest.mark.parametrize("make", [linear_pool, log_pool])
@pytest.mark.parametrize(
    ("weights", "said"),
    [([0.5, 0.6], "a sum of 1.1"), ([1.0], "1 weights for 2 experts"), ([1.5, -0.5], "1.5, -0.5")],
)
def test_weights_that_are_none_are_refused(make: type, weights: list[float], said: str) -> None:
    """Weights that do not sum to one, are negative, or too few, are refused with what was got."""
    with pytest.raises(ElicitationError) as caught:
        make([expert("beta", 2, 8), expert("beta", 6, 4)], weights)
    assert [(fault.place, fault.got) for fault in caught.value.faults] == [("weights", said)]


def test_nobody_cannot_be_pooled() -> None:
    """A pool of no experts is refused."""
    with pytest.raises(ElicitationError, match="nobody"):
        linear_pool([])


def test_a_family_must_hold_the_values() -> None:
    """A share may be summed up by a beta, a sum of money may not."""
    money = linear_pool([from_quantiles("log-normal", 1e5, 1e7)])
    with pytest.raises(ElicitationError, match="'beta'; allowed: log-normal, normal, uniform here"):
        summarise(money, "beta")
    assert summarise(money).distribution.family == "log-normal"


@pytest.mark.parametrize("make", [linear_pool, log_pool])
@given(shapes=st.tuples(SHARE, SHARE), raw=st.lists(st.floats(0.1, 1), min_size=2, max_size=4))
def test_experts_who_agree_pool_to_themselves(make: type, shapes: tuple[float, float], raw: list[float]) -> None:
    """A pool of identical experts is that expert, whatever the weights."""
    one = expert("beta", *shapes)
    fitted = summarise(make([one] * len(raw), weights_of(raw)))
    assert fitted.distribution.mean == pytest.approx(one.distribution.mean, abs=1e-4)
    assert fitted.distance < 1e-3


@pytest.mark.parametrize("make", [linear_pool, log_pool])
@given(betas=BETAS, data=st.data())
def test_the_order_of_experts_is_irrelevant(make: type, betas: list[tuple[float, float]], data: st.DataObject) -> None:
    """Experts in another order, with their weights, give the same pool."""
    weights = weights_of(data.draw(st.lists(st.floats(0.1, 1), min_size=len(betas), max_size=len(betas))))
    order = data.draw(st.permutations(range(len(betas))))
    one = make([expert("beta", *shape) for shape in betas], weights)
    two = make([expert("beta", *betas[k]) for k in order], [weights[k] for k in order])
    assert two.mean == pytest.approx(one.mean)
    assert two.quantile(0.9) == pytest.approx(one.quantile(0.9))


@given(betas=BETAS)
def test_the_mean_of_a_linear_pool_is_the_weighted_mean(betas: list[tuple[float, float]]) -> None:
    """Equal weights give the mean of the means, and the mass on the grid has that mean too."""
    pool = linear_pool([expert("beta", *shape) for shape in betas])
    mean = sum(a / (a + b) for a, b in betas) / len(betas)
    assert pool.mean == pytest.approx(mean)
    assert float(pool.mass @ (1 / (1 + np.exp(-pool.grid)))) == pytest.approx(mean, abs=1e-4)
    assert pool.mass.sum() == pytest.approx(1)


def test_an_expert_without_weight_is_not_heard() -> None:
    """Weight zero leaves an expert out, even one who rules everything else out."""
    pool = log_pool([expert("uniform", 0, 1), expert("uniform", 3, 4)], [1.0, 0.0])
    assert pool.mean == pytest.approx(0.5)


@given(betas=BETAS, hits=st.integers(0, 20), misses=st.integers(0, 20))
def test_data_may_come_before_or_after_a_log_pool(betas: list[tuple[float, float]], hits: int, misses: int) -> None:
    """Updating every expert and then pooling is pooling and then updating, for the logarithmic pool only."""
    later = summarise(log_pool([expert("beta", a + hits, b + misses) for a, b in betas])).distribution
    prior = summarise(log_pool([expert("beta", a, b) for a, b in betas])).distribution
    assert (later.a, later.b) == pytest.approx((prior.a + hits, prior.b + misses), rel=1e-3)
