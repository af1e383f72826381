"""How well the layer foretells the purpose of an episode that it has not seen: one campaign left out at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief import believe
from cybercoercion.fit.episode.design import Design, design
from cybercoercion.fit.episode.model import build
from cybercoercion.fit.episode.tables import with_draws
from cybercoercion.fit.fit import stacked
from cybercoercion.fit.sampling import Compiled, compile_model, sample
from cybercoercion.fit.training import Training
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import INTENTS

Array = NDArray[np.float64]
CHAINS, DRAWS, TUNE = 2, 300, 300  # for each campaign left out


def leave_one_out(
    training: Training, knowledge: Knowledge, seed: int = 1, *, draws: int = DRAWS, tune: int = TUNE
) -> Array:
    """Return p(intent | reports) of each episode, learnt from all other campaigns, dims ``(episode, intent)``.

    The model is compiled once; weights of zero leave rows out.
    """
    data = design(training.episodes, knowledge)
    return foretold(training, knowledge, data, compile_model(build(data, knowledge)), seed=seed, draws=draws, tune=tune)


def foretold(
    training: Training,
    knowledge: Knowledge,
    data: Design,
    compiled: Compiled,
    *,
    seed: int = 1,
    draws: int = DRAWS,
    tune: int = TUNE,
) -> Array:
    """Return the same from a model that is compiled already.

    What is learnt becomes a knowledge, and the exact engine answers with it, as it would for any new case.
    """
    coded = [(episode.campaign, episode.case) for episode in training.episodes if episode.case is not None]
    campaigns = np.array([campaign for campaign, _ in coded])
    out = np.zeros((len(coded), len(INTENTS)))
    for campaign in dict.fromkeys(campaigns.tolist()):
        weight = (campaigns != campaign).astype(float)
        tree = sample(compiled, data={"weight": weight}, seed=seed, draws=draws, tune=tune, chains=CHAINS)
        posterior = stacked(tree["posterior"].to_dataset()[["offset", "exponent"]])
        learnt = with_draws(knowledge, data.layout, data.learnt, posterior)
        for row in np.flatnonzero(campaigns == campaign):
            out[row] = believe(coded[row][1], learnt).averaged.sum((1, 2))
    return out
