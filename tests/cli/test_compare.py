"""The command that puts scenarios side by side, as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.test_assess import FEW, parsed, refused
from tests.conftest import RunCli
from tests.report.examples import IDS, Page, tables

from cybercoercion.assessment import assess, changed
from cybercoercion.case import load
from cybercoercion.report.comparing import Comparing
from cybercoercion.report.sheet import html_sheet, markdown_sheet
from cybercoercion.report.terminal import sheet_text
from cybercoercion.report.words import money, percent
from cybercoercion.sensitivity.comparison import compare

HARDER = ("--with", "stakes.resilience=0.7")


def test_words_agree_with_numbers(run_cli: RunCli) -> None:
    """The sentence names the input, and coercion, first choice and gap of the JSON, which are those of `assess`."""
    done = run_cli("compare", "sony-2014", *HARDER, *FEW)
    said = parsed(run_cli("compare", "sony-2014", *HARDER, *FEW, "--json"))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    first, other = said["scenarios"]
    (sentence,) = said["sentences"]
    assert sentence in " ".join(done.stdout.split())
    for scenario in (first, other):
        assert percent(scenario["belief"]["coercion"]["p"]) in sentence
        assert money(scenario["views"]["nation"]["gap"], words=True) in sentence
    assert other["inputs"] == [{"place": "stakes.resilience", "was": None, "becomes": 0.7}]
    assert "stakes.resilience from the default, 0.36, to 0.7" in sentence
    whole = parsed(run_cli("assess", "sony-2014", *FEW, "--set", "stakes.resilience=0.7", "--json"))
    assert other["belief"]["coercion"].items() <= whole["coercion"].items()
    assert other["run"] == whole["run"]
    assert {row["response"]: row["delta"] for row in whole["ranking"]} | {"nothing": 0.0} == other["views"]["nation"][
        "difference"
    ]


def test_a_date_is_a_scenario_too(run_cli: RunCli) -> None:
    """A scenario with its own date sees what became known by then."""
    said = parsed(run_cli("compare", "sony-2014", "--with", "as_of=2015-01-15", *FEW, "--json"))
    places = {row["place"] for row in said["scenarios"][1]["inputs"]}
    assert places == {"as_of", "reports that count"}


def test_a_scenario_may_have_several_settings(run_cli: RunCli) -> None:
    """Semicolons part the settings of one scenario; a second --with is a second scenario."""
    both = ("--with", "stakes.resilience=0.7; stakes.harm_now=1e7", "--with", "stakes.escalation=3")
    said = parsed(run_cli("compare", "sony-2014", *both, *FEW, "--json"))
    assert [len(one["inputs"]) for one in said["scenarios"]] == [0, 2, 1]


@pytest.mark.parametrize("suffix", ["html", "md", "json"])
def test_a_page_is_written(run_cli: RunCli, tmp_path: Path, suffix: str) -> None:
    """The page has the sentence of the terminal, and its figures stand in it."""
    path = tmp_path / f"both.{suffix}"
    done = run_cli("compare", "sony-2014", *HARDER, *FEW, "--out", path)
    assert done.returncode == 0, done.stderr
    text = path.read_text(encoding="utf-8")
    assert "leaves coercion at" in text
    if suffix == "html":
        assert Page(text).open == []
        assert text.count("<svg") == 4
    if suffix == "json":
        assert json.loads(text)["scenarios"]


def test_every_fault_is_told_at_once(run_cli: RunCli) -> None:
    """A bad value, an unknown case, too many scenarios and a bad suffix: one refusal with all of them."""
    text = refused(
        run_cli(
            "compare",
            "sony-2014",
            "sony-2041",
            *HARDER,
            "--with",
            "stakes.resilience=7",
            "--with",
            "reports.nobody.off=true",
            "-o",
            "page.pdf",
        ),
        "--with: stakes.resilience: got 7",
        "--with: reports.nobody.off: got the ID 'nobody'",
        "nearest: sony-2014",
        "got the suffix '.pdf'",
        "got 5 scenarios",
    )
    assert len(text.splitlines()) == 5


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("sony-2014",), "got 1 scenario"),
        (("sony-2014", "--with", ""), "no place and value"),
        (("sony-2014", *HARDER, *HARDER), "the same scenario twice"),
        (("sony-2014", *HARDER, "-o", "no/such/page.html"), "a folder that does not exist"),
    ],
)
def test_what_is_no_comparison_is_refused(run_cli: RunCli, arguments: tuple[str, ...], part: str) -> None:
    """One scenario, an empty one, the same twice, or a folder that is not there: refused in words."""
    refused(run_cli("compare", *arguments), part)


@pytest.mark.parametrize("name", IDS)
def test_every_shipped_case_is_compared(name: str) -> None:
    """Every shipped case beside itself with twice the risk of escalation gives text, page, Markdown and JSON."""
    source, knowledge = load(name), tables(1, 200)
    pair = {"as filed": assess(source, knowledge), "x": assess(changed(source, ["stakes.escalation=2"]), knowledge)}
    said = Comparing(comparison=compare(pair))
    sheet = said.sheet()
    for width in (60, 110, 150):
        assert "nan" not in sheet_text(sheet, width).split()
        assert max(len(row) for row in sheet_text(sheet, width).splitlines()) <= width
    assert said.sentences[0] in markdown_sheet(sheet).replace("\\", "")
    assert Page(html_sheet(sheet)).open == []
    assert json.loads(said.to_json())["yardstick"] == pair["as filed"].ranking.default.first
