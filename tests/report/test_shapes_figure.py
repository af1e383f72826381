"""Figures of the decision: twenty shapes beside a line, terms of a gap, the price of escalation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from tests.report.examples import said, tables

from cybercoercion.assessment import assess
from cybercoercion.case import load
from cybercoercion.report.figure import svg
from cybercoercion.report.price_figure import price_figures
from cybercoercion.report.shapes_figure import BINS, bins_of, ends_of, heaps, shapes
from cybercoercion.report.terms_figure import TERM_NAMES, terms_figure
from cybercoercion.sensitivity import acceptability

M = 1e6


@dataclass(frozen=True)
class Row:
    """A row with twenty shapes."""

    response: str
    shapes: tuple[float, ...]
    yardstick: str = "denial"


EVEN = Row("norms", tuple(float(k) * M for k in range(-5, 15)))
WIDE = Row("punishment", tuple(float(k) ** 5 * 10 for k in range(-4, 16)))


def marks(spec: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Return the layers of a kind of mark."""
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


@pytest.mark.parametrize("row", [EVEN, WIDE])
def test_no_bin_straddles_zero(row: Row) -> None:
    """A shape left of zero is drawn left of it, one right of it right of it, and all twenty are drawn."""
    ends = ends_of([EVEN, WIDE])
    places = bins_of(row.shapes, ends)
    assert len(places) == 20
    assert all((place < 0) == (shape < 0) for place, shape in zip(places, row.shapes, strict=True))
    step = (ends[1] - ends[0]) / BINS
    assert round(ends[0] / step) == pytest.approx(ends[0] / step)


def test_bins_are_equal_and_shapes_of_a_bin_stand_on_one_another() -> None:
    """Shapes stand in the middle of bins of one width; no two stand at the same place."""
    figure = shapes("x", "A caption.", WIDE, ends_of([WIDE]))
    (layer,) = [one for one in marks(figure.vega_lite(), "point") if one["mark"]["filled"]]
    points = [(point["x"], point["y"]) for point in layer["data"]["values"]]
    assert len(set(points)) == len(points) == 20
    low, high = figure.vega_lite()["layer"][0]["encoding"]["x"]["scale"]["domain"]
    step = (high - low) / BINS
    assert all((x / step) % 1 == pytest.approx(0.5) for x, _ in points)


def test_rows_share_the_ends_under_which_the_highest_heap_is_lowest() -> None:
    """One far shape does not press all others into one heap."""
    far = Row("denial", (*(float(k) * M for k in range(1, 20)), 1e12))
    ends = ends_of([far])
    assert max(heaps(far.shapes, ends).values()) <= 3
    assert ends[1] < 1e9


def test_what_lies_beyond_the_axis_stands_at_its_edge_with_its_number() -> None:
    """A shape beyond the axis is in the outermost bin, and its amount is written there."""
    far = Row("denial", (*(float(k) * M for k in range(1, 20)), 1e12))
    figure = shapes("x", "A caption.", far, ends_of([far]))
    texts = {layer["data"]["values"][0]["text"] for layer in marks(figure.vega_lite(), "text")}
    assert "+1 trn" in texts
    assert "dearer \N{BLACK RIGHT-POINTING SMALL TRIANGLE}" in texts
    two = Row("denial", (*(float(k) * M for k in range(1, 19)), 5e11, 1e12))
    texts = [
        layer["data"]["values"][0]["text"] for layer in marks(shapes("x", "", two, (-M, 20 * M)).vega_lite(), "text")
    ]
    assert "2 beyond, to +1 trn" in texts


def test_the_outline_is_hollow_and_only_there_after_a_change() -> None:
    """Shapes before the change are hollow and pale, as many as those now; without a change there are none."""
    ends = ends_of([EVEN])
    plain = shapes("x", "A caption.", EVEN, ends).vega_lite()
    both = shapes("x", "A caption.", EVEN, ends, tuple(one + M for one in EVEN.shapes)).vega_lite()
    assert [one["mark"]["filled"] for one in marks(plain, "point")] == [True]
    hollow, full = marks(both, "point")
    assert (hollow["mark"]["filled"], full["mark"]["filled"]) == (False, True)
    assert len(hollow["data"]["values"]) == len(full["data"]["values"]) == 20


def test_each_response_has_its_own_shape_and_no_mean_is_drawn() -> None:
    """Shapes differ by response, so that greyscale tells them apart; there is one mark per future and no more."""
    names = ("denial", "punishment", "entanglement", "norms", "nothing")
    found = set()
    for name in names:
        spec = shapes("x", "A caption.", Row(name, EVEN.shapes), ends_of([EVEN])).vega_lite()
        (points,) = marks(spec, "point")
        found.add(points["mark"]["shape"])
        assert len(points["data"]["values"]) == 20
    assert len(found) == len(names)


def test_every_mark_is_silent_and_the_figure_is_one_view() -> None:
    """A reader hears the caption, not eighty marks; one layered view fits any width."""
    for figure in (
        shapes("x", "A caption.", EVEN, ends_of([EVEN])),
        terms_figure(said("sony-2014").assessment.ranking.default, "denial", "norms"),
    ):
        spec = figure.vega_lite()
        assert spec["width"] == "container"
        assert all(layer["mark"]["aria"] is False for layer in spec["layer"])
        assert svg(figure) is None or "<svg" in svg(figure)


@pytest.mark.parametrize("name", ["sony-2014", "notpetya-2017", "github-2015", "ukraine-2014-2016"])
@pytest.mark.parametrize("view", ["target", "nation", "long"])
def test_terms_sum_to_the_gap(name: str, view: str) -> None:
    """The differences of the terms add up to the last row, which is the gap of the two choices."""
    ranking = said(name).assessment.ranking.views[view]
    one, other = ranking.options[0], ranking.options[1]
    figure = terms_figure(ranking, one.response, other.response)
    points = marks(figure.vega_lite(), "rule")[-1]["data"]["values"]
    gaps = [row["other"] - row["one"] for row in points]
    assert points[-1]["whole"]
    assert gaps[-1] * M == pytest.approx(other.delta - one.delta)
    assert sum(gaps[:-1]) == pytest.approx(gaps[-1])
    assert [abs(gap) for gap in gaps[:-1]] == sorted((abs(gap) for gap in gaps[:-1]), reverse=True)
    assert figure.rows[-1][0] == "Total"
    names = {TERM_NAMES[term].casefold() for term in TERM_NAMES}
    assert {row[0].casefold() for row in figure.rows} <= names


def test_a_gap_names_what_makes_it_and_what_works_against_it() -> None:
    """The caption says the gap, the term with most of it, and the largest one the other way."""
    ranking = said("sony-2014").assessment.ranking.default
    caption = terms_figure(ranking, "denial", "nothing").caption
    terms = ranking.option("denial").terms
    most, least = min(terms, key=lambda name: terms[name]), max(terms, key=lambda name: terms[name])
    assert caption.startswith("Nothing new costs 4.51 M USD more than denial, mainly because of ")
    assert caption.index(TERM_NAMES[most]) < caption.index(TERM_NAMES[least])


def test_the_price_of_escalation_shows_how_often_and_how_much() -> None:
    """Both panels follow the same values; their captions say the chance now, and the loss where the first turns."""
    source = load("notpetya-2017")
    found = acceptability(assess(source, tables(1, 400)))
    for kind, words in (("readings", "input readings"), ("futures", "futures")):
        often, loss = price_figures(found, kind=kind)
        assert words in often.caption
        assert len(often.rows) == len(loss.rows) == len(found.values)
        k = 0 if kind == "readings" else 1
        at = int(np.abs(found.values - found.now).argmin())
        share = found.often[k, at, found.options.index(found.firsts[at])]
        assert f"{round(100 * share)} %" in often.caption
        assert ("no flip found" in loss.caption) == (not [flip for flip in found.flips if flip.value > found.now])
        for spec in (often.vega_lite(), loss.vega_lite()):
            assert all(layer["mark"]["aria"] is False for layer in spec["layer"])
            json.dumps(spec, allow_nan=False)


def test_shapes_keep_apart_where_bins_are_narrow() -> None:
    """On 200 pixels as on 400 a square is narrower than its bin, so that neighbours can be counted."""
    spec = shapes("x", "A caption.", EVEN, ends_of([EVEN])).vega_lite()
    rule = marks(spec, "point")[0]["mark"]["size"]["expr"]
    for width in (190, 200, 300, 400, 900):
        area = eval(rule, {"min": min, "pow": pow, "width": width})  # noqa: S307  # our own expression
        assert 4 < area**0.5 < width / BINS


def test_numbers_beyond_the_axis_touch_neither_shapes_nor_line() -> None:
    """They stand in a line of their own on top, beneath which the zero line and the highest shape begin."""
    far = Row("denial", (-1e12, *(float(k) * M for k in range(2, 18)), 5e11, 1e12, 2e12))
    spec = shapes("x", "A caption.", far, (-5 * M, 10 * M)).vega_lite()
    said = [one for one in marks(spec, "text") if "y" in one["encoding"]]
    assert [one["data"]["values"][0]["text"] for one in said] == ["\N{MINUS SIGN}1 trn", "10 to +2 trn"]
    low = max(one["data"]["values"][0]["y"] for one in said) + 5.5
    (zero,) = [one for one in marks(spec, "rule") if "x" in one["encoding"]]
    assert low < zero["data"]["values"][0]["top"]
    assert all(low < point["y"] - 3 for point in marks(spec, "point")[0]["data"]["values"])
