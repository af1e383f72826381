"""Thresholds: by hand, by root finding on the full engine, in every view and decision, for every output."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import brentq
from tests.sensitivity.examples import assessed_quickly
from tests.sensitivity.flips import found, sides

from cybercoercion.sensitivity.changing import answer
from cybercoercion.sensitivity.input.inputs import input_named, inputs
from cybercoercion.sensitivity.threshold.along_input import by_search
from cybercoercion.sensitivity.threshold.margin import criteria
from cybercoercion.sensitivity.threshold.threshold import thresholds

CASES = ("sony-2014", "ukraine-2014-2016", "colonial-2021", "opm-2015")
VIEWS = ("target", "nation", "long")
NEAR = 1e-8


def test_the_cost_of_a_plan_flips_where_it_has_eaten_the_gap() -> None:
    """Urgent mitigation is paid once: its price may rise by the gap, 4.5 M, and not by more."""
    # what is paid once enters the cost of urgent mitigation with the share of its life inside the horizon: one year of
    # life in two years of view, so all of it. So 2.66 M now + the gap to nothing new is where denial no longer pays.
    assessment = assessed_quickly("sony-2014")
    row = thresholds(assessment, names=["cost.urgent"]).row("cost.urgent")
    ranked = assessment.ranking.default
    assert (row.pick, ranked.first) == ("denial", "denial")
    (flip,) = row.flips
    assert_allclose(
        flip.value, row.now + min(0.0, *(one.delta for one in ranked.options[1:])) - ranked.options[0].delta
    )
    assert (flip.above, flip.winner, flip.equal) == (True, "nothing", True)
    # a log-normal with 5-95 % from .1 to 10 M: its logarithm has mean ln 1 M and standard deviation ln 10 / 1.6449
    z = math.log(flip.value / 1e6) / (math.log(10) / 1.6448536)
    assert_allclose(flip.chance, 0.5 * math.erfc(z / math.sqrt(2)), rtol=1e-6)
    assert_allclose(flip.half_widths, (flip.value - row.now) / ((10e6 - 0.1e6) / 2))
    assert row.chance == flip.chance


def test_a_second_order_effect_flips_by_the_difference_itself() -> None:
    """A side effect of naming, in USD, must be worth the whole difference between naming and denial."""
    assessment = assessed_quickly("sony-2014")
    row = thresholds(assessment, names=["second_order.naming"]).row("second_order.naming")
    menu = answer(assessment, "nation").choice
    naming = float(menu.now[menu.names.index("naming against north-korea")])
    (flip,) = row.flips
    assert_allclose(flip.value, assessment.ranking.default.options[0].delta - naming)
    assert (flip.above, flip.winner, flip.half_widths) == (False, "norms", None)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", CASES)
def test_solved_flips_are_those_of_root_finding_on_the_full_engine(name: str, view: str) -> None:
    """For every input that costs are linear in, Brent's method on the engine's own gap ends at the solved value."""
    assessment = assessed_quickly(name)
    known = {one.name: one for one in inputs(assessment, view)}
    checked = 0
    for row in found(name, view).flipping:
        one = known[row.name]
        assert row.exact
        for flip in row.flips:
            if not flip.equal:
                continue
            span = max(abs(flip.value - one.now), 1e-3 * abs(flip.value))
            low, high = max(one.least, flip.value - 0.3 * span), min(one.most, flip.value + 0.3 * span)
            left, right = one.ask(low).gap(row.pick), one.ask(high).gap(row.pick)
            if left * right >= 0 or not math.isfinite(left * right):
                continue  # another flip is near: the sides are looked at in the next test
            root = brentq(
                lambda value, one=one, row=row: one.ask(value).gap(row.pick), low, high, xtol=1e-300, rtol=1e-10
            )
            assert_allclose(root, flip.value, rtol=NEAR, atol=NEAR * span, err_msg=row.name)
            checked += 1
    assert checked >= (0 if view == "target" else 10)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", CASES)
def test_at_a_flip_the_gap_is_zero_and_its_sign_differs_on_both_sides(name: str, view: str) -> None:
    """Just before a flip the pick leads, just beyond it the winner does, and at it both cost the same."""
    known = {one.name: one for one in inputs(assessed_quickly(name), view)}
    for row in found(name, view).flipping:
        one = known[row.name]
        for flip in row.flips:
            before, beyond = (one.ask(value) for value in sides(one, flip))
            assert before.gap(row.pick) > 0 > beyond.gap(row.pick), row.name
            assert (before.first, beyond.first) == (row.pick, flip.winner), row.name
            if flip.equal:
                at = one.ask(flip.value)
                scale = np.abs(at.choice.now).max()
                assert abs(at.gap(row.pick)) <= 1e-9 * scale, row.name


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", CASES)
def test_where_no_flip_is_solved_for_the_engine_has_none(name: str, view: str) -> None:
    """At 3 values over the bounds of an input, or far beyond its range, the gap has the sign that was solved for."""
    known = {one.name: one for one in inputs(assessed_quickly(name), view)}
    for row in found(name, view).rows:
        one = known[row.name]
        assert row.searched == (one.least, one.most)
        if one.least == one.most:
            continue
        width = 10 * max(one.high - one.low, abs(one.now), 1.0)
        low, high = max(one.least, one.now - width), min(one.most, one.now + width)
        below = max((flip.value for flip in row.flips if not flip.above), default=-math.inf)
        above = min((flip.value for flip in row.flips if flip.above), default=math.inf)
        for value in np.linspace(low, high, 3).tolist():
            if below < value < above and min(value - below, above - value) > 1e-6 * width:
                gap = one.ask(value).gap(row.pick)
                assert gap > -1e-6, (row.name, value)
                assert row.further or gap >= row.smallest - 1e-6 * abs(gap), row.name


@pytest.mark.parametrize("name", ["sony-2014", "colonial-2021"])
def test_search_agrees_with_the_formula(name: str) -> None:
    """Searched for as if costs were not linear, flips within the range that is searched are the solved ones."""
    assessment = assessed_quickly(name)
    (criterion,) = criteria(answer(assessment, "long"), "gap", "response")
    for row in found(name, "long").flipping:
        one = input_named(assessment, row.name, "long")
        course = by_search(one, criterion)
        low, high = course.searched
        solved = [flip.value for flip in row.flips if low < flip.value < high and flip.equal]
        borders = [stretch.high for stretch in course.stretches[:-1]]
        for value in solved:
            nearest = min(borders, key=lambda border: abs(border - value), default=math.nan)
            assert_allclose(nearest, value, rtol=NEAR, err_msg=row.name)


@pytest.mark.parametrize("name", ["sony-2014", "ukraine-2014-2016"])
def test_searched_flips_separate_who_leads(name: str) -> None:
    """For inputs that costs are not linear in, the engine has the pick before the flip and the winner beyond it."""
    assessment = assessed_quickly(name)
    names = ["stakes.resilience", "urgent_gap", "effect.punishment", "precedent.punishment", "operator_pace"]
    answers = thresholds(assessment, view="long", names=names)
    assert len(answers.rows) == len(names)
    for row in answers.flipping:
        one = input_named(assessment, row.name, "long")
        assert not row.exact
        for flip in row.flips:
            before, beyond = (one.ask(value) for value in sides(one, flip))
            first, then = (row.pick, flip.winner) if row.holds else (flip.winner, row.pick)
            assert beyond.first == flip.winner
            assert (before.gap(row.pick) > 0) == (first == row.pick)
            assert first != then or not row.holds
    assert answers.flipping


@pytest.mark.parametrize("view", VIEWS)
def test_two_steps_flip_between_plans(view: str) -> None:
    """With resilience first and then what on top, flips lead from one plan to another, with a gap of zero."""
    assessment = assessed_quickly("ukraine-2014-2016")
    answers = found("ukraine-2014-2016", view, "gap", "two-step")
    assert answers.picks["gap"] == answer(assessment, view).menu("two-step").first
    for row in answers.flipping:
        one = input_named(assessment, row.name, view)
        for flip in row.flips:
            menu = one.ask(sides(one, flip)[1]).menu("two-step")
            best = menu.by_option(menu.now)
            assert menu.options[int(best.argmin())] == flip.winner, row.name


def test_more_to_lose_from_acting_never_makes_acting_lead() -> None:
    """Costs of the pick flip it upwards only, those of its rivals downwards only, and sums of chances are shares."""
    answers = found("sony-2014", "nation")
    assert answers.picks == {"gap": "denial"}
    for name in ("cost.urgent", "second_order.urgent"):
        assert [flip.above for flip in answers.row(name).flips] == [True]
    for name in ("cost.statement", "cost.naming", "cost.leverage", "second_order.statement"):
        assert not any(flip.above for flip in answers.row(name).flips)
    assert all(0 <= row.chance <= 1 for row in answers.rows)
    chances = [row.chance for row in answers.rows]
    assert chances == sorted(chances, reverse=True)


def test_what_does_not_flip_is_said_with_range_and_smallest_gap() -> None:
    """The price of escalation flips nothing for Sony: all prices from zero were solved for, and the gap stays."""
    answers = found("sony-2014", "nation")
    row = answers.row("stakes.price_of_escalation")
    assert not row.found
    assert row.searched == (0.0, math.inf)
    assert_allclose(row.smallest, answers.margins["gap"], rtol=1e-9)
    assert row.nearest == math.inf
