"""An explanation holds all there is to say about one belief, for the three questions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.belief.explain.examples import SEEDS, case_of, smaller

from cybercoercion.belief.explanation import explain, explain_episodes
from cybercoercion.case import Case
from cybercoercion.knowledge import Knowledge, load_knowledge

KNOWLEDGE = load_knowledge(draws=7)


def test_the_three_questions_are_explained(sony: Case, knowledge: Knowledge) -> None:
    """Coercion, the leading actor and the leading demand each have a way from prior to posterior."""
    why = explain(sony, knowledge, most=100, sets=100)
    assert [each.hypothesis for each in why.waterfalls] == list(why.hypotheses)
    assert why.hypotheses == ("coercion", "actor=north-korea", "demand=withhold-film")
    assert why.independent == pytest.approx(why.weights.independent.sum())


def test_a_waterfall_adds_up_at_both_levels(sony: Case, knowledge: Knowledge) -> None:
    """Steps of origins lead from prior to posterior, those of reports to the step of their origin, largest first."""
    for way in explain(sony, knowledge, sets=100).waterfalls:
        assert way.prior + sum(step.weight for step in way.steps) == pytest.approx(way.posterior, abs=1e-9)
        sizes = [abs(step.weight) for step in way.steps]
        assert sizes == sorted(sizes, reverse=True)
        for step in way.steps:
            assert sum(report.weight for report in step.reports) == pytest.approx(step.weight, abs=1e-9)
            assert len(step.losses) == len(step.reports)


def test_without_demands_two_questions_are_open(knowledge: Knowledge) -> None:
    """Where no demand is listed none is explained."""
    why = explain(case_of({"fact": "leak", "finding": "yes"}, demands=[]), knowledge, sets=20)
    assert why.hypotheses[0] == "coercion"
    assert not any(name.startswith("demand") for name in why.hypotheses)


def test_episodes_are_explained_one_by_one(sony: Case, knowledge: Knowledge) -> None:
    """A campaign has an explanation of each episode, seen by itself."""
    both = explain_episodes([sony, case_of({"fact": "leak", "finding": "yes"})], knowledge, most=50, sets=20)
    assert [each.case_id for each in both] == ["sony-2014", "example"]


@given(SEEDS)
@settings(max_examples=15)
def test_every_random_case_can_be_explained(seed: int) -> None:
    """Every random case has an explanation, without a warning."""
    why = explain(smaller(seed), KNOWLEDGE, most=64, sets=20)
    assert why.hypotheses[0] == "coercion"


def test_an_explanation_can_be_repeated(sony: Case, knowledge: Knowledge) -> None:
    """The same seed gives the same explanation."""
    first, second = (explain(sony, knowledge, most=50, sets=50) for _ in range(2))
    assert first.waterfalls == second.waterfalls
    assert first.conflict == second.conflict
    assert first.stories == second.stories
