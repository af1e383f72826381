"""The other commands, each in a process of its own."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.cli.test_assess import FEW, parsed, refused
from tests.conftest import RunCli
from tests.report.examples import Page

from cybercoercion.case import load_case, read_shipped, shipped
from cybercoercion.vocabulary import FRAMES


@pytest.fixture(scope="module")
def recorded(run_cli: RunCli, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a result, as a person keeps it."""
    path = tmp_path_factory.mktemp("kept") / "result.json"
    path.write_text(run_cli("assess", "sony-2014", "--json", *FEW).stdout, encoding="utf-8")
    return path


def test_verify_says_that_a_result_is_the_same(run_cli: RunCli, recorded: Path) -> None:
    """An untouched result verifies with 0."""
    done = run_cli("verify", recorded)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The same" in done.stdout


def test_verify_names_what_was_tampered_with(run_cli: RunCli, recorded: Path, tmp_path: Path) -> None:
    """A result with one changed number ends with 3, and the place is named with both numbers."""
    data = json.loads(recorded.read_text(encoding="utf-8"))
    old = data["ranking"][0]["delta"]
    data["ranking"][0]["delta"] = old * (1 + 1e-6)
    path = tmp_path / "tampered.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    done = run_cli("verify", path)
    assert done.returncode == 3
    assert "ranking[0].delta: recorded " in done.stdout
    assert repr(old) in done.stdout
    assert "1 difference" in done.stdout
    assert "Traceback" not in done.stderr


def test_verify_forgives_a_billionth(run_cli: RunCli, recorded: Path, tmp_path: Path) -> None:
    """A number that differs by less than 1e-9 relative is the same."""
    data = json.loads(recorded.read_text(encoding="utf-8"))
    data["ranking"][0]["delta"] *= 1 + 1e-10
    path = tmp_path / "close.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert run_cli("verify", path).returncode == 0


@pytest.mark.parametrize("content", [None, "", "{}", "[1]", '{"run": {"seed": 1, "draws": 9}, "inputs": 1}'])
def test_verify_refuses_what_is_no_result(run_cli: RunCli, tmp_path: Path, content: str | None) -> None:
    """What is no result ends with 2, with file, place, got and allowed."""
    path = tmp_path / "no.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    refused(run_cli("verify", path), "no.json", "got ", "allowed: ")


def test_new_writes_a_sound_case(run_cli: RunCli, tmp_path: Path) -> None:
    """The file that `new` writes can be read, validated and assessed as it stands, and says to choose a frame."""
    done = run_cli("new", "harbour", cwd=tmp_path)
    assert done.returncode == 0
    assert "harbour.toml" in done.stdout
    assert all(frame in done.stderr for frame in FRAMES)
    assert load_case(tmp_path / "harbour.toml").id == "harbour"
    assert run_cli("validate", "harbour.toml", cwd=tmp_path).returncode == 0
    assert parsed(run_cli("assess", "harbour.toml", "--json", *FEW, cwd=tmp_path))["case"] == "harbour"


def test_new_takes_title_and_frame(run_cli: RunCli, tmp_path: Path) -> None:
    """Title and frame stand in the file, and then nothing is left to choose."""
    path = tmp_path / "pier.toml"
    done = run_cli("new", path, "--title", 'The "pier"', "--frame", "threat-received")
    assert done.returncode == 0
    assert done.stderr == ""
    case = load_case(path)
    assert (case.title, case.frame) == ('The "pier"', "threat-received")


def test_new_overwrites_nothing(run_cli: RunCli, tmp_path: Path) -> None:
    """A file that exists is refused and left as it is."""
    path = tmp_path / "harbour.toml"
    path.write_text("mine", encoding="utf-8")
    refused(run_cli("new", "harbour", cwd=tmp_path), "harbour.toml", "a file that exists")
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "arguments",
    [
        ("The Harbour",),
        ("no/such/folder/harbour",),
        ("harbour", "--frame", "x"),
        ("",),
        ("..",),
    ],
)
def test_new_refuses_what_makes_no_case(run_cli: RunCli, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """A name that is no id, a folder that is not there, an unknown frame or no title: nothing is written."""
    refused(run_cli("new", *arguments, cwd=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_validate_reads_several_files(run_cli: RunCli, tmp_path: Path) -> None:
    """Each sound file is called sound; the faults of all others are told together, and the command ends with 2."""
    assert run_cli("validate", *shipped()).stdout.count(": sound") == len(shipped())
    for name, frame in (("one", "x"), ("two", "y")):
        text = read_shipped("sony-2014").replace('frame = "threat-received"', f'frame = "{frame}"')
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    done = run_cli("validate", "one.toml", "sony-2014", "two.toml", cwd=tmp_path)
    text = refused(done, "one.toml: ", "frame: got 'x'", "two.toml: ", "frame: got 'y'")
    assert len(text.splitlines()) == 2
    assert "sony-2014: sound" in done.stdout


def test_validate_lists_faults_for_programs(run_cli: RunCli, tmp_path: Path) -> None:
    """With --json the faults are a list of file, place, got and allowed; of sound files it is empty."""
    assert parsed(run_cli("validate", "sony-2014", "--json")) == {"faults": []}
    path = tmp_path / "bad.toml"
    path.write_text(read_shipped("sony-2014").replace('frame = "threat-received"', 'frame = "x"'), encoding="utf-8")
    done = run_cli("validate", path, "--json")
    assert done.returncode == 2
    (fault,) = json.loads(done.stdout)["faults"]
    assert fault.keys() == {"file", "place", "got", "allowed"}
    assert (fault["file"], fault["got"]) == (str(path), "'x'")
    assert fault["place"].endswith("frame")


def test_priors_print_numbers_with_sources(run_cli: RunCli) -> None:
    """The ledger of a prefix holds its entries and no others, each with mark and source."""
    done = run_cli("priors", "words.")
    assert done.returncode == 0
    names = [line.strip() for line in done.stdout.splitlines() if line.startswith((" words", "words"))]
    assert "words.likely" in names
    assert all(name.startswith("words.") for name in names)
    assert "Intelligence Community Directive 203" in done.stdout


def test_priors_are_one_object(run_cli: RunCli) -> None:
    """With --json the ledger is one object, and a prefix picks from it."""
    every, some = parsed(run_cli("priors", "--json")), parsed(run_cli("priors", "cost.", "--json"))
    assert every["priors"] == some["priors"]
    names = [entry["name"] for entry in some["entries"]]
    assert names
    assert names == [entry["name"] for entry in every["entries"] if entry["name"].startswith("cost.")]
    assert all(entry["source"] and entry["mark"] and entry["unit"] for entry in every["entries"])


def test_the_schema_is_a_schema_and_accepts_the_shipped_cases(run_cli: RunCli) -> None:
    """The printed JSON Schema is valid and finds no fault in a shipped case or campaign, dates written as text."""
    case, campaign = parsed(run_cli("schema")), parsed(run_cli("schema", "--campaign"))
    for schema in (case, campaign):
        Draft202012Validator.check_schema(schema)
    for name in shipped():
        data: dict[str, Any] = json.loads(json.dumps(tomllib.loads(read_shipped(name)), default=str))
        validator = Draft202012Validator(campaign if "cases" in data else case)
        # an episode leaves its candidates to its campaign, which the schema of a case cannot know
        assert [error.message for error in validator.iter_errors(data) if list(error.path) != ["actors"]] == []


@pytest.mark.parametrize("suffix", ["html", "md", "json"])
def test_a_report_is_written_where_it_is_asked_for(run_cli: RunCli, tmp_path: Path, suffix: str) -> None:
    """HTML, Markdown and JSON by the suffix, with the short answer of the assessment."""
    path = tmp_path / f"page.{suffix}"
    done = run_cli("report", "sony-2014", "-o", path, *FEW)
    assert done.returncode == 0, done.stderr
    assert str(path) in done.stdout
    text = path.read_text(encoding="utf-8")
    sentence = parsed(run_cli("assess", "sony-2014", "--json", *FEW))["brief"]["sentence"]
    if suffix == "html":
        assert sentence in Page(text).texts["p"]
    elif suffix == "json":
        assert json.loads(text)["brief"]["sentence"] == sentence
    else:
        assert f"**{sentence}**" in text


def test_a_report_has_a_name_of_its_own(run_cli: RunCli, tmp_path: Path) -> None:
    """Without --out the page is named by the case, in the folder one is in."""
    assert run_cli("report", "colonial-2021", *FEW, cwd=tmp_path).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["colonial-2021.html"]


def test_a_report_in_json_verifies(run_cli: RunCli, tmp_path: Path) -> None:
    """The JSON of a report is a result like any other."""
    path = tmp_path / "page.json"
    run_cli("report", "opm-2015", "-o", path, *FEW)
    assert run_cli("verify", path).returncode == 0


@pytest.mark.parametrize("name", ["page.pdf", "page", "no/such/folder/page.html", "folder.html"])
def test_a_report_is_not_written_anywhere(run_cli: RunCli, tmp_path: Path, name: str) -> None:
    """Another suffix, a missing folder, or a folder in place of the file is refused."""
    (tmp_path / "folder.html").mkdir()
    refused(run_cli("report", "sony-2014", "-o", tmp_path / name, *FEW))


@pytest.mark.parametrize("sign", ["\\u0000", "\\u001b[2J", "\\ufffe", "\\u0008"])
def test_no_sign_in_a_name_ends_the_program(run_cli: RunCli, tmp_path: Path, sign: str) -> None:
    """Characters that a drawing cannot hold are refused in words or left out; the process does not die of them."""
    path = tmp_path / "odd.toml"
    text = read_shipped("sony-2014").replace('name = "North Korea"', f'name = "North{sign} Korea"')
    assert sign in text
    path.write_text(text, encoding="utf-8")
    done = run_cli("report", path, "-o", tmp_path / "odd.html", *FEW)
    assert done.returncode in (0, 2), done.stderr[-500:]
    assert "Traceback" not in done.stderr


def test_names_of_files_and_cases_do_not_leave_the_folder(run_cli: RunCli, tmp_path: Path) -> None:
    """A case whose id is a path is refused, so that no page is written elsewhere."""
    path = tmp_path / "odd.toml"
    path.write_text(read_shipped("sony-2014").replace('id = "sony-2014"', 'id = "../../sony"'), encoding="utf-8")
    refused(run_cli("report", path, *FEW, cwd=tmp_path), "id")
    assert [one.name for one in tmp_path.iterdir()] == ["odd.toml"]
