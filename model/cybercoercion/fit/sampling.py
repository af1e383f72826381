"""Compile a model once, draw from its posterior as often as data or weights change.

Models take everything that changes between refits as ``pm.Data`` (above all a weight per row, 0 leaves a row out), so
that folds, leave-one-out and calibration reuse one compilation.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytensor
import xarray as xr

# freshly compiled code and code from the cache must give the same draws for the same seed
pytensor.config.numba__fastmath = False
logging.getLogger("pymc").setLevel("ERROR")

import nutpie  # noqa: E402  # reads the flag
import pymc as pm  # noqa: E402

CHAINS, DRAWS, TUNE = 4, 1_000, 1_200


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A model whose gradient is compiled; data can be replaced by others of the same shape."""

    model: pm.Model
    code: Any
    seconds: float


def compile_model(model: pm.Model) -> Compiled:
    """Compile the log-probability of a model and its gradient for nutpie."""
    start = time.perf_counter()
    code = nutpie.compile_pymc_model(model)
    return Compiled(model=model, code=code, seconds=time.perf_counter() - start)


def sample(
    compiled: Compiled,
    *,
    data: Mapping[str, Any] | None = None,
    seed: int = 1,
    draws: int = DRAWS,
    tune: int = TUNE,
    chains: int = CHAINS,
    target_accept: float = 0.9,
) -> xr.DataTree:
    """Draw from the posterior with NUTS; the same seed gives the same draws.

    Returns a tree with groups ``posterior`` and ``sample_stats``, dims ``(chain, draw, ...)``; the seconds of sampling
    stand in ``posterior.attrs["sampling_time"]``.
    """
    code = compiled.code.with_data(**data) if data else compiled.code
    start = time.perf_counter()
    tree: xr.DataTree = nutpie.sample(
        code, draws=draws, tune=tune, chains=chains, cores=2, seed=seed, progress_bar=False, target_accept=target_accept
    )
    posterior = tree["posterior"].to_dataset()
    posterior.attrs.update(sampling_time=time.perf_counter() - start, inference_library="nutpie")
    tree["posterior"] = xr.DataTree(posterior)
    return tree


def map_point(model: pm.Model, *, seed: int = 1) -> xr.DataTree:
    """Return the mode of the posterior as a tree with one draw: for a quick look, without uncertainty."""
    tree: xr.DataTree = pm.find_MAP(
        model=model, progressbar=False, jitter=False, return_inferencedata=True, random_seed=seed
    )
    posterior = tree["posterior"].to_dataset()
    posterior.attrs.update(inference_library="MAP")
    tree["posterior"] = xr.DataTree(posterior)
    return tree
