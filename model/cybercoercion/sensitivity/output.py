"""What a question of this layer may be asked about: the belief, the costs, the gap, how often each is best, regret."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.table import ViewRanking
from cybercoercion.response.weights import BeliefLike
from cybercoercion.vocabulary import COERCION, RESPONSES

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
Output = Literal["belief", "cost", "gap", "p_best", "regret"]
OUTPUTS: tuple[Output, ...] = ("belief", "cost", "gap", "p_best", "regret")
FIVE = (*RESPONSES, "nothing")  # what a ranking compares, in this order wherever they are an axis
ROUNDING = 1e-12  # of one in probability, of the largest amount in money: what differs by less is a tie
UNIT = {"belief": "probability", "cost": "USD", "gap": "USD", "p_best": "probability", "regret": "USD"}


def labels_of(output: Output, belief: BeliefLike) -> tuple[str, ...]:
    """Return what an output has one number for: statements, or the four responses and nothing, or the one gap.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.response import assumed_belief
    >>> labels_of("belief", assumed_belief(load_case("colonial-2021"), {}, {"crime": 1.0}))[:2]
    ('coercion', 'actor: darkside')
    """
    if output == "belief":
        return (
            "coercion",
            *(f"actor: {actor}" for actor in belief.actors),
            *(f"demand: {demand}" for demand in belief.demands),
        )
    return ("gap",) if output == "gap" else FIVE


def measured(output: Output, belief: BeliefLike, ranking: ViewRanking | None = None, *, pick: str = "") -> Array:
    """Return the numbers of an output, dims ``(label,)``; see `labels_of` and `UNIT`.

    ``belief``: probabilities, draws averaged. ``cost``: expected differences to nothing new. ``gap``: the cheapest of
    the other four less ``pick`` (by default the first of the ranking), so that it is negative where another is first.
    ``p_best``: the share of input readings in which each is cheapest. ``regret``: what choosing it is expected to lose.
    """
    if output == "belief":
        joint = belief.posterior.sum(-1)
        joint = joint / joint.sum()
        coercive = np.array([intent in COERCION for intent in belief.intents])
        return np.array([joint[coercive].sum(), *joint.sum((0, 2)), *joint.sum((0, 1))])
    if ranking is None:
        raise ValueError(f"the output {output} needs a ranking")
    if output == "p_best":
        return np.array([*(ranking.option(name).p_best for name in RESPONSES), ranking.p_best_nothing])
    if output == "regret":
        return np.array([*(ranking.option(name).regret for name in RESPONSES), ranking.regret_nothing])
    differences = np.array([*(ranking.option(name).delta for name in RESPONSES), 0.0])
    return differences if output == "cost" else np.array([gap(differences, FIVE, pick or ranking.first)])


def gap(differences: Array, options: Sequence[str], pick: str) -> float:
    """Return by how much the cheapest of the others costs more than ``pick``, USD.

    >>> gap(np.array([-3.0, 1.0, 0.0]), ("denial", "norms", "nothing"), "denial")
    3.0
    """
    place = list(options).index(pick)
    return float(np.delete(differences, place).min() - differences[place])


def labelled(values: Array, output: Output, labels: Sequence[str]) -> xr.DataArray:
    """Return the numbers of an output with their labels and unit, dims ``(label,)``."""
    import xarray as xr

    return xr.DataArray(
        values, dims=("label",), coords={"label": list(labels)}, name=output, attrs={"unit": UNIT[output]}
    )
