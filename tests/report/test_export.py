"""Exports: three depths in three forms, each with more than the last, with or without sources."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from tests.report.examples import Page, quickly
from typer.testing import CliRunner

from cybercoercion.case import load, load_case
from cybercoercion.cli import app
from cybercoercion.report.export import BARE, DEPTHS, FORMS, export, used
from cybercoercion.report.unsourced import unsourced
from cybercoercion.report.verdict import Verdict
from cybercoercion.report.verify import differences, verify_result


@cache
def small() -> Verdict:
    """Return what few draws say about a case with a marking."""
    case = load_case("colonial-2021").model_copy(update={"marking": "HANDLE WITH CARE"})
    return quickly(case)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("depth", DEPTHS)
def test_every_export_is_marked_and_says_what_it_is(form: str, depth: str) -> None:
    """Marking, answer, confidence, run, and that it is no finding of fact stand in every form at every depth."""
    verdict = small()
    text = export(verdict, form, depth)  # type: ignore[arg-type]
    assert "HANDLE WITH CARE" in text
    if form == "json":
        data = json.loads(text)
        assert data["sentence"] == verdict.sentence
        assert data["brief"]["sentence"] == verdict.brief.sentence
        return
    assert "An assessment, not a finding of fact." in text
    assert verdict.run.case[:8] in text
    said = verdict.brief.sentence if depth == "brief" else verdict.sentence
    plain = Page(text).texts["p"] if form == "html" else text
    assert said in plain


def test_each_depth_adds_to_the_last() -> None:
    """Full has every section and why; analyst also the ledger; the JSON grows by whole keys and changes none."""
    brief, full, analyst = (json.loads(export(small(), "json", depth)) for depth in ("brief", "full", "analyst"))
    assert {key: full[key] for key in brief} == brief
    assert set(full) - set(brief) == {"explained"}
    assert set(analyst) - set(full) == {"ledger"}
    assert "diagnosticity" in analyst["explained"]["belief"][0]
    assert "diagnosticity" not in full["explained"]["belief"][0]
    pages = [Page(export(small(), "html", depth)).texts["h2"] for depth in ("full", "analyst")]
    assert set(pages[0]) < set(pages[1])
    assert all(section.title in pages[0] for section in small().sections if section.title.startswith("1"))


def test_the_ledger_of_the_analyst_leaves_out_what_nobody_reports() -> None:
    """Entries of facts without a report are left out, those of reported facts and of costs are there."""
    names = {line.name.partition(".")[0] for line in used(small())}
    told = {report.fact for report in small().assessment.belief.reports}
    assert "cost" in names
    assert "leak" not in told
    assert "leak" not in names


@pytest.mark.parametrize("name", ["sony-2014", "ukraine-2014-2016"])
def test_without_sources_no_name_of_one_is_left(name: str) -> None:
    """Origins, ids of reports, citations and notes are gone from the data; findings, grades and dates stay."""
    source = load(name)
    bare = unsourced(source)
    episodes = source.episodes if hasattr(source, "episodes") else (source,)
    left = bare.episodes if hasattr(bare, "episodes") else (bare,)
    text = quickly(bare).inputs
    for one, two in zip(episodes, left, strict=True):
        for report, other in zip(one.reports, two.reports, strict=True):
            assert (other.fact, other.finding, other.grade, other.known_date) == (
                report.fact, report.finding, report.grade, report.known_date,
            )  # fmt: skip
            assert other.cite is other.note is None
            assert f'"origin": "{report.origin}"' not in text
            assert f'"id": "{report.id}"' not in text
            assert report.cite is None or report.cite not in text
            assert report.note is None or report.note not in text
    same = [[a.origin == b.origin for a in one.reports for b in one.reports] for one in episodes]
    assert same == [[a.origin == b.origin for a in one.reports for b in one.reports] for one in left]


def test_no_number_hangs_on_a_source() -> None:
    """Without sources the result has the same numbers; only names, the hash of the case and warnings differ."""
    one, two = (json.loads(export(small(), "json", sources=sources)) for sources in (True, False))
    places = {difference.place for difference in differences(one, two)}
    assert all(place.startswith(("inputs", "run.case", "warnings")) for place in places)
    assert places


def test_an_export_without_sources_says_so() -> None:
    """Page, text and full report say what was left out."""
    for form in ("html", "md"):
        for depth in ("brief", "full"):
            assert BARE in export(small(), form, depth, sources=False)  # type: ignore[arg-type]
            assert BARE not in export(small(), form, depth)  # type: ignore[arg-type]


def test_deeper_results_are_verified_like_any_other(tmp_path: Path) -> None:
    """What stands beside the result is no difference; a changed number is one."""
    path = tmp_path / "result.json"
    path.write_text(export(small(), "json", "analyst", sources=False), encoding="utf-8")
    assert verify_result(path) == ()
    data = json.loads(path.read_text(encoding="utf-8"))
    data["brief"]["gap"] *= 1.01
    path.write_text(json.dumps(data), encoding="utf-8")
    assert [one.place for one in verify_result(path)] == ["brief.gap"]


def test_the_command_writes_what_the_core_exports(tmp_path: Path) -> None:
    """Depth and sources are options; an unknown depth is refused with what is allowed, and nothing is written."""
    target = tmp_path / "report.json"
    run = CliRunner().invoke
    made = run(
        app, ["report", "colonial-2021", "--draws", "200", "--depth", "full", "--without-sources", "-o", str(target)]
    )
    assert made.exit_code == 0
    assert target.read_text(encoding="utf-8") == export(
        quickly(load_case("colonial-2021")), "json", "full", sources=False
    )
    refused = run(app, ["report", "colonial-2021", "--depth", "deep", "-o", str(tmp_path / "no.html")])
    assert refused.exit_code != 0
    assert "brief, full, analyst" in refused.output
    assert not (tmp_path / "no.html").exists()
