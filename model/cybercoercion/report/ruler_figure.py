"""How far is the flip: one ruler per input in its own unit, from where we think it is to where another leads."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cybercoercion.report.difference_figure import COLOURS, MARKS
from cybercoercion.report.figure import BELIEF, HAIR, QUIET, Figure, figure
from cybercoercion.report.units import in_unit
from cybercoercion.report.words import percent

ROW, NAMED, WIDTH, SAID = 56, 300, 320, 90  # pixels
STEPS = ((0.05, 0.95), (0.1, 0.9), (0.25, 0.75))  # 90, 80 and 50 % of what we think
DECADES = 1.5  # a ruler that spans more is logarithmic
COLUMNS = ("input", "now", "5-95 %", "flips", "chance that it is past")
GAP = 0.13  # of the ruler's length: labels nearer than this would touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where the answer flips: what holds beyond ``value`` on one side, in words; ``chance`` of being there now.

    ``look`` is the response whose colour and shape stand for the winner.
    """

    value: float
    above: bool
    says: str  # such as "denial leads"
    look: str
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruler:
    """One input: its value now, its quantiles at `STEPS` from lowest to highest, and where it flips the choice.

    ``before`` is its value before the last change, where that was another.
    """

    label: str
    unit: str
    now: float
    quantiles: tuple[float, ...]  # 5, 10, 25, 75, 90, 95 %
    marks: tuple[Mark, ...]
    before: float | None = None

    @property
    def chance(self) -> float:
        """The chance that the input is already past one of its marks."""
        return sum(mark.chance for mark in self.marks)

    @property
    def certain(self) -> bool:
        """Whether it is taken as a point, so that no chance can be said."""
        return self.quantiles[0] >= self.quantiles[-1]

    @property
    def past(self) -> str:
        """The chance that it is already past one of its marks, in words."""
        return "taken as certain" if self.certain else percent(self.chance)

    def said(self) -> str:
        """Return where it flips, in words."""
        parts = [
            f"{'above' if mark.above else 'below'} {in_unit(mark.value, self.unit)} {mark.says}" for mark in self.marks
        ]
        return "; ".join(parts)


def rulers(name: str, caption: str, rows: Sequence[Ruler]) -> Figure:
    """Return one row per input: name and flip in words, its ruler, and the chance that it is already past the flip."""
    ranked = sorted(rows, key=lambda row: -row.chance)  # equals keep their order
    parts: dict[str, list[dict[str, Any]]] = {
        kind: [] for kind in ("names", "base", "band", "zone", "mark", "shape", "now", "below", "flip")
    }
    for place, row in enumerate(ranked):
        _draw(parts, place, row)
    height = ROW * max(len(ranked), 1)
    y = {"type": "quantitative", "scale": {"domain": [height, 0], "nice": False, "zero": False}, "axis": None}
    x = {"type": "quantitative", "scale": {"domain": [0, 1], "nice": False}, "axis": None}
    colour = _scaled("winner", COLOURS)
    ruler = {
        "width": WIDTH,
        "height": height,
        "layer": [
            _rule(parts["base"], x, y, {"color": HAIR, "strokeWidth": 2}),
            {
                "data": {"values": parts["zone"]},
                "mark": {"type": "rect", "opacity": 0.16},
                "encoding": {**_box(x, y), "color": colour},
            },
            {
                "data": {"values": parts["band"]},
                "mark": {"type": "rect", "color": BELIEF, "opacity": 0.24, "cornerRadius": 5},
                "encoding": _box(x, y),
            },
            {
                "data": {"values": parts["mark"]},
                "mark": {"type": "rule", "strokeWidth": 2.2},
                "encoding": {
                    "x": {**x, "field": "x"},
                    "y": {**y, "field": "top"},
                    "y2": {"field": "foot"},
                    "color": colour,
                },
            },
            {
                "data": {"values": parts["shape"]},
                "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1},
                "encoding": {
                    "x": {**x, "field": "x"},
                    "y": {**y, "field": "y"},
                    "color": colour,
                    "shape": _scaled("winner", MARKS | {"nothing": "cross"}),
                },
            },
            {
                "data": {"values": parts["now"]},
                "mark": {"type": "point", "filled": True, "size": 95, "opacity": 1, "color": BELIEF, "stroke": "white"},
                "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}},
            },
            *_texts(parts["below"], x, y, bold=False),
            *_texts(parts["flip"], x, y, bold=True),
        ],
    }
    spec = {
        "spacing": 10,
        "hconcat": [
            _column(parts["names"], NAMED, height, ("label", "said")),
            ruler,
            _column(parts["names"], SAID, height, ("chance", "word")),
        ],
    }
    return figure(name, spec, caption, COLUMNS, numbers(ranked))


def numbers(rows: Sequence[Ruler]) -> list[list[str]]:
    """Return the rulers as rows of a table under `COLUMNS`."""
    return [
        [row.label, in_unit(row.now, row.unit), _range(row), row.said() or "no flip found", row.past] for row in rows
    ]


def _range(row: Ruler) -> str:
    low, high = row.quantiles[0], row.quantiles[-1]
    return f"{in_unit(low, row.unit)} to {in_unit(high, row.unit)}" if low < high else "a point"


def _draw(parts: dict[str, list[dict[str, Any]]], place: int, row: Ruler) -> None:
    at = placed(row)
    top = ROW * place
    middle, top_zone, foot_zone = top + 20, top + 11, top + 29
    parts["names"].append(
        {
            "y": top + 18,
            "low": top + 34,
            "label": row.label,
            "said": row.said(),
            "chance": row.past,
            "word": "past it" if place == 0 else "",
        }
    )
    parts["base"].append({"x": 0, "to": 1, "y": middle})
    count = len(row.quantiles)
    for k, inset in zip(range(count // 2), (3, 3, 3), strict=False):
        low, high = at(row.quantiles[k]), at(row.quantiles[count - 1 - k])
        parts["band"].append({"x": low, "to": high, "top": top_zone + inset, "foot": foot_zone - inset})
    now = at(row.now)
    parts["now"].append({"x": now, "y": middle})
    parts["below"].append(_text(now, top + 42, f"now {in_unit(row.now, row.unit)}"))
    for mark in row.marks:
        x = at(mark.value)
        end = 1.0 if mark.above else 0.0
        zone = {"x": min(x, end), "to": max(x, end), "top": top_zone, "foot": foot_zone, "winner": mark.look}
        parts["zone"].append(zone)
        parts["mark"].append({"x": x, "top": top_zone - 3, "foot": foot_zone + 3, "winner": mark.look})
        parts["shape"].append({"x": (x + end) / 2, "y": middle, "winner": mark.look})
        near = abs(x - now) < 2 * GAP  # then the number of the flip stands above its mark
        parts["flip"].append(_text(x, top + (3 if near else 42), in_unit(mark.value, row.unit)))


def placed(row: Ruler) -> Callable[[float], float]:
    """Return the function that places a value between 0 and 1, with room beyond the outermost marks."""
    values = [row.now, *row.quantiles, *(mark.value for mark in row.marks)]
    values += [row.before] if row.before is not None else []
    low, high = min(values), max(values)
    log = low > 0 and math.log10(high / low) > DECADES if high > low else False
    go = math.log10 if log else float
    start, end = go(low), go(high)
    room = end - start or 1.0
    start -= (0.22 if any(not mark.above for mark in row.marks) else 0.04) * room
    end += (0.22 if any(mark.above for mark in row.marks) else 0.04) * room
    if row.unit in ("probability", "share"):
        least, most = (-math.inf, 0.0) if log else (0.0, 1.0)
        start = max(start, least) if low >= 0 else start  # a share that is a change may be negative
        end = min(end, most)
    return lambda value: (go(value) - start) / (end - start)


def _text(x: float, y: float, text: str) -> dict[str, Any]:
    return {
        "x": min(max(x, 0.0), 1.0),
        "y": y,
        "text": text,
        "side": "left" if x < GAP else "right" if x > 1 - GAP else "",
    }


def _texts(rows: list[dict[str, Any]], x: Any, y: Any, *, bold: bool) -> list[dict[str, Any]]:
    return [
        {
            "data": {"values": [row for row in rows if row["side"] == side]},
            "mark": {
                "type": "text",
                "align": side or "center",
                "fontSize": 11,
                "fontWeight": "bold" if bold else "normal",
            },
            "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}, "text": {"field": "text"}},
        }
        for side in ("left", "", "right")
    ]


def _rule(rows: list[dict[str, Any]], x: Any, y: Any, look: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"values": rows},
        "mark": {"type": "rule", **look},
        "encoding": {"x": {**x, "field": "x"}, "x2": {"field": "to"}, "y": {**y, "field": "y"}},
    }


def _box(x: Any, y: Any) -> dict[str, Any]:
    return {
        "x": {**x, "field": "x"},
        "x2": {"field": "to"},
        "y": {**y, "field": "top"},
        "y2": {"field": "foot"},
    }


def _column(rows: list[dict[str, Any]], width: int, height: int, fields: tuple[str, str]) -> dict[str, Any]:
    scale = {"domain": [height, 0], "nice": False, "zero": False}
    looks = ({"fontWeight": "bold", "fontSize": 12.5}, {"color": QUIET, "fontSize": 11})
    return {
        "width": width,
        "height": height,
        "layer": [
            {
                "data": {"values": rows},
                "mark": {"type": "text", "align": "left", "x": 0, "limit": width, **look},
                "encoding": {
                    "y": {"field": y, "type": "quantitative", "axis": None, "scale": scale},
                    "text": {"field": field},
                },
            }
            for y, field, look in zip(("y", "low"), fields, looks, strict=True)
        ],
    }


def _scaled(field: str, values: dict[str, str]) -> dict[str, Any]:
    scale = {"domain": list(values), "range": list(values.values())}
    return {"field": field, "type": "nominal", "scale": scale, "legend": None}
