"""Probabilities from draws: sums, order, gaps, the claim summed out, and years to come."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from tests.fit.origin.origin_world import incident, world

from cybercoercion.fit.origin import predict
from cybercoercion.fit.origin.design import FLAGS, Rows, encode

LEVELS = (*FLAGS, "intensity=1.0", "issue=Territory")


def made(count: int = 40) -> Rows:
    """Return made-up incidents as matrices."""
    return encode(world(count), LEVELS)


def with_claim(rows: Rows, claim: int) -> Rows:
    """Return the rows with another claim."""
    return Rows(
        levels=rows.levels,
        design=rows.design,
        operation=rows.operation,
        claim=np.full(len(rows), claim),
        kind=rows.kind,
        year=rows.year,
    )


def test_sums_to_one(draws: xr.Dataset) -> None:
    """Probabilities of kinds, of claims, and shares of a year sum to one."""
    rows = made()
    for claim in (True, False):
        np.testing.assert_allclose(predict.kind_probabilities(draws, rows, claim=claim).sum(-1), 1)
    np.testing.assert_allclose(predict.claimed_probabilities(draws, rows).sum(-1), 1)
    np.testing.assert_allclose(predict.kind_share(draws, 2023).sum(0), 1)
    np.testing.assert_allclose(predict.long_run_share(draws).sum(0), 1)
    assert predict.claimed_share(draws).shape == (5, 300)


def test_by_hand(draws: xr.Dataset) -> None:
    """One draw without effects gives the softmax of base and path on the contrasts, and the logistic of the claim."""
    one = (draws.isel(chain=[0], draw=[0]) * 0).assign_coords(year=draws.year)
    one = one.assign(kind_base=one.kind_base + xr.DataArray([1.0, 0, 0, 0], dims="contrast"))
    one = one.assign(
        kind_path=one.kind_path + xr.DataArray([0.0, 0, 0, 0, 1], dims="year"), claim_base=one.claim_base + 2
    )
    rows = encode([incident(year=2010, doxing="yes")], LEVELS)
    odds = np.exp([-0.5, -0.5, 0.5, 0.5, 0])
    np.testing.assert_allclose(predict.kind_probabilities(one, rows, claim=False)[0], odds / odds.sum())
    np.testing.assert_allclose(predict.claimed_probabilities(one, rows)[0, 1], 0.880797, rtol=1e-6)


def test_order(draws: xr.Dataset) -> None:
    """The order of the rows is irrelevant."""
    rows, order = made(), np.random.default_rng(3).permutation(40)
    straight = predict.kind_probabilities(draws, rows, claim=True)
    np.testing.assert_allclose(predict.kind_probabilities(draws, rows.take(order), claim=True), straight[order])


def test_blocks(draws: xr.Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many rows are done at a time is irrelevant."""
    rows = made()
    whole = predict.kind_probabilities(draws, rows, claim=False)
    monkeypatch.setattr(predict, "BLOCK", 7)
    np.testing.assert_allclose(predict.kind_probabilities(draws, rows, claim=False), whole)


def test_unseen_levels(draws: xr.Dataset) -> None:
    """A state that the fit has not met changes nothing, whether it is no level or a level of other rows."""
    facts = {"doxing": "yes", "claimed": "no"}
    plain = encode([incident(**facts)], LEVELS)
    for other in (
        encode([incident(**facts, issue="new")], LEVELS),
        encode([incident(**facts, issue="new")], (*LEVELS, "issue=new")),
    ):
        np.testing.assert_array_equal(
            predict.kind_probabilities(draws, other, claim=True), predict.kind_probabilities(draws, plain, claim=True)
        )
        np.testing.assert_array_equal(
            predict.claimed_probabilities(draws, other), predict.claimed_probabilities(draws, plain)
        )


def test_levels_join_by_name(draws: xr.Dataset) -> None:
    """Levels are found by name: another order of columns gives the same."""
    episodes = world(20)
    turned = predict.kind_probabilities(draws, encode(episodes, LEVELS[::-1]), claim=True)
    np.testing.assert_allclose(turned, predict.kind_probabilities(draws, encode(episodes, LEVELS), claim=True))


def test_claim_summed_out(draws: xr.Dataset) -> None:
    """Without the claim, each draw gives the mean over the claim; a missing claim is the same as none asked for."""
    rows, one = made(), draws.isel(chain=[1], draw=[5])
    no, yes = (predict.kind_probabilities(one, with_claim(rows, c), claim=True) for c in (0, 1))
    claimed = predict.claimed_probabilities(one, rows)
    expected = claimed[:, :1] * no + claimed[:, 1:] * yes
    np.testing.assert_allclose(predict.kind_probabilities(one, rows, claim=False), expected)
    np.testing.assert_allclose(predict.kind_probabilities(one, with_claim(rows, -1), claim=True), expected)


@given(st.integers(2015, 2040), st.integers(1, 10))
def test_one_future(draws_of_walk: predict.Walk, year: int, more: int) -> None:
    """The way to a year is the same however far one looks beyond it."""
    np.testing.assert_array_equal(draws_of_walk.until(year), draws_of_walk.until(year + more)[: year - 2009])


@pytest.fixture(scope="module")
def draws_of_walk(draws: xr.Dataset) -> predict.Walk:
    """Return the walk of the kinds."""
    return predict.walk(draws, "kind")


def test_less_sure() -> None:
    """The spread of a damped random walk grows as sigma^2 (1 - rho^2h) / (1 - rho^2) beyond the last year."""
    flat = np.ones((1, 40_000))
    walk = predict.Walk(
        first=2020, base=0 * flat, path=0 * flat[None], persistence=0.8 * flat[0], innovation=0.5 * flat, stream=1
    )
    spread = walk.until(2023)[:, 0].var(-1)
    np.testing.assert_allclose(spread, [0, 0.25, 0.41, 0.5124], rtol=0.03)


def test_no_date(draws: xr.Dataset) -> None:
    """A row without a date stands at the long-run mean, a row before the first year at that year."""
    walk = predict.walk(draws, "share")
    undated, early, first = walk.at(np.array([-1, 1990, 2010]))
    np.testing.assert_array_equal(undated, walk.base)
    np.testing.assert_array_equal(early, first)
