"""Strips, bars, grid and rulers for a screen of any width: what is drawn is what the numbers say, nothing is cut."""

from __future__ import annotations

from typing import Any

import pytest
from tests.report.test_false_flag_figure import planted

from cybercoercion.belief import Estimate
from cybercoercion.report.belief_strips import TONES, BeliefRow, belief_strips
from cybercoercion.report.figure import Figure, svg
from cybercoercion.report.framed_figure import framed_figure
from cybercoercion.report.grid_figure import Separation, grid_figure
from cybercoercion.report.palette import DARK, themed
from cybercoercion.report.waterfall_figure import FAR, Bar, waterfall_figure

EDGES = (0.05, 0.2, 0.45, 0.55, 0.8, 0.95)
SPREAD = (0.5, 0.55, 0.6, 0.8, 0.85, 0.9)


def layers(figure: Figure, mark: str) -> list[dict[str, Any]]:
    """Return the layers of a figure that have a mark."""
    return [one for one in figure.vega_lite()["layer"] if one["mark"]["type"] == mark]


def drawn(figure: Figure, mark: str) -> list[dict[str, Any]]:
    """Return the data of all layers of a figure that have a mark."""
    return [row for one in layers(figure, mark) for row in one["data"]["values"]]


def strips(*rows: BeliefRow) -> Figure:
    """Return strips of some rows."""
    return belief_strips("some", "A caption.", rows, EDGES)


@pytest.mark.parametrize(
    ("before", "rings"), [(None, []), (0.7, []), (0.711, []), (0.72, [0.72]), (0.68, [0.68]), (0.2, [0.2])]
)
def test_a_ring_is_drawn_where_the_belief_moved_by_two_points(before: float | None, rings: list[float]) -> None:
    """A ring stands at the probability before the change if that lies two points or more away, else nowhere."""
    figure = strips(BeliefRow(label="Coercion", p=0.7, quantiles=SPREAD, before=before))
    hollow = [one for one in layers(figure, "point") if not one["mark"]["filled"]]
    assert [row["p"] for one in hollow for row in one["data"]["values"]] == rings


def test_shading_has_three_steps_inside_each_other() -> None:
    """Each row has a 90, an 80 and a 50 per cent range, the narrower inside the wider, on its own line."""
    figure = strips(BeliefRow(label="A", p=0.7, quantiles=SPREAD), BeliefRow(label="B", p=0.7, quantiles=SPREAD))
    shades = drawn(figure, "rect")
    assert [(row["from"], row["to"]) for row in shades[::2]] == [(0.5, 0.9), (0.55, 0.85), (0.6, 0.8)]
    assert len({row["line"] for row in shades}) == 2
    assert all(row["top"] < row["line"] < row["foot"] for row in shades)


def test_words_of_bands_stand_between_their_edges() -> None:
    """The five inner bands are named beneath the lines, each in the middle of its edges."""
    words = {
        row["word"]: row["p"]
        for row in drawn(strips(BeliefRow(label="A", p=0.7, quantiles=SPREAD)), "text")
        if "word" in row
    }
    assert words == pytest.approx(
        {"very unlikely": 0.125, "unlikely": 0.325, "roughly even chance": 0.5, "likely": 0.675, "very likely": 0.875}
    )


def test_a_long_answer_takes_a_second_line_and_its_row_grows() -> None:
    """A label too long for a phone is broken, never cut: its words stay, and later rows move down."""
    long = "Halt integration with the West and stay in the Russian orbit"
    rows = [BeliefRow(label=name, p=0.5, quantiles=SPREAD) for name in (long, "Short")]
    figure, plain = strips(*rows), strips(*(BeliefRow(label="Short", p=0.5, quantiles=SPREAD) for _ in rows))
    labels = [row["label"] for row in drawn(figure, "point")]
    assert "\n" in labels[0]
    assert labels[0].replace("\n", " ") == long
    assert figure.vega_lite()["height"] > plain.vega_lite()["height"]
    assert figure.rows[0][0] == long


def test_users_words_stand_in_data_only() -> None:
    """What a user wrote is found in data values and nowhere else in a spec."""
    nasty = "datum.p * 2 //"
    figure = strips(BeliefRow(label=nasty, p=0.5, quantiles=SPREAD, leads=True))
    spec = figure.vega_lite()
    for layer in spec["layer"]:
        layer.pop("data")
    assert nasty not in str(spec)


def test_the_dark_has_a_counterpart_of_every_colour() -> None:
    """Every tone of an answer is exchanged in the dark, so that none vanishes on a dark ground."""
    assert set(TONES.values()) <= set(DARK)
    figure = strips(BeliefRow(label="A", p=0.7, quantiles=SPREAD, leads=True))
    scales = [
        one["encoding"]["color"]["scale"]["range"]
        for one in themed(figure, "dark")["layer"]
        if "color" in one["encoding"]
    ]
    assert len(scales) == 2
    assert all(scale == [DARK[tone] for tone in TONES.values()] for scale in scales)


def test_bars_walk_from_before_to_after() -> None:
    """Each bar begins where the last one ended; the ends stand at prior and posterior; a lowering bar is hollow."""
    bars = [Bar(label="press", weight=5.0), Bar(label="victim", weight=-2.0, error=0.3)]
    figure = waterfall_figure("moved", "A caption.", -3.0, bars, 0.0, Estimate(p=0.5, low=0.4, high=0.6))
    steps = drawn(figure, "rect")
    assert [(row["from"], row["to"], row["up"]) for row in steps] == [(-3.0, 2.0, True), (2.0, 0.0, False)]
    assert [row["at"] for row in drawn(figure, "point")] == [-3.0, 0.0]
    assert figure.rows[0] == ("before any report", "", "", "33 %")
    assert [row[1:3] for row in figure.rows[1:3]] == [("+5.0", "exact"), ("\N{MINUS SIGN}2.0", "0.30")]
    assert figure.rows[-1][3].startswith("50 %")


def test_axis_of_the_bars_names_probabilities_at_their_log_odds() -> None:
    """A mark of the axis stands at the decibans of the probability that it names, and marks do not touch."""
    figure = waterfall_figure(
        "moved", "A.", -12.0, [Bar(label="x", weight=20.0)], 8.0, Estimate(p=0.86, low=0.8, high=0.9)
    )
    marks = {row["says"]: row["at"] for row in layers(figure, "text")[-1]["data"]["values"]}
    assert marks["50 %"] == pytest.approx(0.0)
    assert marks["20 %"] == pytest.approx(-6.0206, abs=1e-3)
    assert min(b - a for a, b in zip(sorted(marks.values()), sorted(marks.values())[1:], strict=False)) > 2


def test_a_report_that_settles_the_matter_does_not_stretch_the_drawing() -> None:
    """A hypothesis that is ruled out is drawn at the edge and said in words."""
    figure = waterfall_figure(
        "moved", "A.", 0.0, [Bar(label="x", weight=-2900.0)], -2900.0, Estimate(p=0, low=0, high=0)
    )
    assert min(row["to"] for row in drawn(figure, "rect")) == -FAR
    assert figure.rows[1][1] == "rules it out"


def test_the_grid_prints_a_dot_where_a_report_has_no_weight() -> None:
    """Numbers stand on a tint whose depth is their size and whose side is their sign; nothing has no tint."""
    rows = [
        Separation(report="Threat: clear", weights=(3.0, -60.0)),
        Separation(report="Claim: nobody", weights=(0.05, 1.5)),
    ]
    figure = grid_figure("grid", "A.", "Compellence", ["Crime", "Testing"], rows)
    assert figure.columns == ("report", "Compellence / Crime", "Compellence / Testing")
    assert figure.rows == (("Threat: clear", "+3.0", "\N{MINUS SIGN}60.0"), ("Claim: nobody", "\N{MIDDLE DOT}", "+1.5"))
    cells = layers(figure, "rect")[1]["data"]["values"]
    assert [(cell["depth"], cell["for"]) for cell in cells] == [(0.5, True), (1.0, False), (0.0, True), (0.25, True)]


def test_rulers_for_any_width_have_the_marks_of_the_page() -> None:
    """A mark stands at each turn of each share on which a report hangs, and the zone beyond reaches the end."""
    assessment, found = planted()
    figure = framed_figure(found, assessment.case)
    assert figure is not None
    turns = sorted(
        at for one in found if one.concerns for turn in one.turns for at in (turn.above, turn.below) if at is not None
    )
    assert turns
    assert sorted(row["at"] for row in drawn(figure, "point") if "question" in row) == pytest.approx(turns)
    zones = layers(figure, "rect")[0]["data"]["values"]
    assert all(row["high"] == 1.0 or row["low"] == 0.0 for row in zones)


def test_figures_are_of_one_view_and_silent() -> None:
    """Each figure is one view with layers, fits its container, and no mark is read out."""
    assessment, found = planted()
    row = BeliefRow(label="A", p=0.7, quantiles=SPREAD)
    bars = waterfall_figure("moved", "A.", 0.0, [Bar(label="x", weight=1.0)], 1.0, Estimate(p=0.6, low=0.5, high=0.7))
    grid = grid_figure("grid", "A.", "B", ["C"], [Separation(report="r", weights=(1.0,))])
    for figure in (strips(row), bars, grid, framed_figure(found, assessment.case)):
        assert figure is not None
        spec = figure.vega_lite()
        assert "layer" in spec
        assert not {"hconcat", "vconcat", "facet"} & set(spec)
        assert all(layer["mark"]["aria"] is False for layer in spec["layer"])
        assert svg(figure)
