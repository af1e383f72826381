"""Where the choice flips, in words and as rulers: held against the thresholds of the core and the engine itself."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from cybercoercion.assessment import Assessment, assess, changed
from cybercoercion.case import load, load_case, new_case, parse_case
from cybercoercion.knowledge import load_knowledge
from cybercoercion.report.threshold_section import names_asked
from cybercoercion.screen.screening import ASKED, RESILIENCE, always, weighing_most, weights_of_inputs
from cybercoercion.screen.tipping import SHOWN, Tip, Tipping, all_inputs, headline, three_lines, tipping
from cybercoercion.sensitivity.input.inputs import input_named
from cybercoercion.sensitivity.threshold.threshold import thresholds

CASES = ("sony-2014", "colonial-2021", "opm-2015", "ukraine-2014-2016")


@cache
def one(name: str) -> Assessment:
    """Return a shipped case, assessed with few draws."""
    return assess(load(name), load_knowledge(draws=200))


@cache
def first(name: str) -> Tipping:
    """Return the inputs of a case that weigh most."""
    return headline(one(name))


def blank() -> Assessment:
    """Return a case of which nothing is known: one suspect, no demand, no report."""
    case = parse_case(new_case("a-blank", title="Blank", frame="any-intrusion"))
    return assess(case.model_copy(update={"reports": (), "pending": (), "demands": ()}), load_knowledge(draws=200))


@pytest.mark.parametrize("name", CASES)
def test_the_likeliest_to_be_past_its_flip_stands_first(name: str) -> None:
    """Inputs stand in the order of the chance that they are already past their flip."""
    chances = [tip.chance for tip in first(name).tips]
    assert chances == sorted(chances, reverse=True)
    drawn = [tip.chance for tip in first(name).drawn]
    assert drawn == sorted(drawn, reverse=True)


@pytest.mark.parametrize("name", CASES)
def test_every_input_is_a_ruler_a_sentence_or_in_the_list_without_a_flip(name: str) -> None:
    """No input that was asked about is left out: it is drawn, said to flip far off, or said not to flip."""
    found = first(name)
    assert len(found.drawn) + len(found.beyond) + len(found.without) == len(found.tips)
    assert len(found.drawn) <= SHOWN


def test_the_engine_agrees_on_both_sides_of_a_flip() -> None:
    """A little short of its flip the first choice leads, a little beyond it the winner that the ruler names does."""
    assessment = one("sony-2014")
    tip = next(tip for tip in first("sony-2014").tips if tip.name == "cost.urgent")
    mark = tip.marks[0]
    asked = input_named(assessment, "cost.urgent")
    assert mark.above
    assert asked.ask(mark.value * 0.999).first == "denial"
    assert asked.ask(mark.value * 1.001).first == mark.look


def test_a_ruler_says_what_the_thresholds_of_the_core_say() -> None:
    """Value, chance and searched range of a tip are those of the core."""
    found = thresholds(one("colonial-2021"), names=weighing_most(one("colonial-2021")))
    for tip in first("colonial-2021").tips:
        row = found.row(tip.name)
        assert (tip.now, tip.chance, tuple(mark.value for mark in tip.marks)) == (
            row.now,
            row.chance,
            tuple(flip.value for flip in row.flips),
        )


def test_no_flip_is_said_with_the_range_that_was_searched() -> None:
    """An input that no value flips is named, with the ends of what was searched."""
    rows = {label: searched for label, _, searched in first("sony-2014").without}
    assert rows["P(North Korea did it)"] == "0 % to 100 %"
    assert "no flip found" in first("sony-2014").no_flip


def test_the_screen_keeps_the_inputs_that_are_likeliest_to_be_past_a_flip() -> None:
    """Of all inputs, the three likeliest to be past a flip are among those that the screen looks at first."""
    assessment = assess(load("colonial-2021"), load_knowledge(draws=1000))
    found = thresholds(assessment, names=names_asked(assessment, ASKED))
    best = [row.name for row in found.flipping if row.chance > 0.01][:3]
    assert len(best) == 3
    assert set(best) <= set(weighing_most(assessment))


def test_the_weight_of_an_input_is_a_covariance_that_can_be_worked_by_hand() -> None:
    """The weight is |cov(C_rival - C_first, x)| / (sd(x) gap) of the rival for whom it is largest."""
    assessment = one("sony-2014")
    view = assessment.ranking.default
    share = np.asarray(assessment.belief.posterior.sum((0, 1, 2)))
    share = share / share.sum()
    x = np.asarray(input_named(assessment, "stakes.harm_now").draws, dtype=float)
    x = x - x @ share
    first_choice = view.option("denial")
    by_hand = 0.0
    for rival in ("punishment", "entanglement", "norms", "nothing"):
        other = np.zeros(len(share)) if rival == "nothing" else view.option(rival).difference_draws
        delta = 0.0 if rival == "nothing" else view.option(rival).delta
        gap = delta - first_choice.delta
        ahead = other - first_choice.difference_draws
        by_hand = max(by_hand, abs((ahead - ahead @ share) * x @ share) / gap / np.sqrt(x * x @ share))
    assert weights_of_inputs(assessment)["stakes.harm_now"] == pytest.approx(by_hand, rel=1e-6)


def test_the_open_dot_stands_where_the_input_was_before_the_change() -> None:
    """After a change of resilience its ruler has an open dot at the old value, and no other ruler has one."""
    old = one("sony-2014")
    new = assess(changed(load_case("sony-2014"), ["stakes.resilience=0.5"]), load_knowledge(draws=200))
    drawn = tipping(new, ["stakes.resilience", "cost.urgent"]).figure(old)
    assert drawn is not None
    layers = [layer for layer in drawn.vega_lite()["layer"] if layer["mark"].get("color") == "white"]
    assert [len(layer["data"]["values"]) for layer in layers] == [1]
    assert tipping(old, ["cost.urgent"]).figure(old) is not None
    same = tipping(old, ["cost.urgent"]).figure(old)
    assert same is not None
    assert not [layer for layer in same.vega_lite()["layer"] if layer["mark"].get("color") == "white"]


def test_the_caption_is_the_first_ruler_in_words() -> None:
    """The caption gives value now, flip, winner and chance of the first ruler."""
    drawn = first("sony-2014").figure()
    assert drawn is not None
    tip = first("sony-2014").drawn[0]
    assert drawn.caption.startswith(f"{tip.label}, now ")
    assert "Chance that we are already there: " in drawn.caption
    assert drawn.rows[0][0] == tip.label
    assert len(drawn.rows) == len(first("sony-2014").drawn)


def test_progress_is_told_input_by_input_and_can_stop_the_work() -> None:
    """The work says which share is done, never less than before, and ends where the listener raises."""
    shares: list[float] = []
    tipping(one("sony-2014"), ["p.coercion", "cost.urgent"], lambda share, _: shares.append(share))
    assert shares == sorted(shares)
    assert len(shares) == 2

    class Stop(Exception):
        """A wish to stop."""

    def stop(_share: float, _words: str) -> None:
        raise Stop

    with pytest.raises(Stop):
        all_inputs(one("sony-2014"), stop)


def test_three_lines_speak_of_the_actor_the_resilience_and_the_next_report() -> None:
    """The three lines name the leading candidate, the resilience and the next report, each with its own answer."""
    for name in CASES:
        lines = three_lines(one(name))
        assert len(lines) == 3
        assert lines[0].startswith("P(")
        assert lines[1].startswith("Resilience of the target")
        assert lines[2].startswith("Next report: ")


def test_a_blank_case_has_its_words() -> None:
    """Of a case without demand and report the same inputs are asked, and every line is there."""
    assessment = blank()
    assert always(assessment)[1:] == ("p.coercion", RESILIENCE)
    assert len(three_lines(assessment)) == 3
    assert headline(assessment).answer.startswith("Denial leads, but cannot be told from nothing new. ")


def test_a_stated_number_has_a_ruler_and_no_chance() -> None:
    """An input that is stated as a point is drawn, and is said to be taken as certain instead of a chance."""
    new = assess(changed(load_case("sony-2014"), ["stakes.resilience=0.5"]), load_knowledge(draws=200))
    drawn = tipping(new, ["stakes.resilience"]).figure()
    assert drawn is not None
    assert drawn.rows[0][-1] == "taken as certain"
    assert "taken as certain" in drawn.caption
    assert "taken as certain" in three_lines(new)[1]


def test_a_far_flip_is_a_sentence_and_no_ruler() -> None:
    """A flip that lies many ranges away is told in words, so that the rulers stay to scale."""
    tip = Tip(
        name="x",
        label="X",
        unit="share",
        now=0.1,
        quantiles=(0.1, 0.1, 0.1, 0.2, 0.2, 0.2),
        marks=(),
        chance=0.0,
        nearest=50.0,
        searched="",
    )
    assert not tip.plausible
    assert not tip.found
    for name in CASES:
        assert all(tip.plausible for tip in first(name).drawn)
