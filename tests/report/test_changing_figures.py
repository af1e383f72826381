"""Figures of change: rulers to the flip, the worth of findings, twenty shapes. What is drawn is what is said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cybercoercion.report.difference_figure import SHAPES, differences, line
from cybercoercion.report.figure import Figure, svg
from cybercoercion.report.ruler_figure import Mark, Ruler, rulers
from cybercoercion.report.units import in_unit
from cybercoercion.report.value_figure import Worth, worth_of_findings


def layers(figure: Figure) -> list[dict[str, Any]]:
    """Return every layer of the drawing in the middle."""
    found: list[dict[str, Any]] = figure.vega_lite()["hconcat"][1]["layer"]
    return found


def values(figure: Figure, mark: str) -> list[dict[str, Any]]:
    """Return the data of all layers with a mark."""
    return [row for layer in layers(figure) if layer["mark"]["type"] == mark for row in layer["data"]["values"]]


def ruler(now: float, flip: float, *, above: bool, unit: str = "USD") -> Ruler:
    """Return an input of which nine tenths lie within a fifth of its value."""
    spread = tuple(now * one for one in (0.8, 0.85, 0.95, 1.05, 1.15, 1.2))
    marks = (Mark(value=flip, above=above, says="norms leads", look="norms", chance=0.03),)
    return Ruler(label="One input", unit=unit, now=now, quantiles=spread, marks=marks)


@given(now=st.floats(1e3, 1e12), times=st.floats(1.3, 1e4), above=st.booleans())
def test_the_flip_stands_on_its_side_of_now(now: float, times: float, *, above: bool) -> None:
    """Whatever the scale, the mark lies on the ruler, beyond now on its side, and its zone reaches the ruler's end."""
    one = rulers("r", "c", [ruler(now, now * times if above else now / times, above=above)])
    (zone,) = [row for row in values(one, "rect") if "winner" in row]
    (dot,) = [row for row in values(one, "point") if "winner" not in row]
    assert zone["to"] == pytest.approx(1.0) if above else zone["x"] == pytest.approx(0.0)
    assert dot["x"] < zone["x"] if above else dot["x"] > zone["to"]
    assert 0 <= zone["x"] < zone["to"] <= 1


def test_rows_come_by_the_chance_to_be_past_the_flip() -> None:
    """The likeliest flip stands first, and words, unit and chance are those of the row."""
    far = Ruler(
        label="Far",
        unit="probability",
        now=0.7,
        quantiles=(0.5, 0.55, 0.6, 0.8, 0.85, 0.9),
        marks=(Mark(value=0.985, above=True, says="punishment leads", look="punishment", chance=0.001),),
    )
    near = ruler(6e6, 9e6, above=True)
    table = rulers("r", "c", [far, near]).rows
    assert [row[0] for row in table] == ["One input", "Far"]
    assert table[0][1:] == ("6 M", "4.8 M to 7.2 M", "above 9 M norms leads", "3 %")
    assert table[1][3:] == ("above 98.5 % punishment leads", "< 1 %")


def test_a_point_has_no_band() -> None:
    """An input that is stated as a point is drawn as a dot on its ruler, and said to be one."""
    point = Ruler(label="Point", unit="share", now=0.35, quantiles=(0.35,) * 6, marks=())
    one = rulers("r", "c", [point])
    assert all(row["x"] == row["to"] for row in values(one, "rect"))
    assert one.rows[0][2:] == ("a point", "no flip found", "taken as certain")


def test_upper_limits_are_hollow() -> None:
    """Bars are as long as their value; a limit is white inside, a report is filled, and worth nothing draws no bar."""
    rows = [
        Worth(label="who", note="", value=7e6, limit=True),
        Worth(label="report", note="", value=4e6, limit=False),
        Worth(label="copy", note="", value=0.0, limit=False),
    ]
    one = worth_of_findings("w", "c", rows, delay=1.5e6)
    bars = {layer["mark"]["fill"]: layer["data"]["values"] for layer in layers(one) if layer["mark"]["type"] == "rect"}
    assert [row["value"] for row in bars["white"]] == [7.0]
    assert [row["value"] for rows in (bars.values()) for row in rows] == [7.0, 4.0]
    assert [row["delay"] for row in values(one, "rule") if "delay" in row] == [1.5, 1.5, 1.5]
    assert [row[-1] for row in one.rows] == ["7 M", "4 M", "0"]


@given(
    draws=st.lists(st.floats(-1e10, 1e10), min_size=2, max_size=60),
    share=st.integers(1, 5),
)
def test_shapes_never_straddle_zero(draws: list[float], share: int) -> None:
    """Twenty shapes a row; those drawn left of the line are those counted as cheaper, the rest is not cheaper."""
    row = line("norms", np.array(draws), np.full(len(draws), 1 / (share * len(draws))), 0.0)
    one = differences("d", "c", [("A", [row])], "denial")
    chart = one.vega_lite()["vconcat"][0]["hconcat"][1]
    (dots,) = [each["data"]["values"] for each in chart["layer"] if each["mark"]["type"] == "point"]
    assert len(dots) == SHAPES
    assert sum(dot["x"] < 0 for dot in dots) == row.cheaper
    low, high = chart["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert all(low <= dot["x"] <= high for dot in dots)


def test_equal_costs_are_neither_cheaper_nor_dearer() -> None:
    """A response that costs the same in every future is drawn and counted as neither."""
    row = line("norms", np.zeros(9), np.full(9, 1 / 9), 0.0)
    assert (row.cheaper, row.dearer) == (0, 0)
    assert svg(differences("d", "c", [("A", [row])], "denial")) is not None


@pytest.mark.parametrize("value", [0.001, 0.0123, 0.3, 0.95, 0.985, 0.9987])
def test_probabilities_near_the_ends_stay_apart_from_them(value: float) -> None:
    """A threshold of .9987 is not printed as 100 per cent, and reads back within a tenth of what is left."""
    said = float(in_unit(value, "probability").removesuffix(" %")) / 100
    assert 0 < said < 1
    assert said == pytest.approx(value, abs=0.1 * min(value, 1 - value))
