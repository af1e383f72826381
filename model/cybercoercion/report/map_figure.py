"""Two things at once: which response is cheapest where, and what of it is plausible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cybercoercion.case import Case
from cybercoercion.report.difference_figure import COLOURS, MARKS
from cybercoercion.report.figure import INK, QUIET, Figure, figure
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
)
from cybercoercion.report.names import plan_name, response_name
from cybercoercion.report.units import in_unit
from cybercoercion.report.words import joined, percent
from cybercoercion.sensitivity.plane.policy_map import PolicyMap
from cybercoercion.sensitivity.plane.shares import Region

Array = NDArray[np.float64]
TINTS = {"denial": 0.13, "punishment": 0.3, "entanglement": 0.22, "norms": 0.38, "nothing": 0.06}
GRID = 61
HEAD = "cheapest in this share of readings of the two"
COLUMNS = ("cheapest", "share of draws", "share of map")
LETTER = 7.4  # pixels that a letter of a label takes


def map_figure(found: PolicyMap, case: Case) -> Figure:
    """Return the map of a decision among the four responses and nothing new: region by tint, name and shape."""
    names = {region.option: _name(region, case) for region in found.regions}
    layers = _drawn(found, case, names)
    rows = [(region.option, names[region.option], percent(region.mass)) for region in found.regions]
    spec = {
        "spacing": 14,
        "hconcat": [
            {"width": WIDTH, "height": HEIGHT, "layer": layers},
            side(listed(HEAD, rows, _notes(found)), COLOURS, MARKS | {"nothing": "cross"}),
        ],
    }
    return figure("map", house(spec), _caption(found, case), COLUMNS, _table(found, names))


def policy_figure(found: PolicyMap, case: Case, sources: Sequence[str] = ()) -> Figure:
    """Return the same map without the list beside it, for a screen of any width."""
    names = {region.option: _name(region, case) for region in found.regions}
    spec = house({"width": WIDTH, "height": HEIGHT, "layer": _drawn(found, case, names)})
    return figure("policy-map", spec, _caption(found, case), COLUMNS, _table(found, names), sources=sources)


def _drawn(found: PolicyMap, case: Case, names: dict[str, str]) -> list[dict[str, Any]]:
    """Return tinted regions, exact boundaries, readings as dots, the ring at now, names with shapes."""
    x, y = (scale(axis, axis_title(axis, case)) for axis in (found.x, found.y))
    placed = _labels(found, {name: said.split(": ")[0] for name, said in names.items()})
    return [
        areas(found.regions, x, y, COLOURS, TINTS, swapped=found.swapped),
        *_lines(found, x, y),
        cloud(found.cloud, found.x, found.y, x, y),
        now_ring(found.x, found.y, x, y),
        *texts(placed, x, y, COLOURS, MARKS | {"nothing": "cross"}),
    ]


def _table(found: PolicyMap, names: dict[str, str]) -> list[list[str]]:
    return [
        [names[region.option], percent(region.mass), percent(region.area) if region.parts else "not on the map"]
        for region in found.regions
    ]


def _name(region: Region, case: Case) -> str:
    """Return a response with its commonest plan."""
    name = response_name(region.option).capitalize()
    if region.option == "nothing" or not region.plans:
        return name
    return f"{name}: {plan_name(case, region.plans[0])}"


def _caption(found: PolicyMap, case: Case) -> str:
    both = f"{axis_title(found.x, case, short=True)} and {axis_title(found.y, case, short=True)}"
    heavy = found.regions[0]
    rest = [region for region in found.regions[1:] if region.mass >= 0.0005]
    beside = (
        f", {joined([f'{response_name(region.option)} over {_share(region.mass)}' for region in rest])}" if rest else ""
    )
    first = (
        f"{response_name(heavy.option).capitalize()} is cheapest over {_share(heavy.mass)} of what we think plausible "
        f"for {both}{beside}."
    )
    if len([region for region in found.regions if region.parts]) == 1:
        ends = " and ".join(
            f"{in_unit(axis.low, axis.unit)} to {in_unit(axis.high, axis.unit)}" for axis in (found.x, found.y)
        )
        first += f" No flip was found anywhere on the map ({ends})."
    at = f"now at {in_unit(found.x.now, found.x.unit)} and {in_unit(found.y.now, found.y.unit)}"
    beyond = "" if found.here == found.first else (
        f" With both at a point, {response_name(found.here)} is cheapest there; with their uncertainty counted, "
        f"{response_name(found.first)}."
    )  # fmt: skip
    return f"{first} We are {at}.{beyond} Area is not probability: the dots are."


def _share(mass: float) -> str:
    return percent(mass) if mass < 0.01 or mass > 0.99 else f"{100 * mass:.0f} %"


def _notes(found: PolicyMap) -> list[str]:
    notes = [f"held: {found.held}"]
    if any(not line.equal for line in found.boundaries):
        notes.append("dashed: from there on a candidate is likely enough to be accused")
    return notes


def _lines(found: PolicyMap, x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    out = []
    for equal, look in ((True, {"color": INK, "strokeWidth": 1.5}), (False, {"color": QUIET, "strokeDash": [4, 3]})):
        rows = [
            {"x": float(a), "y": float(b), "line": k, "order": place}
            for k, line in enumerate(found.boundaries)
            if line.equal is equal
            for place, (a, b) in enumerate(zip(line.x, line.y, strict=True))
        ]
        if rows:
            out.append(
                {
                    "data": {"values": rows},
                    "mark": {"type": "line", **look},
                    "encoding": {
                        "x": {**x, "field": "x"},
                        "y": {**y, "field": "y"},
                        "detail": {"field": "line"},
                        "order": {"field": "order"},
                    },
                }
            )
    return out


def _labels(found: PolicyMap, names: dict[str, str]) -> list[dict[str, Any]]:
    """Return where the name of each region stands: wholly inside it, away from the dots, or the shape alone."""
    u, v = np.meshgrid(np.linspace(0, 1, GRID), np.linspace(0, 1, GRID))
    across, up = (axis.low + part * (axis.high - axis.low) for axis, part in ((found.x, u), (found.y, v)))
    best = found.costs(across.ravel(), up.ravel()).argmin(-1).reshape(GRID, GRID)
    dots = np.concatenate([found.cloud, [[found.x.now, found.y.now]]])
    spots = np.stack([_unit(dots[:, 0], found.x) * WIDTH, _unit(dots[:, 1], found.y) * HEIGHT], axis=-1)
    return placed(
        best, found.surface.options, names, [region.option for region in found.regions if region.parts], spots
    )


def placed(
    best: NDArray[np.intp], options: Sequence[str], names: dict[str, str], shown: Sequence[str], spots: Array
) -> list[dict[str, Any]]:
    """Return a place for each name on a grid ``(up, across)`` of what is cheapest, both scaled to (0, 1)."""
    out = []
    for option in shown:
        inside = best == list(options).index(option)
        for text in (names[option], ""):  # the shape alone where the name does not fit
            at = _room(inside, LETTER * len(text) + (30 if text else 18), spots)
            if at is not None:
                out.append({"option": option, "u": at[0], "v": at[1], "text": text})
                break
    return out


def _room(inside: NDArray[np.bool_], width: float, spots: Array) -> tuple[float, float] | None:
    """Return where a shape with words of some width, in pixels, stands inside a region, far from the spots."""
    high, wide = inside.shape
    w, h = int(np.ceil(width / WIDTH * (wide - 1))), int(np.ceil(20 / HEIGHT * (high - 1)))
    if h >= high or w >= wide:
        return None
    rows, columns = np.nonzero(np.lib.stride_tricks.sliding_window_view(inside, (h, w)).all((2, 3)))
    if not len(rows):
        return None
    centre = np.stack([(columns + w / 2) / (wide - 1) * WIDTH, (rows + h / 2) / (high - 1) * HEIGHT], axis=-1)
    gaps = np.abs(centre[:, None] - spots[None])
    clear = np.hypot((gaps[..., 0] - width / 2).clip(0), (gaps[..., 1] - 10).clip(0)).min(-1)
    edge = np.minimum(centre, np.array([WIDTH, HEIGHT]) - centre).min(-1)
    k = int(np.argmax(np.minimum(clear, 40) + 0.2 * np.minimum(edge, 50)))
    return float(columns[k] / (wide - 1)) + 12 / WIDTH, float((rows[k] + h / 2) / (high - 1))


def _unit(values: Array, axis: Any) -> Array:
    return np.asarray(((values - axis.low) / (axis.high - axis.low)).clip(0, 1))
