"""What context says before any report: the paper's three recognition questions, for each candidate.

Capability, relationship and long-standing demands (S72-S74), with track record, alternatives,
interdependence and norm adherence. They share one cause, so their sum is flattened once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cybercoercion.case import Actor, Case, Demand, Range
from cybercoercion.knowledge import Knowledge
from cybercoercion.knowledge.distribution import Distribution
from cybercoercion.vocabulary import CHECKLIST, INTENTS, KINDS, STANDING

Array = NDArray[np.float64]
Index = NDArray[np.intp]
LIVE = ("dispute", "crisis", "armed-conflict")
STATES = ("state", "state-linked")
HELD = ("declared", "held")


def share_value(value: float | Range | None, knowledge: Knowledge, default: str) -> Array:
    """Return the draws of a share that the case states as a point or a range, or of its default.

    All candidates use one stream, so that neither names nor order of candidates matter.
    """
    if value is None:
        return knowledge.quantity(f"context.default_{default}")
    if not isinstance(value, Range):
        return np.full(knowledge.size, float(value))
    range_ = Distribution.from_quantiles("logit-normal", value.low, value.high, value.mass)
    return knowledge.draws_of(range_, f"actor.{default}", (value.low + value.high) / 2)


def nats(actor: Actor, case: Case, knowledge: Knowledge) -> Array:
    """Return how much the context speaks for a candidate against an unlisted actor of its kind, in nats ``(draw,)``.

    What the case leaves out adds nothing.
    """
    total = np.zeros(knowledge.size)
    if (dyad := dyads(case, knowledge).get(actor.country or "")) is not None and actor.kind in STATES:
        total = total + dyad
    if actor.relationship is not None:
        total = total + knowledge.quantity(f"context.relationship.{actor.relationship}")
    if actor.capability is not None:
        total = total + knowledge.quantity(f"context.capability.{actor.capability}")
    if actor.track_record is not None:
        total = total + knowledge.quantity(f"context.track_record.{str(actor.track_record).lower()}")
    if actor.alternatives is not None:
        total = total + knowledge.quantity(f"context.alternatives.{actor.alternatives}")
    if actor.interdependence is not None:
        dependence = share_value(actor.interdependence, knowledge, "interdependence")
        total = total + knowledge.quantity("context.interdependence") * dependence
    if actor.norm_adherence is not None:
        adherence = share_value(actor.norm_adherence, knowledge, "norm_adherence")
        total = total + knowledge.quantity("context.norm_adherence") * adherence
    if any(demand.held_by.get(actor.id) in HELD for demand in case.demands):
        total = total + knowledge.quantity("context.holds_demand")
    return np.asarray(total * knowledge.quantity("exponent.context"))


def dyads(case: Case, knowledge: Knowledge) -> dict[str, Array]:
    """Return what a fit says of states as initiators against the target's country, nats ``(draw,)`` by ISO code.

    The initiators that it knows and the candidates of the case; empty without a fit or a country of the target.
    """
    known = knowledge.fitted.initiators if knowledge.fitted is not None else None
    victim = case.target.country
    if known is None or victim is None:
        return {}
    index = knowledge.pairing("actor")
    out = known.scores(victim, index)
    for actor in case.actors:
        if actor.country is not None and actor.country not in (*out, victim):
            out[actor.country] = known.rival(actor.country, victim, index)
    return out


def kind(case: Case, knowledge: Knowledge) -> Array:
    """Return p(kind | intent), dims ``(intent, kind, draw)``; base rates drift where a fit knows how they do.

    What drifts is learnt from politically relevant incidents, so only that frame moves: ``p(k | i) f_k(year)``,
    renormalised.
    """
    table = knowledge.table("kind")
    drift = knowledge.fitted.drift if knowledge.fitted is not None else None
    if drift is None or case.frame != "politically-relevant":
        return table
    moved = table * drift.at(case.as_of.year, knowledge.pairing("origin"))
    return np.asarray(moved / moved.sum(1, keepdims=True))


def share(case: Case, knowledge: Knowledge) -> Array:
    """Return p(who | kind, context), dims ``(who, draw)``: candidates share their kind, the unlisted keep the rest.

    ``p(a | k) = (1 - u) exp(x_a) / (w + sum exp(x))`` over the candidates of the kind, with ``u`` the mass that
    no list can take away and ``w`` = 1, more where a fit knows initiators that the list leaves out.
    """
    weight = np.array([np.exp(nats(actor, case, knowledge)) for actor in case.actors])
    kind_of = np.array([KINDS.index(actor.kind) for actor in case.actors])
    floor = knowledge.quantity("context.unlisted")
    total = np.ones((len(KINDS), knowledge.size))
    for name in STATES:
        listed_here = {actor.country for actor in case.actors if actor.kind == name}
        for country, dyad in dyads(case, knowledge).items():
            if country not in listed_here:
                total[KINDS.index(name)] += np.exp(dyad * knowledge.quantity("exponent.context"))
    for number, each in zip(kind_of, weight, strict=True):
        total[number] += each
    listed = (1 - floor) * weight / total[kind_of]
    unlisted = np.ones((len(KINDS), knowledge.size))
    for number, each in zip(kind_of, listed, strict=True):
        unlisted[number] -= each
    return np.concatenate([listed, unlisted])


def live_dispute(case: Case) -> bool | None:
    """Return whether a candidate state is in a live dispute with the target's country, None if nobody said.

    >>> from cybercoercion.case import load_case
    >>> live_dispute(load_case("sony-2014"))
    True
    """
    known = [actor.relationship for actor in case.actors if actor.kind in STATES and actor.relationship is not None]
    return any(relationship in LIVE for relationship in known) if known else None


def standing(case: Case) -> Index:
    """Return the class of each demand for each actor, dims ``(who, demand)``: none, open, or standing.

    A demand stands when it is long-standing, or when this actor declared it.
    """
    out = np.zeros((len(case.actors) + len(KINDS), len(case.demands) + 1), dtype=np.intp)
    for d, demand in enumerate(case.demands):
        out[:, d] = STANDING.index("standing" if demand.long_standing else "open")
        for a, actor in enumerate(case.actors):
            if demand.held_by.get(actor.id) == "declared":
                out[a, d] = STANDING.index("standing")
    return out


def _holding(demand: Demand, actor: str | None, knowledge: Knowledge) -> Array:
    if not demand.held_by or actor is None:
        return knowledge.quantity("demand.unknown")
    return knowledge.quantity(f"demand.{demand.held_by.get(actor, 'unheld')}")


def _fit(demand: Demand, intent: str, knowledge: Knowledge) -> Array | float:
    """Return how far a demand of this content and polarity goes with an intent, as a factor."""
    factor: Array | float = 1.0
    if demand.content is not None and (demand.content == "money") != (intent == "crime"):
        factor = factor * knowledge.quantity("demand.other_content")
    if (intent == "deterrence" and demand.polarity in ("do", "stop")) or (
        intent == "compellence" and demand.polarity == "refrain"
    ):
        factor = factor * knowledge.quantity("demand.other_polarity")
    return factor


def demand(case: Case, knowledge: Knowledge) -> Array:
    """Return p(demand | intent, who), dims ``(intent, who, demand, draw)``; the last demand is `none` of the list.

    ``p(d) = p(demanded | intent) w_d / (w_unlisted + sum w)`` with the weight of who holds it times how well its
    content and polarity go with the intent.
    """
    size, actors = knowledge.size, [*case.actor_ids, *([None] * len(KINDS))]
    demanded = knowledge.table("demanded")[:, 0]
    out = np.empty((len(INTENTS), len(actors), len(case.demands) + 1, size))
    holding = {
        (d, actor): _holding(demand, actor, knowledge) for d, demand in enumerate(case.demands) for actor in set(actors)
    }
    for i, intent in enumerate(INTENTS):
        fits = [_fit(demand, intent, knowledge) for demand in case.demands]
        for actor in dict.fromkeys(actors):
            weights = [holding[d, actor] * fit for d, fit in enumerate(fits)]
            total = sum(weights, start=knowledge.quantity("demand.unlisted"))
            rows = [index for index, other in enumerate(actors) if other == actor]
            left = np.ones(size)
            for d, weight in enumerate(weights):
                p = demanded[i] * weight / total
                out[i, rows, d] = p
                left = left - p
            out[i, rows, -1] = left
    return out


def deception(case: Case, knowledge: Knowledge) -> Array:
    """Return p(somebody else is framed | who), dims ``(who, draw)``.

    The base rate of the actor's kind, moved in log-odds by the case's checklist for that actor: motive,
    opportunity and means; past practice; sources under its control. A switch without data behind it.
    """
    rows = []
    for actor in case.actors:
        base = knowledge.quantity(f"deception.{actor.kind}")
        checklist = case.deception.get(actor.id)
        odds = np.log(base) - np.log1p(-base)
        for item in CHECKLIST:
            answer = getattr(checklist, item, None)
            if answer is not None:
                odds = odds + knowledge.quantity(f"deception.{item}") * (2 * float(answer) - 1)
        rows.append(1 / (1 + np.exp(-odds)))
    rows += [knowledge.quantity(f"deception.{kind}") for kind in KINDS]
    out = np.array(rows)
    if len(case.actors) == 1:
        out[0] = 0  # nobody else on the list to frame
    return out
