"""The verb ``score``: which rows it takes, what it compares, how it says it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import numpy as np
import pytest
from tests.fit.episode.episode_world import shipped as shipped_episodes
from tests.fit.origin.origin_world import world as origin_rows
from tests.fit.scoring.scoring_world import incidents, made_up_fit, posterior, training

from cybercoercion.fit.scoring import held_out
from cybercoercion.fit.scoring.classifiers import frequencies
from cybercoercion.fit.scoring.episodes import score_episodes
from cybercoercion.fit.scoring.forecast import classes_of, forecast
from cybercoercion.fit.scoring.held_out import FOLDS
from cybercoercion.fit.scoring.score import Forecasts, Split, one_hot, reordered, score, scored
from cybercoercion.fit.scoring.task import TASKS
from cybercoercion.fit.training import Label, Refused
from cybercoercion.knowledge import Knowledge, load_knowledge

FRESH = incidents(12, seed=9)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """Return few draws of the priors."""
    return load_knowledge(draws=50)


def test_ones_stand_at_the_truths() -> None:
    """Of a, b, a over the classes b, a the rows are 0 1, 1 0, 0 1."""
    assert one_hot(("a", "b", "a"), ("b", "a")).tolist() == [[0, 1], [1, 0], [0, 1]]


def test_forecasts_move_with_their_classes() -> None:
    """Over the classes c, a, x forecasts of a and c change places, and x has nothing."""
    assert reordered(np.array([[0.3, 0.7]]), ("a", "c"), ("c", "a", "x")).tolist() == [[0.7, 0.3, 0]]


def test_the_best_simple_classifier_is_the_one_to_beat() -> None:
    """Of two simple ones that say .5 and .6 of the truth the model, at .8, is ahead of the second by log .75."""
    truth = np.array([[1.0, 0.0]] * 3)
    said = {name: np.tile([p, 1 - p], (3, 1)) for name, p in (("model", 0.8), ("even", 0.5), ("near", 0.6))}
    found = scored("x", "y", "z", Forecasts(classes=("a", "b"), truth=truth, said=said, campaigns=tuple("abc")))
    assert found.best == "near"
    assert found.ahead.value == pytest.approx(np.log(0.6 / 0.8))
    assert found.model.log_loss == pytest.approx(-np.log(0.8))
    assert set(found.baselines) == {"even", "near"}


def test_rows_that_taught_are_not_scored(knowledge: Knowledge) -> None:
    """On the split `test` only unseen rows count, and a note says how many were left out."""
    report = score(made_up_fit(), knowledge, [training([*incidents(24), *FRESH])], split="test")
    assert {one.n for one in report.tasks.values()} == {12}
    assert report.notes == ("dcid: 24 rows taught the fit and are not scored",)
    assert set(report.tasks) == {"objective", "objective_early", "actor", "actor_victim"}


def test_seen_rows_move_no_score(knowledge: Knowledge) -> None:
    """With and without the rows that taught, the scores are the same."""
    one, other = (
        score(made_up_fit(), knowledge, [training(rows)], split="test") for rows in ([*incidents(24), *FRESH], FRESH)
    )
    assert one.tasks == other.tasks
    assert other.notes == ()


def test_auto_takes_unseen_rows_where_there_are_some(knowledge: Knowledge) -> None:
    """With any new row, `auto` is `test`."""
    report = score(made_up_fit(), knowledge, [training([*incidents(24), *FRESH])])
    assert report.tasks["objective"].split == "rows that the fit has not seen"


def test_the_model_is_scored_by_its_own_forecasts(knowledge: Knowledge) -> None:
    """The log loss is that of the forecasts for the truths, class by class."""
    report = score(made_up_fit(), knowledge, [training(FRESH)], split="test")
    for name in ("objective", "actor_victim"):
        task = TASKS[name]
        p = forecast(name, posterior(task.part), FRESH)
        truth = [classes_of(name).index(task.answer(row)) for row in FRESH]
        expected = -np.log(np.clip(p[np.arange(12), truth], 1e-4, None)).mean()
        assert report.tasks[name].model.log_loss == pytest.approx(expected, abs=0.002), name


def test_the_json_has_the_agreed_form(knowledge: Knowledge) -> None:
    """Under `tasks` each question has n, the model's three scores and those of each simple classifier."""
    report = score(made_up_fit(), knowledge, [training(FRESH)], split="test", seed=7)
    data = json.loads(report.to_json())
    assert set(data) == {"tasks", "notes", "run"}
    assert data["run"] == {"fit": "abc", "seed": 7}
    for name, one in data["tasks"].items():
        assert one["n"] == 12
        assert set(one["model"]) == {"log_loss", "brier", "ece"}
        assert set(one["baselines"]) == set(made_up_fit().baselines[name])
        assert all(set(other) == {"log_loss", "brier", "ece"} for other in one["baselines"].values())
        best = min(one["baselines"].values(), key=lambda other: other["log_loss"])["log_loss"]
        assert one["baselines"][one["best_simple"]]["log_loss"] == best
        assert one["difference"]["value"] == pytest.approx(one["model"]["log_loss"] - best)


def test_what_the_fit_does_not_know_is_said(knowledge: Knowledge) -> None:
    """A fit without the part that answers names the questions left open, and scores the others."""
    report = score(made_up_fit(("objective",)), knowledge, [training(FRESH)], split="test")
    assert list(report.tasks) == ["objective"]
    assert [note.split(":")[0] for note in report.notes] == ["objective_early", "actor", "actor_victim"]


def test_rows_that_were_kept_out_are_named(knowledge: Knowledge) -> None:
    """A row that the importer refused stands among the notes."""
    bad = Refused(file="made-up.csv", place="row 3", got="'9'", allowed="1, 2")
    report = score(made_up_fit(), knowledge, [training(FRESH, refused=(bad,))], split="test")
    assert str(bad) in report.notes


def test_too_few_rows_are_no_score(knowledge: Knowledge) -> None:
    """One row is said to be too few."""
    report = score(made_up_fit(), knowledge, [training(FRESH[:1])], split="test")
    assert dict(report.tasks) == {}
    assert report.notes == ("dcid: 1 rows to score, too few",)


def test_rows_without_a_victim_are_not_asked_by_victim(knowledge: Knowledge) -> None:
    """Of twelve rows two without a victim count only where the victim is unknown."""
    rows = [*FRESH[:10], *(replace(row, about=MappingProxyType({})) for row in FRESH[10:])]
    report = score(made_up_fit(), knowledge, [training(rows)], split="test")
    assert (report.tasks["actor"].n, report.tasks["actor_victim"].n) == (12, 10)


def test_a_label_in_doubt_is_no_truth(knowledge: Knowledge) -> None:
    """A soft label teaches, but is not scored."""
    doubt = Label(certainty="soft", weights=MappingProxyType({"disruption": 0.6, "degradation": 0.4}))
    rows = [replace(FRESH[0], labels=MappingProxyType({**FRESH[0].labels, "objective": doubt})), *FRESH[1:]]
    report = score(made_up_fit(), knowledge, [training(rows)], split="test")
    assert (report.tasks["objective"].n, report.tasks["actor"].n) == (11, 12)


class Recorder:
    """A refit that is no refit: remembers which rows were to teach, and has random draws."""

    def __init__(self, part: str) -> None:
        """Take the part, and no weights yet."""
        self.part = part
        self.weights: list[np.ndarray] = []

    def posterior(self, weight: np.ndarray, **_: object) -> object:
        """Return the same draws whatever the weights."""
        self.weights.append(weight)
        return posterior(self.part)


@pytest.fixture
def refits(monkeypatch: pytest.MonkeyPatch) -> dict[str, Recorder]:
    """Return the recorders that stand for the parts."""
    made = {part: Recorder(part) for part in ("objective", "objective_early", "actor", "origin")}

    def maker(part: str) -> Callable[..., Recorder]:
        return lambda *_: made[part]

    monkeypatch.setattr(held_out, "REFITS", {part: maker(part) for part in made})
    quick = {"frequencies only": frequencies}
    monkeypatch.setattr(held_out, "TASKS", {name: replace(task, fitters=quick) for name, task in TASKS.items()})
    return made


def test_no_row_teaches_the_fold_that_scores_it(knowledge: Knowledge, refits: dict[str, Recorder]) -> None:
    """On folds a part is refitted ten times, with whole campaigns weighed nothing, each row once for each question."""
    rows = incidents(140)
    report = score(made_up_fit(), knowledge, [training(rows)], split="folds")
    assert {one.n for one in report.tasks.values()} == {140}
    for part in ("objective", "objective_early", "actor"):
        held = np.array(refits[part].weights)
        assert len(held) == FOLDS  # both questions about the actor share their refits
        assert set(held.ravel().tolist()) == {0.0, 1.0}
        assert (held == 0).sum(0).tolist() == [1] * 140
        for weight in held:
            out = {rows[i].campaign for i in np.flatnonzero(weight == 0)}
            assert not out & {rows[i].campaign for i in np.flatnonzero(weight)}


def test_folds_are_for_rows_that_taught_too(knowledge: Knowledge, refits: dict[str, Recorder]) -> None:
    """Where all rows taught, `auto` refits on folds."""
    rows = incidents(80)
    taught = made_up_fit(seen=frozenset(row.fingerprint for row in rows))
    report = score(taught, knowledge, [training(rows)])
    assert report.tasks["objective"].split.startswith("10 folds")
    assert refits["objective"].weights


def test_later_years_teach_no_earlier_one(knowledge: Knowledge, refits: dict[str, Recorder]) -> None:
    """On the split `time` of EuRepoC a refit for a year weighs that year and all later ones nothing."""
    rows = [
        replace(row, labels=MappingProxyType({**row.labels, "claimed": Label.hard(row.facts["claimed"])}))
        for row in origin_rows(160)
    ]
    report = score(made_up_fit(), knowledge, [training(rows, "eurepoc")], split="time")
    assert set(report.tasks) == {"kind", "kind_claim", "claimed"}
    years = np.array([row.start.year for row in rows if row.start])
    for year, weight in zip(range(2006, 2013), refits["origin"].weights, strict=True):
        assert (weight == (years < year)).all()


def test_rows_whose_truth_nobody_knows_are_not_scored(knowledge: Knowledge, refits: dict[str, Recorder]) -> None:
    """On folds too: of 145 incidents five without an objective count only where the actor is asked for."""
    rows = [
        *(replace(row, labels=MappingProxyType({"actor": row.labels["actor"]})) for row in incidents(5, seed=3)),
        *incidents(140),
    ]
    report = score(made_up_fit(), knowledge, [training(rows)], split="folds")
    assert (report.tasks["objective"].n, report.tasks["actor"].n) == (140, 145)
    assert all((weight[:5] == 0).all() for weight in refits["objective"].weights)


@pytest.mark.parametrize("split", ["folds", "time"])
def test_too_few_rows_for_a_split_are_noted(knowledge: Knowledge, refits: dict[str, Recorder], split: Split) -> None:
    """Six rows of one year make neither ten folds nor a split in time: each question has a note, and no fit is made."""
    rows = [replace(row, start=date(2010, 1, 1)) for row in incidents(6)]
    report = score(made_up_fit(), knowledge, [training(rows)], split=split)
    assert dict(report.tasks) == {}
    assert [note.split(":")[0] for note in report.notes] == ["objective", "objective_early", "actor", "actor_victim"]
    assert all("too few rows" in note for note in report.notes)
    assert all(one.weights == [] for one in refits.values())


def test_coded_episodes_are_scored_against_soft_labels(knowledge: Knowledge) -> None:
    """Episodes that no fit has seen: the divergence from the label, beside the frame's base rates and naive Bayes."""
    from tests.fit.checking.made_up_fit import made_up_fit as priors_as_fit

    rows = shipped_episodes().episodes[:6]
    found = score_episodes(priors_as_fit(knowledge, ("outcome",)), knowledge, rows, refit=False)
    assert found.n == 6
    assert "frame priors only" in found.baselines
    # the tables before any refit believe what this fit, which touches none of them, believes
    assert found.model.log_loss == pytest.approx(found.baselines["tables before any refit"].log_loss)
    assert found.more["kl"] == pytest.approx(found.model.log_loss, abs=0.001)
    assert 0 < found.more["coercion_rmse"] < 1
