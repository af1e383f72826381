"""Figures of belief: the three questions as strips, and what moved them as a waterfall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cybercoercion.report.figure import BELIEF, HAIR, INK, QUIET, Figure, figure
from cybercoercion.report.words import MINUS, percent, span


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One line: a probability with its range."""

    label: str
    p: float
    low: float
    high: float
    leads: bool


def strips(name: str, caption: str, rows: Sequence[Strip], edges: Sequence[float]) -> Figure:
    """Return one line per answer: dot for the probability, shaded range, ticks at the edges of the bands."""
    data = [
        {
            "label": row.label,
            "p": row.p,
            "low": row.low,
            "high": row.high,
            "leads": row.leads,
            "order": k,
            "percent": percent(row.p),
            "span": span(row.low, row.high),
        }
        for k, row in enumerate(rows)
    ]
    y = {"field": "order", "type": "ordinal", "axis": None}
    x = {"type": "quantitative", "scale": {"domain": [0, 1], "nice": False}, "axis": None}
    colour = {"condition": {"test": "datum.leads", "value": BELIEF}, "value": QUIET}
    ticks = [{"edge": edge, "order": row["order"]} for edge in edges for row in data]
    line = {
        "width": 150,
        "height": {"step": 17},
        "layer": [
            {
                "mark": {"type": "rule", "color": HAIR, "strokeWidth": 2},
                "encoding": {"y": y, "x": {**x, "datum": 0}, "x2": {"datum": 1}},
            },
            {
                "data": {"values": ticks},
                "mark": {"type": "tick", "color": HAIR, "size": 11, "thickness": 1},
                "encoding": {"y": y, "x": {**x, "field": "edge"}},
            },
            {
                "mark": {"type": "bar", "height": 9, "opacity": 0.35, "cornerRadius": 4},
                "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}, "color": colour},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 75, "opacity": 1, "stroke": "white"},
                "encoding": {"y": y, "x": {**x, "field": "p"}, "color": colour},
            },
        ],
    }
    spec = {
        "data": {"values": data},
        "spacing": 4,
        "resolve": {"scale": {"y": "shared"}},
        "hconcat": [
            _column("label", 150, bold=False),
            _column("percent", 34, bold=True),
            _column("span", 56, bold=False),
            line,
        ],
    }
    table = [[row.label, percent(row.p), span(row.low, row.high)] for row in rows]
    return figure(name, spec, caption, ("", "probability", "5-95 %"), table)


def _column(field: str, width: int, *, bold: bool) -> dict[str, object]:
    return {
        "width": width,
        "height": {"step": 17},
        "mark": {"type": "text", "align": "left", "x": 0, "fontWeight": "bold" if bold else "normal"},
        "encoding": {
            "y": {"field": "order", "type": "ordinal", "axis": None},
            "text": {"field": field},
            "opacity": {"condition": {"test": "datum.leads", "value": 1}, "value": 0.85},
        },
    }


def waterfall(name: str, caption: str, before: float, steps: Sequence[tuple[str, float]], after: float) -> Figure:
    """Return bars from prior to posterior in decibans, one per origin; filled raises, hollow lowers.

    ``before`` and ``after`` are log-odds in decibans; the steps sum to their difference.
    """
    level, data = before, []
    for k, (label, weight) in enumerate(steps):
        data.append(
            {
                "label": label,
                "from": level,
                "to": level + weight,
                "up": weight >= 0,
                "order": k + 1,
                "text": f"+{weight:.1f}" if weight >= 0 else f"{MINUS}{-weight:.1f}",
            }
        )
        level += weight
    ends = [
        {"label": "Before any report", "at": before, "order": 0, "text": percent(_probability(before))},
        {"label": "After all reports", "at": after, "order": len(steps) + 1, "text": percent(_probability(after))},
    ]
    labels = [{"label": row["label"], "order": row["order"]} for row in (*ends, *data)]
    y = {"field": "order", "type": "ordinal", "axis": None}
    x = {"type": "quantitative", "axis": {"title": "decibans", "grid": False, "tickCount": 5}, "scale": {"zero": False}}
    bars = {
        "width": 210,
        "height": {"step": 19},
        "layer": [
            {
                "data": {"values": data},
                "mark": {"type": "bar", "height": 12, "stroke": BELIEF, "strokeWidth": 1.2},
                "encoding": {
                    "y": y,
                    "x": {**x, "field": "from"},
                    "x2": {"field": "to"},
                    "fill": {"condition": {"test": "datum.up", "value": BELIEF}, "value": "white"},
                },
            },
            {
                "data": {"values": data},
                "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 11},
                "encoding": {"y": y, "x": {**x, "field": "edge"}, "text": {"field": "text"}},
                "transform": [{"calculate": "max(datum.from, datum.to)", "as": "edge"}],
            },
            {
                "data": {"values": ends},
                "mark": {"type": "point", "filled": True, "shape": "diamond", "size": 90, "color": INK, "opacity": 1},
                "encoding": {"y": y, "x": {**x, "field": "at"}},
            },
            {
                "data": {"values": ends},
                "mark": {"type": "text", "align": "left", "dx": 8, "fontWeight": "bold"},
                "encoding": {"y": y, "x": {**x, "field": "at"}, "text": {"field": "text"}},
            },
        ],
    }
    names = {
        "width": 190,
        "height": {"step": 19},
        "data": {"values": labels},
        "mark": {"type": "text", "align": "right", "x": 190, "limit": 190},
        "encoding": {"y": y, "text": {"field": "label"}},
    }
    spec = {"spacing": 6, "resolve": {"scale": {"y": "shared"}}, "hconcat": [names, bars]}
    rows = [[str(step["label"]), str(step["text"])] for step in data]
    return figure(name, spec, caption, ("origin", "decibans"), rows)


def _probability(decibans: float) -> float:
    return float(1 / (1 + 10 ** (-decibans / 10)))
