"""The page: safe with any user text, without scripts and foreign addresses, readable without seeing it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.report.examples import Page, markdown_rows, quickly, said, unescaped

from cybercoercion.case import Case, CaseError, case_from, read_shipped
from cybercoercion.report.page import full_html, full_markdown, html_page, markdown_page, write_report
from cybercoercion.report.terminal import terminal_text
from cybercoercion.report.verdict import Verdict

SOME = ("sony-2014", "ukraine-2014-2016", "colonial-2021")
SPITE = (
    '<script>alert(1)</script><img src="http://evil.example/x.png"> & "q" \'s\' **bold** _it_ `c` | '
    "![i](http://evil.example/y.png) [l](j:x)"
)


def with_text(text: str) -> Case:
    """Return the Sony case with this text wherever a person may write what they like."""
    data = tomllib.loads(read_shipped("sony-2014"))
    data |= {"title": text, "marking": text, "note": text}
    data["target"]["name"] = text
    for row in data["actors"]:
        row["name"] = text
    for row in data["demands"]:
        row["text"] = text
    for row in data["reports"]:
        row |= {"note": text, "cite": text}
    return case_from(data, "spite.toml")


@pytest.fixture(scope="module")
def spiteful() -> Verdict:
    """Return what is said about a case full of markup."""
    return quickly(with_text(SPITE))


@pytest.mark.parametrize("name", SOME)
def test_the_page_is_well_formed_and_has_one_heading(name: str) -> None:
    """Tags nest, there is one h1 with the title, an h2 for each section, and the language is stated."""
    verdict = said(name)
    titles = [section.title for section in verdict.sections if section.title]
    for html, headings in ((full_html(verdict), titles), (html_page(verdict), None)):
        page = Page(html)
        assert page.open == []
        assert page.texts["h1"] == [verdict.title]
        assert headings in (None, page.texts["h2"])
        assert page.texts["title"] == [verdict.title]
        assert ("html", [("lang", "en")]) in page.tags


@pytest.mark.parametrize("make", [html_page, full_html])
@pytest.mark.parametrize("name", SOME)
def test_the_page_needs_nobody_else(name: str, make: Callable[[Verdict], str]) -> None:
    """The page has no script, no frame, no form and no address that a browser would fetch."""
    html = make(said(name))
    page = Page(html)
    assert {tag for tag, _ in page.tags}.isdisjoint(
        {"script", "iframe", "object", "embed", "form", "link", "img", "base"}
    )
    assert page.values("src") == page.values("srcset") == []
    assert all(value.startswith("#") for value in (*page.values("href"), *page.values("xlink:href")))
    assert not [key for _, attrs in page.tags for key, _ in attrs if key.startswith("on")]
    assert all(value.startswith("#") for value in re.findall(r"url\(['\"]?([^)'\"]*)", html))
    assert "@import" not in html
    namespaces = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}  # names, which nobody fetches
    assert set(re.findall(r"https?://[^\s\"'<>)]*", html)) <= namespaces


@pytest.mark.parametrize("name", SOME)
def test_a_figure_is_named_by_its_caption(name: str) -> None:
    """Each drawing has the role of an image and bears its caption as its name, once; the spec describes itself so."""
    verdict = said(name)
    page = Page(full_html(verdict))
    figures = [figure for section in verdict.sections for figure in section.figures]
    named = [dict(attrs) for tag, attrs in page.tags if tag == "svg"]
    assert [svg.get("aria-label") for svg in named] == [figure.caption for figure in figures]
    assert page.texts["figcaption"] == [figure.caption for figure in figures]
    assert {svg.get("role") for svg in named} == {"img"}
    assert [figure.vega_lite()["description"] for figure in figures] == [figure.caption for figure in figures]
    for _, attrs in page.tags:
        keys = [key for key, _ in attrs]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", SOME)
def test_figures_draw_the_numbers_of_the_result(name: str) -> None:
    """The numbers inside the specs are the unrounded ones of the result."""
    verdict = said(name)
    data = verdict.document()
    figures = {figure.name: figure for section in verdict.sections for figure in section.figures}
    drawn = numbers(figures["intent"].vega_lite())
    assert data["coercion"]["p"] in drawn
    assert data["any_coercive_aim"]["p"] in drawn
    nets = numbers(figures["ladder"].vega_lite())
    for view in data["views"].values():
        for row in view["ranking"]:
            assert any(one == pytest.approx(row["delta"] / 1e6, rel=1e-12) for one in nets)


def numbers(value: Any) -> set[float]:
    """Return all numbers inside plain data."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return {one for part in inner for one in numbers(part)}
    return {float(value)} if isinstance(value, int | float) else set()


@pytest.mark.parametrize("make", [html_page, full_html])
def test_markup_in_a_case_is_shown_not_obeyed(spiteful: Verdict, make: Callable[[Verdict], str]) -> None:
    """Tags in title, names and demands are printed as they were written and become no tags of the page."""
    html = make(spiteful)
    page = Page(html)
    assert page.open == []
    assert page.texts["h1"] == [SPITE]
    assert page.texts["title"] == [SPITE]
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img"})
    assert page.values("src") == []
    assert "<script" not in html.casefold()
    assert any(SPITE in cell for row in page.rows for cell in row)
    assert any(SPITE[:25] in caption for caption in page.texts["figcaption"])
    assert all(value.startswith("#") for value in (*page.values("href"), *page.values("xlink:href")))


@pytest.mark.parametrize("make", [markdown_page, full_markdown])
def test_markdown_in_a_case_is_shown_not_obeyed(spiteful: Verdict, make: Callable[[Verdict], str]) -> None:
    """Emphasis, links, images, tags and bars in a case are escaped, and tables keep their columns."""
    text = make(spiteful)
    for sign in ("<", "*bold", "_it", "`c", "[i", "| !"):
        assert sign in SPITE
        assert not re.search(rf"(?<!\\){re.escape(sign)}", text), sign
    assert "# " + SPITE in [unescaped(line) for line in text.splitlines()]
    assert {len(row) for row in markdown_rows(text)} <= {2, 3, 4, 6, 8, 13}
    costs = next(section for section in spiteful.sections if section.name == "costs")
    for row in costs.rows if make is full_markdown else ():
        assert tuple(cell.strip() for cell in row) in markdown_rows(text)


def test_user_text_stays_data_in_a_figure(spiteful: Verdict) -> None:
    """In the specs the text of a case stands in data and in the description, never in a field or a formula."""
    for section in spiteful.sections:
        for figure in section.figures:
            for place, value in strings(figure.vega_lite()):
                if "evil" in value:
                    assert ".values[" in place or place == ".description", place


def strings(value: Any, place: str = "") -> list[tuple[str, str]]:
    """Return place and text of every string inside plain data."""
    if isinstance(value, dict):
        keys = [(f"{place}.key", key) for key in value]
        return keys + [one for key, part in value.items() for one in strings(part, f"{place}.{key}")]
    if isinstance(value, list):
        return [one for k, part in enumerate(value) for one in strings(part, f"{place}[{k}]")]
    return [(place, value)] if isinstance(value, str) else []


def printed(text: str) -> Verdict | None:
    """Return what is said about a case with this text, or None where the door refuses it."""
    try:
        return quickly(with_text(text))
    except CaseError:
        return None


def test_a_line_break_in_a_name_breaks_no_page() -> None:
    """A title of several lines stays one heading on each page, or is refused."""
    verdict = printed("One\n# Two\r# Three")
    if verdict is not None:
        assert len(re.findall(r"(?m)^# ", markdown_page(verdict).replace("\r", "\n"))) == 1


def test_a_case_cannot_command_the_terminal() -> None:
    """Control characters, which could wipe or rename a screen, are refused or do not reach the terminal."""
    verdict = printed("wipe \x1b[2J\x1b]0;owned\x07 and \x08 go")
    if verdict is not None:
        assert not [sign for sign in terminal_text(verdict) if ord(sign) < 32 and sign != "\n"]


@pytest.mark.parametrize("text", ["\N{RIGHT-TO-LEFT OVERRIDE}abc", "\U0001f600" * 40, "x" * 5000, " ", "%s {0} {x}"])
def test_any_text_can_be_printed(text: str) -> None:
    """Whatever a name holds, it is refused or all pages can be made."""
    verdict = printed(text)
    if verdict is not None:
        assert Page(html_page(verdict)).open == []
        assert markdown_page(verdict)
        assert terminal_text(verdict)
        assert json.loads(verdict.to_json())["title"] == text


def test_the_marking_stands_on_each_page(spiteful: Verdict) -> None:
    """How a case may be passed on is printed first on every page and kept in the result."""
    assert spiteful.document()["marking"] == SPITE
    assert unescaped(markdown_page(spiteful).splitlines()[0]) == f"**{SPITE}**"
    assert terminal_text(spiteful).startswith(SPITE)
    assert Page(html_page(spiteful)).texts["p"][0] == SPITE


@pytest.mark.parametrize("suffix", [".html", ".md", ".json"])
def test_a_report_is_written_in_the_form_of_its_suffix(tmp_path: Path, suffix: str) -> None:
    """The file holds what the renderer of its suffix makes."""
    verdict = said("sony-2014")
    made = {".html": html_page, ".md": markdown_page, ".json": Verdict.to_json}[suffix](verdict)
    path = write_report(verdict, tmp_path / f"sony{suffix}")
    assert path.read_text(encoding="utf-8") == made


def test_a_verdict_makes_the_same_page_twice() -> None:
    """Rendering changes nothing: the second page is the first."""
    verdict = said("sony-2014")
    assert html_page(verdict) == html_page(verdict)
    assert markdown_page(verdict) == markdown_page(verdict)
    assert verdict.to_json() == verdict.to_json()
