"""The belief from some of the reports is the belief about a case that has only those."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.belief.explain.examples import SEEDS, believing, case_of
from tests.belief.random_cases import random_case

from cybercoercion.belief import believe
from cybercoercion.belief.coalition import Coalitions, coalitions_of
from cybercoercion.case import Case, parse_case, read_shipped
from cybercoercion.knowledge import Knowledge, load_knowledge

KNOWLEDGE = load_knowledge(draws=7)


def holds(case: Case, coalitions: Coalitions, chosen: int) -> None:
    """Hold one choice against the belief about a case with only those reports."""
    left = tuple(report for i, report in enumerate(coalitions.reports) if chosen >> i & 1)
    alone = believe(case.model_copy(update={"reports": left}), coalitions.knowledge)
    masses = coalitions.masses(chosen)
    np.testing.assert_allclose(masses / masses.sum(), alone.averaged, rtol=1e-9, atol=1e-15)
    assert masses.sum() == pytest.approx(alone.evidence, rel=1e-9)


@given(SEEDS)
@settings(max_examples=60)
def test_a_choice_is_the_case_without_the_others(seed: int) -> None:
    """Any choice among the reports of a random case gives the belief about a case with only those reports."""
    case = random_case(seed)
    coalitions = coalitions_of(case, KNOWLEDGE)
    rng = np.random.default_rng(seed)
    for chosen in {0, coalitions.everything, *rng.integers(0, coalitions.everything + 1, 6).tolist()}:
        holds(case, coalitions, chosen)


@pytest.mark.parametrize("name", ["sony-2014", "notpetya-2017", "dnc-2016", "ukraine-sectors-2015"])
def test_every_report_can_be_left_out_of_a_shipped_case(name: str, knowledge: Knowledge) -> None:
    """Leaving out one report of a shipped case gives the belief without it."""
    case = parse_case(read_shipped(name))
    coalitions = coalitions_of(case, knowledge)
    for i in range(len(coalitions.reports)):
        holds(case, coalitions, coalitions.everything & ~(1 << i))


@pytest.mark.parametrize("kind", ["new-belief", "pinned"])
@pytest.mark.parametrize("frame", ["politically-relevant", "disruptive-in-dispute"])
def test_beliefs_take_part(kind: str, frame: str, knowledge: Knowledge) -> None:
    """New and pinned beliefs are compared with the other reports of each choice, a live dispute included."""
    case = case_of(
        believing("actor", kind, amber=0.6, birch=0.3, other=0.1),
        {"fact": "threat", "finding": "clear"},
        {"fact": "media_attribution", "finding": "birch"},
        frame=frame,
        actors=[
            {"id": "amber", "kind": "state", "relationship": "crisis"},
            {"id": "birch", "kind": "criminal"},
        ],
    )
    coalitions = coalitions_of(case, knowledge)
    assert not coalitions.plain
    for chosen in range(coalitions.everything + 1):
        holds(case, coalitions, chosen)


def test_grade_one_is_capped_where_its_confirmation_is_left_out(knowledge: Knowledge) -> None:
    """A report graded 1 weighs less in a choice without the report that confirms it."""
    case = case_of(
        {"fact": "threat", "finding": "clear", "grade": "B1", "origin": "one"},
        {"fact": "threat", "finding": "clear", "grade": "F6", "origin": "two"},
    )
    coalitions = coalitions_of(case, knowledge)
    capped = case_of({"fact": "threat", "finding": "clear", "grade": "B2", "origin": "one"})
    np.testing.assert_allclose(coalitions.masses(1), coalitions_of(capped, knowledge).masses(1))


def test_choices_are_remembered(sony: Case, knowledge: Knowledge) -> None:
    """A choice is evaluated once."""
    coalitions = coalitions_of(sony, knowledge)
    assert coalitions.masses(3) is coalitions.masses(3)
    assert coalitions.evaluated == 1


def test_shared_sums_stay_within_their_room(sony: Case, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for next to nothing the belief is the same."""
    monkeypatch.setattr("cybercoercion.belief.coalition.ROOM", 1)
    coalitions = coalitions_of(sony, knowledge)
    holds(sony, coalitions, coalitions.everything)
    assert len(coalitions._sums) == 1
