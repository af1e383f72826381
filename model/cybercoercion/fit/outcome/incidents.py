"""Counting DCID: concessions, what comes back from the other side and by chance, how busy a dyad is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.outcome.counts import BANDS, HORIZONS, OBJECTIVES, Dyads, Tally
from cybercoercion.fit.training import Training, TrainingEpisode

Flags = NDArray[np.bool_]
Days = NDArray[np.float64]
HARD = ("disruption", "degradation")  # objectives of incidents that do harm
LOWEST, HIGHEST = 3, 6  # severities at which the bands begin and end
PERIOD = 3  # years over which a dyad is taken to be equally busy
SINCE = 2008  # before, few incidents were found
JITTER, ROUNDS, SEED = 365, 200, 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Series:
    """Incidents by start: days since 1970, directed dyad as a number, its reverse, whether they do harm."""

    day: Days  # (incident,)
    dyad: NDArray[np.int64]  # (incident,)
    reverse: NDArray[np.int64]  # (incident,): -1 where the other direction never occurs
    hard: Flags  # (incident,)

    @classmethod
    def of(cls, incidents: Training) -> Series:
        """Return the series of all rows that have a date and two sides."""
        rows = [row for row in incidents.episodes if row.start is not None and _dyad(row) is not None]
        names = [_dyad(row) for row in rows]
        number = {name: place for place, name in enumerate(dict.fromkeys(names))}
        return cls(
            day=np.array([row.start.toordinal() for row in rows if row.start], dtype=float),
            dyad=np.array([number[name] for name in names], dtype=np.int64),
            reverse=np.array([number.get(name and name[::-1], -1) for name in names], dtype=np.int64),
            hard=np.array([row.labels["objective"].state in HARD for row in rows], dtype=bool),
        )


def cyber(incidents: Training) -> Tally:
    """Return concessions by objective and band of severity, dims ``(objective x band,)``; a gap leaves a row out."""
    tried, happened = np.zeros((2, len(OBJECTIVES), len(BANDS)), dtype=np.int64)
    for row in incidents.episodes:
        severity, conceded = row.facts.get("dcid_severity"), row.labels.get("concession")
        if severity is None or conceded is None:
            continue
        cell = OBJECTIVES.index(row.labels["objective"].state), min(max(int(severity), LOWEST), HIGHEST) - LOWEST
        tried[cell] += 1
        happened[cell] += conceded.state == "yes"
    return Tally.of(tried.ravel(), happened.ravel())


def replies(incidents: Training, *, seed: int = SEED, rounds: int = ROUNDS) -> tuple[Tally, Tally]:
    """Return how many incidents are followed by one in the reverse direction, and how many are by chance.

    "Followed" is a later start within each horizon: incidents of one day have no order. By chance: the same count
    when each start is moved by up to a year either way, over many rounds.
    """
    series, rng = Series.of(incidents), np.random.default_rng(seed)
    size = len(series.day)
    chance = np.zeros(len(HORIZONS), dtype=np.int64)
    for _ in range(rounds):
        moved = series.day + rng.uniform(-JITTER, JITTER, size)
        chance += [followed(moved, series.dyad, series.reverse, within).sum() for within in HORIZONS]
    seen = [followed(series.day, series.dyad, series.reverse, within).sum() for within in HORIZONS]
    tried = np.full(len(HORIZONS), size)
    return Tally.of(tried, seen), Tally.of(tried * rounds, chance)


def followed(day: Days, dyad: NDArray[np.int64], wanted: NDArray[np.int64], within: float) -> Flags:
    """Return whether an incident of the wanted dyad starts later, within so many days, dims ``(incident,)``.

    >>> followed(np.array([0.0, 10.0, 10.0]), np.array([0, 1, 0]), np.array([1, 0, 1]), 90).tolist()
    [True, False, False]
    """
    gap = day[None, :] - day[:, None]
    return np.asarray(((dyad[None, :] == wanted[:, None]) & (gap > 0) & (gap <= within)).any(1))


def dyads(incidents: Training) -> Dyads:
    """Return how many periods of the directed dyads with any incident saw 0, 1, ... harmful ones."""
    series = Series.of(incidents)
    years = _years(incidents.episodes)
    last = max(years, default=SINCE)
    starts = np.arange(SINCE, last + 2 - PERIOD, PERIOD)
    dated = np.array(years, dtype=np.int64)
    busy = [
        int((series.hard & (series.dyad == dyad) & (dated >= start) & (dated < start + PERIOD)).sum())
        for dyad in np.unique(series.dyad)
        for start in starts
    ]
    return Dyads(periods=np.bincount(np.array(busy, dtype=np.int64)), years=float(PERIOD))


def repeats(incidents: Training, years: float) -> tuple[int, int]:
    """Return how many harmful incidents could be watched for so many years, and how many of their dyad followed."""
    series = Series.of(incidents)
    since = np.array([year >= SINCE for year in _years(incidents.episodes)], dtype=bool)
    gap = (series.day[None, :] - series.day[:, None]) / 365.25
    watched = series.hard & since & (series.day + 365.25 * years <= series.day.max(initial=0.0))
    after = (series.dyad[None, :] == series.dyad[:, None]) & series.hard[None, :] & (gap > 0) & (gap <= years)
    return int(watched.sum()), int(after[watched].sum())


def _dyad(row: TrainingEpisode) -> tuple[str, str] | None:
    sides = row.about.get("initiator_iso", ""), row.about.get("victim_iso", "")
    return sides if all(sides) else None


def _years(rows: Sequence[TrainingEpisode]) -> list[int]:
    return [row.start.year for row in rows if row.start is not None and _dyad(row) is not None]
