"""The PyMC model of the kind-intent-signalling layer: the network of the exact engine, with its tables learnt.

``p(e, i) = p(i | frame) sum_k p(k | i) sum_s p(s | i, k) sum_o p(o | i, k) ... prod_f sum_x p(x | parents) L_f(x)``.
Target: ``alpha sum_n w_n sum_i y_ni [log p(i | e_n) + lambda log p(e_n | i)]``, the first of which is what is scored.
A set label counts ``log sum`` over its members; the kind of actor counts ``kappa sum_k y_nk log p(k | e_n)``.
An episode of one coder counts less than one, alpha: a thousand entries follow twenty soft labels too readily.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pymc as pm
import pytensor.tensor as pt

from cybercoercion.fit.episode.design import Design, padded
from cybercoercion.fit.episode.layout import EXPONENTS
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import INTENTS, KINDS, OBJECTIVES, SIGNALLING, STANDING

WEIGHTS = ("episode_weight", "joint_weight", "kind_weight")


def build(data: Design, knowledge: Knowledge) -> pm.Model:
    """Return the model; ``pm.Data("weight")`` says how much each episode counts, dims ``(episode,)``.

    Parameters: ``offset`` (learnt entry), standard normal, and ``exponent``. Also data: ``episode_weight`` alpha,
    ``joint_weight`` lambda, ``kind_weight`` kappa, ``spread`` (learnt entry): 0 holds a table at its prior.
    """
    prior = {name: knowledge.quantities[f"learning.episode.{name}"].value for name in WEIGHTS}
    scale = [knowledge.quantities[name].distribution for name in EXPONENTS]
    coords = {"episode": list(data.ids), "learnt": np.flatnonzero(data.learnt), "exponents": list(EXPONENTS)}
    with pm.Model(coords=coords) as model:
        weight = pm.Data("weight", np.ones(data.episodes), dims="episode")
        episode_weight, joint_weight, kind_weight = (pm.Data(name, prior[name]) for name in WEIGHTS)
        spread = pm.Data("spread", data.layout.spread[data.learnt], dims="learnt")
        offset = pm.Normal("offset", 0, 1, dims="learnt")
        exponent = pm.LogNormal("exponent", [one.a for one in scale], [one.b for one in scale], dims="exponents")
        log_theta = log_rows(data, spread * offset, exponent)
        joint, by_kind = log_joint(data, log_theta)
        given = joint - pt.logsumexp(joint, axis=1, keepdims=True)
        told = joint - log_theta[data.prior.ravel() - 1].reshape((data.episodes, len(INTENTS)))
        of_kind = pt.log(by_kind / by_kind.sum(axis=1, keepdims=True))
        target = (
            (data.label * (given + joint_weight * told)).sum(axis=1)
            + pt.log((data.members * pt.exp(given)).sum(axis=1))
            + kind_weight * (data.kind_label * of_kind).sum(axis=1)
        )
        pm.Potential("target", episode_weight * (weight * target).sum())
    return model


def log_rows(data: Design, offset: Any, exponent: Any) -> Any:
    """Return ``log theta*`` of all entries, dims ``(entry,)``: ``w (log prior + offset)`` normalised within rows."""
    layout = data.layout
    place = np.where(data.learnt, np.cumsum(data.learnt), 0)
    moved = pt.concatenate([np.zeros(1), offset])[place]
    power = pt.concatenate([exponent, np.ones(1)])[layout.exponent] * layout.held
    scores = power * (layout.log_row + moved)
    states = padded([tuple(1 + np.flatnonzero(layout.row == row)) for row in range(layout.rows)])  # (row, state)
    powers = pt.concatenate([np.zeros(1), pt.exp(scores)])
    return scores - pt.log(powers[states.ravel()].reshape(states.shape).sum(axis=1))[layout.row]


def log_joint(data: Design, log_theta: Any) -> tuple[Any, Any]:
    """Return log p(e, intent), dims ``(episode, intent)``, and p(e, kind), dims ``(episode, kind)``."""
    n, entries = data.episodes, data.layout.entries
    theta = pt.exp(log_theta)
    said = (theta[data.entry.ravel()].reshape(data.entry.shape) * data.likelihood).sum(axis=1)
    atoms = pt.concatenate([np.zeros(1), log_theta, pt.log(said)])

    def total(index: Any) -> Any:
        return atoms[index.ravel()].reshape(index.shape).sum(axis=1)

    kinds = np.arange(len(KINDS))
    own = np.repeat(np.eye(len(KINDS)), len(SIGNALLING), 0)  # ((kind, signalling), kind)
    # p(signalling | intent, kind) as a matrix ((kind, signalling), (intent, kind)), zero off the own kind
    places = np.array([entries["signalling"][:, :, s] for _ in kinds for s in range(len(SIGNALLING))])
    voiced = theta[places.ravel()].reshape((len(places), len(INTENTS) * len(KINDS))) * np.tile(own, len(INTENTS))
    heard = pt.exp(total(data.voice)).reshape((n * len(STANDING), len(places)))
    aims = theta[np.moveaxis(entries["objective"], 2, 0).ravel()].reshape((len(OBJECTIVES), -1))
    aims = aims * theta[entries["kind"].ravel()]  # (objective, (intent, kind))
    done = pt.exp(total(data.technique)).reshape((n, len(OBJECTIVES))) * data.constant
    table = pt.dot(heard, voiced) * pt.dot(done, aims)[np.repeat(np.arange(n), len(STANDING))]
    cells = table.ravel()[data.at.ravel()] * pt.exp(total(data.tail))[data.product.ravel()] * data.weight.ravel()
    by_kind = pt.dot(cells.reshape(data.weight.shape), data.kind_of)  # ((episode, intent), kind)
    base = total(data.base)
    gather = np.kron(np.eye(n), np.ones(len(INTENTS)))  # (episode, (episode, intent))
    joint = (pt.log(by_kind.sum(axis=1)) + base).reshape((n, len(INTENTS)))
    return joint, pt.dot(gather, by_kind * pt.exp(base)[:, None])
