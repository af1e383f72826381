"""What if escalation weighs more: how often each choice is cheapest along its price, and what choosing it loses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cybercoercion.report.difference_figure import COLOURS, MARKS
from cybercoercion.report.figure import BELIEF, INK, QUIET, Figure, figure
from cybercoercion.report.line_parts import DASHES
from cybercoercion.report.names import response_name
from cybercoercion.report.units import in_unit
from cybercoercion.report.words import capital, money, percent
from cybercoercion.sensitivity.line.curves import KINDS, Acceptability, Kind

Array = NDArray[np.float64]
MILLION = 1e6
HEIGHT, APART = 170, 14  # pixels of the panel, and between two names
ROOM = 0.4  # of the axis, kept at the right for the names
SHOWN = 0.03  # a choice that is never cheapest more often than this has no line
OF = {"readings": "input readings", "futures": "futures"}


def price_figures(found: Acceptability, *, kind: Kind = "futures") -> tuple[Figure, Figure]:
    """Return P(cheapest), and on the same axis the expected loss of each choice, along the price of escalation.

    The second belongs to the first: how often a choice is cheapest does not say how much it loses where it is not.
    """
    k = KINDS.index(kind)
    shown = [
        name
        for place, name in enumerate(found.options)
        if name in found.firsts or np.nanmax(found.often[k, :, place], initial=0.0) > SHOWN
    ]
    often = {name: found.often[k, :, found.options.index(name)] for name in shown}
    loss = {name: found.loss[k, :, found.options.index(name)] for name in shown}
    least = 6 * float(np.nanmax(found.envelope[k]))
    most = min(float(np.nanmax([np.nanmax(line) for line in loss.values()])), least or np.inf)
    columns = ("price of escalation", "lowest expected cost", *(capital(response_name(name)) for name in shown))
    labels = [in_unit(float(value), found.unit) for value in found.values]
    firsts = [response_name(name) for name in found.firsts]
    pair = []
    for name, lines, words, caption, top, form in (
        ("price-often", often, f"P(cheapest), {OF[kind]}", _often_said(found, k), 1.0, percent),
        ("price-loss", {key: line / MILLION for key, line in loss.items()}, "expected loss, USD million",
         _loss_said(found, k), most / MILLION, lambda value: money(value * MILLION)),
    ):  # fmt: skip
        rows = [
            (label, first, *(form(float(line[row])) for line in lines.values()))
            for row, (label, first) in enumerate(zip(labels, firsts, strict=True))
        ]
        spec = _spec(found, lines, words, top)
        pair.append(figure(name, spec, caption, columns, rows, course=True, sources=("retaliation.", "military.")))
    return pair[0], pair[1]


def _often_said(found: Acceptability, k: int) -> str:
    at = int(np.abs(found.values - found.now).argmin())
    often, first = found.often[k, at], found.firsts[at]
    most = found.options[int(often.argmax())]
    said = (
        f"At {in_unit(found.now, found.unit)}, as now, {response_name(first)} costs least on average, and is cheapest "
        f"in {percent(float(often[found.options.index(first)]))} of {OF[KINDS[k]]}"
    )
    if most != first:
        return f"{said}; {response_name(most)} is cheapest more often, in {percent(float(often.max()))}."
    return f"{said}, more often than any other."


def _loss_said(found: Acceptability, k: int) -> str:
    at = int(np.abs(found.values - found.now).argmin())
    first = found.firsts[at]
    place = found.options.index(first)
    above = [flip for flip in found.flips if flip.value > found.now]
    name = capital(response_name(first))
    if above:
        turn = above[0]
        lost = float(np.interp(turn.value, found.values, found.loss[k, :, place]))
        return (
            f"{name} stays first up to {in_unit(turn.value, found.unit)}, then {response_name(turn.after)} does; the "
            f"loss expected from choosing {response_name(first)} is then {money(lost)} USD."
        )
    end = found.values[-1]
    return (
        f"{name} stays first up to {in_unit(float(end), found.unit)}, as far as was searched: no flip found. The loss "
        f"expected from choosing it is {money(float(found.loss[k, at, place]))} USD now and "
        f"{money(float(found.loss[k, -1, place]))} USD there."
    )


def _spec(found: Acceptability, lines: Mapping[str, Array], title: str, top: float) -> dict[str, Any]:
    start, end = float(found.values[0]), float(found.values[-1])
    ticks = [float(value) for value in np.linspace(start, end, 6)]
    x: dict[str, Any] = {
        "type": "quantitative",
        "scale": {"domain": [start, end + ROOM * (end - start)], "nice": False, "zero": False},
        "axis": {"title": "price of escalation", "values": ticks, "grid": False, "format": "~r"},
    }
    probability = title.startswith("P(")
    axis: dict[str, Any] = {"title": title, "tickCount": 4, "gridOpacity": 0.6, "domain": False}
    if probability:
        axis["labelExpr"] = "format(100 * datum.value, '.0f') + ' %'"
    y = {"type": "quantitative", "scale": {"domain": [0, top or 1.0], "nice": False, "clamp": False}, "axis": axis}
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": [{"x": found.now, "text": "now"}]},
            "mark": {"type": "rule", "color": BELIEF, "strokeWidth": 1.4, "aria": False},
            "encoding": {"x": {**x, "field": "x"}},
        }
    ]
    layers += [
        {
            "data": {"values": [{"x": flip.value}]},
            "mark": {"type": "rule", "color": QUIET, "strokeDash": [4, 3], "aria": False},
            "encoding": {"x": {**x, "field": "x"}},
        }
        for flip in found.flips
    ]
    for place, (name, line) in enumerate(lines.items()):
        rows = [
            {"x": float(value), "y": float(one) if np.isfinite(one) and one <= top * (1 + 1e-9) else None}
            for value, one in zip(found.values, line, strict=True)
        ]
        at = {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}}
        look = {"type": "line", "color": COLOURS[name], "strokeWidth": 2, "strokeDash": DASHES[name], "aria": False}
        shape = {"type": "point", "filled": True, "size": 50, "opacity": 1, "aria": False, "color": COLOURS[name]}
        layers.append({"data": {"values": rows}, "mark": look, "encoding": at})
        layers.append(
            {
                "data": {"values": [row for row in rows[place % 4 :: 6] if row["y"] is not None]},
                "mark": shape | {"shape": MARKS[name].replace("stroke", "cross")},
                "encoding": at,
            }
        )
    layers.append(_names(lines, end, top or 1.0, x, y))
    fit = {"type": "fit-x", "contains": "padding"}
    return {"width": "container", "height": HEIGHT, "autosize": fit, "layer": layers}


def _names(lines: Mapping[str, Array], end: float, top: float, x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    """Return the name of each line at its right end, kept apart; a line beyond the axis is named at the top."""
    step = APART / HEIGHT * top
    rows: list[dict[str, Any]] = []
    last = np.inf
    for height, name in sorted(((float(line[-1]), name) for name, line in lines.items()), reverse=True):
        place = min(min(height, top) if np.isfinite(height) else top, last - step)
        beyond = " \N{UPWARDS ARROW}" if height > top * (1 + 1e-9) else ""
        rows.append({"x": end, "y": place, "text": f"{capital(response_name(name))}{beyond}"})
        last = place
    least = step / 2
    for row in reversed(rows):
        row["y"] = max(row["y"], least)
        least = row["y"] + step
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "align": "left", "dx": 8, "color": INK, "fontSize": 12, "aria": False},
        "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}, "text": {"field": "text"}},
    }
