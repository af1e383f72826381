"""Draws without a sampler, for tests of what is done with draws."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from cybercoercion.fit.origin.design import CONTRASTS, FLAGS, KINDS, OPERATIONS

DIMS: dict[str, tuple[str, ...]] = {
    "claim_base": (),
    "claim_effect": ("level",),
    "claim_path": ("year",),
    "kind_base": ("contrast",),
    "kind_effect": ("level", "contrast"),
    "kind_claim": ("contrast",),
    "kind_claimed_operation": ("operation", "contrast"),
    "kind_path": ("year", "contrast"),
    "share_base": ("contrast",),
    "share_path": ("year", "contrast"),
}


@pytest.fixture(scope="session")
def draws() -> xr.Dataset:
    """Return a posterior of random numbers for the years 2010 to 2014."""
    rng = np.random.default_rng(7)
    coords = {
        "level": [*FLAGS, "intensity=1.0", "issue=Territory"],
        "contrast": list(CONTRASTS),
        "operation": list(OPERATIONS),
        "kind": list(KINDS),
        "year": np.arange(2010, 2015),
    }
    size = {"chain": 2, "draw": 150, **{name: len(values) for name, values in coords.items()}}

    def array(dims: tuple[str, ...]) -> tuple[tuple[str, ...], np.ndarray]:
        full = ("chain", "draw", *dims)
        return full, rng.normal(size=[size[dim] for dim in full])

    made = {name: array(dims) for name, dims in DIMS.items()}
    for part, dims in (("claim", ()), ("kind", ("contrast",)), ("share", ("contrast",))):
        names, values = array(dims)
        made[f"{part}_innovation"] = (names, np.abs(values))
        names, values = array(())
        made[f"{part}_persistence"] = (names, 1 / (1 + np.exp(-values)))
    names, values = array(("kind",))
    made["share_claimed"] = (names, 1 / (1 + np.exp(-values)))
    return xr.Dataset(made, coords=coords)
