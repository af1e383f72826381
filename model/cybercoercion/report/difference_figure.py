"""How surely one response is cheaper than another, and by how much: twenty equally likely shapes per row."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.summary import weighted_quantiles
from cybercoercion.report.figure import (
    HAIR,
    INK,
    QUIET,
    RESPONSE_COLOURS,
    RESPONSE_SHAPES,
    Figure,
    figure,
)
from cybercoercion.report.names import response_name
from cybercoercion.report.words import money

Array = NDArray[np.float64]
MILLION = 1e6
SHAPES, BINS = 20, 30
ROW, WIDTH, NAMED = 46, 330, 250  # pixels
COLOURS = RESPONSE_COLOURS | {"nothing": QUIET}
MARKS = RESPONSE_SHAPES | {"nothing": "stroke"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line:
    """What one response costs beyond the yardstick in equally likely futures, USD, dims ``(20,)``, and on average."""

    response: str
    shapes: Array
    expected: float

    @property
    def cheaper(self) -> int:
        """In how many of the twenty it costs less than the yardstick."""
        return int((self.shapes < 0).sum())

    @property
    def dearer(self) -> int:
        """In how many of the twenty it costs more."""
        return int((self.shapes > 0).sum())


def line(response: str, values: Array, share: Array, expected: float) -> Line:
    """Return the twenty quantiles of weighted draws that stand for equally likely futures."""
    places = tuple((k + 0.5) / SHAPES for k in range(SHAPES))
    return Line(response=response, shapes=weighted_quantiles(values, share, places), expected=expected)


def differences(name: str, caption: str, panels: Sequence[tuple[str, Sequence[Line]]], yardstick: str) -> Figure:
    """Return rows of twenty shapes left and right of the line "same", one panel per scenario on a common axis."""
    every = np.concatenate([row.shapes for _, rows in panels for row in rows])
    step = _step(every)
    low = step * math.floor(np.quantile(every, 0.03) / step)
    high = step * math.ceil(np.quantile(every, 0.97) / step)
    low, high = min(low, -step), max(high, step)
    drawn = [
        _panel(title, rows, (low, high), step, last=k + 1 == len(panels)) for k, (title, rows) in enumerate(panels)
    ]
    for one in drawn:
        axis = one["hconcat"][1]["layer"][0]["encoding"]["x"]["axis"]
        axis["title"] = (
            f"extra cost compared with {response_name(yardstick)}, USD million" if one is drawn[-1] else None
        )
    rows = [
        [
            title,
            response_name(row.response),
            money(row.expected, signed=True),
            f"{row.cheaper} of {SHAPES}",
            f"{row.dearer} of {SHAPES}",
        ]
        for title, lines in panels
        for row in lines
    ]
    columns = ("scenario", "response", f"against {response_name(yardstick)}", "cheaper in", "dearer in")
    return figure(name, {"spacing": 12, "vconcat": drawn}, caption, columns, rows)


def _step(values: Array) -> float:
    """Return a round width of bins; bins begin at zero, so none straddles it."""
    low, high = np.quantile(values, [0.03, 0.97])
    width = max(high - low, np.abs(values).max() / 100, 1e-3 * MILLION) / BINS
    size = 10.0 ** math.floor(math.log10(width))
    return float(size * next(k for k in (1, 2, 5, 10) if k * size >= width))


def _panel(title: str, rows: Sequence[Line], ends: tuple[float, float], step: float, *, last: bool) -> dict[str, Any]:
    dots, labels, beyond = [], [], []
    for place, row in enumerate(rows):
        inside = np.clip(row.shapes, ends[0], ends[1] - 1e-9 * step)
        bins = np.floor(inside / step).astype(int)
        middle = (bins + 0.5) * step
        stacked: dict[int, int] = {}
        for k, x in zip(bins.tolist(), middle.tolist(), strict=True):
            stacked[k] = stacked.get(k, 0) + 1
            dots.append({"row": place, "x": x / MILLION, "level": stacked[k] - 1, "response": row.response})
        heap = max(stacked.values())
        for dot in dots[-SHAPES:]:
            dot["y"] = ROW * (place + 1) - 6 - dot["level"] * min(7.0, (ROW - 14) / max(heap - 1, 1))
        counted = f"cheaper in {row.cheaper} of {SHAPES}, dearer in {row.dearer}"
        name = response_name(row.response)
        labels.append(
            {
                "y": ROW * (place + 1) - 24,
                "low": ROW * (place + 1) - 9,
                "name": f"{name[0].upper()}{name[1:]} {money(row.expected, signed=True)}",
                "counted": counted,
            }
        )
        for edge, values in ((ends[0], row.shapes[row.shapes < ends[0]]), (ends[1], row.shapes[row.shapes > ends[1]])):
            if len(values):
                far = money(values[np.abs(values).argmax()], signed=True)
                heaped = stacked[int(bins[0] if edge < 0 else bins[-1])]
                foot = ROW * (place + 1) - 6 - 7 * heaped
                said = far if len(values) == 1 else f"{len(values)} to {far}"
                beyond.append({"x": edge / MILLION, "y": foot - 4, "text": said, "right": edge > 0})
    height = ROW * len(rows)
    domain = [ends[0] / MILLION, ends[1] / MILLION]
    x = {"type": "quantitative", "scale": {"domain": domain, "nice": False}}
    axis = {"tickCount": 6, "grid": False, "labels": last, "ticks": last, "title": None}
    y = {"type": "quantitative", "scale": {"domain": [height, 0], "nice": False, "zero": False}, "axis": None}
    grid = [{"y": ROW * (place + 1)} for place in range(len(rows))]
    chart = {
        "width": WIDTH,
        "height": height,
        "layer": [
            {
                "data": {"values": [{"from": domain[0], "to": 0, "top": 0, "foot": height}]},
                "mark": {"type": "rect", "color": HAIR, "opacity": 0.35},
                "encoding": {
                    "x": {**x, "field": "from", "axis": axis},
                    "x2": {"field": "to"},
                    "y": {**y, "field": "top"},
                    "y2": {"field": "foot"},
                },
            },
            {
                "data": {"values": grid},
                "mark": {"type": "rule", "color": HAIR},
                "encoding": {"y": {**y, "field": "y"}},
            },
            {
                "data": {"values": [{"x": 0}]},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1.4},
                "encoding": {"x": {**x, "field": "x"}},
            },
            {
                "data": {"values": dots},
                "mark": {"type": "point", "filled": True, "size": 34, "opacity": 0.9, "aria": False},
                "encoding": {
                    "x": {**x, "field": "x"},
                    "y": {**y, "field": "y"},
                    "color": _scaled("response", COLOURS),
                    "shape": _scaled("response", MARKS | {"nothing": "cross"}),
                },
            },
            *(
                {
                    "data": {"values": [one for one in beyond if one["right"] is right]},
                    "mark": {
                        "type": "text", "align": "right" if right else "left", "dx": -1 if right else 1,
                        "fontSize": 10, "color": QUIET,
                    },
                    "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}, "text": {"field": "text"}},
                }
                for right in (False, True)
            ),
        ],
    }  # fmt: skip
    words = {
        "width": NAMED,
        "height": height,
        "layer": [
            _words(labels, "y", "name", bold=True),
            _words(labels, "low", "counted", bold=False),
        ],
    }
    head = {"text": title, "fontSize": 12, "anchor": "start", "fontWeight": "bold", "color": INK, "limit": 580}
    return {"title": head, "spacing": 4, "hconcat": [words, chart]}


def _words(labels: Sequence[dict[str, Any]], y: str, field: str, *, bold: bool) -> dict[str, Any]:
    scale = {"domain": [ROW * len(labels), 0], "nice": False, "zero": False}
    weight = {"fontWeight": "bold"} if bold else {"color": QUIET, "fontSize": 11}
    return {
        "data": {"values": labels},
        "mark": {"type": "text", "align": "left", "x": 0, **weight},
        "encoding": {
            "y": {"field": y, "type": "quantitative", "axis": None, "scale": scale},
            "text": {"field": field},
        },
    }


def _scaled(field: str, values: dict[str, str]) -> dict[str, Any]:
    scale = {"domain": list(values), "range": list(values.values())}
    return {"field": field, "type": "nominal", "scale": scale, "legend": None}
