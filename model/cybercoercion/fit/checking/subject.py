"""One generative model to calibrate: a prior, data simulated from it, and the compiled posterior that is on trial."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pymc as pm
from numpy.typing import NDArray

from cybercoercion.fit.sampling import Compiled

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Draws = Mapping[str, Array]
Simulated = tuple[dict[str, Any], dict[str, Array]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A part of the fit, or one ingredient of its target, with data that are simulated instead of read.

    ``simulate`` takes parameters with one draw, dims ``(..., 1)``, and returns the data that the compiled model takes,
    and parameters that depend on data. ``predict`` takes parameters, dims ``(..., draw)``, and returns discrete
    quantities, dims ``(quantity, draw)``: labels and counts of cases that are held out.
    """

    part: str
    ingredient: str
    compiled: Compiled
    ranked: tuple[str, ...]  # parameters whose elements are ranked
    simulate: Callable[[Draws, np.random.Generator], Simulated]
    predict: Callable[[Draws, np.random.Generator], Array | Index]
    predicted: tuple[str, ...]  # names of the discrete quantities
    exceed: tuple[str, ...] = ()  # parameters of which it is asked, too, whether they exceed their prior median
    target_accept: float = 0.9
    tune: int = 300
    draws: int = 450  # of each of two chains
    thin: int = 3  # every third is kept: they are then nearly independent
    fixed: Mapping[str, Any] = field(default_factory=dict)  # data that stay the same

    def prior(self, simulations: int, seed: int) -> dict[str, Array]:
        """Return draws of all parameters from the prior, dims ``(..., simulation)``."""
        model = self.compiled.model
        names = [one.name for one in (*model.free_RVs, *model.deterministics)]
        drawn = pm.draw([model[name] for name in names], draws=simulations, random_seed=seed)
        return {name: np.moveaxis(np.asarray(values), 0, -1) for name, values in zip(names, drawn, strict=True)}


def one_of(p: Array, rng: np.random.Generator) -> Index:
    """Return a class drawn from each ``p``, dims ``(row, class, draw)``; the result has dims ``(row, draw)``."""
    heap = p.cumsum(1) / p.sum(1, keepdims=True)
    return np.asarray((rng.random((len(p), 1, p.shape[-1])) > heap).sum(1).clip(max=p.shape[1] - 1), dtype=np.intp)
