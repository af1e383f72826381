"""Reports that carry the answer, worth of findings, maps and swings as a page shows them, held against the core."""

from __future__ import annotations

from functools import cache

import pytest

from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import load
from cybercoercion.knowledge import load_knowledge
from cybercoercion.report.part import Asked
from cybercoercion.report.value_sections import LEAST
from cybercoercion.report.words import money
from cybercoercion.screen.flip_set import any_means, flip_set
from cybercoercion.screen.policy import axes, policy, usual
from cybercoercion.screen.swings import course, courses, risk, swings
from cybercoercion.screen.worth import LIMITS, REPORTS, best_sentence, worth
from cybercoercion.sensitivity.plane.policy_map import policy_map
from cybercoercion.sensitivity.told.smallest import smallest
from cybercoercion.sensitivity.value.table import voi

ASKED = Asked(view="nation", decision="response")
CASES = ("sony-2014", "notpetya-2017", "opm-2015", "ukraine-2014-2016")


@cache
def one(name: str) -> Assessment:
    """Return a shipped case, assessed with few draws."""
    return assess(load(name), load_knowledge(draws=100))


def test_the_set_that_carries_the_lead_is_that_of_the_core() -> None:
    """Every report that the core withdraws to change the leading actor is named, and no other."""
    found = smallest(one("notpetya-2017"), questions=("actor",), means=("withdrawn",)).of("actor", "withdrawn")
    said = flip_set(one("notpetya-2017")).sentences[1]
    assert found.found
    assert said.count(" withdrawn") == len(found.steps)
    assert all(step.label in said for step in found.steps)


def test_without_reports_none_carries_the_answer() -> None:
    """A case without reports says that none is told."""
    case = one("sony-2014").case.model_copy(update={"reports": ()})
    assert flip_set(assess(case, load_knowledge(draws=50))).sentences == (
        "No report is told, so none carries the answer.",
    )


def test_single_changes_and_sets_stand_side_by_side_for_the_analyst() -> None:
    """The analyst sees every single change of a report, and sets by any means."""
    assert [section.name for section in any_means(one("opm-2015"))] == ["reports", "smallest"]


@pytest.mark.parametrize("name", CASES)
def test_bars_are_the_values_of_the_core(name: str) -> None:
    """Bars are drawn for what is worth something, limits hollow, as the value of information has them."""
    value = voi(one(name), parameters=False)
    found = worth(one(name))
    limits = sorted((v.evppi for v in value.states if v.evppi >= LEAST and len(v.states) == 1), reverse=True)[:LIMITS]
    reports = [report.evsi for report in value.reports if report.evsi >= LEAST][:REPORTS]
    if not (limits or reports):
        assert found.figure is None
        return
    assert found.figure is not None
    assert [row[3] for row in found.figure.rows] == [money(v) for v in (*limits, *reports)]
    assert [row[2] for row in found.figure.rows] == ["at most"] * len(limits) + [""] * len(reports)


def test_the_best_report_is_said_with_its_worth_and_the_days_that_it_may_take() -> None:
    """Where a report pays, its worth and the longest wait are those of the core."""
    value = voi(one("notpetya-2017"), parameters=False)
    assert value.best is not None
    wait = next(row for row in value.waiting if row.report == value.best.report.id)
    assert wait.break_even is not None
    said = best_sentence(one("notpetya-2017"), value)
    assert money(value.best.evsi, words=True) in said
    assert f"at most {wait.break_even:.0f} days" in said


def test_where_nothing_pays_it_is_said() -> None:
    """Where no report could change the choice, the sentence says so, and tells to act now."""
    found = worth(one("sony-2014"))
    assert found.figure is None
    assert found.answer.startswith("Nothing we could learn")
    assert found.sentences[0].startswith("Act now")


def test_no_word_of_the_command_line_stands_on_the_page() -> None:
    """Notes that send a reader to an option of the command line are left out."""
    for name in CASES:
        assert "--" not in " ".join(note for table in worth(one(name)).tables for note in table.notes)


@pytest.mark.parametrize("name", CASES)
def test_the_usual_map_has_the_shares_of_the_core(name: str) -> None:
    """The table of the map gives the share of draws in which each response is cheapest."""
    x, y = usual(one(name))
    found = policy(one(name), x, y)
    assert found.figure is not None
    masses = policy_map(one(name), x, y).mass
    assert len(found.figure.rows) == len(masses)
    assert "layer" in found.figure.vega_lite()


def test_every_pair_of_axes_is_a_map_or_says_why_not() -> None:
    """No choice of axes breaks: each gives a map or a reason."""
    names = list(axes(one("opm-2015")))
    for x in names[:3]:
        for y in names:
            found = policy(one("opm-2015"), x, y)
            assert (found.figure is not None) != found.sentences[0].startswith("No map")


def test_the_first_axis_is_the_likeliest_candidate() -> None:
    """Candidates are offered as axes, the likeliest first."""
    assert next(iter(axes(one("notpetya-2017")))) == "p.actor.russia"


def test_the_swings_table_holds_every_input_that_can_be_moved() -> None:
    """The figure draws the widest swings; the table holds all of them, widest first."""
    drawn = swings(one("opm-2015"))
    assert drawn is not None
    assert len(drawn.rows) > 50
    assert drawn.caption.startswith("Between its 5 and 95 % values")


def test_a_course_runs_along_the_input_that_was_chosen() -> None:
    """The answer along an input is headed by the input."""
    assert "stakes.resilience" in courses(one("opm-2015"))
    assert course(one("opm-2015"), "stakes.resilience").columns[0] == "resilience now"


def test_attitudes_to_risk_are_counted() -> None:
    """The section on attitudes says how many of them agree."""
    assert "attitudes to risk" in risk(one("sony-2014")).sentences[0]
