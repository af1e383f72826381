"""Scores on coded episodes: how far what is believed lies from the coder's soft label.

Log loss is here the divergence from the label, sum_i y_i log(y_i / p_i): zero where belief and label agree.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief import believe
from cybercoercion.fit.episode.baseline import (
    chosen_on_others,
    coercion_error,
    frame_prior,
    mean_of_others,
    naive_bayes,
    truth,
)
from cybercoercion.fit.fit import Fit
from cybercoercion.fit.replaced import with_fit
from cybercoercion.fit.scoring.score import Forecasts, TaskScore, scored
from cybercoercion.fit.training import Training, TrainingEpisode
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import INTENTS

Array = NDArray[np.float64]


def score_episodes(
    fit: Fit, knowledge: Knowledge, rows: Sequence[TrainingEpisode], *, refit: bool, seed: int = 1
) -> TaskScore:
    """Return the scores on episodes: by the fit as it is, or, for rows that taught it, refitted without each campaign.

    Beside it: the frame's base rates, naive Bayes at two powers and at that which fits the other episodes best, the
    mean label of the others, and the tables before any refit.
    """
    coded = [row for row in rows if row.case is not None and "intent" in row.labels]
    label = truth(coded)
    said = {"model": refitted(coded, knowledge, seed) if refit else believed(coded, with_fit(knowledge, fit))}
    said |= {
        "frame priors only": frame_prior(coded, knowledge),
        "mean of the other labels": mean_of_others(coded),
        "naive Bayes": naive_bayes(coded, knowledge, 1.0),
        "tempered naive Bayes, 0.5": naive_bayes(coded, knowledge, 0.5),
        "tempered naive Bayes, 0.3": naive_bayes(coded, knowledge, 0.3),
        "tempered naive Bayes, chosen on the others": chosen_on_others(coded, knowledge),
        "tables before any refit": believed(coded, knowledge),
    }
    inside = np.where(label > 0, label, 1.0)
    more = {
        "kl": float((label * (np.log(inside) - np.log(np.clip(said["model"], 1e-4, None)))).sum(1).mean()),
        "coercion_rmse": coercion_error(label, said["model"]),
    }
    words = "each campaign left out and refitted" if refit else "episodes that the fit has not seen"
    forecasts = Forecasts(classes=INTENTS, truth=label, said=said, campaigns=tuple(row.campaign for row in coded))
    return scored("episodes", "intent of coded episodes", words, forecasts, more)


def believed(rows: Sequence[TrainingEpisode], knowledge: Knowledge) -> Array:
    """Return what the exact engine believes of each case, dims ``(episode, intent)``."""
    return np.array([believe(row.case, knowledge).marginal("intent").sum(-1) for row in rows if row.case is not None])


def refitted(rows: Sequence[TrainingEpisode], knowledge: Knowledge, seed: int) -> Array:
    """Return what is believed when neither an episode nor its campaign taught, dims ``(episode, intent)``."""
    from cybercoercion.fit.episode.leave_out import leave_one_out

    training = Training(source="episodes", file="", digest="", episodes=tuple(rows))
    return leave_one_out(training, knowledge, seed)
