"""Which rows teach and which are scored."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.fit.importing.comparison import comparison
from tests.fit.origin.origin_world import world as origin_rows
from tests.fit.scoring.scoring_world import incidents

from cybercoercion.fit.importing.dcid import read_dcid
from cybercoercion.fit.scoring.baseline import aligned
from cybercoercion.fit.scoring.held_out import FOLDS, folds_of
from cybercoercion.fit.scoring.metrics import scores
from cybercoercion.fit.scoring.score import one_hot
from cybercoercion.fit.scoring.task import TASKS
from cybercoercion.fit.training import Training

Array = NDArray[np.float64]
DCID_TASKS = tuple(name for name, task in TASKS.items() if task.source == "dcid")
QUICK = (
    "frequencies only", "naive Bayes", "logistic, C=0.3", "logistic, C=1", "victim table only",
    "victim table x tempered, all", "victim table x tempered, 3 columns",
)  # fmt: skip


@pytest.mark.parametrize("task", DCID_TASKS)
def test_campaigns_are_never_split(task: str) -> None:
    """Ten folds score each row once, and no campaign teaches a fold that scores it."""
    rows = incidents(120)
    words, folds = folds_of(TASKS[task], rows, "folds")
    assert "campaigns kept together" in words
    assert len(folds) == FOLDS
    assert sorted(np.concatenate([fold.test for fold in folds]).tolist()) == list(range(120))
    for fold in folds:
        assert sorted([*fold.train, *fold.test]) == list(range(120))
        assert not {rows[i].campaign for i in fold.train} & {rows[i].campaign for i in fold.test}


def test_a_split_in_time_of_incidents_scores_the_last_four_years() -> None:
    """Of rows up to 2016 those up to 2012 teach, and 2013 to 2016 are scored."""
    rows = incidents(64)
    words, (fold,) = folds_of(TASKS["objective"], rows, "time")
    assert words == "up to 2012 teach, 2013-2016 are scored"
    assert {rows[i].start.year for i in fold.test if rows[i].start} == {2013, 2014, 2015, 2016}
    assert max(rows[i].start.year for i in fold.train if rows[i].start) == 2012
    assert len(fold.train) + len(fold.test) == 64


def test_rolling_years_learn_from_all_before_them() -> None:
    """Of EuRepoC each of the last seven years is scored from all years before it, never from its own or a later one."""
    rows = origin_rows(80)
    words, folds = folds_of(TASKS["kind"], rows, "time")
    assert words == "each year 2006-2012 from all before it"
    for year, fold in zip(range(2006, 2013), folds, strict=True):
        assert {rows[i].start.year for i in fold.test if rows[i].start} == {year}
        assert sorted(fold.train) == [i for i, row in enumerate(rows) if row.start and row.start.year < year]


def test_folds_of_eurepoc_are_one_split_in_time() -> None:
    """As in the comparison, all up to the year before the last two teach, and these two are scored."""
    rows = origin_rows(80)
    words, (fold,) = folds_of(TASKS["claimed"], rows, "folds")
    assert words == "up to 2010 teach, 2011-2012 are scored"
    assert len(fold.test) == 20


def test_a_row_without_a_date_teaches_and_is_not_scored() -> None:
    """Who knows no date cannot be later than anything."""
    rows = [*origin_rows(40), replace(origin_rows(1)[0], start=None)]
    for how in ("time", "folds"):
        for fold in folds_of(TASKS["kind"], rows, how)[1]:
            assert 40 in fold.train


def test_the_last_years_are_those_of_the_rows() -> None:
    """A single row of 2030 moves the split."""
    rows = [*incidents(64), replace(incidents(1)[0], start=date(2030, 1, 1))]
    assert folds_of(TASKS["actor"], rows, "time")[0] == "up to 2026 teach, 2027-2030 are scored"


@pytest.fixture(scope="module")
def dcid(data_folder: Path) -> Training:
    """Return the incidents of DCID."""
    return read_dcid(data_folder / "dcid2_incidents_2000_2016.csv")


@pytest.fixture(scope="module")
def printed(data_folder: Path) -> dict[tuple[str, str], tuple[float, float, float]]:
    """Return log loss, Brier score and calibration error that the comparison printed, by question and classifier."""
    blocks = (data_folder / "baselines.txt").read_text(encoding="utf-8").split("\n\n")[1:]
    number = r"log loss ([\d.]+)  accuracy [\d.]+  Brier ([\d.]+)  ECE ([\d.]+)"
    out = {}
    for task, block in zip(DCID_TASKS, blocks, strict=False):
        for name, *numbers in re.findall(rf"(?m)^  (.*?) +{number}$", block):
            out[task, name] = tuple(map(float, numbers))
    assert len(out) == 23
    return out


def on_folds(task_id: str, name: str, training: Training) -> tuple[Array, Array]:
    """Return truths and forecasts of a simple classifier, each row scored by the fold that did not teach it."""
    task, rows = TASKS[task_id], training.episodes
    features, truth = task.training(rows)
    classes = tuple(sorted(set(truth)))
    p = np.zeros((len(rows), len(classes)))
    for fold in folds_of(task, rows, "folds")[1]:
        simple = task.baselines[name]([features[i] for i in fold.train], [truth[i] for i in fold.train])
        p[fold.test] = aligned(simple, [features[i] for i in fold.test], classes)
    return one_hot(truth, classes), p


@pytest.mark.parametrize("task", DCID_TASKS)
def test_simple_classifiers_score_as_they_did_beside_the_data(
    task: str, dcid: Training, printed: dict[tuple[str, str], tuple[float, float, float]]
) -> None:
    """On the same folds each simple classifier has the log loss, the Brier score and the error that were printed."""
    names = [name for name in QUICK if name in TASKS[task].baselines]
    assert len(names) == (7 if task == "actor_victim" else 4)
    for name in names:
        found = scores(*on_folds(task, name, dcid))
        assert (found.log_loss, found.brier, found.ece) == pytest.approx(printed[task, name], abs=0.00051), name


def test_victim_tables_say_what_the_comparison_says(dcid: Training, data_folder: Path) -> None:
    """Learnt from all rows, each victim table has the probabilities of the one beside the data, row by row."""
    theirs = comparison(data_folder)
    table = theirs.load(data_folder / "dcid2_incidents_2000_2016.csv")
    task = TASKS["actor_victim"]
    features, truth = task.training(dcid.episodes)
    assert truth == table.actor.tolist()
    every = ["method", "target", "sector", "supply", "ransom", "third", "damage", "severity", "info", "achieved",
             "duration", "objective"]  # fmt: skip
    for name, model in (
        ("victim table only", theirs.VictimTable()),
        ("victim table x tempered, all", theirs.VictimTable(features=tuple(every), temper=0.25)),
        (
            "victim table x tempered, 3 columns",
            theirs.VictimTable(features=("method", "objective", "info"), temper=0.4),
        ),
    ):
        p = model.fit(table, table.actor).predict_proba(table)
        ours = task.baselines[name](features, truth)
        assert ours.classes == tuple(model.classes_)
        assert np.abs(ours.predict(features) - p).max() < 1e-9, name
