"""What is counted, and what ships in the place of raw data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.fit.outcome.made_up_incidents import episode, incident, training

from cybercoercion.fit.importing.dcid import read_dcid
from cybercoercion.fit.importing.mid import read_mid
from cybercoercion.fit.importing.ties import read_ties
from cybercoercion.fit.outcome import incidents, reference
from cybercoercion.fit.outcome.counting import count_outcomes
from cybercoercion.fit.outcome.counts import Tally, by_objective, contents, shipped_counts, tally
from cybercoercion.knowledge.entry import MARKS


def test_twelve_of_429():
    """The published tally holds 12 concessions in 429 incidents, 2.8 %."""
    published = tally("published")
    assert (published.happened.sum(), published.tried.sum()) == (12, 429)
    assert published.rate[3] == pytest.approx(7 / 46)


def test_later_incidents():
    """Incidents after 2016 are the published ones less those that are known one by one: 4 concessions in 145."""
    later = shipped_counts().later
    assert later.tried.tolist() == [34, 41, 56, 14]
    assert later.happened.tolist() == [0, 0, 2, 2]


def test_both_published_tallies_hold_the_same_incidents():
    """Concessions by severity add up to the same 12 of 429 as by objective."""
    by_severity = tally("published_severity")
    assert (by_severity.happened.sum(), by_severity.tried.sum()) == (12, 429)


def test_less_never_falls_below_nothing():
    """A file that reaches further than the published tally leaves no later incidents, and no negative ones."""
    rest = Tally.of([10, 5], [1, 1]).less(Tally.of([4, 9], [3, 0]))
    assert rest.tried.tolist() == [6, 0]
    assert rest.happened.tolist() == [0, 0]


@pytest.mark.parametrize("block", ["tally", "belief"])
def test_every_entry_has_a_source_and_a_mark(block):
    """Every count and every belief that ships says where it comes from and how far that can be checked."""
    for entry in contents()[block].values():
        assert entry["source"]
        assert entry["mark"] in MARKS


def test_nobody_more_than_tried():
    """No shipped tally has more happenings than trials."""
    for name in contents()["tally"]:
        one = tally(name)
        assert (one.happened <= one.tried).all()


def test_concessions_by_objective_and_band():
    """Severities up to 3 share a band, 6 and more the last; a row without severity is left out."""
    rows = (
        incident("2010-01-01", "RU>UA", severity="1"),
        incident("2010-01-02", "RU>UA", severity="3", conceded="yes"),
        incident("2010-01-03", "US>IR", "degradation", severity="7", conceded="yes"),
        episode("x", "2010-01-04", {}, {"objective": "disruption", "concession": "yes"}),
    )
    seen = incidents.cyber(training(*rows))
    assert seen.tried.reshape(4, 4).tolist() == [[2, 0, 0, 0], [0] * 4, [0] * 4, [0, 0, 0, 1]]
    assert by_objective(seen).happened.tolist() == [1, 0, 0, 1]


def test_reply_is_later_and_reverse():
    """Only a later start of the reverse direction is a reply: not one of the same day, not one of a third state."""
    rows = (
        incident("2010-01-01", "RU>UA"),
        incident("2010-01-01", "UA>RU"),
        incident("2010-03-01", "UA>RU"),
        incident("2010-03-02", "US>RU"),
        incident("2010-12-01", "RU>UA"),
    )
    seen, chance = incidents.replies(training(*rows), rounds=3)
    # within 90 days only January's Russian incident is answered; within a year January's and March's Ukrainian too
    assert seen.tried.tolist() == [5, 5]
    assert seen.happened.tolist() == [1, 3]
    assert chance.tried.tolist() == [15, 15]


def test_the_same_seed_jitters_alike():
    """Jittered dates are a function of the seed."""
    rows = training(*(incident(f"2010-{month:02}-01", "RU>UA" if month % 2 else "UA>RU") for month in range(1, 13)))
    one, two = (incidents.replies(rows, seed=3, rounds=5)[1].happened.tolist() for _ in range(2))
    assert one == two


def test_periods_of_dyads():
    """Two dyads over three periods of three years: one sees two harmful incidents at once, espionage counts not."""
    rows = (
        incident("2008-05-01", "RU>GE"),
        incident("2010-12-31", "RU>GE", "degradation"),
        incident("2011-01-01", "RU>GE", "long-term collection"),
        incident("2016-01-01", "CN>US", "short-term collection"),
    )
    counted = incidents.dyads(training(*rows))
    assert counted.periods.tolist() == [5, 0, 1]
    assert counted.rate == pytest.approx(2 / (6 * 3))


def test_sanctions_by_stage_cost_and_issue():
    """A case of minor cost over trade that was given in to at the threat counts there; without an outcome, nowhere."""
    facts = {"stage": "threat", "anticipated_cost": "minor", "issue": "trade"}
    rows = (
        episode("1", "1990-01-01", facts, {"target_acquiesces": "yes"}),
        episode("2", "1990-01-01", facts | {"stage": "imposed", "issue": "regime"}, {"target_acquiesces": "no"}),
        episode("3", "1990-01-01", facts, {}),
        episode("4", "1990-01-01", {"stage": "threat", "issue": "trade"}, {"target_acquiesces": "yes"}),
    )
    seen = reference.sanctions(training(*rows))
    assert seen.tried.tolist() == [1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
    assert seen.happened.tolist() == [1] + [0] * 11


def test_a_dispute_counts_once():
    """A coalition of three that reaches its goal together is one success; a gap in the answer leaves a dispute out."""
    facts = {"goal": "policy", "reciprocated": "no"}
    coalition = [episode("mid-1", "1991-01-01", facts, {"goal_reached": "yes"}) for _ in range(3)]
    lone = episode("mid-2", "1995-01-01", facts, {"goal_reached": "no"})
    before = episode("mid-3", "1938-01-01", facts, {"goal_reached": "yes"})
    silent = episode("mid-4", "1995-01-01", {"goal": "policy"}, {"goal_reached": "yes"})
    seen = reference.disputes(training(*coalition, lone, before, silent))
    assert seen.tried.tolist() == [0, 0, 2, 0, 0, 0]
    assert seen.happened.tolist() == [0, 0, 1, 0, 0, 0]


@pytest.fixture(scope="module")
def counted(data_folder: Path):
    """Return the counts of the raw files."""
    return count_outcomes(
        sanctions=read_ties(data_folder / "ties_4_1.xls"),
        disputes=read_mid(data_folder / "dyadic_mid_4_03.csv"),
        cyber=read_dcid(data_folder / "dcid2_incidents_2000_2016.csv"),
    )


@pytest.mark.parametrize("name", ["sanctions", "disputes", "cyber", "later", "reply", "by_chance"])
def test_shipped_counts_are_those_of_the_files(counted, name):
    """What ships is what the raw files give when counted again."""
    shipped, again = getattr(shipped_counts(), name), getattr(counted, name)
    np.testing.assert_array_equal(again.tried, shipped.tried)
    np.testing.assert_array_equal(again.happened, shipped.happened)


def test_shipped_dyads_are_those_of_the_file(counted):
    """Periods of dyads ship as counted."""
    np.testing.assert_array_equal(counted.dyads.periods, shipped_counts().dyads.periods)


def test_shipped_repeats_are_those_of_the_file(data_folder):
    """93 harmful incidents follow 72 others of their dyad within two years."""
    rows = read_dcid(data_folder / "dcid2_incidents_2000_2016.csv")
    entry = contents()["repeats"]
    assert incidents.repeats(rows, entry["years"]) == (entry["triggers"], entry["happened"])
