"""What the draws say of an output given the value of an input: right where inputs hang together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.costs import Costs
from cybercoercion.response.terms import NOTHING_NEW, Plan, terms
from cybercoercion.sensitivity.input.input import Input
from cybercoercion.sensitivity.line.along import Moved
from cybercoercion.sensitivity.line.conditional import Spline, spline
from cybercoercion.sensitivity.line.readings import readings
from cybercoercion.sensitivity.output import Output, gap
from cybercoercion.vocabulary import COERCION

Array = NDArray[np.float64]
NEAR_TOP = 0.9  # the draw at which it is tried whether the draws carry an input lies at this quantile


@dataclass(frozen=True, kw_only=True, eq=False)
class Given:
    """The draws behind an answer, had once for all inputs.

    For gap and cost it is each plan's cost that is regressed, losses at their exact means, and the numbers follow from
    what is then expected of each plan; so the cheapest plan of an option may change with the input. Of several plans
    that cost nearly the same the least is taken: noise makes a gap a little too small.
    """

    now: Moved
    output: Output
    labels: tuple[str, ...]
    pick: str

    @cached_property
    def likely(self) -> NDArray[np.intp]:
        """The places of the plans that may be chosen now."""
        return np.flatnonzero(self.now.menu.likely)

    @cached_property
    def share(self) -> Array:
        """The weight of each draw, dims ``(draw,)``."""
        return self.now.given.ranking.scene.share

    @cached_property
    def plans(self) -> Array:
        """The cost of each plan in each draw, difference to nothing new, USD, dims ``(plan, draw)``."""
        return self._drawn(self.now.given.costs, range(len(self.likely)))

    @cached_property
    def series(self) -> Array:
        """What is regressed, dims ``(series, draw)``: a statement, a plan, or a share or regret of an option."""
        if self.output == "belief":
            belief = self.now.given.belief
            joint = belief.posterior / np.where(self.share > 0, self.share, 1.0) / belief.posterior.sum()
            coercive = np.array([intent in COERCION for intent in belief.intents])
            return np.concatenate([joint[coercive].sum((0, 1, 2))[None], joint.sum((0, 2)), joint.sum((0, 1))])
        if self.output in ("gap", "cost"):
            # the level is the exact expectation; the draws say how it moves
            return self.plans + (self.now.menu.now[self.likely] - self.plans @ self.share)[:, None]
        each = readings(self.now.given, self.now.decision)
        least = each.drawn.min(0)
        cheapest = each.drawn == least
        drawn = cheapest / cheapest.sum(0) if self.output == "p_best" else each.drawn - least
        out = np.full((len(self.labels), len(self.share)), np.nan)
        for name, row in zip(each.options, drawn, strict=True):
            out[self.labels.index(name)] = row
        return out

    def expected(self, one: Input, at: Array) -> tuple[Array, Array] | None:
        """Return the numbers given some values of an input, and their errors, dims ``(level, label)`` each.

        None where the draws do not carry the input: then it enters expected costs by its exact mean, independent of
        all else, and the answer with the rest fixed is what is expected.
        """
        if one.draws is None or not self.carried(one):
            return None
        fit = spline(np.broadcast_to(one.draws, self.share.shape), self.series, self.share)
        if fit is None:
            return None
        if self.output in ("gap", "cost"):
            return self._chosen(fit, at)
        errors = np.array([fit.error(at, residuals) for residuals in fit.residuals]).T
        return fit.at(at).clip(0, None if self.output == "regret" else 1), errors

    def carried(self, one: Input) -> bool:
        """Say whether the draws carry an input.

        What moves the belief they do. For the rest: hold the input at the value that it has in one draw; if the draws
        carry it, and nothing else shares its values, then in that draw no plan costs anything else.
        """
        if one.moves_belief:
            return True
        if one.linear or one.draws is None:
            return False
        draws = np.broadcast_to(one.draws, self.share.shape)
        place = int(np.argsort(draws, kind="stable")[int(NEAR_TOP * (len(draws) - 1))])
        held = one.ask(float(draws[place]))
        known = dict(zip(self.now.menu.names, self.now.menu.now, strict=True))
        menu = held.menu(self.now.decision)
        moved = {name for name, cost in zip(menu.names, menu.now, strict=True) if name in known and cost != known[name]}
        rows = [k for k, row in enumerate(self.likely) if self.now.menu.names[row] in moved]
        if not rows:
            return False
        there, here = self._drawn(held.costs, rows)[:, place], self.plans[rows, place]
        return bool(np.allclose(there, here, rtol=1e-9, atol=1e-9 * np.abs(here).max()))

    def _drawn(self, costs: Costs, rows: Sequence[int]) -> Array:
        """Return the cost of some plans in each draw, losses at their means, the belief as it is, USD."""
        menu, scene = self.now.menu, self.now.given.ranking.scene
        # with a memory of its own, which goes when this is done
        inside = scene.inside if costs is scene.costs else replace(scene.inside, _memory={})

        def drawn(plan: Plan) -> Array:
            return scene.spread(terms(costs, plan, menu.view, inside, expected=True))

        nothing = drawn(NOTHING_NEW)
        plans = [menu.plans[self.likely[row]] for row in rows]
        return np.array(
            [
                drawn(Plan(levers=tuple(costs.lever(lever.name, lever.target) for lever in plan.levers))) - nothing
                for plan in plans
            ]
        )

    def _chosen(self, fit: Spline, at: Array) -> tuple[Array, Array]:
        """Return gap or costs from what is expected of each plan."""
        options, names = self.now.menu.option_of[self.likely], self.now.menu.options
        shape = (len(at), len(self.labels))
        out, error = np.full(shape, np.nan), np.full(shape, np.nan)
        for level, row in enumerate(fit.at(at)):
            cheapest = {
                name: int(np.where(options == k, row, np.inf).argmin())
                for k, name in enumerate(names)
                if (options == k).any()
            }
            point = at[level : level + 1]
            if self.output == "cost":
                for name, place in cheapest.items():
                    column = self.labels.index(name)
                    out[level, column], error[level, column] = row[place], fit.error(point, fit.residuals[place])[0]
                continue
            mine = cheapest.pop(self.pick)
            other = min(cheapest.values(), key=lambda place: float(row[place]))
            out[level, 0] = gap(np.array([row[mine], row[other]]), (self.pick, ""), self.pick)
            error[level, 0] = fit.error(point, fit.residuals[other] - fit.residuals[mine])[0]
        return out, error
