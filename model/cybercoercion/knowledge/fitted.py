"""What a refit puts in the place of the prior draws: rows of tables, quantities, dyads, base rates that move.

Draws of one part of a fit belong together; parts share no parameter, so their draws may be paired at will. More draws
than a fit holds are made by pairing them anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
NOTHING: Mapping[str, Array] = MappingProxyType({})
EARLY = "early:"  # before the name of what is learnt for cases of which no more is known than can be seen at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiators:
    """Who attacks whom, fitted to attributed incidents between states.

    ``score`` is the log-weight of each initiator against all other states together, for a victim:
    ``base_a + region_(r, a) + victim_(v, a) + slope [log(1 + disputes_(a, v)) - log(1 + those of its greatest other
    rival)]``, in nats.
    """

    countries: tuple[str, ...]  # ISO 3166 of the initiators with scores of their own
    regions: Mapping[str, str]  # ISO 3166 -> region
    disputes: Mapping[frozenset[str], int]  # militarised disputes of two states
    base: Array  # (initiator, draw)
    region: Mapping[str, Array]  # region -> (initiator, draw)
    victim: Mapping[str, Array]  # ISO 3166 -> (initiator, draw)
    rivalry: Array  # (draw,): nats per log(1 + disputes)

    def scores(self, victim: str, index: NDArray[np.intp]) -> dict[str, Array]:
        """Return the log-weights of the initiators for a victim, dims ``(draw,)``, in nats; never the victim itself."""
        total = self.base + self.region.get(self.regions.get(victim, ""), 0.0) + self.victim.get(victim, 0.0)
        rest = self._greatest(victim)
        return {
            iso: np.asarray((total[number] + self.rivalry * (self._logs(iso, victim) - rest))[index])
            for number, iso in enumerate(self.countries)
            if iso != victim
        }

    def rival(self, initiator: str, victim: str, index: NDArray[np.intp]) -> Array:
        """Return the log-weight of a state without a score of its own, dims ``(draw,)``, in nats.

        Its share of the others by past disputes: the greatest rival among them weighs as much as all of them.
        """
        return np.asarray((self.rivalry * (self._logs(initiator, victim) - self._greatest(victim)))[index])

    def at_means(self) -> Initiators:
        """Return the same with one draw, the mean; scores are linear in the parameters."""
        return replace(
            self,
            base=_mean(self.base),
            region=_means(self.region),
            victim=_means(self.victim),
            rivalry=_mean(self.rivalry),
        )

    def _logs(self, initiator: str, victim: str) -> float:
        return float(np.log1p(self.disputes.get(frozenset((initiator, victim)), 0)))

    def _greatest(self, victim: str) -> float:
        counts = [
            n for pair, n in self.disputes.items() if victim in pair and not pair & set(self.countries) - {victim}
        ]
        return float(np.log1p(max(counts, default=0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """How the base rate of each kind of actor moves: factors against the long run, dims ``(year, kind, draw)``."""

    first: int  # the first year
    factor: Array

    def at(self, year: int, index: NDArray[np.intp]) -> Array:
        """Return the factors of a year, dims ``(kind, draw)``; beyond the ends, those of the nearest year."""
        row = min(max(year - self.first, 0), len(self.factor) - 1)
        return np.asarray(self.factor[row][:, index])


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """Draws that replace those of the priors, by the names of tables and quantities.

    A table has dims ``(*given, state, draw)``, before flattening; rows that no data touched are NaN and stay with the
    prior. A quantity has dims ``(draw,)``, in its own unit. ``part_of`` says which entries were drawn together.
    """

    digest: str
    source: str = ""  # how the fit was named
    tables: Mapping[str, Array] = NOTHING
    quantities: Mapping[str, Array] = NOTHING
    part_of: Mapping[str, str] = field(default_factory=dict)
    initiators: Initiators | None = None
    drift: Drift | None = None
    learnt_from: tuple[str, ...] = ()  # ids of coded episodes

    def at_means(self) -> Fitted:
        """Return the same with one draw of everything, the mean."""
        return replace(
            self,
            tables=_means(self.tables),
            quantities=_means(self.quantities),
            initiators=self.initiators.at_means() if self.initiators is not None else None,
            drift=replace(self.drift, factor=_mean(self.drift.factor)) if self.drift is not None else None,
        )

    def without(self, names: Collection[str]) -> Fitted:
        """Return the same without what was learnt about some quantities or tables, of early cases too."""
        tables = {name: rows for name, rows in self.tables.items() if name.removeprefix(EARLY) not in names}
        quantities = {name: one for name, one in self.quantities.items() if name.removeprefix(EARLY) not in names}
        part_of = {name: part for name, part in self.part_of.items() if name in tables or name in quantities}
        return replace(self, tables=tables, quantities=quantities, part_of=part_of)

    def size(self, part: str) -> int:
        """Return how many draws a part holds."""
        if part == "actor" and self.initiators is not None:
            return int(self.initiators.rivalry.shape[-1])
        if part == "origin" and self.drift is not None:
            return int(self.drift.factor.shape[-1])
        named = next(name for name, one in self.part_of.items() if one == part)
        return int((self.tables[named] if named in self.tables else self.quantities[named]).shape[-1])


def _mean(draws: Array) -> Array:
    return np.asarray(draws.mean(-1, keepdims=True))


def _means(named: Mapping[str, Array]) -> Mapping[str, Array]:
    return {name: _mean(draws) for name, draws in named.items()}


def paired(size: int, held: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return which of the draws that a part holds stand in each of ``size`` joint draws: each as often as the others.

    >>> sorted(paired(4, 2, np.random.default_rng(1)).tolist())
    [0, 0, 1, 1]
    """
    rounds = -(-size // held)
    return np.concatenate([rng.permutation(held) for _ in range(rounds)])[:size]
