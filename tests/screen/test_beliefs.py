"""What the view of beliefs says: the same numbers as the verdict, nothing hidden, nothing lost."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.belief.explain.examples import case_of
from tests.report.examples import FEW, quickly, tables

from cybercoercion.assessment import assess
from cybercoercion.belief import believe
from cybercoercion.case import load, load_case, new_case, parse_case
from cybercoercion.report.belief_strips import BeliefRow
from cybercoercion.report.verdict import Verdict, verdict
from cybercoercion.report.words import percent, span
from cybercoercion.screen.answers import Answer, gathered, moves
from cybercoercion.screen.beliefs import Question, kinds, purposes, questions
from cybercoercion.screen.coded import coded
from cybercoercion.screen.episodes import episodes
from cybercoercion.screen.explained import Told, explained, hypotheses, moved_figure
from cybercoercion.screen.framed import framed
from cybercoercion.screen.separating import nodes, separating
from cybercoercion.screen.stories import stories
from cybercoercion.screen.top import top
from cybercoercion.screen.warnings import warnings
from cybercoercion.vocabulary import INTENTS

NAMES = ("sony-2014", "colonial-2021", "opm-2015", "ukraine-2014-2016")


@cache
def said(name: str) -> Verdict:
    """Return what few draws say about a shipped case, or about a case with nothing in it."""
    if name == "blank":
        return quickly(parse_case(new_case("blank-1", title="Blank", frame="any-intrusion")))
    return quickly(load(name))


@cache
def told(name: str) -> Told:
    """Return what explains a shipped case."""
    return explained(said(name).assessment)[-1]


def rows(question: Question) -> dict[str, tuple[str, ...]]:
    """Return the rows of a question by label."""
    return {row[0]: row[1:] for row in question.figure.rows}


@pytest.mark.parametrize("name", [*NAMES, "blank"])
def test_the_rows_are_the_numbers_of_the_belief(name: str) -> None:
    """Probability and range of every candidate, demand and purpose are those of the belief itself."""
    one = said(name)
    belief = one.assessment.belief
    _, actor, demand = questions(one)
    for question, node in ((actor, "actor"), (demand, "demand"), (purposes(one), "intent")):
        shown = sorted(row[1:3] for row in question.figure.rows)
        expected = sorted((percent(e.p), span(e.low, e.high)) for e in belief.estimates(node).values())
        assert shown == expected


@pytest.mark.parametrize("name", [*NAMES, "blank"])
@pytest.mark.parametrize("most", [None, 2, 3, 4])
def test_what_is_not_on_the_list_is_always_seen(name: str, most: int | None) -> None:
    """Coercion, any coercive aim, who is not on the list and no demand of the list have rows of their own."""
    coercion, actor, demand = questions(said(name), most=most)
    assert {"Compellence or deterrence", "Any coercive aim, also a second one"} <= set(rows(coercion))
    assert "Not on our list" in rows(actor)
    assert "None of our list" in rows(demand)
    assert rows(coercion)["Compellence or deterrence"][0] == percent(said(name).coercion.p)
    assert rows(coercion)["Any coercive aim, also a second one"][0] == percent(said(name).any_coercive_aim.p)


@pytest.mark.parametrize("name", [*NAMES, "blank"])
def test_sentences_word_the_range_and_stand_over_their_figure(name: str) -> None:
    """Each sentence is the caption of its figure; that of coercion has the words and range of the verdict."""
    one = said(name)
    for question in (*questions(one), purposes(one)):
        assert question.figure.caption == question.sentence
    coercion = one.coercion
    assert span(coercion.low, coercion.high) in questions(one)[0].sentence or coercion.high < 0.01


def answer(name: str, p: float, *, always: bool = False) -> Answer:
    """Return an answer with a probability on one draw."""
    return Answer(name=name, label=name, by_draw=np.array([p]), before=p / 2, always=always)


def test_small_answers_are_added_up_and_nothing_is_lost() -> None:
    """Of six answers three are shown: the leader, the one that must be seen, and the sum of the other four."""
    given = [answer(str(p), p / 100) for p in (50, 20, 15, 8, 5)] + [answer("other", 0.02, always=True)]
    shown = gathered(given, 3, "{count} others")
    assert [one.label for one in shown] == ["50", "other", "4 others"]
    assert shown[-1].p == pytest.approx(0.48)
    assert shown[-1].before == pytest.approx(0.24)
    assert sum(one.p for one in shown) == pytest.approx(1)


def test_the_leader_is_kept_though_all_others_must_be_seen() -> None:
    """What must be seen never drives the leading answer into the sum of the small ones."""
    given = [answer("first", 0.9), answer("a", 0.06, always=True), answer("b", 0.02), answer("c", 0.02)]
    assert [one.label for one in gathered(given, 2, "{count} others")] == ["first", "a", "2 others"]


def test_rings_and_notes_say_what_a_change_moved() -> None:
    """After reports are withdrawn, each row has its probability before, and the note names what moved two points."""
    sony = load_case("sony-2014")
    fewer = sony.model_copy(
        update={"reports": tuple(one for one in sony.reports if one.origin != "dprk-foreign-ministry")}
    )
    before, now = said("sony-2014"), quickly(fewer)
    coercion, actor, _ = questions(now, before)
    assert rows(coercion)["Compellence or deterrence"][-1] == percent(before.coercion.p)
    assert abs(now.coercion.p - before.coercion.p) >= 0.02
    assert f"{percent(before.coercion.p)} \N{RIGHTWARDS ARROW} {percent(now.coercion.p)}" in coercion.note
    was = before.assessment.belief.estimates("actor")
    assert rows(actor)["North Korea"][-1] == percent(was["north-korea"].p)
    assert all(question.note == "" for question in questions(before, before))


def test_a_move_below_two_points_is_no_move() -> None:
    """Moves are told from two points on, the largest first."""
    made = [
        BeliefRow(label=str(k), p=0.5, quantiles=(0.5,) * 6, before=0.5 - move)
        for k, move in enumerate((0.01, 0.02, 0.3))
    ]
    assert moves(made) == "The last change moved: 2 20 % \N{RIGHTWARDS ARROW} 50 %; 1 48 % \N{RIGHTWARDS ARROW} 50 %."


def test_a_candidate_that_was_not_there_before_has_no_before() -> None:
    """A candidate added by the last change has an empty cell where its probability before would stand."""
    sony = load_case("sony-2014")
    less = sony.model_copy(
        update={"actors": tuple(one for one in sony.actors if one.id != "insider")},
    )
    _, actor, _ = questions(said("sony-2014"), quickly(less))
    assert rows(actor)["Present or former employee"][-1] == ""


def test_kinds_add_up_their_candidates() -> None:
    """Candidates of one kind share a row; without two kinds on the list there is no such question."""
    case = case_of(
        actors=[{"id": "amber", "kind": "state"}, {"id": "birch", "kind": "state"}, {"id": "crew", "kind": "criminal"}]
    )
    one = quickly(case)
    question = kinds(one)
    assert question is not None
    p = {state: estimate.p for state, estimate in one.assessment.belief.estimates("actor").items()}
    assert rows(question)["A state"][0] == percent(p["amber"] + p["birch"])
    assert kinds(quickly(case_of())) is None


def test_each_episode_of_a_campaign_has_its_strip() -> None:
    """The episodes bear their titles and the probability that the campaign gives them; a single case has none."""
    one = said("ukraine-2014-2016")
    question = episodes(one)
    assert question is not None
    campaign = one.assessment.campaign
    assert campaign is not None
    expected = {
        case.title: percent(belief.coercion.p)
        for case, belief in zip(campaign.episodes, one.assessment.episodes, strict=True)
    }
    assert {label: row[0] for label, row in rows(question).items()} == expected
    assert episodes(said("sony-2014")) is None


@pytest.mark.parametrize("name", NAMES)
def test_the_bars_add_up_to_the_shift(name: str) -> None:
    """For every hypothesis the drawn bars lead from prior to posterior exactly, whatever was added up."""
    one = told(name)
    weights = one.explanation.weights
    for hypothesis in hypotheses(one):
        figure = moved_figure(one, hypothesis)
        bars = next(one for one in figure.vega_lite()["layer"] if one["mark"]["type"] == "rect")
        steps = bars["data"]["values"]
        column = weights.hypotheses.index(hypothesis)
        shift = sum(step["to"] - step["from"] for step in steps)
        assert shift == pytest.approx(weights.posterior[column] - weights.prior[column], abs=1e-9)


def test_small_origins_are_added_up_in_one_bar() -> None:
    """Origins under a tenth of a deciban stand in one bar, the last, if there are two or more of them."""
    one = told("opm-2015")
    steps = next(fall for fall in one.explanation.waterfalls if fall.hypothesis == "coercion").steps
    small = [step for step in steps if abs(step.weight) < 0.1]
    labels = [row[0] for row in moved_figure(one).rows[1:-1]]
    assert len(labels) == len(steps) - max(len(small) - 1, 0)
    assert (labels[-1] == f"{len(small)} others") is (len(small) > 1)


def test_the_caption_says_what_one_report_alone_is_worth() -> None:
    """The probability without the strongest report is that of the case from which it is withdrawn."""
    one = told("sony-2014")
    fall = one.explanation.waterfalls[0]
    strongest = max(fall.steps[0].reports, key=lambda step: abs(step.weight)).name
    sony = load_case("sony-2014")
    left = sony.model_copy(update={"reports": tuple(r for r in sony.reports if r.id != strongest)})
    p = believe(left, tables(1, FEW)).coercion.p
    assert f"alone gives {percent(p)}." in moved_figure(one).caption


def test_a_changed_stake_needs_no_new_explanation() -> None:
    """What is at stake has no part in an explanation, so the one at hand is handed over."""
    sony = load_case("sony-2014")
    richer = sony.model_copy(update={"stakes": sony.stakes.model_copy(update={"margin": 1e6})})
    assert explained(assess(richer, tables(1, FEW)))[0] is told("sony-2014")


@pytest.mark.parametrize("name", NAMES)
def test_explanations_are_full_stories_with_their_ranges(name: str) -> None:
    """Three stories by probability, each the joint of actor, purpose and demand, with a range around it."""
    one = told(name)
    found = stories(one)
    best = one.explanation.stories.full
    assert [row[1].split(" (")[0] for row in found.rows] == [percent(story.p) for story in best]
    for story in best:
        place = (
            INTENTS.index(str(story.purpose)),
            one.belief.actors.index(str(story.actor)),
            one.belief.demands.index(str(story.demand)),
        )
        assert one.belief.averaged[place] == pytest.approx(story.p, rel=1e-9)
    assert found.caption.startswith("The best-supported explanation: ")
    ratio = best[0].p / best[1].p
    assert ("about as likely" in found.caption) is (ratio < 1.05)


def test_the_grid_counts_what_does_not_separate() -> None:
    """The caption counts the reports whose weight for the first pair is printed as a dot."""
    one = told("sony-2014")
    for node in nodes(one):
        figure = separating(one, node)
        dots = sum(row[1] == "\N{MIDDLE DOT}" for row in figure.rows)
        assert figure.caption.startswith(f"{dots} of {len(figure.rows)} reports do not separate ")
        assert len(figure.rows) == len(one.explanation.diagnosticity.reports)
    assert nodes(told("opm-2015")).keys() == {"intent", "actor"}


def test_the_papers_row_is_that_of_the_assessment() -> None:
    """Three cells in the paper's vocabulary, and the sentence that joins them."""
    one = said("ukraine-2014-2016")
    coding = one.assessment.coding
    assert coded(one).row == (coding.threat, coding.actor, coding.desired_behaviour)
    assert coded(one).caption == f"In the paper's terms: {'; '.join(coded(one).row)}."


def test_framing_is_a_ruler_only_where_a_report_hangs_on_it() -> None:
    """Without a report that could be planted or copied no ruler is drawn, and the caption says so."""
    found = framed(said("sony-2014").assessment)
    assert found.figure is None
    assert found.caption.count("no report hangs on it") == 3
    drawn = framed(said("opm-2015").assessment)
    assert drawn.figure is not None
    assert drawn.figure.caption == drawn.caption


def named(*pairs: tuple[str, str], **fields: Any) -> Verdict:
    """Return what is said of a case in which origins name actors, by origin and finding."""
    reports = [{"fact": "vendor_attribution", "origin": origin, "finding": who} for origin, who in pairs]
    return verdict(
        assess(case_of(*reports, {"fact": "threat", "finding": "clear", "origin": "press"}, **fields), tables())
    )


def test_an_attribution_with_one_basis_is_warned_of() -> None:
    """One report or one origin that names an actor is one basis; two origins are no warning."""
    assert "Only one report names an actor: the attribution has one basis." in warnings(named(("lab", "amber")))
    two = warnings(named(("lab", "amber"), ("lab", "birch")))
    assert "All reports that name an actor have one origin: the attribution has one basis." in two
    assert not any("one basis" in one for one in warnings(named(("lab", "amber"), ("office", "amber"))))


def test_everything_from_one_origin_is_warned_of() -> None:
    """If all reports have one origin, that is said instead of the basis of the attribution."""
    found = warnings(named(("press", "amber")))
    assert "All reports have one origin: if it errs, all of them do." in found
    assert not any("basis" in one for one in found)


def test_warnings_are_plain_and_the_worst_comes_first() -> None:
    """Few draws come before a thin basis, and that before what was left out; no date is written for machines."""
    one = said("sony-2014")
    found = warnings(one)
    assert [found.index(text) for text in sorted(found, key=found.index)] == list(range(len(found)))
    assert "draws" in found[0]
    assert "one basis" in found[-2]
    assert found[-1].startswith("2 reports became known after 18 Dec 2014 and are not used: ")
    assert not any("2014-12-18" in text or "government-names-north" in text for text in found)
    assert top(one).warnings == found[:2]


def test_no_warning_of_the_verdict_is_lost() -> None:
    """What a verdict warns of beyond draws, dates and grades is repeated word for word."""
    one = said("sony-2014")
    contradiction = "the answer contradicts itself: shares do not add up"
    changed = Verdict(
        **{name: getattr(one, name) for name in one.__dataclass_fields__} | {"warnings": (contradiction, *one.warnings)}
    )
    assert warnings(changed)[0] == "The answer contradicts itself: shares do not add up."
    assert warnings(changed)[1:] == warnings(one)


def test_graded_as_confirmed_without_a_second_origin_is_warned_of() -> None:
    """A report graded 1 that no other origin confirms is named, with what it counts as."""
    case = case_of(
        {"fact": "threat", "finding": "clear", "origin": "press", "grade": "A1"}, frame="politically-relevant"
    )
    found = [text for text in warnings(quickly(case)) if text.startswith("Graded as confirmed")]
    assert len(found) == 1
    assert "Threat of harm: clear" in found[0]


def test_a_case_without_reports_or_demands_says_so() -> None:
    """With nothing on the list the question has a sentence of its own, and the purposes are the base rates."""
    one = said("blank")
    _, _, demand = questions(one)
    assert demand.sentence == "No demand is on our list, so none can be told from another."
    assert one.reports_words.startswith("Nothing is reported yet")
    assert len(purposes(one).figure.rows) == 9
