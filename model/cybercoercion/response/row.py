"""Every variant with its expected difference to nothing new, what it adds on top, and its attribution threshold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.costs import Costs
from cybercoercion.response.lever import Lever
from cybercoercion.response.option import Tail
from cybercoercion.response.scene import Scene
from cybercoercion.response.singles import Singles, singles
from cybercoercion.response.terms import Plan, military_loss, tail
from cybercoercion.response.variant import View

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A single lever, or a set of measures of resilience, with its expected difference to nothing new by term."""

    levers: tuple[Lever, ...]
    terms: dict[str, float]
    on_top: float
    p_star: float | None

    @property
    def delta(self) -> float:
        """The expected difference to nothing new, USD."""
        return sum(self.terms.values())


def resilience_rows(scene: Scene, view: View, baseline: dict[str, float]) -> list[Row]:
    """Return each measure of resilience on offer, and the two that the target can take together."""
    single = [(lever,) for lever in scene.costs.offered(view) if lever.place is None]
    pair = tuple(lever for (lever,) in single if lever.name != "national")
    out = []
    for levers in [*single, pair]:
        level = scene.expected(Plan(levers=levers), view)
        parts = {name: level[name] - baseline[name] for name in level}
        delta = sum(parts.values())
        out.append(Row(levers=levers, terms=parts, on_top=delta, p_star=0.0 if delta < 0 else None))
    return out


def aimed_rows(scene: Scene, view: View, base: tuple[Lever, ...]) -> list[Row]:
    """Return each lever that is aimed at a candidate, alone and on top of the chosen resilience."""
    alone = singles(scene.costs, view, frozenset())
    on_top = singles(scene.costs, view, frozenset(lever.name for lever in base)) if base else alone
    parts = alone.differences(alone.average(scene.mean))
    added = _sum(on_top, scene)
    right, wrong = (_sum(on_top, scene, guilty=guilty) for guilty in (True, False))
    return [
        Row(
            levers=(lever,),
            terms={name: float(part[place]) for name, part in parts.items()},
            on_top=float(added[place]),
            p_star=threshold(float(wrong[place]), float(right[place])),
        )
        for place, lever in enumerate(alone.levers)
    ]


def _sum(table: Singles, scene: Scene, *, guilty: bool | None = None) -> Array:
    where = table.average(scene.mean) if guilty is None else table.given(scene.mean, guilty=guilty)
    return np.asarray(sum(table.differences(where).values()))


def threshold(wrong: float, right: float) -> float | None:
    """Return p*, above which acting pays: ``D_w / (D_w - D_r)``, a ratio of means.

    ``wrong`` and ``right`` are the expected differences against an innocent and against the guilty, USD. None where
    acting does not pay even against the guilty, 0 where it pays even against an innocent.

    >>> threshold(30.0, -10.0), threshold(30.0, 1.0), threshold(-1.0, -2.0)
    (0.75, None, 0.0)
    """
    if right >= 0:
        return 0.0 if wrong < 0 else None
    return max(wrong / (wrong - right), 0.0) if wrong > 0 else 0.0


def tail_of(costs: Costs, plan: Plan, view: View, delta: float) -> Tail:
    """Return the military tail of a plan: who pays for it is who pays for retaliation."""
    added = float(tail(costs, plan).mean())
    if not view.nation:
        return Tail(p_added=added, cost_at_cap=0.0, flips_at=None)
    flips = -delta / (added * costs.stakes.price) if added > 0 and delta < 0 and costs.stakes.price > 0 else None
    return Tail(p_added=added, cost_at_cap=added * military_loss(costs).mean, flips_at=flips)
