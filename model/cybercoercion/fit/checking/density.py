"""How probable each draw was under its prior: log-densities of tables and quantities, up to a constant.

Each is taken on the scale on which the entry is uncertain (offsets in nats of a softmax row, log-odds of a share, logs
of a positive number), so that a power of it changes how sure the prior is and not where it lies.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.episode.layout import lay_out
from cybercoercion.knowledge import Knowledge, Quantity, Table

Array = NDArray[np.float64]
TINY = 1e-300


def of_table(name: str, knowledge: Knowledge) -> Array:
    """Return the log-density of the rows of a table, dims ``(draw,)``.

    A softmax row with normal offsets of standard deviations ``s_k``: offsets are known up to a shift c of the row,
    ``-1/2 min_c sum_k (o_k - c)^2 / s_k^2``. A Dirichlet row worth n cases: ``sum_k n m_k log p_k``. Rows that a fit
    has learnt from coded episodes have the normal offsets that the fit gave them.
    """
    if learnt_elsewhere(name, knowledge):
        return np.zeros(knowledge.size)
    table = knowledge.tables[name]
    log_row = np.log(np.maximum(knowledge.table(name), TINY))
    if table.exponent is not None:
        log_row = log_row / knowledge.quantity(table.exponent)  # flattened rows, up to the shift
    log_row = log_row - np.log(np.exp(log_row).sum(-2, keepdims=True))
    normal = _normal(table, knowledge)
    total = np.zeros(log_row.shape[-1])
    if not normal.all() and table.strength is not None:
        weight = table.strength * table.floored()[~normal]
        total += (weight[..., None] * log_row[~normal]).sum((0, 1))
    layout = lay_out(knowledge, (name,))
    spread = layout.spread[layout.entries[name]][normal]
    if normal.any() and (spread > 0).all():
        total += normal_rows(log_row[normal] - np.log(table.floored()[normal])[..., None], spread[..., None])
    return total


def _normal(table: Table, knowledge: Knowledge) -> NDArray[np.bool_]:
    """Return which rows have normal offsets, dims ``(*given,)``: all of a softmax table, of another those learnt."""
    shape = table.value.shape[:-1]
    if table.strength is None:
        return np.ones(shape, dtype=bool)
    if knowledge.fitted is None or table.name not in knowledge.fitted.tables:
        return np.zeros(shape, dtype=bool)
    return ~np.isnan(knowledge.fitted.tables[table.name]).any((-2, -1))


def normal_rows(offset: Array, spread: Array) -> Array:
    """Return the log-density of normal offsets that are known up to a shift of each row, dims ``(draw,)``.

    ``offset`` has dims ``(..., state, draw)``.

    >>> normal_rows(np.array([[1.0], [3.0]]), np.ones((2, 1))).tolist()  # -(1 + 1) / 2 around the shift 2
    [-1.0]
    """
    precision = 1 / spread**2
    shift = (offset * precision).sum(-2, keepdims=True) / precision.sum(-2, keepdims=True)
    square = (offset - shift) ** 2 * precision
    return np.asarray(-square.reshape(-1, square.shape[-1]).sum(0) / 2)


def of_quantity(name: str, knowledge: Knowledge) -> Array:
    """Return the log-density of a quantity, dims ``(draw,)``: normal on its scale, beta on the log-odds.

    A uniform or fixed quantity has no density that a power could change.
    """
    if learnt_elsewhere(name, knowledge):
        return np.zeros(knowledge.size)
    return log_density(knowledge.quantities[name], knowledge.quantity(name))


def learnt_elsewhere(name: str, knowledge: Knowledge) -> bool:
    """Return whether an entry was learnt by a part whose parameters have priors of their own."""
    return knowledge.fitted is not None and knowledge.fitted.part_of.get(name, "episode") != "episode"


def log_density(entry: Quantity, x: Array) -> Array:
    """Return the log-density of values of a quantity on its own scale, dims as given."""
    belief = entry.distribution
    if belief.family == "beta":
        p = np.clip(x, TINY, 1 - 1e-16)
        return np.asarray(belief.a * np.log(p) + belief.b * np.log1p(-p))
    if belief.family in ("point", "uniform") or not belief.b > 0:
        return np.zeros(x.shape)
    if belief.family == "normal":
        scaled = x
    elif belief.family == "log-normal":
        scaled = np.log(np.maximum(x, TINY))
    else:
        p = np.clip(x, 1e-12, 1 - 1e-12)
        scaled = np.log(p) - np.log1p(-p)
    return np.asarray(-(((scaled - belief.a) / belief.b) ** 2) / 2)


def together(names: Mapping[str, str], knowledge: Knowledge) -> Array:
    """Return the sum over entries, ``name -> "table" or "quantity"``; entries of one stream count once."""
    total = np.zeros(knowledge.size)
    streams: set[str] = set()
    for name, form in names.items():
        if form == "table":
            total += of_table(name, knowledge)
        elif (stream := knowledge.quantities[name].stream) not in streams:
            streams.add(stream)
            total += of_quantity(name, knowledge)
    return total
