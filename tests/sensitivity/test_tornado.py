"""The tornado: ends by the full engine, what the draws expect, where the first choice changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.sensitivity.examples import IDS, assessed, assessed_quickly, tables

from cybercoercion.assessment import assess, changed
from cybercoercion.case import load
from cybercoercion.sensitivity.choice import DECISIONS, Decision
from cybercoercion.sensitivity.input.inputs import input_named, inputs
from cybercoercion.sensitivity.line.along import Moved, flips, moved, mover, shown
from cybercoercion.sensitivity.line.conditional import basis, spline
from cybercoercion.sensitivity.line.tornado import LEVELS, tornado
from cybercoercion.sensitivity.output import OUTPUTS, Output

SOME = ("stakes.resilience", "stakes.harm_now", "cost.urgent", "effect.punishment", "p.coercion", "credibility.2")


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("decision", DECISIONS)
def test_every_level_is_the_full_engine(output: Output, decision: Decision) -> None:
    """With the rest fixed, each of the five numbers is that of the whole answer with the input held there."""
    assessment = assessed_quickly("colonial-2021")
    found = tornado(assessment, decision=decision, output=output, names=SOME)
    assert len(found.bars) == len(SOME)
    for bar in found.bars:
        one = input_named(assessment, bar.name)
        assert bar.values.tolist() == [one.quantile(level) for level in LEVELS]
        for level, value in enumerate(bar.values):
            engine = moved(one.ask(float(value)), decision)
            numbers = engine.numbers(output, found.labels, found.pick)
            size = np.nanmax(np.abs(numbers), initial=1e-6)
            assert bar.fixed[level] == pytest.approx(numbers, abs=1e-9 * size, nan_ok=True)
            assert bar.firsts[level] == engine.first
    table = found.labelled()
    assert table.fixed.dims == ("input", "level", "label")
    assert table.fixed.attrs["unit"] in ("USD", "probability")


def test_bars_come_by_swing_and_points_have_none() -> None:
    """The widest swing comes first, and inputs that are taken as points are named, not drawn."""
    found = tornado(assessed_quickly("sony-2014"))
    swings = [bar.swing for bar in found.bars]
    assert swings == sorted(swings, reverse=True)
    assert "stakes.escalation" in found.certain
    assert {bar.name for bar in found.bars} | set(found.certain) == {
        one.name for one in inputs(assessed_quickly("sony-2014"))
    }


@pytest.mark.parametrize("case", ["sony-2014", "colonial-2021"])
def test_where_nothing_hangs_together_both_versions_agree(case: str) -> None:
    """For an input that is independent of all else, the draws expect what the answer with the rest fixed says."""
    names = ("effect.punishment", "urgent_gap", "harm_removable", "stakes.resilience", "half_life.punishment")
    found = tornado(assessed(case), view="long", output="cost", names=names)
    for bar in found.bars:
        assert bar.method == "draws"
        column = [list(found.labels).index(name) for name in ("denial", "punishment")]
        off = np.abs(bar.conditional - bar.fixed)[:, column]
        # five errors, and what five knots cannot bend to
        assert (off <= 5 * bar.error[:, column] + 0.1 * bar.swing).all()


def test_what_enters_by_its_mean_is_exact() -> None:
    """Losses and rates enter expected costs by their means: no spline is asked, whose answer would be noise."""
    names = ("wrong_actor.statement", "stakes.recurrence_nation", "stakes.harm_now")
    found = tornado(assessed_quickly("colonial-2021"), names=names)
    for bar in found.bars:
        assert bar.method == "exact"
        assert (bar.conditional == bar.fixed).all()
        assert not bar.error.any()


def test_what_hangs_together_moves_together() -> None:
    """Draws that make coercion likelier make other statements likelier too: P(demand) given P(coercion) moves more."""
    found = tornado(assessed("sony-2014"), output="belief", names=["p.coercion"])
    (bar,) = found.bars
    place = found.labels.index("coercion")
    assert bar.conditional[:, place] == pytest.approx(bar.values, abs=0.02)
    assert bar.fixed[:, place] == pytest.approx(bar.values, abs=1e-9)


@pytest.mark.parametrize("name", ["sony-2014", "colonial-2021", "ukraine-2014-2016"])
def test_at_a_flip_the_gap_is_zero(name: str) -> None:
    """Where the first choice changes, the engine finds both options at the same cost, and the new one first beyond."""
    assessment = assessed_quickly(name)
    found = tornado(assessment, names=("cost.urgent", "stakes.harm_now", "stakes.resilience", "urgent_gap"))
    for bar in found.bars:
        one = input_named(assessment, bar.name)
        for flip in bar.flips:
            costs = one.ask(flip.value).differences()
            size = max(abs(value) for value in costs.values())
            assert abs(costs[flip.before] - costs[flip.after]) <= 1e-8 * size
            assert one.ask(flip.value * (1 + 1e-6)).first == flip.after
        changes = [now != then for now, then in zip(bar.firsts[:-1], bar.firsts[1:], strict=True)]
        assert len(bar.flips) >= sum(changes)


def test_a_flip_by_hand() -> None:
    """Sony's urgent mitigation pays until its price has risen by the gap over the share that the horizon charges."""
    assessment = assessed("sony-2014")
    one = input_named(assessment, "cost.urgent")
    gap = one.ask(one.now).gap("denial")
    higher = one.ask(one.now + 1e6).gap("denial")
    flip = one.now + gap * 1e6 / (gap - higher)  # a line through two answers
    (bar,) = tornado(assessment, names=["cost.urgent"]).bars
    assert [round(each.value) for each in bar.flips] == [round(flip)]


def test_two_changes_in_one_step_are_both_found() -> None:
    """Between two values with different first choices, a third that is first in between is found as well."""
    assessment = assessed("colonial-2021")
    one = input_named(assessment, "stakes.harm_now")
    ask = mover(one, "response")
    ends = [one.quantile(0.05), one.quantile(0.95)]
    found = flips(ask, ends, [ask(end).first for end in ends])
    assert [(flip.before, flip.after) for flip in found] == [("nothing", "punishment"), ("punishment", "denial")]
    assert found[0].value < found[1].value


def test_the_shortcut_of_linear_inputs_is_the_engine() -> None:
    """Where costs are linear in an input, two answers hold all others: in between and beyond they are the engine's."""
    assessment = assessed_quickly("ukraine-2014-2016")
    for name in ("cost.operator", "wrong_actor.sanctions", "stakes.harm_now"):
        one = input_named(assessment, name)
        for decision in DECISIONS:
            ask = mover(one, decision)
            for value in (one.quantile(0.01), one.quantile(0.6), one.quantile(0.99)):
                short, engine = ask(value), moved(one.ask(value), decision)
                assert isinstance(short, Moved)
                size = np.abs(engine.each[np.isfinite(engine.each)]).max()
                assert short.each == pytest.approx(engine.each, abs=1e-9 * size)


def test_a_spline_by_hand() -> None:
    """Of two steps the spline of a line is the line; beyond its outer knots any spline is straight."""
    x = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0])
    fit = spline(x, np.array([3 * x - 1]), np.full(6, 1 / 6))
    assert fit is not None
    assert fit.at(np.array([2.5, 9.0]))[:, 0] == pytest.approx([6.5, 26.0])
    far = basis(np.array([7.0, 8.0, 9.0]), np.array([0.0, 1.0, 3.0, 5.0]))
    assert np.diff(far, 2, axis=0) == pytest.approx(np.zeros((1, 4)), abs=1e-9)
    assert spline(np.ones(6), np.array([x]), np.full(6, 1 / 6)) is None


def test_a_spline_is_right_under_dependence() -> None:
    """With x and z correlated by .6, E[x + z | x] = 1.6 x and E[z^2 | x] = .64 + .36 x^2, as near as knots bend."""
    generator = np.random.default_rng(4)
    x = generator.normal(size=40_000)
    z = 0.6 * x + 0.8 * generator.normal(size=x.size)
    weights = np.where(generator.random(x.size) < 0.5, 1.5, 0.5)
    fit = spline(x, np.array([x + z, z**2]), weights / weights.sum())
    assert fit is not None
    at = np.array([-1.2, 0.0, 0.7, 1.4])
    assert fit.at(at)[:, 0] == pytest.approx(1.6 * at, abs=0.05)
    assert fit.at(at)[:, 1] == pytest.approx(0.64 + 0.36 * at**2, abs=0.12)


def test_the_error_of_a_spline_is_its_spread_over_repetitions() -> None:
    """Two hundred data sets give the spread that the error of one claims, though the noise grows with x."""
    generator = np.random.default_rng(5)
    at, values, errors = np.array([0.2, 0.5, 0.8]), [], []
    for _ in range(200):
        x = generator.random(400)
        fit = spline(x, np.array([(0.2 + x) * generator.normal(size=400)]), np.full(400, 1 / 400))
        assert fit is not None
        values.append(fit.at(at)[:, 0])
        errors.append(fit.error(at, fit.residuals[0]))
    assert np.mean(errors, 0) == pytest.approx(np.std(values, 0), rel=0.2)


@pytest.mark.parametrize("name", IDS)
def test_every_shipped_case_has_a_tornado(name: str) -> None:
    """Numbers are finite, and the five values rise."""
    found = tornado(assessed_quickly(name), names=("stakes.resilience", "cost.urgent", "p.coercion"))
    for bar in found.bars:
        assert np.isfinite(bar.fixed).all()
        assert np.isfinite(bar.conditional).all()
        assert (np.diff(bar.values) >= 0).all()


def test_a_stake_that_is_a_point_has_no_bar() -> None:
    """A case that states its resilience as a point has no range of it to be moved over."""
    at = assess(changed(load("sony-2014"), ["stakes.resilience=0.4"]), tables(1, 200))
    found = tornado(at, names=["stakes.resilience", "cost.urgent"])
    assert found.certain == ("stakes.resilience",)
    assert [bar.name for bar in found.bars] == ["cost.urgent"]


def test_what_is_shown_of_an_input() -> None:
    """All of a share that matters by itself, a factor up to ten times, of the rest what is plausible."""
    assessment = assessed_quickly("sony-2014")
    assert shown(input_named(assessment, "p.coercion")) == (0.0, 1.0)
    assert shown(input_named(assessment, "stakes.resilience")) == (0.0, 1.0)
    assert shown(input_named(assessment, "stakes.escalation")) == (0.0, 10.0)
    urgent = input_named(assessment, "cost.urgent")
    assert shown(urgent) == (urgent.quantile(0.01), urgent.quantile(0.99))
    point = replace(urgent, quantile=lambda _: 5.0, now=5.0)
    assert shown(point) == (0.0, 10.0)
