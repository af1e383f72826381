"""The view of beliefs: three questions at once, the explanation when it is worked out, what a change does to both."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from cybercoercion.assessment import assess, changed
from cybercoercion.case import Case, load, load_case, new_case, parse_case
from cybercoercion.desk import opened
from cybercoercion.knowledge import load_knowledge
from cybercoercion.report.verdict import verdict
from cybercoercion.screen.beliefs import questions
from cybercoercion.screen.explained import explained, hypotheses, moved_figure

PATIENCE = 200  # looks, each of which waits for the work


def settled(at: AppTest) -> AppTest:
    """Return the page once all work beside it is done."""
    for _ in range(PATIENCE):
        if not any(key.startswith("cancel_") for key in keys(at)):
            return at
        at.run()
        assert not at.exception, at.exception
    raise AssertionError("the work beside the page does not end")


def keys(at: AppTest) -> list[str]:
    """Return the keys of the buttons on a page."""
    return [one.key or "" for one in at.button]


def words(at: AppTest) -> str:
    """Return all that a page says, as it is read."""
    return " ".join(one.value for one in (*at.markdown, *at.caption, *at.subheader, *at.warning)).replace("\\", "")


def figures(at: AppTest) -> int:
    """Return how many drawings a page has."""
    return len(at.get("vega_lite_chart"))


def without(case: Case, origin: str) -> Case:
    """Return a case without the reports of one origin."""
    return case.model_copy(update={"reports": tuple(one for one in case.reports if one.origin != origin)})


@pytest.fixture(scope="module")
def sony() -> Any:
    """Return what is said of the worked example with the draws of the app."""
    return verdict(assess(load_case("sony-2014"), load_knowledge()))


def test_the_three_questions_are_answered_with_the_sentences_of_the_core(start, sony) -> None:
    """Every question stands under its title with the sentence of the core, and each has its strips and its table."""
    at = start("beliefs")
    for question in questions(sony):
        assert question.title in [one.value.replace("\\", "") for one in at.subheader]
        assert question.sentence in words(at)
    assert figures(at) >= 5
    assert sony.run_line in words(at)


def test_the_explanation_comes_when_it_is_worked_out(start, sony) -> None:
    """The page stands at once; bars, explanations and the paper's row stand beside it when the work is done."""
    at = settled(start("beliefs"))
    told = explained(sony.assessment)[0]
    assert moved_figure(told).caption in words(at)
    assert "The best-supported explanation: " in words(at)
    assert "In the paper's terms: " in words(at)
    assert "no report hangs on it" in words(at)


def test_another_belief_is_explained_when_it_is_picked(start, sony) -> None:
    """The bars are those of the hypothesis that is chosen, and back again."""
    at = settled(start("beliefs"))
    told = explained(sony.assessment)[0]
    box = at.selectbox(key="moved_hypothesis")
    assert box.options == list(hypotheses(told).values())
    settled(box.set_value("actor=north-korea").run())
    assert moved_figure(told, "actor=north-korea").caption in words(at)
    assert moved_figure(told).caption not in words(at)
    settled(at.selectbox(key="moved_hypothesis").set_value("coercion").run())
    assert moved_figure(told).caption in words(at)


def test_a_change_leaves_rings_and_words_and_undo_takes_them_away(start, sony) -> None:
    """After a change the notes say from where to where each belief moved; undo restores every sentence."""
    case = load_case("sony-2014")
    fewer = without(case, "dprk-foreign-ministry")
    desk = opened(case).changed(fewer, "Without the foreign ministry")
    at = start("beliefs", desk=desk)
    now = verdict(assess(fewer, load_knowledge()))
    for question, before in zip(questions(now, sony), questions(sony), strict=True):
        assert question.sentence in words(at)
        assert question.note
        assert question.note in words(at)
        assert before.sentence not in words(at)
    at.button(key="undo").click().run()
    assert at.session_state["desk"].now == case
    assert "The last change moved" not in words(at)
    for question in questions(sony):
        assert question.sentence in words(at)


def test_the_analyst_sees_what_each_report_separates(start) -> None:
    """The grid is drawn for the analyst only, and for the question that is picked."""
    at = settled(start("beliefs"))
    assert "Which report separates what?" not in words(at)
    plain = figures(at)
    at = settled(start("beliefs", depth="Analyst"))
    assert "Which report separates what?" in words(at)
    assert figures(at) == plain + 1
    assert "reports do not separate compellence from deterrence" in words(at)
    control = next(one for one in at.get("button_group") if one.key == "separating_node")
    settled(control.set_value("actor").run())
    assert "reports do not separate North Korea from somebody not on our list" in words(at)


def test_a_campaign_shows_its_episodes_and_explains_the_one_that_is_picked(start) -> None:
    """Each episode has its strip; an explanation is of one episode by itself, the latest unless another is picked."""
    campaign = changed(load("ukraine-2014-2016"), [])
    at = settled(start("beliefs", desk=opened(campaign), settings=few()))
    titles = [episode.title for episode in campaign.episodes]
    assert "Which episodes are coercion?" in words(at)
    assert "Each episode seen by itself" in words(at)
    box = at.selectbox(key="why_episode")
    assert box.options == titles
    assert box.value == len(titles) - 1
    latest = words(at)
    settled(box.set_value(0).run())
    told = explained(assess(campaign, load_knowledge(draws=200)))
    assert moved_figure(told[0]).caption in words(at)
    assert moved_figure(told[-1]).caption in latest


def few() -> Any:
    """Return settings with few draws: only the form of the answer matters."""
    from cybercoercion.app.memory import Settings

    return Settings(draws=200)


def test_a_case_without_reports_says_so_and_explains_nothing(start) -> None:
    """Where nothing is reported the beliefs are those before any report, and no bars are worked out."""
    blank = parse_case(new_case("blank-1", title="Blank", frame="any-intrusion"))
    at = settled(start("beliefs", desk=opened(blank)))
    assert "Nothing is reported yet: this is what cases of this frame look like." in words(at)
    assert "No demand is on our list" in words(at)
    assert "What moved this?" not in words(at)
    assert not [one for one in at.selectbox if one.key == "moved_hypothesis"]


def test_words_of_a_user_are_shown_as_written(start) -> None:
    """A picture or a link in a name is shown as text, also inside sentences and labels."""
    case = load_case("sony-2014")
    nasty = "![x](http://a.example/b.png)"
    actors = tuple(one.model_copy(update={"name": nasty}) if one.id == "north-korea" else one for one in case.actors)
    at = settled(start("beliefs", desk=opened(case.model_copy(update={"actors": actors}))))
    for one in (*at.markdown, *at.caption, *at.subheader):
        assert nasty not in one.value
    assert nasty in words(at)
