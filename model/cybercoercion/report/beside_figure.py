"""What each response costs beyond one yardstick, in one scenario of several: twenty shapes a row, for any width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cybercoercion.report.difference_figure import COLOURS, MARKS
from cybercoercion.report.figure import INK, QUIET, Figure, figure
from cybercoercion.report.names import response_name
from cybercoercion.report.shapes_figure import BINS, Ends, bins_of
from cybercoercion.report.twenty import TWENTY
from cybercoercion.report.words import capital, money

MILLION = 1e6
WORDS, RISE, LEAST, MOST = 34, 9.0, 30, 100  # pixels: two lines of words, from shape to shape, the height of a heap


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideRow:
    """One response: its twenty extra costs beyond the yardstick, USD, the least first, and what is expected."""

    response: str
    shapes: tuple[float, ...]
    yardstick: str
    expected: float

    @property
    def cheaper(self) -> int:
        """In how many of the twenty it costs less than the yardstick."""
        return sum(shape < 0 for shape in self.shapes)

    @property
    def dearer(self) -> int:
        """In how many of the twenty it costs more."""
        return sum(shape > 0 for shape in self.shapes)

    def said(self) -> str:
        """Return what is expected, and how often it is cheaper or dearer."""
        return (
            f"{money(self.expected, signed=True)} USD on average; cheaper in {self.cheaper} of {TWENTY}, dearer in "
            f"{self.dearer}"
        )


def beside(name: str, caption: str, rows: Sequence[BesideRow], ends: Ends, *, sources: Sequence[str] = ()) -> Figure:
    """Return one row of twenty shapes per response, left and right of the line "same"; all scenarios share ``ends``."""
    words: list[dict[str, Any]] = []
    dots: list[dict[str, Any]] = []
    same: list[dict[str, Any]] = []
    top = 0.0
    for row in rows:
        bins = bins_of(row.shapes, ends)
        tallest = max(bins.count(one) for one in bins)
        room = min(max(LEAST, RISE * tallest + 6), MOST)
        rise = min(RISE, (room - 6) / max(tallest, 1))
        ends_said = f"{money(row.shapes[0], signed=True)} to {money(row.shapes[-1], signed=True)}"
        words.append(
            {
                "y": top + 12,
                "low": top + 27,
                "text": capital(response_name(row.response)),
                "said": row.said(),
                "ends": ends_said,
            }
        )
        ground = top + WORDS + room
        same.append({"x": 0.0, "top": top + WORDS - 2, "foot": ground + 3})
        for place, one in enumerate(bins):
            dots.append(
                {
                    "x": (one + 0.5) * (ends[1] - ends[0]) / BINS / MILLION,
                    "y": ground - rise * (bins[:place].count(one) + 0.5),
                    "response": row.response,
                }
            )
        top = ground + 8
    domain = [ends[0] / MILLION, ends[1] / MILLION]
    title = f"extra cost compared with {rows[0].yardstick}, USD million" if rows else ""
    axis = {"title": title, "tickCount": 5, "grid": False}
    x = {"type": "quantitative", "scale": {"domain": domain, "nice": False, "zero": False}, "axis": axis}
    y = {"type": "quantitative", "scale": {"domain": [max(top, LEAST), 0], "nice": False}, "axis": None}
    text = {"type": "text", "x": 0, "align": "left", "baseline": "alphabetic"}
    layers = [
        _layer(
            same,
            {"type": "rule", "color": INK, "strokeWidth": 1.6},
            {"x": {**x, "field": "x"}, "y": {**y, "field": "top"}, "y2": {"field": "foot"}},
        ),
        _layer(
            dots,
            {"type": "point", "filled": True, "size": 46, "opacity": 1},
            {
                "x": {**x, "field": "x"},
                "y": {**y, "field": "y"},
                "color": _by(COLOURS),
                "shape": _by(MARKS | {"nothing": "cross"}),
            },
        ),
        *(
            _layer(words, {**text, **look}, {"y": {**y, "field": place}, "text": {"field": field}})
            for field, place, look in (
                ("text", "y", {"fontWeight": "bold", "fontSize": 13, "color": INK}),
                ("said", "low", {"fontSize": 12, "color": QUIET}),
                ("ends", "y", {"fontSize": 12, "color": QUIET, "x": {"expr": "width"}, "align": "right"}),
            )
        ),
    ]
    table = [
        [
            response_name(row.response),
            money(row.expected, signed=True),
            f"{row.cheaper} of {TWENTY}",
            f"{row.dearer} of {TWENTY}",
            f"{money(row.shapes[0], signed=True)} to {money(row.shapes[-1], signed=True)}",
        ]
        for row in rows
    ]
    columns = ("response", "extra on average, USD", "cheaper in", "dearer in", "least and most of the shapes")
    spec = {
        "width": 420,
        "padding": {"left": 1, "right": 1, "top": 2, "bottom": 2},
        "height": max(top, LEAST),
        "layer": layers,
    }
    return figure(name, spec, caption, columns, table, sources=sources)


def _layer(rows: list[dict[str, Any]], mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"values": rows}, "mark": {**mark, "aria": False}, "encoding": encoding}


def _by(values: dict[str, str]) -> dict[str, Any]:
    scale = {"domain": list(values), "range": list(values.values())}
    return {"field": "response", "type": "nominal", "scale": scale, "legend": None}
