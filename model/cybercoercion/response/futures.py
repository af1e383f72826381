"""Futures: in each draw of the inputs one state of the world and one outcome, drawn on a seeded stream."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cybercoercion.knowledge import Knowledge
from cybercoercion.knowledge.distribution import Distribution
from cybercoercion.response.terms import Chance
from cybercoercion.response.weights import BeliefLike, Weights

Array = NDArray[np.float64]
UNIT = Distribution(family="uniform", a=0.0, b=1.0)


def uniform(knowledge: Knowledge, stream: str) -> Array:
    """Return uniform draws of a named stream, dims ``(draw,)``; at fixed parameters one half."""
    return knowledge.remember(("uniform", stream), lambda: knowledge.draws_of(UNIT, stream, 0.5))


def chance(knowledge: Knowledge) -> Chance:
    """Return what decides the events of each future; all plans share it."""
    return Chance(
        concession=uniform(knowledge, "future.concession"), retaliation=uniform(knowledge, "future.retaliation")
    )


def drawn(belief: BeliefLike, inside: Weights, knowledge: Knowledge) -> Weights:
    """Return weights that put all belief of a draw on one state, drawn from the belief inside that draw."""
    intents, actors, demands, draws = belief.posterior.shape
    point = uniform(knowledge, "future.state")
    size = max(draws, len(point))
    heap = inside.states.reshape(-1, draws).cumsum(0)
    state = (heap < point * heap[-1]).sum(0)
    intent, actor = np.unravel_index(np.minimum(state, intents * actors - 1), (intents, actors))
    draw, source = np.arange(size), np.arange(size) % draws
    asked = belief.posterior[intent, actor, :, source].T.cumsum(0)
    demand = np.minimum((asked < uniform(knowledge, "future.demand") * asked[-1]).sum(0), demands - 1)
    states, demanded = np.zeros((2, intents, actors, size))
    states[intent, actor, draw] = 1.0
    demanded[intent, actor, draw] = demand < demands - 1
    return replace(
        inside,
        states=states,
        demanded=demanded,
        demands=np.asarray(demand == np.arange(demands - 1)[:, None], dtype=np.float64),
        mass=np.ones(1),
        _memory={},
    )
