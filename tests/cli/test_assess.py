"""The command that answers: as a person runs it, in a process of its own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import RunCli

from cybercoercion.case import read_shipped

FEW = ("--draws", "200")


@pytest.fixture(scope="module")
def sony(run_cli: RunCli) -> dict[str, Any]:
    """Return the result of the Sony case with few draws."""
    return parsed(run_cli("assess", "sony-2014", "--json", *FEW))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Sony case as a file of the user."""
    path = tmp_path_factory.mktemp("mine") / "sony-2014.toml"
    path.write_text(read_shipped("sony-2014"), encoding="utf-8")
    return path


def parsed(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Return the one object that was printed."""
    assert done.returncode == 0, done.stderr
    data: dict[str, Any] = json.loads(done.stdout)
    return data


def refused(done: subprocess.CompletedProcess[str], *parts: str) -> str:
    """See that a command ended with 2 and words, without a traceback and without an answer; return the words."""
    assert done.returncode == 2, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr + done.stdout
    assert "fault of ours" not in done.stderr
    for part in parts:
        assert part in done.stderr
    return done.stderr


def test_a_person_reads_the_answer(run_cli: RunCli) -> None:
    """Without options the command prints title, sentence, confidence, beliefs, costs and run line, and nothing else."""
    done = run_cli("assess", "sony-2014")
    assert done.returncode == 0
    assert done.stderr == ""
    first = done.stdout.splitlines()[0]
    assert first == "Sony Pictures Entertainment, 2014, as known on 18 Dec 2014. 15 reports from 7 origins."
    for part in ("Confidence: ", "Compellence", "North Korea", "Disputed attribution", "Nothing new", "Run: model"):
        assert part in done.stdout


def test_the_result_is_one_object(sony: dict[str, Any]) -> None:
    """With --json one object is printed, of the case that was asked for."""
    assert sony["case"] == "sony-2014"
    assert sony["run"]["draws"] == 200


def test_a_path_gives_the_same_as_the_id(run_cli: RunCli, sony: dict[str, Any], file: Path) -> None:
    """A file with the text of a shipped case has the same result, run identity included."""
    assert parsed(run_cli("assess", file, "--json", *FEW)) == sony
    assert parsed(run_cli("assess", file.name, "--json", *FEW, cwd=file.parent)) == sony


def test_terminal_and_json_have_the_same_sentence(run_cli: RunCli, sony: dict[str, Any]) -> None:
    """What a person reads is what a program parses."""
    printed = " ".join(run_cli("assess", "sony-2014", *FEW).stdout.split())
    assert sony["sentence"] in printed


def test_set_changes_numbers(run_cli: RunCli, sony: dict[str, Any]) -> None:
    """A changed stake changes costs and the hash of the case, and no belief."""
    other = parsed(run_cli("assess", "sony-2014", "--json", *FEW, "--set", "stakes.resilience=0.9"))
    assert other["ranking"][0]["expected_cost"] != sony["ranking"][0]["expected_cost"]
    assert other["run"]["case"] != sony["run"]["case"]
    assert other["intent"] == sony["intent"]
    assert other["inputs"]["case"]["stakes"]["resilience"] == 0.9


def test_set_can_be_said_again(run_cli: RunCli, sony: dict[str, Any]) -> None:
    """Several settings act together, on rows by their id too."""
    settings = ("--set", "stakes.harm_now=1e8", "--set", "reports.wiper.grade=F6")
    other = parsed(run_cli("assess", "sony-2014", "--json", *FEW, *settings))
    assert other["coercion"]["p"] != sony["coercion"]["p"]
    assert other["inputs"]["case"]["stakes"]["harm_now"] == 1e8


@pytest.mark.parametrize("setting", ["stakes.harm_now=1e11", "stakes.resilience=0.95", "reports.none.grade=A1"])
def test_set_acts_on_a_campaign_or_is_refused(run_cli: RunCli, setting: str) -> None:
    """On a campaign a setting changes a cost, or is refused; it is never swallowed."""
    before = parsed(run_cli("assess", "ukraine-2014-2016", "--json", *FEW))
    done = run_cli("assess", "ukraine-2014-2016", "--json", *FEW, "--set", setting)
    if done.returncode == 0:
        after = parsed(done)
        assert after["ranking"][0]["expected_cost"] != before["ranking"][0]["expected_cost"]
    else:
        refused(done, "--set")


def test_as_of_reveals_reports(run_cli: RunCli, sony: dict[str, Any]) -> None:
    """On a later date the reports known by then count, and belief in the named actor rises."""
    later = parsed(run_cli("assess", "sony-2014", "--json", *FEW, "--as-of", "2015-01-15"))
    assert later["as_of"] == "2015-01-15"
    assert later["actor"]["north-korea"]["p"] > sony["actor"]["north-korea"]["p"]
    assert any("government-names-north" in warning for warning in sony["warnings"])
    assert not any("government-names-north" in warning for warning in later["warnings"])


def test_as_of_hides_reports(run_cli: RunCli, sony: dict[str, Any]) -> None:
    """On a date before any report nothing is reported yet, and the page says so."""
    done = run_cli("assess", "sony-2014", *FEW, "--as-of", "2014-01-01")
    assert done.returncode == 0
    assert "Nothing is reported yet" in done.stdout
    assert sony["as_of"] == "2014-12-18"


def test_seed_and_draws_are_recorded(run_cli: RunCli, sony: dict[str, Any]) -> None:
    """Another seed gives other numbers, and both seed and draws stand in the result."""
    other = parsed(run_cli("assess", "sony-2014", "--json", "--draws", "300", "--seed", "7"))
    assert (other["run"]["seed"], other["run"]["draws"]) == (7, 300)
    assert other["coercion"]["p"] != sony["coercion"]["p"]


def test_draws_grow_where_few_carry_the_weight(run_cli: RunCli) -> None:
    """Without --draws the command draws until a thousand are effective, up to sixteen thousand."""
    for name in ("sony-2014", "ukraine-2014-2016"):
        run = parsed(run_cli("assess", name, "--json"))["run"]
        assert run["draws"] >= 2000
        assert run["ess"] >= 1000 or run["draws"] >= 16_000


def test_an_overlay_is_used_and_named(run_cli: RunCli, sony: dict[str, Any], tmp_path: Path) -> None:
    """A folder of tables changes the numbers and the hash of the priors, and is named in a warning."""
    folder = tmp_path / "bold"
    folder.mkdir()
    (folder / "mine.toml").write_text(
        '[quantity.coding.likely]\nvalue = 0.99\nunit = "probability"\nsource = "a test"\nmark = "judgement"\n',
        encoding="utf-8",
    )
    other = parsed(run_cli("assess", "sony-2014", "--json", *FEW, "--priors", folder))
    assert other["run"]["priors"] != sony["run"]["priors"]
    assert other["coding"]["actor"] == "Disputed attribution"
    assert any("bold" in warning and "coding.likely" in warning for warning in other["warnings"])


def test_an_unknown_id_is_told_the_nearest(run_cli: RunCli) -> None:
    """A slip in an id is refused with the shipped ids, the nearest named."""
    refused(run_cli("assess", "sony-2041"), "sony-2041", "(nearest: sony-2014)", "south-korea-2013")


def test_a_missing_file_is_refused(run_cli: RunCli, tmp_path: Path) -> None:
    """A path without a file is refused by its name."""
    refused(run_cli("assess", tmp_path / "absent.toml"), "absent.toml", "no such file")


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("--set", "stakes.resilience=7"), "stakes.resilience: got 7"),
        (("--set", "stakes.resilience"), "place=value"),
        (("--set", "stakes.resilence=0.5"), "resilence"),
        (("--set", "reports.nobody.grade=A1"), "nobody"),
        (("--set", "=1"), "place=value"),
        (("--as-of", "yesterday"), "--as-of"),
        (("--as-of", "2014-13-01"), "--as-of"),
        (("--seed", "-1"), "--seed"),
        (("--seed", "one"), "--seed"),
        (("--draws", "1"), "--draws"),
        (("--draws", "1000000000"), "--draws"),
        (("--priors", "nowhere-at-all"), "nowhere-at-all"),
        (("--nonsense",), "--nonsense"),
        (("another",), "another"),
    ],
)
def test_a_bad_option_is_refused(run_cli: RunCli, arguments: tuple[str, ...], part: str) -> None:
    """A bad value or an unknown option ends with 2 and is named."""
    assert part in " ".join(refused(run_cli("assess", "sony-2014", *arguments)).split())


def test_all_faults_of_a_setting_are_told_at_once(run_cli: RunCli) -> None:
    """Two bad settings are two faults, each with place, got and allowed."""
    text = refused(run_cli("assess", "sony-2014", "--set", "stakes.resilience=7", "--set", "frame=x"))
    assert text.count("allowed:") == 2


def test_a_faulty_overlay_is_refused(run_cli: RunCli, tmp_path: Path) -> None:
    """Every fault of a folder of tables is named with its file."""
    (tmp_path / "mine.toml").write_text("[quantity.nobody.knows]\nvalue = 1\n", encoding="utf-8")
    refused(run_cli("assess", "sony-2014", "--priors", tmp_path), "mine.toml", "allowed")
    (tmp_path / "mine.toml").write_text("x = = 1", encoding="utf-8")
    refused(run_cli("assess", "sony-2014", "--priors", tmp_path), "mine.toml")


def test_all_faults_of_a_case_are_told_at_once(run_cli: RunCli, tmp_path: Path) -> None:
    """A bad case ends with 2 and a line for each fault: file, place, got, allowed; nothing else is printed."""
    path = tmp_path / "bad.toml"
    text = read_shipped("sony-2014").replace('frame = "threat-received"', 'frame = "dispute"')
    text = text.replace('grade = "A2"', 'grade = "Z9"', 1).replace("as_of = 2014-12-18", 'as_of = "soon"')
    path.write_text(text.replace('kind = "individual"', 'kind = "person"'), encoding="utf-8")
    done = run_cli("assess", path)
    lines = refused(done).splitlines()
    assert done.stdout == ""
    assert len(lines) == 4
    assert all(line.startswith(f"{path}: ") and ": got " in line and "; allowed: " in line for line in lines)
    for place in ("as_of", "frame", "kind", "grade"):
        assert sum(f"{place}: got" in line for line in lines) == 1


def test_evidence_that_cannot_be_is_refused(run_cli: RunCli, tmp_path: Path) -> None:
    """Reports that no state of the world agrees with are bad input, told in words."""
    path = tmp_path / "impossible.toml"
    pinned = '[[reports]]\nid = "{0}"\nfact = "actor"\nkind = "pinned"\nfindings = {{ {1} = 1.0 }}\n\n'
    extra = pinned.format("sure", "north-korea") + pinned.format("sure-too", "insider")
    path.write_text(read_shipped("sony-2014").replace("[stakes]", extra + "[stakes]"), encoding="utf-8")
    done = run_cli("assess", path, *FEW)
    assert done.returncode in (0, 2), done.stderr
    if done.returncode == 2:
        refused(done, "reports")


def test_help_names_every_command(run_cli: RunCli) -> None:
    """Without a command the help is printed; it names the commands that there are."""
    text = run_cli("--help").stdout
    for command in ("assess", "explain", "report", "verify", "validate", "new", "schema", "priors"):
        assert command in text
    assert "assess" in run_cli().stdout + run_cli().stderr


def test_an_unknown_command_is_refused(run_cli: RunCli) -> None:
    """A command that there is not ends with 2."""
    refused(run_cli("asses", "sony-2014"), "asses")


def test_a_reader_who_has_seen_enough_is_no_fault(tmp_path: Path) -> None:
    """When the reader of the output leaves, nothing is said about it."""
    import sys

    command = f"{sys.executable} -m cybercoercion priors | head -n 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, encoding="utf-8", cwd=tmp_path, check=False)  # noqa: S607
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
