"""The military tail, kept apart from every cost: what is first without it, with it capped, with it raw; what flips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.table import ViewRanking
from cybercoercion.response.terms import Plan, tail
from cybercoercion.sensitivity.choice import NOTHING, name_of

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aimed:
    """One plan of an option, with its expected difference to nothing new, USD."""

    option: str
    plan: Plan
    delta: float

    @property
    def name(self) -> str:
        """The levers, and against whom."""
        return name_of(self.plan.levers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """What comes first when a military clash is counted at a loss, USD; ``costs`` by option, at its then best variant.

    Costs are expected differences to nothing new, USD.
    """

    loss: float
    first: str
    plan: str
    costs: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MilitaryTail:
    """The first choice without the tail, with the loss of a clash at its capped and at its raw mean, and its flip.

    ``flips_at`` is the smallest loss of a clash, USD, from which on another option is first (``then``), and
    ``plan_flips_at`` that from which on another variant is (``plan_then``); None where none is, whatever the loss: all
    from 0 to infinity is searched. ``borne`` is false in a view that does not pay for a clash: then nothing is added.
    """

    without: Under
    capped: Under
    raw: Under
    flips_at: float | None
    then: str | None
    plan_flips_at: float | None
    plan_then: str | None
    borne: bool


def military_tail(ranking: ViewRanking, menu: Sequence[Aimed]) -> MilitaryTail:
    """Return what the military tail does to the first choice among these plans.

    The cost of a plan is linear in the loss of a clash, ``Delta_v + q_v price L``: an option costs the least of its
    lines, and the flip is a corner of such envelopes, found exactly.
    """
    costs = ranking.scene.costs
    entry, price = costs.knowledge.quantities["military.loss"], costs.stakes.price
    borne = ranking.view.nation
    added = np.array([float(tail(costs, one.plan).mean()) * price * borne for one in menu])
    delta = np.array([one.delta for one in menu])
    capped = costs.knowledge.mean(entry.name)
    raw = capped if costs.knowledge.fixed else replace(entry.distribution, cap=inf).mean
    at, then = flip(delta, added, [one.option for one in menu])
    plan_at, plan_then = flip(delta, added, [NOTHING if one.option == NOTHING else one.name for one in menu])
    return MilitaryTail(
        without=_under(menu, delta, added, 0.0),
        capped=_under(menu, delta, added, capped),
        raw=_under(menu, delta, added, raw),
        flips_at=at,
        then=then,
        plan_flips_at=plan_at,
        plan_then=plan_then,
        borne=borne,
    )


def flip(delta: Array, added: Array, options: Sequence[str]) -> tuple[float | None, str | None]:
    """Return the smallest loss from which on another option is first, and which; None where none ever is.

    ``delta`` and ``added`` have dims ``(plan,)``: each plan costs ``delta + added x loss``.

    >>> flip(np.array([-10.0, -4.0, 0.0]), np.array([0.02, 0.0, 0.0]), ["punishment", "norms", "nothing"])
    (300.0, 'norms')
    """
    names = list(dict.fromkeys(options))
    member = np.array([[one == name for one in options] for name in names])

    def first(loss: float) -> str:
        costs = np.where(member, delta + added * loss, np.inf).min(1)
        return min(zip(costs.tolist(), names, strict=True), key=lambda one: (one[0], one[1] != NOTHING))[1]

    now = first(0.0)
    own = np.array([one == now for one in options])
    slope = added[own][:, None] - added[~own]
    with np.errstate(divide="ignore", invalid="ignore"):
        meets = (delta[~own] - delta[own][:, None]) / slope
    corners = np.unique([0.0, *meets[(slope != 0) & np.isfinite(meets) & (meets > 0)].tolist()])
    for low, high in zip(corners, [*corners[1:], 2 * corners[-1] + 1], strict=True):  # what ties now may part at once
        other = first(float(low + high) / 2)
        if other != now:
            return float(low), other
    return None, None


def _under(menu: Sequence[Aimed], delta: Array, added: Array, loss: float) -> Under:
    costs = delta + added * loss
    best: dict[str, int] = {}
    for place, one in enumerate(menu):
        if one.option not in best or costs[place] < costs[best[one.option]]:
            best[one.option] = place
    option = min(best, key=lambda name: (costs[best[name]], name != NOTHING))
    return Under(
        loss=loss,
        first=option,
        plan=menu[best[option]].name,
        costs=tuple((name, float(costs[place])) for name, place in best.items()),
    )
