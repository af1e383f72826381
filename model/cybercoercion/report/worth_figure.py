"""What each finding is worth, for a screen of any width: words above each bar, upper limits hollow, a day as a tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cybercoercion.report.figure import BELIEF, HAIR, INK, QUIET, Figure, figure
from cybercoercion.report.figure_text import BREAK, broken, lines_of
from cybercoercion.report.value_figure import COLUMNS, MILLION, Worth, numbers
from cybercoercion.report.words import money

NARROW, LINE, BAR, ROOM = 320, 15, 12, 20  # pixels: the narrowest screen, a line, a bar, between two findings
SAID = 56  # pixels that the numbers at the right take


def worth_figure(
    name: str, caption: str, rows: Sequence[Worth], delay: float | None = None, *, sources: Sequence[str] = ()
) -> Figure:
    """Return one bar per finding under its name; ``delay`` is the cost of a day of waiting, USD."""
    data, height = _placed(rows)
    largest = max([row.value for row in rows] + [delay or 0.0] + [1.0]) / MILLION
    y = {"type": "quantitative", "scale": {"domain": [height, 0], "nice": False, "zero": False}, "axis": None}
    x = {"type": "quantitative", "scale": {"domain": [0, largest * 1.02], "nice": False}, "axis": None}
    box = {"x": {**x, "field": "from"}, "x2": {"field": "value"}, "y": {**y, "field": "top"}, "y2": {"field": "foot"}}
    stroke = {"y": {**y, "field": "top"}, "y2": {"field": "foot"}}
    layers: list[dict[str, Any]] = [
        _layer([row | {"full": largest} for row in data], {"type": "rect", "fill": HAIR, "opacity": 0.35},
               {**box, "x2": {"field": "full"}}),
        *(
            _layer(
                [row for row in data if row["limit"] is limit and row["value"]],
                {
                    "type": "rect", "cornerRadius": 3, "stroke": BELIEF, "strokeWidth": 1.4,
                    "fill": "white" if limit else BELIEF, **({"strokeDash": [4, 3]} if limit else {}),
                },
                box,
            )
            for limit in (True, False)
        ),
    ]  # fmt: skip
    if delay:
        ticks = [{"at": delay / MILLION, "top": row["top"] - 4, "foot": row["foot"] + 4} for row in data]
        look = {"type": "rule", "color": INK, "strokeWidth": 1.8}
        layers.append(_layer(ticks, look, {"x": {**x, "field": "at"}, **stroke}))
    looks = (
        ("label", "y", {"x": 0, "align": "left", "fontSize": 12.5, "fontWeight": "bold", "color": INK}),
        ("note", "low", {"x": 0, "align": "left", "fontSize": 12, "color": QUIET}),
        ("text", "y", {"x": {"expr": "width"}, "align": "right", "fontSize": 13, "fontWeight": "bold", "color": INK}),
    )
    layers += [
        _layer(
            data,
            {"type": "text", "lineBreak": BREAK, "lineHeight": LINE, "baseline": "alphabetic", **look},
            {"y": {**y, "field": place}, "text": {"field": field}},
        )
        for field, place, look in looks
    ]
    spec = {
        "height": height,
        "width": 420,
        "padding": {"left": 1, "right": 1, "top": 2, "bottom": 2},
        "layer": [one for one in layers if one],
    }
    return figure(name, spec, caption, COLUMNS, numbers(rows), sources=sources)


def _layer(rows: list[dict[str, Any]], mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
    """Return a layer, or nothing where there is nothing to draw."""
    return {"data": {"values": rows}, "mark": {**mark, "aria": False}, "encoding": encoding} if rows else {}


def _placed(rows: Sequence[Worth]) -> tuple[list[dict[str, Any]], int]:
    """Return the rows one below the other, each as high as its words need, and the height of them all."""
    data: list[dict[str, Any]] = []
    foot = 0
    for row in rows:
        label, note = broken(row.label, NARROW - SAID, 12.5, bold=True), broken(row.note, NARROW, 12)
        low = foot + 13 + LINE * lines_of(label)
        top = low + LINE * (lines_of(note) - 1) + 7
        data.append(
            {
                "label": label, "note": note, "text": money(row.value), "limit": row.limit,
                "value": row.value / MILLION, "y": foot + 13, "low": low, "top": top, "foot": top + BAR, "from": 0,
            }
        )  # fmt: skip
        foot = top + BAR + ROOM
    return data, max(foot, ROOM)
