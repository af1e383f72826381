"""One row of the ranking: a response, or one of its variants, against nothing new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """The military tail, kept apart: added probability, its cost at the capped loss, the loss that flips the row."""

    p_added: float
    cost_at_cap: float
    flips_at: float | None  # USD; None where the row does not pay, or adds no probability


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Option:
    """A response at one variant against one candidate; money in USD present value, intervals 5-95 %.

    ``delta`` is the expected difference to nothing new, with ``low`` and ``high`` over readings of the inputs. ``gap``
    is the difference to the next row (None in the last), ``gap_mcse`` its Monte Carlo error. ``p_best`` counts input
    readings, ``cheapest_in_futures`` drawn futures; both are over the rows and nothing new. ``p_star`` is the
    probability that the accused did it above which the row pays: 0 where it pays even against the innocent, None
    where it does not pay even against the guilty.
    """

    response: str
    variant: str
    against: str | None
    expected_cost: float
    cost_low: float
    cost_high: float
    delta: float
    low: float
    high: float
    p_better: float
    terms: Mapping[str, float]
    on_top: float
    gap: float | None
    gap_mcse: float | None
    p_best: float
    cheapest_in_futures: float
    regret: float
    cvar90: float
    p_star: float | None
    tail: Tail
    p_now: float | None = None  # that the accused did it
    difference_draws: Array = field(repr=False)
    future_draws: Array = field(repr=False)

    def row(self) -> dict[str, object]:
        """Return the fields of the published contract, ready for JSON."""
        out: dict[str, object] = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in _BESIDE}
        out["terms"] = dict(self.terms)
        out["tail"] = {one.name: getattr(self.tail, one.name) for one in fields(Tail)}
        return out


_BESIDE = ("p_now", "difference_draws", "future_draws")
