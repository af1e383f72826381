"""Figures along one input: an option that has no plan at some value leaves a gap and a dash, and never a crash."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.report.examples import tables

from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import load
from cybercoercion.report.curve_figures import acceptability_figure, curve_figure
from cybercoercion.report.line_parts import along_axis, panel
from cybercoercion.report.part import Asked
from cybercoercion.report.sensitivity_report import sensitivity_report
from cybercoercion.report.terminal import sheet_text
from cybercoercion.report.words import DASH
from cybercoercion.sensitivity.choice import DECISIONS, Decision
from cybercoercion.sensitivity.line.curves import acceptability, curve

LIKELY = {
    "sony-2014": "north-korea",
    "estonia-2007": "patriotic-hackers",
    "colonial-2021": "russia",
    "sands-2014": "iran",
    "ukraine-2014-2016": "russia",
}


@cache
def few(name: str) -> Assessment:
    """Return a shipped case assessed with very few draws."""
    return assess(load(name), tables(1, 60))


def lines(spec: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Return the rows of every line of a panel."""
    return [one["data"]["values"] for one in spec["layer"] if one["mark"]["type"] == "line"]


@pytest.mark.parametrize("decision", DECISIONS)
@pytest.mark.parametrize("name", LIKELY)
def test_along_an_actor_is_told_of_both_decisions(name: str, decision: Decision) -> None:
    """Along how likely an actor is, every decision is told, in words without a number that is none."""
    asked = Asked(view="nation", decision=decision, inputs=("cost.urgent",), along=f"p.actor.{LIKELY[name]}")
    said = sensitivity_report(few(name), asked)
    assert "nan" not in sheet_text(said.sheet()).lower().split()


@pytest.mark.parametrize("name", ["sony-2014", "colonial-2021"])
def test_no_plan_is_a_dash(name: str) -> None:
    """In two steps some plan cannot be had where its actor is unlikely: its loss, frequency and cost are dashes there.

    Every other cell of the table has a number.
    """
    one, along = few(name), f"p.actor.{LIKELY[name]}"
    found = acceptability(one, along, decision="two-step")
    table = acceptability_figure(found, one.case)
    cells = [cell for row in table.rows for cell in row[2:]]
    dashed = [cell for cell in cells if cell.endswith(f", {DASH}")]
    assert np.isnan(found.loss[0]).any()
    assert 0 < len(dashed) < len(cells)
    for output in ("p_best", "cost", "regret"):
        line = curve(one, along, output=output, decision="two-step")
        drawn = curve_figure(line, one.case)
        assert len(drawn.rows) == len(line.values)
        assert "nan" not in " ".join(cell for row in drawn.rows for cell in row)


def test_a_line_has_a_gap() -> None:
    """Of 1, nothing, 3 the line has a gap in the middle, and no point there; above the ceiling it has one too."""
    values, numbers = np.array([0.0, 1.0, 2.0]), np.array([[1.0], [np.nan], [3.0]])
    case, x = few("sony-2014").case, along_axis(np.array([0.0, 2.0]), "x", "share")
    drawn = panel(values, numbers, ["denial"], ["denial"], x, case, "y", probability=False)
    assert [[row["y"] for row in rows] for rows in lines(drawn)] == [[1.0, None, 3.0]]
    (points,) = [one["data"]["values"] for one in drawn["layer"] if one["mark"]["type"] == "point"]
    assert [row["y"] for row in points] == [1.0, 3.0]
    low = panel(values, numbers, ["denial"], ["denial"], x, case, "y", probability=False, most=2.0)
    assert [[row["y"] for row in rows] for rows in lines(low)] == [[1.0, None, None]]
