"""The course of resilience: how much harm is left, cell by cell, under a set of resilience measures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cybercoercion.knowledge import Knowledge
from cybercoercion.response.factors import factors
from cybercoercion.response.situation import Situation
from cybercoercion.response.timeline import Timeline, timeline

Array = NDArray[np.float64]


class Remaining(Protocol):
    """The share of recurrence that is left, by class of intent and in the course of time."""

    def years(self, windows: tuple[str, ...], cells: int) -> Array:
        """Return the discounted years of recurrence left inside all of these windows, dims ``(class, draw)``.

        No window: over the whole horizon.
        """
        ...


@dataclass(frozen=True, kw_only=True, eq=False)
class Steady:
    """The same share for ever, dims ``(class, draw)``."""

    share: Array
    time: Timeline
    knowledge: Knowledge
    _memory: dict[tuple[tuple[str, ...], int], Array] = field(default_factory=dict, repr=False)

    def years(self, windows: tuple[str, ...], cells: int) -> Array:
        """Return the discounted years left inside all of these windows."""
        key = (windows, cells)
        if key not in self._memory:
            self._memory[key] = self.share * discounted_years(self.time, windows, cells, self.knowledge)
        return self._memory[key]


@dataclass(frozen=True, kw_only=True, eq=False)
class Changing:
    """A share that changes in the first cells, dims ``(class, cell, draw)``, and then follows another course."""

    share: Array
    time: Timeline
    knowledge: Knowledge
    then: Remaining | None = None
    _memory: dict[tuple[tuple[str, ...], int], Array] = field(default_factory=dict, repr=False)

    def years(self, windows: tuple[str, ...], cells: int) -> Array:
        """Return the discounted years left inside all of these windows."""
        key = (windows, cells)
        if key not in self._memory:
            first = min(cells, self.share.shape[1])
            discounted = discounted_windows(self.time, windows, cells, self.knowledge)[:first]
            years = np.einsum("cts,ts->cs", self.share[:, :first], discounted)
            if self.then is not None:
                years += self.then.years(windows, cells) - self.then.years(windows, first)
            self._memory[key] = years
        return self._memory[key]


@dataclass(frozen=True, kw_only=True, eq=False)
class Covered:
    """A share ``coverage`` of the targets is within a programme, the rest is not."""

    coverage: Array
    inside: Remaining
    outside: Remaining

    def years(self, windows: tuple[str, ...], cells: int) -> Array:
        """Return the discounted years left inside all of these windows."""
        outside = self.outside.years(windows, cells)
        return np.asarray(outside + self.coverage * (self.inside.years(windows, cells) - outside))


def discounted_windows(time: Timeline, windows: tuple[str, ...], cells: int, knowledge: Knowledge) -> Array:
    """Return discount x windows, in years, dims ``(cell, draw)``, once per knowledge."""

    def product() -> Array:
        out = time.discount[:cells]
        for window in windows:
            out = out * time.windows[window][:cells]
        return np.ascontiguousarray(out)

    return knowledge.remember(("response.discounted", windows, cells), product)


def discounted_years(time: Timeline, windows: tuple[str, ...], cells: int, knowledge: Knowledge) -> Array:
    """Return the discounted years inside all of these windows, dims ``(draw,)``, once per knowledge."""
    return knowledge.remember(
        ("response.years", windows, cells), lambda: discounted_windows(time, windows, cells, knowledge).sum(0)
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Course:
    """What a set of resilience measures leaves of harm, concession and recurrence."""

    harm: Array  # g(rho_r(0)), dims (draw,)
    conceding: Array  # (1 - k rho_r(0)) / (1 - k rho_ref), dims (draw,)
    target: Remaining
    nation: Remaining  # of the other targets in the country


def course(
    measures: frozenset[str], stakes: Situation, knowledge: Knowledge, other: Callable[[frozenset[str]], Course]
) -> Course:
    """Return the course under some of: urgent, operator, national; ``other`` gives that of other measures.

    Resilience closes a share of the gap, ``rho_r(t) = 1 - (1 - rho) prod_v (1 - m_v(t))``, so that costs can only fall
    in rho; ``g(rho) = (1 - alpha rho) / (1 - alpha rho_ref)``. A national programme covers a share of the targets, this
    one with the same chance as any other.
    """
    if "national" in measures:
        return _national(measures - {"national"}, knowledge, other)
    alpha, k = knowledge.quantity("harm_removable"), knowledge.quantity("concession.removable")
    rho, at, time = stakes.resilience, stakes.harm_at, timeline(knowledge)
    shut = 1 - knowledge.quantity("urgent_gap") if "urgent" in measures else np.ones(1)
    now = 1 - (1 - rho) * shut
    target: Remaining
    if "urgent" in measures:
        working = np.flatnonzero(time.urgent.any(1))  # cells in which it has not worn off in every draw
        soon = int(working[-1]) + 1 if len(working) else 0
        gap = 1 - time.urgent[:soon]
        if "operator" in measures:
            gap = gap * (1 - time.operator[:soon])
        then = other(measures - {"urgent"}).target
        target = Changing(share=left(gap, stakes, knowledge), time=time, knowledge=knowledge, then=then)
    elif "operator" in measures:
        target = Changing(share=left(1 - time.operator, stakes, knowledge), time=time, knowledge=knowledge)
    else:
        share = left(np.ones((1, 1)), stakes, knowledge)[:, 0]
        target = Steady(share=share, time=time, knowledge=knowledge)
    return Course(
        harm=(1 - alpha * now) / (1 - alpha * at),
        conceding=(1 - k * now) / (1 - k * at),
        target=target,
        nation=knowledge.remember(
            "response.unmoved", lambda: Steady(share=np.ones((1, 1)), time=time, knowledge=knowledge)
        ),
    )


def _national(measures: frozenset[str], knowledge: Knowledge, other: Callable[[frozenset[str]], Course]) -> Course:
    outside, inside = other(measures), other(measures | {"operator"})
    elsewhere = knowledge.remember(
        "response.national",
        lambda: Changing(share=covered(timeline(knowledge), knowledge), time=timeline(knowledge), knowledge=knowledge),
    )
    coverage = knowledge.quantity("coverage")
    return Course(
        harm=outside.harm,
        conceding=outside.conceding,
        target=Covered(coverage=coverage, inside=inside.target, outside=outside.target),
        nation=elsewhere,
    )


def left(gap: Array, stakes: Situation, knowledge: Knowledge) -> Array:
    """Return the share of recurring harm left when a share ``gap`` of the gap in resilience is open.

    ``g(rho_r) exp(-kappa gamma_i (rho_r - rho_ref))``: less harm per episode, and fewer attempts where less is to be
    gained; dims ``(class, cell, draw)``.
    """
    alpha, kappa = knowledge.quantity("harm_removable"), knowledge.quantity("deterred_by_denial")
    rho, at = stakes.resilience, stakes.harm_at
    later = 1 - (1 - rho) * gap
    share = np.multiply(-kappa * (later - at), factors(knowledge).classes[:, None, None])
    np.exp(share, out=share)  # in place: a second array of this size costs more than the exponential
    share *= (1 - alpha * later) / (1 - alpha * at)
    return share


def covered(time: Timeline, knowledge: Knowledge) -> Array:
    """Return the share of recurring harm that a national programme leaves at the other targets.

    ``[1 - cov (1 - g_n)] [1 - cov (1 - psi) (1 - exp(-kappa gamma_i drho_n))]``: of the attempts that it deters, the
    share psi moves to softer targets; dims ``(class, cell, draw)``.
    """
    alpha, kappa, coverage, moved, typical = (
        knowledge.quantity(name)
        for name in ("harm_removable", "deterred_by_denial", "coverage", "displacement", "resilience.state")
    )
    gained = (1 - typical) * time.operator
    milder = alpha * gained / (1 - alpha * typical)  # 1 - g_n
    fewer = -np.expm1(-kappa * gained * factors(knowledge).classes[:, None, None])
    return np.asarray((1 - coverage * milder) * (1 - coverage * (1 - moved) * fewer))
