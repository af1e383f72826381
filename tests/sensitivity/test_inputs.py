"""Named inputs: linear where said to be, asked of the full engine, uncertain as they are by themselves."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.testing import assert_allclose
from tests.sensitivity.examples import FEW, IDS, assessed_quickly, tables

from cybercoercion.assessment import Assessment, assess, changed
from cybercoercion.belief import believe, believe_campaign
from cybercoercion.case import load
from cybercoercion.fit.replaced import with_fit
from cybercoercion.fit.store import load_fit
from cybercoercion.sensitivity.changing import Answer, answer
from cybercoercion.sensitivity.choice import choice_of
from cybercoercion.sensitivity.input.input import Input
from cybercoercion.sensitivity.input.inputs import input_named, inputs

CASES = ("sony-2014", "ukraine-2014-2016", "colonial-2021", "opm-2015")
VIEWS = ("target", "nation", "long")


@cache
def known(name: str, view: str) -> dict[str, Input]:
    """Return the inputs of a shipped case by name, with few draws."""
    return {one.name: one for one in inputs(assessed_quickly(name), view)}


def full(one: Answer) -> dict[str, float]:
    """Return the expected difference of every plan that may be chosen."""
    menu = one.choice
    return {menu.names[row]: float(menu.now[row]) for row in np.flatnonzero(menu.likely)}


def two(one: Input) -> tuple[float, float]:
    """Return two values within the bounds of an input, at both sides of its value now if there is room."""
    low = max(one.least, one.low if one.low < one.high else 0.5 * one.now)
    return low, min(one.most, one.high if one.low < one.high else 1.5 * one.now + 1.0)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", CASES)
def test_expected_costs_are_linear_where_an_input_says_so(name: str, view: str) -> None:
    """The answer as it stands lies on the line through two answers of the engine, plan by plan."""
    now = full(answer(assessed_quickly(name), view))
    for one in known(name, view).values():
        if not one.linear or one.name.startswith("p."):
            continue
        low, high = two(one)
        left, right = full(one.ask(low)), full(one.ask(high))
        assert left.keys() == now.keys() == right.keys()
        ends = np.array([list(left.values()), list(right.values())])
        share = (one.now - low) / (high - low)
        scale = max(float(np.abs(ends).max()), 1.0)
        line = (1 - share) * ends[0] + share * ends[1]
        assert_allclose(list(now.values()), line, atol=1e-11 * scale, err_msg=f"{name} {view} {one.name}")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", CASES)
def test_beliefs_enter_expected_costs_linearly(name: str, view: str) -> None:
    """With all candidates on the menu, the cost of every plan at a probability lies on the line through both ends."""
    assessment = assessed_quickly(name)
    menu = choice_of(assessment.belief, assessment.costs, view=view)
    for one in known(name, view).values():
        if not one.name.startswith("p.") or one.least == one.most:
            continue
        zero, third, certain = (menu.expected(one.ask(value).belief.posterior.sum(-1)) for value in (0.0, 0.3, 1.0))
        assert_allclose(third, 0.7 * zero + 0.3 * certain, rtol=1e-9, atol=1e-6, err_msg=one.name)


def test_a_linear_input_at_its_value_now_changes_nothing() -> None:
    """What costs are linear in enters by its exact mean: the answer at that value is the answer as it stands."""
    now = answer(assessed_quickly("sony-2014"), "long").differences()
    for one in known("sony-2014", "long").values():
        if one.linear:
            there = one.ask(one.now).differences()
            assert_allclose(list(there.values()), list(now.values()), rtol=1e-9, atol=1e-3, err_msg=one.name)


@pytest.mark.parametrize("name", IDS)
def test_every_case_has_inputs_with_names_of_their_own(name: str) -> None:
    """Names are unique; each candidate and demand has its rows; values lie within their bounds."""
    assessment = assessed_quickly(name)
    found = inputs(assessment)
    names = [one.name for one in found]
    assert len(set(names)) == len(names)
    for actor in assessment.case.actor_ids:
        assert {f"p.actor.{actor}", f"actors.{actor}.interdependence", f"actors.{actor}.norm_adherence"} <= set(names)
    for demand in assessment.case.demand_ids:
        assert {f"p.demand.{demand}", f"demands.{demand}.cost_of_conceding"} <= set(names)
    for one in found:
        assert one.least <= one.now <= one.most, one.name
        assert one.low <= one.high, one.name
        assert one.draws is not None
        assert one.draws.shape == (FEW,), one.name


def test_what_stands_in_for_a_field_is_not_listed_twice() -> None:
    """An entry that a case falls back on has the name of the field; one that says more keeps its own."""
    names = set(known("colonial-2021", "nation"))
    assert "stakes.recurrence_nation" in names
    assert not names & {"rate.nation.operator", "rate.target.operator", "resilience.operator", "country_gdp"}
    assert "resilience.state" in names  # of those whom a national programme covers
    assert "avoidable" not in names


def test_an_unknown_input_is_refused_with_those_there_are() -> None:
    """A mistyped name is told what is allowed."""
    with pytest.raises(KeyError, match=r"stakes\.harm_nwo.*stakes\.harm_now"):
        input_named(assessed_quickly("sony-2014"), "stakes.harm_nwo")


SETTINGS = {
    "stakes.harm_now": 3.0e7,
    "stakes.resilience": 0.6,
    "stakes.escalation": 3.0,
    "stakes.price_of_escalation": 2.0,
    "stakes.country_gdp": 5.0e11,
    "stakes.recurrence_target": 0.7,
    "stakes.harm_next": 2.0e8,
    "stakes.pending_harm": 1.0e9,
    "stakes.harm_at_resilience": 0.2,
}


@pytest.mark.parametrize("name", ["sony-2014", "ukraine-2014-2016"])
def test_a_stake_is_asked_for_as_if_the_case_said_so(name: str) -> None:
    """The answer at a value is the ranking of the case with that setting, computed from its beginning."""
    source = load(name)
    for field, value in SETTINGS.items():
        told = assess(changed(source, [f"{field}={value!r}"]), tables(1, FEW)).ranking.views["long"]
        found = known(name, "long")[field].ask(value)
        assert_allclose(
            [found.differences()[one.response] for one in told.options], [one.delta for one in told.options]
        )


def test_what_a_case_states_about_an_actor_moves_the_belief_too() -> None:
    """A stated interdependence is asked for in case and belief; one that is left out moves costs only."""
    one = known("sony-2014", "nation")["actors.north-korea.interdependence"]
    assert one.moves_belief
    told = assess(changed(load("sony-2014"), ["actors.north-korea.interdependence=0.9"]), tables(1, FEW))
    found = one.ask(0.9)
    assert_allclose(found.belief.posterior, told.belief.posterior)
    assert_allclose(found.differences()["norms"], told.ranking.default.option("norms").delta)
    other = known("sony-2014", "nation")["actors.hacktivists.interdependence"]
    assert not other.moves_belief
    assert other.ask(0.9).belief is assessed_quickly("sony-2014").belief


def test_an_actor_of_a_campaign_is_changed_in_every_episode() -> None:
    """The belief at another adherence is that of the campaign whose episodes all say so."""
    source = load("ukraine-2014-2016")
    one = known("ukraine-2014-2016", "nation")["actors.russia.norm_adherence"]
    told = assess(changed(source, ["actors.russia.norm_adherence=0.8"]), tables(1, FEW))
    if one.moves_belief:
        assert_allclose(one.ask(0.8).belief.posterior, told.belief.posterior)
    costs = one.ask(0.8).costs.lever("naming", "russia").effect
    assert_allclose(costs, told.costs.lever("naming", "russia").effect)


@pytest.mark.parametrize("name", ["effect.punishment", "cost.urgent", "credibility.2", "exponent.fact", "discount"])
def test_a_quantity_is_asked_for_as_if_the_tables_said_so(name: str) -> None:
    """The answer at a value is the assessment under tables in which the quantity is that value."""
    one = known("sony-2014", "nation")[name]
    told = assess(load("sony-2014"), tables(1, FEW).held({name: one.high}))
    found = one.ask(one.high)
    assert_allclose(found.belief.posterior, told.belief.posterior, rtol=1e-12)
    assert_allclose(
        [found.differences()[each.response] for each in told.ranking.options],
        [each.delta for each in told.ranking.options],
    )


@pytest.mark.parametrize("name", ["sony-2014", "ukraine-2014-2016"])
def test_what_does_not_move_the_belief_does_not(name: str) -> None:
    """Every quantity that is said to move costs only leaves the posterior as it is when held at its 95 %."""
    assessment = assessed_quickly(name)
    moved, still = set(), set()
    for one in known(name, "nation").values():
        if one.name not in assessment.knowledge.quantities:
            continue
        held = assessment.knowledge.held({one.name: one.quantile(0.97)})
        campaign = assessment.campaign
        belief = (
            believe(assessment.case, held)
            if campaign is None
            else believe_campaign(campaign.id, campaign.episodes, held).whole
        )
        same = np.allclose(belief.averaged, assessment.belief.averaged, rtol=1e-12, atol=0)
        (still if same else moved).add(one.name)
        if not one.moves_belief:
            assert same, one.name
    assert "credibility.2" in moved
    assert "cost.urgent" in still


@pytest.mark.parametrize("name", ["sony-2014", "colonial-2021"])
def test_own_uncertainty_is_one_distribution(name: str) -> None:
    """P(below the quantile p) is p; 5 and 95 % are the ends of the range; draws agree with both."""
    for one in known(name, "nation").values():
        if one.certain:
            assert one.low == one.high
            assert one.below(one.now - 1e-9) == 0
            assert one.below(one.now + max(1e-9, 1e-9 * one.now)) == 1
            continue
        assert (one.quantile(0.05), one.quantile(0.95)) == (one.low, one.high)
        if not one.name.startswith(("p.", "stakes.bilateral_trade")):
            for p in (0.05, 0.3, 0.9):
                assert_allclose(one.below(one.quantile(p)), p, atol=1e-9, err_msg=one.name)
        if not one.name.startswith("p."):
            inside = np.mean((one.low <= one.draws) & (one.draws <= one.high))
            assert 0.8 < inside < 0.97, one.name


def test_the_band_of_a_belief_is_the_printed_one() -> None:
    """P(actor) and P(coercion) have the probability and band of the answer."""
    assessment = assessed_quickly("sony-2014")
    found = known("sony-2014", "nation")
    for actor, estimate in assessment.belief.estimates("actor").items():
        if actor != "other":
            one = found[f"p.actor.{actor}"]
            assert_allclose([one.now, one.low, one.high], [estimate.p, estimate.low, estimate.high], rtol=1e-12)
    coercion, one = assessment.belief.coercion, found["p.coercion"]
    assert_allclose([one.now, one.low, one.high], [coercion.p, coercion.low, coercion.high], rtol=1e-12)


def with_default_fit(name: str) -> Assessment:
    """Return a shipped case assessed with the fit that ships."""
    bare = tables(1, FEW)
    return assess(load(name), with_fit(bare, load_fit("default", bare)))


def test_a_fit_is_asked_for_by_its_own_draws() -> None:
    """With a fit, a learnt quantity has mean and range of the fit's draws, and can be held at any value."""
    assessment = with_default_fit("sony-2014")
    fitted = assessment.knowledge.fitted
    assert fitted is not None
    found = {one.name: one for one in inputs(assessment)}
    learnt = [one for name, one in found.items() if name in fitted.quantities]
    assert learnt
    for one in learnt:
        draws = fitted.quantities[one.name]
        assert_allclose(one.now, draws.mean())
        assert_allclose([one.low, one.high], np.quantile(draws, [0.05, 0.95], method="inverted_cdf"))
        assert np.isfinite(one.ask(one.high).gap("denial"))
    linear = [one for one in found.values() if one.linear]
    now = answer(assessment, "nation").differences()
    for one in linear:
        assert_allclose(list(one.ask(one.now).differences().values()), list(now.values()), rtol=1e-9, atol=1e-3)


def test_fixed_parameters_have_inputs_too() -> None:
    """At fixed parameters every input has one draw, its headline value, and answers."""
    assessment = assess(load("sony-2014"), tables(1, FEW).at_values())
    one = input_named(assessment, "cost.urgent")
    assert one.draws is not None
    assert one.draws.tolist() == [one.now] == [assessment.knowledge.quantities["cost.urgent"].value]
    assert np.isfinite(one.ask(2 * one.now).gap("denial"))
