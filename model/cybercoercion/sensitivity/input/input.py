"""One named number that the decision hangs on: its value now, its own uncertainty, and the answer at any value."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.sensitivity.changing import Answer
from cybercoercion.sensitivity.input.spread import Spread

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Input:
    """A named input of one assessment in one view.

    ``now`` is the value at which it enters expected costs, the exact mean; ``low`` and ``high`` are 5 and 95 % of its
    own uncertainty, which ``below`` (P(input < value)) and ``quantile`` hold in full, and ``draws``, dims ``(draw,)``,
    as they stand in the answer (those of a probability are weighted as the belief weights them). ``linear`` says that
    the expected cost of every plan is linear in it, between ``least`` and ``most``, its natural bounds. ``ask`` returns
    the answer of the full engine with the input at a point and all others as they were. Where the input is not linear,
    the answer at ``now`` is not the answer as it stands: its uncertainty itself moves expected costs.
    """

    name: str
    label: str
    group: str
    unit: str
    now: float
    low: float
    high: float
    linear: bool
    moves_belief: bool
    below: Callable[[float], float]
    quantile: Callable[[float], float]
    ask: Callable[[float], Answer]
    draws: Array | None
    least: float = -math.inf
    most: float = math.inf

    @property
    def certain(self) -> bool:
        """Whether it is taken as a point: it has no uncertainty of its own."""
        return not self.low < self.high


# between which values a number of a unit can lie; effects have a sign, all else that is left out has none
SHARES = ("share", "probability", "share of trade", "exponent")
SIGNED = ("nats", "1")


def bounds(unit: str) -> tuple[float, float]:
    """Return the natural bounds of a unit.

    >>> bounds("share"), bounds("USD"), bounds("nats")
    ((0.0, 1.0), (0.0, inf), (-inf, inf))
    """
    if unit in SHARES:
        return 0.0, 1.0
    return (-math.inf if unit in SIGNED else 0.0), math.inf


def made(
    name: str,
    spread: Spread,
    ask: Callable[[float], Answer],
    *,
    label: str,
    group: str,
    unit: str,
    linear: bool,
    moves_belief: bool = False,
    ends: tuple[float, float] | None = None,
) -> Input:
    """Return an input with the uncertainty of a spread; ``ends`` are its natural bounds if not those of its unit."""
    low, high = spread.band
    least, most = ends if ends is not None else bounds(unit)
    return Input(
        name=name,
        label=label,
        group=group,
        unit=unit,
        now=spread.now,
        low=low,
        high=high,
        linear=linear,
        moves_belief=moves_belief,
        below=spread.below,
        quantile=spread.quantile,
        ask=ask,
        draws=spread.draws,
        least=least,
        most=most,
    )
