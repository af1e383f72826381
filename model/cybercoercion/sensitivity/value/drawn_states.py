"""What plans cost in each state of the world and each draw of the inputs: least of all, and of the pick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.costs import Costs, excess
from cybercoercion.response.lever import Lever
from cybercoercion.response.terms import Plan, own
from cybercoercion.response.variant import View

Array = NDArray[np.float64]
NORMS = ("norms", "deal", "multilateral")


def resilience_drawn(costs: Costs, plan: Plan, view: View, demands: int) -> Array:
    """Return the cost of measures of resilience in each state and draw, USD, dims ``(intent, demand, draw)``.

    ``C(r | i, d, theta)``; who did it changes nothing. The last of the ``demands`` is that none is made.
    """
    stakes, course, cells = costs.stakes, costs.course(plan.measures), costs.cells(view)
    own_harm, peers_harm = (amount.draws for amount in costs.recurrence)
    enc_self, enc_peers = (amount.draws for amount in costs.encouragement)
    spread, elsewhere = costs.factors.spread.T, costs.factors.elsewhere.T
    target, nation = (_classes(left.years((), cells), len(spread.T)) for left in (course.target, course.nation))
    recurrence = own_harm * (spread @ target)
    encouraged = enc_self * own_harm * (spread @ (course.conceding * target))
    if view.nation:
        recurrence = recurrence + peers_harm * (elsewhere @ nation)
        encouraged = encouraged + enc_peers * peers_harm * (elsewhere @ (course.conceding * nation))
    fixed = own(costs, plan, view, expected=False) + stakes.at_stake.draws * course.harm
    for lever in plan.levers:
        fixed = fixed + lever.second_order.draws
    if view.others:
        fixed = fixed + stakes.others.draws * costs.course().nation.years((), cells)[0]
    base = recurrence + fixed
    given = stakes.concession.draws
    met = [base + given * (course.conceding * loss.draws + encouraged) for loss in stakes.losses]
    out = np.empty((len(base), demands, costs.knowledge.size))
    for place, cost in enumerate([*met, base]):
        out[:, place] = cost
    return out


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Added:
    """What one aimed lever adds in each draw: dims ``(intent, made, draw)`` if its target did it, and if another did.

    ``made`` says whether a demand is made. Where only the guilty are moved, ``wrong`` has dims ``(1, 1, draw)``.
    """

    lever: Lever
    right: Array
    wrong: Array


def aimed_drawn(costs: Costs, view: View, measures: frozenset[str], levers: Sequence[Lever]) -> Iterator[Added]:
    """Yield what each of some aimed levers adds to measures of resilience, USD, in each state and draw."""
    stakes, course, cells = costs.stakes, costs.course(measures), costs.cells(view)
    cuts: dict[tuple[str, str], Array] = {}
    for lever in levers:
        variant = lever.variant
        key = (variant.window, variant.factor)
        if key not in cuts:
            cuts[key] = _recurring(costs, view, measures, *key)
        gain = -np.minimum(lever.effect, 1.0) * cuts[key]
        if view.others and lever.precedent.any():
            window = (variant.window,) if variant.window in NORMS else ()
            gain = gain - stakes.others.draws * lever.precedent * costs.course().nation.years(window, cells)[0]
        fixed = own(costs, Plan(levers=(lever,)), view, expected=False) + lever.second_order.draws
        if lever.retaliation.any():
            blow = excess(lever.retaliation, stakes.escalation) * course.harm
            fixed = fixed + blow * costs.retaliation.draws
        wrong = fixed
        if view.nation and lever.loss_wrong.mean:
            wrong = wrong + lever.share_wrong * lever.loss_wrong.draws
        wrong = np.broadcast_to(wrong, (1, 1, costs.knowledge.size))
        off = 0.0 if variant.follows_guilt else costs.off_target
        yield Added(lever=lever, right=gain + fixed, wrong=wrong + off * gain if off else wrong)


def _recurring(costs: Costs, view: View, measures: frozenset[str], window: str, factor: str) -> Array:
    """Return the harm of recurrence inside a window, scaled by purpose, USD, dims ``(intent, made, draw)``."""
    course, cells, factors = costs.course(measures), costs.cells(view), costs.factors
    own_harm, peers_harm = (amount.draws for amount in costs.recurrence)
    enc_self, enc_peers = (amount.draws for amount in costs.encouragement)
    spread, elsewhere = ((table * factors.scale[factor]).T for table in (factors.spread, factors.elsewhere))
    count = len(factors.classes)
    target, nation = (_classes(left.years((window,), cells), count) for left in (course.target, course.nation))
    out = np.empty((len(spread), 2, costs.knowledge.size))
    out[:, 0] = own_harm * (spread @ target)
    conceded = enc_self * own_harm * (spread @ (course.conceding * target))
    if view.nation:
        out[:, 0] += peers_harm * (elsewhere @ nation)
        conceded = conceded + enc_peers * peers_harm * (elsewhere @ (course.conceding * nation))
    out[:, 1] = out[:, 0] + costs.stakes.concession.draws * conceded
    return out


def _classes(years: Array, count: int) -> Array:
    return np.broadcast_to(years, (count, years.shape[1]))


def least_by_state(
    costs: Costs, view: View, plans: Sequence[Plan], shape: tuple[int, int], pick: int
) -> tuple[Array, Array]:
    """Return what the cheapest plan costs in each state and draw, and what plan ``pick`` costs there.

    Levels, USD, dims ``(intent, actor, demand, draw)`` each; ``shape`` counts actors and demands, the unlisted one and
    the state without a demand included. A plan has at most one aimed lever. A lever that adds to the cost in every
    state and draw is passed over: the resilience under it is cheaper, where that is a plan too.
    """
    actors, demands = shape
    by_base: dict[frozenset[str], list[int]] = {}
    for place, plan in enumerate(plans):
        by_base.setdefault(plan.measures, []).append(place)
    size = (len(costs.factors.spread.T), demands, costs.knowledge.size)
    least = np.full((actors, *size), np.inf)
    picked = np.empty((actors, *size))
    chosen = plans[pick]
    for measures, places in by_base.items():
        under = tuple(lever for lever in plans[places[0]].levers if lever.place is None)
        base = resilience_drawn(costs, Plan(levers=under), view, demands)
        alone = any(not plans[place].aimed for place in places)
        added = np.full((actors, size[0], 2, size[2]), 0.0 if alone else np.inf)
        aimed = [plans[place].aimed[0] for place in places if plans[place].aimed]
        mine = chosen.aimed[0].key if chosen.aimed and chosen.measures == measures else None
        for one in aimed_drawn(costs, view, measures, aimed):
            at = one.lever.place
            if not alone or one.right.min() < 0:
                np.minimum(added[at], one.right, out=added[at])
            if not alone or one.wrong.min() < 0:
                for other in range(actors):
                    if other != at:
                        np.minimum(added[other], one.wrong, out=added[other])
            if one.lever.key == mine:
                for actor in range(actors):
                    picked[actor] = base + _by_demand(one.right if actor == at else one.wrong, demands)
        if measures == chosen.measures and mine is None:
            picked[:] = base
        for actor in range(actors):
            for demand in range(demands):
                made = int(demand < demands - 1)
                total = base[:, demand] + added[actor, :, made]
                np.minimum(least[actor, :, demand], total, out=least[actor, :, demand])
    return np.moveaxis(least, 0, 1), np.moveaxis(picked, 0, 1)


def _by_demand(added: Array, demands: int) -> Array:
    """Return ``(intent, demand, draw)`` from ``(intent, made, draw)``."""
    if added.shape[1] == 1:
        return added
    made = np.repeat(added[:, 1:], demands - 1, axis=1)
    return np.concatenate([made, added[:, :1]], axis=1)
