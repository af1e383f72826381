"""Figures of the map, the tornado and the curves: what is drawn is what was found, and the caption says it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.report.examples import IDS
from tests.sensitivity.examples import assessed_quickly

from cybercoercion.report.curve_figures import acceptability_figure, curve_figure
from cybercoercion.report.figure import Figure, svg
from cybercoercion.report.map_figure import map_figure, placed
from cybercoercion.report.on_top_figure import on_top_figure
from cybercoercion.report.tornado_figure import tornado_figure
from cybercoercion.report.words import percent
from cybercoercion.sensitivity.choice import DECISIONS, Decision
from cybercoercion.sensitivity.line.curves import KINDS, acceptability, curve
from cybercoercion.sensitivity.line.tornado import tornado
from cybercoercion.sensitivity.output import OUTPUTS, Output
from cybercoercion.sensitivity.plane.on_top_map import on_top_map
from cybercoercion.sensitivity.plane.policy_map import policy_map


def layers(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every layer of a spec that has a mark, however deep."""
    found = [spec] if "mark" in spec else []
    for key in ("layer", "hconcat", "vconcat"):
        found += [one for part in spec.get(key, []) for one in layers(part)]
    return found


def rows(figure: Figure, mark: str) -> list[dict[str, Any]]:
    """Return the data of all layers with a mark of a type."""
    found = layers(figure.vega_lite())
    return [row for one in found if one["mark"]["type"] == mark for row in one.get("data", {"values": []})["values"]]


def drawn(figure: Figure) -> str:
    """Return the figure as SVG, with its caption as accessible name."""
    pytest.importorskip("vl_convert")
    picture = svg(figure)
    assert picture is not None
    assert "NaN" not in picture
    assert figure.vega_lite()["description"] == figure.caption
    return picture


@pytest.mark.parametrize("name", IDS)
def test_the_map_draws_its_regions(name: str) -> None:
    """Areas cover the map, each region stands in the list beside it with its share, and the caption says the first."""
    assessment = assessed_quickly(name)
    found = policy_map(assessment, columns=9)
    figure = map_figure(found, assessment.case)
    assert "svg" in drawn(figure)
    assert {row["option"] for row in rows(figure, "area")} == {one.option for one in found.regions if one.parts}
    said = {row["share"] for row in rows(figure, "text") if row.get("share")}
    assert said == {percent(one.mass) for one in found.regions}
    assert [row[1] for row in figure.rows] == [percent(one.mass) for one in found.regions]
    assert percent(found.regions[0].mass) in figure.caption


def test_names_stand_inside_their_regions() -> None:
    """Every name on the map lies wholly in its own region, and a region too thin for its name keeps its shape."""
    best = np.zeros((61, 61), dtype=np.intp)
    best[:, 50:] = 1  # a sixth of the width: no room for thirty letters
    names = {"wide": "wide", "thin": "a name of thirty letters or so"}
    found = placed(best, ("wide", "thin"), names, ["wide", "thin"], np.array([[10.0, 10.0]]))
    assert [(one["option"], one["text"]) for one in found] == [("wide", "wide"), ("thin", "")]
    assert found[0]["u"] < 50 / 60 < found[1]["u"]
    best[:, 50:] = 0
    best[-1, -1] = 1  # one point
    assert [one["option"] for one in placed(best, ("wide", "thin"), names, ["wide", "thin"], np.zeros((1, 2)))] == [
        "wide"
    ]


def test_a_map_without_a_boundary_says_so() -> None:
    """Where one response is cheapest all over the map, the caption gives the range that was searched."""
    assessment = assessed_quickly("sony-2014")
    found = policy_map(assessment, "p.coercion", "stakes.price_of_escalation", columns=5)
    caption = map_figure(found, assessment.case).caption
    assert "No flip was found anywhere on the map (0 % to 100 % and × 0 to × 10)" in caption


@pytest.mark.parametrize("view", ["nation", "long"])
@pytest.mark.parametrize("name", ["sony-2014", "ukraine-2014-2016", "colonial-2021"])
def test_the_map_on_top_draws_each_line_that_pays(name: str, view: str) -> None:
    """Each lever that pays somewhere has a line and a name; those that never do are listed."""
    assessment = assessed_quickly(name)
    found = on_top_map(assessment, view=view, columns=7)
    figure = on_top_figure(found, assessment.case)
    assert "svg" in drawn(figure)
    paying = [line for line in found.thresholds if np.isfinite(line.p).any()]
    lines = [one for one in layers(figure.vega_lite()) if one["mark"]["type"] == "line"]
    assert len(lines) == len(paying)
    assert len(figure.rows) == len(found.thresholds)
    assert ("no lever pays" in figure.caption) == all(line.now is None for line in found.thresholds)


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("decision", DECISIONS)
def test_the_tornado_draws_five_marks_a_row(output: Output, decision: Decision) -> None:
    """Every bar that moves has five marks and a line through them; the table holds all bars."""
    assessment = assessed_quickly("colonial-2021")
    names = ("stakes.harm_now", "effect.punishment", "p.coercion", "cost.urgent")
    found = tornado(assessment, output=output, decision=decision, names=names)
    figure = tornado_figure(found, assessment.case)
    assert "svg" in drawn(figure)
    moving = [bar for bar in found.bars if bar.swing > 0]
    assert len(rows(figure, "point")) == 5 * len(moving)
    assert len(figure.rows) == len(found.bars)


def test_the_tornado_says_who_wins_where() -> None:
    """A mark bears the shape of what is first there, and the caption names the first flip with its value."""
    assessment = assessed_quickly("colonial-2021")
    found = tornado(assessment, names=["effect.punishment", "cost.urgent"])
    figure = tornado_figure(found, assessment.case)
    firsts = [first for bar in found.bars for first in bar.firsts]
    assert [row["first"] for row in rows(figure, "point")] == firsts
    assert "change the first choice" in figure.caption
    none = tornado_figure(tornado(assessment, names=["stakes.country_gdp"]), assessment.case)
    assert none.caption.startswith("No input moves the gap")
    assert "svg" in drawn(none)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("along", ["stakes.price_of_escalation", "stakes.resilience"])
def test_acceptability_stands_above_its_loss(kind: Any, along: str) -> None:
    """Both panels share their axis; the caption says how often, how much is lost, and over what."""
    assessment = assessed_quickly("colonial-2021")
    found = acceptability(assessment, along, values=[0.1, 0.5, 0.9, 1.0])
    figure = acceptability_figure(found, assessment.case, kind=kind)
    assert "svg" in drawn(figure)
    top, below = figure.vega_lite()["vconcat"]
    domains = [panel["layer"][0]["encoding"]["x"]["scale"]["domain"] for panel in (top, below)]
    assert domains[0] == domains[1] == [0.1, 1.0]
    assert ("input readings" if kind == "readings" else "futures") in figure.caption
    assert len(figure.rows) == len(found.values)


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("decision", DECISIONS)
def test_a_curve_is_drawn_for_every_output(output: Output, decision: Decision) -> None:
    """Every output along an input has a figure whose caption says where the first choice changes, or that none does."""
    assessment = assessed_quickly("sony-2014")
    found = curve(assessment, "stakes.resilience", output=output, decision=decision, values=[0.1, 0.4, 0.9])
    figure = curve_figure(found, assessment.case)
    assert "svg" in drawn(figure)
    assert "above 0.7" in figure.caption
    still = curve_figure(curve(assessment, "stakes.resilience", output=output, values=[0.1, 0.4]), assessment.case)
    assert "no flip found" in still.caption
