"""Learn, check, score, and assess with what was learnt: each command in a process of its own, as a person runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_assess import FEW, parsed, refused
from tests.conftest import RunCli
from tests.fit.importing.rows_by_hand import DCID, EUREPOC, changed, without, write_csv

from cybercoercion.case import read_shipped

TAUGHT = ("sony-2014", "opm-2015", "notpetya-2017")
FRESH = ("estonia-2007", "stuxnet-2010")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two folders of coded episodes, `taught` and `fresh`, of which nothing is shared."""
    base = tmp_path_factory.mktemp("learning")
    for name, cases in (("taught", TAUGHT), ("fresh", FRESH)):
        (base / name).mkdir()
        for case in cases:
            (base / name / f"{case}.toml").write_text(read_shipped(case), encoding="utf-8")
    return base


@pytest.fixture(scope="module")
def learnt(folder: Path) -> subprocess.CompletedProcess[str]:
    """Return what `fit` said when it found the mode of three episodes; it has a minute's work on a slow machine."""
    command = ["-m", "cybercoercion", "fit", "--episodes", "taught", "--map", "--out", "x.nc"]
    return subprocess.run(
        [sys.executable, "-W", "error", *command],
        cwd=folder,
        env=os.environ | {"COLUMNS": "110", "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


@pytest.fixture(scope="module")
def fit(folder: Path, learnt: subprocess.CompletedProcess[str]) -> Path:
    """Return the fit that was written."""
    assert learnt.returncode == 0, learnt.stderr
    return folder / "x.nc"


@pytest.fixture(scope="module")
def assessed(run_cli: RunCli, fit: Path) -> dict[str, Any]:
    """Return the Sony case under the fit that learnt from it."""
    return parsed(run_cli("assess", "sony-2014", "--fit", fit, "--json", *FEW))


def test_fit_says_what_it_read_and_wrote(learnt: subprocess.CompletedProcess[str], fit: Path) -> None:
    """One line names file, hash and parts; what was read and how it went stands on the other channel."""
    assert fit.is_file()
    assert learnt.stdout.startswith("Written: x.nc, fit ")
    assert "parts: episode, outcome" in learnt.stdout
    assert "episodes: 3 rows from taught" in learnt.stderr
    assert "mode found" in learnt.stderr


def test_check_tells_a_mode_from_a_posterior(run_cli: RunCli, fit: Path) -> None:
    """A fit by its mode is warned of, part by part, and the exit code says whether anything failed."""
    done = run_cli("check", "--fit", fit, "--json")
    data = json.loads(done.stdout)
    text = json.dumps(data)
    assert "episode was fitted by its mode" in text
    assert "outcome was fitted by its mode" in text
    assert done.returncode == (3 if '"fail"' in text else 0)
    assert "Traceback" not in done.stderr


def test_score_takes_what_the_fit_has_not_seen(run_cli: RunCli, fit: Path, folder: Path) -> None:
    """Two fresh episodes are scored beside simple classifiers, in the agreed form."""
    data = parsed(run_cli("score", "--fit", fit, "--episodes", folder / "fresh", "--json"))
    (task,) = data["tasks"].values()
    assert list(data["tasks"]) == ["episodes"]
    assert task["n"] == 2
    assert set(task["model"]) == {"log_loss", "brier", "ece"}
    assert all(set(one) == {"log_loss", "brier", "ece"} for one in task["baselines"].values())
    assert data["notes"] == []


def test_score_leaves_out_what_taught(run_cli: RunCli, fit: Path, folder: Path) -> None:
    """On the split `test` the episodes that taught are none to score, and a note says so."""
    data = parsed(run_cli("score", "--fit", fit, "--episodes", folder / "taught", "--split", "test", "--json"))
    assert data["tasks"] == {}
    assert data["notes"][0] == "episodes: 3 rows taught the fit and are not scored"


def test_a_person_reads_the_scores(run_cli: RunCli, fit: Path, folder: Path) -> None:
    """Without --json the scores are a table, with the model and the simple classifiers by name."""
    done = run_cli("score", "--fit", fit, "--episodes", folder / "fresh")
    assert done.returncode == 0, done.stderr
    assert "frame priors only" in done.stdout
    assert "log loss" in done.stdout.casefold()


def test_an_answer_names_its_fit(run_cli: RunCli, assessed: dict[str, Any]) -> None:
    """The run of an answer under a fit has its hash, the same as under --fit in the file; without one it has none."""
    assert len(assessed["run"]["fit"]) == 64
    assert not parsed(run_cli("assess", "sony-2014", "--json", *FEW))["run"]["fit"]


def test_an_episode_that_taught_is_warned_of(run_cli: RunCli, assessed: dict[str, Any], fit: Path) -> None:
    """The answer about a training case says that it tests nothing; about another case it does not."""
    said = "the label of sony-2014 helped to make the fit: this answer is no test of it"
    assert said in assessed["warnings"]
    other = parsed(run_cli("assess", "estonia-2007", "--fit", fit, "--json", *FEW))
    assert not [line for line in other["warnings"] if "helped to make the fit" in line]


def test_a_fit_moves_beliefs_and_nothing_of_the_case(
    run_cli: RunCli, assessed: dict[str, Any], fit: Path, tmp_path: Path
) -> None:
    """Under a fit intent is another; the case is the same, and the same fit in another place is the same run."""
    moved = tmp_path / "moved.nc"
    moved.write_bytes(fit.read_bytes())
    assert parsed(run_cli("assess", "sony-2014", "--fit", moved, "--json", *FEW))["run"] == assessed["run"]
    before = parsed(run_cli("assess", "sony-2014", "--json", *FEW))
    assert before["intent"] != assessed["intent"]
    assert before["run"]["case"] == assessed["run"]["case"]
    assert before["run"]["priors"] == assessed["run"]["priors"]


def test_verify_repeats_an_answer_with_its_fit(run_cli: RunCli, assessed: dict[str, Any], tmp_path: Path) -> None:
    """A result under a fit verifies: the fit is loaded again."""
    path = tmp_path / "result.json"
    path.write_text(json.dumps(assessed), encoding="utf-8")
    done = run_cli("verify", path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The same" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("assess", "sony-2014", "--fit", "text.nc"),
        ("explain", "sony-2014", "--fit", "text.nc"),
        ("score", "--fit", "text.nc", "--episodes", "fresh"),
        ("check", "--fit", "text.nc"),
        ("fit", "--episodes", "fresh", "--base", "text.nc", "--map", "--out", "y.nc"),
    ],
)
def test_what_is_no_fit_is_refused_everywhere(run_cli: RunCli, folder: Path, arguments: tuple[str, ...]) -> None:
    """Whoever is given a text file as a fit says so, with what is allowed."""
    (folder / "text.nc").write_text("no fit at all", encoding="utf-8")
    refused(run_cli(*arguments, cwd=folder), "text.nc: ", "got ", "allowed: ")


def test_a_missing_fit_is_refused(run_cli: RunCli, folder: Path) -> None:
    """So is a name that no file has."""
    refused(run_cli("assess", "sony-2014", "--fit", "nowhere.nc", cwd=folder), "nowhere.nc", "no such file")


def test_a_fit_under_changed_priors_is_refused(run_cli: RunCli, fit: Path, tmp_path: Path) -> None:
    """An overlay that changes what the fit started from is refused by name."""
    (tmp_path / "mine.toml").write_text(
        "[table.leak.rows]\ncrime = [0.5, 0.5]\n",
        encoding="utf-8",
    )
    refused(run_cli("assess", "sony-2014", "--fit", fit, "--priors", tmp_path, *FEW), "leak", "prior numbers")


@pytest.mark.parametrize("command", ["fit", "score"])
def test_nothing_to_learn_from_is_refused(run_cli: RunCli, folder: Path, command: str, fit: Path) -> None:
    """Without a source the options that name one are told."""
    options = ("--out", "z.nc") if command == "fit" else ("--fit", fit)
    refused(run_cli(command, *options, cwd=folder), "got no rows", "--episodes, --dcid")
    assert not (folder / "z.nc").exists()


def test_an_unknown_split_is_refused(run_cli: RunCli, fit: Path, folder: Path) -> None:
    """What is no split is told with those that are."""
    done = run_cli("score", "--fit", fit, "--episodes", folder / "fresh", "--split", "halves")
    refused(done, "--split: got 'halves'", "auto, test, folds, time")


def test_no_place_to_write_is_refused_before_any_work(run_cli: RunCli, folder: Path) -> None:
    """A folder that is not there is told at once."""
    done = run_cli("fit", "--episodes", "taught", "--map", "--out", "no/such/x.nc", cwd=folder)
    refused(done, "no/such/x.nc: --out: got ", "allowed: an existing folder")
    assert "compiling" not in done.stderr


SOURCES = ("dcid", "dcid-campaigns", "eurepoc", "mid", "ties")


def test_sources_that_are_not_there_are_refused(run_cli: RunCli, folder: Path) -> None:
    """Each source that is missing has a line of its own, with the file that was named."""
    names = (*SOURCES, "episodes")
    options = [part for name in names for part in (f"--{name}", f"no-{name}.csv")]
    said = refused(run_cli("fit", *options, "--out", "z.nc", cwd=folder))
    for name in names:
        (line,) = [line for line in said.splitlines() if f"no-{name}.csv: " in line]
        assert "got " in line
        assert "allowed: " in line


def test_tables_of_something_else_are_refused(run_cli: RunCli, folder: Path) -> None:
    """A table without the columns of its source is told by file and columns, whichever source it is given as."""
    options: list[str] = []
    for name in SOURCES:
        write_csv(folder / f"as-{name}.csv", [{"colour": "blue", "taste": "sweet"}])
        options += [f"--{name}", f"as-{name}.csv"]
    said = refused(run_cli("fit", *options, "--out", "z.nc", cwd=folder))
    for name in SOURCES:
        lines = [line for line in said.splitlines() if f"as-{name}.csv: " in line]
        assert lines, name
        assert all("got " in line and "allowed: " in line for line in lines)


def test_faults_of_all_files_are_told_together(run_cli: RunCli, folder: Path) -> None:
    """Columns that are missing in one table and in another are told at once, by name."""
    one = write_csv(folder / "dcid.csv", [without(DCID, "method", "severity")])
    two = write_csv(folder / "eurepoc.csv", [without(EUREPOC, "incident_type")])
    done = run_cli("fit", "--dcid", one, "--eurepoc", two, "--out", "z.nc", cwd=folder)
    refused(done, "dcid.csv: ", "method", "severity", "eurepoc.csv: ", "incident_type", "got ", "allowed: ")


def test_a_fit_without_incidents_scores_none(run_cli: RunCli, folder: Path, fit: Path) -> None:
    """Rows that the fit cannot answer about end in notes, not in a fault."""
    rows = [changed(DCID, Cyberincidentnum=number, Name=f"Tiger {number}") for number in range(3)]
    path = write_csv(folder / "three.csv", rows)
    data = parsed(run_cli("score", "--fit", fit, "--dcid", path, "--json"))
    assert data["tasks"] == {}
    assert len(data["notes"]) == 4
