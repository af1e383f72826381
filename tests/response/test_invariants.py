"""What must hold in every case, per draw: signs, limits, and what no change of labels or units may move."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from cybercoercion.case import Case, load_case
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.knowledge.distribution import Distribution
from cybercoercion.response import AssumedBelief, Costs, assumed_belief, costs, rank
from cybercoercion.response.lever import Lever
from cybercoercion.response.terms import NOTHING_NEW, Plan, terms, total
from cybercoercion.response.weights import averaged, by_draw
from cybercoercion.vocabulary import VIEWS

Array = NDArray[np.float64]
FEW = load_knowledge(draws=60)
SONY = load_case("sony-2014")
INTENT = {"compellence": 0.6, "deterrence": 0.1, "destabilisation": 0.1, "retaliation": 0.15, "crime": 0.05}
share = st.floats(0.05, 0.95)
size = settings(max_examples=15)


def stakes(case: Case, **changes: Any) -> Case:
    """Return a case with other stakes."""
    return case.model_copy(update={"stakes": case.stakes.model_copy(update=changes)})


def believed(case: Case, p: float = 0.7, draws: int = 1) -> AssumedBelief:
    """Return a belief in which North Korea did it with probability p."""
    return assumed_belief(
        case, {"north-korea": p, "criminals": 0.2 * (1 - p)}, INTENT, {"withhold-film": 0.8}, draws=draws
    )


def priced(model: Costs, levers: tuple[Lever, ...], view: str, p: float = 0.7) -> dict[str, Array]:
    """Return the terms of a plan, drawn."""
    weights, _ = by_draw(believed(model.case, p), model.factors, model.off_target)
    return terms(model, Plan(levers=levers), model.views[view], weights, expected=False)


def cost(model: Costs, levers: tuple[Lever, ...], view: str, p: float = 0.7) -> Array:
    """Return the cost of a plan in each draw."""
    return np.broadcast_to(total(priced(model, levers, view, p)), model.knowledge.size)


def every(model: Costs, view: str) -> list[tuple[Lever, ...]]:
    """Return every single lever on offer, and nothing."""
    return [(), *((lever,) for lever in model.offered(model.views[view]))]


def with_points(knowledge: Knowledge, **points: float) -> Knowledge:
    """Return the knowledge with some quantities at a point."""
    changed = {
        name.replace("__", "."): replace(
            knowledge.quantities[name.replace("__", ".")],
            value=value,
            distribution=Distribution(family="point", a=value),
        )
        for name, value in points.items()
    }
    return replace(knowledge, quantities={**knowledge.quantities, **changed}, _memory={})


@pytest.mark.parametrize("view", VIEWS)
@size
@given(share, share, share)
def test_every_cost_falls_in_resilience(view: str, one: float, two: float, p: float) -> None:
    """The cost of every option falls, in every draw, as the target is more resilient."""
    low, high = sorted((one, two))
    weak, strong = (costs(stakes(SONY, resilience=rho, harm_at_resilience=0.35), FEW) for rho in (low, high))
    for a, b in zip(every(weak, view), every(strong, view), strict=True):
        assert (cost(strong, b, view, p) <= cost(weak, a, view, p) * (1 + 1e-12)).all()


@pytest.mark.parametrize("view", VIEWS)
@size
@given(st.floats(0.1, 10), st.floats(0.1, 10))
def test_every_cost_rises_in_escalation_risk(view: str, one: float, two: float) -> None:
    """The cost of every option rises, or stays, as escalation is more likely; only punishment moves."""
    low, high = sorted((one, two))
    calm, tense = (costs(stakes(SONY, escalation=eps), FEW) for eps in (low, high))
    for a, b in zip(every(calm, view), every(tense, view), strict=True):
        before, after = cost(calm, a, view), cost(tense, b, view)
        assert (after >= before * (1 - 1e-12)).all()
        if not a or a[0].variant.response != "punishment":
            assert after == pytest.approx(before)


@pytest.mark.parametrize("view", VIEWS)
@size
@given(share, share)
def test_gain_of_denial_shrinks_in_resilience(view: str, one: float, two: float) -> None:
    """What a measure of resilience saves shrinks, in every draw, as the target is more resilient."""
    low, high = sorted((one, two))
    models = [costs(stakes(SONY, resilience=rho, harm_at_resilience=0.35), FEW) for rho in (low, high)]
    for name in ("urgent", "operator"):
        gain = [cost(model, (), view) - cost(model, (model.lever(name),), view) for model in models]
        assert (gain[1] <= gain[0] + 1e-6).all()


@size
@given(share, share)
def test_retaliation_falls_in_resilience(one: float, two: float) -> None:
    """The retaliation term falls as the target is more resilient."""
    low, high = sorted((one, two))
    weak, strong = (costs(stakes(SONY, resilience=rho, harm_at_resilience=0.35), FEW) for rho in (low, high))
    before = priced(weak, (weak.lever("sanctions"),), "nation")["retaliation"]
    after = priced(strong, (strong.lever("sanctions"),), "nation")["retaliation"]
    assert (after <= before * (1 + 1e-12)).all()


@pytest.mark.parametrize("view", VIEWS)
@size
@given(share, share)
def test_denial_does_not_depend_on_who_did_it(view: str, one: float, two: float) -> None:
    """The difference that a measure of resilience makes is the same whoever did it."""
    model = costs(SONY, FEW)
    for name in ("urgent", "operator"):
        gains = [cost(model, (model.lever(name),), view, p) - cost(model, (), view, p) for p in (one, two)]
        assert gains[0] == pytest.approx(gains[1])


def net(knowledge: Knowledge, name: str, view: str, p: float) -> float:
    """Return the expected difference of a lever to nothing new."""
    model = costs(SONY, knowledge)
    weights = averaged(believed(SONY, p), model.factors, model.off_target)
    found = (
        float(total(terms(model, plan, model.views[view], weights, expected=True)).mean())
        for plan in (Plan(levers=(model.lever(name),)), NOTHING_NEW)
    )
    return next(found) - next(found)


@pytest.mark.parametrize("view", ["nation", "long"])
@pytest.mark.parametrize("name", ["statement", "sanctions", "counter-operation", "naming"])
@size
@given(share, share)
def test_acting_on_an_accusation_is_linear_in_its_truth(name: str, view: str, one: float, two: float) -> None:
    """The expected net cost of acting against somebody is linear in the probability that it was them, and falls."""
    low, high = sorted((one, two))
    middle = net(FEW, name, view, (low + high) / 2)
    ends = [net(FEW, name, view, p) for p in (low, high)]
    assert middle == pytest.approx(sum(ends) / 2)
    assert ends[1] <= ends[0] + 1e-6


@pytest.mark.parametrize(
    "name", ["statement", "sanctions", "counter-operation", "naming", "leverage", "law-enforcement"]
)
def test_limits(name: str) -> None:
    """Without escalation no retaliation; against the certainly guilty no wrong actor."""
    calm = costs(stakes(SONY, escalation=0.0), FEW)
    lever = calm.lever(name, "criminals" if name == "law-enforcement" else "north-korea")
    assert (priced(calm, (lever,), "nation")["retaliation"] == 0).all()
    certain = assumed_belief(SONY, {str(lever.target): 1.0}, INTENT)
    weights = averaged(certain, calm.factors, calm.off_target)
    found = terms(calm, Plan(levers=(lever,)), calm.views["nation"], weights, expected=True)
    assert found["wrong_actor"] == pytest.approx(0.0)


def test_without_effect_only_losses_remain() -> None:
    """A punishment without any effect adds its own cost, retaliation and the wrong actor, and nothing else."""
    idle = with_points(FEW, effect__punishment=0.0, effect__exposure=0.0, precedent__punishment=0.0)
    model = costs(SONY, idle)
    for view in ("nation", "long"):
        for name in ("statement", "sanctions", "counter-operation"):
            found, nothing = priced(model, (model.lever(name),), view), priced(model, (), view)
            added = found["own"] + found["retaliation"] + found["wrong_actor"]
            assert total(found) - total(nothing) == pytest.approx(added, rel=1e-6)


def test_without_recurrence_punishment_saves_nothing() -> None:
    """Where nothing recurs, the horizon is empty: levers that work on the future only cost."""
    once = stakes(SONY, recurrence_target=0.0, recurrence_nation=0.0)
    model = costs(once, FEW)
    for (lever,) in every(model, "nation")[1:]:
        parts = priced(model, (lever,), "nation")
        assert (parts["recurrence"] == 0).all()
        if lever.place is not None:
            assert (cost(model, (lever,), "nation") >= cost(model, (), "nation")).all()


def test_a_portfolio_of_one_is_the_option() -> None:
    """The expected difference of a row of the table is that of the plan which holds its lever alone."""
    ranking = rank(believed(SONY), costs(SONY, FEW))
    for view in ranking.views.values():
        for row in view.rows:
            level = sum(view.scene.expected(Plan(levers=row.levers), view.view).values())
            assert level - view.nothing == pytest.approx(row.delta, abs=1e-9 * view.nothing)
            base = tuple(view.scene.costs.lever(name) for name in view.resilience)
            if row.levers[0].place is not None:
                on_top = sum(view.scene.expected(Plan(levers=(*base, *row.levers)), view.view).values())
                start = sum(view.scene.expected(Plan(levers=base), view.view).values())
                assert on_top - start == pytest.approx(row.on_top, abs=1e-9 * view.nothing)


def order(case: Case, belief: AssumedBelief, knowledge: Knowledge) -> list[tuple[str, str, float]]:
    """Return response, variant and difference to nothing of each row in each view, best first."""
    ranking = rank(belief, costs(case, knowledge))
    return [(one.response, one.variant, one.delta) for view in ranking.views.values() for one in view.options]


def same(one: list[tuple[str, str, float]], two: list[tuple[str, str, float]], scale: float = 1.0) -> bool:
    """Say whether two orders agree in rank, and in money up to a change of its unit."""
    ranks = [row[:2] for row in one] == [row[:2] for row in two]
    return ranks and np.allclose([row[2] * scale for row in one], [row[2] for row in two])


def test_labels_and_their_order_change_nothing() -> None:
    """Renaming candidates, or listing them in another order, changes no rank and no number."""
    here = order(SONY, believed(SONY), FEW)
    turned = SONY.model_copy(update={"actors": SONY.actors[::-1]})
    assert same(here, order(turned, believed(turned), FEW))
    north = SONY.actors[0].model_copy(update={"id": "a-state", "name": "A state"})
    renamed = SONY.model_copy(update={"actors": (north, *SONY.actors[1:])})
    belief = assumed_belief(renamed, {"a-state": 0.7, "criminals": 0.06}, INTENT, {"withhold-film": 0.8})
    assert same(here, order(renamed, belief, FEW))


def test_splitting_a_bystander_changes_nothing() -> None:
    """Two identical candidates with half the belief each weigh as much as one, where nobody is aimed at them."""
    criminals = SONY.actor("criminals")
    split = tuple(criminals.model_copy(update={"id": name}) for name in ("criminals-a", "criminals-b"))
    case = SONY.model_copy(update={"actors": (*(one for one in SONY.actors if one.id != "criminals"), *split)})
    belief = assumed_belief(
        case, {"north-korea": 0.7, "criminals-a": 0.03, "criminals-b": 0.03}, INTENT, {"withhold-film": 0.8}
    )
    assert same(order(SONY, believed(SONY), FEW), order(case, belief, FEW))


def test_currency_changes_no_rank() -> None:
    """In another currency every difference scales and no rank changes."""
    scale = 7.0
    money = {
        name: replace(entry, value=entry.value * scale, distribution=scaled(entry.distribution, scale))
        for name, entry in FEW.quantities.items()
        if entry.unit in ("USD", "USD/yr")
    }
    foreign = replace(FEW, quantities={**FEW.quantities, **money}, _memory={})

    def dearer(value: Any) -> Any:
        if hasattr(value, "low"):
            return value.model_copy(update={"low": value.low * scale, "high": value.high * scale})
        return value if value is None else value * scale

    fields = ("harm_now", "pending_harm", "country_gdp")
    case = stakes(SONY, **{field: dearer(getattr(SONY.stakes, field)) for field in fields})
    demands = tuple(one.model_copy(update={"cost_of_conceding": dearer(one.cost_of_conceding)}) for one in SONY.demands)
    case = case.model_copy(update={"demands": demands})
    assert same(order(SONY, believed(SONY), FEW), order(case, believed(case), foreign), scale)


def scaled(distribution: Distribution, scale: float) -> Distribution:
    """Return the distribution of a multiple."""
    if distribution.family == "log-normal":
        return replace(distribution, a=distribution.a + float(np.log(scale)), cap=distribution.cap * scale)
    return replace(distribution, a=distribution.a * scale, cap=distribution.cap * scale)


def test_a_constant_on_every_cost_changes_no_rank() -> None:
    """Harm that no response can touch adds to every level and to no difference."""
    more = with_points(FEW, concession__removable=0.0)
    low, high = (
        SONY.model_copy(
            update={
                "demands": tuple(one.model_copy(update={"cost_of_conceding": loss}) for one in SONY.demands),
                "stakes": SONY.stakes,
            }
        )
        for loss in (1e6, 1e9)
    )
    assert same(order(low, believed(low), more), order(high, believed(high), more))
    levels = [rank(believed(case), costs(case, more)).default.nothing for case in (low, high)]
    assert levels[1] - levels[0] > 1e7
