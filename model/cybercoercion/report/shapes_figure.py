"""One response beside the first choice: twenty equally likely extra costs, counted as shapes left and right of a line.

Shapes are stacked in equal bins that never straddle zero; all rows of a page share one axis. What lies beyond the axis
stands at its edge, with its number. There is no mean among the shapes: it is printed beside them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from cybercoercion.report.difference_figure import COLOURS, MARKS
from cybercoercion.report.figure import HAIR, INK, QUIET, Figure, figure
from cybercoercion.report.twenty import TWENTY
from cybercoercion.report.words import capital, money

MILLION, BILLION = 1e6, 1e9
BINS = 30
LOW, HIGH = 52, 120  # pixels: the height of a row, and the most that a high heap may take
STEP, FOOT = 9.0, 6.0  # pixels: from shape to shape in a heap, and from the ground to the middle of the lowest
HEAD = 13  # pixels on top for the numbers of what lies beyond the axis
LARGE, APART = 46, 0.9  # the area of a shape, pixels; how far it keeps from its neighbour where bins are narrow
ROOM = 4  # bins left of zero at least, where any shape lies there
CUTS = (0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12)  # shares of all shapes that may lie beyond an end
SOURCES = {
    "denial": ("cost.urgent", "cost.operator", "cost.national", "resilience", "rate.", "harm."),
    "punishment": ("cost.statement", "cost.indictment", "cost.sanctions", "effect.", "retaliation.", "wrong_actor."),
    "entanglement": ("cost.leverage", "cost.building", "leverage.", "effect.entanglement", "rate.", "harm."),
    "norms": ("cost.naming", "cost.norms", "cost.multilateral", "effect.norms", "precedent.", "wrong_actor."),
    "nothing": ("rate.", "harm.", "resilience"),
}

type Ends = tuple[float, float]


class RowLike(Protocol):
    """A response with its twenty shapes, USD, the least first, beside the first choice in words."""

    @property
    def response(self) -> str:
        """Return one of the four, or nothing."""

    @property
    def shapes(self) -> tuple[float, ...]:
        """Return twenty extra costs."""

    @property
    def yardstick(self) -> str:
        """Return the first choice in words."""


def ends_of(rows: Sequence[RowLike]) -> Ends:
    """Return the common ends of the axis, USD: those under which the highest heap of any row is lowest.

    Few shapes far out would else press all others into one heap, where nobody can count them.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> row = SimpleNamespace(response="norms", shapes=tuple(range(-5, 15)), yardstick="denial")
    >>> low, high = ends_of([row])
    >>> low < -3 and high > 10
    True
    """
    every = np.array([shape for row in rows for shape in row.shapes if any(row.shapes)] or [-1.0, 1.0])
    options = []
    for cut in CUTS:
        low, high = (float(end) for end in np.quantile(every, [cut / 2, 1 - cut]))
        step = (max(high, 0.0) - min(low, 0.0) or 1.0) / (BINS - 2)
        left = max(math.ceil(-low / step - 1e-9), 1 if every.min() >= 0 else ROOM)
        ends = (-step * left, step * (BINS - left))
        options.append((max(max(heaps(row.shapes, ends).values()) for row in rows), cut, ends))
    return min(options)[2]


def heaps(shapes: Sequence[float], ends: Ends) -> dict[int, int]:
    """Return how many shapes lie in each bin; bins are counted from zero, so none straddles it."""
    counts: dict[int, int] = {}
    for place in bins_of(shapes, ends):
        counts[place] = counts.get(place, 0) + 1
    return counts


def bins_of(shapes: Sequence[float], ends: Ends) -> list[int]:
    """Return the bin of each shape, negative ones left of zero; what lies beyond the axis is in the outermost bin."""
    step = (ends[1] - ends[0]) / BINS
    first, last = round(ends[0] / step), round(ends[1] / step) - 1
    return [min(max(math.floor(shape / step), min(first, -1)), max(last, 0)) for shape in shapes]


def shapes(
    name: str,
    caption: str,
    row: RowLike,
    ends: Ends,
    before: Sequence[float] | None = None,
    *,
    width: int | str = "container",
    axis: bool = True,
) -> Figure:
    """Return one response as twenty shapes beside the first choice.

    Parameters
    ----------
    name
        Of the figure.
    caption
        Its conclusion.
    row
        The response with its shapes, USD.
    ends
        Of the axis, USD, common to all rows; see `ends_of`.
    before
        The twenty shapes before the last change, drawn as a faint outline.
    width
        In pixels, or as wide as what holds it.
    axis
        Whether the scale stands beneath.
    """
    unit, word = (BILLION, "billion") if max(-ends[0], ends[1]) >= 2 * BILLION else (MILLION, "million")
    domain = [ends[0] / unit, ends[1] / unit]
    tallest = max([*heaps(row.shapes, ends).values(), *(heaps(before, ends).values() if before else ())])
    head = HEAD if any(not ends[0] <= shape <= ends[1] for shape in row.shapes) else 0
    height = min(max(LOW, math.ceil(STEP * tallest + FOOT + head)), HIGH)
    rise = min(STEP, (height - 2 * FOOT - head) / max(tallest - 1, 1))
    x: dict[str, Any] = {
        "type": "quantitative",
        "scale": {"domain": domain, "nice": False, "zero": False},
        "axis": _axis(word) if axis else None,
    }
    y = {"type": "quantitative", "scale": {"domain": [height, 0], "nice": False, "zero": False}, "axis": None}
    colour = COLOURS[row.response]
    size = {"expr": f"min({LARGE}, pow(width / {BINS} - {APART}, 2))"}  # so that neighbours can be counted
    mark = {"type": "point", "shape": MARKS[row.response].replace("stroke", "cross"), "size": size, "aria": False}

    def points(values: Sequence[float], look: dict[str, Any]) -> dict[str, Any]:
        return {
            "data": {"values": _stacked(values, ends, unit, height, rise)},
            "mark": mark | look,
            "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}},
        }

    layers = [
        {
            "data": {"values": [{"x": domain[0], "to": 0, "top": 0, "foot": height}]},
            "mark": {"type": "rect", "color": HAIR, "opacity": 0.35, "aria": False},
            "encoding": {
                "x": {**x, "field": "x"},
                "x2": {"field": "to"},
                "y": {**y, "field": "top"},
                "y2": {"field": "foot"},
            },
        },
        {
            "data": {"values": [{"y": height}]},
            "mark": {"type": "rule", "color": HAIR, "aria": False},
            "encoding": {"y": {**y, "field": "y"}},
        },
        {
            "data": {"values": [{"x": 0, "top": head, "foot": height}]},
            "mark": {"type": "rule", "color": INK, "strokeWidth": 1.6, "aria": False},
            "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "top"}, "y2": {"field": "foot"}},
        },
        *([points(before, {"filled": False, "stroke": colour, "opacity": 0.45})] if before else []),
        points(row.shapes, {"filled": True, "color": colour, "opacity": 1}),
        *_beyond(row.shapes, ends, unit, x, y),
        *(_sides(row.yardstick) if axis else []),
    ]
    rows = [
        (f"{place + 1} of {TWENTY}", money(shape, signed=True), _side(shape, row.yardstick))
        for place, shape in enumerate(row.shapes)
    ]
    columns = ("equally likely", f"extra cost beside {row.yardstick}, USD", "")
    fit = {"type": "fit-x", "contains": "padding"}  # the height is that of the shapes, the scale comes on top
    spec = {"width": width, "height": height, "autosize": fit, "layer": layers}
    return figure(name, spec, caption, columns, rows, sources=SOURCES[row.response])


def _axis(word: str) -> dict[str, Any]:
    return {
        "title": f"extra cost, USD {word}",
        "titlePadding": 3,
        "tickCount": 6,
        "labelExpr": (
            "datum.value == 0 ? 'same' : (datum.value > 0 ? '+' : '\N{MINUS SIGN}') + format(abs(datum.value), '~r')"
        ),
        "labelFontWeight": {"condition": {"test": "datum.value == 0", "value": "bold"}, "value": "normal"},
        "labelColor": {"condition": {"test": "datum.value == 0", "value": INK}, "value": QUIET},
        "labelOverlap": "greedy",
        "gridOpacity": 0.6,
        "domain": False,
    }


def _stacked(values: Sequence[float], ends: Ends, unit: float, height: float, rise: float) -> list[dict[str, float]]:
    """Return where each shape stands: in the middle of its bin, on top of those before it."""
    step = (ends[1] - ends[0]) / BINS
    levels: dict[int, int] = {}
    out = []
    for place in bins_of(values, ends):
        levels[place] = levels.get(place, 0) + 1
        out.append({"x": (place + 0.5) * step / unit, "y": height - FOOT - rise * (levels[place] - 1)})
    return out


def _beyond(
    values: Sequence[float], ends: Ends, unit: float, x: dict[str, Any], y: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return the numbers of what lies beyond the axis, on top of its edges, clear of shapes and line."""
    edges = (
        (ends[0], [one for one in values if one < ends[0]], "left"),
        (ends[1], [one for one in values if one > ends[1]], "right"),
    )
    both = all(far for _, far, _ in edges)
    out = []
    for end, far, side in edges:
        if not far:
            continue
        furthest = money(max(far, key=abs), signed=True)
        many = f"{len(far)} to" if both else f"{len(far)} beyond, to"
        data = {"values": [{"x": end / unit, "y": HEAD / 2, "text": f"{many} {furthest}" if far[1:] else furthest}]}
        mark = {
            "type": "text", "align": side, "dx": 2 if side == "left" else -2, "fontSize": 11, "color": QUIET,
            "baseline": "middle", "aria": False,
        }  # fmt: skip
        at = {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}, "text": {"field": "text"}}
        out.append({"data": data, "mark": mark, "encoding": at})
    return out


def _sides(yardstick: str) -> list[dict[str, Any]]:
    """Return the words under the ends of the axis."""
    look = {"type": "text", "fontSize": 11, "color": QUIET, "baseline": "top", "aria": False}
    under = look | {"y": {"expr": "height + 21"}}
    left, right = "\N{BLACK LEFT-POINTING SMALL TRIANGLE}", "\N{BLACK RIGHT-POINTING SMALL TRIANGLE}"
    ends = (
        (f"{left} cheaper than {yardstick}", {"align": "left", "x": 0}),
        (f"dearer {right}", {"align": "right", "x": {"expr": "width"}}),
    )
    return [
        {"data": {"values": [{"text": text}]}, "mark": under | where, "encoding": {"text": {"field": "text"}}}
        for text, where in ends
    ]


def _side(shape: float, yardstick: str) -> str:
    if shape == 0:
        return capital(f"the same as {yardstick}")
    return f"{'Cheaper' if shape < 0 else 'Dearer'} than {yardstick}"
