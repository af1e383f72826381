"""The PyMC model of EuRepoC: whether an incident is claimed, by which kind of actor, and how both drift.

claim | facts, year, then kind | facts, claim, year: the joint of both, so that the claim can be summed out. Base rates
move as a damped random walk by year: a_t = rho a_(t-1) + sigma z_t around a long-run mean.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pymc as pm
import pytensor.tensor as pt
import xarray as xr

from cybercoercion.fit.origin.design import CONTRAST, CONTRASTS, KINDS, OPERATIONS, Array, Rows, seen
from cybercoercion.knowledge import Knowledge

KEPT = (
    "claim_base", "claim_effect", "claim_path", "claim_innovation", "claim_persistence",
    "kind_base", "kind_effect", "kind_claim", "kind_claimed_operation", "kind_path", "kind_innovation",
    "kind_persistence",
    "share_base", "share_path", "share_innovation", "share_persistence", "share_claimed",
)  # fmt: skip


def origin_model(rows: Rows, knowledge: Knowledge) -> pm.Model:
    """Return the model of rows whose weights are the data ``weight``, dims ``(row,)``.

    Three parts that share no parameter, f the facts of a row, c = +1/2 if claimed and -1/2 if not, o its operations:
    logit p(claimed) = alpha + f beta + a_t; p(kind) = softmax(C (alpha + f beta + c gamma + 2 c o delta + a_t)) with
    ``C`` the contrasts of kinds; and, without facts, p(kind | year) and p(claimed | kind). A row without kind, claim
    or year teaches the parts that need none of them.
    """
    years = np.arange(rows.year[rows.year >= 0].min(), rows.year.max() + 1)
    at = {name: knowledge.quantities[f"learning.origin.{name}"].value for name in SCALES}
    coords = {"level": rows.levels, "contrast": CONTRASTS, "operation": OPERATIONS, "kind": KINDS, "year": years}
    with pm.Model(coords=coords) as model:
        weight = pm.Data("weight", np.ones(len(rows)))
        when = _onehot(rows.year - years[0], len(years)) * (rows.year >= 0)[:, None]
        claim_known, kind_known = rows.claim >= 0, rows.kind >= 0
        claim = np.where(claim_known, rows.claim - 0.5, 0.0)

        claim_scale = pm.HalfNormal("claim_scale", at["claim.effect"])
        claim_raw = pm.Normal("claim_raw", 0, 1, dims="level")
        effect = pm.Deterministic("claim_effect", claim_scale * claim_raw, dims="level")
        log_odds = _level("claim", rows.design @ effect + when @ _path("claim", at, "claim", ()), weight, at, ())
        pm.Potential("claim_likelihood", -(weight * claim_known * pt.softplus(-2 * claim * log_odds)).sum())

        kind_scale = pm.HalfNormal("kind_scale", at["kind.effect"], dims="contrast")
        kind_raw = pm.Normal("kind_raw", 0, 1, dims=("level", "contrast"))
        kind_effect = pm.Deterministic("kind_effect", kind_raw * kind_scale, dims=("level", "contrast"))
        kind_claim = pm.Normal("kind_claim", 0, at["kind.claim"], dims="contrast")
        meaning_scale = pm.HalfNormal("meaning_scale", at["kind.claimed_operation"], dims="contrast")
        meaning_raw = pm.Normal("meaning_raw", 0, 1, dims=("operation", "contrast"))
        meaning = pm.Deterministic(
            "kind_claimed_operation", meaning_raw * meaning_scale, dims=("operation", "contrast")
        )
        moved = (
            rows.design @ kind_effect + (2 * claim[:, None] * rows.operation) @ meaning + claim[:, None] * kind_claim
        )
        moved = moved + when @ _path("kind", at, "kind", ("contrast",))
        score = _level("kind", moved, weight, at, ("contrast",)) @ CONTRAST.T
        both = kind_known & claim_known
        chosen = (score * _onehot(rows.kind, len(KINDS))).sum(-1)
        pm.Potential("kind_likelihood", (weight * both * (chosen - pt.logsumexp(score, axis=-1))).sum())

        _shares(rows, weight, when, at)
    return model


SCALES = (
    "base", "persistence_strength", "claim.effect", "claim.innovation", "claim.persistence", "kind.effect",
    "kind.claim", "kind.claimed_operation", "kind.innovation", "kind.persistence",
)  # fmt: skip


def _shares(rows: Rows, weight: Any, when: Array, at: dict[str, float]) -> None:
    """Add what is known without any fact: how often each kind attacks in a year, and how often it claims."""
    kind = _onehot(rows.kind, len(KINDS)) * (rows.kind >= 0)[:, None]
    path = _path("share", at, "kind", ("contrast",))
    count = when.T @ (weight[:, None] * kind)
    score = _level("share", path, count.sum(-1), at, ("contrast",)) @ CONTRAST.T
    pm.Potential("share_likelihood", (count * (score - pt.logsumexp(score, axis=-1, keepdims=True))).sum())
    share = pm.Beta("share_claimed", 1, 1, dims="kind")
    claims = [(weight[:, None] * kind * (rows.claim == c)[:, None]).sum(0) for c in (0, 1)]
    pm.Potential("share_claimed_likelihood", (claims[1] * pt.log(share) + claims[0] * pt.log1p(-share)).sum())


def _level(name: str, moved: Any, weight: Any, at: dict[str, float], dims: tuple[str, ...]) -> Any:
    """Return log-odds whose average over the weighted rows is a parameter: it depends on no effect, so it mixes fast.

    The long-run mean of a typical row, named ``base``, is what is left after the average of all that moves a row.
    """
    level = pm.Normal(f"{name}_level", 0, at["base"], dims=dims or None)
    average = (weight @ moved) / pt.maximum(weight.sum(), 1)
    base = pm.Deterministic(f"{name}_base", level - average, dims=dims or None)
    return moved + base


def _path(name: str, at: dict[str, float], of: str, dims: tuple[str, ...]) -> Any:
    """Return a damped random walk around zero, dims ``(year, *dims)``, stationary from its first year on."""
    model = pm.modelcontext(None)
    count = len(model.coords["year"])
    lag = np.subtract.outer(np.arange(count), np.arange(count))
    sure, mean = at["persistence_strength"], at[f"{of}.persistence"]
    persistence = pm.Beta(f"{name}_persistence", mean * sure, (1 - mean) * sure)
    innovation = pm.HalfNormal(f"{name}_innovation", at[f"{of}.innovation"], dims=dims or None)
    step = pm.Normal(f"{name}_step", 0, 1, dims=("year", *dims))
    left = pt.where(lag >= 0, persistence ** np.maximum(lag, 0), 0.0)
    first = pt.where((lag >= 0) & (np.arange(count) == 0), 1 / pt.sqrt(1 - persistence**2), 1.0)
    return pm.Deterministic(f"{name}_path", (left * first) @ (step * innovation), dims=("year", *dims))


def _onehot(index: Any, count: int) -> Array:
    return np.asarray(np.asarray(index)[:, None] == np.arange(count), dtype=np.float64)


def kept(tree: xr.DataTree, rows: Rows, weight: Array) -> xr.Dataset:
    """Return what prediction needs of a posterior; a level that no weighted row has says nothing."""
    posterior = tree["posterior"].to_dataset()[list(KEPT)]
    known = xr.DataArray(seen(rows, weight).astype(np.float64), dims="level")
    return posterior.assign(claim_effect=posterior.claim_effect * known, kind_effect=posterior.kind_effect * known)
