"""The verb ``score``: a fit, or its refits on folds, beside simple classifiers that learnt from the same rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.fit import Fit
from cybercoercion.fit.scoring.baseline import aligned
from cybercoercion.fit.scoring.forecast import classes_of, forecast
from cybercoercion.fit.scoring.metrics import Difference, Scores, difference, losses, scores
from cybercoercion.fit.scoring.task import TASKS, Task
from cybercoercion.fit.training import Training, TrainingEpisode
from cybercoercion.knowledge import Knowledge

Array = NDArray[np.float64]
Split = Literal["auto", "test", "folds", "time"]
SPLITS: tuple[Split, ...] = ("auto", "test", "folds", "time")
Say = Callable[[str], None]
LEAST = 2  # rows, and classes to learn from


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecasts:
    """What the model and others said of rows: ``truth`` and each of ``said`` have dims ``(row, class)``."""

    classes: tuple[str, ...]
    truth: Array
    said: Mapping[str, Array]  # "model" and the simple classifiers
    campaigns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskScore:
    """The scores of one question on one split."""

    task: str
    title: str
    n: int
    split: str  # in words: which rows taught and which are scored
    model: Scores
    baselines: Mapping[str, Scores]
    best: str  # the simple classifier of the least log loss
    ahead: Difference  # the model's log loss minus that one's
    more: Mapping[str, float]  # what only this question has

    def record(self) -> dict[str, object]:
        """Return the scores for JSON."""
        return {
            "n": self.n,
            "title": self.title,
            "split": self.split,
            "model": asdict(self.model),
            "baselines": {name: asdict(one) for name, one in self.baselines.items()},
            "best_simple": self.best,
            "difference": asdict(self.ahead),
            **self.more,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreReport:
    """All scores, what was left out, and which fit was scored."""

    tasks: Mapping[str, TaskScore]
    notes: tuple[str, ...]
    fit: str
    seed: int

    def to_json(self) -> str:
        """Return one JSON object."""
        tasks = {name: one.record() for name, one in self.tasks.items()}
        run = {"fit": self.fit, "seed": self.seed}
        return json.dumps({"tasks": tasks, "notes": list(self.notes), "run": run}, ensure_ascii=False, indent=1)


def scored(
    task: str, title: str, split: str, forecasts: Forecasts, more: Mapping[str, float] | None = None
) -> TaskScore:
    """Return the scores of forecasts, with the paired difference to the best simple one."""
    each = {name: scores(forecasts.truth, p) for name, p in forecasts.said.items()}
    simple = {name: one for name, one in each.items() if name != "model"}
    best = min(simple, key=lambda name: simple[name].log_loss)
    loss = {name: losses(forecasts.truth, forecasts.said[name]) for name in ("model", best)}
    return TaskScore(
        task=task,
        title=title,
        n=len(forecasts.truth),
        split=split,
        model=each["model"],
        baselines=simple,
        best=best,
        ahead=difference(loss["model"], loss[best], forecasts.campaigns),
        more=more or {},
    )


def score(
    fit: Fit, knowledge: Knowledge, tests: Sequence[Training], *, split: Split = "auto", seed: int = 1,
    say: Say = lambda _: None,
) -> ScoreReport:  # fmt: skip
    """Score a fit on rows that it has not seen, or, where it has seen them all, refit it on folds of these rows.

    ``split`` "test" scores unseen rows with the fit as it is; "folds" refits with campaigns kept together (EuRepoC: up
    to the year before the last two, scored on these); "time" refits on the earlier years and scores later ones;
    "auto" takes "test" where any row is new.
    """
    from cybercoercion.fit.scoring.episodes import score_episodes

    tasks: dict[str, TaskScore] = {}
    notes: list[str] = []
    for test in tests:
        fresh = tuple(row for row in test.episodes if row.fingerprint not in fit.seen)
        how = ("test" if fresh else "folds") if split == "auto" else split
        if how == "test" and (known := len(test.episodes) - len(fresh)):
            notes.append(f"{test.source}: {known} rows taught the fit and are not scored")
        notes += [str(one) for one in test.refused]
        rows = fresh if how == "test" else test.episodes
        if len(rows) < LEAST:
            notes.append(f"{test.source}: {len(rows)} rows to score, too few")
        elif test.source == "episodes":
            tasks["episodes"] = score_episodes(fit, knowledge, rows, refit=how != "test", seed=seed)
        elif how == "test":
            tasks |= _on_test(fit, test.source, rows, notes)
        else:
            from cybercoercion.fit.scoring.held_out import held_out

            tasks |= held_out(test.source, rows, knowledge, how, seed=seed, say=say, note=notes.append)
    return ScoreReport(tasks=tasks, notes=tuple(notes), fit=fit.digest, seed=seed)


def _on_test(fit: Fit, source: str, rows: Sequence[TrainingEpisode], notes: list[str]) -> dict[str, TaskScore]:
    out = {}
    for task in TASKS.values():
        known = [row for row in rows if task.known(row) and (task.id != "actor_victim" or "victim" in row.about)]
        if task.source != source:
            continue
        if not fit.has(task.part) or task.id not in fit.baselines or len(known) < LEAST:
            notes.append(f"{task.id}: not scored, for the fit does not know it or fewer than {LEAST} rows do")
            continue
        out[task.id] = scored(task.id, task.title, "rows that the fit has not seen", _told(fit, task, known))
    return out


def _told(fit: Fit, task: Task, rows: Sequence[TrainingEpisode]) -> Forecasts:
    own = classes_of(task.id)
    features, truth = task.training(rows)
    baselines = fit.baselines[task.id]
    known = {name for one in baselines.values() for name in one.classes}
    classes = tuple(sorted(known | set(truth)))
    said = {"model": reordered(forecast(task.id, fit.parts[task.part], rows), own, classes)}
    said |= {name: aligned(one, features, classes) for name, one in baselines.items()}
    return Forecasts(
        classes=classes,
        truth=one_hot(truth, classes),
        said=said,
        campaigns=tuple(row.campaign for row in rows),
    )


def reordered(p: Array, own: Sequence[str], classes: Sequence[str]) -> Array:
    """Return forecasts over other classes, dims ``(row, class)``; a class that they do not have gets nothing."""
    out = np.zeros((len(p), len(classes)))
    for index, name in enumerate(classes):
        if name in own:
            out[:, index] = p[:, list(own).index(name)]
    return out


def one_hot(truth: Sequence[str], classes: Sequence[str]) -> Array:
    """Return ones at the truths, dims ``(row, class)``."""
    return np.array([[float(name == one) for name in classes] for one in truth])
