"""Does a fit give back what it saw? Labels by fact and counts of outcomes, observed against predicted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cybercoercion.belief import believe
from cybercoercion.fit.checking.finding import Finding, Level, judged
from cybercoercion.fit.fit import Fit
from cybercoercion.fit.outcome.counts import OutcomeCounts, shipped_counts
from cybercoercion.fit.outcome.predictive import checks
from cybercoercion.fit.scoring.forecast import classes_of, forecast
from cybercoercion.fit.scoring.task import TASKS, Task
from cybercoercion.fit.training import TrainingEpisode
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import INTENTS

Array = NDArray[np.float64]
Episodes = Sequence[TrainingEpisode]
ASKED = ("objective", "objective_early", "actor_victim", "kind_claim", "claimed")
DRAWS, SEED = 100, 11
FEWEST = 8  # rows with a state of a fact, below which its frequencies say nothing
TAILS = (0.05, 0.95)
ENOUGH, FAR_TOO_FEW = 0.8, 0.5  # of the cells in their 90 % interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """How often a label was seen among rows with a state of a fact, and 5-95 % of what is predicted for them."""

    group: str
    label: str
    rows: int
    observed: float
    predicted: float
    low: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether what was seen lies in the predicted interval."""
        return self.low <= self.observed <= self.high

    @property
    def off(self) -> float:
        """Return how far outside of the interval it lies, in widths of the interval."""
        return max(self.low - self.observed, self.observed - self.high, 0.0) / max(self.high - self.low, 1.0)


def posterior_predictive(
    fit: Fit, knowledge: Knowledge, training: Episodes | None = None, counts: OutcomeCounts | None = None
) -> Iterator[Finding]:
    """Yield one finding per question that the fit answers.

    A fit holds no rows: outcomes are held against the counts that ship, or others; the rest needs the training rows.
    """
    if fit.has("outcome"):
        yield _outcomes(fit, shipped_counts() if counts is None else counts)
    for name in ASKED:
        task = TASKS[name]
        if not fit.has(task.part):
            continue
        rows = [row for row in training or () if _asks(row, task)]
        if rows:
            yield _finding(name, frequencies(task, fit.parts[task.part], rows), f"{len(rows)} rows")
        else:
            words = (
                f"{task.title}: no rows were given, so labels are not held against predictions. Give the data files."
            )
            yield judged(f"posterior.{name}", "information", words, allowed="training rows")
    if fit.has("episode"):
        coded = [row for row in training or () if row.case is not None and "intent" in row.labels]
        if coded:
            yield _finding("episodes", purposes(coded, knowledge), f"{len(coded)} episodes")


def _asks(row: TrainingEpisode, task: Task) -> bool:
    return row.source == task.source and task.known(row) and (task.part != "actor" or "victim" in row.about)


def frequencies(task: Task, posterior: xr.Dataset, rows: Episodes, *, seed: int = SEED) -> tuple[Frequency, ...]:
    """Return how often each label comes with each state of each fact, observed and predicted.

    New labels are drawn for the same rows from ``DRAWS`` draws of the posterior.
    """
    rng = np.random.default_rng(seed)
    classes = classes_of(task.id)
    seen = np.array([classes.index(task.answer(row)) for row in rows])
    sizes = posterior.sizes["chain"], posterior.sizes["draw"]
    picks = rng.choice(sizes[0] * sizes[1], size=min(DRAWS, sizes[0] * sizes[1]), replace=False)
    drawn = np.empty((len(rows), len(picks)), dtype=np.intp)
    for place, pick in enumerate(picks):
        one = posterior.isel(chain=[pick // sizes[1]], draw=[pick % sizes[1]])
        heap = forecast(task.id, one, rows).cumsum(1)
        drawn[:, place] = (rng.random((len(rows), 1)) * heap[:, -1:] > heap).sum(1)
    out = []
    for group, at in _groups(task, rows).items():
        for number, label in enumerate(classes):
            again = (drawn[at] == number).sum(0)
            low, high = np.quantile(again, TAILS)
            found = Frequency(
                group=group,
                label=label,
                rows=len(at),
                observed=float((seen[at] == number).sum()),
                predicted=float(again.mean()),
                low=float(low),
                high=float(high),
            )
            out.append(found)
    return tuple(out)


def _groups(task: Task, rows: Episodes) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {"all rows": list(range(len(rows)))}
    for number, row in enumerate(rows):
        for feature, state in task.features_of(row).items():
            groups.setdefault(f"{feature} = {state}", []).append(number)
    return {name: at for name, at in groups.items() if len(at) >= FEWEST}


def purposes(rows: Episodes, knowledge: Knowledge, *, seed: int = SEED) -> tuple[Frequency, ...]:
    """Return how often each purpose was coded (soft labels add up) and predicted by the whole network."""
    rng = np.random.default_rng(seed)
    small = replace(knowledge, size=min(knowledge.size, 500), _memory={})
    p = np.array([believe(row.case, small).marginal("intent").sum(-1) for row in rows if row.case is not None])
    label = np.array([[row.labels["intent"].weights.get(one, 0.0) for one in INTENTS] for row in rows])
    label /= label.sum(1, keepdims=True)
    again = rng.multinomial(1, p / p.sum(1, keepdims=True), size=(1_000, len(p))).sum(1)  # (set, intent)
    low, high = np.quantile(again, TAILS, axis=0)
    return tuple(
        Frequency(
            group="coded episodes",
            label=name,
            rows=len(rows),
            observed=float(label[:, i].sum()),
            predicted=float(again[:, i].mean()),
            low=float(low[i]),
            high=float(high[i]),
        )
        for i, name in enumerate(INTENTS)
    )


def _outcomes(fit: Fit, counts: OutcomeCounts) -> Finding:
    cells = tuple(
        Frequency(
            group=one.name,
            label="yes",
            rows=one.tried,
            observed=one.observed,
            predicted=one.predicted,
            low=one.low,
            high=one.high,
        )
        for one in checks(fit.draws("outcome"), counts)
    )
    return _finding("outcome", cells, f"{len(cells)} counts")


def _finding(name: str, cells: tuple[Frequency, ...], what: str) -> Finding:
    share = sum(one.inside for one in cells) / len(cells)
    level: Level = "pass" if share >= ENOUGH else "warn" if share >= FAR_TOO_FEW else "fail"
    words = f"{name}: {share:.0%} of {len(cells)} frequencies ({what}) lie in the 5-95 % that the fit predicts"
    odd = sorted((one for one in cells if not one.inside), key=lambda one: -one.off)[:3]
    if odd:
        words += "; farthest off: " + "; ".join(
            f"{one.label} where {one.group}, seen {one.observed:g} of {one.rows}, predicted {one.low:g} to {one.high:g}"
            for one in odd
        )
    allowed = f"at least {ENOUGH:.0%}; 90 % if the fit is right"
    return judged(f"posterior.{name}", level, words + ".", value=share, allowed=allowed)
