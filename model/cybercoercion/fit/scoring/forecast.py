"""What a fit says of rows: probabilities for each question, averaged over draws; no sampler needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cybercoercion.fit.actor import design as actor_design
from cybercoercion.fit.actor import predict as actor
from cybercoercion.fit.fit import stacked
from cybercoercion.fit.objective import design as objective_design
from cybercoercion.fit.objective import predict as objective
from cybercoercion.fit.origin import design as origin_design
from cybercoercion.fit.origin import predict as origin
from cybercoercion.fit.training import EMPTY, TrainingEpisode

Array = NDArray[np.float64]
Episodes = Sequence[TrainingEpisode]
PRIOR_CASES = 0.5  # a victim that was never hit counts half an incident


def classes_of(task: str) -> tuple[str, ...]:
    """Return the classes of a question, in the order of its forecasts."""
    if task.startswith("objective"):
        return objective_design.OBSERVED
    if task.startswith("actor"):
        return actor_design.CLASSES
    return ("no", "yes") if task == "claimed" else origin_design.KINDS


def forecast(task: str, posterior: xr.Dataset, rows: Episodes) -> Array:
    """Return p(class | row), dims ``(row, class)``, from the draws of the part that answers."""
    return _FORECASTS[task](posterior, rows)


def _objective(names: tuple[str, ...]) -> Callable[[xr.Dataset, Episodes], Array]:
    def say(posterior: xr.Dataset, rows: Episodes) -> Array:
        return objective.probabilities(stacked(posterior), objective_design.seen(rows, names), names)

    return say


def _known_victim(posterior: xr.Dataset, rows: Episodes) -> Array:
    data = actor_design.design(rows, posterior["victim"].to_numpy().tolist())
    return actor.known_victim(stacked(posterior), data)


def _unknown_victim(posterior: xr.Dataset, rows: Episodes) -> Array:
    victims = posterior["victim"].to_numpy().tolist()
    hidden = actor_design.design([replace(row, about=EMPTY) for row in rows], victims)
    count = posterior["victim_count"].to_numpy() + PRIOR_CASES
    return actor.unknown_victim(stacked(posterior), hidden, actor_design.each_victim(victims), count / count.sum())


def _kind(*, claim: bool) -> Callable[[xr.Dataset, Episodes], Array]:
    def say(posterior: xr.Dataset, rows: Episodes) -> Array:
        levels = tuple(posterior["level"].to_numpy().tolist())
        return origin.kind_probabilities(posterior, origin_design.encode(rows, levels), claim=claim)

    return say


def _claimed(posterior: xr.Dataset, rows: Episodes) -> Array:
    levels = tuple(posterior["level"].to_numpy().tolist())
    return origin.claimed_probabilities(posterior, origin_design.encode(rows, levels))


_FORECASTS: Mapping[str, Callable[[xr.Dataset, Episodes], Array]] = {
    "objective": _objective(objective_design.FACTS),
    "objective_early": _objective(objective_design.EARLY),
    "actor": _unknown_victim,
    "actor_victim": _known_victim,
    "kind": _kind(claim=False),
    "kind_claim": _kind(claim=True),
    "claimed": _claimed,
}
