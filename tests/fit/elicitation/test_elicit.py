"""What people say becomes the distribution that says it: hand numbers, refusals, and PreliZ as oracle."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cybercoercion.fit.elicitation import (
    ElicitationError,
    dirichlet_from_mode,
    from_chips,
    from_mode,
    from_quantiles,
)
from cybercoercion.fit.elicitation.density import as_preliz, cdf, log_density, quantiles
from cybercoercion.knowledge.distribution import Distribution, Family

BINS = [0, 0.2, 0.4, 0.6, 0.8, 1]
FAMILIES: tuple[Family, ...] = ("normal", "log-normal", "logit-normal", "beta", "uniform")


def refused(call: Any, *args: Any, **kwargs: Any) -> list[tuple[str, str]]:
    """Return place and what was got of each fault; each also says whose it is and what is allowed."""
    with pytest.raises(ElicitationError) as caught:
        call(*args, **kwargs)
    for fault in caught.value.faults:
        assert str(fault) == f"{fault.expert}: {fault.place}: got {fault.got}; allowed: {fault.allowed}"
        assert fault.allowed
    assert str(caught.value) == "\n".join(map(str, caught.value.faults))
    return [(fault.place, fault.got) for fault in caught.value.faults]


def test_a_beta_through_two_quantiles() -> None:
    """A beta with 90 % in [.2, .6] has five per cent on each side, which maximum entropy alone does not give."""
    said = from_quantiles("beta", 0.2, 0.6, 0.9, expert="A")
    a, b = said.distribution.a, said.distribution.b
    assert stats.beta.ppf([0.05, 0.95], a, b) == pytest.approx([0.2, 0.6], abs=1e-9)
    assert said.warning is None
    assert (said.expert, said.method) == ("A", "quantiles")


@pytest.mark.parametrize("family", FAMILIES)
@given(low=st.floats(0.001, 0.5), width=st.floats(0.1, 0.9), mass=st.sampled_from([0.5, 0.8, 0.9, 0.98]))
def test_two_quantiles_are_met(family: Family, low: float, width: float, mass: float) -> None:
    """Any two quantiles of any family are met, the tails equal."""
    high = low + width * (0.999 - low)
    said = from_quantiles(family, low, high, mass)
    got = [piece.achieved for piece in said.masses]
    assert got == pytest.approx([(1 - mass) / 2, mass, (1 - mass) / 2], abs=1e-6)


def test_money_is_fitted_on_the_scale_of_its_logarithm() -> None:
    """The log-normal between a million and a hundred million has its median at ten million."""
    said = from_quantiles("log-normal", 1e6, 1e8)
    assert said.distribution.quantile(0.5) == pytest.approx(1e7)
    assert said.distribution.b == pytest.approx(math.log(10) / 1.6448536269514722)


def test_a_share_below_the_reach_of_the_tables_is_kept() -> None:
    """A logit-normal between .0001 and .001 has those quantiles, where the files stop at .002."""
    assert from_quantiles("logit-normal", 1e-4, 1e-3).distribution.quantile(0.05) == pytest.approx(1e-4)


def test_a_third_quantile_can_contradict_the_family() -> None:
    """A median far from the middle cannot be held by a normal, and the answer says where it misses."""
    said = from_quantiles("normal", 0, 10, middle=9, expert="B")
    assert said.warning is not None
    assert said.warning.startswith("B: 5% was said to lie below 0, the normal has 0% there.")
    assert from_quantiles("normal", 0, 10, middle=5).warning is None


@pytest.mark.parametrize(
    ("family", "mode", "low", "high"),
    [
        ("beta", 0.3, 0.2, 0.6),
        ("beta", 0.7, 0.2, 0.75),
        ("beta", 0.0003, 0.0001, 0.001),
        ("normal", 3.0, 1.0, 10.0),
        ("log-normal", 5e5, 1e5, 1e7),
        ("log-normal", 9.0, 0.1, 10.0),
    ],
)
def test_mode_and_mass_are_both_met(family: str, mode: float, low: float, high: float) -> None:
    """The peak of the density is the mode, and the mass between the two values is the one said."""
    said = from_mode(family, mode, low, high, 0.9)
    x = np.linspace(low, high, 200_001)
    assert x[np.argmax(log_density(said.distribution, x))] == pytest.approx(mode, abs=(high - low) / 1e4)
    assert said.masses[0].achieved == pytest.approx(0.9, abs=1e-9)
    assert said.warning is None


def test_symmetric_chips_give_a_symmetric_answer() -> None:
    """Chips 0, 1, 3, 1, 0 give a beta around one half with equal shapes."""
    beta = from_chips(BINS, [0, 1, 3, 1, 0], "beta").distribution
    assert beta.a == pytest.approx(beta.b, rel=1e-6)
    assert from_chips(BINS, [0, 1, 3, 1, 0], "logit-normal").distribution.a == pytest.approx(0, abs=1e-6)
    assert from_chips(BINS, [0, 1, 3, 1, 0], "normal").distribution.a == pytest.approx(0.5, abs=1e-9)
    assert [m.said for m in from_chips(BINS, [0, 1, 3, 1, 0], "beta").masses] == [0, 0.2, 0.6, 0.2, 0]


@given(chips=st.lists(st.integers(0, 9), min_size=5, max_size=5).filter(lambda c: sum(k > 0 for k in c) >= 3))
def test_only_the_shares_of_chips_count(chips: list[int]) -> None:
    """Twice as many chips on every bin say the same."""
    one, two = (from_chips(BINS, [n * chip for chip in chips], "beta").distribution for n in (1, 2))
    assert (two.a, two.b) == pytest.approx((one.a, one.b), rel=1e-6)


def test_chips_on_sums_do_not_depend_on_the_currency() -> None:
    """In thousands, the log-normal of the same chips is shifted by log 1,000 and as wide."""
    edges, chips = np.array([1e5, 1e6, 1e7, 1e8, 1e9]), [1, 5, 3, 1]
    dollars = from_chips(list(edges), chips, "log-normal").distribution
    thousands = from_chips(list(edges / 1e3), chips, "log-normal").distribution
    assert (dollars.a - thousands.a, dollars.b) == pytest.approx((math.log(1e3), thousands.b))


def test_chips_that_no_family_holds_are_said() -> None:
    """Two heaps with a valley between make the beta say what it misses."""
    assert from_chips(BINS, [5, 1, 0, 1, 5], "beta").warning is not None


def test_a_row_from_its_likeliest_shares() -> None:
    """The Dirichlet has the mode that was said, and a narrower bound is worth more cases."""
    wide = dirichlet_from_mode(("yes", "no"), (0.7, 0.3), 0.15)
    narrow = dirichlet_from_mode(("yes", "no"), (0.7, 0.3), 0.05)
    assert narrow.strength > wide.strength
    assert (narrow.alpha[0] - 1) / (narrow.strength - 2) == pytest.approx(0.7, abs=0.001)
    assert sum(wide.mean) == pytest.approx(1)
    uneven = dirichlet_from_mode(("a", "b", "c"), (0.2, 0.3, 0.5), 0.1, expert="C")
    assert uneven.warning is not None
    assert uneven.warning.startswith("C, c: 90% was said to lie between 0.4 and 0.6")


def test_what_cannot_be_meant_is_refused_all_at_once() -> None:
    """An answer with several contradictions is refused with each of them, by place, got and allowed."""
    assert refused(from_quantiles, "gamma", 2, 1, 1.5, expert=" ") == [
        ("expert", "' '"),
        ("family", "'gamma'"),
        ("mass", "1.5"),
        ("low, high", "2, 1"),
    ]
    assert refused(from_quantiles, "beta", 0.0, 0.5) == [("low, high", "0, 0.5")]
    assert refused(from_quantiles, "log-normal", -1, 5) == [("low, high", "-1, 5")]
    assert refused(from_quantiles, "normal", math.nan, 5) == [("low, high", "nan, 5")]
    assert refused(from_mode, "uniform", 0.5, 0.1, 0.9) == [("family", "'uniform'")]
    assert refused(from_mode, "normal", 11, 1, 10) == [("low, mode, high", "1, 11, 10")]
    assert refused(from_mode, "beta", 0.5, 0.02, 0.98, 0.9) == [("mass", "0.9")]
    assert refused(from_chips, BINS, [1, 2], "beta") == [("edges", "6 edges for 2 bins"), ("chips", "1, 2")]
    assert refused(from_chips, BINS, [0, 1, 1, 0, 0], "beta") == [("chips", "0, 1, 1, 0, 0")]
    assert refused(from_chips, BINS, [0, 1, -1, 1, 1], "beta") == [("chips", "0, 1, -1, 1, 1")]
    assert refused(from_chips, [-1, 0, 1, 2], [1, 1, 1], "beta") == [("edges", "-1, 0, 1, 2")]
    assert refused(dirichlet_from_mode, ("a", "b"), (0.7, 0.4), 0.6) == [("mode", "a sum of 1.1"), ("bound", "0.6")]
    assert refused(dirichlet_from_mode, ("a",), (0.7, 0.3), 0.1) == [("mode", "2 shares for 1 states")]


@pytest.mark.parametrize(
    "distribution",
    [
        Distribution(family="normal", a=1.0, b=2.0),
        Distribution(family="log-normal", a=1.0, b=0.5),
        Distribution(family="logit-normal", a=-1.0, b=0.8),
        Distribution(family="beta", a=2.0, b=5.0),
        Distribution(family="uniform", a=0.1, b=0.9),
    ],
)
def test_density_is_that_of_preliz(distribution: Distribution) -> None:
    """Density, distribution function and quantiles of each family are those of PreliZ, and zero outside the support."""
    other = as_preliz(distribution)
    p = np.array([0.01, 0.3, 0.5, 0.95])
    x = quantiles(distribution, p)
    assert x == pytest.approx(other.ppf(p), rel=1e-6)
    assert [distribution.quantile(q) for q in p] == pytest.approx(x, rel=1e-9)
    assert cdf(distribution, x) == pytest.approx(p)
    assert np.exp(log_density(distribution, x)) == pytest.approx(other.pdf(x))
    if distribution.family != "normal":
        assert log_density(distribution, np.array([-1.0]))[0] == -np.inf
        assert cdf(distribution, np.array([-1.0, np.inf])).tolist() == [0, 1]
