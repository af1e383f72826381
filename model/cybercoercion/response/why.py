"""Why an option costs what it costs: the states of the world that its expected cost comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.ranking import DEFAULT_VIEW, Ranking
from cybercoercion.response.scene import Scene
from cybercoercion.response.table import ViewRanking
from cybercoercion.response.terms import NOTHING_NEW, Plan
from cybercoercion.response.weights import Weights
from cybercoercion.vocabulary import COERCION

Array = NDArray[np.float64]
PURPOSES = ("coercion", "other purposes")


@dataclass(frozen=True, slots=True, kw_only=True)
class StateShare:
    """What one group of states adds to an expected cost, USD: ``contribution = probability x cost``."""

    actor: str
    purpose: str
    demand: str
    match: bool | None  # whether the option is aimed at who did it; None where it is aimed at nobody
    probability: float
    cost: float
    contribution: float


def why_this_cost(
    ranking: Ranking, response: str, other: str | None = None, *, view: str = DEFAULT_VIEW
) -> tuple[StateShare, ...]:
    """Return the states that a response's expected cost comes from, the largest contribution first.

    ``E[C] = sum over z of p(z | e) E[C(z, theta)]``, grouped by actor, coercion or not, and demand; the contributions
    sum to the expected cost, or, with ``other``, to the difference of the two.

    Parameters
    ----------
    ranking
        A ranking.
    response
        One of the four responses at its best variant, or ``nothing``.
    other
        What to compare it with, in the same words.
    view
        One of the views.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.response import assumed_belief, costs, rank
    >>> case = load_case("sony-2014")
    >>> belief = assumed_belief(case, {"north-korea": 0.7}, {"compellence": 1.0})
    >>> ranking = rank(belief, costs(case, load_knowledge(draws=100)))
    >>> why_this_cost(ranking, "punishment", "nothing")[0].match  # the other .3 pays for hitting the wrong one
    False
    """
    one = ranking.views[view]
    plan, against = _plan(one, response)
    base = _plan(one, other)[0] if other is not None else None
    scene = one.scene
    shares = []
    for actor, purpose, demand, p, weights in _states(scene):
        inside = replace(scene, mean=weights)
        cost = _cost(inside, plan, one) - (_cost(inside, base, one) if base is not None else 0.0)
        shares.append(
            StateShare(
                actor=actor,
                purpose=purpose,
                demand=demand,
                match=None if against is None else actor == against,
                probability=p,
                cost=cost,
                contribution=p * cost,
            )
        )
    return tuple(sorted(shares, key=lambda share: -abs(share.contribution)))


def _plan(view: ViewRanking, response: str) -> tuple[Plan, str | None]:
    if response == "nothing":
        return NOTHING_NEW, None
    option = view.option(response)
    return view.plan(option), option.against


def _cost(scene: Scene, plan: Plan, view: ViewRanking) -> float:
    return sum(scene.expected(plan, view.view).values())


def _states(scene: Scene) -> list[tuple[str, str, str, float, Weights]]:
    """Return the states with any belief in them, grouped, each with its probability and all weight on it."""
    belief = scene.belief
    joint = belief.posterior.sum(-1)
    joint = joint / joint.sum()
    coercive = np.array([intent in COERCION for intent in belief.intents])
    out = []
    for place, actor in enumerate(belief.actors):
        for purpose, member in zip(PURPOSES, (coercive, ~coercive), strict=True):
            for row, demand in enumerate(belief.demands):
                cell = np.where(member, joint[:, place, row], 0.0)
                p = float(cell.sum())
                if p <= 0:
                    continue
                states = np.zeros((*joint.shape[:2], 1))
                states[:, place, 0] = cell / p
                asked = np.arange(len(belief.demands) - 1)[:, None] == row
                made = row < len(belief.demands) - 1
                weights = replace(
                    scene.mean,
                    states=states,
                    demanded=states * made,
                    demands=asked.astype(np.float64),
                    mass=np.ones(1),
                    _memory={},
                )
                out.append((actor, purpose, demand, p, weights))
    return out
