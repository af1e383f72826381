"""The PyMC model of who attacks whom: effects of region and victim, past disputes, few shrunk cues.

``eta_na = base_a + region_ra + victim_va + slope log(1 + disputes_av) + sum of cues``; the victim itself is barred;
``p(a | v, x) = softmax_a eta``. Attribution labels come from attributed incidents between rivals: this says which
state, given that it is one, and never whether it is one.
"""

from __future__ import annotations

import numpy as np
import pymc as pm
import pytensor.tensor as pt

from cybercoercion.fit.actor.design import CLASSES, CUES, Design, cue_levels
from cybercoercion.knowledge import Knowledge


def build(data: Design, knowledge: Knowledge) -> pm.Model:
    """Return the model; ``pm.Data("weight")`` says how much each row counts.

    Parameters have dims ``actor``, ``(region, actor)``, ``(victim, actor)``, ``(cue_level, actor)``.
    """
    prior = {
        name.removeprefix("learning.actor."): entry.value
        for name, entry in knowledge.quantities.items()
        if name.startswith("learning.actor.")
    }
    levels = cue_levels()
    member = np.array([[float(cue == name) for name in CUES] for cue, _ in levels])  # (cue_level, cue)
    coords = {
        "actor": list(CLASSES),
        "region": list(data.regions),
        "victim": list(data.victims),
        "cue": list(CUES),
        "cue_level": [".".join(level) for level in levels],
    }
    with pm.Model(coords=coords) as model:
        weight = pm.Data("weight", np.ones(data.rows))
        # effects sum to zero over actors: a shift of all of them says nothing, and would only slow the sampler
        base = pm.ZeroSumNormal("base", prior["base_sd"], dims="actor")
        region_scale = pm.HalfNormal("region_scale", prior["region_scale"])
        region = pm.ZeroSumNormal("region_effect", 1, dims=("region", "actor"))
        victim_scale = pm.HalfNormal("victim_scale", prior["victim_scale"])
        victim = pm.ZeroSumNormal("victim_effect", 1, dims=("victim", "actor"))
        slope = pm.Normal("rivalry", prior["rivalry_mean"], prior["rivalry_sd"])
        cue_scale = pm.HalfNormal("cue_scale", prior["cue_scale"], dims="cue")
        cue = pm.ZeroSumNormal("cue_effect", 1, dims=("cue_level", "actor"))
        eta = (
            base[None, :]
            + region_scale * pt.dot(data.region, region)
            + victim_scale * pt.dot(data.victim, victim)
            + slope * data.disputes
            + pt.dot(data.cue, pt.dot(member, cue_scale)[:, None] * cue)
            + data.barred
        )
        top = eta.max(axis=1, keepdims=True)
        log_p = eta - top - pt.log(pt.exp(eta - top).sum(axis=1, keepdims=True))
        pm.Potential("label", (weight * (data.label * log_p).sum(axis=1)).sum())
    return model
