"""What a finding is worth before waiting for it: bars in USD, upper limits hollow, the cost of a day as a tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cybercoercion.report.figure import BELIEF, HAIR, INK, QUIET, Figure, figure
from cybercoercion.report.figure_text import BREAK, broken, lines_of
from cybercoercion.report.words import money

ROW, LINE, NAMED, WIDTH, SAID = 44, 14, 300, 300, 90  # pixels
MILLION = 1e6
COLUMNS = ("finding", "", "", "worth, USD")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """One thing to find out: what it is worth at most (a limit), or as the report that it is, USD."""

    label: str
    note: str
    value: float
    limit: bool


def worth_of_findings(name: str, caption: str, rows: Sequence[Worth], delay: float | None = None) -> Figure:
    """Return one bar per finding; ``delay`` is the cost of a day of waiting, USD."""
    data, height = _placed(rows)
    largest = max([row.value for row in rows] + [delay or 0.0] + [1.0]) / MILLION
    y = {"type": "quantitative", "scale": {"domain": [height, 0], "nice": False, "zero": False}, "axis": None}
    x = {"type": "quantitative", "scale": {"domain": [0, largest * 1.02], "nice": False}, "axis": None}
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": [{"from": 0, "top": 0, "foot": height}]},
            "mark": {"type": "rule", "color": HAIR, "strokeWidth": 1.4},
            "encoding": {"x": {**x, "field": "from"}, "y": {**y, "field": "top"}, "y2": {"field": "foot"}},
        },
        *(
            {
                "data": {"values": [row for row in data if row["limit"] is limit and row["value"]]},
                "mark": {
                    "type": "rect", "cornerRadius": 3, "stroke": BELIEF, "strokeWidth": 1.4,
                    "fill": "white" if limit else BELIEF, **({"strokeDash": [4, 3]} if limit else {}),
                },
                "encoding": {
                    "x": {**x, "field": "from"},
                    "x2": {"field": "value"},
                    "y": {**y, "field": "top"},
                    "y2": {"field": "foot"},
                },
            }
            for limit in (True, False)
        ),
    ]  # fmt: skip
    if delay is not None and delay > 0:
        layers += [
            {
                "data": {
                    "values": [
                        {"delay": delay / MILLION, "top": row["top"] - 4, "foot": row["foot"] + 4} for row in data
                    ]
                },
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1.6},
                "encoding": {"x": {**x, "field": "delay"}, "y": {**y, "field": "top"}, "y2": {"field": "foot"}},
            },
            {
                "data": {"values": [{"delay": delay / MILLION, "y": 4, "text": f"a day costs {money(delay)}"}]},
                "mark": {"type": "text", "align": "left" if delay / MILLION < largest / 2 else "right", "fontSize": 11},
                "encoding": {"x": {**x, "field": "delay"}, "y": {**y, "field": "y"}, "text": {"field": "text"}},
            },
        ]
    bars = {"width": WIDTH, "height": height, "layer": layers}
    spec = {
        "spacing": 10,
        "hconcat": [
            _column(data, NAMED, height, (("y", "label", True), ("low", "note", False))),
            bars,
            _column(data, SAID, height, (("y", "text", True),)),
        ],
    }
    return figure(name, spec, caption, COLUMNS, numbers(rows))


def numbers(rows: Sequence[Worth]) -> list[list[str]]:
    """Return findings as rows of a table under `COLUMNS`."""
    return [[row.label, row.note, "at most" if row.limit else "", money(row.value)] for row in rows]


def _placed(rows: Sequence[Worth]) -> tuple[list[dict[str, Any]], int]:
    """Return the rows one below the other, each as high as its words need, and the height of them all."""
    data: list[dict[str, Any]] = []
    foot = 0
    for row in rows:
        label = broken(row.label, NAMED, 12, bold=True)
        note = broken(row.note, NAMED, 11)
        data.append(
            {
                "label": label,
                "note": note,
                "value": row.value / MILLION,
                "text": money(row.value),
                "limit": row.limit,
                "y": foot + 15,
                "low": foot + 30 + LINE * (lines_of(label) - 1),
                "top": foot + 12,
                "foot": foot + 26,
                "from": 0,
            }
        )
        foot += ROW + LINE * (lines_of(label) + lines_of(note) - 2)
    return data, max(foot, ROW)


def _column(
    rows: list[dict[str, Any]], width: int, height: int, fields: tuple[tuple[str, str, bool], ...]
) -> dict[str, Any]:
    scale = {"domain": [height, 0], "nice": False, "zero": False}
    return {
        "width": width,
        "height": height,
        "layer": [
            {
                "data": {"values": rows},
                "mark": {
                    "type": "text", "align": "left", "x": 0, "lineBreak": BREAK, "fontSize": 12 if bold else 11,
                    "lineHeight": LINE,
                    **({"fontWeight": "bold"} if bold else {"color": QUIET}),
                },
                "encoding": {
                    "y": {"field": y, "type": "quantitative", "axis": None, "scale": scale},
                    "text": {"field": field},
                },
            }
            for y, field, bold in fields
        ],
    }  # fmt: skip
