"""The joint is averaged over draws, then normalised: never the other way round."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.belief.oracle import Oracle
from tests.belief.random_cases import AS_OF, random_case

from cybercoercion.belief import Belief, believe
from cybercoercion.belief.channel import quality
from cybercoercion.case import Case, load_case
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.vocabulary import INTENTS, KINDS, SIGNALLING

DRAWS = 6
CASES = {"sony-2014": load_case("sony-2014"), **{f"random {seed}": random_case(seed, reports=8) for seed in (1, 2, 3)}}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """Return a few draws, enough to average over."""
    return load_knowledge(seed=11, draws=DRAWS)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_posterior_is_the_sum_of_joints_over_the_sum_of_evidence(case: Case, knowledge: Knowledge) -> None:
    """The averaged posterior is the oracle's per draw, weighted with the oracle's evidence of that draw."""
    belief = believe(case, knowledge)
    solved = [Oracle(case, knowledge, draw).solve() for draw in range(DRAWS)]
    evidence = np.exp([log_evidence for log_evidence, _ in solved])
    inside = np.stack([posterior for _, posterior in solved], -1)
    weights = evidence / evidence.sum()
    np.testing.assert_allclose(belief.weights, weights, rtol=1e-9)
    np.testing.assert_allclose(belief.averaged, inside @ weights, atol=1e-12)
    np.testing.assert_allclose(belief.posterior, inside * weights, atol=1e-12)
    assert belief.evidence == pytest.approx(evidence.mean(), rel=1e-9)


def test_averaging_conditionals_gives_another_answer(knowledge: Knowledge) -> None:
    """The mean of p(state | evidence, draw) without weights is not the posterior."""
    belief = believe(CASES["sony-2014"], knowledge)
    wrong = (belief.posterior / belief.weights).mean(-1)
    assert wrong.sum() == pytest.approx(1)
    assert np.abs(wrong - belief.averaged).max() > 0.001


def test_bands_are_quantiles_within_draws_under_their_weights(knowledge: Knowledge) -> None:
    """A band is where 5 and 95 % of the weight lie when draws are ranked by their own probability."""
    belief = believe(CASES["sony-2014"], knowledge)
    inside = belief.posterior[:2].sum((0, 1, 2)) / belief.weights
    rank = np.argsort(inside)
    heaps = np.cumsum(belief.weights[rank])
    low = inside[rank][next(k for k, heap in enumerate(heaps) if heap >= 0.05)]
    high = inside[rank][next(k for k, heap in enumerate(heaps) if heap >= 0.95)]
    assert (belief.coercion.low, belief.coercion.high) == pytest.approx((low, high), rel=1e-12)
    assert belief.coercion.p == pytest.approx(float(inside @ belief.weights), rel=1e-12)


def small_case() -> Case:
    """Return a case that a person can follow: two actors, one demand, three reports."""
    return Case.model_validate(
        {
            "schema": 1,
            "id": "small",
            "title": "A small case",
            "as_of": AS_OF,
            "target": {"name": "Somebody", "kind": "firm"},
            "frame": "politically-relevant",
            "actors": [{"id": "amber", "kind": "state", "capability": "advanced"}, {"id": "birch", "kind": "criminal"}],
            "demands": [{"id": "pay", "text": "Please pay", "held_by": {"birch": "declared"}}],
            "reports": [
                {"id": "words", "fact": "threat", "finding": "clear", "grade": "B2"},
                {"id": "dump", "fact": "leak", "finding": "yes", "grade": "A2"},
                {"id": "post", "fact": "vendor_attribution", "finding": "amber", "grade": "B3"},
            ],
        }
    )


def enumerated(k: Knowledge) -> NDArray[np.float64]:
    """Return p(intent, actor, demand, reports | draw) of the small case by a loop over every hidden state."""

    def heard(q: NDArray[np.float64], said: NDArray[np.float64], noise: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(q * said + (1 - q) * noise)

    size = k.size
    weight = np.exp(k.quantity("context.capability.advanced") * k.quantity("exponent.context"))
    holds = np.exp(k.quantity("context.holds_demand") * k.quantity("exponent.context"))
    left = 1 - k.quantity("context.unlisted")
    share = {
        ("amber", "state"): left * weight / (1 + weight),
        ("birch", "criminal"): left * holds / (1 + holds),
    }
    for kind in KINDS:
        share["other", kind] = 1 - sum(p for (_, one), p in share.items() if one == kind)
    wants = {"amber": "demand.unheld", "birch": "demand.declared", "other": "demand.unknown"}
    actors = tuple(wants)
    plausible = {
        actor: sum(
            k.table("intent")[1, i] * k.table("kind")[i, j] * share.get((actor, kind), np.zeros(size))
            for (i, _), (j, kind) in product(enumerate(INTENTS), enumerate(KINDS))
        )
        for actor in actors
    }
    right, _, wrong = k.table("vendor_attribution")[0]
    error = k.table("vendor_attribution")[1, 2]
    names_amber = {
        "amber": right,
        "birch": wrong * plausible["amber"] / (1 - plausible["birch"]),
        "other": error * plausible["amber"] / (1 - plausible["other"]),
    }
    usual = sum(plausible[actor] * names_amber[actor] for actor in actors)
    out = np.zeros((len(INTENTS), len(actors), 2, size))
    for (i, _), (j, kind), (a, actor), (s, _), pays in product(
        enumerate(INTENTS), enumerate(KINDS), enumerate(actors), enumerate(SIGNALLING), (True, False)
    ):
        if (actor, kind) not in share:
            continue
        weighs = k.quantity(wants[actor])
        asked = k.table("demanded")[i, 0] * weighs / (weighs + k.quantity("demand.unlisted"))
        prior = (
            k.table("intent")[1, i]
            * k.table("kind")[i, j]
            * share[actor, kind]
            * k.table("signalling")[i, j, s]
            * (asked if pays else 1 - asked)
        )
        threat, leak = k.table("threat"), k.table("leak")
        told = heard(quality("B2", k), threat[s, 0], threat[:, 0].mean(0))
        told = told * heard(quality("A2", k), leak[i, 0], leak[:, 0].mean(0))
        told = told * heard(quality("B3", k), names_amber[actor], usual)
        out[i, a, 0 if pays else 1] += prior * told
    return out


def posterior_of(belief: Belief) -> NDArray[np.float64]:
    """Return the joint with the evidence of each draw in it."""
    return np.asarray(belief.posterior * belief.evidence * DRAWS)


def test_a_loop_over_every_hidden_state_gives_the_same_joint(knowledge: Knowledge) -> None:
    """The engine equals the slow sum over intent, kind, actor, demand and signalling, draw by draw."""
    np.testing.assert_allclose(posterior_of(believe(small_case(), knowledge)), enumerated(knowledge), rtol=1e-10)
