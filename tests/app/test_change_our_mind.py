"""The view Change our mind: what is there at once, what is asked for, axes of the map, and the state after a change."""

from __future__ import annotations

import re
import time

from streamlit.testing.v1 import AppTest

from cybercoercion.app.memory import Settings
from cybercoercion.case import load, load_case, read_shipped
from cybercoercion.case.editing import with_values
from cybercoercion.desk import opened


def settled(at: AppTest) -> AppTest:
    """Return the view once nothing is being worked out any more."""
    for _ in range(300):
        if not any(button.key and button.key.startswith("cancel_") for button in at.button):
            assert not at.exception
            assert not at.error
            return at
        time.sleep(0.1)
        at.run()
    raise AssertionError("still working")


def said(at: AppTest) -> str:
    """Return all text of a view, without the signs that keep it from being markdown."""
    return "\n".join(one.value for one in (*at.markdown, *at.caption, *at.subheader, *at.success)).replace("\\", "")


def answered(at: AppTest) -> str:
    """Return the answer of the card as it is read."""
    plain = re.sub(r":[a-z]+\[|(?<!\\)\]\{[^}]*\}|\*\*|^## ", "", at.success[0].value)
    return plain.replace("\\", "")


def test_the_view_answers_in_its_reading_order(start) -> None:
    """The answer comes first, then flips, reports, findings, two things at once; the case is not changed."""
    at = start("change_our_mind")
    settled(at)
    assert answered(at).startswith("Denial leads")
    assert [one.value.replace("\\", "") for one in at.subheader] == [
        "Where would the answer flip?",
        "Which reports carry it?",
        "Which finding is worth waiting for?",
        "Two things at once",
        "Try it",
    ]
    text = said(at)
    assert "Chance that we are already there" in text
    assert "no flip found in the range that was searched" in text
    assert "First choice, now denial" in text
    assert at.session_state["desk"].now == load_case("sony-2014")


def test_all_inputs_are_worked_out_when_asked_for(start) -> None:
    """A click asks about every input; then the view counts all of them, and the question is asked no more."""
    at = settled(start("change_our_mind"))
    assert "inputs that weigh most" in said(at)
    at.button(key="ask_tipping_all").click().run()
    settled(at)
    assert "Asked: all 111 inputs" in said(at)
    assert not [one for one in at.button if one.key == "ask_tipping_all"]


def test_other_axes_draw_another_map(start) -> None:
    """A choice of axes asks for the map over them, and the same axis twice is refused in words."""
    at = settled(start("change_our_mind"))
    assert "North Korea did it" in said(at)
    at.selectbox(key="map_across").set_value("stakes.price_of_escalation").run()
    settled(at)
    assert "the price of escalation and resilience" in said(at)
    at.selectbox(key="map_across").set_value("stakes.resilience").run()
    settled(at)
    assert "choose two different inputs" in said(at)
    assert at.session_state["desk"].now == load_case("sony-2014")


def test_after_a_change_the_answer_is_of_the_new_case_and_undo_restores_it(start) -> None:
    """With a higher resilience another leads; undo brings the very sentence back."""
    sony = load_case("sony-2014")
    hard = with_values(sony, {"stakes.resilience": 0.9})
    at = settled(start("change_our_mind", desk=opened(sony)))
    before = answered(at)
    at.session_state["desk"] = opened(sony).changed(hard, "Resilience to 0.9")
    at.run()
    settled(at)
    assert answered(at).startswith("Nothing new leads")
    at.button(key="undo").click().run()
    settled(at)
    assert answered(at) == before


def test_the_analyst_sees_more_and_no_other_numbers(start) -> None:
    """The analyst's questions stand beneath; what stood there stays; a swing is worked out when asked for."""
    at = settled(start("change_our_mind"))
    before = said(at)
    at = settled(start("change_our_mind", depth="Analyst", fold_swings=True, fold_risk=True))
    assert "For the analyst" in said(at)
    assert "attitudes to risk" in said(at)
    for sentence in before.splitlines():
        assert sentence in said(at)


def test_a_case_without_demand_and_one_of_crime_have_their_words(start) -> None:
    """Espionage and crime, and a campaign, show the view without a fault."""
    for name in ("opm-2015", "colonial-2021", "ukraine-2014-2016"):
        desk = opened(load(name), read_shipped(name))
        at = settled(start("change_our_mind", desk=desk, settings=Settings(draws=200)))
        assert "Where would the answer flip" in said(at)
