"""Where the recommended response loses: a box of inputs, found on half of the draws and told from the other half."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sensitivity.examples import IDS, assessed, assessed_quickly, tables

from cybercoercion.assessment import assess
from cybercoercion.case import Case, load
from cybercoercion.report.box_words import box_words
from cybercoercion.sensitivity.changing import answer
from cybercoercion.sensitivity.input.inputs import input_named
from cybercoercion.sensitivity.line.readings import readings
from cybercoercion.sensitivity.robust.box import Box, Limit, box, induced, varying
from cybercoercion.sensitivity.robust.prim import Edges, Shares, prim, quasi_p, shares, telling


def planted(rng: np.random.Generator, draws: int, noise: int = 20) -> tuple[np.ndarray, np.ndarray]:
    """Return uniform inputs and hits: 90 % where the first is above .7 and the second below .4, else 5 %."""
    x = rng.random((2 + noise, draws))
    inside = (x[0] > 0.7) & (x[1] < 0.4)
    return x, rng.random(draws) < np.where(inside, 0.9, 0.05)


def test_one_input_by_hand():
    """Of 1 to 40, all above 30 are hits, 10 of them: the box begins at 30.5, holds a quarter, all of it hits."""
    x = np.arange(1.0, 41.0)[None]
    hit = x[0] > 30
    found = prim(x, hit, np.ones(40))
    assert found.low.tolist() == [30.5]
    assert found.high.tolist() == [np.inf]
    assert shares(found.inside(x), hit, np.ones(40)) == Shares(mass=0.25, density=1.0, coverage=1.0, error=0.0)


def test_shares_by_hand():
    """Weights 1, 2, 3, 4; a box of the last two, hits the second and the last: mass .7, density 4/7, coverage 4/6.

    Effective draws in the box: 7^2 / (9 + 16) = 1.96; so the error is sqrt(4/7 3/7 / 1.96).
    """
    inside, hit = np.array([False, False, True, True]), np.array([False, True, False, True])
    found = shares(inside, hit, np.array([1.0, 2, 3, 4]))
    assert (found.mass, found.density, found.coverage) == pytest.approx((0.7, 4 / 7, 4 / 6))
    assert found.error == pytest.approx(np.sqrt(4 / 7 * 3 / 7 / 1.96))
    assert found.both == pytest.approx(2 / (7 / 4 + 6 / 4))


def test_a_quasi_p_value_by_hand():
    """Half of all are hits, three of three in the box: 1/8, the chance of three heads."""
    x = np.array([[1.0, 2, 3, 4, 5, 6]])
    hit = np.array([False, False, False, True, True, True])
    edges = Edges(low=np.array([3.5]), high=np.array([np.inf]))
    assert quasi_p(x, hit, np.ones(6), edges, 0) == pytest.approx(1 / 8)


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_box_is_found(seed):
    """Among twenty inputs of noise, the two that matter are found with their ends; the other half tells the truth."""
    rng = np.random.default_rng(seed)
    x, hit = planted(rng, 4_000)
    limits, made, told, why = induced(x, hit, np.full(4_000, 1 / 4_000))
    assert [place for place, _, _ in limits] == [0, 1]
    assert limits[0][1:] == pytest.approx((0.7, np.inf), abs=0.05)
    assert limits[1][1:] == pytest.approx((-np.inf, 0.4), abs=0.05)
    assert why == ""
    assert made is not None
    assert told is not None
    fresh_x, fresh = planted(np.random.default_rng(100 + seed), 40_000)
    edges = Edges(low=np.full(22, -np.inf), high=np.full(22, np.inf))
    for place, low, high in limits:
        edges = edges.moved(place, low, high)
    truth = shares(edges.inside(fresh_x), fresh, np.ones(40_000))
    assert told.density == pytest.approx(truth.density, abs=4 * told.error)
    assert told.mass == pytest.approx(truth.mass, abs=0.03)


@pytest.mark.parametrize("seed", range(8))
def test_noise_has_no_box(seed):
    """Where hits have nothing to do with a hundred inputs, no box is told."""
    rng = np.random.default_rng(seed)
    x, hit = rng.random((100, 2_000)), rng.random(2_000) < 0.3
    limits, _, told, why = induced(x, hit, np.full(2_000, 1 / 2_000))
    assert limits == ()
    assert told is None
    assert why


def test_noise_is_seldom_called_telling():
    """Of a hundred inputs of noise, any is called telling in about one of twenty samples or less."""
    called = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        called += len(telling(rng.random((100, 500)), rng.random(500) < 0.3, np.ones(500))) > 0
    assert called <= 8


@pytest.mark.parametrize("seed", range(5))
def test_a_box_is_nearly_as_good_as_the_best_of_a_grid(seed):
    """With two inputs, the balance of density and coverage is at least 95 % of that of the best corner of a grid."""
    rng = np.random.default_rng(seed)
    x, hit = planted(rng, 2_000, noise=0)
    found = shares(prim(x, hit, np.ones(2_000)).inside(x), hit, np.ones(2_000))
    grid = np.linspace(0, 1, 41)
    best = max(
        shares((x[0] > low) & (x[1] < high), hit, np.ones(2_000)).both for low, high in product(grid[:-1], grid[1:])
    )
    assert found.both >= 0.95 * best


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**20))
def test_a_weight_of_two_is_a_draw_twice(seed):
    """A draw that weighs twice counts in shares as two equal draws."""
    rng = np.random.default_rng(seed)
    x, hit = planted(rng, 300, noise=0)
    twice = rng.random(300) < 0.5
    edges = Edges(low=np.array([0.6, -np.inf]), high=np.array([np.inf, 0.5]))
    one = shares(edges.inside(x), hit, np.where(twice, 2.0, 1.0))
    more, more_hit = np.concatenate([x, x[:, twice]], 1), np.concatenate([hit, hit[twice]])
    two = shares(edges.inside(more), more_hit, np.ones(len(more_hit)))
    assert (one.mass, one.density, one.coverage) == pytest.approx((two.mass, two.density, two.coverage))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**20), st.integers(0, 3))
def test_a_box_hangs_on_order_only(seed, power):
    """Inputs on another scale, or turned around, give the same box."""
    rng = np.random.default_rng(seed)
    x, hit = planted(rng, 600, noise=1)
    here = prim(x, hit, np.ones(600)).inside(x)
    bent = np.exp(x * (power + 1))
    assert (prim(bent, hit, np.ones(600)).inside(bent) == here).all()


def test_values_that_are_alike_stay_together():
    """An input with few values is cut between them, and one that never varies is not cut at all."""
    rng = np.random.default_rng(3)
    x = np.array([rng.integers(0, 3, 500).astype(float), np.ones(500)])
    found = prim(x, x[0] == 2, np.ones(500))
    assert found.low[0] == 1.5
    assert found.restricted.tolist() == [0]


def test_nothing_loses_nothing_is_told():
    """Without a loss there is no box, and the words say so; with few losses, neither."""
    limits, made, told, why = induced(
        np.random.default_rng(1).random((3, 100)), np.zeros(100, dtype=bool), np.ones(100)
    )
    assert (limits, made, told) == ((), None, None)
    assert why == "so there is no box in which it loses"
    few = np.arange(100) < 10
    assert "too few" in induced(np.random.default_rng(1).random((3, 100)), few, np.ones(100))[3]
    found = box(assessed_quickly("sony-2014"), delta=1e13, draws=100)
    assert not found.found
    assert found.often == 0
    said = box_words(found, assessed_quickly("sony-2014").case)
    assert said.endswith("in < 1 % of input readings; so there is no box in which it loses.")


def test_the_sony_box_is_counted_again():
    """What the box holds equals a plain count over the draws that did not make it."""
    one = assessed("sony-2014")
    found = box(one, draws=2_000)
    assert found.found
    assert found.pick == one.ranking.default.first
    assert found.delta == one.ranking.default.margin
    read = readings(answer(one, "nation"))
    lost = read.drawn[read.options.index(found.pick)] - read.drawn.min(0) > found.delta
    inside = np.ones(len(lost), dtype=bool)
    for limit in found.limits:
        values = input_named(one, limit.name).draws
        assert values is not None
        inside &= (values > limit.low) & (values < limit.high)
    odd = np.arange(len(lost)) % 2 == 1
    weight = read.share * odd
    assert found.told is not None
    assert found.told.density == pytest.approx(weight[inside & lost].sum() / weight[inside].sum())
    assert found.told.coverage == pytest.approx(weight[inside & lost].sum() / weight[lost].sum())
    assert found.told.density > found.often + 0.1
    assert found.often == pytest.approx((read.share * lost).sum())


def test_what_makes_the_belief_is_not_in_the_box():
    """Boxes speak of costs and of what is believed, not of grades or exponents behind it."""
    names = {one.name for one in varying(assessed_quickly("sony-2014"), "nation", 200)}
    assert {"p.coercion", "p.actor.north-korea", "cost.urgent", "stakes.harm_now"} <= names
    assert not any(name.startswith(("exponent.", "credibility.", "reliability.")) for name in names)


@pytest.mark.parametrize("name", IDS)
def test_every_shipped_source_has_a_box_or_a_reason(name):
    """Every case and campaign has a box that is borne out, or says why there is none."""
    found = box(assessed(name), draws=2_000)
    assert found.found == (not found.why)
    assert box_words(found, assessed(name).case).startswith("If ") == found.found
    table = found.labelled()
    assert table.limit.dims == ("input", "end")
    assert table.limit.shape == (len(found.limits), 2)


@pytest.mark.parametrize("view", ["target", "long"])
def test_boxes_of_other_views_and_decisions(view):
    """Boxes are drawn in every view and for a choice in two steps."""
    found = box(assessed("estonia-2007"), view=view, decision="two-step", draws=2_000, delta=0.0)
    assert (found.view, found.decision, found.delta) == (view, "two-step", 0.0)
    assert found.found == (not found.why)


def test_point_inputs_and_more_readings():
    """A case whose stakes are points has fewer inputs in its box; more readings are drawn where asked for."""
    case = load("sony-2014")
    assert isinstance(case, Case)
    point = case.model_copy(update={"stakes": case.stakes.model_copy(update={"harm_now": 1e7, "resilience": 0.3})})
    one = assess(point, tables(1, 200))
    assert "stakes.harm_now" not in {each.name for each in varying(one, "nation", 200)}
    found = box(one, draws=400)
    again = box(assess(point, replace(tables(1, 200), size=400, _memory={})), draws=100, delta=found.delta)
    assert again.often == pytest.approx(found.often)


def test_a_negative_delta_is_refused():
    """A loss is a loss: delta is nothing or more."""
    with pytest.raises(ValueError, match="allowed: 0 or more"):
        box(assessed_quickly("sony-2014"), delta=-1.0)


def test_words_name_the_ends():
    """A box is told with inputs as a person says them, both ends, units, and what it holds."""
    held = Shares(mass=0.2, density=0.83, coverage=0.61, error=0.02)
    limits = (
        Limit(name="cost.urgent", label="cost: urgent", unit="USD", low=2e7, high=np.inf),
        Limit(name="stakes.resilience", label="resilience", unit="share", low=0.1, high=0.25),
        Limit(name="p.coercion", label="P(coercion)", unit="probability", low=-np.inf, high=0.75),
    )
    told = Box(
        view="nation", decision="response", pick="denial", delta=1e6, often=0.3, limits=limits, told=held, made=held
    )
    assert box_words(told, assessed_quickly("sony-2014").case) == (
        "If own cost of urgent mitigation is above 20 M USD, resilience is between 0.10 and 0.25 and P(coercion) is "
        "below 75 %, denial loses by more than 1 million USD in 83 % of readings (covers 61 % of the losses; 20 % of "
        "all readings lie there; over all, it loses in 30 %)."
    )
