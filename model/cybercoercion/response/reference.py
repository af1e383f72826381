"""The lines beside the four responses: nothing new, complying, and a warning as an addition to any of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.amount import known
from cybercoercion.response.scene import Scene
from cybercoercion.response.summary import bands, mean
from cybercoercion.response.terms import NOTHING_NEW, Plan, Terms, terms
from cybercoercion.response.variant import View
from cybercoercion.response.weights import BeliefLike, Weights

if TYPE_CHECKING:
    from cybercoercion.response.table import ViewRanking

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reference:
    """A line for comparison, not ranked; money in USD present value, intervals 5-95 %.

    ``detail`` says what it refers to: the demand that is met, or the report that is waited for. The last four are None
    where the line does not compete with the four responses.
    """

    name: str
    detail: str | None
    expected_cost: float
    cost_low: float | None
    cost_high: float | None
    delta: float
    low: float | None
    high: float | None
    p_better: float | None
    terms: Mapping[str, float]
    cvar90: float | None = None
    p_best: float | None = None
    cheapest_in_futures: float | None = None
    regret: float | None = None
    difference_draws: Array | None = field(default=None, repr=False)

    def row(self) -> dict[str, object]:
        """Return the fields of the published contract, ready for JSON."""
        out: dict[str, object] = {
            one.name: getattr(self, one.name) for one in fields(self) if one.name not in ("name", "difference_draws")
        }
        out["terms"] = dict(self.terms)
        return out


def nothing_new(ranking: ViewRanking) -> Reference:
    """Return the zero line: its level, by term in ``terms``, and its shares among the five."""
    low, high, worst = (float(value) for value in bands(ranking.nothing_draws[None], ranking.scene.share)[0])
    return Reference(
        name="nothing",
        detail=None,
        expected_cost=ranking.nothing,
        cost_low=low,
        cost_high=high,
        delta=0.0,
        low=0.0,
        high=0.0,
        p_better=0.0,
        terms=ranking.baseline,
        cvar90=worst,
        p_best=ranking.p_best_nothing,
        cheapest_in_futures=ranking.futures_nothing,
        regret=ranking.regret_nothing,
    )


def comply(ranking: ViewRanking) -> Reference | None:
    """Return the line of meeting the likeliest demand; None where the case names none.

    ``L + (1 - s) e H g + R (1 + enc)`` in the states in which it is demanded, s = P(harm stops | comply); in the
    others the harm goes on, and what is conceded there comes on top.
    """
    scene, view = ranking.scene, ranking.view
    if not scene.costs.case.demands:
        return None
    demand = int(np.argmax(scene.mean.asked()[:, 0]))
    parts = {
        name: float(part.mean())
        for name, part in _complying(
            scene, view, scene.mean, _met(scene.belief, scene.mean, demand), demand, expected=True
        ).items()
    }
    drawn = scene.spread(
        _complying(scene, view, scene.inside, _met(scene.belief, scene.inside, demand), demand, expected=False)
    )
    difference = drawn - ranking.nothing_draws
    (cost_low, cost_high, worst), (low, high, _) = bands(np.array([drawn, difference]), scene.share)
    expected = sum(parts.values())
    return Reference(
        name="comply",
        detail=scene.costs.case.demand_ids[demand],
        expected_cost=expected,
        cost_low=float(cost_low),
        cost_high=float(cost_high),
        delta=expected - ranking.nothing,
        low=float(low),
        high=float(high),
        p_better=mean((difference < 0).astype(float), scene.share),
        terms={name: part - ranking.baseline[name] for name, part in parts.items()},
        cvar90=float(worst),
        difference_draws=difference,
    )


def _met(belief: BeliefLike, weights: Weights, demand: int) -> Weights:
    """Return the same weights, with only this demand counted as made."""
    posterior = belief.posterior if weights.mass.size == belief.posterior.shape[-1] else None
    one = belief.posterior[:, :, demand] if posterior is not None else belief.posterior[:, :, demand].sum(-1)[..., None]
    return replace(weights, demanded=one, _memory={})


def _complying(scene: Scene, view: View, weights: Weights, met: Weights, demand: int, *, expected: bool) -> Terms:
    costs, cells = scene.costs, scene.costs.cells(view)
    course, stakes = costs.course(), costs.stakes
    parts = terms(costs, NOTHING_NEW, view, weights, expected=expected)
    asked = weights.asked()
    stops = known(costs.knowledge, "comply.harm_stops").of(expected=expected)
    enc_self, enc_peers = (amount.of(expected=expected) for amount in costs.encouragement)
    own_harm, peers_harm = (amount.of(expected=expected) for amount in costs.recurrence)
    encouraged = enc_self * own_harm * (course.target.years((), cells) * met.recurring(demanded=True)).sum(0)
    if view.nation:
        encouraged = encouraged + enc_peers * peers_harm * (
            course.nation.years((), cells) * met.recurring(demanded=True, elsewhere=True)
        ).sum(0)
    given = stakes.concession.of(expected=expected) * course.conceding
    others = sum(
        (loss.of(expected=expected) * asked[place] for place, loss in enumerate(stakes.losses) if place != demand),
        start=np.zeros(1),
    )
    return parts | {
        "harm": parts["harm"] * (1 - stops * asked[demand]),
        "concession": stakes.losses[demand].of(expected=expected) + given * others,
        "recurrence": parts["recurrence"] + encouraged,
    }


def warning(ranking: ViewRanking) -> float:
    """Return what an explicit warning adds to any option, USD: ``K_w - d_w R + P(called) L_bluff``."""
    scene, view = ranking.scene, ranking.view
    mean_of = scene.costs.knowledge.mean
    own_view = replace(view, others=False)  # it is addressed to this coercer
    recurrence = scene.expected(Plan(levers=ranking.base), own_view)["recurrence"]
    bluff = mean_of("warning.called") * mean_of("warning.bluff") if view.nation else 0.0
    price = mean_of("cost.warning") if view.nation else mean_of("cost.ask")
    return price + bluff - mean_of("warning.effect") * recurrence
