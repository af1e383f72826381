"""Power-scaling: tempered evidence, smoothed weights, densities of priors, sensitivity of a decision."""

from __future__ import annotations

import numpy as np
import pytest
from arviz_stats.base import array_stats

from cybercoercion.case import load_case
from cybercoercion.fit.checking.component import components, watched
from cybercoercion.fit.checking.density import normal_rows, of_quantity, of_table, together
from cybercoercion.fit.checking.power import sensitivities, sensitivity
from cybercoercion.fit.checking.scaling import EVIDENCE, HIGH, LOW, QUANTITIES, STEPS, scene_of
from cybercoercion.fit.checking.smoothing import smoothed
from cybercoercion.fit.checking.tempering import tempered
from cybercoercion.knowledge import load_knowledge


@pytest.fixture(scope="module")
def knowledge():
    """Return the priors with enough draws for moments."""
    return load_knowledge(draws=4_000)


@pytest.fixture(scope="module")
def sony(knowledge):
    """Return the sensitivities of the Sony case."""
    return sensitivities(load_case("sony-2014"), knowledge, draws=2_000)


def test_evidence_that_counts_twice_is_raised_state_by_state():
    """Two base rates .175 and .825, likelihood ratio 5.8: twice the evidence gives .971; weights alone say .915."""
    base = np.array([[0.175, 0.825], [0.825, 0.175]])
    joint = base * np.array([[5.8], [1.0]])
    right = tempered(base, joint, 2).sum(-1)
    assert right[0] / right.sum() == pytest.approx(5.8**2 / (5.8**2 + 1))
    assert right[0] / right.sum() == pytest.approx(0.971, abs=5e-4)
    naive = joint * joint.sum(0)  # p(C | theta, e) as it was, weighted by p(e | theta)^2
    assert naive[0].sum() / naive.sum() == pytest.approx(0.915, abs=5e-4)


def test_power_one_and_power_zero_are_posterior_and_prior():
    """Evidence to the power one gives the joint back, to the power zero the prior of what it allows."""
    rng = np.random.default_rng(1)
    prior, likelihood = rng.random((4, 10)), rng.random((4, 10))
    assert tempered(prior, prior * likelihood, 1) == pytest.approx(prior * likelihood)
    assert tempered(prior, prior * likelihood, 0) == pytest.approx(prior)


def test_states_without_prior_stay_without():
    """A state that is impossible before the evidence is impossible after it, whatever the power."""
    assert tempered(np.array([[0.0], [1.0]]), np.array([[0.0], [0.3]]), 2).tolist() == [[0.0], [pytest.approx(0.09)]]


@pytest.mark.parametrize("scale", [0.1, 0.5, 1.0, 2.0])
def test_smoothed_weights_are_those_of_arviz(scale):
    """Weights and Pareto k agree with an implementation that is not ours."""
    log_ratio = scale * np.random.default_rng(2).standard_normal(2_000) ** 2
    theirs, their_k = array_stats.psislw(-log_ratio)
    ours, k = smoothed(log_ratio)
    assert k == pytest.approx(float(their_k), abs=0.03)
    assert np.log(ours) == pytest.approx(theirs, abs=0.15)


def test_a_dirichlet_row_to_a_power_is_worth_as_many_cases_more(knowledge):
    """Weights p(theta)^(alpha - 1) turn draws of a Dirichlet of n cases into draws of one of alpha n."""
    table = knowledge.tables["intent"]
    row, strength = table.value[3], table.strength
    rng = np.random.default_rng(3)
    density = of_table("intent", knowledge)
    assert density.shape == (4_000,)
    draws = rng.dirichlet(strength * row, 40_000).T
    weight = np.exp(0.2 * ((strength * row)[:, None] * np.log(np.maximum(draws, 1e-300))).sum(0))
    weight /= weight.sum()
    mean = (weight * draws[0]).sum()
    variance = (weight * (draws[0] - mean) ** 2).sum()
    assert mean == pytest.approx(row[0], rel=0.05)
    assert variance == pytest.approx(row[0] * (1 - row[0]) / (1.2 * strength + 1), rel=0.1)


def test_offsets_of_softmax_rows_are_found_again(knowledge):
    """Per row of k states -2 log-density has the mean k - 1, that of a chi-square, whatever the exponent."""
    table = knowledge.tables["signalling"]
    assert table.sd is not None
    rows, states = table.value.size // table.value.shape[-1], table.value.shape[-1]
    assert -2 * of_table("signalling", knowledge).mean() == pytest.approx(rows * (states - 1), rel=0.02)


def test_shifting_a_row_changes_no_density():
    """Offsets are known up to a shift: adding a constant to a row changes nothing."""
    offset = np.random.default_rng(4).standard_normal((5, 3, 10))
    spread = np.array([0.5, 1.0, 2.0])[:, None]
    assert normal_rows(offset + 7, spread) == pytest.approx(normal_rows(offset, spread))


def test_density_of_a_quantity_is_normal_on_its_scale(knowledge):
    """For a log-normal, -2 log-density is a chi-square of one degree."""
    name = next(n for n, q in knowledge.quantities.items() if q.distribution.family == "log-normal")
    assert -2 * of_quantity(name, knowledge).mean() == pytest.approx(1, rel=0.1)


def test_entries_of_one_stream_count_once(knowledge):
    """Grades that rise and fall together hold one number, not one for each letter."""
    names = dict.fromkeys(("reliability.A", "reliability.B"), "quantity")
    assert together(names, knowledge) == pytest.approx(of_quantity("reliability.A", knowledge))


def test_only_what_a_case_asks_for_is_scaled(knowledge):
    """A knowledge that is watched notes tables and the exponents by which they are flattened, and nothing else."""
    known = watched(knowledge, 10)
    known.table("leak")
    known.quantity("discount")
    found = components(known.asked, known)
    assert found["facts of the episode"] == {"leak": "table"}
    assert found["exponents"] == {"exponent.fact": "quantity"}
    assert found["costs"] == {"discount": "quantity"}
    assert len(found) == 3


def test_a_watched_knowledge_says_the_same(knowledge):
    """Watching changes no draw."""
    assert np.array_equal(watched(knowledge, knowledge.size).table("kind"), knowledge.table("kind"))


def test_every_component_bears_on_every_decision_quantity(sony):
    """Each component is held against the four decision quantities, and all weights can be trusted."""
    names = {one.component for one in sony}
    assert {"base rates of purposes", "kinds of actor", "signalling", "exponents", "costs", EVIDENCE} <= names
    for name in names:
        assert tuple(one.quantity for one in sony if one.component == name) == QUANTITIES
    assert max(one.pareto_k for one in sony) < 0.7


def test_costs_do_not_move_beliefs(sony):
    """Priors of costs hang on no belief: they move P(coercion) by no more than Monte Carlo error."""
    costs = {one.quantity: one for one in sony if one.component == "costs"}
    assert abs(costs["P(coercion)"].change) < 4 * costs["P(coercion)"].error


def test_evidence_moves_beliefs_more_than_weights_say(sony, knowledge):
    """In the Sony case evidence moves the leading actor, and by more than weights on unchanged beliefs would."""
    evidence = {one.quantity: one for one in sony if one.component == EVIDENCE}
    assert evidence["P(leading actor)"].change > 0.05
    assert evidence["P(leading actor)"].error < 0.01
    base = scene_of(load_case("sony-2014"), knowledge, draws=2_000).rested("decision")
    low, high = (base.means(smoothed(base.log_weight * power)[0]) for power in (LOW, HIGH))
    naive = (high - low) / STEPS
    assert naive[1] < 0.5 * evidence["P(leading actor)"].change


def test_findings_are_sentences(knowledge):
    """Each component yields one finding in a sentence with the name of the case; none fails."""
    found = list(sensitivity(load_case("sony-2014"), knowledge, draws=1_000))
    assert all(one.level != "fail" and "sony-2014" in one.words and one.words.endswith(".") for one in found)
    assert len({one.name for one in found}) == len(found)
