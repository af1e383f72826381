"""A belief put together by hand: for what-if tables and tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.case import Case
from cybercoercion.vocabulary import INTENTS, NONE, OTHER

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class AssumedBelief:
    """A belief without evidence; ``posterior`` has dims ``(intent, actor, demand, draw)`` and sums to one."""

    intents: tuple[str, ...]
    actors: tuple[str, ...]
    demands: tuple[str, ...]
    posterior: Array


def assumed_belief(
    case: Case,
    p_actor: Mapping[str, float],
    p_intent: Mapping[str, float],
    p_demand: Mapping[str, float] | None = None,
    *,
    draws: int = 1,
) -> AssumedBelief:
    """Return the belief in which purpose, actor and demand have these probabilities, independently of each other.

    What is left of the actors goes to ``other``, what is left of the demands to ``none``; purposes must sum to one.

    >>> from cybercoercion.case import load_case
    >>> belief = assumed_belief(load_case("sony-2014"), {"north-korea": 0.7}, {"compellence": 1.0})
    >>> belief.posterior.sum((0, 2, 3)).round(2).tolist()
    [0.7, 0.0, 0.0, 0.0, 0.3]
    """
    intent = np.array([p_intent.get(name, 0.0) for name in INTENTS])
    if abs(intent.sum() - 1) > 1e-9:
        raise ValueError(f"p_intent: got a sum of {intent.sum():g}; allowed: 1")
    actor = _with_rest(case.actor_ids, p_actor, "p_actor")
    demand = _with_rest(case.demand_ids, p_demand or {}, "p_demand")
    joint = intent[:, None, None] * actor[:, None] * demand
    return AssumedBelief(
        intents=INTENTS,
        actors=(*case.actor_ids, OTHER),
        demands=(*case.demand_ids, NONE),
        posterior=np.repeat(joint[..., None] / draws, draws, axis=-1),
    )


def _with_rest(ids: tuple[str, ...], p: Mapping[str, float], place: str) -> Array:
    unknown = set(p) - set(ids)
    if unknown:
        raise ValueError(f"{place}: got {', '.join(sorted(unknown))}; allowed: {', '.join(ids)}")
    known = np.array([p.get(name, 0.0) for name in ids])
    rest = 1 - known.sum()
    if rest < -1e-9:
        raise ValueError(f"{place}: got a sum of {known.sum():g}; allowed: at most 1")
    return np.append(known, max(rest, 0.0))
