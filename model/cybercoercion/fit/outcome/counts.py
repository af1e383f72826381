"""What was counted: how often demands were met, episodes came back and blows were answered."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
FILE = "priors/world/outcomes.toml"
TALLIES = ("sanctions", "disputes", "cyber", "published", "ransom", "private", "reply", "by_chance")

# the cells of each tally, in the order of the file
STAGES, COSTS, ISSUES = ("threat", "imposed"), ("minor", "major", "severe"), ("trade", "other")
REVISIONS, RECIPROCATED = ("territory", "policy", "regime"), ("no", "yes")
OBJECTIVES = ("disruption", "short-term collection", "long-term collection", "degradation")
BANDS = ("up to 3", "4", "5", "6 and more")
HORIZONS = (90, 365)  # days


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tally:
    """How many were tried and how many of them succeeded, dims ``(cell,)``; a cell that nobody tried says nothing."""

    tried: Whole
    happened: Whole

    @classmethod
    def of(cls, tried: Any, happened: Any) -> Tally:
        """Return the tally of two lists.

        >>> Tally.of([429], [12]).rate.round(3).tolist()
        [0.028]
        """
        return cls(tried=np.asarray(tried, dtype=np.int64), happened=np.asarray(happened, dtype=np.int64))

    @property
    def rate(self) -> Array:
        """The share that succeeded, dims ``(cell,)``; NaN where nobody tried."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.happened / self.tried)

    def less(self, other: Tally) -> Tally:
        """Return what this tally holds beyond another of the same cells, never below nothing."""
        tried = (self.tried - other.tried).clip(0)
        return Tally(tried=tried, happened=np.minimum((self.happened - other.happened).clip(0), tried))

    def none(self) -> Tally:
        """Return a tally of the same cells in which nobody tried anything."""
        return Tally(tried=0 * self.tried, happened=0 * self.happened)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dyads:
    """How many periods of directed dyads saw 0, 1, 2, ... incidents, dims ``(incidents,)``; a period in years."""

    periods: Whole
    years: float

    @property
    def rate(self) -> float:
        """Incidents a year of one dyad."""
        return float(self.periods @ np.arange(len(self.periods)) / (self.periods.sum() * self.years))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OutcomeCounts:
    """All counts that the outcome model learns from.

    ======== ==================================================================================================
    sanctions TIES: target acquiesced, by stage at which it ended x anticipated cost to the target x issue
    disputes  MID: the revisionist's goal was reached, by type of revision x reciprocated
    cyber     DCID: any concession, by objective x band of severity
    later     DCID: the same by objective, of incidents whose severity is not known one by one
    ransom    ransom paid, one cell per published share, worth a few cases each
    private   political demands on private targets that were met
    reply     DCID: an incident in the reverse direction followed within each horizon
    by_chance the same when dates are jittered
    dyads     DCID: incidents of disruption and degradation per period and directed dyad
    ======== ==================================================================================================
    """

    sanctions: Tally
    disputes: Tally
    cyber: Tally
    later: Tally
    ransom: Tally
    private: Tally
    reply: Tally
    by_chance: Tally
    dyads: Dyads

    def none(self) -> OutcomeCounts:
        """Return counts of the same form in which nothing was seen: the posterior is then the prior."""
        names = ("sanctions", "disputes", "cyber", "later", "ransom", "private", "reply", "by_chance")
        empty = {name: getattr(self, name).none() for name in names}
        return replace(self, **empty, dyads=replace(self.dyads, periods=0 * self.dyads.periods))


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """A normal belief about one parameter before any count: location and scale on the parameter's own scale."""

    location: float
    scale: float


@cache
def contents() -> Mapping[str, Any]:
    """Return the shipped file of counts and of beliefs about parameters, with a source and mark each."""
    return tomllib.loads((files("cybercoercion.priors") / "world" / "outcomes.toml").read_text(encoding="utf-8"))


def belief(name: str) -> Belief:
    """Return what is believed of a parameter before any count."""
    entry = contents()["belief"][name]
    return Belief(location=float(entry["location"]), scale=float(entry["scale"]))


def tally(name: str) -> Tally:
    """Return a shipped tally, dims ``(cell,)``.

    >>> int(tally("published").happened.sum()), int(tally("published").tried.sum())
    (12, 429)
    """
    entry = contents()["tally"][name]
    return Tally.of(entry["tried"], entry["happened"])


def shipped_counts() -> OutcomeCounts:
    """Return the counts that come with the program, so that the outcome model can be fitted without raw data."""
    read = {name: tally(name) for name in TALLIES}
    read["later"] = read.pop("published").less(by_objective(read["cyber"]))
    entry = contents()["dyads"]
    dyads = Dyads(periods=np.asarray(entry["periods"], dtype=np.int64), years=float(entry["years"]))
    return OutcomeCounts(**read, dyads=dyads)


def by_objective(cyber: Tally) -> Tally:
    """Return the tally of cyber incidents over all bands of severity, dims ``(objective,)``."""
    shape = (len(OBJECTIVES), len(BANDS))
    return Tally(tried=cyber.tried.reshape(shape).sum(1), happened=cyber.happened.reshape(shape).sum(1))
