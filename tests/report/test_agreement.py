"""One Verdict: JSON, terminal, Markdown and HTML say the same, digit for digit."""

from __future__ import annotations

import re

import pytest
from tests.report.examples import IDS, Page, dense, markdown_rows, said, unescaped

from cybercoercion.report.page import full_html, full_markdown, html_page, markdown_page
from cybercoercion.report.section import Section
from cybercoercion.report.sentence import VIEW_NAMES
from cybercoercion.report.terminal import terminal_text
from cybercoercion.report.words import money, percent, span

SOME = ("sony-2014", "south-korea-2013", "ukraine-2014-2016", "colonial-2021", "opm-2015", "notpetya-2017")

AMOUNT = r"[+−][\d.]+ (?:M|bn|trn)"


def section(name: str, which: str) -> Section:
    """Return a section of the report of a shipped case."""
    return next(one for one in said(name).sections if one.name == which)


@pytest.mark.parametrize("name", IDS)
def test_sentence_and_confidence_are_everywhere_the_same(name: str) -> None:
    """The answer and the confidence stand word for word on the terminal, in Markdown, in HTML and in JSON."""
    verdict = said(name)
    assert verdict.document()["sentence"] == verdict.sentence
    page = Page(full_html(verdict))
    assert verdict.sentence in page.texts["p"]
    assert verdict.confidence_sentence in page.texts["p"]
    lines = [unescaped(line) for line in full_markdown(verdict).splitlines()]
    assert f"**{verdict.sentence}**" in lines
    assert verdict.confidence_sentence in lines
    for width in (60, 80, 110, 150):
        assert dense(verdict.sentence) in dense(terminal_text(verdict, width))
        assert dense(verdict.confidence_sentence) in dense(terminal_text(verdict, width))


@pytest.mark.parametrize("name", SOME)
def test_every_text_of_a_section_is_on_each_rendering(name: str) -> None:
    """Sentences, captions and notes of every section stand on the terminal, in Markdown and in HTML."""
    verdict = said(name)
    html, lines = Page(full_html(verdict)), [unescaped(line) for line in full_markdown(verdict).splitlines()]
    terminal = dense(terminal_text(verdict))
    for one in verdict.sections:
        if not one.title:
            continue
        assert one.title in html.texts["h2"]
        assert f"## {one.title}" in lines
        for text in (*one.sentences, *one.notes, *(figure.caption for figure in one.figures)):
            assert text in (*html.texts["p"], *html.texts.get("figcaption", ()))
            assert text in lines
            assert dense(text) in terminal


@pytest.mark.parametrize("name", SOME)
def test_tables_agree_cell_for_cell(name: str) -> None:
    """Each row of each table stands in Markdown, on the terminal and in HTML, there as a table or as a drawing."""
    verdict = said(name)
    page, markdown = Page(full_html(verdict)), markdown_rows(full_markdown(verdict))
    html, drawn = page.rows, " ".join(page.texts["text"])
    terminal = dense(terminal_text(verdict))
    for one in verdict.sections:
        for row in one.rows:
            if one.repeats_figure:
                assert [amount for cell in row for amount in re.findall(AMOUNT, cell) if amount not in drawn] == []
            else:
                assert row in html
            assert tuple(cell.strip() for cell in row) in markdown
            for cell in row:
                assert dense(cell) in terminal
        for figure in one.figures:
            for row in figure.rows:
                assert tuple(cell.strip() for cell in row) in markdown


@pytest.mark.parametrize("name", IDS)
def test_the_cost_table_prints_the_numbers_of_the_result(name: str) -> None:
    """Difference, range, terms, shares, regret and worst tenth of each row are those of the JSON, rounded."""
    verdict = said(name)
    costs = section(name, "costs")
    for row, data in zip(costs.rows, verdict.document()["ranking"], strict=False):
        cells = dict(zip(costs.columns, row, strict=True))
        assert cells["Difference"] == money(data["delta"], signed=True)
        assert cells["5-95 %"] == f"{money(data['low'])} to {money(data['high'])}"
        assert cells["Own cost"] == money(data["terms"]["own"])
        assert cells["Wrong actor"] == money(data["terms"]["wrong_actor"])
        assert cells["Best in"] == percent(data["p_best"])
        assert cells["Regret"] == money(data["regret"])
        assert cells["Worst 10 %"] == money(data["cvar90"])
        assert cells["On top of resilience"] == money(data["on_top"], signed=True)
        if data["p_star"] is not None and data["response"] != "denial":
            assert cells["Pays if p above (now)"].startswith(percent(data["p_star"]))


@pytest.mark.parametrize("name", IDS)
def test_gain_and_costs_of_a_row_make_its_difference(name: str) -> None:
    """Own cost, gain, retaliation and wrong actor as printed add up to the printed difference, within rounding."""
    data = said(name).document()
    for row in data["ranking"]:
        terms = row["terms"]
        gain = terms["harm"] + terms["concession"] + terms["recurrence"] + terms["second_order"]
        total = terms["own"] + gain + terms["retaliation"] + terms["wrong_actor"]
        assert total == pytest.approx(row["delta"], rel=1e-9, abs=1e-3)
        assert money(gain, signed=True) in {cell for line in section(name, "costs").rows for cell in line}


@pytest.mark.parametrize("name", IDS)
def test_the_belief_tables_print_the_numbers_of_the_result(name: str) -> None:
    """Each printed probability and range is that of the JSON, rounded."""
    verdict = said(name)
    data = verdict.document()
    figures = {figure.name: figure for figure in section(name, "beliefs").figures}
    for node in ("intent", "actor", "demand"):
        printed = {(p, spread) for _, p, spread in figures[node].rows}
        exact = {(percent(one["p"]), span(one["low"], one["high"])) for one in data[node].values()}
        extra = {
            (percent(one["p"]), span(one["low"], one["high"])) for one in (data["coercion"], data["any_coercive_aim"])
        }
        assert printed <= exact | extra
    said_words = data["coercion"]["words"]
    if not said_words.startswith(("<", ">")):
        assert said_words in figures["intent"].caption.replace("a roughly", "roughly")


@pytest.mark.parametrize("name", IDS)
def test_the_views_table_prints_the_numbers_of_the_result(name: str) -> None:
    """Each view prints its four responses in order, with the differences of the JSON."""
    data = said(name).document()
    rows = section(name, "views").rows
    assert len(rows) == 3
    for view, row in zip(data["views"], rows, strict=True):
        assert row[0] == VIEW_NAMES[view]
        for cell, option in zip(row[2:], data["views"][view]["ranking"], strict=True):
            assert cell.endswith(money(option["delta"], signed=True))


@pytest.mark.parametrize("name", IDS)
def test_amounts_on_the_page_have_a_currency(name: str) -> None:
    """Where differences in M and bn are printed, title, sentences or column heads say that these are USD."""
    for which in ("costs", "views"):
        one = section(name, which)
        heads = (one.title, *one.sentences, *one.columns, *(figure.spec for figure in one.figures))
        assert any("USD" in text for text in heads), which


@pytest.mark.parametrize("name", IDS)
def test_tables_are_rectangular(name: str) -> None:
    """Every row of every table and figure has as many cells as there are columns."""
    for one in said(name).sections:
        assert {len(row) for row in one.rows} <= {len(one.columns)}
        for figure in one.figures:
            assert {len(row) for row in figure.rows} == {len(figure.columns)}


@pytest.mark.parametrize("name", IDS)
def test_no_word_is_broken_by_hand(name: str) -> None:
    """No column head carries a hyphen that only a narrow column needs."""
    for one in said(name).sections:
        assert not [head for head in one.columns if re.search(r"[a-z]-[a-z]", head)]


@pytest.mark.parametrize("name", SOME)
def test_run_line_and_words_are_on_each_page(name: str) -> None:
    """What reproduces the numbers stands on every rendering, with seed, draws and the first digits of each hash."""
    verdict = said(name)
    run = verdict.document()["run"]
    pages = (html_page(verdict), markdown_page(verdict), full_html(verdict), full_markdown(verdict))
    for text in (*pages, terminal_text(verdict, 150)):
        for part in (
            run["model"][:8],
            run["priors"][:8],
            run["case"][:8],
            f"seed {run['seed']}",
            f"{run['draws']:,} draws",
        ):
            assert part in text


@pytest.mark.parametrize("width", [60, 80, 100, 110, 150])
@pytest.mark.parametrize("name", SOME)
def test_the_terminal_keeps_to_its_width(name: str, width: int) -> None:
    """Below the line that names the case no line of plain text is wider than the terminal."""
    assert [line for line in terminal_text(said(name), width).splitlines()[1:] if len(line) > width] == []


@pytest.mark.parametrize("name", IDS)
def test_every_warning_is_printed(name: str) -> None:
    """Each warning of the result stands on the page."""
    verdict = said(name)
    trust = " ".join(section(name, "trust").sentences)
    for warning in verdict.document()["warnings"]:
        assert f"Warning: {warning}." in trust
