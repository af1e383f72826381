"""What is expected given the value of an input: a weighted cubic regression spline over the draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
KNOTS = (0.05, 0.275, 0.5, 0.725, 0.95)  # Harrell's places for five knots, as quantiles of the input


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spline:
    """E[y | x] for several series at once: natural cubic in x, linear beyond the outer knots.

    ``least squares of sum_s w_s (y_s - b(x_s) beta)^2``. ``knots`` has dims ``(knot,)``, ``beta`` ``(basis, series)``,
    ``residuals`` ``(series, draw)``.
    """

    knots: Array
    beta: Array
    residuals: Array
    _design: Array
    _inverse: Array
    _weights: Array

    def at(self, x: Array) -> Array:
        """Return what is expected at some values, dims ``(value, series)``."""
        return np.asarray(basis(np.asarray(x, dtype=float), self.knots) @ self.beta)

    def error(self, x: Array, residuals: Array) -> Array:
        """Return the standard error of what is expected, for a series with these residuals, dims ``(value,)``.

        Right where the spread changes with x (sandwich): ``b' A^-1 B' diag(w^2 r^2) B A^-1 b``, ``A = B' diag(w) B``.
        """
        spread = self._design * (self._weights * residuals)[:, None]
        across = basis(np.asarray(x, dtype=float), self.knots) @ self._inverse @ spread.T
        return np.asarray(np.sqrt((across**2).sum(-1)))


def spline(x: Array, series: Array, weights: Array) -> Spline | None:
    """Return the spline of some series, dims ``(series, draw)``, over an input; None where the input does not vary.

    >>> x = np.linspace(0.0, 1.0, 50)
    >>> line = spline(x, np.stack([2 * x + 1]), np.full(50, 1 / 50))
    >>> line.at(np.array([0.5])).round(6).tolist()
    [[2.0]]
    """
    heavy = weights > 0
    values, mass = x[heavy], weights[heavy] / weights.sum()
    order = np.argsort(values, kind="stable")
    at = np.minimum(np.searchsorted(np.cumsum(mass[order]), KNOTS), len(order) - 1)
    knots = np.unique(values[order][at])
    if len(knots) < 2 or np.ptp(values) <= 1e-12 * np.abs(values).max():
        return None
    design = basis(values, knots)
    inverse = np.linalg.pinv(design.T @ (design * mass[:, None]), hermitian=True)
    y = series[:, heavy]
    beta = inverse @ (design.T @ (mass * y).T)
    return Spline(
        knots=knots,
        beta=beta,
        residuals=y - (design @ beta).T,
        _design=design,
        _inverse=inverse,
        _weights=mass,
    )


def basis(x: Array, knots: Array) -> Array:
    """Return the natural cubic basis: one, x, and for all knots but two a cubic that ends linear; ``(value, basis)``.

    ``d_j - d_(K-1)``, ``d_j(x) = [(x - k_j)+^3 - (x - k_K)+^3] / (k_K - k_j)``, x scaled to the outer knots.
    """
    low, high = knots[0], knots[-1]
    z, k = (x - low) / (high - low), (knots - low) / (high - low)
    cubes = (z[:, None] - k).clip(0) ** 3
    bent = (cubes[:, :-1] - cubes[:, -1:]) / (k[-1] - k[:-1])
    return np.concatenate([np.ones((len(z), 1)), z[:, None], bent[:, :-1] - bent[:, -1:]], axis=1)
