"""Weights of evidence add up to what the reports did to the belief, and are shared fairly."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.belief.explain.examples import SEEDS, believing, case_of, smaller

from cybercoercion.belief import believe
from cybercoercion.belief.coalition import coalitions_of
from cybercoercion.belief.weight import (
    evaluations,
    hypotheses,
    independent_reports,
    log_odds,
    origins_of,
    weigh_reports,
)
from cybercoercion.case import Case
from cybercoercion.knowledge import Knowledge, load_knowledge

KNOWLEDGE = load_knowledge(draws=7)
CLEAR = {"fact": "threat", "finding": "clear"}


@given(SEEDS)
@settings(max_examples=40)
def test_weights_sum_to_the_shift(seed: int) -> None:
    """Weights of reports sum to those of their origin, and these to the shift from prior to posterior."""
    weights = weigh_reports(coalitions_of(smaller(seed), KNOWLEDGE))
    np.testing.assert_allclose(weights.by_report.sum(0), weights.posterior - weights.prior, atol=1e-9)
    np.testing.assert_allclose(weights.by_origin.sum(0), weights.posterior - weights.prior, atol=1e-9)
    for o, origin in enumerate(weights.origins):
        members = [i for i, name in enumerate(weights.origin_of) if name == origin]
        np.testing.assert_allclose(weights.by_report[members].sum(0), weights.by_origin[o], atol=1e-9)


def test_the_shift_is_that_of_the_belief(sony: Case, knowledge: Knowledge) -> None:
    """Prior and posterior are the log-odds of the averaged belief without and with the reports."""
    weights = weigh_reports(coalitions_of(sony, knowledge))
    after, before = believe(sony, knowledge), believe(sony.model_copy(update={"reports": ()}), knowledge)
    at = weights.hypotheses.index("coercion")
    for belief, decibans in ((before, weights.prior), (after, weights.posterior)):
        p = belief.coercion.p
        assert decibans[at] == pytest.approx(10 * np.log10(p / (1 - p)), abs=1e-9)
    at = weights.hypotheses.index("actor=north-korea")
    p = after.estimates("actor")["north-korea"].p
    assert weights.posterior[at] == pytest.approx(10 * np.log10(p / (1 - p)), abs=1e-9)
    assert weights.exact


@pytest.mark.parametrize("origins", [("one", "two"), ("one", "one")])
def test_equal_reports_share_equally(origins: tuple[str, str], knowledge: Knowledge) -> None:
    """Two reports that say the same with the same grade weigh the same, independent or copies."""
    case = case_of(*(CLEAR | {"origin": origin} for origin in origins), {"fact": "leak", "finding": "yes"})
    weights = weigh_reports(coalitions_of(case, knowledge))
    np.testing.assert_allclose(weights.by_report[0], weights.by_report[1], atol=1e-9)


def test_independence_makes_two_reports_weigh_more_than_copies(knowledge: Knowledge) -> None:
    """Two reports of different origins weigh more together than two of one origin."""
    together = []
    for second in ("two", "one"):
        case = case_of(CLEAR | {"origin": "one"}, CLEAR | {"origin": second})
        together.append(abs(sum(weigh_reports(coalitions_of(case, knowledge)).of("coercion").values())))
    assert together[0] > together[1] > 0


def test_a_report_with_likelihood_ratio_one_weighs_nothing(knowledge: Knowledge) -> None:
    """A report that is as probable in every state weighs nothing for any hypothesis."""
    nothing = {"fact": "leak", "likelihood": {"yes": 0.5, "no": 0.5}}
    weights = weigh_reports(coalitions_of(case_of(nothing, CLEAR, {"fact": "claim", "finding": "persona"}), knowledge))
    np.testing.assert_allclose(weights.by_report[0], 0, atol=1e-9)
    assert abs(weights.of("coercion")["r1"]) > 0.1


def test_leave_one_out_does_not_add_up_and_shapley_does(knowledge: Knowledge) -> None:
    """Of three reports that repeat each other each can be spared, so that losses sum to less than the shift."""
    trio = [CLEAR | {"origin": "one", "copy": 0.9} for _ in range(3)]
    weights = weigh_reports(coalitions_of(case_of(*trio), knowledge))
    at = weights.hypotheses.index("coercion")
    shift = weights.posterior[at] - weights.prior[at]
    losses = weights.posterior[at] - weights.without[:, at]
    assert abs(losses.sum()) < abs(shift) / 2
    assert weights.by_report[:, at].sum() == pytest.approx(shift, abs=1e-9)


def test_without_is_the_belief_about_the_case_without(sony: Case, knowledge: Knowledge) -> None:
    """Leaving a report out gives the log-odds of the belief about the case without it."""
    weights = weigh_reports(coalitions_of(sony, knowledge), most=1)
    dropped = weights.reports[3]
    left = tuple(report for report in sony.reports if report.id != dropped)
    p = believe(sony.model_copy(update={"reports": left}), knowledge).coercion.p
    assert weights.without[3, 0] == pytest.approx(10 * np.log10(p / (1 - p)), abs=1e-9)


def test_the_exact_value_is_the_mean_over_all_orders(knowledge: Knowledge) -> None:
    """The exact value is the mean over every order of origins and every order inside them."""
    case = case_of(
        CLEAR | {"origin": "one"},
        {"fact": "media_attribution", "finding": "amber", "origin": "two"},
        {"fact": "claim", "finding": "persona", "origin": "two"},
        {"fact": "leak", "finding": "yes", "origin": "three"},
    )
    coalitions = coalitions_of(case, knowledge)
    weights = weigh_reports(coalitions)
    _, members = hypotheses(coalitions)
    total, orders = np.zeros_like(weights.by_report), 0
    for order in permutations(range(4)):
        if abs(order.index(1) - order.index(2)) > 1:
            continue  # an origin stays together
        orders, chosen = orders + 1, 0
        for i in order:
            before = log_odds(coalitions.masses(chosen), members)
            chosen |= 1 << i
            total[i] += log_odds(coalitions.masses(chosen), members) - before
    np.testing.assert_allclose(weights.by_report, total / orders, atol=1e-9)


def test_random_orders_agree_with_the_exact_value(sony: Case, knowledge: Knowledge) -> None:
    """Sampled weights sum to the shift exactly, and lie within a few standard errors of the exact ones."""
    coalitions = coalitions_of(sony, knowledge)
    exact, sampled = weigh_reports(coalitions), weigh_reports(coalitions, most=1500)
    assert exact.exact
    assert not sampled.exact
    np.testing.assert_allclose(sampled.by_report.sum(0), exact.posterior - exact.prior, atol=1e-9)
    off = (sampled.by_report - exact.by_report) / np.maximum(sampled.error, 1e-6)
    assert np.abs(off).max() < 5
    assert 0.5 < np.sqrt((off**2).mean()) < 1.6
    by_origin = (sampled.by_origin - exact.by_origin) / np.maximum(sampled.origin_error, 1e-6)
    assert np.abs(by_origin).max() < 5


def test_the_seed_decides_the_orders(sony: Case, knowledge: Knowledge) -> None:
    """The same seed gives the same weights, another one others."""
    coalitions = coalitions_of(sony, knowledge)
    first, again, other = (weigh_reports(coalitions, most=100, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.by_report, again.by_report)
    assert (first.by_report != other.by_report).any()


def test_the_order_of_reports_does_not_matter(sony: Case, knowledge: Knowledge) -> None:
    """A case file read backwards gives every report the same weight."""
    backwards = sony.model_copy(update={"reports": sony.reports[::-1]})
    there, back = (weigh_reports(coalitions_of(case, knowledge)).of("coercion") for case in (sony, backwards))
    assert there == pytest.approx(back, abs=1e-9)


@pytest.mark.parametrize("kind", ["new-belief", "pinned"])
def test_beliefs_have_a_weight(kind: str, knowledge: Knowledge) -> None:
    """A belief takes part like any report, and the weights still sum to the shift."""
    case = case_of(
        believing("actor", kind, amber=0.8, birch=0.1, other=0.1),
        {"fact": "media_attribution", "finding": "birch"},
        CLEAR,
    )
    weights = weigh_reports(coalitions_of(case, knowledge))
    np.testing.assert_allclose(weights.by_report.sum(0), weights.posterior - weights.prior, atol=1e-9)
    assert weights.of("actor=amber")["r0"] > 1


def test_a_case_without_reports_has_no_weights(knowledge: Knowledge) -> None:
    """Without a report prior and posterior are the same and nothing has a weight."""
    weights = weigh_reports(coalitions_of(case_of(), knowledge))
    assert weights.by_report.shape == (0, len(weights.hypotheses))
    np.testing.assert_array_equal(weights.prior, weights.posterior)


def test_what_is_certain_is_no_hypothesis(knowledge: Knowledge) -> None:
    """Without a list of demands, that none of it is made is certain, and no hypothesis."""
    names, _ = hypotheses(coalitions_of(case_of(CLEAR, demands=[]), knowledge))
    assert not any(name.startswith("demand=") for name in names)


@pytest.mark.parametrize(("copy", "expected"), [(0.0, 3.0), (0.5, 2.0), (1.0, 1.0)])
def test_copies_count_by_the_chance_that_they_are_none(copy: float, expected: float, knowledge: Knowledge) -> None:
    """Three reports that say the same are worth 1 + 2 (1 - c) independent ones."""
    case = case_of(*(CLEAR | {"origin": "one", "copy": copy} for _ in range(3)))
    assert independent_reports(case.reports, knowledge) == {"one": pytest.approx(expected)}


def test_the_copy_probability_of_the_tables_counts_by_its_mean(knowledge: Knowledge) -> None:
    """Where the case names no probability, that of the tables counts; what says something else counts one."""
    case = case_of(*(CLEAR | {"origin": "one"} for _ in range(2)), {"fact": "leak", "finding": "yes", "origin": "one"})
    copied = knowledge.quantity("copy.same_origin").mean()
    assert independent_reports(case.reports, knowledge)["one"] == pytest.approx(3 - copied)


def test_the_count_of_evaluations_is_what_is_evaluated(sony: Case, knowledge: Knowledge) -> None:
    """The number of evaluations that decides for the exact value is the number that it takes."""
    coalitions = coalitions_of(sony, knowledge)
    weights = weigh_reports(coalitions)
    assert weights.evaluated == evaluations(origins_of(coalitions.reports))


def test_weights_are_labelled(sony: Case, knowledge: Knowledge) -> None:
    """The labelled weights are found by the names of reports, origins and hypotheses, in decibans."""
    weights = weigh_reports(coalitions_of(sony, knowledge), most=1)
    labelled = weights.labelled()
    assert labelled.by_report.dims == ("report", "hypothesis")
    assert labelled.by_report.attrs["unit"] == "deciban"
    found = float(labelled.by_report.sel(report="wiper", hypothesis="coercion"))
    assert found == weights.of("coercion")["wiper"]
