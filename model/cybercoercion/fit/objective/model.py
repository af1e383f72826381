"""The PyMC model of technical facts given the objective: the network's own tables, learnt by a composite target.

``theta_f(l | z) = softmax_l(a_fl + s_f B_flz)``; used is ``theta*_f(l | z) ~ theta_f(l | z)^w_f``, renormalised.
Target: ``sum_n w_n [log p*(z_n | x_n) + lambda log p(x_n, z_n)]``: the generative fit alone is over-confident.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pymc as pm
import pytensor.tensor as pt

from cybercoercion.fit.objective.design import OBSERVED, Design, basis, freedom, segments, smoother
from cybercoercion.knowledge import Knowledge


def build(data: Design, knowledge: Knowledge) -> pm.Model:
    """Return the model; ``pm.Data("weight")`` says how much each row counts.

    Also data: ``given_weight`` of log p* and ``joint_weight`` lambda. At (1, 0) and (0, 1) the target is a proper
    posterior, which can be calibrated by simulation; the composite of both is none.

    Parameters: ``base`` (objective), ``level`` (free), ``effect`` (free, objective), ``scale`` and ``exponent``
    (fact).
    """
    prior = {
        name.removeprefix("learning.objective."): entry.value
        for name, entry in knowledge.quantities.items()
        if name.startswith("learning.objective.")
    }
    member = np.eye(len(data.names))[segments(data.names)]  # (column, fact)
    coords = {
        "free": list(freedom(data.names)),
        "fact": list(data.names),
        "objective": list(OBSERVED),
    }

    def rows(scores: Any) -> Any:
        top = scores.max(axis=0, keepdims=True)
        return scores - top - pt.dot(member, pt.log(pt.dot(member.T, pt.exp(scores - top))))

    with pm.Model(coords=coords) as model:
        seen = pm.Data("seen", data.seen)
        label = pm.Data("label", data.label)
        weight = pm.Data("weight", np.ones(data.rows))
        given_weight = pm.Data("given_weight", 1.0)
        joint_weight = pm.Data("joint_weight", prior["joint_weight"])
        base = pm.ZeroSumNormal("base", prior["level_sd"], dims="objective")
        level = pm.Normal("level", 0, prior["level_sd"], dims="free")
        free = pm.ZeroSumNormal("effect", 1, dims=("free", "objective"))
        scale = pm.HalfNormal("scale", prior["effect_scale"], dims="fact")
        exponent = pm.LogNormal("exponent", np.log(prior["exponent_median"]), prior["exponent_sd"], dims="fact")
        effect = pt.dot(smoother(data.names), free)
        log_theta = rows(pt.dot(basis(data.names), level)[:, None] + pt.dot(member, scale)[:, None] * effect)
        log_used = rows(pt.dot(member, exponent)[:, None] * log_theta)
        log_base = base - pt.logsumexp(base)
        joint = pt.dot(seen, log_used) + log_base[None, :]
        given = joint - pt.logsumexp(joint, axis=1, keepdims=True)
        told = pt.dot(seen, log_theta) + log_base[None, :]
        target = (label * (given_weight * given + joint_weight * told)).sum(axis=1)
        pm.Potential("target", (weight * target).sum())
    return model
