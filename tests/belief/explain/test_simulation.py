"""Simulated reports come up as often as the model says they do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from tests.belief.explain.examples import SEEDS, case_of
from tests.belief.random_cases import random_case

from cybercoercion.belief import believe
from cybercoercion.belief.simulation import Slots, simulate, slots_of
from cybercoercion.case import parse_case, read_shipped
from cybercoercion.knowledge import Fitted, load_knowledge
from cybercoercion.knowledge.fitted import EARLY

KNOWLEDGE = load_knowledge(draws=1)
SIZE = 20_000
MANY = 200_000


def outcome(slots: Slots, **at: int) -> np.ndarray:
    """Return one set of outcomes: these, and the first everywhere else."""
    each = np.zeros((len(slots.slots), 1), dtype=np.intp)
    for name, value in at.items():
        each[int(name[1:])] = value
    return each


def probability(slots: Slots, each: np.ndarray, members: list[int]) -> float:
    """Return P(outcomes of these members | what the case says before any report)."""
    before = slots.joint(each, ()).sum()
    return float(slots.joint(each, members).sum() / before)


@pytest.mark.parametrize("seed", range(12))
def test_every_pair_of_reports_comes_up_as_often_as_it_should(seed: int) -> None:
    """The frequency of any two outcomes together is their probability by the engine, copies and deception included."""
    slots = slots_of(random_case(seed, actors=1 + seed % 4, reports=8), KNOWLEDGE)
    sets = simulate(slots, SIZE, np.random.default_rng(seed))
    members = list(range(len(slots.slots)))
    rng = np.random.default_rng(seed)
    parents = slots.parents(members)
    for _ in range(12):
        a, b = rng.choice(members, 2, replace=False).tolist()
        if any(i in parents and parents[i] not in (a, b) for i in (a, b)):
            continue  # the pair alone is read without the report that one of them repeats
        column = rng.integers(SIZE)
        each = outcome(slots, **{f"s{i}": int(sets[i, column]) for i in (a, b)})
        p = probability(slots, each, [a, b])
        frequency = ((sets[a] == each[a]) & (sets[b] == each[b])).mean()
        assert frequency == pytest.approx(p, abs=5 * np.sqrt(p * (1 - p) / SIZE) + 2 / SIZE)


@pytest.mark.parametrize(("traces", "elimination"), [("amber", "birch"), ("cedar", "amber"), ("cedar", "other")])
def test_deception_is_simulated(traces: str, elimination: str) -> None:
    """Tools and language point at one framed third party together as often as deception makes it likely."""
    pointing = [{"fact": fact, "finding": traces, "grade": "A1"} for fact in ("malware_lineage", "language")]
    case = case_of(
        *pointing,
        {"fact": "elimination", "finding": elimination, "grade": "A1"},
        actors=[{"id": name, "kind": "state", "relationship": "crisis"} for name in ("amber", "birch", "cedar")],
    )
    slots = slots_of(case, KNOWLEDGE)
    network = slots.network
    p = {}
    for f in (0.0, 0.8):
        deceived = replace(slots, network=replace(network, deception=np.full_like(network.deception, f)))
        sets = simulate(deceived, MANY, np.random.default_rng(1))
        p[f] = probability(deceived, slots.said(), [0, 1, 2])
        assert (sets == slots.said()).all(0).mean() == pytest.approx(p[f], abs=5 * np.sqrt(p[f] / MANY))
    assert p[0.8] > p[0.0] + 5 * np.sqrt(p[0.8] / MANY)  # far enough apart to be told apart


@pytest.mark.parametrize("content", ["money", "political"])
def test_what_is_asked_for_follows_the_demand(content: str) -> None:
    """Words of money, or of politics, come up beside a demand for it as often as the tables say."""
    case = case_of(
        {"fact": "demand_content", "finding": content, "grade": "A1"},
        {"fact": "message_text", "finding": "pay", "grade": "A1"},
        demands=[{"id": "pay", "text": "Pay", "content": content, "held_by": {"amber": "declared"}}],
    )
    slots = slots_of(case, KNOWLEDGE)
    sets = simulate(slots, MANY, np.random.default_rng(1))
    p = probability(slots, slots.said(), [0, 1])
    assert (sets == slots.said()).all(0).mean() == pytest.approx(p, abs=5 * np.sqrt(p / MANY))


@given(SEEDS)
@settings(max_examples=40)
def test_what_was_said_has_the_evidence_of_the_belief(seed: int) -> None:
    """The probability of what the case reports is the evidence of its belief at fixed parameters."""
    case = random_case(seed)
    slots = slots_of(case, KNOWLEDGE)
    ours = slots.joint(slots.said(), range(len(slots.slots))).sum()
    assert ours == pytest.approx(believe(case, KNOWLEDGE.at_values()).evidence, rel=1e-9)


@given(SEEDS)
@settings(max_examples=40)
def test_outcomes_of_a_slot_are_exhaustive(seed: int) -> None:
    """In every state the probabilities of what could be said sum to one."""
    for slot in slots_of(random_case(seed), KNOWLEDGE).slots:
        np.testing.assert_allclose(slot.emission.sum(0), 1, rtol=1e-9)


def test_sets_are_evaluated_side_by_side() -> None:
    """Many sets in one call have the probabilities that each has alone."""
    slots = slots_of(parse_case(read_shipped("sony-2014")), KNOWLEDGE)
    sets = simulate(slots, 5, np.random.default_rng(1))
    members = list(range(len(slots.slots)))
    alone = [slots.probability(sets[:, [i]], members)[0] for i in range(5)]
    np.testing.assert_allclose(slots.probability(sets, members), alone, rtol=1e-12)


def test_beliefs_have_no_slot() -> None:
    """New and pinned beliefs, and a denial that concerns nobody, are no statements to simulate."""
    case = case_of(
        {"fact": "intent", "kind": "pinned", "findings": {"crime": 1.0}},
        {"fact": "denial", "finding": "denial"},
        {"fact": "leak", "finding": "yes"},
    )
    assert [slot.report.id for slot in slots_of(case, KNOWLEDGE).slots] == ["r2"]


def test_what_is_simulated_of_an_early_case_comes_from_the_early_tables() -> None:
    """With a fit that tells early cases apart, a method comes up as often as the engine says of an early case."""
    case = case_of({"fact": "method", "finding": "intrusion", "grade": "A1"})
    table = KNOWLEDGE.tables["method"]
    rows = np.full((*table.value.shape, 2), 0.1 / (table.value.shape[-1] - 1))
    rows[:, table.states.index("intrusion")] = 0.9
    part = dict.fromkeys((EARLY + "method", EARLY + str(table.exponent)), "objective_early")
    powers = {EARLY + str(table.exponent): np.ones(2)}
    fitted = Fitted(digest="", tables={EARLY + "method": rows}, quantities=powers, part_of=part)
    slots = slots_of(case, replace(KNOWLEDGE, fitted=fitted, _memory={}))
    p = probability(slots, slots.said(), [0])
    assert p > 0.6
    assert (simulate(slots, MANY, np.random.default_rng(1)) == slots.said()).all(0).mean() == pytest.approx(p, abs=0.01)
