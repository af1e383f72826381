"""The one page: one side of A4 in reading order, the numbers of the result digit for digit, legible without colour."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from tests.report.examples import IDS, Page, assessed, markdown_rows, quickly, said, tables, unescaped

from cybercoercion.belief import explain
from cybercoercion.case import Case, case_from, load_case
from cybercoercion.case.data import data_of
from cybercoercion.report.moved import probability
from cybercoercion.report.one_page import OnePage, one_page
from cybercoercion.report.one_page_changes import changes
from cybercoercion.report.one_page_fit import SIDE, fitted, height
from cybercoercion.report.one_page_html import page_html
from cybercoercion.report.one_page_markdown import page_markdown
from cybercoercion.report.one_page_marks import PLOT, axis, bar, shape, shapes
from cybercoercion.report.one_page_style import PAGE_STYLE
from cybercoercion.report.shapes_figure import ends_of
from cybercoercion.report.verdict import Verdict
from cybercoercion.report.words import money, percent, span

SOME = ("sony-2014", "colonial-2021", "wannacry-2017", "opm-2015", "ukraine-2014-2016")
LINES = ("First thing.", "Second thing.")


@cache
def page(name: str) -> OnePage:
    """Return the page of a shipped case, without working out what would change our mind."""
    return one_page(said(name), changes=LINES)


def explained(name: str) -> Verdict:
    """Return the verdict of a shipped case with its explanation."""
    return replace(said(name), explanation=explain(load_case(name), tables()))


@pytest.mark.parametrize("name", IDS)
def test_beliefs_are_those_of_the_result(name: str) -> None:
    """Each row that is one answer has the probability and the range of the JSON; rows of who and what sum to one."""
    data = said(name).document()
    exact = {
        (percent(one["p"]), span(one["low"], one["high"]))
        for node in ("intent", "actor", "demand")
        for one in data[node].values()
    }
    exact |= {
        (percent(data[key]["p"]), span(data[key]["low"], data[key]["high"])) for key in ("coercion", "any_coercive_aim")
    }
    for question in page(name).questions:
        for row in question.rows:
            if "ther" not in row.label:  # what is gathered is in no list
                assert (row.percent, row.span) in exact
        alone = [row.p for row in question.rows if "second aim" not in row.label]
        assert sum(alone) == pytest.approx(1, abs=1e-9)
    assert data["coercion"]["words"].strip("<> ") in page(name).questions[0].sentence


@pytest.mark.parametrize("name", IDS)
def test_costs_are_those_of_the_result(name: str) -> None:
    """Cost, range over futures, extra cost and count of the five are those of the JSON; counts sum to twenty."""
    rows = said(name).document()["futures"]["rows"]
    html = Page(page_html(page(name)))
    cells = [" ".join(row) for row in html.rows]
    for line in page(name).costs:
        told = rows[line.row.response]
        text = next(one for one in cells if line.name in one)
        assert money(told["expected"]) in text
        assert f"{money(told['low'])} to {money(told['high'])}" in text
        if line.row.response != page(name).first:
            assert money(told["extra"], signed=True) in text
    assert sum(line.row.dots for line in page(name).costs) == 20


@pytest.mark.parametrize("name", SOME)
def test_the_page_is_read_in_order(name: str) -> None:
    """Title, answer and confidence come first, then five questions by number, then words and run."""
    html = page_html(page(name))
    verdict = said(name)
    parsed = Page(html)
    heads = parsed.texts["h2"]
    assert [head[0] for head in heads] == ["1", "2", "3", "4", "5"]
    paragraphs = parsed.texts["p"]
    assert "An assessment, not a finding of fact." in html
    order = [
        next(k for k, one in enumerate(paragraphs) if text in one)
        for text in (verdict.as_of_words, verdict.brief.sentence, verdict.confidence_sentence, verdict.run_line)
    ]
    assert order == sorted(order)
    for text in (*verdict.brief.beside, *LINES):
        assert any(text in one for one in (*paragraphs, *parsed.texts["li"]))


@pytest.mark.parametrize("name", SOME)
def test_markdown_has_the_sentences_and_numbers_of_the_page(name: str) -> None:
    """Every sentence of the page and every number of its tables stand in the Markdown."""
    one = page(name)
    text = unescaped(page_markdown(one))
    for sentence in (
        one.answer, *one.beside, one.confidence, one.coding, one.costs_caption, one.scale, one.tail, *one.changes,
        *(question.sentence for question in one.questions), *(said_of for _, said_of in one.trust), *one.footer,
    ):  # fmt: skip
        assert sentence in text
    rows = markdown_rows(page_markdown(one))
    for question in one.questions:
        for row in question.rows:
            assert (row.label, row.percent, row.span) in rows
    for line in one.costs:
        found = next(row for row in rows if row[1].startswith(f"{line.name}:"))
        assert money(line.row.expected) in found
        assert line.range_words in found


def test_bars_lead_from_the_prior_to_the_posterior() -> None:
    """The weights sum to the shift in log-odds; both ends stand as per cent; a lowering bar is hollow."""
    one = one_page(explained("sony-2014"), changes=LINES)
    assert one.moved is not None
    assert one.moved.before + sum(weight for _, weight in one.moved.steps) == pytest.approx(one.moved.after, abs=1e-6)
    html = page_html(one)
    for end in (one.moved.before, one.moved.after):
        assert f"<strong>{percent(probability(end))}</strong>" in html
    assert 'fill="#FFFFFF"' in bar(2.0, 1.0, (0.0, 3.0))
    assert 'fill="#FFFFFF"' not in bar(1.0, 2.0, (0.0, 3.0))
    assert page("sony-2014").moved is None


def test_shapes_are_twenty_and_stand_on_their_side() -> None:
    """Each row draws twenty shapes; those left of the line "same" are as many as are counted cheaper."""
    one = page("notpetya-2017")
    rows = [line.row for line in one.costs if line.row.response != one.first]
    ends = ends_of(rows)
    zero = PLOT * -ends[0] / (ends[1] - ends[0])
    for row in rows:
        drawn = shapes(row.response, row.shapes, ends)
        if row.response == "denial":
            continue
        marks = {
            "punishment": "<polygon",
            "norms": "<polygon",
            "entanglement": "<rect",
            "nothing": 'stroke-width="1.5"',
        }
        count = drawn.count(marks[row.response])
        assert count == {"nothing": 40, "entanglement": 21}.get(row.response, 20)
        if row.response in ("punishment", "norms"):
            tops = [float(x) for x in re.findall(r'<polygon points="([\d.-]+),', drawn)]
            assert sum(x < zero for x in tops) == row.cheaper


def test_responses_differ_by_shape_not_only_by_colour() -> None:
    """Without their colours the five marks are five different drawings."""
    bare = {
        re.sub(r'(fill|stroke)="#\w+"', "", shape(one, 5, 5))
        for one in ("denial", "punishment", "entanglement", "norms", "nothing")
    }
    assert len(bare) == 5


def test_the_axis_has_round_amounts_with_zero_among_them() -> None:
    """Whatever the ends, three to eight round amounts stand inside the axis, zero where it is."""
    for ends in ((-1.0, 9.0), (-4.2e7, 2.6e8), (-3.1e3, 1.0), (-9e11, 9e11)):
        marks = axis(ends)
        assert 2 <= len(marks) <= 8
        assert any(amount == 0 and at == pytest.approx(PLOT * -ends[0] / (ends[1] - ends[0])) for amount, at in marks)
        assert all(0 <= at <= PLOT for _, at in marks)


def crowded() -> Case:
    """Return the Sony case with twelve actors, ten demands and sixty reports, all of them with long names."""
    data = data_of(load_case("sony-2014"))
    data["title"] = "An exceedingly long title of a case " * 6
    data["marking"] = "FOR THE EYES OF NOBODY IN PARTICULAR " * 5
    for row in data["actors"]:
        row["name"] = f"{row['name']} of a very long name that nobody can say in one breath"
    for k in range(8):
        name = f"Another candidate number {k} with a name that is far too long"
        data["actors"].append({"id": f"extra-{k}", "name": name, "kind": "state"})
    for k in range(8):
        text = f"Demand number {k} which goes on for many more words than anybody would read"
        data["demands"].append({"id": f"demand-{k}", "text": text, "polarity": "do", "content": "political"})
    model = dict(data["reports"][11])
    for k in range(60 - len(data["reports"])):
        data["reports"].append(
            {**model, "id": f"wiper-seen-again-{k}", "origin": f"an origin with a long name {k % 9}"}
        )
    return case_from(data, "crowded.toml")


def test_a_crowded_case_is_made_to_fit() -> None:
    """Rows under 5 % are gathered, then the bars go; the type stays, and what is not on the list keeps its row."""
    verdict = quickly(crowded())
    verdict = replace(verdict, explanation=explain(verdict.assessment.case, verdict.assessment.knowledge))
    many = tuple(f"Something long that would change our mind, number {k}, {'and more words ' * 20}" for k in range(9))
    whole = one_page(verdict, changes=many)
    assert height(whole) > SIDE
    one = fitted(whole, lambda spare: one_page(verdict, changes=many, spare=spare))
    assert height(one) <= SIDE
    assert one.moved is not None
    assert one.moved.steps == ()
    actors = one.questions[1]
    assert "Not on our list" in [row.label for row in actors.rows]
    assert any("other candidates" in row.label for row in actors.rows)
    assert sum(row.p for row in actors.rows) == pytest.approx(1)
    assert Page(page_html(one)).open == []


@pytest.mark.parametrize("name", SOME)
def test_a_shipped_case_fits(name: str) -> None:
    """With room or with rows gathered, the page of a shipped case is no higher than one side."""
    one = page(name)
    assert height(fitted(one, lambda spare: one_page(said(name), changes=LINES, spare=spare))) <= SIDE


def test_no_type_is_smaller_than_eight_points() -> None:
    """Every size of type in the style is at least eight points, which are 10.67 pixels."""
    sizes = [float(size) for size in re.findall(r"font(?:-size)?: ([\d.]+)px", PAGE_STYLE)]
    assert sizes
    assert min(sizes) >= 10.67


def test_what_would_change_our_mind_is_said_in_lines() -> None:
    """Who did it, resilience, reports and what may come each have a line; a second asking costs no work."""
    lines = changes(assessed("colonial-2021"))
    assert len(lines) == 4
    assert lines[0].startswith("P(DarkSide and affiliates did it), now ")
    assert lines[1].startswith("Resilience of the target, now ")
    assert changes(assessed("colonial-2021")) is lines
