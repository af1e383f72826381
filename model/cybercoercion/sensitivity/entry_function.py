"""What competes along one entry: a ratio of two polynomials, of two lines where it enters once, and where they turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cybercoercion.sensitivity.choice import Choice
from cybercoercion.sensitivity.entry_joint import between
from cybercoercion.sensitivity.output import Output, gap
from cybercoercion.vocabulary import COERCION

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Question = Literal["choice", "actor", "coercion"]
QUESTIONS: tuple[Question, ...] = ("choice", "actor", "coercion")
GRID = 257  # values at which a polynomial of higher degree is looked at before its turns are solved for
FAR = 1e15  # USD: for what does not stand at all
BEYOND = 1e-8  # of a step: where is looked who leads after a turn
APART = 1e-13  # crossings nearer to each other are one
YES, NO = "coercion", "no coercion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A value at which another leads, going up."""

    value: float
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rivals:
    """What competes: the plans of a menu that holds every plan, actors, and coercion against none.

    ``place`` is the candidate that a plan is aimed at, -1 for none; ``share`` how likely it must be, beside the
    likeliest, to be accused. `matrix` says which functionals of a joint tell all of it.
    """

    menu: Choice
    place: Index  # (plan,)
    share: float

    @property
    def matrix(self) -> Array:
        """Mass, coercion, actors, demands, plans, dims ``(functional, intent, actor, demand)``."""
        menu = self.menu
        shape = menu.cost.shape[1:]
        coercive = np.array([intent in COERCION for intent in menu.intents])
        rows = [np.ones(shape), np.broadcast_to(coercive[:, None, None], shape)]
        rows += [np.broadcast_to((np.arange(shape[1]) == a)[:, None], shape) for a in range(shape[1])]
        rows += [np.broadcast_to(np.arange(shape[2]) == d, shape) for d in range(shape[2])]
        return np.array([*rows, *menu.cost], dtype=np.float64)

    @property
    def _plans(self) -> int:
        return 2 + len(self.menu.actors) + len(self.menu.demands)

    def actors(self, values: Array) -> Array:
        """Return the mass of each actor, dims ``(..., actor)``."""
        return values[..., 2 : 2 + len(self.menu.actors)]

    def plans(self, values: Array) -> Array:
        """Return the cost of each plan times the mass, USD, dims ``(..., plan)``."""
        return values[..., self._plans :]

    def allowed(self, values: Array) -> NDArray[np.bool_]:
        """Say which plans are aimed at nobody, or at a candidate likely enough to be accused, dims ``(..., plan)``."""
        p = self.actors(values)[..., :-1]
        if not p.shape[-1]:
            return np.ones(self.plans(values).shape, dtype=bool)
        likely = p >= self.share * p.max(-1, keepdims=True)
        return np.asarray(np.where(self.place < 0, True, likely[..., np.maximum(self.place, 0)]))

    def by_option(self, values: Array) -> Array:
        """Return what each option is expected to cost at its cheapest plan, USD, dims ``(..., option)``."""
        cost = np.where(self.allowed(values), self.plans(values) / values[..., :1], np.inf)
        out = np.full((*cost.shape[:-1], len(self.menu.options)), np.inf)
        for plan, option in enumerate(self.menu.option_of):
            out[..., option] = np.minimum(out[..., option], cost[..., plan])
        return out

    def names(self, question: Question) -> tuple[str, ...]:
        """Return who can lead."""
        return {"choice": self.menu.options, "actor": self.menu.actors, "coercion": (YES, NO)}[question]

    def leader(self, question: Question, values: Array) -> Index:
        """Return who leads, dims ``(...,)``; of equals, the first."""
        if question == "choice":
            return np.asarray(self.by_option(values).argmin(-1))
        if question == "actor":
            return np.asarray(self.actors(values).argmax(-1))
        return np.asarray(np.where(values[..., 1] > values[..., 0] / 2, 0, 1), dtype=np.intp)

    def margin(self, question: Question, values: Array, lead: int) -> float:
        """Return by how much one leads the best of the others, in what is compared: negative where it does not lead."""
        if question == "coercion":
            excess = float(values[1] / values[0] - 0.5)
            return excess if lead == 0 else -excess
        each = -self.by_option(values) if question == "choice" else self.actors(values) / values[0]
        return float(np.clip(each[lead] - np.delete(each, lead).max(), -FAR, FAR))

    def differences(self, question: Question, values: Array) -> Array:
        """Return what is zero where the lead can change, dims ``(..., difference)``."""
        if question == "coercion":
            return values[..., 1:2] - values[..., :1] / 2
        if question == "actor":
            first, second = np.triu_indices(len(self.menu.actors), 1)
            p = self.actors(values)
            return np.asarray(p[..., first] - p[..., second])
        cost, p = self.plans(values), self.actors(values)[..., :-1]
        first, second = np.triu_indices(cost.shape[-1], 1)
        other = self.menu.option_of[first] != self.menu.option_of[second]
        one, two = (index.reshape(-1) for index in np.indices((p.shape[-1], p.shape[-1])))
        return np.concatenate(
            [
                cost[..., first[other]] - cost[..., second[other]],
                (p[..., one] - self.share * p[..., two])[..., one != two],
            ],
            axis=-1,
        )

    def numbers(self, output: Output, values: Array, pick: str) -> Array:
        """Return the numbers of belief, cost or gap, dims ``(..., label)``; not a number for what does not stand."""
        if output == "belief":
            return np.asarray(values[..., 1 : self._plans] / values[..., :1])
        each = self.by_option(values)
        if output == "cost":
            return np.where(np.isinf(each), np.nan, each)
        flat = each.reshape(-1, each.shape[-1])
        return np.array([gap(one, self.menu.options, pick) for one in flat]).reshape(*each.shape[:-1], 1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EntryFunction:
    """Functionals of the joint along an entry: ``values``, dims ``(node, functional)``, where it has these ``nodes``.

    With nodes 0 and 1 every expectation is ``(b + (a - b) t) / (d + (c - d) t)``, and leads turn where lines cross.

    >>> EntryFunction(nodes=np.array([0.0, 1.0]), values=np.array([[2.0], [4.0]])).at(np.array([0.25])).tolist()
    [[2.5]]
    """

    nodes: Array
    values: Array

    def at(self, t: Array) -> Array:
        """Return the functionals at values of the entry, dims ``(value, functional)``."""
        return between(self.nodes, t) @ self.values

    def turns(self, rivals: Rivals, question: Question) -> tuple[Turn, ...]:
        """Return where another leads, going up from 0 to 1.

        With two nodes every crossing of two lines is solved for. With more, the lead is looked at in 257 places and
        each change solved for; two that undo each other between neighbouring places are not seen.
        """
        if len(self.nodes) > 2:
            return self._searched(rivals, question)
        start, end = rivals.differences(question, self.values)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = start / (start - end)
        found = np.unique(found[np.isfinite(found) & (found > 0) & (found < 1)])
        edges = np.concatenate([[0.0], found, [1.0]])
        edges = edges[np.concatenate([[True], np.diff(edges) > APART])]
        edges[-1] = 1.0
        leads = rivals.leader(question, self.at((edges[1:] + edges[:-1]) / 2))
        names = rivals.names(question)
        return tuple(
            Turn(value=float(edges[k + 1]), before=names[leads[k]], after=names[leads[k + 1]])
            for k in np.flatnonzero(np.diff(leads))
        )

    def _searched(self, rivals: Rivals, question: Question) -> tuple[Turn, ...]:
        grid = np.linspace(0.0, 1.0, GRID)
        leads = rivals.leader(question, self.at(grid))
        kept = sorted({0, GRID - 1, *(at + one for at in np.flatnonzero(np.diff(leads)).tolist() for one in (0, 1))})
        return turns_between(lambda t: self.at(np.array([t]))[0], rivals, question, grid[kept])


def turns_between(at: Callable[[float], Array], rivals: Rivals, question: Question, grid: Array) -> tuple[Turn, ...]:
    """Return where another leads between places on a grid, by root finding on the margin of who led before.

    ``at`` gives the functionals at a value, dims ``(functional,)``.
    """
    from scipy.optimize import brentq

    names = rivals.names(question)
    leads = [int(rivals.leader(question, at(t))) for t in grid.tolist()]
    out = []
    for (low, before), (high, last) in pairwise(zip(grid.tolist(), leads, strict=True)):
        left, now = low, before
        while now != last:

            def margin(t: float, lead: int = now) -> float:
                return rivals.margin(question, at(t), lead)

            if margin(left) <= 0 or margin(high) >= 0:
                found, then = left, last  # a tie at the end of the step
            else:
                found = float(brentq(margin, left, high, xtol=1e-13, rtol=1e-14))
                beyond = min(found + BEYOND * (high - low), high)
                then, left = int(rivals.leader(question, at(beyond))), beyond
                then = last if then == now else then
            out.append(Turn(value=found, before=names[now], after=names[then]))
            now = then
    return tuple(out)
