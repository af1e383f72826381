"""The policy map against the full engine: the same costs at any point, no gap on a boundary, and masses by draw."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from tests.sensitivity.examples import IDS, assessed_quickly, tables

from cybercoercion.assessment import Assessment, assess, changed
from cybercoercion.case import load
from cybercoercion.response import assumed_belief, costs
from cybercoercion.response.weights import BeliefLike
from cybercoercion.sensitivity.changing import Answer, tilted
from cybercoercion.sensitivity.plane.axes import leading
from cybercoercion.sensitivity.plane.on_top_map import on_top_map
from cybercoercion.sensitivity.plane.policy_map import PolicyMap, policy_map
from cybercoercion.vocabulary import COERCION

AXES = ("p.coercion", "p.actor", "stakes.resilience", "stakes.escalation", "stakes.price_of_escalation")
PAIRS = tuple(combinations(AXES, 2))


def full_engine(assessment: Assessment, view: str, values: dict[str, float]) -> Answer:
    """Return the answer with inputs at values: a changed case, and a belief tilted to each margin in turn."""
    stakes = {name.removeprefix("stakes."): value for name, value in values.items() if name.startswith("stakes.")}
    case = assessment.case.model_copy(update={"stakes": assessment.case.stakes.model_copy(update=stakes)})
    belief: BeliefLike = assessment.belief
    asked = {name: value for name, value in values.items() if name.startswith("p.")}
    for _ in range(400 if len(asked) > 1 else 1):
        for name, value in asked.items():
            node, state = ("coercion", "yes") if name == "p.coercion" else ("actor", name.removeprefix("p.actor."))
            belief = tilted(belief, node, {state: value})
        if all(abs(_p(belief, name) - value) < 1e-12 for name, value in asked.items()):
            break
    return Answer(belief=belief, costs=costs(case, assessment.knowledge), view=view)


def _p(belief: BeliefLike, name: str) -> float:
    """Return the belief in coercion, or in an actor."""
    joint = belief.posterior.sum((2, 3))
    return float(
        joint[[intent in COERCION for intent in belief.intents]].sum()
        if name == "p.coercion"
        else joint[:, belief.actors.index(name.removeprefix("p.actor."))].sum()
    )


def by_engine(found: PolicyMap, assessment: Assessment, x: float, y: float) -> dict[str, float]:
    """Return the difference of each option at a point of a map, from the full engine."""
    menu = full_engine(assessment, found.view, {found.x.name: x, found.y.name: y}).menu(found.decision)
    return dict(zip(menu.options, menu.by_option(menu.now).tolist(), strict=True))


def believing(assessment: Assessment, joint: list[tuple[float, str, str]]) -> Assessment:
    """Return the assessment with p, actor and purpose of each state there is, whatever the draw."""
    total = sum(p for p, _, _ in joint)
    posterior = sum(p / total * assumed_belief(assessment.case, {who: 1}, {why: 1}).posterior for p, who, why in joint)
    size = assessment.knowledge.size
    belief = replace(assessment.belief, posterior=np.repeat(np.asarray(posterior) / size, size, axis=-1))
    return replace(assessment, belief=belief)


@pytest.mark.parametrize("case", ["sony-2014", "colonial-2021", "ukraine-2014-2016"])
@pytest.mark.parametrize("pair", PAIRS)
def test_a_grid_of_the_full_engine_agrees(case: str, pair: tuple[str, str]) -> None:
    """At the points of a grid every option costs what the engine says, and the same one is cheapest."""
    assessment = assessed_quickly(case)
    found = policy_map(assessment, *pair, view="long", columns=9)
    for u, v in ((0.03, 0.08), (0.21, 0.77), (0.48, 0.5), (0.76, 0.31), (0.97, 0.94)):
        x = found.x.low + u * (found.x.high - found.x.low)
        y = found.y.low + v * (found.y.high - found.y.low)
        engine = by_engine(found, assessment, x, y)
        mine = dict(zip(found.surface.options, found.costs(np.array([x]), np.array([y]))[0], strict=True))
        size = max(abs(value) for value in engine.values())
        for option, value in engine.items():
            assert mine[option] == pytest.approx(value, abs=1e-8 * size)
        first, second = sorted(engine.values())[:2]
        if second - first > 1e-7 * size:
            assert found.option_at(x, y) == min(engine, key=lambda option: engine[option])


@pytest.mark.parametrize("pair", PAIRS)
def test_on_a_boundary_both_sides_cost_the_same(pair: tuple[str, str]) -> None:
    """On every boundary of equal costs the full engine finds a gap of zero, and nothing cheaper than the two."""
    for case, view in (("colonial-2021", "nation"), ("sony-2014", "long"), ("ukraine-2014-2016", "long")):
        assessment = assessed_quickly(case)
        found = policy_map(assessment, *pair, view=view, columns=9)
        for line in found.boundaries:
            if not line.equal:
                continue
            for k in (0, len(line.x) // 2, -1):
                engine = by_engine(found, assessment, float(line.x[k]), float(line.y[k]))
                one, other = (engine[name] for name in line.between)
                size = max(abs(value) for value in engine.values())
                assert abs(one - other) <= 1e-8 * size
                assert min(engine.values()) >= min(one, other) - 1e-8 * size


@pytest.mark.parametrize("pair", [("p.coercion", "p.actor"), ("p.actor", "stakes.resilience")])
def test_mass_counts_draws_by_the_engine(pair: tuple[str, str]) -> None:
    """The share of a region is the weight of the draws at whose pair of values the engine finds its option first."""
    whole = assessed_quickly("colonial-2021")
    found = policy_map(whole, *pair, columns=5)
    weight = whole.belief.posterior.sum((0, 1, 2))
    count = dict.fromkeys(found.surface.options, 0.0)
    for x, y, w in zip(found.x.draws, found.y.draws, weight / weight.sum(), strict=True):
        engine = by_engine(found, whole, float(x), float(y))
        count[min(engine, key=lambda option: engine[option])] += float(w)
    for option, share in count.items():
        assert found.mass.get(option, 0.0) == pytest.approx(share, abs=1e-9)


@pytest.mark.parametrize("name", IDS)
def test_every_shipped_case_has_a_map(name: str) -> None:
    """Masses sum to one, areas to the whole map, the cloud lies among the draws, the map knows where it is."""
    found = policy_map(assessed_quickly(name), columns=11)
    assert sum(found.mass.values()) == pytest.approx(1)
    assert sum(region.area for region in found.regions) == pytest.approx(1)
    assert np.isin(found.cloud[:, 0], found.x.draws).all()
    assert np.isin(found.cloud[:, 1], found.y.draws).all()
    assert found.here == found.option_at(found.x.now, found.y.now)
    grid = found.labelled(7)
    assert grid.cost.attrs["unit"] == "USD"
    assert grid.cheapest.dims == ("y", "x")


def test_pairs_of_values_hang_together_in_the_cloud() -> None:
    """The dots are whole draws: the value of one axis comes with that of the other; the same seed, the same dots."""
    found = policy_map(assessed_quickly("sony-2014"), "p.coercion", "p.actor", columns=3)
    draws = {(float(a), float(b)) for a, b in zip(found.x.draws, found.y.draws, strict=True)}
    assert {(float(a), float(b)) for a, b in found.cloud} <= draws
    again = policy_map(assessed_quickly("sony-2014"), "p.coercion", "p.actor", columns=3)
    assert (again.cloud == found.cloud).all()


def test_axes_may_change_places() -> None:
    """A map with its axes swapped is the same map: masses, areas, and what is cheapest where."""
    assessment = assessed_quickly("colonial-2021")
    one = policy_map(assessment, "stakes.resilience", "p.actor", columns=21)
    other = policy_map(assessment, "p.actor", "stakes.resilience", columns=21)
    assert one.mass == pytest.approx(other.mass)
    for region in one.regions:
        twin = other.region(region.option)
        assert twin is not None
        assert twin.area == pytest.approx(region.area)
    assert one.option_at(0.8, 0.2) == other.option_at(0.2, 0.8)
    assert one.region("no such option") is None


def test_two_actors_share_one_belief() -> None:
    """P(A) and P(B) cannot sum to more than one: half of the map is possible, and costs there are the engine's."""
    assessment = assessed_quickly("sony-2014")
    first, second = (f"p.actor.{actor}" for actor in assessment.belief.actors[:2])
    found = policy_map(assessment, first, second, view="long", columns=21)
    assert sum(region.area for region in found.regions) == pytest.approx(0.5)
    grid = found.labelled(11)
    assert (grid.cheapest.to_numpy()[-1, 1:] == "").all()
    belief = tilted(assessment.belief, "actor", {first[8:]: 0.5, second[8:]: 0.3})
    engine = Answer(belief=belief, costs=assessment.costs, view="long").differences()
    mine = dict(zip(found.surface.options, found.costs(np.array([0.5]), np.array([0.3]))[0], strict=True))
    assert mine == pytest.approx(engine, rel=1e-9, abs=1.0)


def test_two_steps_are_mapped_too() -> None:
    """Under the decision in two steps regions are plans, and the first choice is that of the menu."""
    assessment = assessed_quickly("ukraine-2014-2016")
    found = policy_map(assessment, view="long", decision="two-step", columns=15)
    assert sum(found.mass.values()) == pytest.approx(1)
    assert sum(region.area for region in found.regions) == pytest.approx(1)
    engine = by_engine(found, assessment, 0.9, 0.3)
    assert found.option_at(0.9, 0.3) == min(engine, key=lambda option: engine[option])


def test_what_cannot_be_mapped_is_said() -> None:
    """An unknown axis, twice the same, a range that is none, and a belief that is certain are refused in words."""
    assessment = assessed_quickly("sony-2014")
    with pytest.raises(ValueError, match=r"got the axis p\.nobody; allowed: p\.coercion"):
        policy_map(assessment, "p.nobody")
    with pytest.raises(ValueError, match="a map takes two inputs"):
        policy_map(assessment, "p.actor", f"p.actor.{leading(assessment)}")
    with pytest.raises(ValueError, match="shares within 0 to 1"):
        policy_map(assessment, ranges={"stakes.resilience": (0.2, 1.4)})
    sure = believing(assessment, [(1.0, "north-korea", "compellence")])
    for name in ("p.coercion", "p.actor", "p.actor.insider"):
        with pytest.raises(ValueError, match="certain or impossible"):
            policy_map(sure, name, "stakes.resilience")


def test_an_empty_cell_bounds_the_map() -> None:
    """Where the actor never coerces, P(coercion) and P(actor) sum to at most one; with two cells empty, none moves."""
    assessment = assessed_quickly("sony-2014")
    mild, hard, rest = (0.4, "north-korea", "crime"), (0.35, "insider", "compellence"), (0.25, "insider", "crime")
    for joint, corner in (
        ([mild, hard, rest], (0.9, 0.9)),  # never both
        ([(0.4, "north-korea", "compellence"), hard, rest], (0.1, 0.9)),  # the actor only coerces
        ([(0.4, "north-korea", "compellence"), mild, rest], (0.9, 0.1)),  # nobody else coerces
        ([mild, hard, (0.25, "north-korea", "compellence")], (0.1, 0.1)),  # never neither
    ):
        found = policy_map(believing(assessment, joint), "p.coercion", "p.actor.north-korea", columns=9)
        assert sum(region.area for region in found.regions) == pytest.approx(0.5)
        assert sum(found.mass.values()) == pytest.approx(1)
        grid = found.labelled(11).cheapest
        assert grid.sel(x=corner[0], y=corner[1], method="nearest").item() == ""
    with pytest.raises(ValueError, match="cannot move apart"):
        policy_map(believing(assessment, [mild, hard]), "p.coercion", "p.actor.north-korea")


@pytest.mark.parametrize("view", ["nation", "long"])
@pytest.mark.parametrize("case", ["sony-2014", "ukraine-2014-2016"])
def test_lines_on_top_are_the_thresholds_of_the_ranking(case: str, view: str) -> None:
    """With resilience at a point, p* of each lever on the map is the p* that the ranking gives for it."""
    at = assess(changed(load(case), ["stakes.resilience=0.45"]), tables(1, 200))
    found = on_top_map(at, view=view, columns=5)
    ranked = {row.levers[0].name: row for row in at.ranking.views[view].rows if row.levers[0].target == found.actor}
    assert {line.variant for line in found.thresholds} == set(ranked)
    assert set(at.ranking.views[view].resilience) == (
        set() if found.base == "nothing" else set(found.base.split(" + "))
    )
    for line in found.thresholds:
        stars = (line.now, ranked[line.variant].p_star)
        if found.base == "+".join(at.ranking.views[view].resilience):  # one resilience all along the line
            assert stars[0] == pytest.approx(stars[1], abs=1e-9) if stars[1] is not None else stars[0] is None


def test_a_line_on_top_divides_gain_from_loss() -> None:
    """Just above p* the lever costs less than the best resilience alone, just below it costs more."""
    assessment = assessed_quickly("ukraine-2014-2016")
    found = on_top_map(assessment, view="long", columns=7)
    paying = [line for line in found.thresholds if line.now is not None and line.now > 0]
    assert paying
    for line in paying:
        for p, rho in zip(line.p[1:-1], line.resilience[1:-1], strict=True):
            if not 0.01 < p < 0.99:
                continue
            for step, sign in ((1e-4, -1), (-1e-4, 1)):
                values = {found.p.name: float(p + step), "stakes.resilience": float(rho)}
                menu = full_engine(assessment, "long", values).menu("two-step")
                now = dict(zip(menu.names, menu.now.tolist(), strict=True))
                bare = {name: cost for name, cost in now.items() if "against" not in name}
                base = min(bare, key=lambda name: bare[name])
                lever = f"{line.variant} against {line.against}"
                added = now[lever if base == "nothing" else f"{base} + {lever}"] - now[base]
                assert np.sign(added) == sign
    table = found.labelled()
    assert table.p_star.dims == ("lever", "resilience")


@pytest.mark.parametrize("name", IDS)
def test_every_shipped_case_has_a_map_of_what_is_on_top(name: str) -> None:
    """Lines lie between 0 and 1 or nowhere, and the shares of the best resilience sum to one."""
    found = on_top_map(assessed_quickly(name), columns=5)
    assert sum(region.mass for region in found.regions) == pytest.approx(1)
    for line in found.thresholds:
        known = line.p[np.isfinite(line.p)]
        assert ((known >= 0) & (known <= 1)).all()
