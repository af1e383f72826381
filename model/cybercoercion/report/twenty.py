"""One denominator for the eye: twenty equally likely things, counted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.summary import weighted_quantiles
from cybercoercion.report.words import percent

Array = NDArray[np.float64]
TWENTY = 20


def shapes_of(values: Array, share: Array) -> tuple[float, ...]:
    """Return the twenty quantiles of weighted draws that stand for equally likely cases, the least first.

    ``q_k = F^-1((k + 1/2) / 20)``, k = 0 .. 19; in the unit of the values, dims ``(draw,)``.

    >>> shapes_of(np.arange(20.0), np.full(20, 0.05))[:3]
    (0.0, 1.0, 2.0)
    """
    places = tuple((k + 0.5) / TWENTY for k in range(TWENTY))
    return tuple(weighted_quantiles(values, share, places).tolist())


def dots_of(shares: Sequence[float]) -> tuple[int, ...]:
    """Return how many of twenty dots each share gets, by largest remainder: together always twenty.

    >>> dots_of([0.64, 0.16, 0.05, 0.15])
    (13, 3, 1, 3)
    >>> dots_of([0.51, 0.49, 0.0])
    (10, 10, 0)
    """
    exact = np.asarray(shares) / sum(shares) * TWENTY
    out = np.floor(exact + 1e-9).astype(int)
    remainder = exact - out
    for place in np.argsort(-remainder, kind="stable")[: TWENTY - int(out.sum())]:
        out[place] += 1
    return tuple(out.tolist())


def count_words(dots: int) -> str:
    """Return how many of twenty.

    >>> count_words(5), count_words(0)
    ('5 of 20', 'fewer than 1 in 20')
    """
    return f"{dots} of {TWENTY}" if dots else f"fewer than 1 in {TWENTY}"


def counted(dots: int, share: float) -> str:
    """Return how many of twenty, with per cent beside.

    >>> counted(13, 0.64)
    '13 of 20 (64 %)'
    """
    return f"{count_words(dots)} ({percent(share)})"
