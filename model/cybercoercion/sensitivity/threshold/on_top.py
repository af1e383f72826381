"""What could be done on top of resilience, and how sure one must be who did it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cybercoercion.assessment import Assessment
from cybercoercion.response.row import tail_of
from cybercoercion.response.terms import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTop:
    """One lever against one candidate, on top of the resilience that is chosen first.

    ``adds`` is its expected difference to that resilience, USD; ``p_star`` the probability of having the right actor
    above which it pays (None: not even against the guilty), ``p_now`` the probability now, and ``past`` the share of
    what we think of it that lies at the other side of ``p_star``. ``flips_at`` is the loss of a military clash at which
    a lever that pays no longer does, USD (see `Tail`).
    """

    variant: str
    response: str
    against: str
    adds: float
    p_star: float | None
    p_now: float
    past: float | None
    p_added: float
    flips_at: float | None


def on_top(assessment: Assessment, view: str) -> tuple[OnTop, ...]:
    """Return the attribution thresholds of every lever against candidates likely enough to be accused, best first."""
    ranked, belief = assessment.ranking.views[view], assessment.belief
    by_actor = belief.marginal("actor")
    weights = belief.weights
    inside = np.divide(by_actor, weights, out=np.zeros_like(by_actor), where=weights > 0)
    out = []
    for row in ranked.likely:
        lever = row.levers[0]
        if lever.place is None or lever.target is None:
            continue
        now = float(by_actor[lever.place].sum() / weights.sum())
        tail = tail_of(assessment.costs, Plan(levers=row.levers), ranked.view, row.on_top)
        out.append(
            OnTop(
                variant=lever.name,
                response=lever.variant.response,
                against=lever.target,
                adds=row.on_top,
                p_star=row.p_star,
                p_now=now,
                past=None
                if row.p_star is None
                else float(weights[(inside[lever.place] > row.p_star) != (now > row.p_star)].sum() / weights.sum()),
                p_added=tail.p_added,
                flips_at=tail.flips_at,
            )
        )
    return tuple(sorted(out, key=lambda one: one.adds))
