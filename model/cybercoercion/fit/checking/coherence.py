"""Is a network with a fit still a network? Rows sum to one, numbers are in range, the rest is prior."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from cybercoercion.fit.checking.finding import Finding, judged
from cybercoercion.knowledge import Fitted, Knowledge

EXACT = 1e-5  # fits are kept in single precision
PROBABILITIES = ("probability", "share")
POSITIVE = ("exponent", "1/yr", "USD", "USD/yr", "factor")


def coherence(fitted: Fitted, knowledge: Knowledge) -> Iterator[Finding]:
    """Yield whether rows are rows, numbers are in their range, and what was not fitted equals the prior."""
    odd = list(_odd_rows(fitted, knowledge))
    words = f"All {len(fitted.tables)} fitted tables hold rows between 0 and 1 that sum to one."
    if odd:
        words = "These fitted tables do not hold rows that sum to one: " + ", ".join(odd) + "."
    yield judged("coherence.rows", "fail" if odd else "pass", words, value=float(len(odd)), allowed="none")

    odd = list(_odd_numbers(fitted, knowledge))
    words = f"All {len(fitted.quantities)} fitted numbers lie where their unit allows."
    if odd:
        words = "These fitted numbers lie where their unit does not allow: " + ", ".join(odd) + "."
    yield judged("coherence.numbers", "fail" if odd else "pass", words, value=float(len(odd)), allowed="none")

    odd = list(_changed(fitted, knowledge))
    words = "Every table and number that the fit does not name is that of the priors, draw by draw."
    if odd:
        words = "These entries differ from the priors although the fit does not name them: " + ", ".join(odd) + "."
    yield judged("coherence.rest", "fail" if odd else "pass", words, value=float(len(odd)), allowed="none")


def _odd_rows(fitted: Fitted, knowledge: Knowledge) -> Iterator[str]:
    for name, rows in fitted.tables.items():
        shape = knowledge.tables[name.rpartition(":")[2]].value.shape
        known = rows[~np.isnan(rows)]
        untouched = np.isnan(rows).all(-2) | ~np.isnan(rows).any(-2)  # a row is learnt as a whole or not at all
        total = rows.sum(-2)
        wrong = np.abs(total[~np.isnan(total)] - 1) > EXACT
        outside = (known < 0) | (known > 1 + EXACT)
        if rows.shape[:-1] != shape or not untouched.all() or wrong.any() or outside.any():
            yield name


def _odd_numbers(fitted: Fitted, knowledge: Knowledge) -> Iterator[str]:
    for name, values in fitted.quantities.items():
        unit = knowledge.quantities[name.rpartition(":")[2]].unit
        probability = unit in PROBABILITIES and ((values < 0) | (values > 1)).any()
        sign = unit in POSITIVE and (values < 0).any()
        if probability or sign or not np.isfinite(values).all():
            yield name


def _changed(fitted: Fitted, knowledge: Knowledge) -> Iterator[str]:
    bare = replace(knowledge, fitted=None, _memory={})
    told = replace(knowledge, fitted=fitted, _memory={})
    for name, table in knowledge.tables.items():
        if name in fitted.tables or table.exponent in fitted.quantities:
            continue
        if not np.array_equal(bare.table(name), told.table(name)):
            yield name
    for name in knowledge.quantities:
        if name not in fitted.quantities and not np.array_equal(bare.quantity(name), told.quantity(name)):
            yield name
