"""A smooth function of one input as Chebyshev polynomials, fitted until they agree with it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
ORDERS = (4, 7, 10, 14, 20, 30, 45, 70, 110)  # that are tried, one after the other


def chebyshev(values: Array, ends: tuple[float, float], order: int) -> Array:
    """Return Chebyshev polynomials 0 to ``order`` of values scaled from ``ends`` to (-1, 1), dims ``(..., order + 1)``.

    >>> chebyshev(np.array([0.0, 2.0]), (0.0, 2.0), 2).tolist()
    [[1.0, -1.0, 1.0], [1.0, 1.0, 1.0]]
    """
    low, high = ends
    scaled = np.zeros_like(values) if high == low else (2 * np.asarray(values) - low - high) / (high - low)
    return np.asarray(np.polynomial.chebyshev.chebvander(scaled, order))


def nodes(ends: tuple[float, float], order: int) -> Array:
    """Return the ``order + 1`` points at which a polynomial is fitted, from low to high."""
    low, high = ends
    angle = np.pi * (2 * np.arange(order + 1) + 1) / (2 * (order + 1))
    return np.asarray((low + high) / 2 - (high - low) / 2 * np.cos(angle))


def fitted(function: Callable[[float], Array], ends: tuple[float, float], order: int) -> Array:
    """Return the Chebyshev coefficients of a function on an interval, dims ``(order + 1, ...)``."""
    at = nodes(ends, order)
    values = np.array([function(float(one)) for one in at])
    weights = 2 / (order + 1) * chebyshev(at, ends, order).T
    weights[0] /= 2
    return np.asarray(np.tensordot(weights, values, 1))


def enough(function: Callable[[float], Array], ends: tuple[float, float]) -> int:
    """Return the order of polynomial that agrees with a function, dims ``(row, ...)``, to 1e-11 of each row's size.

    Raises
    ------
    ValueError
        When no order does: the function is not smooth.

    >>> enough(lambda x: np.array([x**3, 0 * x]), (0.0, 2.0))
    4
    """
    low, high = ends
    held_out = low + (high - low) * np.array([0.0313, 0.4567, 0.9871])
    true = np.array([function(float(at)) for at in held_out])
    size = np.moveaxis(np.abs(true), 1, 0).reshape(true.shape[1], -1).max(-1)
    for order in ORDERS:
        guess = np.tensordot(chebyshev(held_out, ends, order), fitted(function, ends, order), 1)
        off = np.moveaxis(np.abs(guess - true), 1, 0).reshape(len(size), -1).max(-1)
        if (off <= 1e-11 * size).all():
            return order
    raise ValueError(f"costs are not smooth in this input from {low:g} to {high:g}")
