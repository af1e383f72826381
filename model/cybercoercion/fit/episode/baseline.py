"""Simple rules for the purpose of a coded episode, which a fit has to beat: plain arrays, no sampler.

Naive Bayes reads each fact by itself, ``p(i | e) ~ p(i | frame) prod_f p(x_f | i)^w``: the starter tables of the
knowledge with kind, signalling and objective summed out of each fact apart, so that a shared cause counts many times.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cybercoercion.case import Case
from cybercoercion.fit.scoring.metrics import losses
from cybercoercion.fit.training import TrainingEpisode
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import COERCION, FRAMES, INTENTS, STANDING

Array = NDArray[np.float64]
Episodes = Sequence[TrainingEpisode]
EXPONENTS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)


def truth(episodes: Episodes) -> Array:
    """Return the labels, dims ``(episode, intent)``; a row without one, or with a set, is zero."""
    out = np.zeros((len(episodes), len(INTENTS)))
    for row, episode in enumerate(episodes):
        label = episode.labels.get("intent")
        if label is not None and label.certainty != "set":
            out[row] = [label.weights.get(intent, 0.0) for intent in INTENTS]
    return out


def frame_prior(episodes: Episodes, knowledge: Knowledge) -> Array:
    """Return p(intent | frame), whatever was reported, dims ``(episode, intent)``."""
    rows = knowledge.tables["intent"].floored()
    return np.asarray(rows[[FRAMES.index(episode.about["frame"]) for episode in episodes]])


def mean_of_others(episodes: Episodes) -> Array:
    """Return the mean label of all episodes of other campaigns, dims ``(episode, intent)``; with none, all alike."""
    label = truth(episodes)
    campaigns = np.array([episode.campaign for episode in episodes])
    alike = np.full((1, len(INTENTS)), 1 / len(INTENTS))
    others = [label[campaigns != own] for own in campaigns]
    return np.array([(rows if len(rows) else alike).mean(0) for rows in others])


def naive_bayes(episodes: Episodes, knowledge: Knowledge, exponent: float) -> Array:
    """Return naive Bayes with likelihoods raised to a power, dims ``(episode, intent)``.

    Facts on which the frame already conditions are left out, as the network does.
    """
    logs = np.log(frame_prior(episodes, knowledge))
    for row, episode in enumerate(episodes):
        dropped = knowledge.setting(f"frame.{episode.about['frame']}")
        for name, state in episode.facts.items():
            if name not in dropped and (table := by_intent(name, knowledge, standing_of(episode.case))) is not None:
                logs[row] += exponent * np.log(table[:, knowledge.tables[name].states.index(state)])
    powers = np.exp(logs - logs.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True))


def chosen_on_others(episodes: Episodes, knowledge: Knowledge) -> Array:
    """Return naive Bayes with the power that scores best on all other campaigns, dims ``(episode, intent)``."""
    label = truth(episodes)
    each = np.array([naive_bayes(episodes, knowledge, exponent) for exponent in EXPONENTS])
    loss = np.array([losses(label, p) for p in each])  # (exponent, episode)
    campaigns = np.array([episode.campaign for episode in episodes])
    # with nothing to choose on, the sum is zero for all, and the first power is taken
    best = [int(loss[:, campaigns != own].sum(1).argmin()) for own in campaigns]
    return each[best, np.arange(len(episodes))]


def by_intent(name: str, knowledge: Knowledge, standing: str) -> Array | None:
    """Return p(state | intent) of a fact, unflattened, dims ``(intent, state)``; None if it does not hang on intent.

    ``sum_k p(k | i) sum_s p(s | i, k) p(x | s, k)``, and the same with the objective.
    """
    table = knowledge.tables[name]
    rows, given = table.floored(), table.given
    if "standing" in given:
        rows = np.take(rows, STANDING.index(standing), axis=given.index("standing"))
        given = tuple(parent for parent in given if parent != "standing")
    if given == ("intent",):
        return np.asarray(rows)
    if given not in (("signalling",), ("signalling", "kind"), ("objective",)):
        return None
    kind, between = knowledge.tables["kind"].floored(), knowledge.tables[given[0]].floored()
    if given == ("signalling", "kind"):
        return np.asarray(np.einsum("ik,iks,skx->ix", kind, between, rows))
    return np.asarray(np.einsum("ik,iks,sx->ix", kind, between, rows))


def standing_of(case: Case | None) -> str:
    """Return how far a case lists a demand: none, one that is open, or one that is long-standing or declared."""
    demands = case.demands if case is not None else ()
    if any(one.long_standing or "declared" in one.held_by.values() for one in demands):
        return "standing"
    return "open" if demands else "none"


def coercion_error(label: Array, p: Array) -> float:
    """Return the root of the mean squared error of P(coercion), both dims ``(episode, intent)``.

    >>> coercion_error(np.eye(9)[:1], np.eye(9)[1:2])  # compellence or deterrence: coercion either way
    0.0
    """
    at = [INTENTS.index(intent) for intent in COERCION]
    return float(np.sqrt(((label[:, at].sum(1) - p[:, at].sum(1)) ** 2).mean()))
