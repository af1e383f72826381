"""Does the outcome model give back what was counted? Observed against predicted counts, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.outcome.counts import OBJECTIVES, OutcomeCounts, Tally, contents, tally
from cybercoercion.fit.outcome.design import BINOMIALS, objectives, probabilities, severities
from cybercoercion.fit.outcome.quantities import cyber_rate, rate_after_an_episode

Array = NDArray[np.float64]
SEED = 2
TAILS = (0.05, 0.95)
CHANCE = "by_chance"  # its cells repeat the same incidents: their spread is no check


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A count that was seen, and what the model predicts for as many new trials: mean and 5-95 %."""

    name: str
    tried: int
    observed: int
    predicted: float
    low: float
    high: float
    below: float  # P(prediction < observed) + P(equal) / 2

    @property
    def inside(self) -> bool:
        """Whether the observed count lies in the predicted range."""
        return self.low <= self.observed <= self.high


def checks(draws: Mapping[str, Array], counts: OutcomeCounts, *, seed: int = SEED) -> tuple[Check, ...]:
    """Return every count of the fit beside its posterior prediction; cells that nobody tried are left out."""
    return tuple(_checks(draws, counts, np.random.default_rng(seed)))


def _checks(draws: Mapping[str, Array], counts: OutcomeCounts, rng: np.random.Generator) -> Iterator[Check]:
    p = probabilities(draws, counts)
    for name in BINOMIALS:
        if name != CHANCE:
            yield from _cells(name, getattr(counts, name), p[name], rng)
    everything = Tally.of(
        [counts.cyber.tried.sum() + counts.later.tried.sum()],
        [counts.cyber.happened.sum() + counts.later.happened.sum()],
    )
    yield from _cells("cyber, all", everything, cyber_rate(draws, counts)[None], rng)
    yield from _cells("published by severity", tally("published_severity"), _by_band(p["cyber"], counts), rng)
    yield _repeats(draws, rng)


def _cells(name: str, seen: Tally, p: Array, rng: np.random.Generator) -> Iterator[Check]:
    for cell, (tried, happened) in enumerate(zip(seen.tried.tolist(), seen.happened.tolist(), strict=True)):
        if tried:
            label = name if len(seen.tried) == 1 else f"{name} {cell + 1}"
            yield _check(label, tried, happened, rng.binomial(tried, p[cell]))


def _check(name: str, tried: int, observed: int, predicted: NDArray[np.int64]) -> Check:
    low, high = np.quantile(predicted, TAILS)
    below = (predicted < observed).mean() + (predicted == observed).mean() / 2
    mean = float(predicted.mean())
    return Check(
        name=name,
        tried=tried,
        observed=observed,
        predicted=mean,
        low=float(low),
        high=float(high),
        below=float(below),
    )


def _by_band(cyber: Array, counts: OutcomeCounts) -> Array:
    """Return the share with a concession by band of severity, over objectives as they come, dims ``(band, draw)``."""
    weight = severities(counts) * objectives(counts)[:, None]
    cells = cyber.reshape(len(OBJECTIVES), -1, cyber.shape[-1])
    return np.asarray(np.einsum("ob,obs->bs", weight / weight.sum(0), cells))


def _repeats(draws: Mapping[str, Array], rng: np.random.Generator) -> Check:
    """Return incidents that followed another in its dyad: each trigger from a dyad of its own, as the model says."""
    entry = contents()["repeats"]
    triggers, size = int(entry["triggers"]), draws["log_rate"].shape[-1]
    total = np.zeros(size, dtype=np.int64)
    for _ in range(triggers):
        rate = rate_after_an_episode(draws, seed=int(rng.integers(2**32)))
        total += rng.poisson(rate * float(entry["years"]))
    return _check("repeats", triggers, int(entry["happened"]), total)
