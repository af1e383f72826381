"""Bounds on belief and decision where numbers are only known as intervals."""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
import pyagrum as gum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests.belief.random_cases import changed, random_case
from tests.sensitivity.examples import FEW, IDS, assessed_quickly, tables, toy

from cybercoercion.assessment import assess
from cybercoercion.belief import believe
from cybercoercion.belief.belief import IS_COERCION
from cybercoercion.case import Case, load
from cybercoercion.fit.replaced import with_fit
from cybercoercion.fit.store import load_fit
from cybercoercion.sensitivity.changing import tilted
from cybercoercion.sensitivity.choice import choice
from cybercoercion.sensitivity.input.inputs import input_named
from cybercoercion.sensitivity.robust.credal import UNDETERMINED, credal
from cybercoercion.sensitivity.robust.credal_bounds import Asking
from cybercoercion.sensitivity.robust.credal_sets import ClimbedSet, LinearSet, Query, marginal_set, table_set
from cybercoercion.sensitivity.robust.extremes import Linear, Rows, corner_count, corners, greatest_between
from cybercoercion.sensitivity.robust.joint_rows import between, joint_of, table_rows


@cache
def sony() -> Case:
    """Return a case with several candidates, demands and reports."""
    case = load("sony-2014")
    assert isinstance(case, Case)
    return case


def test_a_base_rate_between_two_ends():
    """Base rate .2 to .4, evidence .8 against .2: from .16 / (.16 + .16) = .5 to .32 / (.32 + .12) = 8/11."""
    rows = Rows(low=np.array([[0.2, 0.0]]), high=np.array([[0.4, 1.0]]))
    linear = Linear(rows=rows, start=np.zeros(2), move=np.diag([0.8, 0.2])[None])
    yes = np.array([1.0, 0.0])
    assert linear.least(yes)[0] == pytest.approx(0.5)
    assert linear.greatest(yes)[0] == pytest.approx(8 / 11)
    assert linear.greatest(yes)[1] == pytest.approx(np.array([[0.4, 0.6]]))


def test_a_contaminated_row():
    """Base rate .3, a tenth of it anything: .27 to .37, posteriors .216 / .362 and .296 / .422."""
    joint = np.array([0.3 * 0.8, 0.7 * 0.2])
    certain = np.diag([0.8, 0.2])
    rows = Rows(low=np.zeros((1, 2)), high=np.ones((1, 2)))
    linear = Linear(rows=rows, start=joint, move=0.1 * (certain - joint)[None])
    yes = np.array([1.0, 0.0])
    assert linear.least(yes)[0] == pytest.approx(0.216 / 0.362)
    assert linear.greatest(yes)[0] == pytest.approx(0.296 / 0.422)


def test_bounds_agree_with_another_credal_network():
    """Two binary nodes with interval tables, the second seen: bounds are those of pyAgrum's credal network.

    Greatest .4 .9 / (.4 .9 + .6 .1) = 6/7, least .2 .6 / (.2 .6 + .8 .3) = 1/3.
    """
    low, high = (gum.fastBN("A[2]->B[2]") for _ in range(2))
    low.cpt("A").fillWith([0.6, 0.2])
    high.cpt("A").fillWith([0.8, 0.4])
    low.cpt("B").fillWith([0.7, 0.1, 0.1, 0.6])
    high.cpt("B").fillWith([0.9, 0.3, 0.4, 0.9])
    net = gum.CredalNet(low, high)
    net.intervalToCredal()
    theirs = gum.CNMonteCarloSampling(net)  # draws vertices: of eight combinations it finds all
    theirs.setMaxTime(1)
    theirs.setEvidence({"B": [0, 1]})
    theirs.makeInference()

    base = Rows(low=np.array([[0.6, 0.2]]), high=np.array([[0.8, 0.4]]))
    seen = Rows(low=np.array([[0.7, 0.1], [0.1, 0.6]]), high=np.array([[0.9, 0.3], [0.4, 0.9]]))
    linears = []
    for (row,) in corners(base):  # each base rate leaves a joint that is linear in the other table
        move = np.zeros((2, 2, 2))
        move[0, 1, 0], move[1, 1, 1] = row
        linears.append(Linear(rows=seen, start=np.zeros(2), move=move))
    found = LinearSet(name="both", linears=tuple(linears), cost=np.zeros((1, 2)))
    yes = np.array([0.0, 1.0])
    greatest, least = found.bound(Query(states=yes)), -found.bound(Query(states=-yes))
    assert greatest == pytest.approx(6 / 7)
    assert least == pytest.approx(1 / 3)
    assert theirs.marginalMax("A")[1] == pytest.approx(greatest, abs=1e-6)
    assert theirs.marginalMin("A")[1] == pytest.approx(least, abs=1e-6)


def random_rows(rng: np.random.Generator, rows: int, states: int) -> Rows:
    """Return intervals around random rows."""
    middle = rng.dirichlet(np.ones(states), rows)
    width = rng.uniform(0, 0.4, (rows, states))
    return Rows(low=np.maximum(middle - width, 0), high=np.minimum(middle + width, 1))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**20), st.integers(1, 3), st.integers(2, 4))
def test_extremes_are_those_of_all_vertices(seed, rows, states):
    """The greatest mean of a random linear joint is the greatest over every combination of vertices, and is reached."""
    rng = np.random.default_rng(seed)
    held = random_rows(rng, rows, states)
    linear = Linear(rows=held, start=rng.random(5) * rng.integers(2), move=rng.random((rows, states, 5)))
    value = rng.normal(size=5)
    every = list(corners(held))
    assert len(every) == corner_count(held, 10_000)
    means = [(linear.at(entries) @ value) / linear.at(entries).sum() for entries in every]
    greatest, entries = linear.greatest(value)
    assert greatest == pytest.approx(max(means), abs=1e-9)
    assert (linear.at(entries) @ value) / linear.at(entries).sum() == pytest.approx(greatest)
    assert linear.least(value)[0] == pytest.approx(min(means), abs=1e-9)
    assert entries.sum(1) == pytest.approx(1)
    assert ((entries >= held.low - 1e-12) & (entries <= held.high + 1e-12)).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**20), st.integers(2, 6))
def test_the_best_row_solves_the_linear_programme(seed, states):
    """The row that gains most is the solution of somebody else's linear programme."""
    rng = np.random.default_rng(seed)
    held, gain = random_rows(rng, 1, states), rng.normal(size=states)
    bounds = list(zip(held.low[0], held.high[0], strict=True))
    theirs = linprog(-gain, A_eq=np.ones((1, states)), b_eq=[1.0], bounds=bounds)
    assert (held.best(gain[None]) * gain).sum() == pytest.approx(-theirs.fun)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**20), st.integers(1, 7))
def test_free_entries_are_bounded_by_all_their_ends(seed, states):
    """Over measures with every entry between two ends, the greatest mean is that of the best combination of ends."""
    rng = np.random.default_rng(seed)
    low = rng.random(states) * rng.integers(2, size=states)
    high, value = low + rng.random(states), rng.normal(size=states)
    every = [np.array(ends) for ends in product(*zip(low, high, strict=True))]
    means = [(one @ value) / one.sum() for one in every if one.sum() > 0]
    assert greatest_between(low, high, value) == pytest.approx(max(means))


def test_rows_that_cannot_be_are_refused():
    """Intervals outside 0 to 1, empty ones, and those among which no row sums to one are refused."""
    for low, high in (([0.6, 0.6], [1, 1]), ([0, 0], [0.4, 0.4]), ([0.5, 0], [0.4, 1]), ([-0.1, 0], [1, 1])):
        with pytest.raises(ValueError, match="interval"):
            Rows(low=np.array([low], dtype=float), high=np.array([high], dtype=float))


@pytest.mark.parametrize("name", ["destruction", "conditional_wording", "denial"])
def test_a_widened_table_has_the_bounds_of_all_its_vertices(name):
    """P(coercion) and the costs are bounded as over every vertex of the table, each put through the whole engine."""
    one = assessed_quickly("sony-2014")
    found = credal(one, tables={name: 0.2})
    assert found.exact[:, :-1].all()
    known = one.knowledge.afresh()
    believe(sony(), known)  # so that noise stands where it is
    menu, rows = choice(one, decision="response"), known.table(name)
    flat = rows.reshape(-1, *rows.shape[-2:])
    chances, costs = [], []
    for states in product(range(flat.shape[1] + 1), repeat=len(flat)):
        # a fifth of each row is certain of a state, or the row stays as it is
        certain = [
            flat[row] if at == len(flat[row]) else np.eye(len(flat[row]))[at][:, None] for row, at in enumerate(states)
        ]
        moved = np.array([0.8 * flat[row] + 0.2 * one for row, one in enumerate(certain)])
        belief = believe(sony(), known.at_rows({name: moved.reshape(rows.shape)}))
        chances.append(belief.averaged[IS_COERCION].sum())
        costs.append(menu.by_option(menu.expected(belief.averaged)))
    assert found.low[0, 0] == pytest.approx(min(chances), abs=1e-9)
    assert found.high[0, 0] == pytest.approx(max(chances), abs=1e-9)
    for place, option in enumerate(menu.options):
        column = found.quantities.index(f"cost {option}")
        each = np.array(costs)[:, place]
        assert found.outer_low[0, column] == pytest.approx(each.min(), abs=1e-3)
        assert found.low[0, column] == pytest.approx(each.min(), abs=1e-3)
        assert each.max() <= found.outer_high[0, column] + 1e-3


@pytest.mark.parametrize("name", ["intent", "kind", "signalling", "objective", "target_fit", "demanded"])
def test_an_odd_member_of_the_set_lies_inside(name):
    """Whatever takes the place of a tenth of each row, in the whole joint, nothing leaves the bounds."""
    one = assessed_quickly("sony-2014")
    found = credal(one, tables={name: 0.1})
    here = joint_of(sony(), one.knowledge)
    asking = Asking.of(choice(one, decision="response"))
    rng = np.random.default_rng(1)
    table = here.table(name)
    for _ in range(20):
        odd = rng.dirichlet(np.full(table.shape[-2], 0.2), table.shape[:-2])[..., None]
        states = here.folded(here.with_tables({name: 0.9 * table + 0.1 * odd}))
        cost = asking.cost @ (states / states.sum())
        probabilities = [value @ (states / states.sum()) for value in asking.beliefs()]
        assert (probabilities >= found.outer_low[0, : len(probabilities)] - 1e-12).all()
        assert (probabilities <= found.outer_high[0, : len(probabilities)] + 1e-12).all()
        gap = min(cost[asking.option != asking.pick]) - min(cost[asking.option == asking.pick])
        assert found.outer_low[0, -1] - 1e-3 <= gap <= found.outer_high[0, -1] + 1e-3


def test_intervals_of_entries_are_those_of_the_table():
    """A base rate that is one row for all draws: its ends are asked of the engine one by one."""
    one = assess(sony(), tables(1, 50).at_values())
    frame, state = (sony().frame,), "crime"
    found = credal(one, tables={"intent": {frame: {state: (0.3, 0.4)}}})
    entry = one.knowledge.tables["intent"]
    row = [label for label, _, _ in entry.rows()].index(frame)
    crime = entry.states.index(state)
    shown = []
    for rest in range(len(entry.states)):
        for share in (0.3, 0.4):
            if rest == crime:
                continue
            rows = one.knowledge.table("intent").copy()
            rows[row] = 0.0
            rows[row, crime], rows[row, rest] = share, 1 - share
            here = joint_of(sony(), one.knowledge)
            joint = here.with_tables({"intent": rows})
            shown.append(joint[IS_COERCION].sum() / joint.sum())
    assert found.low[0, 0] == pytest.approx(min(shown), abs=1e-9)
    assert found.high[0, 0] == pytest.approx(max(shown), abs=1e-9)


def test_nothing_widened_is_the_answer_as_it_is():
    """A share of nothing leaves every bound where the answer is; more of it never narrows a bound."""
    one = assessed_quickly("sony-2014")
    none, some, more = (credal(one, tables={"leak": share, "signalling": share}) for share in (0.0, 0.05, 0.1))
    scale = np.where(np.array(none.units) == "USD", 1e-2, 1e-9)
    assert (np.abs(none.low - none.now) <= scale).all()
    assert (np.abs(none.outer_high - none.now) <= scale).all()
    assert (some.outer_low <= none.outer_low + scale).all()
    assert (more.outer_low <= some.outer_low + scale).all()
    assert (more.outer_high >= some.outer_high - scale).all()
    shown = one.ranking.default
    at = {option.response: option.delta for option in shown.options} | {"nothing": 0.0}
    for name, cost in at.items():
        assert none.now[none.quantities.index(f"cost {name}")] == pytest.approx(cost, rel=1e-9, abs=1e-3)


def test_two_tables_at_once_reach_further_than_each():
    """Few vertices are all tried: exact; climbing reaches no further, and stays within what is never passed."""
    one = assessed_quickly("sony-2014")
    here = joint_of(sony(), one.knowledge)
    asking = Asking.of(choice(one, decision="response"))
    widened = {"conditional_wording": 0.2, "denial": 0.2}
    exact = table_set("both", here, widened, asking.cost)
    assert isinstance(exact, LinearSet)
    alone = tuple(table_rows(here, name, share) for name, share in widened.items())
    climbed = ClimbedSet(
        name="both", here=here, widened=widened, alone=alone, between=between(here, widened), cost=asking.cost
    )
    flat = {name: here.table(name) for name in widened}
    for value in (asking.beliefs()[0], -asking.beliefs()[0], asking.beliefs()[1]):
        query = Query(states=value)
        tried = []
        for first in product(range(3), repeat=3):
            for second in product(range(5), repeat=2):
                # each row moves a fifth towards a state, or, where the place is beyond the last, stays
                rows = {"conditional_wording": np.eye(3)[list(first), :2], "denial": np.eye(5)[list(second), :4]}
                moved = {
                    name: flat[name] * (1 - 0.2 * rows[name].sum(1))[:, None, None] + 0.2 * rows[name][..., None]
                    for name in widened
                }
                states = here.folded(here.with_tables(moved))
                tried.append(states @ value / states.sum())
        assert exact.bound(query) == pytest.approx(max(tried), abs=1e-9)
        reached = float(climbed.reach(query).states @ value)
        assert reached == pytest.approx(max(tried), abs=1e-6)
        assert climbed.bound(query) >= max(tried)
        assert max(table_set("one", here, {name: 0.2}, asking.cost).bound(query) for name in widened) <= max(tried)
    both = credal(one, tables=widened, together=True)
    assert both.sets[-1] == "2 tables together"


def test_many_tables_at_once_are_bounded_from_both_sides():
    """What is climbed to is a member, so it lies within bounds that no member passes, and beyond each table alone."""
    one = assess(sony(), tables(1, 50))
    found = credal(one, tables={"leak": 0.05, "target_fit": 0.05, "claim": 0.05}, together=True)
    assert not found.exact[-1, 0]
    assert (found.outer_low[-1] <= found.low[-1] + 1e-6).all()
    assert (found.outer_high[-1] >= found.high[-1] - 1e-6).all()
    assert found.low[-1, 0] <= found.low[:-1, 0].min() + 1e-9
    assert found.high[-1, 0] >= found.high[:-1, 0].max() - 1e-9


def test_two_reports_by_one_channel_are_not_called_exact():
    """Where the joint is not linear in a table, that is noticed: the bounds are outer ones."""
    named = [report.fact for report in sony().reports]
    assert named.count("message_text") > 1
    found = credal(assessed_quickly("sony-2014"), tables={"message_text": 0.1, "leak": 0.1})
    assert not found.exact[0, 0]
    assert found.exact[1, 0]
    assert found.outer_low[0, 0] <= found.low[0, 0] <= found.now[0] <= found.high[0, 0] <= found.outer_high[0, 0]


@pytest.mark.parametrize("node", ["coercion", "actor"])
def test_bounded_beliefs_are_those_of_tilting(node):
    """Ends of one probability are reached where the belief is tilted to them; expected costs are linear between."""
    one = assessed_quickly("sony-2014")
    state = {"coercion": "yes", "actor": "north-korea"}[node]
    found = credal(one, beliefs={node: {state: (0.3, 0.9)}})
    menu = choice(one, decision="response")
    assert found.exact[0, :1].all()
    if node == "actor":  # others may share the rest in any way
        assert found.low[0, found.quantities.index("P(actor north-korea)")] == pytest.approx(0.3)
        assert found.high[0, found.quantities.index("P(actor north-korea)")] == pytest.approx(0.9)
        return
    ends = [tilted(one.belief, node, {state: p}).posterior.sum(-1) for p in (0.3, 0.9)]
    costs = np.array([menu.by_option(menu.expected(states)) for states in ends])
    for place, option in enumerate(menu.options):
        column = found.quantities.index(f"cost {option}")
        assert found.low[0, column] == pytest.approx(costs[:, place].min(), abs=1e-3)
        assert found.high[0, column] == pytest.approx(costs[:, place].max(), abs=1e-3)


def test_undetermined_where_the_gap_may_be_either_way():
    """Plan 1 costs -2 against the first actor and 3 against the second, so 3 - 5 p; p .5 to .7: from .5 to -.5.

    With p .65 to .7 it is at most -.25: plan 1, whatever holds. Plan 2 costs 1 more than plan 1: always beaten.
    """
    menu = toy([[0, 0], [-2, 3], [-1, 4]], [0.7, 0.3])
    asking = Asking.of(menu)
    assert asking.menu.options[asking.pick] == "plan 1"

    def bounds(low: float, high: float):
        return asking.bounds(marginal_set(menu, "actor", {"actor 0": (low, high)}, asking.cost))

    gap, cost = asking.quantities.index("gap"), asking.quantities.index("cost plan 1")
    wide = bounds(0.5, 0.7)
    assert (wide.outer_low[cost], wide.outer_high[cost]) == pytest.approx((-0.5, 0.5))
    assert (wide.outer_low[gap], wide.low[gap]) == pytest.approx((-0.5, -0.5))
    assert wide.undominated == ("plan 0", "plan 1")
    assert wide.best == ("plan 0", "plan 1")
    narrow = bounds(0.65, 0.7)
    assert narrow.outer_low[gap] == pytest.approx(0.25)
    assert narrow.undominated == narrow.best == ("plan 1",)


def test_inputs_are_asked_at_all_their_corners():
    """Two inputs: bounds are those of the engine asked at the four combinations, and one alone at its two ends."""
    one = assessed_quickly("sony-2014")
    harm = input_named(one, "stakes.harm_now")
    alone = credal(one, inputs={"stakes.harm_now": None})
    asked = [harm.ask(value).gap(alone.pick) for value in (harm.low, harm.high)]
    assert alone.low[0, -1] == pytest.approx(min(asked), rel=1e-9)
    assert alone.high[0, -1] == pytest.approx(max(asked), rel=1e-9)
    assert alone.exact[0, 0]

    both = credal(one, inputs={"stakes.harm_now": (1e7, 2e8), "p.coercion": (0.2, 0.9)})
    gaps = []
    for value, p in product((1e7, 2e8), (0.2, 0.9)):
        told = harm.ask(value)
        menu = told.choice
        states = tilted(one.belief, "coercion", {"yes": p}).posterior.sum(-1)
        costs = dict(zip(menu.options, menu.by_option(menu.expected(states)), strict=True))
        gaps.append(min(cost for name, cost in costs.items() if name != both.pick) - costs[both.pick])
    assert both.low[0, -1] == pytest.approx(min(gaps), rel=1e-6)
    assert both.high[0, -1] == pytest.approx(max(gaps), rel=1e-6)
    assert both.low[0, 0] == pytest.approx(0.2)
    assert both.high[0, 0] == pytest.approx(0.9)


def test_an_input_that_can_flip_the_pick_leaves_it_undetermined():
    """Where one end of the inputs has another response first, the answer is undetermined and says among which."""
    one = assessed_quickly("sony-2014")
    found = credal(one, inputs=["stakes.harm_now", "stakes.resilience"])
    assert found.answers == (UNDETERMINED,)
    assert found.settled == (True,)
    assert set(found.best_somewhere[0]) > {found.pick}
    assert "undetermined; none of" in found.words()[0]
    harm, hard = (input_named(one, name) for name in ("stakes.harm_now", "stakes.resilience"))
    assert found.low[0, -1] < min(harm.ask(harm.low).gap(found.pick), hard.ask(hard.high).gap(found.pick))


@pytest.mark.parametrize("name", IDS)
def test_every_shipped_source_is_bounded(name):
    """Every case and campaign has bounds under beliefs and inputs; the answer is the pick or undetermined."""
    one = assessed_quickly(name)
    found = credal(one, beliefs={"coercion": {"yes": (0.01, 0.99)}}, inputs=["stakes.harm_next"])
    menu = choice(one, decision="response")
    assert found.pick == menu.first
    assert set(found.answers) <= {found.pick, UNDETERMINED}
    assert (found.outer_low <= found.low + 1e-3).all()
    for row, answer in enumerate(found.answers):
        assert found.pick in found.undominated[row]
        assert set(found.best_somewhere[row]) <= set(found.undominated[row])
        assert (answer == found.pick) <= (found.undominated[row] == (found.pick,))
    shown = found.labelled()
    assert shown.reached.dims == ("set", "quantity", "bound")
    assert shown.attrs["pick"] == found.pick
    assert len(found.words()) == 2


@pytest.mark.parametrize("view", ["target", "long"])
def test_other_views_and_decisions_are_bounded(view):
    """Bounds hold in each view and for a choice in two steps; the pick is that of the menu."""
    one = assessed_quickly("opm-2015")
    found = credal(one, tables={"denial": 0.1}, view=view, decision="two-step")
    assert found.pick == choice(one, decision="two-step", view=view).first
    assert (found.outer_low[0] <= found.now + 1e-6).all()
    assert (found.now <= found.outer_high[0] + 1e-6).all()


@pytest.mark.parametrize("seed", range(6))
def test_random_cases_are_bounded(seed):
    """In random cases every table is linear or said not to be, and bounds hold the answer as it is."""
    one = assess(random_case(seed), tables(1, 20))
    found = credal(one, tables=0.1)
    scale = np.where(np.array(found.units) == "USD", 1.0, 1e-9)
    assert (found.outer_low <= found.now + scale).all()
    assert (found.outer_high >= found.now - scale).all()


def test_stated_beliefs_and_a_fit_are_held():
    """With a pinned belief, and with draws of a fit whose base rates drift, the joint as it is is the belief."""
    told = [report.model_dump(by_alias=True, exclude_unset=True) for report in sony().reports]
    pin = {"id": "who", "fact": "actor", "kind": "pinned", "findings": {"north-korea": 0.6, "other": 0.4}}
    pinned = changed(sony(), reports=[*told, pin])
    fitted = with_fit(tables(1, FEW), load_fit("default"))
    other = load("estonia-2007")
    assert isinstance(other, Case)
    for case, known in ((pinned, tables(1, FEW)), (sony(), fitted), (other, fitted)):
        here = joint_of(case, known)
        now = here.folded(here.now)
        assert now / now.sum() == pytest.approx(believe(case, known).averaged.ravel(), abs=1e-9)
        assert table_rows(here, "kind", 0.1).straight


def test_what_cannot_be_asked_is_said():
    """Nothing to widen, tables of a campaign, and names that are not known are refused in words."""
    one = assessed_quickly("sony-2014")
    refused = {
        "nothing that is only known": {},
        "the table weather": {"tables": {"weather": 0.1}},
        "the row nobody": {"tables": {"intent": {("nobody",): {"crime": (0.1, 0.2)}}}},
        "the state rain": {"tables": {"intent": {("threat-received",): {"rain": (0.1, 0.2)}}}},
        "a share of 1.5": {"tables": {"leak": 1.5}},
        "beliefs about weather": {"beliefs": {"weather": {}}},
        "the actor martian": {"beliefs": {"actor": {"martian": (0.1, 0.2)}}},
        "no row sums to one": {"beliefs": {"coercion": {"yes": (0.1, 0.2), "no": (0.1, 0.2)}}},
        "the input 'stakes.weather'": {"inputs": ["stakes.weather"]},
        "at most 6": {
            "inputs": [f"p.actor.{name}" for name in one.case.actor_ids] + ["p.coercion", "discount", "coverage"]
        },
        "one of them at once": {"inputs": ["p.coercion", "p.actor.north-korea"]},
    }
    for words, asked in refused.items():
        with pytest.raises(ValueError, match=words):
            credal(one, **asked)
    with pytest.raises(ValueError, match="tables of a campaign"):
        credal(assessed_quickly("ukraine-2014-2016"), tables=0.1)
