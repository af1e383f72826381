"""How counts enter the outcome model: the form of its data, and the probabilities of its cells without a sampler."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.outcome.counts import BANDS, COSTS, ISSUES, OBJECTIVES, RECIPROCATED, STAGES, OutcomeCounts

Array = NDArray[np.float64]
CLASSES = ("sanctions", "disputes", "cyber", "ransom", "private")
SLOPED = ("sanctions", "cyber")  # classes whose cells have levels of cost or severity
MOST = 40  # incidents of a dyad in one period; more are counted as so many
EMPTY = 1e-6  # keeps the share of a severity defined where an objective was never seen
BINOMIALS = ("sanctions", "disputes", "cyber", "ransom", "private", "reply", "by_chance", "later")  # order of all cells
PRIVATE = np.array([0.0, 0.0, 0.0, 1.0, 1.0])  # which classes have private targets


def data(counts: OutcomeCounts) -> dict[str, Array | NDArray[np.int64]]:
    """Return the counts as the model takes them: one array per ``pm.Data``, always of the same shapes.

    ``tried`` and ``happened`` hold the cells of all tallies in the order of ``BINOMIALS``, dims ``(cell,)``;
    ``severities`` how severe the incidents of each objective were, dims ``(objective, band)``; ``periods`` how many
    periods of a dyad saw 0, 1, ... incidents, dims ``(incidents,)``, and ``years`` how long a period is.
    """
    tallies = [getattr(counts, name) for name in BINOMIALS]
    periods = np.zeros(MOST + 1)
    np.add.at(periods, np.minimum(np.arange(len(counts.dyads.periods)), MOST), counts.dyads.periods)
    return {
        "tried": np.concatenate([tally.tried for tally in tallies]),
        "happened": np.concatenate([tally.happened for tally in tallies]),
        "severities": severities(counts),
        "periods": periods,
        "years": np.array(counts.dyads.years),
    }


def levels(number: int) -> Array:
    """Return the levels of an ordered cell around the lowest, dims ``(level,)``: 0, 1, 2, ..."""
    return np.arange(number, dtype=float)


def half(number: int) -> Array:
    """Return the two sides of a contrast, dims ``(side,)``: half a unit below and above.

    >>> half(2).tolist()
    [-0.5, 0.5]
    """
    return levels(number) - (number - 1) / 2


def invlogit(x: Array) -> Array:
    """Return ``1 / (1 + exp(-x))``."""
    return np.asarray(1 / (1 + np.exp(-x)))


def logit(p: Array) -> Array:
    """Return ``log(p / (1 - p))``."""
    return np.asarray(np.log(p) - np.log1p(-p))


def probabilities(draws: Mapping[str, Array], counts: OutcomeCounts) -> dict[str, Array]:
    """Return the probability of each cell of each tally, dims ``(cell, draw)``.

    Parameters
    ----------
    draws
        Parameters of the model by name, the draw axis last.
    counts
        Counts of which the cyber cells give the mix of severities of an objective.
    """
    at = draws["level"]
    steps = draws["step"] + draws["between_steps"] * draws["b"]
    sanctions = at[0] + draws["imposed"] * half(len(STAGES))[:, None, None, None]
    sanctions = sanctions + steps[0] * levels(len(COSTS))[:, None, None]
    sanctions = sanctions + draws["issue"] * half(len(ISSUES))[:, None]
    disputes = at[1] + draws["revision"][:, None]
    disputes = disputes + draws["reciprocated"] * half(len(RECIPROCATED))[:, None]
    objective = draws["between_objectives"] * draws["o"]
    cyber = invlogit(at[2] + objective[:, None] + steps[1] * levels(len(BANDS))[:, None])
    return {
        "sanctions": invlogit(_flat(sanctions)),
        "disputes": invlogit(_flat(disputes)),
        "cyber": _flat(cyber),
        "later": np.einsum("obs,ob->os", cyber, severities(counts)),
        "ransom": invlogit(at[3] + draws["between_reports"] * draws["r"]),
        "private": invlogit(at[4])[None],
        "by_chance": invlogit(draws["by_chance"]),
        "reply": invlogit(draws["by_chance"] + draws["reply"]),
    }


def severities(counts: OutcomeCounts) -> Array:
    """Return how severe the incidents of each objective were, dims ``(objective, band)``; rows sum to one."""
    tried = counts.cyber.tried.reshape(len(OBJECTIVES), len(BANDS)) + EMPTY
    return np.asarray(tried / tried.sum(1, keepdims=True))


def objectives(counts: OutcomeCounts) -> Array:
    """Return how common each objective is among all cyber incidents, dims ``(objective,)``; sums to one."""
    tried = counts.cyber.tried.reshape(len(OBJECTIVES), len(BANDS)).sum(1) + counts.later.tried + EMPTY
    return np.asarray(tried / tried.sum())


def _flat(cells: Array) -> Array:
    return cells.reshape(-1, cells.shape[-1])
