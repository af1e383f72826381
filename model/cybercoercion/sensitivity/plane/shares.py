"""The regions of a map: where they lie, how much of what is plausible lies in each, where their names may stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.knowledge.knowledge import stream_key
from cybercoercion.sensitivity.plane.axes import Axis
from cybercoercion.sensitivity.plane.regions import Line, Piece
from cybercoercion.sensitivity.plane.surface import Surface

Array = NDArray[np.float64]
DOTS, GRID = 150, 61


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """A part of a region: at each ``along``, the option is cheapest from ``low`` to ``high`` of the other input."""

    along: Array
    low: Array
    high: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Region:
    """Where an option is cheapest; ``mass`` is the share of the draws in it, ``plans`` what it is there, most first.

    ``area`` is its share of the map, ``label`` a point well inside it, (x, y); None where the map does not show it.
    """

    option: str
    plans: tuple[str, ...]
    mass: float
    area: float
    label: tuple[float, float] | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Boundary:
    """A line between two options: both cost the same on it.

    Not ``equal`` where costs jump, because a candidate becomes likely enough to be accused.
    """

    between: tuple[str, str]
    equal: bool
    x: Array
    y: Array


def regions_of(
    surface: Surface,
    swept: Axis,
    solved: Axis,
    found: tuple[Piece, ...],
    places: NDArray[np.intp],
    share: Array,
    *,
    swapped: bool,
) -> tuple[Region, ...]:
    """Return the region of each option that has a piece of the map or some of the draws, the heaviest first."""
    s, t = (part.ravel() for part in np.meshgrid(*(np.linspace(one.low, one.high, GRID) for one in (swept, solved))))
    inside = possible(surface, s, t)
    cost = surface.plans(s[inside], t[inside])
    plan, option = cost.argmin(-1), surface.best(s[inside], t[inside])
    whole = (swept.high - swept.low) * (solved.high - solved.low)
    out = []
    for place, name in enumerate(surface.options):
        mine = [piece for piece in found if piece.option == place]
        mass = float(share[places == place].sum())
        if not mine and mass == 0:
            continue
        often = np.bincount(plan[option == place], minlength=len(surface.names))
        label = label_of(mine, (solved.high - solved.low) / (swept.high - swept.low))
        out.append(
            Region(
                option=name,
                plans=tuple(surface.names[row] for row in np.argsort(-often, kind="stable") if often[row] > 0),
                mass=mass,
                area=sum(float(np.trapezoid(piece.high - piece.low, piece.swept)) for piece in mine) / whole,
                label=None if label is None else (label[1], label[0]) if swapped else label,
                parts=tuple(Part(along=piece.swept, low=piece.low, high=piece.high) for piece in mine),
            )
        )
    return tuple(sorted(out, key=lambda region: -region.mass))


def label_of(found: list[Piece], aspect: float) -> tuple[float, float] | None:
    """Return the point farthest inside the pieces, (swept, solved); ``aspect`` is solved over swept range."""
    best, out = -1.0, None
    for piece in found:
        reach = np.minimum(piece.swept - piece.swept[0], piece.swept[-1] - piece.swept) * aspect
        deep = np.minimum(reach, (piece.high - piece.low) / 2)
        k = int(deep.argmax())
        if deep[k] > best:
            best, out = float(deep[k]), (float(piece.swept[k]), float((piece.low[k] + piece.high[k]) / 2))
    return out


def possible(surface: Surface, swept: Array, solved: Array) -> NDArray[np.bool_]:
    """Say which points a belief can be at, dims ``(point,)``."""
    ends = {value: surface.plane.domain(value) for value in np.unique(swept).tolist()}
    low, high = np.array([ends[value] for value in swept.tolist()]).T
    return np.asarray((solved >= low - 1e-12) & (solved <= high + 1e-12))


def cloud_of(x: Array, y: Array, share: Array, dots: int, seed: int) -> Array:
    """Return pairs of values, resampled by the weight of their draws at even steps of it, dims ``(dot, 2)``."""
    generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(stream_key("map"),))))
    order = generator.permutation(len(share))
    at = (np.arange(dots) + generator.random()) / dots
    rows = order[np.minimum(np.searchsorted(np.cumsum(share[order]), at), len(share) - 1)]
    return np.stack([x[rows], y[rows]], axis=-1)


def boundary_of(surface: Surface, line: Line, *, swapped: bool) -> Boundary:
    """Return a line by the names of its options, in the coordinates of the map."""
    names = tuple(surface.options[place] for place in line.between)
    x, y = (line.solved, line.swept) if swapped else (line.swept, line.solved)
    return Boundary(between=(names[0], names[1]), equal=line.equal, x=x, y=y)
