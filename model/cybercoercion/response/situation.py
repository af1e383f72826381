"""What a case puts at stake, in numbers: stated, or the default of its kind of target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from cybercoercion.case import Actor, Case, Range
from cybercoercion.knowledge import Knowledge
from cybercoercion.response.amount import ZERO, Amount, RangeLike, capped, known, stated

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Situation:
    """The stakes of a case; money in USD, rates a year. Amounts enter costs linearly, arrays do not."""

    at_stake: Amount  # e H + P(meant) x pending harm: what is not yet sunk
    harm_next: Amount
    rate_target: Amount
    rate_elsewhere: Amount  # of the actor's other targets in the country: max(nation - target, 0)
    harm_elsewhere: Amount
    others: Amount  # harm by other states a year
    resilience: Array
    harm_at: Array  # resilience at which the harms were stated
    escalation: Array
    price: float  # of escalation: multiplies its money value, and the tail's
    gdp: Amount
    concession: Amount  # probability of conceding when asked, at harm_at
    losses: tuple[Amount, ...]  # of conceding, by demand
    margin: float | None


def situation(case: Case, knowledge: Knowledge) -> Situation:
    """Return the numbers of a case; the default of a field is the entry of its kind of target."""
    stakes, kind = case.stakes, case.target.kind

    def money(field: str, default: str) -> Amount:
        value = cast("float | RangeLike | None", getattr(stakes, field))
        return stated(knowledge, value, f"stakes.{field}", "log-normal", lambda: known(knowledge, default))

    def share(field: str, default: str) -> Amount:
        value = cast("float | RangeLike | None", getattr(stakes, field))
        return stated(knowledge, value, f"stakes.{field}", "logit-normal", lambda: known(knowledge, default))

    harm = money("harm_now", f"harm.{kind}")
    at_stake = share("avoidable", "avoidable") * harm
    if stakes.pending_harm is not None:
        pending = stated(knowledge, stakes.pending_harm, "stakes.pending_harm", "log-normal", lambda: ZERO)
        at_stake = at_stake + share("meant", "meant") * pending
    gdp = money("country_gdp", "country_gdp")
    nation = money("recurrence_nation", f"rate.nation.{kind}")
    # every episode in the country hits a target that is the country
    target = money("recurrence_target", f"rate.target.{kind}") if _own_rate(case) else nation
    ceiling = knowledge.mean("harm_elsewhere_cap") * gdp.mean
    at_norm = np.array([knowledge.mean(f"resilience.{kind}")])
    abroad = case.target.country != "US"
    return Situation(
        at_stake=at_stake,
        harm_next=stated(knowledge, stakes.harm_next, "stakes.harm_next", "log-normal", lambda: harm),
        rate_target=target,
        rate_elsewhere=_excess(nation, target),
        harm_elsewhere=capped(knowledge, "harm_elsewhere", ceiling),
        others=known(knowledge, "others.elsewhere") * gdp if abroad else known(knowledge, "others.us"),
        resilience=share("resilience", f"resilience.{kind}").draws,
        harm_at=share("harm_at_resilience", f"resilience.{kind}").draws
        if stakes.harm_at_resilience is not None
        else at_norm,
        escalation=_factor(knowledge, stakes.escalation, "stakes.escalation").draws,
        price=_factor(knowledge, stakes.price_of_escalation, "stakes.price_of_escalation").mean,
        gdp=gdp,
        concession=known(knowledge, f"concession.probability.{kind}"),
        losses=tuple(
            stated(
                knowledge,
                demand.cost_of_conceding,
                "demand.cost_of_conceding",
                "log-normal",
                lambda: known(knowledge, f"concession.loss.{kind}"),
            )
            for demand in case.demands
        ),
        margin=_point(stakes.margin),
    )


def _own_rate(case: Case) -> bool:
    return case.target.kind != "state" or case.stakes.recurrence_target is not None


def _excess(nation: Amount, target: Amount) -> Amount:
    """Return ``max(nation - target, 0)``; its mean takes the sampling error out of what the cut leaves linear."""
    plain = nation.draws - target.draws
    cut = float((plain.clip(0) - plain).mean())
    return Amount(plain.clip(0), max(nation.mean - target.mean + cut, 0.0))


def _factor(knowledge: Knowledge, value: float | Range | None, stream: str) -> Amount:
    return stated(knowledge, value, stream, "log-normal", lambda: Amount(np.ones(1), 1.0))


def _point(value: float | Range | None) -> float | None:
    return float((value.low * value.high) ** 0.5) if isinstance(value, Range) else value


def interdependence(actor: Actor, knowledge: Knowledge) -> Array:
    """Return the draws of an actor's interdependence, dims ``(draw,)`` or ``(1,)``; one stream for all actors."""
    return _of_actor(actor, knowledge, "interdependence")


def norm_adherence(actor: Actor, knowledge: Knowledge) -> Array:
    """Return the draws of an actor's adherence to norms, dims ``(draw,)`` or ``(1,)``; one stream for all actors."""
    return _of_actor(actor, knowledge, "norm_adherence")


def _of_actor(actor: Actor, knowledge: Knowledge, field: str) -> Array:
    value = cast("float | RangeLike | None", getattr(actor, field))
    default = f"{field}.{actor.kind}"
    return stated(knowledge, value, f"actor.{field}", "logit-normal", lambda: known(knowledge, default)).draws
