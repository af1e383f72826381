"""What a plan costs in each state of the world: the numbers that a belief is multiplied with, and nothing else."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.costs import Costs
from cybercoercion.response.singles import Singles, singles
from cybercoercion.response.terms import Plan, own
from cybercoercion.response.variant import View

Array = NDArray[np.float64]


def resilience_by_state(costs: Costs, plan: Plan, view: View, actors: int, demands: int) -> Array:
    """Return the expected cost of measures of resilience in each state, USD, dims ``(intent, actor, demand)``.

    ``E over theta of C(r | i, a, d)`` with exact means of money and rates: expected costs are linear in the belief, so
    ``E[C(r)] = sum over i, a, d of p(i, a, d | e) C(r | i, a, d)``. ``actors`` and ``demands`` count the unlisted actor
    and the state without a demand. Nothing new is the plan without levers.
    """
    stakes, course, cells = costs.stakes, costs.course(plan.measures), costs.cells(view)
    spread, elsewhere = costs.factors.spread, costs.factors.elsewhere
    own_harm, peers_harm = (amount.mean for amount in costs.recurrence)
    enc_self, enc_peers = (amount.mean for amount in costs.encouragement)

    def repeated(years: Array, share: Array) -> Array:
        return np.asarray(np.broadcast_to(years, (len(share), years.shape[1])).mean(1) @ share)

    target, nation = course.target.years((), cells), course.nation.years((), cells)
    recurrence = own_harm * repeated(target, spread)
    encouraged = enc_self * own_harm * repeated(course.conceding * target, spread)
    if view.nation:
        recurrence = recurrence + peers_harm * repeated(nation, elsewhere)
        encouraged = encouraged + enc_peers * peers_harm * repeated(course.conceding * nation, elsewhere)
    fixed = float(own(costs, plan, view, expected=True).mean()) + stakes.at_stake.mean * float(course.harm.mean())
    fixed += sum(lever.second_order.mean for lever in plan.levers)
    if view.others:
        fixed += stakes.others.mean * float(costs.course().nation.years((), cells)[0].mean())
    given, conceding = stakes.concession.mean, float(course.conceding.mean())
    out = np.empty((len(recurrence), actors, demands))
    out[:] = (fixed + recurrence)[:, None, None]
    for place, loss in enumerate(stakes.losses):
        out[:, :, place] += (given * (conceding * loss.mean + encouraged))[:, None]
    return out


def aimed_by_state(
    costs: Costs, view: View, measures: frozenset[str], actors: int, demands: int
) -> tuple[Singles, Array]:
    """Return what each aimed lever adds to measures of resilience in each state, USD.

    The second value has dims ``(lever, intent, actor, demand)`` in the order of the first's ``levers``.
    """
    table = singles(costs, view, measures)
    reach = np.array([lever.reach(costs.off_target, actors - 1) for lever in table.levers]).reshape(-1, actors)
    own_harm, peers_harm = (amount.mean for amount in costs.recurrence)
    enc_self, enc_peers = (amount.mean for amount in costs.encouragement)

    def by_intent(kind: str, scale: Array) -> Array:
        return np.asarray(np.einsum("vc,vci->vi", table.saved[kind], scale))

    recurrence = -own_harm * by_intent("target", table.scale)
    concession = -enc_self * own_harm * by_intent("target conceding", table.scale)
    if view.nation:
        recurrence = recurrence - peers_harm * by_intent("nation", table.elsewhere)
        concession = concession - enc_peers * peers_harm * by_intent("nation conceding", table.elsewhere)
    if view.others:
        recurrence = recurrence - costs.stakes.others.mean * table.precedent[:, None]
    guilty = np.arange(actors) == table.places[:, None]
    fixed = np.asarray(sum(table.fixed.values()))
    out = np.empty((len(table.levers), recurrence.shape[1], actors, demands))
    out[:] = (recurrence[:, :, None] * reach[:, None])[..., None]
    out += (fixed[:, None] + table.wrong[:, None] * ~guilty)[:, None, :, None]
    out[..., :-1] += (costs.stakes.concession.mean * concession[:, :, None] * reach[:, None])[..., None]
    return table, out
