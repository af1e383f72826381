"""Scenarios of a desk and their comparison: what is offered, kept and renamed, and what a comparison says."""

from __future__ import annotations

from functools import cache

from cybercoercion.assessment import assess
from cybercoercion.case import load, load_case
from cybercoercion.case.editing import with_fields, with_values
from cybercoercion.desk import Desk, opened
from cybercoercion.knowledge import load_knowledge
from cybercoercion.report.words import money, percent
from cybercoercion.screen.comparing_view import SideBySide, alike, side_by_side
from cybercoercion.screen.scenarios import chosen_first, keep, let_go, name_for, offered, own_source, renamed, whys
from cybercoercion.sensitivity.comparison import Comparison


@cache
def walked() -> Desk:
    """Return a desk on which a report was switched off and the resilience raised, the first state kept."""
    desk = opened(load_case("sony-2014"))
    off = desk.changed(with_fields(desk.now, "reports", "film-message", {"off": True}), "Message off")
    return keep(off, "No message").changed(with_values(off.now, {"stakes.resilience": 0.8}), "Engineers say 0.8")


@cache
def compared() -> tuple[Comparison, SideBySide]:
    """Return the case as filed beside the case now, and beside what was kept."""
    desk = walked()
    sources = {"Filed": desk.filed, "Now": desk.now, "Kept": desk.kept[0].source}
    found = alike(sources, load_knowledge(draws=200), enough=False)
    return found, side_by_side(found, whys(desk, *sources.values()))


def test_the_desk_offers_now_filed_and_kept_before_other_cases() -> None:
    """What is offered begins with the case itself; the shipped case on the desk is not offered twice."""
    names = offered(walked(), {"sony-2014": "Sony", "opm-2015": "OPM"}, {"x1": "A port"})
    assert list(names) == ["now", "filed", "kept:No message", "shipped:opm-2015", "stored:x1"]


def test_a_changed_desk_compares_filed_and_now_and_what_was_kept() -> None:
    """Before anybody chose, the case as filed stands first, then the case now, then what was kept."""
    assert chosen_first(walked()) == ("filed", "now", "kept:No message")
    assert own_source(walked(), "kept:No message") == walked().kept[0].source
    assert own_source(walked(), "shipped:opm-2015") is None


def test_keeping_renaming_and_letting_go_change_no_case() -> None:
    """Scenarios come and go beside the walk: undo, redo and the case now stay as they are."""
    desk = walked()
    other = let_go(renamed(keep(desk, "Two"), "Two", "Three"), "No message")
    assert [one.name for one in other.kept] == ["Three"]
    assert (other.moments, other.at, other.now, other.undone().now) == (
        desk.moments,
        desk.at,
        desk.now,
        desk.undone().now,
    )


def test_what_is_kept_during_an_experiment_outlives_it() -> None:
    """A scenario that was kept in an experiment is there after the experiment is discarded, or taken over."""
    desk = walked()
    trial = keep(desk.tried("Trial", with_values(desk.now, {"stakes.resilience": 0.1})), "Tried")
    assert [one.name for one in trial.discarded().kept] == ["No message", "Tried"]
    assert [one.name for one in trial.taken_over().kept] == ["No message", "Tried"]


def test_a_name_is_proposed_that_is_not_taken() -> None:
    """The proposed name is the last change, or else a number that is free."""
    desk = walked()
    assert name_for(desk) == "Engineers say 0.8"
    assert name_for(keep(desk, "Engineers say 0.8")).startswith("Scenario ")


def test_every_difference_has_the_sentence_of_its_change() -> None:
    """The table of differences says why: the sentence of the last change of that place."""
    rows = {(row[0], row[1]): row for row in compared()[1].inputs}
    assert rows["B", "Resilience"][3:] == ("0.8", "Engineers say 0.8")
    assert rows["B", "Report film-message"][2:] == ("on", "off", "Message off")
    assert ("C", "Resilience") not in rows


def test_another_case_is_another_reason() -> None:
    """Between two cases the reason of every difference is that they are two cases."""
    found = alike({"A": load("sony-2014"), "B": load("opm-2015")}, load_knowledge(draws=50), enough=False)
    page = side_by_side(found, {})
    assert {row[4] for row in page.inputs} <= {"another case", "follows from the rest"}
    assert page.sentences[0].startswith("B: Looking at B instead of A")


def test_the_sentence_gives_belief_choice_and_gap_of_both() -> None:
    """The caption has coercion, first choices and gaps as the assessments have them."""
    found, page = compared()
    first, now = found.scenarios[:2]
    for part in (
        percent(first.statements["coercion"].p),
        percent(now.statements["coercion"].p),
        money(first.gap(), words=True),
        money(now.gap(), words=True),
    ):
        assert part in page.sentences[0]


def test_strips_of_a_question_hold_every_scenario() -> None:
    """Each scenario has a row in each question, with its letter and the probability of its own assessment."""
    found, page = compared()
    strips = dict(page.beliefs)["Is it coercion?"]
    assert [row[0].split()[0] for row in strips.rows] == ["A", "B", "C"]
    assert [row[1] for row in strips.rows] == [percent(one.statements["coercion"].p) for one in found.scenarios]


def test_all_costs_are_beside_the_first_choice_of_the_first() -> None:
    """Rows of every scenario are extra costs beyond the same response, counted as their shapes are."""
    found, page = compared()
    for scenario, (_, drawn) in zip(found.scenarios, page.costs, strict=True):
        each = scenario.differences()
        expected = sorted(each[name] - each[found.yardstick] for name in each if name != found.yardstick)
        assert [row[1] for row in drawn.rows] == [money(one, signed=True) for one in expected]
        spec = drawn.vega_lite()["layer"]
        dots = next(layer for layer in spec if layer["mark"]["type"] == "point")["data"]["values"]
        assert len(dots) == 20 * len(drawn.rows)
        left = {row[0]: sum(dot["response"] == row[0] and dot["x"] < 0 for dot in dots) for row in drawn.rows}
        named = {"nothing new": "nothing"}
        for row in drawn.rows:
            key = named.get(row[0], row[0])
            count = sum(dot["response"] == key and dot["x"] < 0 for dot in dots)
            assert row[2] == f"{count} of 20", left


def test_scenarios_share_the_largest_number_of_draws() -> None:
    """A case that needs more draws takes the others with it, so that all have the same."""
    sources = {"A": load("sony-2014"), "B": load("colonial-2021")}
    found = alike(sources, load_knowledge(draws=600))
    sizes = {one.assessment.knowledge.size for one in found.scenarios}
    assert len(sizes) == 1
    assert sizes.pop() > 600


def test_a_campaign_can_be_compared_with_a_change_of_its_stakes() -> None:
    """A campaign stands beside itself and beside a case; nothing breaks, and what differs is named."""
    campaign = load("ukraine-2014-2016")
    found = alike({"A": campaign, "B": load("sony-2014")}, load_knowledge(draws=50), enough=False)
    page = side_by_side(found, whys(opened(campaign), campaign))
    assert page.names[0].startswith("A: A, as known on")
    assert len(page.costs) == 2


def test_a_case_beside_itself_differs_in_nothing() -> None:
    """Where nothing differs the table says so, and the sentence too."""
    sony = load_case("sony-2014")
    page = side_by_side(alike({"A": sony, "B": sony}, load_knowledge(draws=50), enough=False), {})
    assert page.inputs == (("B", "Nothing differs", "", "", ""),)
    assert page.sentences[0].startswith("B: No input differs from A")
    assert assess(sony, load_knowledge(draws=50)).case == sony
