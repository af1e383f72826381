"""Resilience first, then what on top: from which probability of the right actor each lever pays."""

from __future__ import annotations

from typing import Any

import numpy as np

from cybercoercion.case import Case
from cybercoercion.report.difference_figure import COLOURS, MARKS
from cybercoercion.report.figure import INK, Figure, figure
from cybercoercion.report.map_parts import (
    HEIGHT,
    WIDTH,
    areas,
    axis_title,
    cloud,
    house,
    listed,
    now_ring,
    scale,
    side,
    texts,
    upper,
)
from cybercoercion.report.names import plan_name
from cybercoercion.report.sentence import VARIANT_NAMES
from cybercoercion.report.units import in_unit
from cybercoercion.report.words import joined, percent
from cybercoercion.response.variant import BY_NAME
from cybercoercion.sensitivity.plane.on_top_map import OnTopMap, Threshold

DEPTHS = (0.05, 0.14, 0.3, 0.4, 0.22)  # so that neighbours differ in black and white
DASHES = ([1, 0], [6, 3], [2, 2], [8, 2, 2, 2])


def on_top_figure(found: OnTopMap, case: Case) -> Figure:
    """Return the map of P(right actor) against resilience with the p* line of each lever."""
    x, y = scale(found.p, axis_title(found.p, case)), scale(found.resilience, axis_title(found.resilience, case))
    order = sorted((region.option for region in found.regions), key=lambda name: (name != "nothing", name))
    tints = {name: DEPTHS[k % len(DEPTHS)] for k, name in enumerate(order)}
    colours = {name: INK if name == "nothing" else "#00857A" for name in order}
    pays = [line for line in found.thresholds if np.isfinite(line.p).any()]
    never = [line for line in found.thresholds if not np.isfinite(line.p).any()]
    names = {line.variant: _lever(line.variant) for line in found.thresholds}
    layers: list[dict[str, Any]] = [
        areas(found.regions, x, y, colours, tints, swapped=True),
        *[_line(line, k, x, y) for k, line in enumerate(pays)],
        cloud(found.cloud, found.p, found.resilience, x, y),
        now_ring(found.p, found.resilience, x, y),
        *_regions(found, case, x, y, colours),
        *_names(pays, names, found, x, y),
    ]
    by_response = {line.variant: BY_NAME[line.variant].response for line in found.thresholds}
    rows = [
        (by_response[line.variant], f"{upper(names[line.variant])} {_from(line)}", percent(line.mass))
        for line in sorted(pays, key=lambda one: -one.mass)
    ]
    notes = []
    if never:
        notes.append(f"pays nowhere on the map: {joined([names[line.variant] for line in never])}")
    notes.append("behind: the resilience that costs least. A line says from where on a lever pays, not which is best")
    spec = {
        "spacing": 14,
        "hconcat": [
            {"width": WIDTH, "height": HEIGHT, "layer": layers},
            side(listed("share of input readings in which it pays" if rows else "", rows, notes), COLOURS, MARKS),
        ],
    }
    table = [
        [
            names[line.variant],
            "does not pay" if line.now is None else in_unit(line.now, "probability"),
            in_unit(found.p.now, "probability"),
            percent(line.mass),
        ]
        for line in found.thresholds
    ]
    columns = ("lever", "pays from", "now", "share of draws in which it pays")
    return figure("on-top", house(spec), _caption(found, case, names), columns, table)


def _lever(variant: str) -> str:
    return VARIANT_NAMES.get(variant, variant)


def _from(line: Threshold) -> str:
    if line.now is None:
        return "(not at our resilience)"
    return "at any probability" if line.now == 0 else f"from {in_unit(line.now, 'probability')}"


def _caption(found: OnTopMap, case: Case, names: dict[str, str]) -> str:
    who = axis_title(found.p, case, short=True)
    base = "no measure of resilience pays" if found.base == "nothing" else f"{plan_name(case, found.base)} comes first"
    lead = "By itself" if found.base == "nothing" else "On top of it"
    now = in_unit(found.p.now, "probability")
    paying = [line for line in found.thresholds if line.now is not None]
    if not paying:
        ends = f"{in_unit(found.resilience.low, 'share')} and {in_unit(found.resilience.high, 'share')}"
        elsewhere = [line for line in found.thresholds if np.isfinite(line.p).any()]
        where = "at our resilience" if elsewhere else f"at any resilience between {ends}"
        return f"{upper(base)}. {lead}, no lever pays {where}, even if {who} were certain; it is {now} now."
    said = joined(
        [f"{names[line.variant]} pays {_from(line)}" for line in sorted(paying, key=lambda one: one.now or 0)]
    )
    out = f"{upper(base)}. {lead}, {said}; {who} is {now} now."
    moved = max(paying, key=lambda line: float(np.ptp(line.p[np.isfinite(line.p)])))
    low, high = moved.p[0], moved.p[-1]
    span = [in_unit(float(at), "share") for at in (moved.resilience[0], moved.resilience[-1])]
    if np.isfinite([low, high]).all() and abs(high - low) >= 0.005:
        needed = [in_unit(float(p), "probability") for p in (low, high)]
        out += (
            f" {upper(names[moved.variant])} would need {needed[0]} at a resilience of {span[0]} and "
            f"{needed[1]} at {span[1]}."
        )
    return out


def _line(line: Threshold, place: int, x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    rows = [
        {"x": float(p), "y": float(rho), "order": k}
        for k, (p, rho) in enumerate(zip(line.p, line.resilience, strict=True))
        if np.isfinite(p)
    ]
    return {
        "data": {"values": rows},
        "mark": {
            "type": "line",
            "color": COLOURS[BY_NAME[line.variant].response],
            "strokeWidth": 2,
            "strokeDash": DASHES[place % len(DASHES)],
        },
        "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}, "order": {"field": "order"}},
    }


def _regions(
    found: OnTopMap, case: Case, x: dict[str, Any], y: dict[str, Any], colours: dict[str, str]
) -> list[dict[str, Any]]:
    """Return the names of the resilience behind, at the upper left of each region."""
    rows = []
    for region in found.regions:
        part = max(region.parts, key=lambda one: float(np.ptp(one.along)), default=None)
        if part is None or np.ptp(part.along) < 0.05 * (found.resilience.high - found.resilience.low):
            continue
        v = (part.along[-1] - found.resilience.low) / (found.resilience.high - found.resilience.low) - 0.045
        rows.append({"option": region.option, "u": 0.04, "v": float(v), "text": plan_name(case, region.option)})
    shapes = {name: "cross" if name == "nothing" else "circle" for name in colours}
    return texts(rows, x, y, colours, shapes)


def _names(
    pays: list[Threshold], names: dict[str, str], found: OnTopMap, x: dict[str, Any], y: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return the name of each line beside it, each at a height of its own."""
    rows = []
    for k, line in enumerate(sorted(pays, key=lambda one: float(np.nanmin(one.p)))):
        inside = np.flatnonzero(np.isfinite(line.p))
        wanted = found.resilience.low + (0.05 + 0.075 * k) * (found.resilience.high - found.resilience.low)
        at = inside[int(np.abs(line.resilience[inside] - wanted).argmin())]
        p = float(line.p[at])
        rows.append(
            {
                "x": p,
                "y": float(line.resilience[at]),
                "option": BY_NAME[line.variant].response,
                "text": names[line.variant],
                "left": p > (found.p.low + found.p.high) / 2,
            }
        )
    out: list[dict[str, Any]] = []
    place = {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}, "text": {"field": "text"}}
    for left in (False, True):
        mine = [row for row in rows if row["left"] is left]
        if not mine:
            continue
        look = {"type": "text", "align": "right" if left else "left", "dx": -7 if left else 7, "fontSize": 11}
        out.append({"data": {"values": mine}, "mark": {**look, "stroke": "white", "strokeWidth": 3}, "encoding": place})
        out.append({"data": {"values": mine}, "mark": {**look, "color": INK}, "encoding": place})
    return out
