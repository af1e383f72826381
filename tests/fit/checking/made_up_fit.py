"""A fit that nobody sampled: draws of the priors under the names of the parts."""

from __future__ import annotations

import numpy as np
import xarray as xr

from cybercoercion.fit.checking.learnt import prior_draws
from cybercoercion.fit.checking.prior import OUTCOME_SHAPES
from cybercoercion.fit.fit import Fit, Record
from cybercoercion.fit.objective.design import EARLY, OBSERVED, freedom
from cybercoercion.fit.replaced import entries_of
from cybercoercion.fit.signature import entry_digests, signature

SIZE = 200


def healthy(**changes):
    """Return the health of a sampler that did its work, with changes."""
    attrs = {"method": "nuts", "rhat": 1.002, "ess": 900.0, "divergences": 0, "draws": 4000, "seconds": 3.0}
    return xr.Dataset(
        {
            "level": (("diagnostic", "class"), [[1.001, 1.0], [900.0, 950.0]]),
            "step": (("diagnostic",), [1.002, 1200.0]),
        },
        coords={"diagnostic": ["rhat", "ess"]},
        attrs={**attrs, **changes},
    )


def posterior(part, knowledge, seed=1):
    """Return draws of the prior of a part as the draws of one chain."""
    width = len(freedom(EARLY))
    shapes = {
        "outcome": OUTCOME_SHAPES,
        "objective_early": {
            "base": (len(OBSERVED),),
            "level": (width,),
            "effect": (width, len(OBSERVED)),
            "scale": (len(EARLY),),
            "exponent": (len(EARLY),),
        },
    }[part]
    draws = prior_draws(part, shapes, knowledge, size=SIZE, seed=seed)
    return xr.Dataset(
        {
            name: (
                ("chain", "draw", *(f"{name}_{i}" for i in range(values.ndim - 1))),
                np.moveaxis(values, -1, 0)[None],
            )
            for name, values in draws.items()
        }
    )


def made_up_fit(knowledge, parts=("objective_early", "outcome"), health=None):
    """Return a fit whose draws are those of the priors."""
    held = {part: posterior(part, knowledge) for part in parts}
    record = Record(
        signature=signature(parts, knowledge),
        priors=knowledge.digest,
        entries=entry_digests(entries_of(held, knowledge), knowledge),
        seed=1,
        draws=SIZE,
        tune=0,
        chains=1,
        method="nuts",
        versions={},
        sources=(),
        episodes=(),
    )
    told = {part: healthy() if health is None else health for part in parts}
    return Fit(record=record, parts=held, health=told, baselines={}, seen=frozenset())
