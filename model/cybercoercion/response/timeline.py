"""Time: discount and the windows of the levers, averaged exactly over cells, once per knowledge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.knowledge import Knowledge

Array = NDArray[np.float64]

# Quarters for two years, then half-years to five: finer cells change no cost by as much as its Monte Carlo error.
EDGES = np.array([*np.arange(0.0, 2.0, 0.25), *np.arange(2.0, 5.5, 0.5)])
SHORT, LONG = 8, 14  # cells within 24 months and within 5 years


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """Cell by cell, dims ``(cell, draw)``: discount, in years; windows and closed gaps, as shares."""

    discount: Array
    windows: dict[str, Array]
    urgent: Array  # gap closed by urgent mitigation
    operator: Array  # gap closed by a programme

    def years(self, cells: int) -> Array:
        """Return the discounted years ``A_T = (1 - delta^T) / (-ln delta)``, dims ``(draw,)``."""
        return np.asarray(self.discount[:cells].sum(0))


def timeline(knowledge: Knowledge) -> Timeline:
    """Return the timeline of a knowledge.

    >>> from cybercoercion.knowledge import load_knowledge
    >>> knowledge = load_knowledge().at_values()
    >>> years = timeline(knowledge).years(SHORT)[0]
    >>> abs(years - (1 - 0.95**2) / -np.log(0.95)) < 1e-12
    np.True_
    """
    return knowledge.remember("response.timeline", lambda: _timeline(knowledge))


def _timeline(knowledge: Knowledge) -> Timeline:
    start, end = EDGES[:-1, None], EDGES[1:, None]
    rate = -np.log(knowledge.quantity("discount"))
    discount = (np.exp(-rate * start) - np.exp(-rate * end)) / rate
    never = np.full(knowledge.size, np.inf)
    at_once = np.zeros(knowledge.size)
    delays = {"building": "building", "deal": "deal", "multilateral": "multilateral"}
    lives = {"punishment": "punishment", "leverage": "leverage", "norms": "norms", "deal": "deal"}
    windows = {
        window: decay(
            start,
            end,
            knowledge.quantity(f"delay.{delays[window]}") if window in delays else at_once,
            knowledge.quantity(f"half_life.{lives[window]}") if window in lives else never,
        )
        for window in ("punishment", "leverage", "building", "norms", "deal", "multilateral")
    }
    life = knowledge.quantity("life.urgent")
    delay = knowledge.quantity("operator_delay")
    pace = knowledge.quantity("operator_pace")
    return Timeline(
        discount=discount,
        windows=windows,
        urgent=knowledge.quantity("urgent_gap") * fading(start, end, life),
        operator=growing(start, end, delay, pace),
    )


def decay(start: Array, end: Array, delay: Array, half_life: Array) -> Array:
    """Return the cell averages of a window: nothing before ``delay``, then ``2^(-(t - delay) / half_life)``.

    >>> one = np.array([1.0])
    >>> decay(np.array([[0.0]]), np.array([[2.0]]), one, np.array([np.inf])).item()  # works in the second year
    0.5
    """
    begin = np.clip(delay, start, end)
    rate = np.log(2) / half_life
    flat = rate < 1e-12
    safe = np.where(flat, 1.0, rate)
    lasting = (np.exp(-safe * (begin - delay)) - np.exp(-safe * (end - delay).clip(0))) / safe
    area = np.where(flat, end - begin, lasting)
    return np.asarray(np.where(end > delay, area, 0.0) / (end - start))


def fading(start: Array, end: Array, life: Array) -> Array:
    """Return the cell averages of ``max(0, 1 - t / life)``."""
    a, b = np.minimum(start, life), np.minimum(end, life)
    return np.asarray(((b - a) - (b**2 - a**2) / (2 * life)) / (end - start))


def growing(start: Array, end: Array, delay: Array, pace: Array) -> Array:
    """Return the cell averages of ``1 - exp(-pace (t - delay)+)``."""
    a, b = (start - delay).clip(0), (end - delay).clip(0)
    return np.asarray(((b - a) - (np.exp(-pace * a) - np.exp(-pace * b)) / pace) / (end - start))
