"""Levers together: effects multiply, costs add, resilience is shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.lever import Lever
from cybercoercion.response.option import Tail
from cybercoercion.response.row import Row, tail_of
from cybercoercion.response.summary import bands, mean
from cybercoercion.response.terms import Plan

if TYPE_CHECKING:
    from cybercoercion.response.table import ViewRanking

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Portfolio:
    """A set of levers pulled together; money in USD present value, intervals 5-95 %."""

    levers: tuple[tuple[str, str | None], ...]  # variant and whom it is aimed at
    expected_cost: float
    delta: float
    low: float
    high: float
    p_better: float
    terms: Mapping[str, float]
    tail: Tail
    difference_draws: Array = field(repr=False)

    def row(self) -> dict[str, object]:
        """Return the published fields, ready for JSON."""
        return {
            "levers": [{"variant": variant, "against": against} for variant, against in self.levers],
            "expected_cost": self.expected_cost,
            "delta": self.delta,
            "low": self.low,
            "high": self.high,
            "p_better": self.p_better,
            "terms": dict(self.terms),
            "tail": {
                "p_added": self.tail.p_added,
                "cost_at_cap": self.tail.cost_at_cap,
                "flips_at": self.tail.flips_at,
            },
        }


def best_portfolio(ranking: ViewRanking) -> Portfolio:
    """Return the best set that adding or exchanging one lever at a time finds.

    It starts from the resilience that costs least and holds at most one variant of each other response, at its best
    target among the likely ones. A forward search: it can miss a set whose parts pay only together.
    """
    levers: tuple[Lever, ...] = ranking.cheapest_resilience
    tried: dict[str, Row] = {}
    for row in ranking.likely:
        lever = row.levers[0]
        if lever.place is not None and (lever.name not in tried or row.on_top < tried[lever.name].on_top):
            tried[lever.name] = row
    candidates = [row.levers[0] for row in tried.values()]
    cost = _expected(ranking, levers)
    while True:
        options = [
            (_expected(ranking, others), others)
            for lever in candidates
            if lever not in levers
            for others in [(*(one for one in levers if one.variant.response != lever.variant.response), lever)]
        ]
        if not options:
            break
        best, changed = min(options, key=lambda option: option[0])
        if best >= cost:
            break
        cost, levers = best, changed
    return evaluated(ranking, levers)


def evaluated(ranking: ViewRanking, levers: tuple[Lever, ...]) -> Portfolio:
    """Return a set of levers as a row."""
    scene, view, plan = ranking.scene, ranking.view, Plan(levers=levers)
    parts = scene.expected(plan, view)
    difference = scene.drawn(plan, view) - ranking.nothing_draws
    low, high, _ = bands(difference[None], scene.share)[0]
    expected = sum(parts.values())
    delta = expected - ranking.nothing
    return Portfolio(
        levers=tuple(lever.key for lever in levers),
        expected_cost=expected,
        delta=delta,
        low=float(low),
        high=float(high),
        p_better=mean((difference < 0).astype(float), scene.share),
        terms={name: part - ranking.baseline[name] for name, part in parts.items()},
        tail=tail_of(scene.costs, plan, view, delta),
        difference_draws=difference,
    )


def _expected(ranking: ViewRanking, levers: tuple[Lever, ...]) -> float:
    return sum(ranking.scene.expected(Plan(levers=levers), ranking.view).values())
