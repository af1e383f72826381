"""Refits on folds and on splits in time: every part is learnt anew from the rows that may teach, then says the others.

Campaigns stay in one fold. Each part is compiled once; a weight of zero holds a row out. The simple classifiers learn
from the same rows.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cybercoercion.fit.refit import REFITS
from cybercoercion.fit.scoring.baseline import aligned
from cybercoercion.fit.scoring.forecast import classes_of, forecast
from cybercoercion.fit.scoring.score import LEAST, Forecasts, TaskScore, one_hot, reordered, scored
from cybercoercion.fit.scoring.task import TASKS, Task
from cybercoercion.fit.training import TrainingEpisode
from cybercoercion.knowledge import Knowledge

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Rows = Sequence[TrainingEpisode]
FOLDS, FOLD_SEED = 10, 1
LAST = {"dcid": 4, "eurepoc": 2}  # years that a split in time scores
ROLLING = 7  # years scored one by one, each from all before it
DRAWS, TUNE = 500, 500  # four chains: sampler noise of a score is about .002


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Which rows teach and which are scored."""

    train: Index
    test: Index


def held_out(
    source: str,
    rows: Rows,
    knowledge: Knowledge,
    how: str,
    *,
    seed: int = 1,
    say: Callable[[str], None] = lambda _: None,
    note: Callable[[str], None] = lambda _: None,
) -> dict[str, TaskScore]:
    """Return the scores of all questions of a source, refitted on each fold; too few rows for that are noted."""
    splits = {task.id: _known(task, rows, how) for task in TASKS.values() if task.source == source}
    for name, (words, folds) in splits.items():
        if not folds:
            note(f"{name}: not scored, too few rows for the split: {words}")
    refits = {
        part: REFITS[part](rows, knowledge)
        for part in dict.fromkeys(t.part for t in TASKS.values() if t.source == source and splits[t.id][1])
    }
    learnt: dict[tuple[str, bytes], xr.Dataset] = {}

    def posterior(part: str, train: Index) -> xr.Dataset:
        weight = np.zeros(len(rows))
        weight[train] = 1
        key = (part, weight.tobytes())
        if key not in learnt:
            learnt[key] = refits[part].posterior(weight, seed=seed, draws=DRAWS, tune=TUNE)
        return learnt[key]

    out = {}
    for task in TASKS.values():
        words, folds = splits.get(task.id, ("", ()))
        if folds:
            say(f"{task.id}: {words}, {len(folds)} refits")
            told = _told(task, rows, folds, posterior)
            out[task.id] = scored(task.id, task.title, words, told)
    return out


def _known(task: Task, rows: Rows, how: str) -> tuple[str, tuple[Fold, ...]]:
    """Return the split of the rows whose truth is known; no fold at all where one would teach or score nothing."""
    known = np.array([index for index, row in enumerate(rows) if task.known(row)], dtype=np.intp)
    told = [row for row in rows if task.known(row)]
    if len(told) < LEAST:
        return "rows whose truth is known", ()
    words, folds = folds_of(task, told, how)
    taught = [len({task.answer(told[index]) for index in fold.train}) for fold in folds]
    if not all(len(fold.test) and classes >= LEAST for fold, classes in zip(folds, taught, strict=True)):
        return words, ()
    return words, tuple(Fold(train=known[fold.train], test=known[fold.test]) for fold in folds)


def folds_of(task: Task, rows: Rows, how: str) -> tuple[str, tuple[Fold, ...]]:
    """Return the split in words, and its folds."""
    if how == "folds" and task.source == "dcid":
        words = f"{FOLDS} folds, campaigns kept together"
        return words, tuple(_grouped(task, rows))
    year = np.array([row.start.year if row.start is not None else 0 for row in rows])
    last = int(year.max())
    if how == "time" and task.source == "eurepoc":
        years = range(last - ROLLING + 1, last + 1)
        words = f"each year {years[0]}-{last} from all before it"
        return words, tuple(_by_year(year, one, one) for one in years)
    first = last - LAST[task.source] + 1
    return f"up to {first - 1} teach, {first}-{last} are scored", (_by_year(year, first, last),)


def _by_year(year: Index, first: int, last: int) -> Fold:
    return Fold(train=np.flatnonzero(year < first), test=np.flatnonzero((year >= first) & (year <= last)))


def _grouped(task: Task, rows: Rows) -> Iterator[Fold]:
    from sklearn.model_selection import StratifiedGroupKFold

    # folds that would serve alike are told apart by the order of classes: objectives in that of their codes, actors in
    # that of the alphabet give the folds of the comparison
    classes = classes_of(task.id) if task.truth == "objective" else sorted(classes_of(task.id))
    truth = [classes.index(task.answer(row)) for row in rows]
    campaigns = [row.campaign for row in rows]
    if len(set(campaigns)) < FOLDS or np.bincount(truth).max() < FOLDS:
        return
    split = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=FOLD_SEED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a rare class stands in some folds only
        for train, test in split.split(np.zeros((len(rows), 1)), truth, campaigns):
            yield Fold(train=train, test=test)


def _told(task: Task, rows: Rows, folds: Sequence[Fold], posterior: Callable[[str, Index], xr.Dataset]) -> Forecasts:
    features = [task.features_of(row) for row in rows]
    truth = {index: task.answer(rows[index]) for fold in folds for index in (*fold.train, *fold.test)}
    scored_rows = np.concatenate([fold.test for fold in folds])
    classes = tuple(sorted(set(truth.values())))
    said: dict[str, list[Array]] = {"model": [], **{name: [] for name in task.baselines}}
    for fold in folds:
        test = [rows[index] for index in fold.test]
        p = forecast(task.id, posterior(task.part, fold.train), test)
        said["model"].append(reordered(p, classes_of(task.id), classes))
        for name, learn in task.baselines.items():
            simple = learn([features[index] for index in fold.train], [truth[index] for index in fold.train])
            said[name].append(aligned(simple, [features[index] for index in fold.test], classes))
    return Forecasts(
        classes=classes,
        truth=one_hot([truth[index] for index in scored_rows], classes),
        said={name: np.concatenate(parts) for name, parts in said.items()},
        campaigns=tuple(rows[index].campaign for index in scored_rows),
    )
