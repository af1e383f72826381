"""Ties: what differs by rounding alone is no flip, in money and in probability."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sensitivity.examples import FEW, tables, toy

from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import Case, Report, load
from cybercoercion.report.flip_words import sentence
from cybercoercion.sensitivity.entry.entries import entries
from cybercoercion.sensitivity.output import ROUNDING
from cybercoercion.sensitivity.told.reports import report_changes
from cybercoercion.sensitivity.told.rivals import Rivals
from cybercoercion.sensitivity.told.smallest import smallest


def pinned(half: float) -> Assessment:
    """Return a shipped case in which coercion is pinned at a probability, crime at the rest."""
    case = load("sony-2014")
    assert isinstance(case, Case)
    pin = Report(
        id="pin",
        fact="intent",
        kind="pinned",
        findings={"compellence": half, "crime": 0.8 - half, "retaliation": 0.2},
        known_date=dt.date(2014, 12, 1),
    )
    return assess(case.model_copy(update={"reports": (*case.reports, pin), "labels": None}), tables(1, FEW))


@pytest.fixture(scope="module")
def even() -> Assessment:
    """Return a case in which coercion is pinned at one half."""
    return pinned(0.5)


def rivals(cost: list[list[float]]) -> Rivals:
    """Return plans that anyone may choose, over actors."""
    menu = toy(cost, [1 / len(cost[0])] * len(cost[0]))
    return Rivals(menu=menu, place=np.full(len(cost), -1), share=0.0)


def test_one_half_is_no_flip(even: Assessment) -> None:
    """With coercion pinned at one half no change of another report flips it: all leave it at one half."""
    found = report_changes(even)
    assert found.now.coercion == pytest.approx(0.5, abs=1e-12)
    others = [one for one in found.changes if one.report != "pin" and one.possible]
    assert len(others) > 10
    assert {one.coercion for one in others} != {0.5}  # rounding is there
    assert [one.report for one in others if one.flips_coercion] == []


def test_a_little_more_than_one_half_is_more(even: Assessment) -> None:
    """Pinned at .5001 or .4999 coercion is told apart, and the pin withdrawn flips one of the two."""
    more, less = (report_changes(pinned(half)) for half in (0.5001, 0.4999))
    flips = [[one.flips_coercion for one in found.changes if one.report == "pin"] for found in (more, less)]
    assert sorted(flips) == [[False], [True]]
    assert smallest(even, questions=["coercion"], means=["withdrawn"]).leads["coercion"] == "no coercion"


def test_the_smallest_set_does_not_break_a_tie_by_rounding(even: Assessment) -> None:
    """At one half, regrading reports breaks no tie; margins are none, and the words say that it is a tie."""
    found = smallest(even, questions=["coercion"], means=["graded"])
    one = found.of("coercion", "graded")
    assert found.margins["coercion"] == 0
    assert not one.found
    assert one.margin == 0
    said = sentence(one, found, even.case)
    assert "coercion is no more likely than not" in said
    assert said.endswith("As things are it is a tie, and no such change breaks it the other way.")


def test_entries_turn_by_more_than_rounding(even: Assessment) -> None:
    """At one half an entry turns coercion only where it moves it: at both ends coercion differs from one half."""
    found = entries(even, output="belief", tables=["intent", "leak"])
    assert found.entries
    for one in found.entries:
        if one.coercion and one.low < one.coercion.turns[0].value < one.high:
            assert np.abs(one.numbers[:, 0] - 0.5).max() > ROUNDING


@given(base=st.floats(1.0, 1e12), noise=st.lists(st.floats(-1, 1), min_size=3, max_size=3))
def test_costs_that_differ_by_rounding_tie(base: float, noise: list[float]) -> None:
    """Three plans whose costs differ by less than 1e-12 of them: the first is first, and stays so."""
    cost = [[base * (1 + 4e-13 * one)] * 2 for one in noise]
    one = rivals(cost)
    values = one.of(np.full((1, 2, 1), 0.5))
    assert int(one.leader("choice", values)) == 0
    assert all(one.stays("choice", values, lead) for lead in range(3))
    assert one.rounded("choice", values, 1) == 0


def test_more_than_rounding_counts() -> None:
    """A millionth of the costs is no tie: the cheaper of two is first, by 2 of 2 million."""
    one = rivals([[2e6, 2e6], [2e6 - 2, 2e6 - 2]])
    values = one.of(np.full((1, 2, 1), 0.5))
    assert int(one.leader("choice", values)) == 1
    assert not one.stays("choice", values, 0)
    assert one.rounded("choice", values, 0) == pytest.approx(-2)
    assert one.rounded("actor", values, 0) == 0
