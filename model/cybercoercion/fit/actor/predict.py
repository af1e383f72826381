"""Which actor, from fitted draws: with the victim known, or summed over victims where nobody says."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.actor.design import CUES, Design, cue_levels
from cybercoercion.knowledge.knowledge import stream_key

Array = NDArray[np.float64]


def scores(draws: Mapping[str, Array], data: Design, *, seed: int = 1) -> Array:
    """Return log p(actor | victim, cues) up to a constant of the row, dims ``(row, class, draw)``.

    A victim that the fit does not know has effects drawn from their population, wide as that is.
    """
    member = np.array([[float(cue == name) for name in CUES] for cue, _ in cue_levels()])
    cue = (member @ draws["cue_scale"])[:, None] * draws["cue_effect"]
    out = draws["base"][None] + _dot(data.region, draws["region_scale"] * draws["region_effect"])
    out = out + _dot(data.victim, draws["victim_scale"] * draws["victim_effect"])
    out = out + draws["rivalry"] * data.disputes[..., None] + _dot(data.cue, cue) + data.barred[..., None]
    unknown = np.flatnonzero(data.victim.sum(1) == 0)
    for row in unknown:
        # rows of one unknown victim would share an effect; they are scored one by one, where that makes no difference
        rng = np.random.default_rng([seed, stream_key("victim"), int(row)])
        out[row] += draws["victim_scale"] * rng.standard_normal(out[row].shape)
    return np.asarray(out)


def known_victim(draws: Mapping[str, Array], data: Design, *, seed: int = 1) -> Array:
    """Return p(actor | victim, cues) averaged over draws, dims ``(row, class)``."""
    return softmax(scores(draws, data, seed=seed), 1).mean(-1)


def unknown_victim(draws: Mapping[str, Array], data: Design, each: Design, share: Array) -> Array:
    """Return p(actor | cues), summed over who the victim may be, dims ``(row, class)``.

    ``sum_v p(v) p(a | v, x)`` with ``each`` one row per victim without cues and ``share`` p(v), dims ``(victim,)``.
    """
    by_victim = scores(draws, each)  # (victim, class, draw)
    member = np.array([[float(cue == name) for name in CUES] for cue, _ in cue_levels()])
    cue = _dot(data.cue, (member @ draws["cue_scale"])[:, None] * draws["cue_effect"])  # (row, class, draw)
    out = np.empty(cue.shape[:2])
    for row, one in enumerate(cue):
        out[row] = np.einsum("v,vcs->c", share, softmax(by_victim + one, 1)) / one.shape[-1]
    return out


def softmax(scores: Array, axis: int) -> Array:
    """Return exp(scores), normalised over an axis."""
    powers = np.exp(scores - scores.max(axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis, keepdims=True))


def _dot(rows: Array, effects: Array) -> Array:
    """Return rows (row, level) times effects (level, class, draw), dims ``(row, class, draw)``."""
    return np.tensordot(rows, effects, 1)
