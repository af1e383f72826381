"""The commands about the decision, as a person runs them: what would change it, and what is worth finding out."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pytest
from tests.cli.test_assess import FEW, parsed, refused
from tests.conftest import RunCli
from tests.report.examples import IDS, Page, tables

from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import load
from cybercoercion.report.part import Asked
from cybercoercion.report.sensitivity_report import sensitivity_report
from cybercoercion.report.sheet import html_sheet, markdown_sheet
from cybercoercion.report.terminal import sheet_text
from cybercoercion.report.units import in_unit
from cybercoercion.report.value_report import value_report
from cybercoercion.report.words import money, percent

SOME = ("--input", "cost.urgent", "--input", "stakes.resilience", "--input", "p.coercion")
SMALL = ("cost.urgent", "stakes.harm_now", "p.coercion")


class Told(Protocol):
    """Gives what a command says of a case as JSON."""

    def __call__(self, command: str, name: str, *options: str) -> dict[str, Any]:
        """Return the parsed object."""


@pytest.fixture(scope="module")
def told(run_cli: RunCli) -> Told:
    """Return a function that runs a command once with few draws."""

    @cache
    def ask(command: str, name: str, *options: str) -> dict[str, Any]:
        return parsed(run_cli(command, name, *options, *FEW, "--json"))

    return ask


@cache
def quickly(name: str) -> Assessment:
    """Return a shipped case assessed with few draws."""
    return assess(load(name), tables(1, 200))


def finite(value: object) -> bool:
    """Say whether no number of plain data is infinite or none."""
    if isinstance(value, dict):
        return all(map(finite, value.values()))
    if isinstance(value, list):
        return all(map(finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def test_a_person_reads_what_would_flip_it(run_cli: RunCli, told: Told) -> None:
    """The sentence names the input, its flip and its value now in its own unit, as the JSON has them."""
    done = run_cli("sensitivity", "sony-2014", *SOME, *FEW)
    said = told("sensitivity", "sony-2014", *SOME)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    printed = " ".join(done.stdout.split())
    assert said["sentence"] in printed
    row = next(one for one in said["thresholds"]["inputs"] if one["name"] == "cost.urgent")
    (flip,) = row["flips"]
    assert (row["unit"], flip["winner"], flip["above"]) == ("USD", "nothing", True)
    for text in (in_unit(flip["value"], "USD"), in_unit(row["now"], "USD"), percent(flip["chance"])):
        assert text in printed
    without = next(one for one in said["thresholds"]["inputs"] if one["name"] == "p.coercion")
    assert without["flips"] == []
    assert "no flip found" in printed
    assert "(0 % to 100 %)" in printed  # the range that was searched


def test_a_flip_is_one(run_cli: RunCli, told: Told) -> None:
    """With the input set beyond its flip the ranking of `assess` has another first; short of it, the same."""
    said = told("sensitivity", "sony-2014", *SOME)
    row = next(one for one in said["thresholds"]["inputs"] if one["name"] == "stakes.resilience")
    (flip,) = row["flips"]
    for step, first in ((0.99, said["thresholds"]["leading"]["gap"]), (1.01, flip["winner"])):
        changed = f"stakes.resilience={flip['value'] * step}"
        result = parsed(run_cli("assess", "sony-2014", *FEW, "--json", "--set", changed))
        top = result["ranking"][0]
        assert ("nothing" if top["delta"] > 0 else top["response"]) == first


def test_the_map_and_a_curve_are_asked_for(told: Told) -> None:
    """Axes and input are those that were named, and shares of the draws sum to one."""
    options = ("--input", "cost.urgent", "--map", "p.coercion,stakes.escalation", "--along", "stakes.resilience")
    said = told("sensitivity", "sony-2014", *options)
    five = said["map"]["five"]
    assert (five["x"]["name"], five["y"]["name"]) == ("p.coercion", "stakes.escalation")
    assert sum(five["share_of_draws"].values()) == pytest.approx(1)
    assert said["along"]["input"] == "stakes.resilience"
    for kind in ("readings", "futures"):
        often = said["along"][kind]["often"].values()
        assert [sum(at) for at in zip(*often, strict=True)] == pytest.approx([1.0] * len(said["along"]["values"]))


def test_an_output_may_be_chosen(told: Told) -> None:
    """Asked about belief, thresholds speak of actor, demand and coercion, and the tornado of probabilities."""
    said = told("sensitivity", "sony-2014", "--input", "reliability.B", "--output", "belief")
    assert said["tornado"]["unit"] == "probability"
    assert {"coercion", "actor", "demand"} <= set(said["thresholds"]["leading"])


def test_a_person_reads_what_is_worth_finding_out(run_cli: RunCli, told: Told) -> None:
    """The sentence has the worth of the best report, and act or wait, as the JSON has them."""
    done = run_cli("voi", "ukraine-2014-2016", "--view", "long", *FEW)
    said = told("voi", "ukraine-2014-2016", "--view", "long")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    printed = " ".join(done.stdout.split())
    assert said["sentence"] in printed
    best = max(said["findings"]["reports"], key=lambda one: one["net"])
    assert best["evsi"] > 1e6
    assert money(best["evsi"], words=True) in said["sentence"]
    waits = [one for one in said["waiting"] if one["wait"]]
    assert ("Act now" in said["sentence"]) == (not waits)


@pytest.mark.parametrize("name", ["sony-2014", "ukraine-2014-2016", "opm-2015"])
def test_bounds_hold_in_what_is_printed(told: Told, name: str) -> None:
    """A report is worth at most the states it hangs on, never less than nothing, and a pair at least its best part."""
    found = told("voi", name, "--view", "long")["findings"]
    for one in found["reports"]:
        assert -1e-6 <= one["evsi"] <= one["evppi"] * (1 + 1e-9) + 1e-6
        assert one["net"] == pytest.approx(one["evsi"] - one["report"]["cost"] - one["report"]["waiting"])
    if found["pair"] is not None:
        assert found["pair"]["evsi"] >= max(found["pair"]["alone"]) - 1e-6
    known = told("voi", name, "--view", "long")["known"]
    assert 0 <= known["inputs"]["value"] <= known["everything"]["value"] + 1e-6
    ceiling = known["inputs"]["value"] + 2 * known["inputs"]["error"]
    assert all(0 <= row["evppi"] <= ceiling for row in known["by_input"])


def test_runs_are_those_of_assess(told: Told) -> None:
    """What a command computed is known by the run of the assessment."""
    run = told("assess", "sony-2014")["run"]
    assert told("voi", "sony-2014")["run"] == run
    assert told("sensitivity", "sony-2014", *SOME)["run"] == run


@pytest.mark.parametrize("command", ["sensitivity", "voi"])
def test_a_page_with_figures_is_written(run_cli: RunCli, tmp_path: Path, command: str) -> None:
    """HTML with drawings and a name for each, Markdown and JSON, all with the same sentence."""
    options = ("--input", "cost.urgent") if command == "sensitivity" else ("--view", "long")
    texts = {}
    for suffix in ("html", "md", "json"):
        path = tmp_path / f"page.{suffix}"
        done = run_cli(command, "opm-2015", *options, *FEW, "--out", path)
        assert done.returncode == 0, done.stderr
        assert str(path) in done.stdout
        texts[suffix] = path.read_text(encoding="utf-8")
    sentence = json.loads(texts["json"])["sentence"]
    page = Page(texts["html"])
    assert page.open == []
    assert any(sentence in text for text in page.texts["p"])
    assert sentence in texts["md"].replace("\\", "")
    assert texts["html"].count("<svg") >= 1
    assert texts["html"].count("<svg") == texts["html"].count("<figcaption>")
    assert "<script" not in texts["html"]


def test_every_bad_option_is_told_at_once(run_cli: RunCli) -> None:
    """View, decision, output, map and suffix are refused together, each with what is allowed."""
    bad = ("--view", "moon", "--decision", "x", "--output", "y", "--map", "p.coercion", "-o", "page.pdf")
    text = refused(
        run_cli("sensitivity", "sony-2014", *bad),
        "--view: got 'moon'; allowed: target, nation, long",
        "--decision: got 'x'",
        "--output: got 'y'",
        "--map: got 'p.coercion'; allowed: two different inputs",
        "got the suffix '.pdf'",
    )
    assert len(text.splitlines()) == 5


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("sensitivity", "sony-2014", "--input", "stakes.resiliance"), "stakes.resilience"),
        (("sensitivity", "sony-2014", "--along", "nothing-such"), "--along: got 'nothing-such'"),
        (
            ("sensitivity", "sony-2014", "--map", "p.coercion,cost.urgent"),
            "--map: got 'cost.urgent'; allowed: p.coercion",
        ),
        (("sensitivity", "sony-2041"), "nearest: sony-2014"),
        (("voi", "sony-2041", "--view", "moon"), "nearest: sony-2014"),
        (("voi", "sony-2014", "--set", "stakes.resilience=7"), "stakes.resilience"),
        (("voi", "sony-2014", "-o", "no/such/page.html"), "a folder that does not exist"),
    ],
)
def test_bad_input_is_refused(run_cli: RunCli, arguments: tuple[str, ...], part: str) -> None:
    """An unknown input, case, view, setting or folder ends with 2 and the nearest that would do."""
    refused(run_cli(*arguments, *FEW), part)


@pytest.mark.parametrize(
    ("name", "view"), [*((name, "nation") for name in IDS), ("opm-2015", "target"), ("sony-2014", "long")]
)
def test_value_is_told_of_every_shipped_case(name: str, view: str) -> None:
    """Text, page, Markdown and JSON of what is worth finding out, for every case."""
    said = value_report(quickly(name), view=view, decision="two-step")
    sheet = said.sheet()
    assert said.sentence
    assert max(map(len, sheet_text(sheet, 80).splitlines())) <= 80
    assert "nan" not in sheet_text(sheet).split()
    assert finite(json.loads(said.to_json()))
    assert f"# {sheet.title}" in markdown_sheet(sheet).replace("\\", "")


@pytest.mark.parametrize("name", IDS)
def test_sensitivity_is_told_of_every_shipped_case(name: str) -> None:
    """Text, page and JSON of what would change the decision, for a few inputs of every case."""
    asked = Asked(view="nation", decision="response", inputs=SMALL, along="stakes.resilience")
    said = sensitivity_report(quickly(name), asked)
    assert said.sentence
    assert "nan" not in sheet_text(said.sheet()).split()
    assert finite(json.loads(said.to_json()))
    assert [one["name"] for one in json.loads(said.to_json())["thresholds"]["inputs"]]


@pytest.mark.parametrize(("name", "full"), [("colonial-2021", True), ("ukraine-2014-2016", False)])
def test_every_question_is_answered(name: str, *, full: bool) -> None:
    """All sections of a case, the slow ones too, and of a campaign, each with words and plain numbers."""
    seen: list[str] = []
    asked = Asked(view="nation", decision="response", full=full)
    said = sensitivity_report(quickly(name), asked, seen.append)
    sections = said.sheet().sections
    assert all(one.sentences or one.figures for one in sections)
    assert seen[-1] == ""
    assert len(seen) == len(sections) + 1
    assert finite(json.loads(said.to_json()))
    assert Page(html_sheet(said.sheet())).open == []
