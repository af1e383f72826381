"""Attitudes to risk: by hand, against the ranking and against brute force; and the military tail beside them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sensitivity.examples import IDS, assessed, assessed_quickly

from cybercoercion.response import rank
from cybercoercion.response.assumed import AssumedBelief
from cybercoercion.response.summary import bands
from cybercoercion.response.terms import military_loss, tail
from cybercoercion.sensitivity.attitude import ATTITUDES, attitudes, credible, first, influence, offered, worst
from cybercoercion.sensitivity.choice import DECISIONS
from cybercoercion.sensitivity.military import flip
from cybercoercion.vocabulary import RESPONSES, VIEWS

TEN = np.array([[3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0]])


def test_tail_mean_of_ten_numbers_by_hand() -> None:
    """Of 1 1 2 3 3 4 5 5 6 9 the worst tenth is 9, the worst fifth (6 + 9) / 2 = 7.5, the worst quarter 17.5 / 2.5."""
    even = np.full(10, 0.1)
    assert bands(TEN, even, 0.9)[0, 2] == pytest.approx(9)
    assert bands(TEN, even, 0.8)[0, 2] == pytest.approx(7.5)
    assert bands(TEN, even, 0.75)[0, 2] == pytest.approx((9 + 6 + 0.5 * 5) / 2.5)
    assert influence(TEN, even, 0.75).mean() == pytest.approx((9 + 6 + 0.5 * 5) / 2.5)


def test_worst_and_regret_by_hand() -> None:
    """A costs 1 or 9, B 4 or 5: the worst are 9 and 5, the regrets 9 - 5 = 4 and 4 - 1 = 3; B is first by both."""
    costs = np.array([[[1.0], [9.0]], [[4.0], [5.0]]])
    even = np.ones((2, 1))
    assert worst(costs, even, 1.0).tolist() == [9.0, 5.0]
    assert worst(costs - costs.min(0), even, 1.0).tolist() == [4.0, 3.0]
    assert first(worst(costs, even, 1.0), ("a", "b")) == "b"


def test_the_point_leaves_out_what_is_rarer() -> None:
    """Of costs 1, 2 and 100 at .6, .39 and .01 the 99 % point is 2, the 99.5 % point 100."""
    costs, weights = np.array([[[1.0, 2.0, 100.0]]]), np.array([[0.6, 0.39, 0.01]])
    assert worst(costs, weights, 0.99).tolist() == [2.0]
    assert worst(costs, weights, 0.995).tolist() == [100.0]


def test_credible_states_are_the_fewest_that_hold_the_share() -> None:
    """Of .5, .3, .15 and .05 two hold .8, three .81 and all of them everything."""
    p = np.array([0.05, 0.5, 0.15, 0.3]).reshape(2, 2, 1, 1)
    assert credible(p, 0.8) == [(0, 1, 0), (1, 1, 0)]
    assert len(credible(p, 0.81)) == 3
    assert len(credible(p, 1.0)) == 4


@given(
    values=st.lists(st.lists(st.floats(-1e3, 1e3), min_size=6, max_size=6), min_size=2, max_size=4),
    shift=st.floats(-1e3, 1e3),
)
def test_a_constant_on_all_costs_changes_no_order(values: list[list[float]], shift: float) -> None:
    """Every attitude moves by the constant, or not at all (regret), for all options alike; regret is never negative."""
    costs = np.array(values)[:, None]
    even = np.full((1, 6), 1 / 6)
    for point in (0.5, 0.9, 1.0):
        assert worst(costs + shift, even, point) == pytest.approx(worst(costs, even, point) + shift, abs=1e-6)
    regret, moved = costs - costs.min(0), costs + shift - (costs + shift).min(0)
    assert worst(moved, even, 1.0) == pytest.approx(worst(regret, even, 1.0), abs=1e-6)
    assert (worst(regret, even, 0.5) >= 0).all()
    assert (bands(costs[:, 0], even[0], 0.9)[:, 2] <= worst(costs, even, 1.0) + 1e-9).all()


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("view", VIEWS)
def test_expected_and_tail_mean_are_those_of_the_ranking(name: str, view: str) -> None:
    """In every shipped case and view two columns are what the ranking says, and the same option is first on average."""
    assessment = assessed_quickly(name)
    found, ranking = attitudes(assessment, view=view), assessment.ranking.views[view]
    values = dict(zip(found.options, found.values.T, strict=True))
    for response in RESPONSES:
        option = ranking.option(response)
        assert values[response][0] == pytest.approx(option.expected_cost, rel=1e-9)
        assert values[response][1] == pytest.approx(option.cvar90, rel=1e-9)
        assert option.variant in found.variants[found.options.index(response)]
    assert values["nothing"][0] == pytest.approx(ranking.nothing)
    assert found.pick == ranking.first
    assert set(found.tied[0]) == set(ranking.tied)


def test_worst_and_regret_are_those_of_brute_force() -> None:
    """State by state a ranking of a belief that is sure of it gives the same worst point and largest regret."""
    assessment = assessed_quickly("sony-2014")
    found = attitudes(assessment)
    belief, ranking = assessment.belief, assessment.ranking.default
    plans = [
        min((one for one in offered(ranking, "response") if one.option == name), key=lambda one: one.delta).plan
        for name in found.options
    ]
    highest, largest = np.full(len(plans), -np.inf), np.full(len(plans), -np.inf)
    for state in credible(belief.posterior, 0.95):
        sure = np.zeros((*belief.posterior.shape[:3], 1))
        sure[state] = 1
        known = AssumedBelief(intents=belief.intents, actors=belief.actors, demands=belief.demands, posterior=sure)
        scene = rank(known, assessment.costs, views=("nation",)).views["nation"].scene
        costs = np.array([scene.drawn(plan, ranking.view) for plan in plans])
        weight = belief.posterior[state] / belief.posterior[state].sum()
        for place, row in enumerate(costs):
            for values, out in ((row, highest), (row - costs.min(0), largest)):
                ranked = sorted(zip(values.tolist(), weight.tolist(), strict=True))
                heap = 0.0
                for value, mass in ranked:
                    heap += mass
                    if heap >= 0.995 - 1e-12:
                        out[place] = max(out[place], value)
                        break
    assert found.values[2] == pytest.approx(highest)
    assert found.values[3] == pytest.approx(largest)


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("decision", DECISIONS)
def test_every_case_has_four_attitudes(name: str, decision: str) -> None:
    """Every shipped case has a first by each attitude, which ties with itself; those that agree or dissent are four.

    Of no option is the mean of its worst tenth cheaper than what it is expected to cost.
    """
    found = attitudes(assessed_quickly(name), decision=decision)  # type: ignore[arg-type]
    assert tuple(found.firsts) == ATTITUDES
    for one, tied in zip(found.firsts.values(), found.tied, strict=True):
        assert one in tied
    assert len(found.agreeing) + len(found.dissenting) == len(ATTITUDES)
    assert "expected" in found.agreeing
    assert (found.values[3] >= 0).all()
    assert (found.values[1] >= found.values[0] - 1e-9 * abs(found.values[0])).all()
    gaps, costs = found.measured("gap"), found.measured("cost")
    assert gaps[0] >= 0
    assert (costs[:, found.options.index("nothing")] == 0).all()
    for gap, one in zip(gaps[:, 0], found.firsts.values(), strict=True):
        assert (gap < 0) <= (one != found.pick)


def test_a_higher_level_looks_at_worse() -> None:
    """The tail mean rises with its level, for every option; a level outside 0 to 1 is refused."""
    assessment = assessed_quickly("sony-2014")
    tails = [attitudes(assessment, level=level).values[1] for level in (0.5, 0.8, 0.95)]
    assert (np.diff(tails, axis=0) > 0).all()
    with pytest.raises(ValueError, match="between 0 and 1"):
        attitudes(assessment, level=1.0)


def test_labels() -> None:
    """Labelled values name attitude and option, in USD."""
    found = attitudes(assessed_quickly("sony-2014"))
    table = found.labelled()
    assert table.sel(attitude="expected", option="denial").item() == found.values[0, found.options.index("denial")]
    assert table.attrs["unit"] == "USD"
    assert found.labelled("gap").dims == ("attitude", "option")


def test_flip_by_hand() -> None:
    """-10 + .02 L meets -4 at L = 300 and 0 at 500: the flip is at 300, to the second; without slopes there is none."""
    names = ["punishment", "norms", "nothing"]
    assert flip(np.array([-10.0, -4.0, 0.0]), np.array([0.02, 0, 0]), names) == (300.0, "norms")
    assert flip(np.array([-10.0, -4.0, 0.0]), np.zeros(3), names) == (None, None)
    # the same option at a variant without a tail takes over at 150, and the option stays first for ever
    found = flip(np.array([-10.0, -7.0, 0.0]), np.array([0.02, 0, 0]), ["punishment", "punishment", "nothing"])
    assert found == (None, None)


LINES = st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 20), st.sampled_from("abc")), min_size=2, max_size=7)


@given(lines=LINES)
def test_the_flip_is_where_a_grid_finds_it(lines: list[tuple[int, int, str]]) -> None:
    """On a fine grid of losses the first option changes between the point before the flip and the one after."""
    delta, added = (np.array([one[place] for one in lines], dtype=float) for place in (0, 1))
    names = [one[2] for one in lines]
    at, then = flip(delta, added / 100, names)
    grid = np.arange(0.5, 12_000, 1.0)
    costs = delta[:, None] + added[:, None] / 100 * grid

    def leads(name: str) -> np.ndarray:
        """Say where no other option is cheaper."""
        mine = np.array([one == name for one in names])
        if mine.all():
            return np.ones(len(grid), dtype=bool)
        return np.asarray(costs[mine].min(0) <= costs[~mine].min(0) + 1e-9)

    now = first(np.array([min(d for d, n in zip(delta, names, strict=True) if n == one) for one in sorted(set(names))]),
                sorted(set(names)))  # fmt: skip
    if np.isclose(delta, delta.min()).sum() > 1:
        return  # which of equals is first now is a convention
    if at is None:
        assert leads(now).all()
    else:
        assert leads(now)[grid < at - 1e-6].all()
        assert then is not None
        after = grid > at + 1e-6
        assert not after.any() or leads(then)[np.argmax(after)] or not leads(now)[np.argmax(after)]


@pytest.mark.parametrize("name", IDS)
def test_the_tail_is_counted_as_the_ranking_counts_it(name: str) -> None:
    """At the capped mean a row costs its difference and the tail beside it; raw is dearer; only states pay."""
    assessment = assessed_quickly(name)
    ranking = assessment.ranking.views["long"]
    found = attitudes(assessment, view="long").tail
    loss = military_loss(assessment.costs).mean
    rows = [
        (row.levers[0].variant.response, row.delta + float(tail(assessment.costs, one.plan).mean()) * loss)
        for row, one in zip(ranking.likely, offered(ranking, "response"), strict=False)
    ]
    for response in RESPONSES:
        least = min(cost for option, cost in rows if option == response)
        assert dict(found.capped.costs)[response] == pytest.approx(least, rel=1e-9, abs=1e-3)
    assert found.raw.loss > found.capped.loss > found.without.loss == 0
    assert found.without.first == ranking.first
    target = attitudes(assessment, view="target").tail
    assert target.borne == assessment.ranking.views["target"].view.nation
    assert target.borne == (assessment.case.target.kind == "state")
    assert target.borne or target.raw.costs == target.without.costs


def test_a_dear_clash_takes_the_sanctions_away() -> None:
    """Where sanctions lead without the tail, they flip to a variant without a tail at the loss that root finding finds.

    Made so by a wrong-actor loss, a cost and a retaliation of nothing in the long view of a shipped case.
    """
    assessment = assessed("sony-2014")
    free = {f"{what}.sanctions": 1e-6 for what in ("wrong_actor", "cost", "retaliation")}
    from cybercoercion.assessment import assess

    changed = assess(assessment.case, assessment.knowledge.held(free))
    found = attitudes(changed, view="long").tail
    assert "sanctions" in found.without.plan
    at = found.plan_flips_at
    assert at is not None
    menu = offered(changed.ranking.views["long"], "response")
    added = np.array([float(tail(changed.costs, one.plan).mean()) for one in menu])
    delta = np.array([one.delta for one in menu])
    low, high = 0.0, 1e15
    for _ in range(200):
        middle = (low + high) / 2
        best = menu[int((delta + added * middle).argmin())].name
        low, high = (middle, high) if best == found.without.plan else (low, middle)
    assert at == pytest.approx(high, rel=1e-8)
    best = menu[int((delta + added * at * 1.000001).argmin())]
    assert best.name == found.plan_then


def test_the_price_of_escalation_multiplies_the_tail() -> None:
    """At ten times the price of escalation the tail adds ten times as much, and the flip comes at a tenth."""
    assessment = assessed_quickly("sony-2014")
    dear = assessment.case.model_copy(
        update={"stakes": assessment.case.stakes.model_copy(update={"price_of_escalation": 10.0})}
    )
    from cybercoercion.assessment import assess

    menu = offered(assessment.ranking.views["long"], "response")
    one = next(each for each in menu if "sanctions" in each.name)
    plain = attitudes(assessment, view="long").tail
    other = assess(dear, assessment.knowledge)
    found = attitudes(other, view="long").tail
    assert found.raw.loss == plain.raw.loss
    added = float(tail(assessment.costs, one.plan).mean())
    assert added > 0
    delta, options = np.array([-1.0, 0.0]), ["a", "nothing"]
    assert flip(delta, np.array([added, 0]), options)[0] == pytest.approx(
        10 * (flip(delta, np.array([10 * added, 0]), options)[0] or 0)
    )
    assert replace(found, without=plain.without).without == plain.without
