"""Where an answer turns as one share goes from 0 to 1: who leads, which response is first, what is taken on top."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

from cybercoercion.response.assumed import AssumedBelief
from cybercoercion.response.costs import Costs
from cybercoercion.sensitivity.choice import Choice, Decision, choice_of, name_of

Array = NDArray[np.float64]
Engine = Callable[[float], Array]  # p(states, evidence) at a share, dims (intent, actor, demand), not normalised
FINE, COARSE = 401, 21  # points at which an answer is looked at before its turns are refined
EXACT = 1e-9  # relative: how far a polynomial may lie beside the engine at a point that it has not seen
NARROW = 1e-13


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Where the answer to a question turns; None where it does not between 0 and 1, which is all that is searched.

    ``pick`` is the answer as things are, ``at_now`` that at the common share which stands for them. ``above`` is the
    smallest share from now on at which the answer is another, ``then``; ``below`` the largest down from now, ``before``
    what it is there.
    """

    question: str
    pick: str
    at_now: str
    above: float | None
    then: str | None
    below: float | None
    before: str | None

    @property
    def found(self) -> bool:
        """Say whether the answer turns anywhere."""
        return self.above is not None or self.below is not None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Path:
    """The belief along a share.

    ``states`` gives p(states, evidence) at many shares, dims ``(share, intent, actor, demand)``. ``exact`` says that it
    is the polynomial that the engine itself is; else it asks the engine each time.
    """

    states: Callable[[Array], Array]
    exact: bool

    def believed(self, shares: Array) -> Array:
        """Return the averaged posterior at many shares, dims ``(share, intent, actor, demand)``."""
        found = self.states(shares)
        return np.asarray(found / found.sum((1, 2, 3), keepdims=True))


def path(engine: Engine, degree: int | None) -> Path:
    """Return the belief along a share, as a polynomial of this degree where it is one.

    ``p(z, e | x) = sum over k of c_k(z) T_k(2 x - 1)``: the averaged joint is linear in a share that enters one factor
    once, and of degree n where n factors hold it; n + 1 runs of the engine at Chebyshev nodes give it for good. A
    further run checks that; where it fails, and with beliefs among the reports (``degree`` None), the engine is asked.

    >>> straight = path(lambda x: np.full((1, 1, 1), 1 + 3 * x), 1)
    >>> straight.exact, straight.states(np.array([0.0, 0.5, 1.0])).ravel().round(9).tolist()
    (True, [1.0, 2.5, 4.0])
    """
    if degree is not None:
        count = degree + 1
        nodes = np.cos(np.pi * (np.arange(count) + 0.5) / count)
        seen = np.array([engine(float(x)) for x in (nodes + 1) / 2])
        basis = chebyshev.chebvander(nodes, degree)
        scale = np.where(np.arange(count) == 0, 1.0, 2.0)[:, None] / count
        flat = (scale * basis.T) @ seen.reshape(count, -1)

        def states(shares: Array) -> Array:
            found = chebyshev.chebvander(2 * shares - 1, degree) @ flat
            return np.asarray(np.maximum(found, 0.0).reshape(-1, *seen.shape[1:]))

        unseen = engine(0.3)
        if np.abs(states(np.array([0.3]))[0] - unseen).max() <= EXACT * unseen.sum():
            return Path(states=states, exact=True)
    asked: dict[float, Array] = {}

    def one(share: float) -> Array:
        if share not in asked:
            asked[share] = engine(share)
        return asked[share]

    return Path(states=lambda shares: np.array([one(float(x)) for x in shares]), exact=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Menu:
    """All plans with their costs by state, whoever may be accused; who may is asked of each belief anew."""

    choice: Choice
    share: float  # of the leader's probability, below which nobody is accused
    targets: tuple[frozenset[int], ...]  # of each plan, places among the actors

    def costs(self, states: Array) -> Array:
        """Return the expected difference to nothing new, USD, dims ``(share, plan)``; infinite where not on offer."""
        believed = states / states.sum((1, 2, 3), keepdims=True)
        actors = believed.sum((1, 3))[:, :-1]
        accused = actors >= self.share * actors.max(1, keepdims=True)
        likely = np.array([accused[:, list(one)].all(1) for one in self.targets]).T
        return np.asarray(np.where(likely, self.choice.expected(believed), np.inf))

    def firsts(self, states: Array) -> list[str]:
        """Return the first option of each belief."""
        return [self.choice.options[self.choice.option_of[place]] for place in self.costs(states).argmin(1)]

    def on_top(self, states: Array) -> list[str]:
        """Return what is taken on top of the resilience, of each belief: aimed levers, or nothing."""
        return [name_of(self.choice.plans[place].aimed) for place in self.costs(states).argmin(1)]


def menu(belief: AssumedBelief, costs: Costs, view: str, decision: Decision) -> Menu:
    """Return the menu of a case, with nobody left out as far-fetched: ``belief`` holds every candidate alike."""
    found = choice_of(belief, costs, decision=decision, view=view)
    targets = tuple(frozenset(lever.place for lever in plan.aimed if lever.place is not None) for plan in found.plans)
    return Menu(choice=found, share=costs.knowledge.mean("accused_share"), targets=targets)


def even(intents: tuple[str, ...], actors: tuple[str, ...], demands: tuple[str, ...]) -> AssumedBelief:
    """Return a belief that holds every state alike."""
    shape = (len(intents), len(actors), len(demands), 1)
    return AssumedBelief(
        intents=intents, actors=actors, demands=demands, posterior=np.full(shape, 1 / float(np.prod(shape)))
    )


def turn(question: str, pick: str, now: float, along: Path, answers: Callable[[Array], list[str]]) -> Turn:
    """Return where an answer turns, on either side of now, to the last digits of the path."""

    def said(share: float) -> str:
        return answers(along.states(np.array([share])))[0]

    grid = np.linspace(0, 1, FINE if along.exact else COARSE)
    at_now = said(now)

    def first(points: Array) -> tuple[float | None, str | None]:
        if at_now != pick:
            return now, at_now
        before = now
        for point, answer in zip(points.tolist(), answers(along.states(points)) if len(points) else [], strict=True):
            if answer != pick:
                return refined(before, point)
            before = point
        return None, None

    def refined(inside: float, outside: float) -> tuple[float, str]:
        while abs(outside - inside) > (NARROW if along.exact else 1e-9):
            middle = (inside + outside) / 2
            if said(middle) == pick:
                inside = middle
            else:
                outside = middle
        return outside, said(outside)

    above, then = first(grid[grid > now])
    below, before = first(grid[grid < now][::-1])
    return Turn(question=question, pick=pick, at_now=at_now, above=above, then=then, below=below, before=before)
