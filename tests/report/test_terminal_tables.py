"""Long tables on a terminal: of a course even steps, of a ranking the first rows and how many more there are."""

from __future__ import annotations

import json

import pytest
from tests.report.examples import tables

from cybercoercion.assessment import assess
from cybercoercion.case import load
from cybercoercion.report.figure import figure
from cybercoercion.report.input_names import input_words
from cybercoercion.report.part import Asked
from cybercoercion.report.section import Section
from cybercoercion.report.sensitivity_report import sensitivity_report
from cybercoercion.report.terminal import FEW, LONG, section_lines


def printed(count: int, *, course: bool) -> list[str]:
    """Return the printed rows of a table that counts."""
    rows = [[str(k), f"row {k}"] for k in range(count)]
    one = figure("f", {}, "Caption.", ("", "name"), rows, course=course)
    return section_lines(Section(name="s", title="Title", figures=(one,)), 80)[2:]


def test_a_ranking_shows_its_first_rows() -> None:
    """Of forty ranked rows the first sixteen are printed, in order, and 24 more are said to be there."""
    *rows, more = printed(40, course=False)
    assert [row.split()[-1] for row in rows] == [str(k) for k in range(LONG)]
    assert more.strip() == "and 24 more rows, on the page and in --json."
    assert len(printed(LONG, course=False)) == LONG


def test_a_course_is_thinned_from_end_to_end() -> None:
    """Of a course of 41 rows every fifth is printed, both ends among them."""
    assert [row.split()[-1] for row in printed(41, course=True)] == [str(k) for k in range(0, 41, 5)]
    assert len(printed(41, course=True)) == FEW


@pytest.mark.parametrize("name", ["sony-2014", "opm-2015"])
def test_the_tornado_prints_the_first_inputs(name: str) -> None:
    """The rows of the tornado on a terminal are the first of its JSON, in the same order."""
    said = sensitivity_report(assess(load(name), tables(1, 60)), Asked(view="nation", decision="response"))
    bars = json.loads(said.to_json())["tornado"]["inputs"]
    (section,) = [one for one in said.sheet().sections if one.name == "tornado"]
    lines = section_lines(section, 150)
    text, at = "\n".join(lines).lower(), 0
    assert len(bars) > LONG
    for bar in bars[:LONG]:
        place = text.find(f"\n  {input_words(bar['label'])}  ".lower(), at)
        assert place >= at, bar["label"]
        at = place + 1
    assert f"and {len(bars) - LONG} more rows" in text
