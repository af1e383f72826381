"""What is believed about the hidden states, as inputs: P(coercion), P(actor), P(demand)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.sensitivity.changing import Answer, tilted
from cybercoercion.sensitivity.input.input import Input, made
from cybercoercion.sensitivity.input.spread import of_draws
from cybercoercion.vocabulary import COERCION

Array = NDArray[np.float64]
GROUP = "belief"
CERTAIN = 1e-12


def belief_inputs(assessment: Assessment, view: str) -> Iterator[Input]:
    """Yield the probability of coercion, of each candidate actor, and of each candidate demand.

    All else stays as it was given the state (Jeffrey); own uncertainty is the probability inside each draw, weighted
    as the belief weights draws. What is certain, or impossible, has no other value.
    """
    belief, case = assessment.belief, assessment.case
    coercive = np.array([intent in COERCION for intent in belief.intents])
    yield _believed(
        assessment, view, "coercion", "yes", belief.marginal("intent")[coercive].sum(0), "p.coercion", "P(coercion)"
    )
    by_actor, by_demand = belief.marginal("actor"), belief.marginal("demand")
    for row, actor in enumerate(case.actors):
        label = f"P({actor.name} did it)"
        yield _believed(assessment, view, "actor", actor.id, by_actor[row], f"p.actor.{actor.id}", label)
    for row, demand in enumerate(case.demands):
        label = f"P(demand: {demand.text})"
        yield _believed(assessment, view, "demand", demand.id, by_demand[row], f"p.demand.{demand.id}", label)


def _believed(assessment: Assessment, view: str, node: str, state: str, joint: Array, name: str, label: str) -> Input:
    belief = assessment.belief
    weights = belief.weights
    inside = np.divide(joint, weights, out=np.zeros_like(joint), where=weights > 0)
    now = float(joint.sum() / weights.sum())

    def ask(to: float) -> Answer:
        return Answer(belief=tilted(belief, node, {state: to}), costs=assessment.costs, view=view)

    return made(
        name,
        of_draws(inside, now, weights.size, weights),
        ask,
        label=label,
        group=GROUP,
        unit="probability",
        linear=True,
        moves_belief=True,
        ends=(0.0, 1.0) if CERTAIN < now < 1 - CERTAIN else (now, now),
    )
