"""From fitted draws to the network's tables and exponents; no sampler needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.episode.layout import EXPONENTS, Layout
from cybercoercion.knowledge import Fitted, Knowledge

Array = NDArray[np.float64]


def tables(layout: Layout, learnt: NDArray[np.bool_], offset: Array, spread: Array | None = None) -> dict[str, Array]:
    """Return the rows before flattening, dims ``(*given, state, draw)``; rows that no episode asks for are NaN.

    ``offset`` has dims ``(learnt entry, draw)``, standard normal under the prior; ``spread`` is the layout's own, or
    another for each learnt entry.

    Tables of which no row is learnt are left out.
    """
    moved = np.full((layout.size, offset.shape[-1]), np.nan)
    moved[learnt] = offset * (layout.spread[learnt] if spread is None else spread)[:, None]
    out = {}
    for name, places in layout.entries.items():
        if not learnt[places].any():
            continue
        scores = layout.log_row[places][..., None] + moved[places]
        powers = np.exp(scores)
        out[name] = powers / powers.sum(-2, keepdims=True)
    return out


def quantities(exponent: Array) -> dict[str, Array]:
    """Return the exponents by name, dims ``(draw,)``; ``exponent`` has dims ``(exponent, draw)``."""
    return dict(zip(EXPONENTS, exponent, strict=True))


def draws_of(
    posterior: Mapping[str, Array], layout: Layout, learnt: NDArray[np.bool_]
) -> tuple[dict[str, Array], dict[str, Array]]:
    """Return tables and quantities of a posterior whose draws are stacked, ``offset`` and ``exponent``."""
    return tables(layout, learnt, posterior["offset"]), quantities(posterior["exponent"])


def with_draws(
    knowledge: Knowledge, layout: Layout, learnt: NDArray[np.bool_], posterior: Mapping[str, Array]
) -> Knowledge:
    """Return the knowledge with the draws of a posterior in the place of its own, as many as the posterior has."""
    rows, numbers = draws_of(posterior, layout, learnt)
    names = (*rows, *numbers)
    fitted = Fitted(digest="", tables=rows, quantities=numbers, part_of=dict.fromkeys(names, "episode"))
    return replace(knowledge, fitted=fitted, size=posterior["exponent"].shape[-1], _memory={})
