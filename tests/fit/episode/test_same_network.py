"""The graph that is learnt and the engine that answers are one network."""

from __future__ import annotations

import numpy as np
import pytest
from tests.fit.episode.episode_world import (
    at_point,
    exact,
    graph,
    knowledge,
    point,
    random_rows,
    row,
    shipped,
    shipped_design,
)

from cybercoercion.belief import believe
from cybercoercion.case import load_case
from cybercoercion.fit.episode.design import Design, design
from cybercoercion.fit.episode.layout import EXPONENTS
from cybercoercion.fit.training import TrainingEpisode


def assert_same(data: Design, rows: list[TrainingEpisode], seed: int) -> None:
    """Compare every episode at one random point."""
    offset, exponent = point(data, seed)
    by_intent, by_kind = graph(data, offset, exponent)
    learnt = at_point(data, offset, exponent)
    for n, episode in enumerate(rows):
        assert episode.case is not None
        intents, kinds = exact(episode.case, learnt)
        np.testing.assert_allclose(by_intent[n], intents, rtol=0, atol=1e-8)
        np.testing.assert_allclose(np.log(by_kind[n]), np.log(kinds), rtol=0, atol=1e-8)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shipped_episodes_have_one_probability(seed: int) -> None:
    """At a random point p(evidence, intent) and p(evidence, kind) of every shipped episode are the engine's."""
    assert_same(shipped_design(), list(shipped().episodes), seed)


@pytest.mark.parametrize("seed", [1, 2])
def test_random_episodes_have_one_probability(seed: int) -> None:
    """So they are for random cases of every shape: copies, looks in vain, facts about somebody, no demand at all."""
    rows = random_rows(60)
    assert_same(design(rows, knowledge()), rows, seed)


def test_at_headline_values_the_whole_belief_is_the_same() -> None:
    """Without offsets, at the headline exponents, p(intent | evidence) is what `believe` says, words and all."""
    data = shipped_design()
    exponent = np.array([knowledge().quantities[name].value for name in EXPONENTS])
    by_intent, _ = graph(data, np.zeros(int(data.learnt.sum())), exponent)
    ours = np.exp(by_intent - by_intent.max(1, keepdims=True))
    ours /= ours.sum(1, keepdims=True)
    flat = knowledge().at_values()
    for n, episode in enumerate(shipped().episodes):
        assert episode.case is not None
        theirs = believe(episode.case, flat).averaged.sum((1, 2))
        np.testing.assert_allclose(ours[n], theirs, rtol=0, atol=1e-8)


def test_words_held_fixed_move_little() -> None:
    """Elsewhere noise is held at its headline value: at random points that moves no P(intent) by more than .05."""
    data = shipped_design()
    gaps = []
    for seed in (1, 2, 3):
        offset, exponent = point(data, seed)
        learnt = at_point(data, offset, exponent)
        for episode in shipped().episodes:
            assert episode.case is not None
            fixed = np.exp(exact(episode.case, learnt)[0])
            free = believe(episode.case, learnt).averaged.sum((1, 2))
            gaps.append(np.abs(fixed / fixed.sum() - free).max())
    assert max(gaps) < 0.05
    assert np.mean(gaps) < 0.01


def test_without_reports_intent_keeps_its_frame() -> None:
    """A case without reports or a known dispute has p(evidence, intent) = p(intent | frame)."""
    case = load_case("sony-2014")
    bare = case.model_copy(
        update={
            "reports": (),
            "actors": tuple(one.model_copy(update={"relationship": None}) for one in case.actors),
        }
    )
    data = design([row(bare)], knowledge())
    by_intent, by_kind = graph(data, *point(data, 1))
    learnt = at_point(data, *point(data, 1))
    assert np.exp(by_intent).sum() == pytest.approx(1, abs=1e-12)
    np.testing.assert_allclose(np.exp(by_intent[0]), learnt.table("intent")[3, :, 0], atol=1e-12)
    assert by_kind.sum() == pytest.approx(1, abs=1e-12)


def test_beliefs_among_reports_are_left_out_and_named() -> None:
    """A report that is a belief teaches nothing; the design says which were left out."""
    case = load_case("sony-2014")
    first = next(report for report in case.reports if report.fact == "destruction")
    changed = first.model_copy(update={"kind": "pinned"})
    reports = tuple(changed if report is first else report for report in case.reports)
    without = tuple(report for report in case.reports if report is not first)
    with_belief = design([row(case.model_copy(update={"reports": reports}))], knowledge())
    bare = design([row(case.model_copy(update={"reports": without}))], knowledge())
    assert with_belief.dropped == (f"made-up: {first.id}",)
    assert bare.dropped == ()
    zero = np.zeros(int(bare.learnt.sum()))
    np.testing.assert_array_equal(graph(with_belief, zero, np.ones(3))[0], graph(bare, zero, np.ones(3))[0])
