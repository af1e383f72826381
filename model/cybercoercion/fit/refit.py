"""Parts of the model compiled once and drawn from again and again: for a fit, for folds, for calibration.

A part is a PyMC model of some rows; a weight per row says which of them teach. What is kept of a posterior is what
prediction and the tables need, and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pymc as pm
import xarray as xr
from numpy.typing import NDArray

from cybercoercion.fit.actor import design as actor_design
from cybercoercion.fit.actor.model import build as actor_model
from cybercoercion.fit.episode import design as episode_design
from cybercoercion.fit.episode.model import build as episode_model
from cybercoercion.fit.objective import design as objective_design
from cybercoercion.fit.objective.model import build as objective_model
from cybercoercion.fit.origin import design as origin_design
from cybercoercion.fit.origin.model import kept as origin_kept
from cybercoercion.fit.origin.model import origin_model
from cybercoercion.fit.outcome.counts import OutcomeCounts
from cybercoercion.fit.outcome.model import outcome_model
from cybercoercion.fit.sampling import CHAINS, DRAWS, TUNE, Compiled, compile_model, sample
from cybercoercion.fit.training import TrainingEpisode
from cybercoercion.knowledge import Knowledge

Array = NDArray[np.float64]
Episodes = Sequence[TrainingEpisode]
Keep = Callable[[xr.DataTree, Array], xr.Dataset]


@dataclass(frozen=True, kw_only=True)  # without slots: it is compiled once and kept
class Refit:
    """One part, compiled when it is first drawn from; ``rows`` is how many weights it takes, 0 if it has counts."""

    part: str
    rows: int
    model: pm.Model
    keep: Keep
    target_accept: float = 0.9

    @cached_property
    def compiled(self) -> Compiled:
        """Return the model, compiled for the sampler; a mode is found without."""
        return compile_model(self.model)

    def tree(
        self,
        weight: Array | None = None,
        *,
        seed: int = 1,
        draws: int = DRAWS,
        tune: int = TUNE,
        chains: int = CHAINS,
    ) -> xr.DataTree:
        """Draw from the posterior of the weighted rows."""
        data = {"weight": weight} if weight is not None else None
        return sample(
            self.compiled, data=data, seed=seed, draws=draws, tune=tune, chains=chains, target_accept=self.target_accept
        )

    def posterior(
        self,
        weight: Array | None = None,
        *,
        seed: int = 1,
        draws: int = DRAWS,
        tune: int = TUNE,
        chains: int = CHAINS,
    ) -> xr.Dataset:
        """Return what is kept of the posterior of the weighted rows, dims ``(chain, draw, ...)``."""
        tree = self.tree(weight, seed=seed, draws=draws, tune=tune, chains=chains)
        return self.keep(tree, np.ones(self.rows) if weight is None else weight)


def _refit(part: str, rows: int, model: pm.Model, keep: Keep, target_accept: float = 0.9) -> Refit:
    return Refit(part=part, rows=rows, model=model, keep=keep, target_accept=target_accept)


def _only(*names: str) -> Keep:
    return lambda tree, _: tree["posterior"].to_dataset()[list(names)]


def refit_objective(episodes: Episodes, knowledge: Knowledge) -> Refit:
    """Compile technical facts given the objective, from all that an incident shows in the end."""
    return _objective("objective", episodes, knowledge, objective_design.FACTS)


def refit_objective_early(episodes: Episodes, knowledge: Knowledge) -> Refit:
    """Compile the same from what can be seen early: tables for cases that know no more."""
    return _objective("objective_early", episodes, knowledge, objective_design.EARLY)


def _objective(part: str, episodes: Episodes, knowledge: Knowledge, names: tuple[str, ...]) -> Refit:
    model = objective_model(objective_design.design(episodes, names), knowledge)
    return _refit(part, len(episodes), model, _only("base", "level", "effect", "scale", "exponent"))


def refit_actor(episodes: Episodes, knowledge: Knowledge) -> Refit:
    """Compile which state attacks which."""
    data = actor_design.design(episodes, actor_design.victim_names(episodes))
    names = ("base", "region_effect", "region_scale", "victim_effect", "victim_scale", "rivalry", "cue_effect")

    def keep(tree: xr.DataTree, weight: Array) -> xr.Dataset:
        posterior = tree["posterior"].to_dataset()[[*names, "cue_scale"]]
        # who is a victim at all, for rows that do not say it
        return posterior.assign(victim_count=("victim", weight @ data.victim))

    return _refit("actor", len(episodes), actor_model(data, knowledge), keep, 0.95)


def refit_episode(episodes: Episodes, knowledge: Knowledge) -> Refit:
    """Compile intent, kind, signalling and their facts, from coded episodes."""
    data = episode_design.design(episodes, knowledge)
    return _refit("episode", data.episodes, episode_model(data, knowledge), _only("offset", "exponent"))


def refit_origin(episodes: Episodes, knowledge: Knowledge) -> Refit:
    """Compile kind of actor and claim, with base rates that drift."""
    rarest = int(knowledge.quantities["learning.origin.rarest"].value)
    rows = origin_design.encode(episodes, origin_design.levels_of(episodes, rarest))
    return _refit(
        "origin", len(rows), origin_model(rows, knowledge), lambda tree, weight: origin_kept(tree, rows, weight)
    )


def refit_outcome(counts: OutcomeCounts) -> Refit:
    """Compile how episodes end, from counts."""
    return _refit("outcome", 0, outcome_model(counts), lambda tree, _: tree["posterior"].to_dataset(), 0.95)


REFITS: dict[str, Callable[[Episodes, Knowledge], Refit]] = {
    "objective": refit_objective,
    "objective_early": refit_objective_early,
    "actor": refit_actor,
    "episode": refit_episode,
    "origin": refit_origin,
}
