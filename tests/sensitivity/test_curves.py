"""Curves along one input: shares sum to one, and the envelope of losses is the value of information."""

from __future__ import annotations

import numpy as np
import pytest
from tests.sensitivity.examples import IDS, assessed, assessed_quickly

from cybercoercion.sensitivity.input.inputs import input_named
from cybercoercion.sensitivity.line.curves import KINDS, acceptability, curve
from cybercoercion.sensitivity.line.readings import Readings, readings
from cybercoercion.sensitivity.output import FIVE, OUTPUTS, Output

PRICE = "stakes.price_of_escalation"


def test_losses_by_hand() -> None:
    """Costs (0, 0) and (-4, 2), half each: the second, -1 on average, is cheapest in half and loses 1; the first 2."""
    toy = Readings(
        options=("nothing", "act"),
        plans=("nothing", "act"),
        expected=np.array([0.0, -1.0]),
        drawn=np.array([[0.0, 0.0], [-4.0, 2.0]]),
        futures=np.array([[0.0, 0.0], [-6.0, 4.0]]),
        share=np.array([0.5, 0.5]),
    )
    assert toy.often().tolist() == [0.5, 0.5]
    assert toy.losses().tolist() == [2.0, 1.0]  # E[c - min c]: (4 + 0) / 2 and (0 + 2) / 2
    assert toy.losses(futures=True).tolist() == [3.0, 2.0]  # the second loses (0 + 4) / 2


def test_heavy_tails_count_in_full() -> None:
    """Where the mean of the draws misses a tail, losses still differ by the exact difference of expected costs."""
    toy = Readings(
        options=("nothing", "act"),
        plans=("nothing", "act"),
        expected=np.array([0.0, 5.0]),  # the draws below average -1
        drawn=np.array([[0.0, 0.0], [-4.0, 2.0]]),
        futures=np.array([[0.0, 0.0], [-4.0, 2.0]]),
        share=np.array([0.5, 0.5]),
    )
    assert toy.losses().tolist() == [2.0, 7.0]


@pytest.mark.parametrize("along", [PRICE, "stakes.resilience"])
@pytest.mark.parametrize("case", ["sony-2014", "colonial-2021", "ukraine-2014-2016"])
def test_the_envelope_is_the_value_of_information(case: str, along: str) -> None:
    """At every value the lowest loss is that of the first choice: EVPI over readings, as the ranking has it."""
    assessment = assessed_quickly(case)
    found = acceptability(assessment, along, values=[0.1, 0.4, 0.9])
    assert found.often.sum(-1) == pytest.approx(np.ones((2, 3)))
    assert (found.loss >= 0).all()
    one = input_named(assessment, along)
    for row, value in enumerate(found.values):
        ranking = one.ask(float(value)).ranking
        assert found.envelope[0, row] == pytest.approx(ranking.evpi)
        # the other way: what the pick costs in each reading less what the best would
        five = np.array([*(option.difference_draws for option in ranking.options), np.zeros(assessment.knowledge.size)])
        pick = five[-1] if ranking.first == "nothing" else five[0]
        assert found.envelope[0, row] == pytest.approx((pick - five.min(0)) @ ranking.scene.share, abs=1e-3)
        places = [found.options.index(name) for name in FIVE]
        shares = [ranking.p_best_nothing if name == "nothing" else ranking.option(name).p_best for name in FIVE]
        assert found.often[0, row, places] == pytest.approx(shares)
        futures = [
            ranking.futures_nothing if name == "nothing" else ranking.option(name).cheapest_in_futures for name in FIVE
        ]
        assert found.often[1, row, places] == pytest.approx(futures)
        assert found.frontier[0, row] == pytest.approx(shares[FIVE.index(ranking.first)])
    table = found.labelled()
    assert table.often.dims == ("kind", "value", "option")
    assert tuple(table.kind.to_numpy()) == KINDS


def test_knowing_the_state_too_is_worth_more() -> None:
    """In futures, with a state and what follows drawn, the first choice loses at least about as much as in readings."""
    found = acceptability(assessed("ukraine-2014-2016"), values=[0.5, 1.0, 2.0])
    assert (found.envelope[1] > 0.95 * found.envelope[0]).all()


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_curve_is_the_engine_at_each_value(output: Output) -> None:
    """Every point of a curve is the whole answer with the input held there."""
    assessment = assessed_quickly("colonial-2021")
    for name in ("stakes.resilience", "p.actor.darkside", "cost.urgent"):
        one = input_named(assessment, name)
        values = [one.quantile(0.1), one.quantile(0.8)]
        found = curve(assessment, name, output=output, values=values)
        for row, value in enumerate(values):
            given = one.ask(value)
            pick = assessment.ranking.default.first
            expected = given.measured(output, pick)
            assert found.numbers[row] == pytest.approx(expected, rel=1e-9, abs=1e-9 * np.abs(expected).max())
            assert found.firsts[row] == given.first
        assert found.labelled().dims == ("value", "label")


def test_flips_of_a_curve_are_where_the_first_changes() -> None:
    """On both sides of a flip of the curve the first choices are those it names."""
    assessment = assessed_quickly("colonial-2021")
    found = curve(assessment, "stakes.resilience")
    one = input_named(assessment, "stakes.resilience")
    assert found.flips
    for flip in found.flips:
        assert one.ask(flip.value - 1e-6).first == flip.before
        assert one.ask(flip.value + 1e-6).first == flip.after
    assert found.now in found.values


def test_two_steps_have_curves_of_plans() -> None:
    """Under the decision in two steps every plan is an option; shares sum to one and the best pair is among them."""
    found = curve(assessed_quickly("ukraine-2014-2016"), "stakes.resilience", values=[0.2, 0.6], decision="two-step")
    assert np.nansum(found.numbers, axis=1) == pytest.approx([1.0, 1.0])
    both = acceptability(assessed_quickly("ukraine-2014-2016"), values=[1.0], decision="two-step")
    assert any(" + " in name for name in both.options)
    given = input_named(assessed_quickly("ukraine-2014-2016"), PRICE).ask(1.0)
    each = readings(given, "two-step")
    assert both.envelope[0, 0] == pytest.approx(each.losses().min())


@pytest.mark.parametrize("name", IDS)
def test_every_shipped_case_has_curves(name: str) -> None:
    """Shares of the options sum to one at every price of escalation, and losses are no gains."""
    found = acceptability(assessed_quickly(name), values=[0.0, 1.0, 5.0])
    assert found.often.sum(-1) == pytest.approx(np.ones((2, 3)))
    assert (found.loss >= 0).all()
