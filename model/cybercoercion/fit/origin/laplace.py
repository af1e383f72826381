"""Kind of actor from facts as a normal approximation around the mode: a fit in a tenth of a second, for many refits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cybercoercion.fit.origin.design import CONTRAST, CONTRASTS, Array, Index, Rows
from cybercoercion.knowledge import Knowledge

DRAWS, STEPS, CLOSE, SEED = 200, 50, 1e-6, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The mode of p(parameters | rows) and its spread.

    Attributes
    ----------
    mode : Array, dims ``(column, contrast)``; nats: columns are the long-run mean, the levels, then steps by year
    root : Array; lower triangle whose square is the precision of the flattened mode
    years : first and last year that have steps, or nothing if the intercept does not move
    persistence, innovation : of the damped random walk

    """

    mode: Array
    root: Array
    years: tuple[int, int] | None
    persistence: float
    innovation: float

    def score(self, rows: Rows) -> Array:
        """Return the log-odds at the mode, dims ``(row, contrast)``, in nats."""
        return _columns(rows, self.years, self.persistence) @ self.mode

    def probabilities(self, rows: Rows) -> Array:
        """Return p(kind | facts, year) averaged over draws, dims ``(row, kind)``."""
        rng = np.random.default_rng(SEED)
        noise = np.linalg.solve(self.root.T, rng.normal(size=(self.mode.size, DRAWS)))
        draws = self.mode[..., None] + noise.reshape(*self.mode.shape, DRAWS)
        score = np.tensordot(_columns(rows, self.years, self.persistence), draws, axes=1)
        if self.years is not None:
            ahead = np.maximum(rows.year - self.years[1], 0)
            walk = [np.zeros((len(CONTRASTS), DRAWS))]
            for _ in range(int(ahead.max())):
                walk.append(self.persistence * walk[-1] + self.innovation * rng.normal(size=walk[0].shape))
            score = score + np.array(walk)[ahead]
        return np.asarray(softmax(np.einsum("kc,ncs->nsk", CONTRAST, score)).mean(1))


def fit_kinds(rows: Rows, knowledge: Knowledge, *, moving: bool) -> Fit:
    """Find the mode of the effects of facts and, if ``moving``, of a damped random walk of the intercept by year."""
    at = {
        name: knowledge.quantities[f"learning.origin.{name}"].value
        for name in ("base", "kind.effect", "kind.innovation", "kind.persistence")
    }
    rho = at["kind.persistence"]
    years = (int(rows.year.min()), int(rows.year.max())) if moving else None
    columns = _columns(rows, years, rho)
    spread = np.full(columns.shape[1], at["kind.innovation"])
    spread[0], spread[1 : 1 + len(rows.levels)] = at["base"], at["kind.effect"]
    precision = np.repeat(spread**-2, len(CONTRASTS))
    mode, root = _newton(columns, rows.kind, precision)
    return Fit(mode=mode, root=root, years=years, persistence=rho, innovation=at["kind.innovation"])


def softmax(score: Array) -> Array:
    """Return probabilities over the last axis."""
    weight = np.exp(score - score.max(-1, keepdims=True))
    return np.asarray(weight / weight.sum(-1, keepdims=True))


def _columns(rows: Rows, years: tuple[int, int] | None, persistence: float) -> Array:
    """Return a constant, the levels and, for each year, what is left of its step in the year of the row."""
    constant = np.ones((len(rows), 1))
    if years is None:
        return np.hstack([constant, rows.design])
    first, last = years
    passed = np.subtract.outer(np.maximum(rows.year, first), np.arange(first, last + 1))
    left = np.where(passed >= 0, persistence ** np.maximum(passed, 0), 0.0)
    left[:, 0] /= np.sqrt(1 - persistence**2)  # stationary from the first year on
    return np.hstack([constant, rows.design, left])


def _newton(columns: Array, kind: Index, precision: Array) -> tuple[Array, Array]:
    """Return mode and root of the precision of a multinomial logit with independent normal priors."""
    wide, deep = columns.shape[1], len(CONTRASTS)
    mode, rows = np.zeros((wide, deep)), np.arange(len(kind))

    def objective(mode: Array) -> float:
        score = columns @ mode @ CONTRAST.T
        top = score.max(-1)
        loss = top + np.log(np.exp(score - top[:, None]).sum(-1)) - score[rows, kind]
        return float(loss.sum() + (precision * mode.ravel() ** 2).sum() / 2)

    value, root = objective(mode), np.eye(wide * deep)
    for _ in range(STEPS):
        p = softmax(columns @ mode @ CONTRAST.T)
        slope = columns.T @ ((p @ CONTRAST) - CONTRAST[kind]) + precision.reshape(wide, deep) * mode
        centred = np.einsum("kc,nk,kd->ncd", CONTRAST, p, CONTRAST) - np.einsum(
            "nc,nd->ncd", p @ CONTRAST, p @ CONTRAST
        )
        curve = np.empty((wide, deep, wide, deep))
        for c in range(deep):
            for e in range(deep):
                curve[:, c, :, e] = columns.T @ (columns * centred[:, c, e, None])
        root = np.linalg.cholesky(curve.reshape(wide * deep, -1) + np.diag(precision))
        step = np.linalg.solve(root.T, np.linalg.solve(root, slope.ravel())).reshape(wide, deep)
        size = 1.0
        while size > CLOSE and objective(mode - size * step) > value:
            size /= 2
        mode = mode - size * step
        before, value = value, objective(mode)
        if before - value < CLOSE:
            break
    return mode, root
