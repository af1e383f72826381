"""Which report separates what: reports by pairs of hypotheses, the log-likelihood ratio as a number on a tint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cybercoercion.report.figure import BELIEF, HAIR, INK, QUIET, Figure, figure
from cybercoercion.report.figure_text import broken
from cybercoercion.report.waterfall_figure import decibans

ROW, TEXT, CELL, HEAD, WIDTH = 44, 10, 27, 42, 560  # pixels: of a row, its words, its numbers, the column heads
NOTHING = 0.1  # decibans under which a report does not separate
DEEP = 6.0  # decibans from which the tint grows no deeper
BROWN = "#8A5A00"
NARROW = 84  # pixels that a column has on a phone
DOT = "\N{MIDDLE DOT}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """How far one report, alone, speaks for the first hypothesis against each other one, in decibans."""

    report: str
    weights: tuple[float, ...]


def grid_figure(
    name: str,
    caption: str,
    first: str,
    others: Sequence[str],
    rows: Sequence[Separation],
    *,
    sources: Sequence[str] = (),
) -> Figure:
    """Return reports in rows and, in columns, the hypotheses that the first one is held against.

    Blue speaks for the first hypothesis, brown for the other; a dot stands where a report has no weight.

    >>> told = Separation(report="Threat: clear", weights=(3.2, 0.0, -1.0))
    >>> grid_figure("grid", "A grid.", "Compellence", ["Crime", "Testing", "Sabotage"], [told]).rows
    (('Threat: clear', '+3.2', '·', '−1.0'),)
    """
    table = [(row.report, *(_said(weight) for weight in row.weights)) for row in rows]
    columns = ("report", *(f"{first} / {other}" for other in others))
    return figure(name, _spec(others, rows), caption, columns, table, sources=sources)


def _said(weight: float) -> str:
    return DOT if abs(weight) < NOTHING else decibans(weight)


def _spec(others: Sequence[str], rows: Sequence[Separation]) -> dict[str, Any]:
    count = max(len(others), 1)
    heads = [
        {"from": place, "at": place + 0.5, "says": broken(f"against {other}", NARROW, 11), "y": HEAD - 11}
        for place, other in enumerate(others)
    ]
    names = [{"says": row.report, "y": HEAD + place * ROW + TEXT} for place, row in enumerate(rows)]
    cells = [
        {
            "from": column + 0.02,
            "to": column + 0.98,
            "at": column + 0.5,
            "y": HEAD + place * ROW + CELL,
            "top": HEAD + place * ROW + CELL - 9,
            "foot": HEAD + place * ROW + CELL + 9,
            "depth": min(abs(weight), DEEP) / DEEP if abs(weight) >= NOTHING else 0.0,
            "for": weight >= 0,
            "says": _said(weight),
        }
        for place, row in enumerate(rows)
        for column, weight in enumerate(row.weights)
    ]
    height = HEAD + len(rows) * ROW
    y = {"type": "quantitative", "scale": {"domain": [height, 0], "nice": False, "zero": False}, "axis": None}
    x = {"type": "quantitative", "scale": {"domain": [0, count], "nice": False, "zero": False}, "axis": None}
    at = {"x": {**x, "field": "at"}, "y": {**y, "field": "y"}, "text": {"field": "says"}}
    box = {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": {**y, "field": "top"}, "y2": {"field": "foot"}}
    depth = {"domain": [0, 1], "range": [0, 0.5]}
    tint = {
        "color": {"condition": {"test": "datum.for", "value": BELIEF}, "value": BROWN},
        "opacity": {"field": "depth", "type": "quantitative", "scale": depth, "legend": None},
    }  # fmt: skip
    layers = [
        _layer(cells, {"type": "rect", "stroke": HAIR, "filled": False, "cornerRadius": 2}, box),
        _layer(cells, {"type": "rect", "cornerRadius": 2}, {**box, **tint}),
        _layer(cells, {"type": "text", "color": INK}, at),
        _layer(
            heads,
            {"type": "text", "fontSize": 11, "color": QUIET, "lineBreak": "\n", "baseline": "bottom", "lineHeight": 12},
            at,
        ),
        _layer(
            names,
            {"type": "text", "align": "left", "x": 0, "limit": {"expr": "width"}},
            {"y": {**y, "field": "y"}, "text": {"field": "says"}},
        ),
    ]
    return {
        "width": WIDTH,
        "height": height,
        "padding": {"left": 1, "right": 1, "top": 2, "bottom": 2},
        "layer": layers,
    }


def _layer(rows: list[dict[str, Any]], mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"values": rows}, "mark": {**mark, "aria": False}, "encoding": encoding}
