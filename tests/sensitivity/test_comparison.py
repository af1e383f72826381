"""Scenarios side by side: what differs, and what that does, on common random numbers."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.sensitivity.examples import FEW, IDS, assessed, assessed_quickly, tables

from cybercoercion.assessment import Assessment, assess, changed
from cybercoercion.case import Campaign, Case, CaseError, load
from cybercoercion.sensitivity.comparison import COUNTED, Comparison, compare
from cybercoercion.sensitivity.output import FIVE


@cache
def again(name: str, *settings: str) -> Assessment:
    """Return a shipped case with settings, assessed with few draws."""
    return assess(changed(load(name), settings), tables(1, FEW))


def both(name: str, *settings: str) -> Comparison:
    """Return a shipped case beside itself with settings."""
    return compare({"filed": assessed_quickly(name), "changed": again(name, *settings)})


@pytest.mark.parametrize("name", IDS)
def test_a_case_beside_itself_has_no_difference(name: str) -> None:
    """The same case twice: no input differs, and no number does, to the last digit."""
    twice = compare({"one": assessed_quickly(name), "two": again(name)})
    assert twice.scenarios[1].inputs == ()
    said = twice.labelled()
    for variable in ("belief", "cost", "extra", "gap"):
        first, second = said[variable].to_numpy()
        assert np.array_equal(first, second)


def test_what_was_set_is_what_differs() -> None:
    """Each setting is one difference with its place, and what is not stated is said to be none."""
    (harm, resilience) = both("sony-2014", "stakes.resilience=0.7", "stakes.harm_now=1e7").scenarios[1].inputs
    assert (harm.place, harm.becomes) == ("stakes.harm_now", 1e7)
    assert (resilience.place, resilience.was, resilience.becomes) == ("stakes.resilience", None, 0.7)


def test_a_stake_moves_costs_and_no_belief() -> None:
    """Streams bear names: under a changed stake the belief stays equal to the last digit, and the cost moves."""
    first, other = both("sony-2014", "stakes.resilience=0.7").scenarios
    assert first.statements == other.statements
    assert first.differences()["denial"] != other.differences()["denial"]


def test_a_report_that_is_off_counts_no_more() -> None:
    """A report switched off is one difference, and one report less counts."""
    case = load("sony-2014")
    assert isinstance(case, Case)
    one = case.known()[0].id
    rows = {row.place: row for row in both("sony-2014", f"reports.{one}.off=true").scenarios[1].inputs}
    assert rows[f"reports.{one}.off"].becomes is True


def test_a_report_of_one_episode_is_changed_there() -> None:
    """In a campaign a setting of a report acts on the episodes that have it, and one that none has is refused."""
    campaign = load("ukraine-2014-2016")
    assert isinstance(campaign, Campaign)
    elsewhere = {report.id for episode in campaign.episodes[1:] for report in episode.reports}
    own = next(report.id for report in campaign.episodes[0].known() if report.id not in elsewhere)
    pair = both("ukraine-2014-2016", f"reports.{own}.off=true")
    places = {row.place for row in pair.scenarios[1].inputs}
    assert f"episodes.{campaign.episodes[0].id}.reports.{own}.off" in places
    assert COUNTED in places
    with pytest.raises(CaseError, match="nobody-said-this"):
        changed(campaign, ["reports.nobody-said-this.off=true"])


def test_a_later_date_lets_more_reports_count() -> None:
    """With another date the count of reports differs by those that became known in between."""
    case = load("sony-2014")
    rows = {row.place: row for row in both("sony-2014", "as_of=2015-01-15").scenarios[1].inputs}
    later = again("sony-2014", "as_of=2015-01-15")
    assert rows["as_of"].becomes == "2015-01-15"
    assert isinstance(case, Case)
    assert isinstance(later.case, Case)
    counted = rows[COUNTED]
    assert (counted.was, counted.becomes) == (
        len(assessed_quickly("sony-2014").belief.reports),
        len(later.belief.reports),
    )
    assert isinstance(counted.was, int)
    assert isinstance(counted.becomes, int)
    assert counted.becomes > counted.was


@pytest.mark.parametrize("name", ["sony-2014", "colonial-2021", "ukraine-2014-2016", "opm-2015"])
def test_the_gap_is_between_the_two_cheapest_of_five(name: str) -> None:
    """Sorted by hand, the second expected difference less the first is the gap, in every view."""
    scenario = compare({"a": assessed_quickly(name), "b": again(name)}).first
    for view, ranking in assessed_quickly(name).ranking.views.items():
        costs = sorted([*(option.delta for option in ranking.options), 0.0])
        assert scenario.gap(view) == pytest.approx(costs[1] - costs[0], abs=1e-6)
        assert min(scenario.differences(view), key=scenario.differences(view).__getitem__) == ranking.first


def test_every_scenario_is_measured_by_the_same_yardstick() -> None:
    """The extra cost of the yardstick is zero in each scenario, also where another response is first there."""
    pair = both("sony-2014", "stakes.harm_now=1e4", "stakes.harm_next=1e4")
    said = pair.labelled()
    assert said["extra"].sel(option=pair.yardstick).to_numpy() == pytest.approx(np.zeros((2, 3)))
    assert pair.yardstick == pair.first.view().first
    for scenario in pair.scenarios:
        for name in FIVE:
            mean = scenario.beyond(name, pair.yardstick, futures=False) @ scenario.view().scene.share
            extra = scenario.differences()[name] - scenario.differences()[pair.yardstick]
            assert mean == pytest.approx(extra, abs=0.5 * abs(extra) + 5e6)  # few draws of heavy tails


def test_other_cases_are_asked_about_other_actors() -> None:
    """Of an actor that a scenario does not list nothing is said, not that it is impossible."""
    said = compare({"a": assessed_quickly("sony-2014"), "b": assessed_quickly("colonial-2021")}).labelled()
    north = said["belief"].sel(statement="actor: north-korea", bound="p").to_numpy()
    assert np.isfinite(north[0])
    assert np.isnan(north[1])


def test_other_draws_are_no_comparison() -> None:
    """Different numbers of draws or a single scenario are refused in words."""
    with pytest.raises(ValueError, match="same seed and number of draws"):
        compare({"a": assessed_quickly("sony-2014"), "b": assessed("sony-2014")})
    with pytest.raises(ValueError, match="got 1 scenario"):
        compare({"a": assessed_quickly("sony-2014")})


def test_changed_tables_are_a_difference() -> None:
    """Where the tables differ, that is said too: otherwise the answer would move for no reason."""
    one = assessed_quickly("sony-2014")
    held = assess(load("sony-2014"), tables(1, FEW).held({"cost.urgent": 1e6}))
    rows = {row.place for row in compare({"a": one, "b": held}).scenarios[1].inputs}
    assert rows <= {"tables", "fit"}
