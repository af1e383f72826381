"""What every map is drawn with: axes, tinted regions, the cloud of readings, the ring of now, names, the side list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cybercoercion.case import Case
from cybercoercion.report.figure import BELIEF, INK, QUIET
from cybercoercion.report.names import label
from cybercoercion.sensitivity.plane.axes import ACTOR, COERCIVE, PRICE, Axis
from cybercoercion.sensitivity.plane.shares import Region

Array = NDArray[np.float64]
WIDTH, HEIGHT, SIDE, LINE = 330, 300, 280, 19  # pixels
PER_CENT = "format(100 * datum.value, '.0f') + ' %'"


def axis_title(axis: Axis, case: Case, *, short: bool = False) -> str:
    """Return what an axis is called; ``short`` inside a sentence."""
    if axis.name == COERCIVE:
        return "P(coercion)"
    if axis.name.startswith(f"{ACTOR}."):
        return f"P({label(case, 'actor', axis.name.removeprefix(f'{ACTOR}.'))} did it)"
    if axis.name == PRICE:
        return "the price of escalation" if short else "Price of escalation (1: at face value)"
    if axis.name == "stakes.escalation":
        return "escalation risk" if short else "Escalation risk (1: as usual)"
    return "resilience" if short else "Resilience of the target"


def upper(text: str) -> str:
    """Return a text that begins a sentence; names in it stay as they are.

    >>> upper("sanctions against North Korea")
    'Sanctions against North Korea'
    """
    return text[:1].upper() + text[1:]


def scale(axis: Axis, title: str = "") -> dict[str, Any]:
    """Return the encoding of an axis of a map."""
    shown: dict[str, Any] = {"title": title, "grid": False, "tickCount": 5}
    if axis.believed:
        shown["labelExpr"] = PER_CENT
    return {
        "type": "quantitative",
        "scale": {"domain": [axis.low, axis.high], "nice": False, "zero": False},
        "axis": shown,
    }


def areas(
    regions: Sequence[Region],
    x: Mapping[str, Any],
    y: Mapping[str, Any],
    colours: Mapping[str, str],
    tints: Mapping[str, float],
    *,
    swapped: bool,
) -> dict[str, Any]:
    """Return every region as areas of its tint; ``swapped``: they run along y."""
    rows = [
        {"along": float(s), "low": float(low), "high": float(high), "option": region.option, "part": f"{place}.{k}"}
        for place, region in enumerate(regions)
        for k, part in enumerate(region.parts)
        for s, low, high in zip(part.along, part.low, part.high, strict=True)
    ]
    along, across = (y, x) if swapped else (x, y)
    first, second = ("y", "x") if swapped else ("x", "y")
    return {
        "data": {"values": rows},
        "mark": {"type": "area", "orient": "horizontal" if swapped else "vertical", "line": False, "aria": False},
        "encoding": {
            first: {**along, "field": "along"},
            second: {**across, "field": "low"},
            f"{second}2": {"field": "high"},
            "detail": {"field": "part"},
            "color": _by(colours, "option"),
            "opacity": _by(tints, "option"),
        },
    }


def cloud(dots: Array, x_axis: Axis, y_axis: Axis, x: Mapping[str, Any], y: Mapping[str, Any]) -> dict[str, Any]:
    """Return the readings of the inputs as dots; what lies beyond the map sits at its edge."""
    rows = [
        {
            "x": float(np.clip(a, x_axis.low, x_axis.high)),
            "y": float(np.clip(b, y_axis.low, y_axis.high)),
        }
        for a, b in dots
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "filled": True, "size": 13, "color": BELIEF, "opacity": 0.5, "aria": False},
        "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}},
    }


def now_ring(x_axis: Axis, y_axis: Axis, x: Mapping[str, Any], y: Mapping[str, Any]) -> dict[str, Any]:
    """Return the ring at the present point with the word now, on the side where there is room."""
    left = (x_axis.now - x_axis.low) / (x_axis.high - x_axis.low) > 0.85
    data = {
        "values": [
            {
                "x": float(np.clip(x_axis.now, x_axis.low, x_axis.high)),
                "y": float(np.clip(y_axis.now, y_axis.low, y_axis.high)),
                "text": "now",
            }
        ]
    }
    place = {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}}
    word = {"type": "text", "align": "right" if left else "left", "dx": -10 if left else 10, "fontWeight": "bold"}
    return {
        "data": data,
        "layer": [
            {
                "mark": {
                    "type": "point", "filled": True, "size": 110, "color": "white", "stroke": BELIEF,
                    "strokeWidth": 2.6, "opacity": 1,
                },
                "encoding": place,
            },
            {
                "mark": {**word, "stroke": "white", "strokeWidth": 3, "color": "white"},
                "encoding": {**place, "text": {"field": "text"}},
            },
            {"mark": {**word, "color": BELIEF}, "encoding": {**place, "text": {"field": "text"}}},
        ],
    }  # fmt: skip


def texts(
    rows: Sequence[Mapping[str, Any]],
    x: Mapping[str, Any],
    y: Mapping[str, Any],
    colours: Mapping[str, str],
    shapes: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Return the names of regions with their shapes, at places scaled to (0, 1)."""
    if not rows:
        return []
    ends = [one["scale"]["domain"] for one in (x, y)]
    data = [
        {
            **row,
            "x": ends[0][0] + row["u"] * (ends[0][1] - ends[0][0]),
            "y": ends[1][0] + row["v"] * (ends[1][1] - ends[1][0]),
        }
        for row in rows
    ]
    place = {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}}
    return [
        {
            "data": {"values": data},
            "layer": [
                {
                    "mark": {"type": "point", "filled": True, "size": 75, "opacity": 1},
                    "encoding": {**place, "color": _by(colours, "option"), "shape": _by(shapes, "option")},
                },
                *(
                    {
                        "mark": {"type": "text", "align": "left", "dx": 9, "fontWeight": "bold", "color": INK, **halo},
                        "encoding": {**place, "text": {"field": "text"}},
                    }
                    for halo in ({"stroke": "white", "strokeWidth": 3, "opacity": 0.75}, {})
                ),
            ],
        }
    ]


def listed(head: str, rows: Sequence[tuple[str, str, str]], notes: Sequence[str]) -> list[dict[str, Any]]:
    """Return the lines beside a map: a head, option with its name and share, then notes without a mark."""
    out: list[dict[str, Any]] = [{"option": "", "y": 6, "text": head, "share": "", "mark": False}] if head else []
    y = 8 + LINE * len(out)
    for option, name, share in rows:
        wrapped = _wrapped(name, 34)
        for k, part in enumerate(wrapped):
            out.append({"option": option, "y": y, "text": part, "share": share if k == 0 else "", "mark": k == 0})
            y += LINE
    y += 6
    for note in notes:
        for part in _wrapped(note, 46):
            out.append({"option": "", "y": y, "text": part, "share": "", "mark": False})
            y += 16
        y += 5
    return out


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def side(rows: Sequence[Mapping[str, Any]], colours: Mapping[str, str], shapes: Mapping[str, str]) -> dict[str, Any]:
    """Return the list beside a map."""
    y = {"type": "quantitative", "scale": {"domain": [HEIGHT, 0], "nice": False, "zero": False}, "axis": None}
    at = {"y": {**y, "field": "y"}}
    named = [row for row in rows if row["option"]]
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": [row for row in named if row["mark"]]},
            "mark": {"type": "point", "filled": True, "size": 75, "opacity": 1, "x": 6},
            "encoding": {**at, "color": _by(colours, "option"), "shape": _by(shapes, "option")},
        },
        {
            "data": {"values": named},
            "mark": {"type": "text", "align": "left", "x": 76},
            "encoding": {**at, "text": {"field": "text"}},
        },
        {
            "data": {"values": named},
            "mark": {"type": "text", "align": "right", "x": 68, "fontWeight": "bold"},
            "encoding": {**at, "text": {"field": "share"}},
        },
    ]
    notes = [row for row in rows if not row["option"]]
    if notes:
        layers.append(
            {
                "data": {"values": notes},
                "mark": {"type": "text", "align": "left", "x": 0, "color": QUIET, "fontSize": 11},
                "encoding": {**at, "text": {"field": "text"}},
            }
        )
    return {"width": SIDE, "height": HEIGHT, "layer": layers}


def house(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the spec with scales of colour and shape of its own in each view."""
    return {**spec, "resolve": {"scale": {"color": "independent", "shape": "independent", "opacity": "independent"}}}


def _by(values: Mapping[str, Any], field: str) -> dict[str, Any]:
    return {
        "field": field,
        "type": "nominal",
        # ordinal: a scale of opacity would else go in even steps from the first to the second
        "scale": {"type": "ordinal", "domain": list(values), "range": list(values.values())},
        "legend": None,
    }
