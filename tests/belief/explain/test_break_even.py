"""At its break-even point the leading actor is level with its rival, and not before."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from tests.belief.explain.examples import SEEDS, believing, case_of
from tests.belief.random_cases import random_case

from cybercoercion.belief.belief import believe
from cybercoercion.belief.break_even import (
    bisect,
    break_even_copying,
    break_even_deception,
    common_parents,
    copied,
    deceived,
)
from cybercoercion.belief.coalition import coalitions_of
from cybercoercion.case import Case
from cybercoercion.knowledge import Knowledge, load_knowledge

RIVALS = [{"id": name, "kind": "state", "relationship": "crisis"} for name in ("amber", "birch")]
KNOWLEDGE = load_knowledge(draws=7)
TOOLS = [{"fact": fact, "finding": "amber", "grade": "A2"} for fact in ("malware_lineage", "language", "persona_link")]
NAMED = [
    {"fact": fact, "finding": "amber", "grade": "B2"}
    for fact in ("vendor_attribution", "media_attribution", "allied_attribution")
]


def test_tools_alone_break_even_where_the_lead_is_lost(knowledge: Knowledge) -> None:
    """Where only tools speak for an actor it loses its lead at a false-flag probability below one, and not before."""
    coalitions = coalitions_of(case_of(*TOOLS, actors=RIVALS), knowledge)
    found = break_even_deception(coalitions)
    assert found.leader == "amber"
    assert found.rival is not None
    assert found.probability is not None
    assert 0 < found.probability < 1
    level = deceived(coalitions, found.probability)
    assert level[0] == pytest.approx(level[1:].max(), rel=1e-9)
    assert level[0] == pytest.approx(level[coalitions.network.actors.index(found.rival)], rel=1e-9)
    before = deceived(coalitions, found.probability - 1e-4)
    assert before.argmax() == 0


@given(SEEDS)
@settings(max_examples=40)
def test_the_closed_form_agrees_with_bisection(seed: int) -> None:
    """The linear-fractional solution is where bisection on the engine finds the lead lost."""
    coalitions = coalitions_of(random_case(seed, reports=8), KNOWLEDGE)
    found = break_even_deception(coalitions)
    assume(found.concerns)
    leader = coalitions.network.actors.index(found.leader)
    searched = bisect(lambda f: deceived(coalitions, f), leader)
    if found.probability is None:
        assert searched is None
    else:
        assert searched is not None
        assert found.probability == pytest.approx(searched[0], abs=1e-9)


@given(SEEDS)
@settings(max_examples=20)
def test_masses_are_linear_in_the_false_flag_probability(seed: int) -> None:
    """The mass of each actor at f lies on the line between f = 0 and f = 1."""
    coalitions = coalitions_of(random_case(seed, reports=8), KNOWLEDGE)
    ends = deceived(coalitions, 0.0), deceived(coalitions, 1.0)
    np.testing.assert_allclose(deceived(coalitions, 0.3), 0.7 * ends[0] + 0.3 * ends[1], rtol=1e-9)


def test_without_planted_evidence_nothing_breaks_even(sony: Case, knowledge: Knowledge) -> None:
    """Without tools, servers or language among the reports deception changes nothing."""
    found = break_even_deception(coalitions_of(sony, knowledge))
    assert found.probability is None
    assert found.concerns == ()


def test_copying_breaks_even_where_three_sources_are_outdone_by_one(knowledge: Knowledge) -> None:
    """Three who name one actor lose to a better source against it when they likely enough repeat each other."""
    against = {"fact": "victim_attribution", "finding": "birch", "grade": "A2"}
    coalitions = coalitions_of(case_of(*NAMED, against, actors=RIVALS), knowledge)
    found = break_even_copying(coalitions)
    assert found.leader == "amber"
    assert found.probability is not None
    parents = common_parents(coalitions.reports, "amber")
    assert set(found.concerns) == set(parents)
    level = copied(coalitions, parents, found.probability)
    assert level[0] == pytest.approx(level[1:].max(), rel=1e-6)
    assert copied(coalitions, parents, found.probability - 1e-3).argmax() == 0


def test_certain_copies_count_once(knowledge: Knowledge) -> None:
    """When all who name an actor surely repeat the first, the posterior is that of the first alone."""
    coalitions = coalitions_of(case_of(*NAMED), knowledge)
    parents = common_parents(coalitions.reports, "amber")
    assert len(parents) == 2
    (root,) = {report.id for report in coalitions.reports} - set(parents)
    alone = coalitions.masses(1 << [report.id for report in coalitions.reports].index(root)).sum((0, 2))
    np.testing.assert_allclose(copied(coalitions, parents, 1.0), alone, rtol=1e-9)


def test_one_source_has_nothing_to_repeat(knowledge: Knowledge) -> None:
    """A single report that names an actor, or two that name different ones, concern no copying."""
    other = NAMED[1] | {"finding": "birch"}
    found = break_even_copying(coalitions_of(case_of(NAMED[0], other), knowledge))
    assert (found.concerns, found.probability) == ((), None)


def test_a_pinned_belief_is_compared_anew(knowledge: Knowledge) -> None:
    """With a belief about the actor pinned no deception takes the lead from it."""
    pin = believing("actor", "pinned", amber=0.6, birch=0.3, other=0.1)
    found = break_even_deception(coalitions_of(case_of(*TOOLS, pin), knowledge))
    assert found.leader == "amber"
    assert found.probability is None


def test_a_lone_candidate_frames_nobody(knowledge: Knowledge) -> None:
    """Where one actor is listed it has nobody to frame, and only the unlisted can have planted its traces."""
    case = case_of(*TOOLS, actors=[{"id": "amber", "kind": "state"}])
    coalitions = coalitions_of(case, knowledge)
    assert deceived(coalitions, 1.0)[0] == pytest.approx(deceived(coalitions, 0.0)[0])


def test_the_deception_of_the_tables_lies_between(knowledge: Knowledge) -> None:
    """At a constant prior the masses are those of the belief."""
    case = case_of(*TOOLS)
    fixed = knowledge.at_values()
    coalitions = coalitions_of(case, fixed)
    same = replace(coalitions, network=replace(coalitions.network, deception=np.full((8, 1), 0.2)))
    p = deceived(same, 0.2)
    estimates = believe(case, fixed).estimates("actor")
    assert (p / p.sum())[0] < estimates["amber"].p  # 0.2 is more than the tables take it to be
