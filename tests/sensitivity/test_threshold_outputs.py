"""Thresholds of every output, and at the edges: no demand, one criminal, nothing new first, a fit, mistyped names."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose
from tests.sensitivity.examples import FEW, IDS, assessed_quickly, tables
from tests.sensitivity.flips import found, sides

from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import Actor, Case, load
from cybercoercion.fit.replaced import with_fit
from cybercoercion.fit.store import load_fit
from cybercoercion.sensitivity.changing import answer, tilted
from cybercoercion.sensitivity.input.inputs import input_named, inputs
from cybercoercion.sensitivity.output import FIVE, OUTPUTS, Output
from cybercoercion.sensitivity.threshold.margin import criteria
from cybercoercion.sensitivity.threshold.threshold import threshold, thresholds


def test_cost_flips_where_the_pick_costs_as_much_as_nothing_new() -> None:
    """The difference to nothing new is zero at the value, whatever other responses would do."""
    assessment = assessed_quickly("sony-2014")
    for row in found("sony-2014", "long", "cost").flipping:
        one = input_named(assessment, row.name, "long")
        for flip in row.flips:
            if flip.equal:
                assert flip.winner == "nothing"
                there = one.ask(flip.value)
                scale = np.abs(there.choice.now).max()
                assert abs(there.differences()[row.pick]) < 1e-9 * scale


def test_beliefs_flip_where_two_states_are_equally_likely() -> None:
    """Coercion flips at one half; the leading actor where the unlisted, keeping its odds, is as likely."""
    # P(other) = p_other (1 - x) / (1 - p_leader) meets x at p_other / (p_other + 1 - p_leader)
    assessment = assessed_quickly("sony-2014")
    answers = found("sony-2014", "nation", "belief")
    assert_allclose([flip.value for flip in answers.row("p.coercion", "coercion").flips], [0.5])
    p = assessment.belief.averaged.sum((0, 2))
    row = answers.row("p.actor.north-korea", "actor")
    rest = 1 - p[0]
    assert_allclose([flip.value for flip in row.flips], [p[1:].max() / (p[1:].max() + rest)])
    assert row.flips[0].winner == assessment.belief.actors[1 + int(p[1:].argmax())]
    assert not answers.row("cost.urgent", "actor").found


def test_regret_changes_hands_at_its_flip() -> None:
    """The lowest expected regret belongs to the pick before the flip, and to the winner beyond it."""
    assessment = assessed_quickly("sony-2014")
    row = thresholds(assessment, output="regret", names=["cost.urgent"]).row("cost.urgent")
    one = input_named(assessment, "cost.urgent")
    (flip,) = row.flips
    before, beyond = (one.ask(value).measured("regret") for value in sides(one, flip))
    assert FIVE[int(before.argmin())] == row.pick
    assert FIVE[int(beyond.argmin())] == flip.winner
    assert_allclose(before.min(), beyond.min(), rtol=1e-3)


def test_shares_flip_at_half_and_where_the_lead_is_lost() -> None:
    """P(best) of the pick is half at one value, and equal to that of another at a second; steps are no jumps."""
    assessment = assessed_quickly("sony-2014")
    answers = thresholds(assessment, output="p_best", names=["cost.urgent"])
    one = input_named(assessment, "cost.urgent")
    half, lead = answers.row("cost.urgent", "best in half"), answers.row("cost.urgent", "most often best")
    p = one.ask(half.flips[0].value).measured("p_best")[FIVE.index("denial")]
    assert_allclose(p, 0.5, atol=0.02)
    both = one.ask(lead.flips[0].value).measured("p_best")
    assert_allclose(both[FIVE.index("denial")], both[FIVE.index(lead.flips[0].winner)], atol=0.02)
    assert all(flip.equal for row in answers.rows for flip in row.flips)


@pytest.mark.parametrize("output", OUTPUTS)
def test_every_output_is_labelled_with_its_units(output: Output) -> None:
    """The table has one row per input and criterion, a value per side, and says its view."""
    table = thresholds(assessed_quickly("sony-2014"), output=output, names=["cost.urgent", "p.coercion"]).labelled()
    assert set(table["input"].values.tolist()) == {"cost.urgent", "p.coercion"}
    assert table["value"].dims == ("row", "side")
    assert (table.attrs["view"], table.attrs["output"]) == ("nation", output)


@pytest.mark.parametrize("name", IDS)
def test_every_shipped_case_has_thresholds(name: str) -> None:
    """Beliefs and stakes of every case give rows; where the answer stands, its own margin is never negative."""
    assessment = assessed_quickly(name)
    names = [one.name for one in inputs(assessment) if one.name.startswith(("p.", "stakes."))]
    answers = thresholds(assessment, names=names)
    assert len(answers.rows) == len(names)
    assert answers.margins["gap"] >= 0
    assert answers.picks["gap"] == assessment.ranking.default.first
    for one in answers.on_top:
        ranked = next(
            row for row in assessment.ranking.default.likely if row.levers[0].key == (one.variant, one.against)
        )
        assert (one.p_star, one.adds) == (ranked.p_star, ranked.on_top)


def criminal_only() -> Assessment:
    """Return a small case with one criminal candidate, no demand, and stakes left to the defaults."""
    sony = load("sony-2014")
    assert isinstance(sony, Case)
    case = sony.model_copy(
        update={
            "actors": (Actor(id="gang", kind="criminal"),),
            "demands": (),
            "reports": (),
            "deception": sony.deception.__class__({}),
            "stakes": sony.stakes.__class__(),
        }
    )
    return assess(case, tables(1, FEW))


@pytest.mark.parametrize("output", OUTPUTS)
def test_one_criminal_candidate_without_demands_has_thresholds(output: Output) -> None:
    """Defaults stand in for all stakes; there is no demand to lead, and nothing new may be the pick."""
    assessment = criminal_only()
    names = ["p.coercion", "p.actor.gang", "cost.urgent", "stakes.resilience", "stakes.harm_now"]
    answers = thresholds(assessment, output=output, names=names)
    assert "demand" not in answers.picks
    assert all(math.isfinite(row.chance) for row in answers.rows)


def test_a_pick_of_nothing_new_flips_where_the_cheapest_response_begins_to_pay() -> None:
    """Where nothing new leads, gap and cost have the same flips: where the best of the four costs nothing."""
    assessment = assessed_quickly("sony-2014")
    dear = replace(assessment, knowledge=assessment.knowledge.held({"cost.urgent": 5e7}))
    again = assess(dear.case, dear.knowledge)
    by_gap = thresholds(again, names=["cost.urgent"])
    by_cost = thresholds(again, names=["cost.urgent"], output="cost")
    assert by_gap.picks["gap"] == by_cost.picks["cost"] == "nothing"
    (flip,), (same,) = by_gap.row("cost.urgent").flips, by_cost.row("cost.urgent").flips
    assert flip.value == same.value
    assert (flip.above, flip.winner) == (False, "denial")
    # the same value at which denial was no longer cheaper, when it led
    (before,) = found("sony-2014", "nation", "cost").row("cost.urgent").flips
    assert_allclose(flip.value, before.value, rtol=1e-9)


def test_a_fit_has_thresholds() -> None:
    """With the fit that ships, solved flips have a gap of zero on the engine."""
    bare = tables(1, FEW)
    assessment = assess(load("sony-2014"), with_fit(bare, load_fit("default", bare)))
    names = ["cost.urgent", "p.actor.north-korea", "stakes.harm_now", "urgent_gap"]
    answers = thresholds(assessment, view="long", names=names)
    assert len(answers.rows) == len(names)
    for row in answers.flipping:
        one = input_named(assessment, row.name, "long")
        for flip in row.flips:
            if flip.equal:
                there = one.ask(flip.value)
                assert abs(there.gap(row.pick)) < 1e-7 * np.abs(there.choice.now).max()


def test_an_unknown_name_is_refused() -> None:
    """A mistyped input is named, and those there are listed."""
    with pytest.raises(KeyError, match=r"cost\.urgnt.*cost\.urgent"):
        thresholds(assessed_quickly("sony-2014"), names=["cost.urgnt"])


def test_a_solved_flip_that_the_engine_denies_is_searched_for() -> None:
    """An input that wrongly calls itself linear is found out: the flip comes from the engine, not from the line."""
    assessment = assessed_quickly("sony-2014")
    honest = input_named(assessment, "urgent_gap")
    boast = replace(honest, linear=True)
    (criterion,) = criteria(answer(assessment, "nation"), "gap", "response")
    told, said = threshold(assessment, boast, criterion), threshold(assessment, honest, criterion)
    assert [flip.value for flip in told.flips] == [flip.value for flip in said.flips]


def test_what_is_certain_has_no_other_value() -> None:
    """With coercion certain, its probability has one value, flips nothing, and still has its row."""
    assessment = assessed_quickly("sony-2014")
    sure = replace(assessment.belief, posterior=tilted(assessment.belief, "coercion", {"yes": 1.0}).posterior)
    answers = thresholds(replace(assessment, belief=sure), names=["p.coercion", "p.actor.north-korea"])
    row = answers.row("p.coercion")
    assert (row.found, row.holds, row.searched) == (False, True, (1.0, 1.0))
    assert answers.row("p.actor.north-korea").searched == (0.0, 1.0)
