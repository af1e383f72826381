"""Where the answer flips, for a screen of any width: words above each ruler, zones in the winner's colour and shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cybercoercion.report.difference_figure import COLOURS, MARKS
from cybercoercion.report.figure import BELIEF, HAIR, INK, QUIET, Figure, figure
from cybercoercion.report.figure_text import BREAK, broken, lines_of
from cybercoercion.report.ruler_figure import COLUMNS, GAP, Ruler, numbers, placed
from cybercoercion.report.units import in_unit

NARROW, RULER, LINE, ROOM = 320, 40, 15, 14  # pixels: the narrowest screen, a ruler with its numbers, a line, between
BAND = (9.0, 6.0, 3.0)  # half of the height of 90, 80 and 50 %
NEAR = 0.17  # of a ruler: numbers nearer than this on one line would touch on a phone


def tipping_figure(name: str, caption: str, rows: Sequence[Ruler], *, sources: Sequence[str] = ()) -> Figure:
    """Return one ruler per input under its name, the flip in words, and the chance of being past it.

    The blue dot is the value now and the blue steps are 90, 80 and 50 % of what we think; the open dot is the value
    before the last change. Beyond a mark another leads, whose colour and shape fill the zone.

    Parameters
    ----------
    name, caption
        Of the figure.
    rows
        The inputs in the order of the page; each has a scale of its own.
    sources
        Beginnings of the names of ledger entries that the inputs hang on.
    """
    parts: dict[str, list[dict[str, Any]]] = {kind: [] for kind in PARTS}
    height = 0
    for row in rows:
        height = _draw(parts, height, row)
    y = {"type": "quantitative", "scale": {"domain": [height, 0], "nice": False, "zero": False}, "axis": None}
    x = {"type": "quantitative", "scale": {"domain": [0, 1], "nice": False}, "axis": None}
    box = {"x": {**x, "field": "x"}, "x2": {"field": "to"}, "y": {**y, "field": "top"}, "y2": {"field": "foot"}}
    point = {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}}
    rule = {"x": {**x, "field": "x"}, "x2": {"field": "to"}, "y": {**y, "field": "y"}}
    stroke = {"x": {**x, "field": "x"}, "y": {**y, "field": "top"}, "y2": {"field": "foot"}}
    colour, shape = _scaled(COLOURS), _scaled(MARKS | {"nothing": "cross"})
    layers = [
        _layer(parts["hair"], {"type": "rule", "color": HAIR}, rule),
        _layer(parts["base"], {"type": "rule", "color": HAIR, "strokeWidth": 2}, rule),
        _layer(parts["zone"], {"type": "rect", "opacity": 0.16}, {**box, "color": colour}),
        _layer(parts["band"], {"type": "rect", "color": BELIEF, "opacity": 0.26, "cornerRadius": 4}, box),
        _layer(parts["mark"], {"type": "rule", "strokeWidth": 2.4}, {**stroke, "color": colour}),
        _layer(
            parts["shape"],
            {"type": "point", "filled": True, "size": 85, "opacity": 1},
            {**point, "color": colour, "shape": shape},
        ),
        _layer(
            parts["before"],
            {"type": "point", "filled": True, "size": 70, "opacity": 1, "color": "white", "stroke": BELIEF},
            point,
        ),
        _layer(
            parts["now"],
            {"type": "point", "filled": True, "size": 100, "opacity": 1, "color": BELIEF, "stroke": "white"},
            point,
        ),
        *_words(parts, x, y),
    ]
    spec = {
        "height": height,
        "width": 420,
        "padding": {"left": 1, "right": 1, "top": 2, "bottom": 2},
        "layer": [one for one in layers if one],
    }
    return figure(name, spec, caption, COLUMNS, numbers(rows), sources=sources)


PARTS = ("hair", "base", "band", "zone", "mark", "shape", "now", "before", "label", "said", "chance", "number", "flip")


def _draw(parts: dict[str, list[dict[str, Any]]], top: int, row: Ruler) -> int:
    """Draw one input from a height on, and return where the next begins."""
    at = placed(row)
    label, said = broken(row.label, NARROW - 60, 13, bold=True), broken(row.said(), NARROW, 12)
    parts["label"].append({"y": top + 12, "text": label})
    parts["chance"].append({"y": top + 12, "text": row.past})
    words = top + 12 + LINE * lines_of(label)
    parts["said"].append({"y": words, "text": said})
    middle = words + LINE * (lines_of(said) - 1) + 22
    parts["base"].append({"x": 0, "to": 1, "y": middle})
    count = len(row.quantiles)
    for k, half in enumerate(BAND):
        low, high = at(row.quantiles[k]), at(row.quantiles[count - 1 - k])
        parts["band"].append({"x": low, "to": high, "top": middle - half, "foot": middle + half})
    now = at(row.now)
    parts["now"].append({"x": now, "y": middle})
    if row.before is not None:
        parts["before"].append({"x": at(row.before), "y": middle})
    taken = [now]
    parts["number"].append(_number(now, middle + 22, f"now {in_unit(row.now, row.unit)}"))
    for mark in row.marks:
        x, end = at(mark.value), 1.0 if mark.above else 0.0
        zone = {"x": min(x, end), "to": max(x, end), "top": middle - 10, "foot": middle + 10, "winner": mark.look}
        parts["zone"].append(zone)
        parts["mark"].append({"x": x, "top": middle - 13, "foot": middle + 13, "winner": mark.look})
        parts["shape"].append({"x": (x + end) / 2, "y": middle, "winner": mark.look})
        if min(abs(x - other) for other in taken) >= NEAR:  # else it stands in the words above
            parts["flip"].append(_number(x, middle + 22, in_unit(mark.value, row.unit)))
            taken.append(x)
    foot = middle + RULER
    parts["hair"].append({"x": 0, "to": 1, "y": foot - ROOM / 2 + 3})
    return foot + 2


def _number(x: float, y: float, text: str) -> dict[str, Any]:
    side = "left" if x < GAP else "right" if x > 1 - GAP else "center"
    return {"x": min(max(x, 0.0), 1.0), "y": y, "text": text, "side": side}


def _words(parts: dict[str, list[dict[str, Any]]], x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    looks = (
        ("label", {"x": 0, "align": "left", "fontWeight": "bold", "fontSize": 13}),
        ("said", {"x": 0, "align": "left", "color": QUIET, "fontSize": 12}),
        ("chance", {"x": {"expr": "width"}, "align": "right", "fontWeight": "bold", "fontSize": 13}),
    )
    lines = [
        _layer(
            parts[kind],
            {"type": "text", "color": INK, "lineBreak": BREAK, "lineHeight": LINE, "baseline": "alphabetic", **look},
            {"y": {**y, "field": "y"}, "text": {"field": "text"}},
        )
        for kind, look in looks
    ]
    numbers_ = [
        _layer(
            [one for one in parts[kind] if one["side"] == side],
            {"type": "text", "align": side, "fontSize": 11.5, "color": INK, "fontWeight": weight},
            {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}, "text": {"field": "text"}},
        )
        for kind, weight in (("number", "normal"), ("flip", "bold"))
        for side in ("left", "center", "right")
    ]
    return [*lines, *numbers_]


def _layer(rows: list[dict[str, Any]], mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
    """Return a layer, or nothing where there is nothing to draw."""
    return {"data": {"values": rows}, "mark": {**mark, "aria": False}, "encoding": encoding} if rows else {}


def _scaled(values: dict[str, str]) -> dict[str, Any]:
    scale = {"domain": list(values), "range": list(values.values())}
    return {"field": "winner", "type": "nominal", "scale": scale, "legend": None}
