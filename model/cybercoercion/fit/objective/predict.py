"""From fitted draws to the network's tables, and to the objective of an incident; no sampler needed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.objective.design import OBSERVED, Names, basis, columns, segments, smoother
from cybercoercion.vocabulary import OBJECTIVES, facts

Array = NDArray[np.float64]


def log_rows(draws: Mapping[str, Array], names: Names) -> Array:
    """Return log theta_f(l | z), dims ``(column, objective, draw)``: each fact sums to one over its columns."""
    effect = np.tensordot(smoother(names), draws["effect"], 1)
    level = basis(names) @ draws["level"]
    return normalised(level[:, None] + draws["scale"][segments(names)][:, None] * effect, names)


def flattened(draws: Mapping[str, Array], names: Names) -> Array:
    """Return log theta*_f(l | z) = log theta^w, renormalised, dims ``(column, objective, draw)``."""
    return normalised(draws["exponent"][segments(names)][:, None] * log_rows(draws, names), names)


def normalised(scores: Array, names: Names) -> Array:
    """Return scores minus the log of their sum within each fact, over columns."""
    out = np.empty_like(scores)
    fact = segments(names)
    for number in range(len(names)):
        block = scores[fact == number]
        top = block.max(0)
        out[fact == number] = block - top - np.log(np.exp(block - top).sum(0))
    return out


def probabilities(draws: Mapping[str, Array], seen: Array, names: Names) -> Array:
    """Return p(objective | facts), averaged over draws, dims ``(row, objective)``; ``seen`` as in the design."""
    rows, base = flattened(draws, names), draws["base"]
    out = np.empty((len(seen), len(OBSERVED)))
    for index, one in enumerate(seen):
        joint = rows[one > 0].sum(0) + base
        powers = np.exp(joint - joint.max(0))
        out[index] = (powers / powers.sum(0)).mean(-1)
    return out


def tables(draws: Mapping[str, Array], names: Names) -> dict[str, Array]:
    """Return the rows of each fact before flattening, dims ``(objective, state, draw)``; `gain` is NaN: no data."""
    rows = np.exp(log_rows(draws, names))
    place = {column: index for index, column in enumerate(columns(names))}
    out = {}
    for name in names:
        states = facts()[name].states
        table = np.full((len(OBJECTIVES), len(states), rows.shape[-1]), np.nan)
        for number, objective in enumerate(OBSERVED):
            table[OBJECTIVES.index(objective)] = rows[[place[name, state] for state in states], number]
        out[name] = table
    return out


def exponents(draws: Mapping[str, Array], names: Names) -> dict[str, Array]:
    """Return the exponent of each fact by the name of the fact, dims ``(draw,)``."""
    return dict(zip(names, draws["exponent"], strict=True))
