"""The outcome model for the sampler: one hierarchical logit, dyads that differ in their rate, a reply beyond chance."""

from __future__ import annotations

from typing import Any

import numpy as np
import pymc as pm
import pytensor.tensor as pt
from pymc.math import invlogit

from cybercoercion.fit.outcome.counts import (
    BANDS,
    COSTS,
    HORIZONS,
    ISSUES,
    OBJECTIVES,
    RECIPROCATED,
    REVISIONS,
    STAGES,
    OutcomeCounts,
    belief,
)
from cybercoercion.fit.outcome.design import CLASSES, MOST, PRIVATE, SLOPED, data, half, levels


def outcome_model(counts: OutcomeCounts) -> pm.Model:
    """Return the model of P(concession), recurrence and response in kind.

    ``logit p(class, cell) = level_class + steps_class x cell + ...``, with a stage and an issue for sanctions, a
    revision and whether it was reciprocated for disputes, an objective for cyber and a report for ransom. Levels lie
    around ``average + private [class is private]``. A cell that nobody tried adds nothing. Incidents of a dyad and
    period follow ``NegBin(shape, rate x years)``, a gamma over dyads integrated out. A reply follows by chance with
    ``logit p0 = by_chance`` and after an incident with ``logit p = by_chance + reply``.

    Counts are ``pm.Data`` named as in ``design.data``: other counts of the same form need no new compilation.
    """
    coords = {
        "class": CLASSES,
        "sloped": SLOPED,
        "revision_type": REVISIONS,
        "attack": OBJECTIVES,
        "ransom_report": np.arange(len(counts.ransom.tried)),
        "horizon": HORIZONS,
    }
    with pm.Model(coords=coords) as model:
        given = {name: pm.Data(name, value) for name, value in data(counts).items()}
        _normal("demand")  # from a share of incidents to the chance that a demand is met; no count speaks of it

        # not written as an offset: most classes have counts enough to place their level, and offsets mix badly then
        between = pm.LogNormal("between_classes", belief("between_classes").location, belief("between_classes").scale)
        at = pm.Normal("level", _normal("average") + _normal("private") * PRIVATE, between, dims="class")
        steps = _normal("step") + _half_normal("between_steps") * pm.Normal("b", 0.0, 1.0, dims="sloped")

        sanctions = at[0] + (_normal("imposed") * half(len(STAGES)))[:, None, None]
        sanctions += (steps[0] * levels(len(COSTS)))[:, None] + _normal("issue") * half(len(ISSUES))
        revision = pm.ZeroSumNormal("revision", belief("revision").scale, dims="revision_type")
        disputes = at[1] + revision[:, None] + _normal("reciprocated") * half(len(RECIPROCATED))
        objective = _half_normal("between_objectives") * pm.ZeroSumNormal("o", 1.0, dims="attack")
        cyber = at[2] + objective[:, None] + steps[1] * levels(len(BANDS))
        ransom = at[3] + _half_normal("between_reports") * pm.Normal("r", 0.0, 1.0, dims="ransom_report")
        by_chance = _normal("by_chance", dims="horizon")
        reply = by_chance + _normal("reply", dims="horizon")

        mixed = (invlogit(cyber) * given["severities"]).sum(1)
        cells = (sanctions.flatten(), disputes.flatten(), cyber.flatten(), ransom, at[4:], reply, by_chance)
        p = pt.concatenate([invlogit(pt.concatenate(cells)), mixed])
        pm.Binomial("seen", given["tried"], p, observed=given["happened"])

        shape, rate = pt.exp(_normal("log_shape")), pt.exp(_normal("log_rate"))
        pm.Potential("recurrence", (given["periods"] * _negative_binomial(shape, rate * given["years"])).sum())
    return model


def _normal(name: str, *, dims: str | None = None) -> Any:
    prior = belief(name)
    return pm.Normal(name, prior.location, prior.scale, dims=dims)


def _half_normal(name: str) -> Any:
    return pm.HalfNormal(name, belief(name).scale)


def _negative_binomial(shape: Any, mean: Any) -> Any:
    """Return the log-probability of 0, 1, ... incidents, dims ``(incidents,)``."""
    x = np.arange(MOST + 1)
    several = pt.gammaln(x + shape) - pt.gammaln(shape) - pt.gammaln(x + 1)
    return several + shape * pt.log(shape / (shape + mean)) + x * pt.log(mean / (shape + mean))
