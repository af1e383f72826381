"""What knowing many parameters together is worth: exact, draw by draw, where the rest can be averaged out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.amount import Amount
from cybercoercion.response.costs import Costs
from cybercoercion.response.scene import Scene
from cybercoercion.response.situation import Situation
from cybercoercion.response.terms import NOTHING_NEW, Plan, terms
from cybercoercion.response.variant import View
from cybercoercion.sensitivity.choice import Choice
from cybercoercion.sensitivity.value.evpi import Evpi, known
from cybercoercion.sensitivity.value.reprice import Reprice, differences

Array = NDArray[np.float64]


def averaged_draws(scene: Scene, view: View, plans: Sequence[Plan], *, money: bool) -> Array:
    """Return differences to nothing new by draw under the averaged belief, USD, dims ``(plan, draw)``.

    With ``money``, amounts are drawn too; without, they stand at their exact means, and the mean is what is expected.
    """

    def total(plan: Plan) -> Array:
        return scene.spread(terms(scene.costs, plan, view, scene.mean, expected=not money))

    nothing = total(NOTHING_NEW)
    return np.array([total(plan) - nothing for plan in plans])


def belief_draws(menu: Choice, posterior: Array) -> tuple[Array, Array]:
    """Return differences to nothing new by draw of the belief, costs at their means, USD, and the weights of draws.

    ``sum over z of p(z | e, theta_s) E[C(r | z)]``, dims ``(plan, draw)`` and ``(draw,)``; ``posterior`` sums to one.
    """
    flat = posterior.reshape(-1, posterior.shape[-1])
    mass = flat.sum(0)
    costs = menu.cost.reshape(len(menu.plans), -1) @ flat
    return np.divide(costs, mass, out=np.zeros_like(costs), where=mass > 0), mass / mass.sum()


def group_value(costs: Array, weights: Array, pick: int) -> Evpi:
    """Return what knowing a group is worth from costs by draw of it, the rest averaged out: the regret of the pick.

    >>> group_value(np.array([[0.0, 0.0], [-2.0, 1.0]]), np.array([0.5, 0.5]), 1).value
    0.5
    """
    return known(costs[pick] - costs.min(0), weights)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slopes:
    """By how much each plan's expected cost rises with each amount, dims ``(plan, amount)``, and draws of these.

    ``draws`` are deviations from exact means, dims ``(amount, draw)``.
    """

    slope: Array
    draws: Array

    def costs(self, now: Array) -> Array:
        """Return what plans cost by draw of the amounts, all else averaged out, USD, dims ``(plan, draw)``."""
        return np.asarray(now[:, None] + self.slope @ self.draws)


def at_stake(priced: Reprice) -> Slopes:
    """Return what plans cost by what is at stake: harm now, harm a year here and elsewhere, losses of conceding.

    Harm and rate multiply, but their product enters linearly, whatever a plan does: so these few amounts hold all of
    it, and no other parameter is held.
    """
    base = priced.base
    stakes = base.stakes
    now = priced.now
    slopes, draws = [], []
    own_harm, peers_harm = base.recurrence
    moved: list[tuple[Amount, Situation]] = [
        (stakes.at_stake, replace(stakes, at_stake=_raised(stakes.at_stake))),
        (own_harm, replace(stakes, harm_next=_raised(stakes.harm_next))),
        (peers_harm, replace(stakes, rate_elsewhere=_raised(stakes.rate_elsewhere))),
        (stakes.others, replace(stakes, others=_raised(stakes.others))),
    ]
    for place, loss in enumerate(stakes.losses):
        others = [_raised(one) if row == place else one for row, one in enumerate(stakes.losses)]
        moved.append((loss, replace(stakes, losses=tuple(others))))
    for amount, to in moved:
        if not amount.mean:
            continue
        again: Costs = replace(base, stakes=to, _memory={})
        priced.share(again, effects=True)
        slopes.append((differences(again, priced.view, priced.plans, priced.states) - now) / amount.mean)
        draws.append(np.broadcast_to(amount.draws - amount.mean, (base.knowledge.size,)))
    return Slopes(slope=np.array(slopes).T, draws=np.array(draws))


def _raised(amount: Amount) -> Amount:
    """Return an amount whose mean is twice as large: the slope is what that adds, over the mean."""
    return Amount(amount.draws, 2 * amount.mean)


def together(slopes: Mapping[str, Array], draws: Mapping[str, Array], size: int) -> Slopes:
    """Return what plans cost by some inputs, each linear and adding to what the others do; by name of the input."""
    names = list(slopes)
    return Slopes(
        slope=np.array([slopes[name] for name in names]).T,
        draws=np.array([np.broadcast_to(draws[name], (size,)) for name in names]),
    )
