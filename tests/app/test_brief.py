"""The brief in a session: what it shows is what the core says, before and after a change, at both depths."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from cybercoercion.app.memory import Settings, verdict
from cybercoercion.case import load, new_case, parse_case
from cybercoercion.case.editing import with_values
from cybercoercion.desk import Desk, opened
from cybercoercion.report import Verdict
from cybercoercion.screen.beliefs import questions
from cybercoercion.screen.cost_rows import cost_rows

FEW = Settings(draws=300)


def read(at: AppTest) -> str:
    """Return all words of the view as they are read: without colours, weights and escapes."""
    words = "\n".join(one.value for one in (*at.markdown, *at.caption, *at.subheader, *at.success))
    plain = re.sub(r"(?<!\\):[a-z]+\[|(?<!\\)\]|(?<!\\)\{[^}]*\}|\*\*", "", words)
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain)


def now(at: AppTest) -> Verdict:
    """Return what the core says of the case on the desk."""
    desk: Desk = at.session_state["desk"]
    return verdict(desk.now, FEW)


@pytest.mark.parametrize("name", ["sony-2014", "colonial-2021", "opm-2015", "ukraine-2014-2016", "wannacry-2017"])
def test_the_brief_says_what_the_core_says(start, name: str) -> None:
    """Answer, confidence, three beliefs, five costs with their counts, references and the tail stand on the page."""
    at = start(desk=opened(load(name)), settings=FEW)
    page, said = read(at), now(at)
    card = re.sub(r"\s+", " ", page)
    assert said.brief.sentence in card
    assert all(text in card for text in said.brief.beside)
    assert said.confidence_sentence in card
    for question in questions(said, most=4):
        assert question.sentence in page
    rows = cost_rows(said)
    for row in rows.five:
        assert row.cost_words in page
        assert row.range_words in page
        assert row.cheapest_words in page
    assert rows.tail in page
    assert said.run_line in page


def test_a_blank_case_has_a_brief(start) -> None:
    """Without reports, actors and demands the brief is drawn from the priors and says that nothing is reported."""
    at = start(
        desk=opened(parse_case(new_case("blank", title="Blank", frame="threat-received"), "blank.toml")), settings=FEW
    )
    assert not at.exception
    assert not at.error
    assert "Nothing is reported yet" in read(at)


def test_the_example_is_announced_until_it_is_changed(start) -> None:
    """The line about the worked example stands there as shipped, and goes with the first change."""
    sony = load("sony-2014")
    at = start(settings=FEW)
    assert "This is a worked example" in read(at)
    at.session_state["desk"] = opened(sony).changed(with_values(sony, {"stakes.resilience": 0.5}), "Harder")
    at.run()
    assert "This is a worked example" not in read(at)


def test_a_change_leaves_its_mark_and_undo_takes_it_back(start) -> None:
    """After a change answer and rows are those of the new case; undo brings every word back."""
    sony = load("sony-2014")
    at = start(desk=opened(sony), settings=FEW)
    before = at.success[0].value
    at.session_state["desk"] = opened(sony).changed(with_values(sony, {"stakes.resilience": 0.9}), "Harder")
    at.run()
    assert now(at).brief.sentence in re.sub(r"\s+", " ", read(at))
    assert at.success[0].value != before
    at.button(key="undo").click().run()
    assert at.success[0].value == before


def test_the_depth_changes_no_number(start) -> None:
    """The analyst reads the same answer, beliefs and costs as the decision-maker."""
    plain, deep = (
        start(desk=opened(load("sony-2014")), settings=FEW, depth=depth) for depth in ("Decision-maker", "Analyst")
    )
    assert [one.value for one in plain.success] == [one.value for one in deep.success]
    assert set(read(plain).splitlines()) <= set(read(deep).splitlines())


def test_each_table_and_origin_is_one_press_away(start) -> None:
    """Numbers and sources of beliefs and costs open beside them."""
    at = start(desk=opened(load("sony-2014")), settings=FEW)
    for key in ("numbers_beliefs", "origin_beliefs", "numbers_rows", "origin_rows"):
        at.session_state[key] = True
    at.run()
    assert not at.exception
    assert len(at.table) >= 6
