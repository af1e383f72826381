"""Sliders of stakes, and variants: a point and the way back, whom a response is aimed at, two together."""

from __future__ import annotations

import pytest
from tests.report.examples import said, tables

from cybercoercion.assessment import assess, changed
from cybercoercion.case import Case, Range, load
from cybercoercion.case.editing import with_values
from cybercoercion.report.twenty import shapes_of
from cybercoercion.report.words import money
from cybercoercion.response.terms import Plan
from cybercoercion.response.weights import accusable
from cybercoercion.screen.decision import VIEWS
from cybercoercion.screen.sliders import moved, restored, sliders
from cybercoercion.screen.variants import aimed, pairs, targets

SOME = ("sony-2014", "colonial-2021", "opm-2015", "github-2015", "notpetya-2017", "ukraine-2014-2016")


def test_moving_a_slider_is_a_point_and_the_way_back_is_the_range() -> None:
    """A moved field is a point; the way back restores the stated range, and with it the very same case."""
    case = with_values(load("sony-2014"), {"stakes.resilience": {"low": 0.2, "high": 0.6, "mass": 0.8}})
    moved_to = moved(case, "resilience", 0.7)
    assert isinstance(moved_to, Case)
    assert moved_to.stakes.resilience == 0.7
    walk = [case, case, moved_to]
    found = {one.field: one for one in sliders(assess(moved_to, tables(1, 50)), walk)}
    assert found["resilience"].value == 0.7
    assert found["resilience"].said == "Stated: 0.70."
    assert found["resilience"].back == "Back to the stated range, 0.20 to 0.60"
    assert restored(moved_to, walk, "resilience") == case
    assert isinstance(restored(moved_to, walk, "resilience").stakes.resilience, Range)


def test_a_slider_says_the_default_and_stands_inside_its_ends() -> None:
    """What is not stated shows its default with its range and mark; every slider stands between its ends."""
    for name in SOME:
        source = load(name)
        assessment = assess(source, tables(1, 50))
        for one in sliders(assessment, [source]):
            assert one.low <= one.value <= one.high
            assert one.back is None
            assert one.said.startswith(("Not stated; ", "Stated: "))
    margin = sliders(assess(load("sony-2014"), tables()), [load("sony-2014")])[-1]
    assert margin.value * margin.scale == pytest.approx(
        said("sony-2014").assessment.ranking.default.margin, rel=0.005
    )  # as far as the words beside it say it


@pytest.mark.parametrize("name", SOME)
def test_a_slider_holds_what_the_words_beside_it_say(name: str) -> None:
    """What is not stated stands at the mean of its default, to the digits of the words, on however few draws."""
    source = load(name)
    found = {one.field: one for one in sliders(assess(source, tables(1, 50)), [source])}
    resilience = found["resilience"]
    if "default" in resilience.said:
        assert f"default {resilience.value:.2f}, " in resilience.said
        assert resilience.value == round(resilience.value, 2)
    margin = found["margin"]
    if margin.said.startswith("Not stated"):
        assert margin.said.endswith(f": {money(margin.value * margin.scale)} USD.")


def test_a_stated_range_stands_at_its_mean() -> None:
    """A range that the case states shows the mean of its distribution; a stated point is shown to its last digit."""
    sony = load("sony-2014")
    ranged = with_values(sony, {"stakes.resilience": {"low": 0.2, "high": 0.6}})
    pointed = with_values(sony, {"stakes.resilience": 0.365})
    values = [sliders(assess(case, tables(1, 50)), [case])[0].value for case in (ranged, pointed)]
    assert values == [0.39, 0.365]


def test_a_campaign_moves_its_own_stakes() -> None:
    """A slider changes the stakes of a campaign as the setting of a command would, and back."""
    source = load("ukraine-2014-2016")
    hard = moved(source, "resilience", 0.5)
    assert hard == changed(source, ["stakes.resilience=0.5"])
    assert restored(hard, [source, hard], "resilience").file.stakes == source.file.stakes


@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize("view", list(VIEWS))
def test_a_response_is_aimed_only_at_who_may_be_accused(name: str, view: str) -> None:
    """Targets are those at least half as likely as the likeliest; at the ranking's own target the best row is its."""
    one = said(name)
    ranking = one.assessment.ranking.views[view]
    allowed = accusable(ranking.scene.mean, one.assessment.knowledge)
    for option in ranking.options:
        found = targets(one, option.response, view)
        assert (option.against in found) == (option.against is not None)
        places = {actor.id: place for place, actor in enumerate(one.assessment.case.actors)}
        assert all(allowed[places[actor]] for actor in found)
        best = aimed(one, option.response, option.against, view=view).best
        assert best.delta == option.delta
        first = 0.0 if ranking.first == "nothing" else ranking.option(ranking.first).future_draws
        assert best.shapes == pytest.approx(shapes_of(option.future_draws - first, ranking.scene.share))


def test_a_pair_is_priced_as_one_plan() -> None:
    """What a second response adds is the plan of both less the first alone, not the sum of the two."""
    one = said("notpetya-2017")
    view = one.assessment.ranking.default
    found = pairs(one, view="nation")
    assert {row.response for row in found.rows} == {"punishment", "entanglement", "norms"}
    assert [row.extra for row in found.rows] == sorted(row.extra for row in found.rows)
    first = view.options[0]
    both = Plan(levers=(*view.plan(first).levers, *view.plan(view.option("entanglement")).levers))
    cost = sum(view.scene.expected(both, view.view).values())
    entangled = next(row for row in found.rows if row.response == "entanglement")
    assert entangled.extra <= cost - first.expected_cost + 1e-3
    assert entangled.extra != pytest.approx(view.option("entanglement").delta)
    assert found.sentences[0].startswith("Denial with ")
    assert "The best combination found" in found.sentences[1]
