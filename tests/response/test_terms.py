"""The cost terms, worked by hand on a toy: two actors, every number a point."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from cybercoercion.case import Actor, Case, Demand, Stakes, Target
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.knowledge.distribution import Distribution
from cybercoercion.response import assumed_belief, costs
from cybercoercion.response.terms import NOTHING_NEW, Plan, tail, terms, total
from cybercoercion.response.weights import averaged

POINTS = {
    "discount": 0.95,
    "harm_removable": 0.4,
    "concession.removable": 0.5,
    "deterred_by_denial": 0.5,
    "concession.probability.firm": 0.2,
    "encouragement.target": 0.3,
    "encouragement.peers": 0.1,
    "harm_elsewhere": 20e6,
    "others.elsewhere": 1e-4,
    "cost.statement": 0.2e6,
    "cost.indictment": 3e6,
    "cost.sanctions": 5e6,
    "cost.urgent": 1e6,
    "cost.operator": 5e6,
    "cost.naming": 3e6,
    "effect.punishment": 0.1,
    "effect.exposure": 0.2,
    "effect.statement_share": 0.5,
    "effect.norms.low": 0.02,
    "half_life.punishment": 1.5,
    "half_life.norms": 1.5,
    "urgent_gap": 0.25,
    "operator_pace": 0.1,
    "operator_delay": 0.25,
    "retaliation.statement": 0.01,
    "retaliation.sanctions": 0.03,
    "retaliation.severity": 2.0,
    "military.sanctions": 0.001,
    "military.loss": 1e10,
    "wrong_actor.statement": 20e6,
    "wrong_actor.sanctions": 300e6,
    "guilty_elsewhere.no_record": 0.5,
    "precedent.punishment": 0.015,
    "interaction.norms_punishment": 0.2,
}


def at_points(knowledge: Knowledge, points: Mapping[str, float]) -> Knowledge:
    """Return the knowledge at fixed parameters, some of them with other values."""
    changed = {
        name: replace(knowledge.quantities[name], value=value, distribution=Distribution(family="point", a=value))
        for name, value in points.items()
    }
    return replace(knowledge, quantities={**knowledge.quantities, **changed}, size=1, fixed=True, _memory={})


@pytest.fixture(scope="module")
def fixed() -> Knowledge:
    """Return the toy's knowledge."""
    return at_points(load_knowledge(), POINTS)


@pytest.fixture(scope="module")
def toy() -> Case:
    """Return a firm, two states, one demand; it is as resilient now as when its harm was stated."""
    return Case(
        schema=1,
        id="toy",
        title="Toy",
        as_of=date(2020, 1, 1),
        target=Target(name="Firm", kind="firm"),
        frame="threat-received",
        actors=(
            Actor(id="red", kind="state", interdependence=0.15, norm_adherence=0.1),
            Actor(id="blue", kind="state", interdependence=0.15, norm_adherence=0.1),
        ),
        demands=(Demand(id="stop", text="Stop", cost_of_conceding=50e6),),
        stakes=Stakes(
            harm_now=100e6,
            avoidable=0.5,
            resilience=0.35,
            harm_at_resilience=0.35,
            recurrence_target=0.2,
            recurrence_nation=1.2,
            country_gdp=1e12,
        ),
    )


P = 0.7
YEARS = (1 - 0.95**2) / -math.log(0.95)  # A_T over 24 months


def parts(fixed: Knowledge, case: Case, names: tuple[str, ...], view: str = "nation") -> dict[str, float]:
    """Return the expected terms of levers against red, under .7 red, .3 blue, all compellence, always a demand."""
    model = costs(case, fixed)
    belief = assumed_belief(case, {"red": P, "blue": 1 - P}, {"compellence": 1.0}, {"stop": 1.0})
    weights = averaged(belief, model.factors, model.off_target)
    levers = tuple(model.lever(name, None if name in ("urgent", "operator") else "red") for name in names)
    found = terms(model, Plan(levers=levers), model.views[view], weights, expected=True)
    return {name: float(part.mean()) for name, part in found.items()}


def within(half_life: float, months: int = 24) -> float:
    """Return discounted years inside a window that halves every ``half_life``: discount exact, window averaged by cell.

    Within a cell the program takes mean discount x mean window, so this does too.
    """
    edges = [0.25 * i for i in range(9)] + [2.5, 3.0, 3.5, 4.0, 4.5, 5.0]
    rate, decay = -math.log(0.95), math.log(2) / half_life
    years = 0.0
    for a, b in pairwise(edges):
        if b <= months / 12:
            discount = (math.exp(-rate * a) - math.exp(-rate * b)) / rate
            years += discount * (math.exp(-decay * a) - math.exp(-decay * b)) / decay / (b - a)
    return years


def test_nothing_new(fixed: Knowledge, toy: Case) -> None:
    """Nothing new costs what is not sunk, what is conceded, and what recurs at the target and elsewhere."""
    found = parts(fixed, toy, ())
    own, peers = 0.2 * 100e6 * YEARS, 1.0 * 20e6 * YEARS
    assert found == pytest.approx(
        {
            "own": 0.0,
            "harm": 0.5 * 100e6,
            "concession": 0.2 * (50e6 + 0.3 * own + 0.1 * peers),
            "recurrence": own + peers,
            "retaliation": 0.0,
            "wrong_actor": 0.0,
            "second_order": 0.0,
        }
    )


def test_statement(fixed: Knowledge, toy: Case) -> None:
    """A statement costs itself, a risk of retaliation, and the innocent; it cuts recurrence if it hits the guilty."""
    found, nothing = parts(fixed, toy, ("statement",)), parts(fixed, toy, ())
    cut = 0.5 * 0.1 * P * within(1.5) / YEARS
    xi = 0.25 + 0.75 * 0.15 / 0.3
    assert found["own"] == pytest.approx(3.2e6)
    assert found["retaliation"] == pytest.approx(0.01 * 2.0 * 20e6)
    assert found["wrong_actor"] == pytest.approx(0.3 * 20e6 * xi * (1 - 0.5 * 0.5))
    assert found["recurrence"] == pytest.approx(nothing["recurrence"] * (1 - cut))
    assert found["harm"] == nothing["harm"]


def test_sanctions_contain_the_statement(fixed: Knowledge, toy: Case) -> None:
    """Sanctions cost a statement more, and bite by interdependence."""
    found, nothing = parts(fixed, toy, ("sanctions",)), parts(fixed, toy, ())
    assert found["own"] == pytest.approx(8.2e6)
    cut = (0.1 + 0.2 * 0.15) * P * within(1.5) / YEARS
    assert found["recurrence"] == pytest.approx(nothing["recurrence"] * (1 - cut))


def test_urgent_mitigation(fixed: Knowledge, toy: Case) -> None:
    """Urgent mitigation closes a quarter of the gap at once: less harm, less conceded, and for a year less recurs."""
    found, nothing = parts(fixed, toy, ("urgent",)), parts(fixed, toy, ())
    now = 1 - 0.65 * 0.75
    assert found["own"] == pytest.approx(1e6)
    assert found["harm"] == pytest.approx(0.5 * 100e6 * (1 - 0.4 * now) / (1 - 0.4 * 0.35))
    rate, left = -math.log(0.95), 0.0
    for quarter in range(8):
        a, b = quarter / 4, (quarter + 1) / 4
        discount = (math.exp(-rate * a) - math.exp(-rate * b)) / rate
        closed = 0.25 * max(0.0, 1 - (a + b) / 2)
        rho = 1 - 0.65 * (1 - closed)
        left += discount * (1 - 0.4 * rho) / (1 - 0.4 * 0.35) * math.exp(-0.5 * (rho - 0.35))
    own, peers = 0.2 * 100e6, 20e6 * YEARS
    assert found["recurrence"] == pytest.approx(own * left + peers)
    ratio = (1 - 0.5 * now) / (1 - 0.5 * 0.35)
    assert found["concession"] == pytest.approx(0.2 * ratio * (50e6 + 0.3 * own * left + 0.1 * peers))
    assert total_of(found) < total_of(nothing)


def test_portfolio(fixed: Knowledge, toy: Case) -> None:
    """Naming beside a statement is half price, sharpens it, and their effects multiply."""
    found, nothing = parts(fixed, toy, ("statement", "naming")), parts(fixed, toy, ())
    statement, naming = 0.5 * 0.1 * 1.2, 0.5 * 0.02
    both = 0.0
    rate, decay = -math.log(0.95), math.log(2) / 1.5
    for quarter in range(8):
        a, b = quarter / 4, (quarter + 1) / 4
        discount = (math.exp(-rate * a) - math.exp(-rate * b)) / rate
        window = (math.exp(-decay * a) - math.exp(-decay * b)) / decay / (b - a)
        both += discount * (1 - statement * window) * (1 - naming * window)
    assert found["own"] == pytest.approx(3.2e6 + 1.5e6)
    assert found["recurrence"] == pytest.approx((0.3 * YEARS + P * both) / YEARS * nothing["recurrence"])


def test_precedent_counts_in_the_long_view_only(fixed: Knowledge, toy: Case) -> None:
    """Over five years, sanctions against the guilty cut the attacks of other states for good."""
    found, nothing = parts(fixed, toy, ("sanctions",), "long"), parts(fixed, toy, (), "long")
    years = (1 - 0.95**5) / -math.log(0.95)
    own_and_peers = 0.2 * 100e6 + 20e6
    assert nothing["recurrence"] == pytest.approx((own_and_peers + 1e-4 * 1e12) * years)
    saved = own_and_peers * 0.13 * P * within(1.5, 60) + 1e-4 * 1e12 * years * 0.015 * P
    assert nothing["recurrence"] - found["recurrence"] == pytest.approx(saved)


def test_target_asks(fixed: Knowledge, toy: Case) -> None:
    """In the target's view a statement is an ask at token cost, and the innocent is not its loss."""
    found, nothing = parts(fixed, toy, ("statement",), "target"), parts(fixed, toy, (), "target")
    assert found["own"] == fixed.mean("cost.ask")
    assert found["wrong_actor"] == 0.0
    assert nothing["recurrence"] == pytest.approx(0.2 * 100e6 * YEARS)


def test_military_tail(fixed: Knowledge, toy: Case) -> None:
    """The military tail is a column of its own: probability by escalation and conflict, no part of the cost."""
    louder = toy.model_copy(update={"stakes": toy.stakes.model_copy(update={"escalation": 3.0})})
    model = costs(louder, fixed)
    assert tail(model, Plan(levers=(model.lever("sanctions"),))) == pytest.approx(1 - (1 - 0.001) ** 3)
    assert tail(model, Plan(levers=(model.lever("statement"),))) == 0
    warring = louder.actors[0].model_copy(update={"relationship": "armed-conflict"})
    at_war = costs(louder.model_copy(update={"actors": (warring, louder.actors[1])}), fixed)
    assert tail(at_war, Plan(levers=(at_war.lever("sanctions"),))) == pytest.approx(1 - (1 - 0.001) ** 18)


def test_national_target_bears_everything(fixed: Knowledge, toy: Case) -> None:
    """A state target bears in its own view what the nation bears."""
    state = toy.model_copy(update={"target": toy.target.model_copy(update={"kind": "state"})})
    assert parts(fixed, state, ("sanctions",), "target") == parts(fixed, state, ("sanctions",), "nation")


def test_price_of_escalation_scales_retaliation(fixed: Knowledge, toy: Case) -> None:
    """The price of escalation multiplies the money value of retaliation and nothing else."""
    dear = toy.model_copy(update={"stakes": toy.stakes.model_copy(update={"price_of_escalation": 3.0})})
    cheap, dearer = parts(fixed, toy, ("sanctions",)), parts(fixed, dear, ("sanctions",))
    assert dearer["retaliation"] == pytest.approx(3 * cheap["retaliation"])
    assert {k: v for k, v in dearer.items() if k != "retaliation"} == {
        k: v for k, v in cheap.items() if k != "retaliation"
    }


def test_total_is_the_sum_of_the_terms(fixed: Knowledge, toy: Case) -> None:
    """The total of a plan is the sum of its terms."""
    model = costs(toy, fixed)
    belief = assumed_belief(toy, {"red": P}, {"compellence": 1.0})
    weights = averaged(belief, model.factors, model.off_target)
    found = terms(model, NOTHING_NEW, model.views["nation"], weights, expected=True)
    assert float(total(found)[0]) == pytest.approx(sum(float(np.mean(part)) for part in found.values()))


def total_of(found: Mapping[str, float]) -> float:
    """Return the sum of terms."""
    return sum(found.values())
