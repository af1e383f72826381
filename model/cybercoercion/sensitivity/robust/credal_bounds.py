"""What is asked of a set of beliefs or inputs: probabilities, the cost of each option, the gap, and who is beaten."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.sensitivity.choice import Choice
from cybercoercion.sensitivity.robust.credal_sets import CredalSet, Point, Query
from cybercoercion.vocabulary import COERCION

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bounds:
    """What is reached in a set and what is never passed, dims ``(quantity,)``, and which options it leaves."""

    low: Array
    high: Array
    outer_low: Array
    outer_high: Array
    undominated: tuple[str, ...]
    best: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asking:
    """What is asked of every set: probabilities, the cost of each option, the gap; over plans that may be chosen."""

    menu: Choice
    plans: list[int]
    cost: Array  # (plan, state)
    option: NDArray[np.intp]  # (plan,)
    first: int  # the place of the pick among the plans

    @classmethod
    def of(cls, menu: Choice) -> Asking:
        """Return what is asked of a menu: plans that may be chosen now."""
        plans = np.flatnonzero(menu.likely).tolist()
        cost = menu.cost.reshape(len(menu.names), -1)[plans]
        first = int((cost @ menu.states.ravel()).argmin())
        return cls(menu=menu, plans=plans, cost=cost, option=menu.option_of[plans], first=first)

    @property
    def pick(self) -> int:
        """The option that is first as things are."""
        return int(self.option[self.first])

    @property
    def options(self) -> list[int]:
        """The options that have a plan."""
        return [option for option in range(len(self.menu.options)) if (self.option == option).any()]

    @property
    def quantities(self) -> tuple[str, ...]:
        """The names of what is asked, in order."""
        actors = (f"P(actor {name})" for name in self.menu.actors)
        return ("P(coercion)", *actors, *(f"cost {self.menu.options[one]}" for one in self.options), "gap")

    def beliefs(self) -> list[Array]:
        """Return the value in each state of coercion and of each actor."""
        shape = self.menu.states.shape
        coercive = np.array([float(intent in COERCION) for intent in self.menu.intents])[:, None, None]
        actors = np.eye(shape[1])[:, None, :, None]
        return [np.broadcast_to(one, shape).ravel() for one in (coercive, *actors)]

    def at(self, point: Point) -> Array:
        """Return every quantity at a member of a set, dims ``(quantity,)``."""
        by_plan = point.by_plan
        costs = [by_plan[self.option == option].min() for option in self.options]
        mine = costs[self.options.index(self.pick)]
        others = [cost for option, cost in zip(self.options, costs, strict=True) if option != self.pick]
        return np.array(
            [*(value @ point.states for value in self.beliefs()), *costs, min(others, default=np.inf) - mine]
        )

    def bounds(self, within: CredalSet) -> Bounds:
        """Return what is reached in a set, what is never passed, and which options it leaves."""
        signs = (-1.0, 1.0)
        plans = np.eye(len(self.plans))
        queries = [Query(states=sign * value) for value in self.beliefs() for sign in signs]
        queries += [Query(plans=sign * plan) for plan in plans for sign in signs]
        rivals = [row for row, option in enumerate(self.option) if option != self.pick]
        beyond = [Query(plans=sign * (plans[row] - plans[self.first])) for row in rivals for sign in signs]
        ends = np.array([within.bound(query) for query in queries]).reshape(-1, 2) * signs  # (quantity, low and high)
        gaps = np.array([within.bound(query) for query in beyond]).reshape(-1, 2) * signs
        chances = len(self.beliefs())
        costs = [ends[chances:][self.option == option].min(0) for option in self.options]
        outer = np.array([*ends[:chances], *costs, gaps.min(0)])
        sought = self._needed(rivals) if within.dear else [*queries, *beyond]
        points = [within.reach(query) for query in sought]
        seen = np.array([self.at(point) for point in points])
        best = {int(self.option[int(point.by_plan.argmin())]) for point in points}
        return Bounds(
            low=seen.min(0),
            high=seen.max(0),
            outer_low=outer[:, 0],
            outer_high=outer[:, 1],
            undominated=tuple(self.menu.options[one] for one in self.options if self._stands(one, within)),
            best=tuple(self.menu.options[one] for one in self.options if one in best),
        )

    def _needed(self, rivals: list[int]) -> list[Query]:
        """Return what is looked for where looking is dear: coercion, the leading actor, the gain of each other."""
        chances, now = self.beliefs(), self.cost @ self.menu.states.ravel()
        leader = chances[1 + int(self.menu.states.sum((0, 2)).argmax())]
        nearest = {self.option[row]: row for row in sorted(rivals, key=lambda row: -now[row])}
        plans = np.eye(len(self.plans))
        return [
            *(Query(states=sign * value) for value in (chances[0], leader) for sign in (-1.0, 1.0)),
            *(Query(plans=plans[self.first] - plans[row]) for row in nearest.values()),
        ]

    def _stands(self, option: int, within: CredalSet) -> bool:
        """Say whether an option has a plan that no other plan beats throughout the set."""
        now = self.cost @ self.menu.states.ravel()
        plans = np.eye(len(self.plans))
        order = np.argsort(now)
        for row in np.flatnonzero(self.option == option):
            cheaper = [other for other in order if now[other] < now[row]]
            # beaten throughout: the greatest extra cost of the other is below nothing
            if not any(within.bound(Query(plans=plans[other] - plans[row])) < 0 for other in cheaper):
                return True
        return False
