"""Which inputs move the gap, for a screen of any width: words above each line, its dots in colour and shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cybercoercion.case import Case
from cybercoercion.report.difference_figure import COLOURS, MARKS
from cybercoercion.report.figure import HAIR, INK, QUIET, Figure, figure
from cybercoercion.report.figure_text import BREAK, broken, lines_of
from cybercoercion.report.input_names import input_words
from cybercoercion.report.map_parts import upper
from cybercoercion.report.names import response_name
from cybercoercion.report.tornado_figure import caption, numbers, place_of
from cybercoercion.report.units import in_unit
from cybercoercion.report.words import money
from cybercoercion.sensitivity.line.tornado import Tornado

NARROW, LINE, ROW, TOP = 320, 15, 34, 10  # pixels; inputs that are drawn
MILLION = 1e6


def swing_figure(found: Tornado, case: Case, sources: Sequence[str] = ()) -> Figure:
    """Return the inputs that move the gap most, each at its own 5, 25, 50, 75 and 95 %; the table holds them all."""
    bars = [bar for bar in found.bars if bar.swing > 0][:TOP]
    place = place_of(found)
    marks: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    foot = 0
    for bar in bars:
        ends = f"{in_unit(float(bar.values[0]), bar.unit)} to {in_unit(float(bar.values[-1]), bar.unit)}"
        text = broken(f"{upper(input_words(bar.label))}: {ends}", NARROW - 20, 12.5)
        words.append({"y": foot + 13, "text": text})
        y = foot + LINE * lines_of(text) + 10
        marks += [
            {"x": float(value) / MILLION, "y": y, "bar": bar.name, "first": first, "order": k}
            for k, (value, first) in enumerate(zip(bar.fixed[:, place], bar.firsts, strict=True))
        ]
        foot = y + ROW - 18
    y_axis = {"type": "quantitative", "scale": {"domain": [max(foot, ROW), 0], "nice": False}, "axis": None}
    title = f"USD million by which the next best costs more than {response_name(found.pick)}"
    x = {"type": "quantitative", "scale": {"nice": True, "zero": True}, "axis": {"title": title, "tickCount": 5}}
    at = {"x": {**x, "field": "x"}, "y": {**y_axis, "field": "y"}}
    layers = [
        _layer([{"x": 0.0}], {"type": "rule", "color": INK, "strokeWidth": 1.5}, {"x": at["x"]}),
        _layer(
            [{"x": float(found.now[place]) / MILLION}],
            {"type": "rule", "color": QUIET, "strokeDash": [4, 3]},
            {"x": at["x"]},
        ),
        _layer(
            marks,
            {"type": "line", "color": HAIR, "strokeWidth": 3},
            {**at, "detail": {"field": "bar"}, "order": {"field": "order"}},
        ),
        _layer(
            marks,
            {"type": "point", "filled": True, "opacity": 1, "size": 75, "stroke": "white", "strokeWidth": 0.7},
            {**at, "color": _by(COLOURS), "shape": _by(MARKS | {"nothing": "cross"})},
        ),
        _layer(
            words,
            {
                "type": "text", "x": 0, "align": "left", "baseline": "alphabetic", "lineBreak": BREAK,
                "lineHeight": LINE, "fontSize": 12.5, "color": INK,
            },
            {"y": at["y"], "text": {"field": "text"}},
        ),
    ]  # fmt: skip
    spec = {
        "width": 420,
        "padding": {"left": 1, "right": 1, "top": 2, "bottom": 2},
        "height": max(foot, ROW),
        "resolve": {"scale": {"color": "shared", "shape": "shared"}},
        "layer": layers,
    }
    columns, table = numbers(found, case)
    said = f"{caption(found, bars, case)} Dashed: now, {money(float(found.now[place]), signed=True)} USD."
    return figure("swings", spec, said, columns, table, sources=sources)


def _layer(rows: list[dict[str, Any]], mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"values": rows}, "mark": {**mark, "aria": False}, "encoding": encoding}


def _by(values: dict[str, str]) -> dict[str, Any]:
    scale = {"domain": list(values), "range": list(values.values())}
    return {"field": "first", "type": "nominal", "scale": scale, "legend": None}
