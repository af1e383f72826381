"""The brief: the answer in one breath by its state, shapes with one axis, the same counts as everywhere."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import load, load_case, shipped
from cybercoercion.case.editing import with_values
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.report import Verdict, verdict
from cybercoercion.report.short_answer import short_answer
from cybercoercion.report.words import money
from cybercoercion.screen.brief import drawings, how_to_read
from cybercoercion.screen.cost_rows import cost_rows
from cybercoercion.screen.top import moved

FIVE = ("denial", "punishment", "entanglement", "norms", "nothing")


@cache
def tables() -> Knowledge:
    """Return tables with few draws."""
    return load_knowledge(draws=400)


@cache
def assessed(name: str) -> Assessment:
    """Return the assessment of a shipped case."""
    return assess(load(name), tables())


@cache
def said(name: str) -> Verdict:
    """Return the verdict of a shipped case."""
    return verdict(assessed(name))


def stakes(name: str, **values: object) -> Assessment:
    """Return the assessment of a shipped case with other stakes."""
    case = with_values(load_case(name), {f"stakes.{key}": value for key, value in values.items()})
    return assess(case, tables())


@pytest.mark.parametrize("name", shipped())
def test_first_gap_and_count_are_those_of_the_rows(name: str) -> None:
    """The answer names the cheapest of the five, the gap to the next, and how often that costs less: as the rows do."""
    one, rows = short_answer(assessed(name)), cost_rows(said(name))
    five = {row.response: row for row in rows.five}
    ranked = sorted(rows.five, key=lambda row: row.delta)
    assert one.first == ranked[0].response
    assert one.gap == pytest.approx(ranked[1].delta - ranked[0].delta)
    assert one.less == five[one.second].cheaper
    assert money(one.gap, words=True) in one.sentence
    if not one.tied:
        count = f"in {one.less} of 20 futures" if one.less else "fewer than 1 in 20 futures"
        assert count in one.sentence


@pytest.mark.parametrize("name", shipped())
def test_the_gap_is_that_of_the_line_under_the_header(name: str) -> None:
    """The gap of the answer is the one that the line about the last change prints."""
    assert f"{money(short_answer(assessed(name)).gap)} USD" in moved(said(name), said(name))


@pytest.mark.parametrize("name", shipped())
def test_likelihood_and_cost_stand_in_separate_sentences(name: str) -> None:
    """No sentence states a probability and an amount; none says what is best or should be done."""
    text = short_answer(assessed(name)).text
    for sentence in re.split(r"(?<=[.]) (?=[A-Z])", text):
        assert not ("%" in sentence and "USD" in sentence), sentence
    assert not re.search(r"\b(optimal|recommend|should|significant|proves)\b", text)


def test_a_clear_case_says_first_level_gap_and_count() -> None:
    """Where one response is clearly cheapest, its level and the gap stand in the first two sentences."""
    view = assessed("opm-2015").ranking.default
    one = short_answer(assessed("opm-2015"))
    level = money(view.nothing + view.option("denial").delta, words=True)
    assert one.sentence.startswith(f"Denial (resilience) has the lowest expected cost: {level} over 24 months.")
    assert "The next best, " in one.sentence


def test_a_gap_below_the_margin_is_a_tie() -> None:
    """With a margin above every difference the first two differ by less than your margin, and nothing is preferred."""
    one = short_answer(stakes("opm-2015", margin=1e12))
    assert one.tied
    assert "less than your margin of 1 trillion USD. Choose between them on other grounds." in one.sentence
    assert "lowest expected cost" not in one.sentence


def test_a_gap_within_the_error_of_few_draws_is_a_tie() -> None:
    """With a handful of draws and no margin what lies within the Monte Carlo error cannot be told apart."""
    case = with_values(load_case("bangladesh-bank-2016"), {"stakes.margin": 0.0})
    one = short_answer(assess(case, load_knowledge(draws=8)))
    assert one.tied
    assert "cannot be told apart over 24 months" in one.sentence
    assert "Monte Carlo error of" in one.sentence


def test_doing_nothing_comes_first_where_it_is_cheapest() -> None:
    """Where no response beats nothing new, the first sentence says so."""
    one = short_answer(assessed("github-2015"))
    assert one.first == "nothing"
    assert one.sentence.startswith("None of the four beats nothing new: it costs ")


def test_a_cheaper_reference_is_said_first_with_what_it_leaves_out() -> None:
    """Where complying is cheaper than all four, the first sentence says by how much, and what that does not count."""
    one = short_answer(assessed("wannacry-2017"))
    assert one.sentence.startswith("None of the four beats complying: it costs ")
    assert any("does not count" in text for text in one.beside)


def test_what_is_cheapest_more_often_is_named() -> None:
    """Where the lowest mean is not the most often cheapest, that is said with both counts of twenty."""
    one, rows = short_answer(assessed("ukraine-grid-2015")), cost_rows(said("ukraine-grid-2015"))
    often = max(rows.five, key=lambda row: row.share)
    assert often.response != one.first
    first = next(row for row in rows.five if row.response == one.first)
    text = next(text for text in one.beside if "cheapest more often" in text)
    assert f"in {often.dots} of 20 futures against {first.cheapest_words}" in text


def test_hardly_coercion_is_said_with_what_leads() -> None:
    """Where coercion is very unlikely, its range stands in a sentence, and what leads in another."""
    one = short_answer(assessed("opm-2015"))
    assert any("that this is coercion" in text for text in one.beside)
    assert any(text.startswith("Espionage leads. The four responses are still priced") for text in one.beside)
    assert not any("this is coercion" in text for text in short_answer(assessed("sony-2014")).beside)


def test_views_that_disagree_are_named_once() -> None:
    """What is cheapest in another view stands in one sentence; where all agree there is none."""
    for name in shipped():
        firsts = set(assessed(name).ranking.disagreement.values())
        found = [text for text in short_answer(assessed(name)).beside if text.startswith("The views disagree")]
        assert len(found) == (len(firsts) > 1)


def test_the_json_has_the_answer_and_the_rows_of_the_screen() -> None:
    """The result holds the short answer, and over futures the costs, shapes and counts of the rows."""
    document = said("sony-2014").document()
    assert document["brief"]["sentence"] == said("sony-2014").brief.sentence
    rows = document["futures"]["rows"]
    assert set(rows) == set(FIVE)
    assert sum(row["dots"] for row in rows.values()) == 20
    for row in cost_rows(said("sony-2014")).five:
        told = rows[row.response]
        assert (told["low"], told["high"]) == (row.low, row.high)
        assert (told["extra_low"], told["extra_high"]) == (row.extra_low, row.extra_high)
        assert tuple(told["shapes"]) == row.shapes
        assert told["dots"] == row.dots


def test_the_rows_of_the_brief_have_one_axis() -> None:
    """All rows share their ends; only the last draws the axis; each is named by its caption and has twenty shapes."""
    rows = cost_rows(said("sony-2014"))
    drawn = drawings(rows)
    axes = []
    for row in rows.five:
        if row.first:
            assert row.response not in drawn
            continue
        spec = drawn[row.response].vega_lite()
        assert drawn[row.response].caption == row.caption
        counts = [len(layer["data"]["values"]) for layer in spec["layer"]]
        assert 20 in counts
        axes.append(any(layer["encoding"].get("x", {}).get("axis") for layer in spec["layer"] if "encoding" in layer))
        json.dumps(spec)
    assert axes == [False, False, False, True]
    assert how_to_read(rows).startswith("Left of the black line a response is cheaper than denial")
