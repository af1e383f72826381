"""One view: every variant by expected cost, the best of each response with its intervals and shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.lever import Lever
from cybercoercion.response.option import Option
from cybercoercion.response.portfolio import Portfolio, best_portfolio
from cybercoercion.response.reference import Reference, comply, nothing_new, warning
from cybercoercion.response.row import Row, aimed_rows, resilience_rows, tail_of
from cybercoercion.response.scene import Scene
from cybercoercion.response.summary import bands, best_shares, mean, regrets, standard_error
from cybercoercion.response.terms import NOTHING_NEW, Plan
from cybercoercion.response.variant import View
from cybercoercion.response.wait import Waiting, waiting
from cybercoercion.response.weights import accusable
from cybercoercion.vocabulary import RESPONSES

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class ViewRanking:
    """One view: the four responses, best first, and nothing new, which costs ``nothing`` USD."""

    view: View
    scene: Scene
    baseline: dict[str, float]  # expected cost of nothing new by term
    rows: tuple[Row, ...]  # every variant against every candidate, on offer in this view
    likely: tuple[Row, ...]  # those aimed at nobody, or at a candidate likely enough to be accused
    resilience: tuple[str, ...]  # chosen first, in two steps; empty where none pays
    cheapest_resilience: tuple[Lever, ...]  # in either mode; empty where none pays
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

    @cached_property
    def waiting(self) -> Waiting | None:
        """What the next report about the leading candidate is worth, before acting on top of the resilience."""
        return waiting(self.scene, self.view, self.base)

    @cached_property
    def references(self) -> Mapping[str, Reference]:
        """The lines beside the four: nothing new, waiting for the next report, complying with the likeliest demand."""
        lines = {"nothing": nothing_new(self), "comply": comply(self)}
        if self.waiting is not None:
            lines["wait"] = self.waiting.reference(self)
        return {name: line for name in ("nothing", "wait", "comply") if (line := lines.get(name)) is not None}

    @cached_property
    def portfolio(self) -> Portfolio:
        """The best set of levers found by adding one at a time to the resilience that costs least."""
        return best_portfolio(self)

    @cached_property
    def warning(self) -> float:
        """What an explicit warning adds to any option, USD: its cost and risk of bluff less what it deters."""
        return warning(self)

    @property
    def base(self) -> tuple[Lever, ...]:
        """The measures of resilience that are chosen first."""
        return tuple(self.scene.costs.lever(name) for name in self.resilience)

    @property
    def evpi(self) -> float:
        """What perfect knowledge of the inputs is worth, USD: the expected regret of the pick."""
        return self.regret_nothing if self.first == "nothing" else self.options[0].regret


def rank_view(scene: Scene, view: View) -> ViewRanking:
    """Rank one view."""
    costs = scene.costs
    baseline = scene.expected(NOTHING_NEW, view)
    resilience = resilience_rows(scene, view, baseline)
    chosen = min(resilience, key=lambda row: row.delta)
    cheapest = chosen.levers if chosen.delta < 0 else ()
    base = cheapest if scene.two_step else ()
    rows = (*(row for row in resilience if len(row.levers) == 1), *aimed_rows(scene, view, base))
    likely = tuple(row for row in rows if plausible(scene, row))
    best = {
        response: min((row for row in likely if row.levers[0].variant.response == response), key=lambda row: row.delta)
        for response in RESPONSES
    }
    ordered = sorted(best.values(), key=lambda row: row.delta)
    plans = [Plan(levers=row.levers) for row in ordered]
    nothing = scene.drawn(NOTHING_NEW, view)
    drawn = np.array([scene.drawn(plan, view) for plan in plans])
    futures = np.array([scene.futures(plan, view) for plan in (*plans, NOTHING_NEW)])
    smooth = np.array([scene.smoothed(plan, view) for plan in plans])
    five = np.concatenate([drawn, nothing[None]])
    p_best, regret = best_shares(five, scene.share), regrets(five, scene.share)
    often = best_shares(futures, scene.share)
    level = sum(baseline.values())
    difference = drawn - nothing
    levels, differences = bands(five, scene.share), bands(difference, scene.share)
    options = []
    for place, row in enumerate(ordered):
        lever = row.levers[0]
        last = place + 1 == len(ordered)
        gap = None if last else ordered[place + 1].delta - row.delta
        error = None if last else standard_error(smooth[place + 1] - smooth[place], scene.share)
        low, high, _ = (float(value) for value in differences[place])
        cost_low, cost_high, worst = (float(value) for value in levels[place])
        options.append(
            Option(
                response=lever.variant.response,
                variant=lever.name,
                against=lever.target,
                expected_cost=level + row.delta,
                cost_low=cost_low,
                cost_high=cost_high,
                delta=row.delta,
                low=low,
                high=high,
                p_better=mean((difference[place] < 0).astype(float), scene.share),
                terms=row.terms,
                on_top=row.on_top,
                gap=gap,
                gap_mcse=error,
                p_best=float(p_best[place]),
                cheapest_in_futures=float(often[place]),
                regret=float(regret[place]),
                cvar90=worst,
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
        likely=likely,
        cheapest_resilience=cheapest,
        resilience=tuple(lever.name for lever in base),
        options=tuple(options),
        nothing_draws=nothing,
        nothing_futures=futures[-1],
        p_best_nothing=float(p_best[-1]),
        futures_nothing=float(often[-1]),
        regret_nothing=float(regret[-1]),
        margin=scene.margin,
    )


def plausible(scene: Scene, row: Row) -> bool:
    """Say whether a row is aimed at nobody, or at a candidate not much less likely than the likeliest.

    Otherwise the best target of a response would be whom it costs least to threaten in vain.
    """
    place = row.levers[0].place
    return place is None or bool(accusable(scene.mean, scene.costs.knowledge)[place])
