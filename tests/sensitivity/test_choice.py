"""The menu: expected costs by state, multiplied with a belief, are the ranking's, in every view and decision."""

from __future__ import annotations

import numpy as np
import pytest
from tests.sensitivity.examples import IDS, assessed, assessed_quickly, toy

from cybercoercion.response.terms import NOTHING_NEW
from cybercoercion.sensitivity.changing import answer, asked_again, tilted
from cybercoercion.sensitivity.choice import DECISIONS, choice
from cybercoercion.vocabulary import RESPONSES, VIEWS


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("view", VIEWS)
def test_options_cost_what_the_ranking_says(name: str, view: str) -> None:
    """In every shipped case and view the five cost what the ranking says, and the same one is first."""
    assessment = assessed_quickly(name)
    ranking = assessment.ranking.views[view]
    menu = choice(assessment, decision="response", view=view)
    costs = dict(zip(menu.options, menu.by_option(menu.now), strict=True))
    for response in RESPONSES:
        assert costs[response] == pytest.approx(ranking.option(response).delta, rel=1e-9, abs=1e-3)
    assert costs["nothing"] == 0
    assert menu.first == ranking.first


@pytest.mark.parametrize("decision", DECISIONS)
@pytest.mark.parametrize("view", VIEWS)
def test_plans_cost_what_their_terms_say(decision: str, view: str) -> None:
    """Every plan of a menu costs what its terms add up to, less those of nothing new."""
    assessment = assessed_quickly("sony-2014")
    menu = choice(assessment, decision=decision, view=view)  # type: ignore[arg-type]
    scene = assessment.ranking.views[view].scene
    base = sum(scene.expected(NOTHING_NEW, menu.view).values())
    for plan, now in zip(menu.plans, menu.now, strict=True):
        assert sum(scene.expected(plan, menu.view).values()) - base == pytest.approx(now, rel=1e-9, abs=1e-9 * base)


def test_toy_by_hand() -> None:
    """Plans of 0, -10 or 30 by actor at .8 and .2: 0 and .8 x -10 + .2 x 30 = -2; the second is best."""
    menu = toy([[0, 0], [-10, 30]], [0.8, 0.2])
    assert menu.now.tolist() == [0.0, pytest.approx(-2.0)]
    assert (menu.pick, menu.first) == (1, "plan 1")
    assert menu.value(np.array([[[0.0], [1.0]]])) == 0


def test_a_tilt_gives_the_marginal_and_keeps_the_odds() -> None:
    """A belief tilted to P(actor) = .3 has that marginal; inside each actor the odds of purposes stay."""
    belief = assessed("sony-2014").belief
    actor = belief.actors[0]
    other = tilted(belief, "actor", {actor: 0.3})
    assert other.posterior.sum() == pytest.approx(1)
    assert other.posterior[:, 0].sum() == pytest.approx(0.3)
    before, after = belief.posterior[:, 0].sum((1, 2)), other.posterior[:, 0].sum((1, 2))
    assert after / after.sum() == pytest.approx(before / before.sum())


def test_asking_again_without_a_change_changes_nothing() -> None:
    """The same case and knowledge, asked again, give the same differences."""
    assessment = assessed_quickly("sony-2014")
    assert asked_again(assessment, "nation").differences() == answer(assessment, "nation").differences()
