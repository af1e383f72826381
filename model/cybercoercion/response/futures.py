"""Futures: in each draw of the inputs one state of the world and one outcome, drawn on a seeded stream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.knowledge import Knowledge
from cybercoercion.knowledge.distribution import Distribution
from cybercoercion.response.lever import Lever
from cybercoercion.response.terms import Chance
from cybercoercion.response.weights import BeliefLike, Weights

Array = NDArray[np.float64]
Places = NDArray[np.intp]
UNIT = Distribution(family="uniform", a=0.0, b=1.0)


def uniform(knowledge: Knowledge, stream: str) -> Array:
    """Return uniform draws of a named stream, dims ``(draw,)``; at fixed parameters one half."""
    return knowledge.remember(("uniform", stream), lambda: knowledge.draws_of(UNIT, stream, 0.5))


def chance(knowledge: Knowledge) -> Chance:
    """Return what decides the events of each future; all plans share it."""
    return Chance(
        concession=uniform(knowledge, "future.concession"), retaliation=uniform(knowledge, "future.retaliation")
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Future(Weights):
    """Weights that put all belief of a draw on one state; ``intent``, ``actor``, ``demand`` say which, by draw."""

    intent: Places
    actor: Places
    demand: Places

    def recurring(self, levers: Sequence[Lever] = (), *, demanded: bool = False, elsewhere: bool = False) -> Array:
        """Return the recurrence that all these levers work on in each future, dims ``(class, draw)``."""

        def look_up() -> Array:
            scale = np.ones(self.factors.spread.shape[1])
            for lever in levers:
                scale = scale * self.factors.scale[lever.variant.factor]
            made = self.demand < len(self.demands) if demanded else np.ones(1)
            spread = self.factors.elsewhere if elsewhere else self.factors.spread
            return np.asarray(np.take(spread * scale, self.intent, axis=1) * (self.reached(levers) * made))

        alike = tuple((one.variant.factor, one.place, one.variant.follows_guilt) for one in levers)
        return self.remember(("recurring", alike, demanded, elsewhere), look_up)

    def reached(self, levers: Sequence[Lever]) -> Array:
        """Return the share of these levers' effects that reaches who did it, dims ``(draw,)``."""
        reach = np.ones(self.states.shape[1])
        for lever in levers:
            reach = reach * lever.reach(self.off_target, self.states.shape[1] - 1)
        return reach[self.actor]

    def guilty(self, lever: Lever) -> Array:
        """Return whether the lever hits who did it, dims ``(draw,)``."""
        return np.asarray(self.actor == lever.place, dtype=np.float64)

    def asked(self) -> Array:
        """Return whether each demand is made, dims ``(demand, draw)``."""
        return np.asarray(self.demand == np.arange(len(self.demands))[:, None], dtype=np.float64)


def drawn(belief: BeliefLike, inside: Weights, knowledge: Knowledge) -> Future:
    """Return one state for each draw, drawn from the belief inside it."""
    intents, actors, demands, draws = belief.posterior.shape
    point = uniform(knowledge, "future.state")
    size = max(draws, len(point))
    heap = inside.states.reshape(-1, draws).cumsum(0)
    state = (heap < point * heap[-1]).sum(0)
    intent, actor = np.unravel_index(np.minimum(state, intents * actors - 1), (intents, actors))
    asked = belief.posterior[intent, actor, :, np.arange(size) % draws].T.cumsum(0)
    demand = np.minimum((asked < uniform(knowledge, "future.demand") * asked[-1]).sum(0), demands - 1)
    return Future(
        states=inside.states,
        demanded=inside.demanded,
        demands=inside.demands,
        mass=inside.mass,
        factors=inside.factors,
        off_target=inside.off_target,
        intent=intent,
        actor=actor,
        demand=demand,
    )
