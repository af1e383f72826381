"""The cost of a plan, term by term: the whole model, on draws or on exact means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.amount import Amount
from cybercoercion.response.costs import Costs, excess
from cybercoercion.response.course import Remaining
from cybercoercion.response.lever import Lever
from cybercoercion.response.timeline import LONG, SHORT
from cybercoercion.response.variant import View
from cybercoercion.response.weights import Weights

Array = NDArray[np.float64]
Terms = dict[str, Array]
TERMS = ("own", "harm", "concession", "recurrence", "retaliation", "wrong_actor", "second_order")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Levers that are pulled together; without any, it is nothing new."""

    levers: tuple[Lever, ...]

    @property
    def measures(self) -> frozenset[str]:
        """The measures of resilience among them."""
        return frozenset(lever.name for lever in self.levers if lever.place is None)

    @property
    def aimed(self) -> tuple[Lever, ...]:
        """The levers that are aimed at a candidate."""
        return tuple(lever for lever in self.levers if lever.place is not None)


NOTHING_NEW = Plan(levers=())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chance:
    """What happens in one future: a uniform number per draw decides each event, dims ``(draw,)``."""

    concession: Array
    retaliation: Array


def terms(
    costs: Costs, plan: Plan, view: View, weights: Weights, *, expected: bool, chance: Chance | None = None
) -> Terms:
    """Return the cost of a plan by term, USD present value, dims ``(draw,)`` each.

    ``C = K + N + G + R + Y + W + S`` in the states that ``weights`` holds, and apart from it the military tail. With
    ``expected``, amounts enter by their exact means and the mean over draws is the expected cost; without, everything
    is drawn. With ``chance``, concession and retaliation happen or do not, instead of costing their probability.

    ======= ===================================================================================
    own     K: one-off x min(1, A_T / A_life) + running x A_T, a shared item once
    harm    N: e H g(rho_r(0)), the part of the harm that is not yet sunk
    conces. G: 1[demand] P_c (1 - k rho_r) / (1 - k rho_ref) (L + enc_self R_self + enc_peers R_nation)
    recurr. R: lambda m_lambda(i) H integral of disc g(rho_r) exp(-kappa gamma_i (rho_r - rho_ref)) D_r,
            D_r = prod_v (1 - d_v w_v m_v(i) chi_v(a)); the same for other targets; other states in the long view
    retal.  Y: [1 - (1 - q)^eps] ell Hbar g, guilty or not
    wrong   W: 1[a != b] L_w xi(b) (1 - guilty_b / 2)
    second  S: 0 unless stated
    ======= ===================================================================================
    """
    key = (costs, plan, costs.cells(view), expected, chance)
    parts = weights.remember(
        key, lambda: _bearing(costs, plan, weights, long=view.long, expected=expected, chance=chance)
    )
    paid = costs.remember(("own", plan, view, expected), lambda: own(costs, plan, view, expected=expected))
    return parts.seen_in(view, paid)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bearing:
    """What a plan costs over one horizon, by who bears it, USD, dims ``(draw,)`` each."""

    harm: Array
    concession: Array
    concession_of_peers: Array
    recurrence: Array
    recurrence_elsewhere: Array
    by_others: Array
    retaliation: Array
    wrong_actor: Array
    second_order: Array

    def seen_in(self, view: View, own_cost: Array) -> Terms:
        """Return the terms that count in a view."""
        nothing = np.zeros(1)
        recurrence = self.recurrence + self.recurrence_elsewhere if view.nation else self.recurrence
        return {
            "own": own_cost,
            "harm": self.harm,
            "concession": self.concession + self.concession_of_peers if view.nation else self.concession,
            "recurrence": recurrence + self.by_others if view.others else recurrence,
            # whoever punishes, the target is within reach: borne in every view, or asking would be free
            "retaliation": self.retaliation,
            "wrong_actor": self.wrong_actor if view.nation else nothing,
            "second_order": self.second_order,
        }


def _bearing(
    costs: Costs, plan: Plan, weights: Weights, *, long: bool, expected: bool, chance: Chance | None
) -> Bearing:
    stakes, course = costs.stakes, costs.course(plan.measures)
    effects = interacting(costs, plan.aimed)
    own_harm, peers_harm = (amount.of(expected=expected) for amount in costs.recurrence)
    enc_self, enc_peers = (amount.of(expected=expected) for amount in costs.encouragement)
    cells = LONG if long else SHORT

    def recurring(left: Remaining, *, demanded: bool, elsewhere: bool = False) -> Array:
        def within(members: tuple[Lever, ...]) -> Array:
            def contract() -> Array:
                windows = tuple(sorted(lever.variant.window for lever in members))
                share = weights.recurring(members, demanded=demanded, elsewhere=elsewhere)
                return over_classes(left.years(windows, cells), share)

            alike = tuple((one.variant.window, one.variant.factor, one.place) for one in members)
            return weights.remember((left, cells, demanded, elsewhere, alike), contract)

        out = within(())
        for sign, members in subsets(plan.aimed):
            out = out + sign * product(effects[lever.key] for lever in members) * within(members)
        return out

    given = happened(stakes.concession.of(expected=expected) * course.conceding, chance.concession if chance else None)
    losses = [loss.of(expected=expected) * p for loss, p in zip(stakes.losses, weights.asked(), strict=True)]
    lost = sum(losses, start=np.zeros(1)) + enc_self * own_harm * recurring(course.target, demanded=True)
    retaliation = wrong = np.zeros(1)
    for lever in plan.aimed:
        if lever.retaliation.any():
            provoked = excess(lever.retaliation, stakes.escalation)
            blow = happened(provoked, chance.retaliation if chance else None) * course.harm
            retaliation = retaliation + blow * costs.retaliation.of(expected=expected)
        if lever.loss_wrong.mean:
            wrong = wrong + (1 - weights.guilty(lever)) * lever.share_wrong * lever.loss_wrong.of(expected=expected)
    return Bearing(
        harm=stakes.at_stake.of(expected=expected) * course.harm,
        concession=given * lost,
        concession_of_peers=given * enc_peers * peers_harm * recurring(course.nation, demanded=True, elsewhere=True),
        recurrence=own_harm * recurring(course.target, demanded=False),
        recurrence_elsewhere=peers_harm * recurring(course.nation, demanded=False, elsewhere=True),
        by_others=stakes.others.of(expected=expected) * by_others(costs, plan.aimed, cells, weights)
        if long
        else np.zeros(1),
        retaliation=retaliation,
        wrong_actor=wrong,
        second_order=sum((lever.second_order.of(expected=expected) for lever in plan.levers), start=np.zeros(1)),
    )


def over_classes(years: Array, recurring: Array) -> Array:
    """Return the sum over classes of years x recurrence, dims ``(draw,)``; years may be the same for all classes."""
    if len(years) == 1:
        return np.asarray(years[0] * recurring.sum(0))
    if recurring.shape[1] == 1:
        return np.asarray(recurring[:, 0] @ years)
    return np.asarray(np.einsum("cs,cs->s", years, recurring))


def total(parts: Terms) -> Array:
    """Return the sum of all terms, dims ``(draw,)``."""
    found = iter(parts.values())
    out = next(found)
    for part in found:
        out = out + part
    return out


def happened(probability: Array, uniform: Array | None) -> Array:
    """Return a probability, or, in a future, whether it happens: 1 or 0."""
    return probability if uniform is None else (uniform < probability).astype(np.float64)


def subsets(levers: Sequence[Lever]) -> Iterator[tuple[float, tuple[Lever, ...]]]:
    """Yield sign and members of each non-empty set: ``prod (1 - x_v) = 1 + sum over sets of (-1)^n prod x_v``."""
    for size in range(1, len(levers) + 1):
        for members in combinations(levers, size):
            yield (-1.0) ** size, members


def product(arrays: Iterator[Array]) -> Array:
    """Return the product of arrays with a common draw axis."""
    return reduce(np.multiply, arrays)


def by_others(costs: Costs, aimed: Sequence[Lever], cells: int, weights: Weights) -> Array:
    """Return the discounted years of attacks by other states: precedent lasts, a norm has its window."""
    left = costs.course().nation
    out = left.years((), cells)[0]
    setting = [lever for lever in aimed if lever.precedent.any()]
    for sign, members in subsets(setting):
        windows = tuple(sorted(one.variant.window for one in members if one.variant.response == "norms"))
        cut = product(lever.precedent for lever in members)
        out = out + sign * cut * left.years(windows, cells)[0] * weights.reached(members)
    return np.asarray(out)


def own(costs: Costs, plan: Plan, view: View, *, expected: bool) -> Array:
    """Return what a view pays for a plan, USD: a naming beside a statement is half price."""
    out = np.zeros(1)
    accused = {lever.place for lever in plan.levers if lever.name in ("statement", "sanctions")}
    for lever in plan.levers:
        once, running = costs.pays(lever, view)
        half = lever.name == "naming" and lever.place in accused
        price = costs.knowledge.mean("cost.beside_statement") if half else 1.0
        out = (
            out
            + once.of(expected=expected) * price * costs.charged(lever, view)
            + running.of(expected=expected) * costs.years(view)
        )
    return np.asarray(out)


def interacting(costs: Costs, aimed: Sequence[Lever]) -> dict[tuple[str, str | None], Array]:
    """Return the effect of each lever beside the others.

    Norms define the breach, so punishment bites more; a counter-operation in kind breaks them; sanctions spend the
    entanglement that leverage would use. Only levers that are aimed at the same actor meet.
    """
    if len(aimed) < 2:
        return {lever.key: lever.effect for lever in aimed}
    draw = costs.knowledge.quantity
    effects = {}
    for lever in aimed:
        beside = [other for other in aimed if other.place == lever.place]
        names, responses = {other.name for other in beside}, {other.variant.response for other in beside}
        effect, response = lever.effect, lever.variant.response
        if response == "punishment" and "norms" in responses and lever.name != "counter-operation":
            effect = np.minimum(effect * (1 + draw("interaction.norms_punishment")), 1.0)
        if response == "norms" and "counter-operation" in names:
            effect = effect * draw("interaction.counter_operation_norms")
        if response == "entanglement" and names & {"sanctions", "broad-sanctions"}:
            effect = effect * (1 - draw("interaction.sanctions_entanglement"))
        effects[lever.key] = effect
    return effects


def tail(costs: Costs, plan: Plan) -> Array:
    """Return the probability that a plan adds to a military clash, ``1 - (1 - q)^(eps c)``, dims ``(draw,)``."""
    out = np.zeros(1)
    for lever in plan.aimed:
        out = out + excess(lever.military, costs.stakes.escalation * lever.conflict)
    return out


def military_loss(costs: Costs) -> Amount:
    """Return the loss of a military clash, capped, USD."""
    loss = costs.knowledge.quantities["military.loss"]
    mean = costs.knowledge.mean(loss.name) * costs.stakes.price
    return Amount(costs.knowledge.quantity(loss.name) * costs.stakes.price, mean)
