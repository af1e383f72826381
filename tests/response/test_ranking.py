"""The ranking: exact sums, weights, thresholds, shares, regret, ties, futures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import brentq

from cybercoercion.case import Case, load_case
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.response import Ranking, assumed_belief, costs, rank, why_this_cost
from cybercoercion.response.lever import Lever
from cybercoercion.response.terms import NOTHING_NEW, Plan, terms, total
from cybercoercion.response.weights import Weights
from cybercoercion.vocabulary import INTENTS, VIEWS

Array = NDArray[np.float64]
INTENT = {"compellence": 0.6, "deterrence": 0.1, "destabilisation": 0.1, "retaliation": 0.15, "crime": 0.05}
DRAWS = 50
SONY = load_case("sony-2014")


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A belief that differs from draw to draw, with unequal weights."""

    actors: tuple[str, ...]
    demands: tuple[str, ...]
    posterior: Array
    intents: tuple[str, ...] = INTENTS


def uneven(case: Case, draws: int = DRAWS) -> Drawn:
    """Return a belief whose draws disagree and weigh differently."""
    rng = np.random.default_rng(3)
    actors, demands = (*case.actor_ids, "other"), (*case.demand_ids, "none")
    shape = (len(INTENTS), len(actors), len(demands))
    odds = np.ones(shape)
    odds[:, 0] = 12.0
    raw = rng.dirichlet(odds.ravel(), draws).T.reshape(*shape, draws) * rng.gamma(0.7, size=draws)
    return Drawn(actors=actors, demands=demands, posterior=raw / raw.sum())


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """Return the tables with few draws."""
    return load_knowledge(draws=DRAWS)


@pytest.fixture(scope="module")
def ranking(knowledge: Knowledge) -> Ranking:
    """Return Sony ranked under the uneven belief."""
    return rank(uneven(SONY), costs(SONY, knowledge))


@pytest.mark.parametrize("view", VIEWS)
def test_expectation_is_the_sum_over_states_and_draws(ranking: Ranking, knowledge: Knowledge, view: str) -> None:
    """Expected costs are the plain sum over every state and every draw, the joint belief averaged."""
    belief, model = uneven(SONY), costs(SONY, knowledge)
    joint = belief.posterior.sum(-1)
    for option in ranking.views[view].options:
        plan = Plan(levers=(model.lever(option.variant, option.against),))
        found = 0.0
        for i, a, d in product(*(range(n) for n in joint.shape)):
            states = np.zeros((*joint.shape[:2], 1))
            states[i, a] = 1.0
            asked = np.zeros((joint.shape[2] - 1, 1))
            asked[d : d + 1] = 1.0
            one = Weights(
                states=states,
                demanded=states * (d < len(asked)),
                demands=asked,
                mass=np.ones(1),
                factors=model.factors,
                off_target=model.off_target,
            )
            by_draw = np.broadcast_to(total(terms(model, plan, model.views[view], one, expected=True)), DRAWS)
            found += sum(joint[i, a, d] * float(cost) / DRAWS for cost in by_draw)
        assert option.expected_cost == pytest.approx(found, rel=1e-10)


def test_draws_are_weighted_as_the_belief_weighs_them(ranking: Ranking) -> None:
    """Shares, regret and probability of being better than nothing count each draw by its weight."""
    view = ranking.default
    weights = uneven(SONY).posterior.sum((0, 1, 2))
    levels = np.array([view.nothing_draws + option.difference_draws for option in view.options] + [view.nothing_draws])
    cheapest = levels.argmin(0)
    for place, option in enumerate(view.options):
        assert option.p_best == pytest.approx(weights[cheapest == place].sum())
        assert option.p_better == pytest.approx(weights[option.difference_draws < 0].sum())
        assert option.regret == pytest.approx(((levels[place] - levels.min(0)) * weights).sum())
    assert sum(option.p_best for option in view.options) + view.p_best_nothing == pytest.approx(1)
    assert sum(option.cheapest_in_futures for option in view.options) + view.futures_nothing == pytest.approx(1)


@pytest.mark.parametrize("view", VIEWS)
def test_information_is_worth_the_regret_of_the_pick(ranking: Ranking, view: str) -> None:
    """The value of perfect knowledge of the inputs is the expected regret of the pick, and no regret is negative."""
    one = ranking.views[view]
    assert all(option.regret >= 0 for option in one.options)
    weights = one.scene.share
    levels = {option.response: one.nothing_draws + option.difference_draws for option in one.options}
    levels["nothing"] = one.nothing_draws
    cheapest = np.minimum.reduce(list(levels.values()))
    assert one.evpi == pytest.approx(float(levels[one.first] @ weights - cheapest @ weights))
    assert one.evpi >= 0


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("two_step", [True, False])
def test_threshold_is_where_the_engine_breaks_even(knowledge: Knowledge, view: str, two_step: bool) -> None:  # noqa: FBT001
    """P* is the probability of guilt at which the engine finds the difference to the reference to vanish."""
    case, model = SONY, costs(SONY, knowledge)

    def believed(p: float) -> Ranking:
        rest = {"criminals": 0.2 * (1 - p), "insider": 0.3 * (1 - p)}
        belief = assumed_belief(case, {"north-korea": p, **rest}, INTENT, {"withhold-film": 0.8})
        return rank(belief, model, two_step=two_step)

    one = believed(0.6).views[view]
    base = tuple(model.lever(name) for name in one.resilience)
    checked = 0
    for row in one.rows:
        lever = row.levers[0]
        if lever.target != "north-korea":
            continue

        def difference(p: float, levers: tuple[Lever, ...] = (*base, lever)) -> float:
            scene = believed(p).views[view].scene
            cost = (sum(scene.expected(Plan(levers=some), one.view).values()) for some in (levers, base))
            return next(cost) - next(cost)

        guilty, innocent = difference(1 - 1e-9), difference(1e-9)
        if row.p_star is None:
            assert guilty >= 0
        elif row.p_star == 0.0:
            assert innocent <= 0
        else:
            assert brentq(difference, 1e-9, 1 - 1e-9, xtol=1e-12) == pytest.approx(row.p_star, abs=1e-6)
            checked += 1
    assert checked or view != "long"


def test_ties_are_called_ties(knowledge: Knowledge) -> None:
    """What differs by less than the margin, or by less than two Monte Carlo errors, is tied with the cheapest."""
    belief = assumed_belief(SONY, {"north-korea": 0.7}, INTENT, {"withhold-film": 0.8})
    wide = SONY.model_copy(update={"stakes": SONY.stakes.model_copy(update={"margin": 1e12})})
    none = SONY.model_copy(update={"stakes": SONY.stakes.model_copy(update={"margin": 0.0})})
    everything = rank(belief, costs(wide, knowledge)).default
    assert set(everything.tied) == {"denial", "punishment", "entanglement", "norms", "nothing"}
    tight = rank(belief, costs(none, knowledge)).default
    assert tight.tied[0] == tight.options[0].response
    first, second = tight.options[:2]
    assert first.gap is not None
    assert first.gap_mcse is not None
    assert (second.response in tight.tied) == (first.gap <= 2 * first.gap_mcse)


def test_margin_is_a_hundredth_of_nothing_new_in_the_default_view(ranking: Ranking) -> None:
    """Without a stated margin it is one per cent of the cost of nothing new, in the default view for every view."""
    for view in ranking.views.values():
        assert view.margin == pytest.approx(0.01 * ranking.default.nothing)


def test_rows_hold_the_published_fields(ranking: Ranking) -> None:
    """A row holds the fields of the published contract, its terms sum to its difference, and it is plain JSON."""
    for view in ranking.views.values():
        assert [option.delta for option in view.options] == sorted(option.delta for option in view.options)
        for option in view.options:
            row = option.row()
            assert set(row) == {
                "response", "variant", "against", "expected_cost", "cost_low", "cost_high", "delta", "low", "high",
                "p_better", "terms", "on_top", "gap", "gap_mcse", "p_best", "cheapest_in_futures", "regret", "cvar90",
                "p_star", "tail",
            }  # fmt: skip
            assert sum(option.terms.values()) == pytest.approx(option.delta)
            assert option.expected_cost == pytest.approx(view.nothing + option.delta)
            json.dumps(row, allow_nan=False)
        for line in view.references.values():
            json.dumps(line.row(), allow_nan=False)
        json.dumps(view.portfolio.row(), allow_nan=False)


def test_labelled(ranking: Ranking) -> None:
    """The labelled form holds the same numbers under the names of views and responses."""
    labelled = ranking.labelled()
    for view in VIEWS:
        for option in ranking.views[view].options:
            assert float(labelled["delta"].sel(view=view, response=option.response)) == option.delta


def test_cost_of_an_option_comes_from_its_states(ranking: Ranking) -> None:
    """The contributions of the states sum to the expected cost, or to the difference of two."""
    for view in VIEWS:
        one = ranking.views[view]
        for option in one.options:
            shares = why_this_cost(ranking, option.response, view=view)
            assert sum(share.probability for share in shares) == pytest.approx(1)
            assert sum(share.contribution for share in shares) == pytest.approx(option.expected_cost)
            apart = why_this_cost(ranking, option.response, "nothing", view=view)
            assert sum(share.contribution for share in apart) == pytest.approx(option.delta)
            sizes = [abs(share.contribution) for share in apart]
            assert sizes == sorted(sizes, reverse=True)


def test_futures_average_to_the_readings() -> None:
    """Futures draw a state and an outcome: over many of them, costs average to those of the readings."""
    many = load_knowledge(draws=40_000)
    belief = uneven(SONY, 40_000)
    view = rank(belief, costs(SONY, many)).default
    weights = belief.posterior.sum((0, 1, 2))
    for option in view.options:
        readings, futures = option.difference_draws @ weights, option.future_draws @ weights
        spread = np.sqrt(weights**2 @ (option.future_draws - futures) ** 2)
        assert abs(readings - futures) < 5 * spread


def test_fixed_parameters_are_one_draw() -> None:
    """At fixed parameters there is one reading, and every response is first in it or not."""
    fixed = load_knowledge().at_values()
    belief = assumed_belief(SONY, {"north-korea": 0.7}, INTENT, {"withhold-film": 0.8})
    view = rank(belief, costs(SONY, fixed)).default
    assert sorted(option.p_best for option in view.options)[:3] == [0.0, 0.0, 0.0]
    assert all(option.cost_low == option.cost_high == pytest.approx(option.expected_cost) for option in view.options)


def test_exact_means_do_not_move_with_the_seed() -> None:
    """Money enters the expectation by its exact mean: a wrong-actor loss is the same under every seed."""
    belief = assumed_belief(SONY, {"north-korea": 0.7}, INTENT, {"withhold-film": 0.8})
    found = []
    for seed in (1, 2):
        model = costs(SONY, load_knowledge(seed=seed))
        scene = rank(belief, model).default.scene
        found.append(scene.expected(Plan(levers=(model.lever("counter-operation"),)), model.views["nation"]))
    assert found[0]["wrong_actor"] == pytest.approx(found[1]["wrong_actor"], rel=0.01)
    assert found[0]["own"] == pytest.approx(found[1]["own"], rel=1e-3)


def test_belief_and_knowledge_must_agree_in_draws_or_hold_one(knowledge: Knowledge) -> None:
    """A belief of one draw serves any knowledge; its shares are those of equal weights."""
    single = assumed_belief(SONY, {"north-korea": 0.7}, INTENT, {"withhold-film": 0.8})
    repeated = assumed_belief(SONY, {"north-korea": 0.7}, INTENT, {"withhold-film": 0.8}, draws=DRAWS)
    one, two = (rank(belief, costs(SONY, knowledge)).default for belief in (single, repeated))
    for a, b in zip(one.options, two.options, strict=True):
        assert (a.delta, a.low, a.high, a.cvar90) == pytest.approx((b.delta, b.low, b.high, b.cvar90))
        assert (a.p_best, a.regret) == pytest.approx((b.p_best, b.regret))


def test_nothing_new_is_the_zero_line(ranking: Ranking) -> None:
    """Nothing new differs from itself by nothing, and its level is that of the plan without levers."""
    for view in ranking.views.values():
        line = view.references["nothing"]
        assert line.delta == 0
        assert line.expected_cost == pytest.approx(sum(view.scene.expected(NOTHING_NEW, view.view).values()))
