"""What knowing a parameter is worth, against the full engine asked the long way round, and on odd cases."""

from __future__ import annotations

from functools import cache
from statistics import NormalDist

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.sensitivity.examples import IDS, assessed, assessed_quickly

from cybercoercion.assessment import Assessment
from cybercoercion.knowledge.distribution import Distribution
from cybercoercion.response.terms import NOTHING_NEW, terms, total
from cybercoercion.response.weights import Weights
from cybercoercion.sensitivity.choice import DECISIONS, Decision, choice
from cybercoercion.sensitivity.input.inputs import Input, input_named, inputs
from cybercoercion.sensitivity.line.conditional import spline
from cybercoercion.sensitivity.value.drawn_states import least_by_state
from cybercoercion.sensitivity.value.evpi import evpi_of_everything, evpi_of_readings
from cybercoercion.sensitivity.value.linear import Fitted, value_of_linear
from cybercoercion.sensitivity.value.parameters import ParametersValue, parameters_value
from cybercoercion.sensitivity.value.reprice import reprice
from cybercoercion.sensitivity.value.spline import Regression
from cybercoercion.vocabulary import VIEWS

Array = NDArray[np.float64]


@cache
def valued(name: str, view: str) -> ParametersValue:
    """Return the value of parameters of a shipped case, on top of resilience."""
    return parameters_value(assessed(name), view=view)


def likely_now(assessment: Assessment, view: str) -> Array:
    """Return what each plan that may be chosen is expected to cost as things are, USD, dims ``(plan,)``."""
    menu = choice(assessment, view=view)
    return menu.now[menu.likely]


def asked_at(assessment: Assessment, view: str, one: Input, probabilities: Array) -> Array:
    """Return the same by the full engine with an input at some of its quantiles, dims ``(point, plan)``."""
    menu = choice(assessment, view=view)
    names = [name for name, likely in zip(menu.names, menu.likely, strict=True) if likely]
    out = []
    for p in probabilities.tolist():
        again = one.ask(one.quantile(p)).menu("two-step")
        costs = dict(zip(again.names, again.now.tolist(), strict=True))
        out.append([costs[name] for name in names])
    return np.array(out)


def normal(z: Array) -> Array:
    """Return the probability that a standard normal is below each of some values."""
    return np.array([NormalDist().cdf(one) for one in z.tolist()])


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("view", VIEWS)
def test_perfect_information_is_the_regret_of_the_pick(name: str, view: str) -> None:
    """With the plans of the ranking, knowing every parameter is worth the expected regret of the pick."""
    assessment = assessed_quickly(name)
    ranking = assessment.ranking.views[view]
    five = [*map(ranking.plan, ranking.options), NOTHING_NEW]
    assert evpi_of_readings(assessment, view=view, plans=five).value == pytest.approx(ranking.evpi, rel=1e-9, abs=1e-3)


@pytest.mark.parametrize("decision", DECISIONS)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", ["sony-2014", "colonial-2021", "ukraine-2014-2016"])
def test_knowing_states_too_is_worth_no_less(name: str, view: str, decision: Decision) -> None:
    """Everything is worth at least what readings are, on the same draws."""
    assessment = assessed_quickly(name)
    readings = evpi_of_readings(assessment, view=view, decision=decision)
    everything = evpi_of_everything(assessment, view=view, decision=decision)
    assert everything.value >= readings.value * (1 - 1e-12) >= 0
    assert everything.ceiling >= everything.value


@pytest.mark.parametrize("decision", DECISIONS)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", ["sony-2014", "colonial-2021", "ukraine-2014-2016"])
def test_least_in_each_state_is_the_least_of_all_plans(name: str, view: str, decision: Decision) -> None:
    """What the cheapest plan costs in a state and a draw is the least of what the terms of each plan say there."""
    assessment = assessed_quickly(name)
    menu, scene = choice(assessment, decision=decision, view=view), assessment.ranking.views[view].scene
    intents, actors, demands = menu.states.shape
    least, picked = least_by_state(assessment.costs, menu.view, menu.plans, (actors, demands), menu.pick)
    for intent, actor, demand in [(0, 0, 0), (3, actors - 1, demands - 1), (5, 0, demands - 1), (1, actors - 1, 0)]:
        states = np.zeros((intents, actors, 1))
        states[intent, actor] = 1
        asked = np.zeros((demands - 1, 1))
        asked[demand:] = 1 if demand < demands - 1 else 0
        asked[demand + 1 :] = 0
        known = Weights(
            states=states,
            demanded=states * float(demand < demands - 1),
            demands=asked,
            mass=np.ones(1),
            factors=scene.inside.factors,
            off_target=scene.inside.off_target,
        )
        costs = np.array(
            [
                np.broadcast_to(
                    total(terms(assessment.costs, plan, menu.view, known, expected=False)), least.shape[-1:]
                )
                for plan in menu.plans
            ]
        )
        scale = np.abs(costs).max()
        assert least[intent, actor, demand] == pytest.approx(costs.min(0), rel=1e-9, abs=1e-9 * scale)
        assert picked[intent, actor, demand] == pytest.approx(costs[menu.pick], rel=1e-9, abs=1e-9 * scale)


@pytest.mark.parametrize("decision", DECISIONS)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", ["sony-2014", "south-korea-2013", "colonial-2021", "ukraine-2014-2016"])
def test_what_is_kept_is_what_a_cold_engine_computes(name: str, view: str, decision: Decision) -> None:
    """Prices under a changed input that reuse what it does not enter equal those that reuse nothing, to 1e-9."""
    assessment = assessed_quickly(name)
    menu = choice(assessment, decision=decision, view=view)
    rows = np.flatnonzero(menu.likely)
    again = reprice(assessment, menu, rows.tolist())
    assert again.now == pytest.approx(menu.now[rows], rel=1e-12)
    for one in inputs(assessment, view):
        if one.moves_belief:
            continue
        value = one.now * 1.3 if one.certain else one.quantile(0.8)
        if not one.least <= value <= one.most:
            continue
        fresh = one.ask(value).menu(decision)
        cold = dict(zip(fresh.names, fresh.now.tolist(), strict=True))
        wanted = np.array([cold[menu.names[row]] for row in rows])
        assert again.at(one, value) == pytest.approx(wanted, rel=1e-9, abs=1e-9 * np.abs(wanted).max()), one.name
        if not again.reaches(one):
            assert wanted == pytest.approx(menu.now[rows], rel=1e-12)


@pytest.mark.parametrize(
    ("view", "name"),
    [("nation", "cost.urgent"), ("long", "wrong_actor.sanctions"), ("long", "others.us"), ("long", "stakes.harm_next")],
)
def test_exact_value_equals_a_fine_sum_on_the_full_engine(view: str, name: str) -> None:
    """The full engine at 80 points of an input, the cheapest plan at each, gives the exact value within 3 %."""
    assessment = assessed("sony-2014")
    one = input_named(assessment, name, view)
    nodes, weights = np.polynomial.legendre.leggauss(80)
    z = 6 * nodes
    mass = weights * np.exp(-(z**2) / 2)
    mass /= mass.sum()
    costs = asked_at(assessment, view, one, normal(z))
    fine = (mass @ costs).min() - mass @ costs.min(1)
    row = next(row for row in valued("sony-2014", view).rows if row.name == name)
    assert row.method == "exact"
    assert row.evppi == pytest.approx(fine, rel=0.03, abs=1e3)


@pytest.mark.parametrize(
    ("case", "view", "name"),
    [
        ("sony-2014", "long", "precedent.punishment"),
        ("sony-2014", "nation", "urgent_gap"),
        ("south-korea-2013", "nation", "effect.punishment"),
        ("colonial-2021", "nation", "effect.punishment"),
        ("colonial-2021", "nation", "half_life.punishment"),
    ],
)
def test_nodes_equal_a_fine_grid_on_the_full_engine(case: str, view: str, name: str) -> None:
    """Nodes on a quarter of the draws give what 61 points of the full engine give, within their error and 5 %."""
    assessment = assessed(case)
    one = input_named(assessment, name, view)
    z = np.linspace(-4, 4, 61)
    mass = np.exp(-(z**2) / 2)
    mass /= mass.sum()
    costs = asked_at(assessment, view, one, normal(z))
    now = likely_now(assessment, view)
    costs += now - mass @ costs
    fine = now.min() - mass @ costs.min(1)
    row = next(row for row in valued(case, view).rows if row.name == name)
    assert row.method == "nodes"
    assert row.evppi == pytest.approx(fine, rel=0.05, abs=3 * row.error + 1e3)


def test_exact_value_equals_nested_monte_carlo() -> None:
    """Drawing the cost of urgent mitigation 200 times and asking the engine each time gives its value within 3 SE."""
    assessment = assessed("sony-2014")
    one = input_named(assessment, "cost.urgent")
    rng = np.random.default_rng(3)
    costs = asked_at(assessment, "nation", one, rng.uniform(size=200))
    lost = costs[:, likely_now(assessment, "nation").argmin()] - costs.min(1)
    row = next(row for row in valued("sony-2014", "nation").rows if row.name == "cost.urgent")
    assert row.evppi == pytest.approx(lost.mean(), abs=3 * lost.std() / np.sqrt(200))


def test_a_heavy_tail_invents_no_value() -> None:
    """The loss of a counter-operation against the wrong actor is worth less than all knowledge of inputs together."""
    for case, view in (("sony-2014", "nation"), ("sony-2014", "long"), ("ukraine-2014-2016", "nation")):
        found = valued(case, view)
        row = next(row for row in found.rows if row.name == "wrong_actor.counter_operation")
        assert row.method == "exact"
        assert row.evppi <= found.readings.value


def test_a_spline_of_a_heavy_tail_would() -> None:
    """A plan that always costs more than nothing is worth 0 to know about; a spline on its heavy-tailed loss says not.

    The loss is log-normal with sigma 2.2, the share of it that falls due another log-normal, and the plan costs 20 on
    top. The line is exact; the least squares of 2,000 draws follow the greatest losses and undershoot the small ones.
    """
    rng = np.random.default_rng(4)
    law = Distribution(family="log-normal", a=3.0, b=2.2)
    loss, due = law.draw(rng, 2_000), rng.lognormal(-0.5, 1.0, 2_000)
    exact = value_of_linear(np.array([0.0, 20.0]), np.array([0.0, 1.0]), Fitted(distribution=law))
    assert exact.value == 0
    fit = spline(loss, (20 + due * loss)[None], np.full(2_000, 1 / 2_000))
    assert fit is not None
    assert -np.minimum(fit.at(loss)[:, 0], 0).mean() > 1


def test_noise_among_the_draws_of_a_case_prints_zero() -> None:
    """A number that enters nothing, drawn beside those of a case, is worth 0, whatever the seed."""
    assessment = assessed("sony-2014")
    scene, menu = assessment.ranking.views["long"].scene, choice(assessment, view="long")
    nothing = scene.smoothed(NOTHING_NEW, menu.view)
    costs = np.array([scene.smoothed(plan, menu.view) - nothing for plan in menu.plans if len(plan.levers) < 2])
    regression = Regression(costs, scene.share)
    for seed in range(8):
        noise = np.random.default_rng(seed).lognormal(size=len(nothing))
        assert regression.value(noise).value == 0
