"""Families hit the quantiles that people state, and their means are exact, caps included."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from cybercoercion.knowledge import load_knowledge
from cybercoercion.knowledge.distribution import Distribution, Family

RANGES: list[tuple[Family, float, float, float]] = [
    ("normal", -2.0, 5.0, 0.9),
    ("normal", 0.1, 0.4, 0.5),
    ("log-normal", 15e6, 200e6, 0.9),
    ("log-normal", 0.03, 2.0, 0.8),
    ("logit-normal", 0.05, 0.2, 0.9),
    ("logit-normal", 0.3, 0.98, 0.5),
    ("uniform", 2.0, 6.0, 0.8),
    ("uniform", -1.0, 1.0, 0.9),
]
MADE: dict[str, Distribution] = {
    "normal": Distribution(family="normal", a=1.0, b=2.0),
    "log-normal": Distribution(family="log-normal", a=0.5, b=1.2),
    "heavy log-normal": Distribution(family="log-normal", a=10.0, b=2.5),
    "logit-normal": Distribution(family="logit-normal", a=-1.0, b=0.8),
    "wide logit-normal": Distribution(family="logit-normal", a=0.3, b=4.0),
    "uniform": Distribution(family="uniform", a=-1.0, b=3.0),
    "beta": Distribution(family="beta", a=2.0, b=5.0),
    "u-shaped beta": Distribution(family="beta", a=0.4, b=0.6),
    "point": Distribution(family="point", a=1.5),
}


def tail(d: Distribution) -> Callable[[float], float]:
    """Return P(X > x) of a distribution without its cap, by scipy's own densities."""
    frozen = {
        "normal": lambda: stats.norm(d.a, d.b),
        "log-normal": lambda: stats.lognorm(d.b, scale=math.exp(d.a)),
        "uniform": lambda: stats.uniform(d.a, d.b - d.a),
        "beta": lambda: stats.beta(d.a, d.b),
    }
    if d.family == "logit-normal":
        return lambda x: float(stats.norm.sf((math.log(x / (1 - x)) - d.a) / d.b)) if 0 < x < 1 else float(x <= 0)
    return frozen[d.family]().sf


def mean_of(d: Distribution) -> float:
    """Return ``E min(X, cap) = low + integral of P(X > x) from low to the cap``, low being out of the way below."""
    low = {"normal": d.a - 12 * d.b, "uniform": d.a}.get(d.family, 0.0)
    high = {
        "normal": d.a + 12 * d.b,
        "log-normal": math.exp(d.a + 9 * d.b),
        "uniform": d.b,
        "beta": 1.0,
        "logit-normal": 1.0,
    }[d.family]
    top = min(d.cap, high)
    if top <= low:
        return d.cap
    edges = np.linspace(low, top, 41)
    if d.family == "log-normal":  # spread over many orders of magnitude
        edges = np.concatenate([[0], np.geomspace(math.exp(d.a - 9 * d.b), top, 60)])
    sf = tail(d)
    return low + sum(integrate.quad(sf, lo, hi, epsrel=1e-10)[0] for lo, hi in pairwise(edges))


@pytest.mark.parametrize(("family", "low", "high", "mass"), RANGES)
def test_a_range_holds_its_mass(family: Family, low: float, high: float, mass: float) -> None:
    """Half of what is left lies below the low end and half above the high end."""
    d = Distribution.from_quantiles(family, low, high, mass)
    assert d.quantile((1 - mass) / 2) == pytest.approx(low, rel=1e-9)
    assert d.quantile((1 + mass) / 2) == pytest.approx(high, rel=1e-9)
    draws = d.draw(np.random.default_rng(1), 200_000)
    assert np.mean((draws > low) & (draws < high)) == pytest.approx(mass, abs=0.004)


@given(st.floats(0, 0.97), st.floats(0.01, 0.99), st.floats(0.1, 0.99))
def test_a_share_may_touch_its_ends(low: float, width: float, mass: float) -> None:
    """Ranges that start at 0 or end at 1 give a distribution inside, with a positive spread."""
    high = min(low + width, 1.0)
    d = Distribution.from_quantiles("logit-normal", low, high, mass)
    assert d.b > 0
    assert 0 < d.mean < 1
    assert 0 <= d.quantile(0.05) < d.quantile(0.95) <= 1


@pytest.mark.parametrize("high", [0.9995, 0.99999, 1.0])
def test_a_share_close_to_one_keeps_its_direction(high: float) -> None:
    """A narrow range at the edge stays a range."""
    assert Distribution.from_quantiles("logit-normal", 0.999, high, 0.9).b > 0


@pytest.mark.parametrize("name", [name for name in MADE if name != "point"])
@pytest.mark.parametrize("quantile", [0.02, 0.3, 0.7, 0.99, None], ids=lambda q: f"cap at {q}")
def test_the_mean_is_exact(name: str, quantile: float | None) -> None:
    """The mean is the integral over the distribution, wherever it is cut."""
    free = MADE[name]
    cap = free.quantile(quantile) if quantile is not None else math.inf
    d = Distribution(family=free.family, a=free.a, b=free.b, cap=cap)
    assert d.mean == pytest.approx(mean_of(d), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("name", MADE)
def test_draws_have_the_mean_and_keep_the_cap(name: str) -> None:
    """A capped distribution draws nothing above its cap, and its average is its mean."""
    free = MADE[name]
    cap = free.quantile(0.8) if name != "point" else 1.0
    d = Distribution(family=free.family, a=free.a, b=free.b, cap=cap)
    draws = d.draw(np.random.default_rng(2), 100_000)
    assert draws.max() <= cap
    assert draws.mean() == pytest.approx(d.mean, abs=5 * draws.std() / math.sqrt(len(draws)) + 1e-12)


@pytest.mark.parametrize("name", [name for name in MADE if name != "point"])
def test_quantiles_are_those_of_the_family(name: str) -> None:
    """The quantile is the value above which the rest lies, the cap included."""
    d = MADE[name]
    for p in (0.01, 0.05, 0.5, 0.95, 0.99):
        assert tail(d)(d.quantile(p)) == pytest.approx(1 - p, abs=1e-9)
    cut = Distribution(family=d.family, a=d.a, b=d.b, cap=d.quantile(0.6))
    assert cut.quantile(0.9) == cut.cap
    assert cut.quantile(0.3) == d.quantile(0.3)


@pytest.mark.parametrize(("mean", "strength"), [(0.2, 10), (0.5, 2), (0.97, 40)])
def test_a_mean_and_a_strength(mean: float, strength: float) -> None:
    """A mean worth so many cases is the beta with that mean and ``mean (1 - mean) / (strength + 1)`` of variance."""
    d = Distribution.from_strength(mean, strength)
    assert d.mean == pytest.approx(mean)
    draws = d.draw(np.random.default_rng(3), 200_000)
    assert draws.var() == pytest.approx(mean * (1 - mean) / (strength + 1), rel=0.03)


def test_a_changed_range_moves_each_draw() -> None:
    """Draws of one stream keep their rank when the range changes."""
    z = np.random.default_rng(4).standard_normal(500)
    narrow, wide = (Distribution.from_quantiles("log-normal", low, 1e8, 0.9).transform(z) for low in (1e7, 1e6))
    assert (np.argsort(narrow) == np.argsort(wide)).all()


def test_no_shipped_mean_is_left_to_sampling() -> None:
    """The mean of every shipped quantity is the integral over its distribution."""
    for name, quantity in load_knowledge(draws=1).quantities.items():
        d = quantity.distribution
        if d.family != "point":
            assert d.mean == pytest.approx(mean_of(d), rel=1e-5), name
