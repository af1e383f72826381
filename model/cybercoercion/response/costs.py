"""What each response costs, before anything is believed about who did it: the numbers of one case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import NDArray

from cybercoercion.case import Case
from cybercoercion.knowledge import Knowledge
from cybercoercion.response.amount import ZERO, Amount, known
from cybercoercion.response.course import Course, course, discounted_years
from cybercoercion.response.factors import Factors, factors
from cybercoercion.response.lever import Lever, levers
from cybercoercion.response.situation import Situation, situation
from cybercoercion.response.timeline import LONG, SHORT, Timeline, timeline
from cybercoercion.response.variant import View, views

Array = NDArray[np.float64]
OF_STATES = ("national", "counter-operation", "broad-sanctions")


@dataclass(frozen=True, kw_only=True, eq=False)
class Costs:
    """Stakes, time, and every lever of a case, as draws with their exact means; no belief is in it.

    The cost of a plan in a state of the world follows from `terms`; `rank` contracts it with a belief.
    """

    case: Case
    knowledge: Knowledge
    stakes: Situation
    factors: Factors
    time: Timeline
    levers: tuple[Lever, ...]
    views: dict[str, View]
    _memory: dict[Hashable, object] = field(default_factory=dict, repr=False)

    @property
    def off_target(self) -> float:
        """The share of a lever's effect that remains where another actor did it."""
        return self.knowledge.mean("effect.off_target")

    def course(self, measures: frozenset[str] = frozenset()) -> Course:
        """Return the course of resilience under these measures, computed once."""
        return self.remember(("course", measures), lambda: course(measures, self.stakes, self.knowledge, self.course))

    def remember[T](self, key: Hashable, make: Callable[[], T]) -> T:
        """Return a derived value of these costs, computed once."""
        if key not in self._memory:
            self._memory[key] = make()
        return cast("T", self._memory[key])

    def lever(self, variant: str, against: str | None = None) -> Lever:
        """Return one lever; without ``against``, the first candidate it can be aimed at."""
        return next(one for one in self.levers if one.name == variant and against in (None, one.target))

    def cells(self, view: View) -> int:
        """Return how many cells of the timeline a view holds."""
        return LONG if view.long else SHORT

    def years(self, view: View) -> Array:
        """Return the discounted years of a view, dims ``(draw,)``."""
        return discounted_years(self.time, (), self.cells(view), self.knowledge)

    def charged(self, lever: Lever, view: View) -> Array:
        """Return the share of a one-off cost that falls into the horizon, ``min(1, A_T / A_life)``."""
        entry = f"life.{lever.variant.entry}"
        if entry not in self.knowledge.quantities:
            return np.ones(1)
        life, discount = self.knowledge.quantity(entry), self.knowledge.quantity("discount")
        return np.minimum(1.0, self.years(view) * -np.log(discount) / (1 - discount**life))

    def pays(self, lever: Lever, view: View) -> tuple[Amount, Amount]:
        """Return what a view pays for a lever: once (USD), and running (USD a year).

        The target pays for its own resilience; what only a state can do, it asks for at token cost.
        """
        if view.nation or lever.place is None:
            return lever.once, lever.running
        return known(self.knowledge, "cost.ask"), ZERO

    def offered(self, view: View) -> tuple[Lever, ...]:
        """Return the levers on offer in a view.

        A national programme is not the target's to have, and no state strikes back or closes its trade because one
        target asks.
        """
        return tuple(lever for lever in self.levers if view.nation or lever.name not in OF_STATES)

    @cached_property
    def aimed(self) -> tuple[Lever, ...]:
        """The levers that are aimed at a candidate."""
        return tuple(lever for lever in self.levers if lever.place is not None)

    @cached_property
    def stacked(self) -> dict[str, tuple[Array, Array]]:
        """Effect and precedent of the aimed levers, by window, dims ``(lever, draw)`` each."""
        size = self.knowledge.size
        out: dict[str, tuple[Array, Array]] = {}
        for window in dict.fromkeys(lever.variant.window for lever in self.aimed):
            alike = [lever for lever in self.aimed if lever.variant.window == window]
            effect, precedent = np.empty((2, len(alike), size))
            for row, lever in enumerate(alike):
                effect[row], precedent[row] = lever.effect, lever.precedent
            out[window] = (effect, precedent)
        return out

    @cached_property
    def wrong_actor(self) -> Array:
        """The expected loss of each aimed lever where the accused is innocent, USD, dims ``(lever,)``."""
        return np.array(
            [
                lever.loss_wrong.mean * float(lever.share_wrong.mean()) if lever.loss_wrong.mean else 0.0
                for lever in self.aimed
            ]
        )

    @cached_property
    def retaliation(self) -> Amount:
        """The harm of a retaliation before resilience, USD: ``ell Hbar``."""
        return known(self.knowledge, "retaliation.severity") * self.stakes.harm_elsewhere * self.stakes.price

    @cached_property
    def encouragement(self) -> tuple[Amount, Amount]:
        """By how much conceding raises recurrence: for the target, and for its peers."""
        return known(self.knowledge, "encouragement.target"), known(self.knowledge, "encouragement.peers")

    @cached_property
    def recurrence(self) -> tuple[Amount, Amount]:
        """The harm a year before any response, USD/yr: of the target, and of the actor's other targets."""
        stakes = self.stakes
        return stakes.rate_target * stakes.harm_next, stakes.rate_elsewhere * stakes.harm_elsewhere


def costs(case: Case, knowledge: Knowledge, *, only: Collection[tuple[str, str | None]] | None = None) -> Costs:
    """Return what each response costs in a case, before any belief.

    Parameters
    ----------
    case
        Stakes, candidate actors and demands.
    knowledge
        Every parameter, with its draws.
    only
        Keys of levers, where few are asked about: then there are no others, and nothing is kept for the next call.

    Returns
    -------
    Costs
        Draws and exact means, USD present value and USD a year.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = costs(load_case("sony-2014"), load_knowledge(draws=100))
    >>> sony.lever("sanctions").target
    'north-korea'
    """
    # reports move no cost: while only they change, nothing is computed again
    key = case.model_copy(update={"reports": (), "labels": None, "note": None})

    def make() -> Costs:
        stakes = situation(case, knowledge)
        return Costs(
            case=key,
            knowledge=knowledge,
            stakes=stakes,
            factors=factors(knowledge, stated=case.stakes.recurrence_nation is not None),
            time=timeline(knowledge),
            levers=levers(case, knowledge, stakes, only),
            views=views(case.target.kind),
        )

    return knowledge.remember_recent("costs", key, make) if only is None else make()


def excess(probability: Array, factor: Array) -> Array:
    """Return ``1 - (1 - q)^factor``: a small probability under a multiplied risk, never above one.

    >>> excess(np.array([0.1]), np.array([2.0])).round(2).tolist()
    [0.19]
    """
    if factor.size == 1 and factor[0] == 1:
        return probability
    return np.asarray(-np.expm1(factor * np.log1p(-probability)))
