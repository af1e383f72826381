"""What figures along one input are drawn with: lines with dash, shape and name, now, where the first changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cybercoercion.case import Case
from cybercoercion.report.difference_figure import COLOURS, MARKS
from cybercoercion.report.figure import BELIEF, INK, QUIET
from cybercoercion.report.tornado_figure import option_name
from cybercoercion.report.words import money
from cybercoercion.response.variant import BY_NAME
from cybercoercion.sensitivity.line.along import Flip

Array = NDArray[np.float64]
WIDTH, HEIGHT = 420, 190  # pixels
MILLION = 1e6  # what amounts are drawn in
NEARLY = 1.0000001  # what lies at the ceiling but for rounding is not above it
HEADROOM = 0.05  # of what is drawn, so that the highest mark is not at the frame
PLAIN = "plain"  # a line that is no option
LINES = COLOURS | {PLAIN: BELIEF}
POINTS = MARKS | {"nothing": "cross", PLAIN: "circle"}
DASHES = {
    "denial": [1, 0], "punishment": [7, 3], "entanglement": [2, 2], "norms": [9, 2, 2, 2], "nothing": [4, 4],
    PLAIN: [1, 0],
}  # fmt: skip


def line_name(name: str, case: Case) -> str:
    """Return what a line is called: an option, or a statement as it is."""
    return name if ":" in name or name in ("gap", "coercion") else option_name(name, case)


def family(name: str) -> str:
    """Return whose colour, shape and dash a line has: of a plan of several levers, those of the last."""
    if name in COLOURS or name == PLAIN or ":" in name or name in ("gap", "coercion"):
        return name if name in COLOURS else PLAIN
    last = name.rsplit(" + ", maxsplit=1)[-1].split(" against ", maxsplit=1)[0]
    return BY_NAME[last].response if last in BY_NAME else "nothing"


def along_axis(values: Array, title: str, unit: str) -> dict[str, Any]:
    """Return the encoding of the input along which lines run."""
    axis: dict[str, Any] = {"title": title, "grid": False, "tickCount": 6}
    if unit == "probability":
        axis["labelExpr"] = "format(100 * datum.value, '.0f') + ' %'"
    if unit.startswith("USD"):
        axis["format"] = "~s"
    return {
        "type": "quantitative",
        "scale": {"domain": [float(values[0]), float(values[-1])], "nice": False, "zero": False},
        "axis": axis,
    }


def panel(
    values: Array,
    numbers: Array,
    options: Sequence[str],
    shown: Sequence[str],
    x: dict[str, Any],
    case: Case,
    title: str,
    *,
    probability: bool,
    most: float | None = None,
    height: int = HEIGHT,
) -> dict[str, Any]:
    """Return lines with a shape and the name of each option at their right ends, kept apart.

    Where an option has no number, or one above ``most``, its line has a gap.
    """
    columns = {name: numbers[:, list(options).index(name)] for name in shown}
    if probability:
        low, high = 0.0, 1.0
    else:
        every = np.concatenate(list(columns.values()))
        low, high = min(float(np.nanmin(every)), 0.0), most if most is not None else float(np.nanmax(every))
        high = high if high > low else low + 1.0
    top = high if probability else high + HEADROOM * (high - low)
    axis: dict[str, Any] = {"title": title, "tickCount": 4, "gridOpacity": 0.6}
    if probability:
        axis["labelExpr"] = "format(100 * datum.value, '.0f') + ' %'"
    y = {"type": "quantitative", "scale": {"domain": [low, top], "nice": False, "zero": False}, "axis": axis}
    layers: list[dict[str, Any]] = []
    steps = max(len(values) // 5, 1)
    for place, (name, column) in enumerate(columns.items()):
        rows = _inside(values, column, high if most else np.inf)
        look = {"color": LINES[family(name)], "strokeWidth": 2, "strokeDash": DASHES[family(name)], "clip": True}
        at = {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}}
        layers.append({"data": {"values": rows}, "mark": {"type": "line", **look}, "encoding": at})
        shape = {"type": "point", "filled": True, "size": 55, "opacity": 1, "color": LINES[family(name)]}
        points = [
            {"x": float(values[k]), "y": float(column[k])}
            for k in range((place * 2) % steps, len(values), steps)
            if np.isfinite(column[k]) and column[k] <= (high * NEARLY if most else np.inf)
        ]
        layers.append(
            {
                "data": {"values": points},
                "mark": {**shape, "shape": POINTS[family(name)], "clip": False},  # whole at the frame
                "encoding": at,
            }
        )
    layers.append(_ends(columns, low, top, high if most else np.inf, y, case, height))
    return {"width": WIDTH, "height": height, "layer": layers}


def _inside(values: Array, column: Array, ceiling: float) -> list[dict[str, Any]]:
    """Return a line up to where it crosses the ceiling; it has a gap above, and where it has no number."""
    rows: list[dict[str, Any]] = []
    for k, (x, y) in enumerate(zip(values.tolist(), column.tolist(), strict=True)):
        before = column[k - 1] if k else np.nan
        if (before - ceiling) * (y - ceiling) < 0:
            share = (ceiling - before) / (y - before)
            rows.append({"x": float(values[k - 1] + share * (x - values[k - 1])), "y": ceiling})
        rows.append({"x": x, "y": min(y, ceiling) if y <= ceiling * NEARLY else None})
    return rows


def _ends(
    columns: dict[str, Array], low: float, top: float, ceiling: float, y: dict[str, Any], case: Case, height: int
) -> dict[str, Any]:
    """Return the name of each line at its right end; names that would touch are moved apart.

    A line that ends above what is drawn is named at the top with its number, so that nobody reads it off the axis.
    """
    step = 14 / height * (top - low)
    finite = {name: column[np.isfinite(column)] for name, column in columns.items()}
    ends = {name: float(column[-1]) for name, column in finite.items() if len(column)}
    rows: list[dict[str, Any]] = []
    last = np.inf
    for end, name in sorted(((end, name) for name, end in ends.items()), reverse=True):
        above = end > ceiling * NEARLY
        y_at = min(top if above else end, last - step)
        said = f"{line_name(name, case)} {money(end * MILLION)}, above the scale" if above else line_name(name, case)
        rows.append({"y": y_at, "text": said})
        last = y_at
    least = low + step / 2
    for row in reversed(rows):  # the lowest must not fall off the panel, nor push up what has room
        row["y"] = max(row["y"], least)
        least = row["y"] + step
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "align": "left", "x": WIDTH + 8, "color": INK, "fontSize": 11.5, "limit": 0},
        "encoding": {"y": {**y, "field": "y"}, "text": {"field": "text"}},
    }


def now_rule(now: float, values: Array, x: dict[str, Any], *, said: bool = True) -> list[dict[str, Any]]:
    """Return the line at the present value, with the word now where there is room above."""
    if not values[0] <= now <= values[-1]:
        return []
    data = {"values": [{"x": now, "text": "now"}]}
    rule = {"type": "rule", "color": BELIEF, "strokeWidth": 1.6}
    out: list[dict[str, Any]] = [{"data": data, "mark": rule, "encoding": {"x": {**x, "field": "x"}}}]
    if said:
        word = {"type": "text", "align": "left", "dx": 4, "y": -7, "color": BELIEF, "fontWeight": "bold"}
        out.append({"data": data, "mark": word, "encoding": {"x": {**x, "field": "x"}, "text": {"field": "text"}}})
    return out


def flip_rules(flips: Sequence[Flip], x: dict[str, Any]) -> list[dict[str, Any]]:
    """Return dashed lines where the first choice changes."""
    if not flips:
        return []
    rule = {"type": "rule", "color": QUIET, "strokeDash": [4, 3]}
    rows = [{"x": flip.value} for flip in flips]
    return [{"data": {"values": rows}, "mark": rule, "encoding": {"x": {**x, "field": "x"}}}]
