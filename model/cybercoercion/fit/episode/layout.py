"""The tables that coded episodes can inform, laid out as one flat vector of entries.

Row r of a table is ``theta*_r ~ exp(w (log prior_r + sd z))``, renormalised: a softmax with normal offsets z around the
logarithm of the prior row, flattened by the exponent w of its table. That is the exact engine's own form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import polygamma

from cybercoercion.knowledge import Knowledge, Table

Array = NDArray[np.float64]
Index = NDArray[np.intp]
BASE = ("intent", "kind", "signalling", "objective", "demanded", "dispute")
VOICED = ("threat", "conditional_wording", "deadline", "publicity", "claim", "demand_statement")
AIMED = ("leak", "ransomware", "access", "after_refusal", "target_fit", "demand_content", "content_of_demand")
ABOUT = ("trigger", "rhetoric", "with_military", "with_economic", "with_information")
DONE = ("disruption", "destruction", "theft")
TABLES = (*BASE, *VOICED, *AIMED, *ABOUT, *(f"{name}_elsewhere" for name in ABOUT), "denial", *DONE)
EXPONENTS = ("exponent.signalling", "exponent.fact", "exponent.kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where each entry of each table stands; all arrays but ``entries`` have dims ``(entry,)``.

    ``entries`` maps a table to the places of its entries, dims ``(*given, state)``.
    """

    entries: Mapping[str, Index]
    log_row: Array  # logarithm of the floored prior row
    spread: Array  # standard deviation of the offsets, nats
    row: Index  # number of the row
    exponent: Index  # number in EXPONENTS, or their count: a held one
    held: Array  # the held exponent

    @property
    def size(self) -> int:
        """Return the number of entries."""
        return len(self.log_row)

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return int(self.row.max()) + 1


def spread_of(table: Table, cap: float) -> Array:
    """Return the standard deviation of the offsets of each entry, dims ``(*given, state)``, in nats.

    The table's own ``sd``; for a Dirichlet row of strength s that of a log-gamma, ``sqrt(trigamma(s p))``, capped: a
    normal offset has an upper tail that a rare entry of a Dirichlet has not. The prior row is then the median, and
    rare entries are somewhat commoner on average.
    """
    if table.strength is None:
        return np.full(table.value.shape, table.sd or 0.0)
    return np.asarray(np.minimum(np.sqrt(polygamma(1, table.strength * table.floored())), cap))


def lay_out(knowledge: Knowledge, names: tuple[str, ...] = TABLES) -> Layout:
    """Return the layout of these tables, with the prior rows of a knowledge that is not fitted."""
    caps = {name: knowledge.quantities[f"learning.episode.{name}_spread"].value for name in ("intent", "kind")}
    entries: dict[str, Index] = {}
    logs, spreads, rows, exponents, held = [], [], [], [], []
    size = count = 0
    for name in names:
        table = knowledge.tables[name]
        shape = table.value.shape
        entries[name] = np.arange(size, size + table.value.size, dtype=np.intp).reshape(shape)
        size += table.value.size
        logs.append(np.log(table.floored()).ravel())
        spreads.append(spread_of(table, caps.get(name, np.inf)).ravel())
        per_row = table.value.size // shape[-1]
        rows.append(count + np.repeat(np.arange(per_row), shape[-1]))
        count += per_row
        learnt = table.exponent in EXPONENTS
        number = EXPONENTS.index(str(table.exponent)) if learnt else len(EXPONENTS)
        exponents.append(np.full(table.value.size, number))
        fixed = 1.0 if learnt or table.exponent is None else knowledge.quantities[table.exponent].value
        held.append(np.full(table.value.size, fixed))
    return Layout(
        entries=entries,
        log_row=np.concatenate(logs),
        spread=np.concatenate(spreads),
        row=np.concatenate(rows).astype(np.intp),
        exponent=np.concatenate(exponents).astype(np.intp),
        held=np.concatenate(held),
    )
