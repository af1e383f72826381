"""Stories are scored by how far the reports raised their odds, and superfluous ones are dropped."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.belief.explain.examples import SEEDS, case_of, smaller

from cybercoercion.belief import believe
from cybercoercion.belief.coalition import coalitions_of
from cybercoercion.belief.stories import LEAST, Story, dominates, enumerate_stories, includes, tell_stories
from cybercoercion.belief.weight import weigh_reports
from cybercoercion.case import Case
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.vocabulary import INTENTS

KNOWLEDGE = load_knowledge(draws=7)


def story(purpose: str | None = None, actor: str | None = None, demand: str | None = None, weight: float = 0) -> Story:
    """Return a story with a weight."""
    return Story(purpose=purpose, actor=actor, demand=demand, prior=0.1, p=0.1, weight=weight)


def test_every_partial_assignment_is_told_once() -> None:
    """Nine intents and coercion, two actors and two demands make 11 x 3 x 3 - 1 stories."""
    rng = np.random.default_rng(1)
    before, after = (rng.dirichlet(np.ones(36)).reshape(9, 2, 2) for _ in range(2))
    told = list(enumerate_stories(before, after, ("a", "b"), ("d", "none")))
    assert len({(one.purpose, one.actor, one.demand) for one in told}) == len(told) == 11 * 3 * 3 - 1


def test_the_bayes_factor_by_hand() -> None:
    """A story that goes from even odds to nine to one has a Bayes factor of nine, 9.54 decibans."""
    before = np.full((9, 2, 1), 1 / 18)
    after = before * np.array([1.8, 0.2])[:, None]
    told = {one.actor: one for one in enumerate_stories(before, after, ("a", "b"), ("none",)) if one.purpose is None}
    assert told["a"].weight == pytest.approx(10 * np.log10(9))
    assert told["b"].weight == pytest.approx(-10 * np.log10(9))


def test_the_weight_of_a_single_state_is_the_shift_of_its_odds(sony: Case, knowledge: Knowledge) -> None:
    """The score of a story with one part is the sum of the weights of evidence for that part."""
    coalitions = coalitions_of(sony, knowledge)
    weights = weigh_reports(coalitions, most=1)
    before, after = (coalitions.masses(chosen) for chosen in (0, coalitions.everything))
    told = enumerate_stories(
        before / before.sum(), after / after.sum(), coalitions.network.actors, coalitions.network.demands
    )
    found = {one.actor: one.weight for one in told if one.purpose is None and one.demand is None}
    assert found["north-korea"] == pytest.approx(sum(weights.of("actor=north-korea").values()), abs=1e-9)


def test_the_more_general_story_wins_a_tie() -> None:
    """A more general story that scores as high makes one superfluous, or a more special one that scores higher."""
    general, special = story(actor="a", weight=5), story("crime", "a", weight=5)
    assert dominates(general, special)
    assert not dominates(special, general)
    assert dominates(story("crime", "a", weight=6), general)
    assert not dominates(story(actor="b", weight=9), general)


def test_coercion_includes_its_two_intents() -> None:
    """Coercion is more general than compellence, and not than crime."""
    assert includes(story("coercion"), story("compellence"))
    assert includes(story("coercion"), story("coercion", "a"))
    assert not includes(story("coercion"), story("crime"))
    assert not includes(story("compellence"), story("coercion"))
    assert not includes(story("coercion"), story("coercion"))


@given(SEEDS)
@settings(max_examples=25)
def test_told_stories_dominate_no_other_and_keep_their_order(seed: int) -> None:
    """Explanations fall in weight and none makes another superfluous; full stories fall in probability."""
    told = tell_stories(coalitions_of(smaller(seed), KNOWLEDGE))
    assert not any(dominates(a, b) for a in told.explanations for b in told.explanations)
    weights = [one.weight for one in told.explanations]
    assert weights == sorted(weights, reverse=True)
    assert all(one.p >= LEAST for one in told.explanations)
    assert all(one.full for one in told.full)
    for one, following in zip(told.full, told.full[1:], strict=False):
        assert one.lead == pytest.approx(one.p / following.p)
        assert one.p >= following.p


def test_a_full_story_has_its_posterior(sony: Case, knowledge: Knowledge) -> None:
    """The probability of a full story is that of the belief."""
    best = tell_stories(coalitions_of(sony, knowledge)).full[0]
    cell = believe(sony, knowledge).labelled().sel(intent=best.purpose, actor=best.actor, demand=best.demand)
    assert best.p == pytest.approx(float(cell), rel=1e-9)
    assert best.purpose in INTENTS


def test_a_case_without_reports_has_no_explanation_above_nothing(knowledge: Knowledge) -> None:
    """Without reports no story gains a deciban."""
    told = tell_stories(coalitions_of(case_of(), knowledge))
    assert all(one.weight == pytest.approx(0, abs=1e-9) for one in told.explanations)
