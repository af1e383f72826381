"""The way from before any report to after all of them, one bar per origin, for a screen of any width."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cybercoercion.belief import Estimate
from cybercoercion.report.figure import BELIEF, HAIR, INK, QUIET, Figure, figure
from cybercoercion.report.words import MINUS, percent, span

ROW, TEXT, LINE = 33, 10, 23  # pixels: of a row, of its words, of its bar
FOOT, WIDTH, NUMBERS = 26, 560, 150
FAR = 60.0  # decibans beyond which a drawing stops: one in a million
ZERO = 0.05  # decibans that are printed as none
SURE = 1000.0  # decibans that only a report which excludes something has
MARKS = (0.5, 0.2, 0.8, 0.05, 0.95, 0.01, 0.99, 0.1, 0.9, 0.3, 0.7, 0.001, 0.999, 0.4, 0.6)  # the first have precedence
APART = 0.11  # share of the width that two marks of the axis are apart at least
COLUMNS = ("origin", "decibans", "standard error", "probability")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What one origin did, in decibans, with its standard error, 0 where it is exact."""

    label: str
    weight: float
    error: float = 0.0


def waterfall_figure(
    name: str,
    caption: str,
    before: float,
    bars: Sequence[Bar],
    after: float,
    now: Estimate,
    *,
    sources: Sequence[str] = (),
) -> Figure:
    """Return bars from prior to posterior; filled raises, hollow lowers, the two ends carry the probability.

    ``before`` and ``after`` are log-odds in decibans; the bars add up to their difference. The axis is marked with the
    probabilities whose log-odds these are.
    """
    levels = [before]
    for bar in bars:
        levels.append(levels[-1] + bar.weight)
    rows: list[dict[str, Any]] = [
        {"label": "Before any report", "says": percent(_probability(before)), "at": before},
        *({"label": bar.label, "says": decibans(bar.weight)} for bar in bars),
        {"label": "After all reports", "says": f"{percent(now.p)}  ({span(now.low, now.high)})", "at": after},
    ]
    table = [
        ("before any report", "", "", percent(_probability(before))),
        *((bar.label, decibans(bar.weight), f"{bar.error:.2f}" if bar.error else "exact", "") for bar in bars),
        ("after all reports", "", "", f"{percent(now.p)} ({span(now.low, now.high)})"),
    ]
    return figure(name, _spec(rows, bars, levels), caption, COLUMNS, table, sources=sources)


def decibans(weight: float) -> str:
    """Return a weight with its sign, or that it settles the matter.

    >>> decibans(1.84), decibans(-0.2), decibans(-2900.0)
    ('+1.8', '\N{MINUS SIGN}0.2', 'rules it out')
    """
    if abs(weight) > SURE:
        return "makes it sure" if weight > 0 else "rules it out"
    sign = "" if abs(weight) < ZERO else "+" if weight > 0 else MINUS
    return f"{sign}{abs(weight):.1f}"


def _spec(rows: list[dict[str, Any]], bars: Sequence[Bar], levels: list[float]) -> dict[str, Any]:
    drawn = [min(max(level, -FAR), FAR) for level in levels]
    for place, row in enumerate(rows):
        line = place * ROW + LINE
        row |= {"text": place * ROW + TEXT, "line": line, "top": line - 6, "foot": line + 6, "end": "at" in row}
        row["at"] = min(max(row.get("at", 0.0), -FAR), FAR)
    steps = [
        {**row, "from": start, "to": stop, "up": bar.weight >= 0}
        for row, bar, start, stop in zip(rows[1:-1], bars, drawn[:-1], drawn[1:], strict=True)
    ]
    links = [
        {"at": level, "top": rows[place]["foot"], "foot": rows[place + 1]["top"]} for place, level in enumerate(drawn)
    ]
    width = max(max(drawn) - min(drawn), 2.0)
    low, high = min(drawn) - 0.06 * width, max(drawn) + 0.06 * width
    foot = len(rows) * ROW
    marks = [
        {"at": at, "top": LINE - 6, "foot": foot, "line": foot + 14, "says": f"{100 * p:g} %"}
        for p, at in _marks(low, high)
    ]
    y = {"type": "quantitative", "scale": {"domain": [foot + FOOT, 0], "nice": False, "zero": False}, "axis": None}
    x = {"type": "quantitative", "scale": {"domain": [low, high], "nice": False, "zero": False}, "axis": None}
    at = {"x": {**x, "field": "at"}, "y": {**y, "field": "line"}}
    high_ = {"y": {**y, "field": "top"}, "y2": {"field": "foot"}}
    written = {"y": {**y, "field": "text"}}
    left = {"type": "text", "align": "left", "x": 0, "limit": {"expr": f"max(width - {NUMBERS}, 60)"}}
    right = {"type": "text", "align": "right", "x": "width", "fontWeight": "bold"}
    filled = {"condition": {"test": "datum.up", "value": BELIEF}, "value": "white"}
    layers = [
        _layer(marks, {"type": "rule", "color": HAIR}, {"x": at["x"], **high_}),
        _layer(links, {"type": "rule", "color": QUIET, "strokeWidth": 1, "opacity": 0.6}, {"x": at["x"], **high_}),
        _layer(
            steps,
            {"type": "rect", "stroke": BELIEF, "strokeWidth": 1.4},
            {"x": {**x, "field": "from"}, "x2": {"field": "to"}, **high_, "fill": filled},
        ),
        _layer(
            [row for row in rows if row["end"]],
            {"type": "point", "filled": True, "shape": "diamond", "size": 110, "opacity": 1, "color": INK},
            at,
        ),
        _layer([row for row in rows if not row["end"]], left, {**written, "text": {"field": "label"}}),
        _layer(
            [row for row in rows if row["end"]], {**left, "fontWeight": "bold"}, {**written, "text": {"field": "label"}}
        ),
        _layer(rows, right, {**written, "text": {"field": "says"}}),
        _layer(marks, {"type": "text", "fontSize": 11, "color": QUIET}, {**at, "text": {"field": "says"}}),
    ]
    return {
        "width": WIDTH,
        "height": foot + FOOT,
        "padding": {"left": 1, "right": 1, "top": 2, "bottom": 2},
        "layer": layers,
    }


def _marks(low: float, high: float) -> list[tuple[float, float]]:
    """Return probabilities to mark the axis with, and their log-odds in decibans."""
    kept: list[tuple[float, float]] = []
    room = APART * (high - low)
    for p in MARKS:
        at = 10 * math.log10(p / (1 - p))
        if low + room / 2 < at < high - room / 2 and all(abs(at - other) >= room for _, other in kept):
            kept.append((p, at))
    return kept


def _probability(log_odds: float) -> float:
    return float(1 / (1 + 10 ** (-max(min(log_odds, 300.0), -300.0) / 10)))


def _layer(rows: Sequence[dict[str, Any]], mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"values": list(rows)}, "mark": {**mark, "aria": False}, "encoding": encoding}
