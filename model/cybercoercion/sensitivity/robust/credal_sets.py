"""Sets of beliefs between which nobody decides, and where a mean is greatest in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cybercoercion.sensitivity.choice import Choice
from cybercoercion.sensitivity.robust.extremes import Linear, Rows, corner_count, corners, greatest_between
from cybercoercion.sensitivity.robust.joint_rows import Joint, TableRows, Widening, between, table_rows
from cybercoercion.vocabulary import COERCION

Array = NDArray[np.float64]
FEW = 64  # combinations of corners that are all tried
PASSES = 4
BETTER = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Point:
    """One member of a set: the belief ``(intent x actor x demand,)`` and the cost of each plan in each state, USD."""

    states: Array
    cost: Array  # (plan, state)

    @property
    def by_plan(self) -> Array:
        """The expected difference of each plan to nothing new, USD."""
        return np.asarray(self.cost @ self.states)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Query:
    """What is asked: the mean of a value over states, or of a sum of plans' costs."""

    states: Array | None = None
    plans: Array | None = None  # (plan,), one weight each

    def of(self, cost: Array) -> Array:
        """Return the value in each state."""
        if self.states is not None:
            return self.states
        assert self.plans is not None
        return np.asarray(self.plans @ cost)


class CredalSet(Protocol):
    """A set whose members are reached one by one, with bounds that no member passes."""

    @property
    def name(self) -> str:
        """What is only known within bounds."""
        ...

    @property
    def dear(self) -> bool:
        """Whether each member takes long to reach."""
        ...

    def reach(self, query: Query) -> Point:
        """Return the member found at which the mean is greatest."""
        ...

    def bound(self, query: Query) -> float:
        """Return what the mean never exceeds; where it is reached, the bound is exact."""
        ...


def _normal(measure: Array) -> Array:
    return np.asarray(measure / measure.sum())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LinearSet:
    """Beliefs that are linear in rows before they are normalised, in one way or in several: extremes are exact."""

    name: str
    linears: tuple[Linear, ...]
    cost: Array
    dear: bool = False

    def reach(self, query: Query) -> Point:
        """Return the member at which the mean is greatest."""
        value = query.of(self.cost)
        solved = [(linear, *linear.greatest(value)) for linear in self.linears]
        linear, _, entries = max(solved, key=lambda one: one[1])
        return Point(states=_normal(linear.at(entries)), cost=self.cost)

    def bound(self, query: Query) -> float:
        """Return the greatest mean."""
        value = query.of(self.cost)
        return max(linear.greatest(value)[0] for linear in self.linears)


def marginal_set(menu: Choice, node: str, intervals: Mapping[str, tuple[float, float]], cost: Array) -> LinearSet:
    """Return the beliefs whose marginal of one node lies in intervals, odds inside each of its states as they are.

    Raises
    ------
    ValueError
        When a state is not known, or is given belief although it is impossible, or intervals hold no belief.
    """
    axis = {"coercion": 0, "intent": 0, "actor": 1, "demand": 2}[node]
    labels = (menu.intents, menu.actors, menu.demands)[axis]
    groups = ["yes" if label in COERCION else "no" for label in labels] if node == "coercion" else list(labels)
    names = list(dict.fromkeys(groups))
    if unknown := [name for name in intervals if name not in names]:
        raise ValueError(f"got the {node} {', '.join(unknown)}; allowed: {', '.join(names)}")
    low, high = np.zeros((1, len(names))), np.ones((1, len(names)))
    given = np.zeros((1, len(names), menu.states.size))
    for place, name in enumerate(names):
        low[0, place], high[0, place] = intervals.get(name, (0.0, 1.0))
        shape = [1, 1, 1]
        shape[axis] = len(labels)
        part = menu.states * np.array([float(group == name) for group in groups]).reshape(shape)
        if part.sum() > 0:
            given[0, place] = (part / part.sum()).ravel()
        elif low[0, place] > 0:
            raise ValueError(f"{node} {name} is impossible: no belief can be put on it")
        else:
            high[0, place] = 0.0
    linear = Linear(rows=Rows(low=low, high=high), start=np.zeros(menu.states.size), move=given)
    return LinearSet(name=f"belief: {node}", linears=(linear,), cost=cost)


def table_set(name: str, here: Joint, widened: Mapping[str, Widening], cost: Array) -> LinearSet | ClimbedSet:
    """Return the beliefs under these tables.

    In one table the joint is linear. In several it is linear in each while the others stand still, so every extreme is
    at a vertex of each: where few combinations of vertices of all but the largest exist, each of them leaves a joint
    that is linear in the largest, and extremes are exact. Otherwise they are climbed for.
    """
    alone = sorted(
        (table_rows(here, table, widening) for table, widening in widened.items()),
        key=lambda table: table.linear.rows.low.size,
    )
    *small, large = alone
    count = prod(corner_count(table.linear.rows, FEW) for table in small)
    if count > FEW or not all(table.straight for table in alone):
        return ClimbedSet(
            name=name, here=here, widened=widened, alone=tuple(alone), between=between(here, widened), cost=cost
        )
    linears = []
    for picked in product(*(corners(table.linear.rows) for table in small)):
        others = {
            table.name: table.table(here, entries, widened[table.name])
            for table, entries in zip(small, picked, strict=True)
        }
        linears.append(table_rows(here, large.name, widened[large.name], others).linear if others else large.linear)
    return LinearSet(name=name, linears=tuple(linears), cost=cost)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClimbedSet:
    """Beliefs under tables whose extremes are not sure to be found.

    Tables are improved one after the other, from the tables as they are and from the vertices that are best for each
    alone: what is reached is a member. Bounds come from entries that are all low or all high, and may be wide.
    """

    name: str
    here: Joint
    widened: Mapping[str, Widening]
    alone: tuple[TableRows, ...]
    between: tuple[Array, Array]
    cost: Array
    dear: bool = True

    def reach(self, query: Query) -> Point:
        """Return the member found at which the mean is greatest."""
        value = query.of(self.cost)
        best = {table.name: table.linear.greatest(value)[1] for table in self.alone}
        starts: list[Mapping[str, Array]] = [best] if len(self.alone) == 1 else [{}, best]
        climbed = [self._point(self._climbed(value, start)) for start in starts]
        return max(climbed, key=lambda point: float(point.states @ value))

    def bound(self, query: Query) -> float:
        """Return what the mean never exceeds."""
        return greatest_between(*self.between, query.of(self.cost))

    def _climbed(self, value: Array, start: Mapping[str, Array]) -> Mapping[str, Array]:
        if len(self.alone) == 1:
            return start
        held = dict(start)
        best = -np.inf
        for _ in range(PASSES):
            before = best
            for table in self.alone:
                others = {name: entries for name, entries in held.items() if name != table.name}
                solved = table_rows(self.here, table.name, self.widened[table.name], self._replaced(others))
                mean, held[table.name] = solved.linear.greatest(value)
                best = max(best, mean)
            if not best > before + BETTER * float(np.abs(value).max()):
                break
        return held

    def _replaced(self, entries: Mapping[str, Array]) -> dict[str, Array]:
        tables = {table.name: table for table in self.alone}
        return {name: tables[name].table(self.here, held, self.widened[name]) for name, held in entries.items()}

    def _point(self, entries: Mapping[str, Array]) -> Point:
        measure = self.here.folded(self.here.with_tables(self._replaced(entries)))
        return Point(states=_normal(measure), cost=self.cost)
