"""Where the first choice loses, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cybercoercion.report.input_names import input_words
from cybercoercion.report.names import option_words
from cybercoercion.report.units import in_unit
from cybercoercion.report.words import capital, joined, money, percent

if TYPE_CHECKING:
    from cybercoercion.case import Case
    from cybercoercion.sensitivity.robust.box import Box, Limit


def box_words(found: Box, case: Case) -> str:
    """Return in which box of inputs the pick loses and what it holds, or why there is none."""
    pick, least = option_words(case, found.pick), money(found.delta, words=True)
    if found.told is None or not found.limits:
        return f"{capital(pick)} loses by more than {least} in {percent(found.often)} of input readings; {found.why}."
    where = joined([limit_words(limit) for limit in found.limits])
    return (
        f"If {where}, {pick} loses by more than {least} in {percent(found.told.density)} of readings (covers "
        f"{percent(found.told.coverage)} of the losses; {percent(found.told.mass)} of all readings lie there; over "
        f"all, it loses in {percent(found.often)})."
    )


def limit_words(limit: Limit) -> str:
    """Return between which ends an input lies.

    >>> from cybercoercion.sensitivity.robust.box import Limit
    >>> limit_words(Limit(name="cost.urgent", label="cost: urgent", unit="USD", low=2e6, high=np.inf))
    'own cost of urgent mitigation is above 2 M USD'
    """
    name = input_words(limit.label)
    low, high = (f"{in_unit(end, limit.unit)}{' USD' if limit.unit == 'USD' else ''}" if np.isfinite(end) else ""
                 for end in (limit.low, limit.high))  # fmt: skip
    if low and high:
        return f"{name} is between {low.removesuffix(' USD')} and {high}"
    return f"{name} is above {low}" if low else f"{name} is below {high}"
