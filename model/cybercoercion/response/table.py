"""One view: every variant by expected cost, the best of each response with its intervals and shares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.summary import weighted_quantiles
from cybercoercion.response.costs import Costs
from cybercoercion.response.lever import Lever
from cybercoercion.response.option import Option, Tail
from cybercoercion.response.singles import Singles, singles
from cybercoercion.response.summary import best_shares, cvar, mean, regrets, standard_error
from cybercoercion.response.terms import (
    NOTHING_NEW,
    Chance,
    Plan,
    Terms,
    military_loss,
    tail,
    terms,
    total,
)
from cybercoercion.response.variant import View
from cybercoercion.response.weights import BeliefLike, Weights
from cybercoercion.vocabulary import RESPONSES

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Scene:
    """A belief and the costs, with the belief in the forms in which costs read it."""

    belief: BeliefLike
    costs: Costs
    mean: Weights
    inside: Weights
    share: Array  # weight of each draw, dims (draw,)
    future: Weights
    chance: Chance
    two_step: bool
    margin: float  # USD; differences below it are ties

    def expected(self, plan: Plan, view: View) -> dict[str, float]:
        """Return the expected cost of a plan by term, USD."""
        parts = terms(self.costs, plan, view, self.mean, expected=True)
        return {name: float(part.mean()) for name, part in parts.items()}

    def drawn(self, plan: Plan, view: View) -> Array:
        """Return the cost of a plan in each draw of the inputs, states averaged, USD, dims ``(draw,)``."""
        return self.spread(terms(self.costs, plan, view, self.inside, expected=False))

    def smoothed(self, plan: Plan, view: View) -> Array:
        """Return the cost in each draw with exact means of money and rates: its mean is what is expected."""
        return self.spread(terms(self.costs, plan, view, self.inside, expected=True))

    def futures(self, plan: Plan, view: View) -> Array:
        """Return the cost of a plan in each future, USD, dims ``(draw,)``."""
        return self.spread(terms(self.costs, plan, view, self.future, expected=False, chance=self.chance))

    def spread(self, parts: Terms) -> Array:
        """Return the total of the terms in every draw."""
        return np.broadcast_to(total(parts), self.share.shape)


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


@dataclass(frozen=True, kw_only=True, eq=False)
class ViewRanking:
    """One view: the four responses, best first, and nothing new, which costs ``nothing`` USD."""

    view: View
    scene: Scene
    baseline: dict[str, float]  # expected cost of nothing new by term
    rows: tuple[Row, ...]  # every variant against every candidate, on offer in this view
    resilience: tuple[str, ...]  # chosen first, in two steps; empty where none pays
    options: tuple[Option, ...]
    nothing_draws: Array
    nothing_futures: Array
    p_best_nothing: float
    futures_nothing: float
    regret_nothing: float
    margin: float

    @property
    def nothing(self) -> float:
        """The expected cost of nothing new, USD."""
        return sum(self.baseline.values())

    def option(self, response: str) -> Option:
        """Return the row of a response."""
        return next(option for option in self.options if option.response == response)

    @property
    def tied(self) -> tuple[str, ...]:
        """The responses, and nothing new, that cannot be told from the cheapest.

        Told apart means by at least two Monte Carlo errors and by at least the margin.
        """
        names = [option.response for option in self.options]
        draws = [self.scene.smoothed(self.plan(option), self.view) for option in self.options]
        deltas = [option.delta for option in self.options]
        names.append("nothing")
        draws.append(self.scene.smoothed(NOTHING_NEW, self.view))
        deltas.append(0.0)
        best = int(np.argmin(deltas))
        return tuple(
            name
            for name, delta, draw in zip(names, deltas, draws, strict=True)
            if delta - deltas[best] <= max(self.margin, 2 * standard_error(draw - draws[best], self.scene.share))
        )

    def plan(self, option: Option) -> Plan:
        """Return the plan of a row."""
        return Plan(levers=(self.scene.costs.lever(option.variant, option.against),))

    @property
    def first(self) -> str:
        """The cheapest of the four responses and nothing new."""
        return self.options[0].response if self.options[0].delta < 0 else "nothing"

    @property
    def evpi(self) -> float:
        """What perfect knowledge of the inputs is worth, USD: the expected regret of the pick."""
        return self.regret_nothing if self.first == "nothing" else self.options[0].regret


def rank_view(scene: Scene, view: View) -> ViewRanking:
    """Rank one view."""
    costs = scene.costs
    baseline = scene.expected(NOTHING_NEW, view)
    resilience = _resilience(scene, view, baseline)
    chosen = min(resilience, key=lambda row: row.delta)
    base = chosen.levers if scene.two_step and chosen.delta < 0 else ()
    rows = (*(row for row in resilience if len(row.levers) == 1), *_aimed(scene, view, base))
    best = {
        response: min((row for row in rows if row.levers[0].variant.response == response), key=lambda row: row.delta)
        for response in RESPONSES
        if any(row.levers[0].variant.response == response for row in rows)
    }
    ordered = sorted(best.values(), key=lambda row: row.delta)
    plans = [Plan(levers=row.levers) for row in ordered]
    nothing = scene.drawn(NOTHING_NEW, view)
    drawn = np.array([scene.drawn(plan, view) for plan in plans])
    futures = np.array([scene.futures(plan, view) for plan in (*plans, NOTHING_NEW)])
    smooth = np.array([scene.smoothed(plan, view) for plan in plans])
    five = np.concatenate([drawn, nothing[None]])
    p_best, regret = best_shares(five, scene.share), regrets(five, scene.share)
    cheapest = best_shares(futures, scene.share)
    level = sum(baseline.values())
    difference = drawn - nothing
    bands = weighted_quantiles(np.concatenate([drawn, difference]), scene.share)
    options = []
    for place, row in enumerate(ordered):
        lever = row.levers[0]
        last = place + 1 == len(ordered)
        gap = None if last else ordered[place + 1].delta - row.delta
        error = None if last else standard_error(smooth[place + 1] - smooth[place], scene.share)
        low, high = bands[len(ordered) + place]
        options.append(
            Option(
                response=lever.variant.response,
                variant=lever.name,
                against=lever.target,
                expected_cost=level + row.delta,
                cost_low=float(bands[place, 0]),
                cost_high=float(bands[place, 1]),
                delta=row.delta,
                low=float(low),
                high=float(high),
                p_better=mean((difference[place] < 0).astype(float), scene.share),
                terms=row.terms,
                on_top=row.on_top,
                gap=gap,
                gap_mcse=error,
                p_best=float(p_best[place]),
                cheapest_in_futures=float(cheapest[place]),
                regret=float(regret[place]),
                cvar90=cvar(drawn[place], scene.share),
                p_star=row.p_star,
                tail=tail_of(costs, plans[place], view, row.delta),
                p_now=None if lever.place is None else float(scene.mean.guilty(lever)[0]),
                difference_draws=difference[place],
                future_draws=futures[place] - futures[-1],
            )
        )
    return ViewRanking(
        view=view,
        scene=scene,
        baseline=baseline,
        rows=rows,
        resilience=tuple(lever.name for lever in base),
        options=tuple(options),
        nothing_draws=nothing,
        nothing_futures=futures[-1],
        p_best_nothing=float(p_best[-1]),
        futures_nothing=float(cheapest[-1]),
        regret_nothing=float(regret[-1]),
        margin=scene.margin,
    )


def _resilience(scene: Scene, view: View, baseline: dict[str, float]) -> list[Row]:
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


def _aimed(scene: Scene, view: View, base: tuple[Lever, ...]) -> list[Row]:
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
