"""What is rough is said, on every page and in the JSON; numbers stay whole."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from tests.report.examples import Page, tables

from cybercoercion.assessment import Assessment, assess
from cybercoercion.belief.summary import pareto_k
from cybercoercion.case import load
from cybercoercion.report.figure_text import broken, lines_of
from cybercoercion.report.line_parts import along_axis, panel
from cybercoercion.report.part import answered
from cybercoercion.report.roughness import rough
from cybercoercion.report.section import Section
from cybercoercion.report.sheet import Sheet, html_sheet
from cybercoercion.report.terminal import sheet_text
from cybercoercion.report.value_figure import Worth, worth_of_findings
from cybercoercion.report.verdict import verdict
from cybercoercion.report.words import points


def sony(draws: int) -> Assessment:
    """Return a shipped case on so many draws."""
    return assess(load("sony-2014"), tables(1, draws))


def test_the_warnings_of_a_verdict_stand_in_every_answer() -> None:
    """On ten draws an answer in parts warns as the verdict does: page, terminal and JSON; no number is none."""
    few = sony(10)
    said = answered(few, "why?", (), view="nation", decision="response")
    warned = [one for one in verdict(few).warnings if "draws" in one]
    assert len(warned) == 2
    assert json.loads(said.to_json())["warnings"] == warned
    for text in (html_sheet(said.sheet()), sheet_text(said.sheet(), 1000)):
        assert all(one in text for one in warned)
        assert "nan" not in text.lower().split()


def test_enough_draws_warn_of_nothing() -> None:
    """Equal weights on two thousand draws warn of nothing; k above .7 says refit; none at all says so."""
    even: Any = SimpleNamespace(ess=2000.0, pareto_k=pareto_k(np.ones(2000)))
    assert rough(even) == ()
    heavy: Any = SimpleNamespace(ess=2000.0, pareto_k=0.9)
    assert rough(heavy) == ("Pareto k is 0.90, above 0.7: few draws decide, refit instead of drawing more",)
    none: Any = SimpleNamespace(ess=2000.0, pareto_k=math.nan)
    assert rough(none) == ("Pareto k cannot be computed from so few draws: draw more",)


@pytest.mark.parametrize(
    ("change", "said"), [(-0.0001, "0.0 points"), (0.0, "0.0 points"), (-0.2, "\N{MINUS SIGN}20.0 points")]
)
def test_points_have_a_sign_only_where_they_move(change: float, said: str) -> None:
    """What rounds to nothing has no sign, and a minus is the long one."""
    assert points(change) == said


def test_a_number_stays_with_its_unit() -> None:
    """In a cell of text the unit never falls onto the next line, and the text is as it was."""
    section = Section(name="a", title="A", columns=("x",), rows=(("Russia 96 % of +4.99 M, 3 months < 1 %",),))
    page = html_sheet(Sheet(title="t", marking=None, lead="", answer="", sections=(section,), footer=()))
    whole = [text for text in Page(page).texts["span"] if text]
    assert whole == ["96 %", "+4.99 M", "< 1 %"]
    assert ("Russia 96 % of +4.99 M, 3 months < 1 %",) in Page(page).rows


def test_long_words_beside_a_bar_are_broken_and_not_cut() -> None:
    """A note of two lines is drawn in two lines, whole, and the next row begins below it."""
    note = "graded B2, nobody has announced it; at most 12.3 M, and so on until the line is far too long for it"
    short = Worth(label="One", note="", value=1e6, limit=False)
    long = replace(short, note=note)
    drawn = worth_of_findings("f", "c", [long, short]).vega_lite()
    rows = drawn["hconcat"][0]["layer"][1]["data"]["values"]
    assert rows[0]["note"].replace("\n", " ") == note
    assert lines_of(rows[0]["note"]) == 2
    plain = worth_of_findings("f", "c", [short, short]).vega_lite()
    assert drawn["hconcat"][1]["height"] == plain["hconcat"][1]["height"] + 14
    assert "limit" not in drawn["hconcat"][0]["layer"][1]["mark"]
    assert broken("one", 300, 12) == "one"


def test_a_line_above_the_scale_is_named_with_its_number() -> None:
    """A line that ends at 153 M over an axis up to 30 M says so; it leaves the panel where it crosses its ceiling."""
    values = np.array([0.0, 1.0])
    numbers = np.array([[0.0, 10.0], [153.0, 20.0]])
    x = along_axis(values, "x", "share")
    case = sony(10).case
    names = ["punishment", "denial"]
    drawn = panel(values, numbers, names, names, x, case, "loss", probability=False, most=30.0)
    (words,) = [one["data"]["values"] for one in drawn["layer"] if one["mark"]["type"] == "text"]
    assert [row["text"] for row in words] == ["punishment 153 M, above the scale", "denial"]
    line, marks = drawn["layer"][0]["data"]["values"], drawn["layer"][1]
    assert line[1] == {"x": pytest.approx(30 / 153), "y": 30.0}
    assert line[2]["y"] is None
    assert marks["mark"]["clip"] is False
    assert all(row["y"] <= 30 for row in marks["data"]["values"])
    low, top = drawn["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert (low, top) == (0.0, pytest.approx(31.5))


def test_names_at_the_right_touch_neither_each_other_nor_the_foot() -> None:
    """Four lines end at nothing, one at the top: those four stand 14 pixels apart above the foot, that at its end."""
    names = ["denial", "punishment", "entanglement", "norms", "nothing"]
    numbers = np.array([[100.0, 0.0, 0.0, 0.0, 0.0]] * 2)
    x = along_axis(np.array([0.0, 1.0]), "x", "share")
    drawn = panel(np.array([0.0, 1.0]), numbers, names, names, x, sony(10).case, "y", probability=False, height=210)
    (words,) = [one for one in drawn["layer"] if one["mark"]["type"] == "text"]
    step = 14 * 105 / 210  # 105: the largest with headroom
    places = [row["y"] for row in words["data"]["values"]]
    assert places == pytest.approx([100.0, 3.5 * step, 2.5 * step, 1.5 * step, 0.5 * step])
    assert not words["mark"]["limit"]  # no name is cut
