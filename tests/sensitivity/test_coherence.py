"""An answer that contradicts itself says so: every check holds on what is sound, and catches what is broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.belief.random_cases import cases, changed
from tests.sensitivity.examples import IDS, assessed_quickly, tables

import cybercoercion.belief.belief as believing
import cybercoercion.sensitivity.coherence as checking
from cybercoercion.assessment import Assessment, assess
from cybercoercion.belief import Belief, ImpossibleEvidence, believe
from cybercoercion.case import Campaign, Case, load
from cybercoercion.case.fields import FrozenMapping
from cybercoercion.case.model import Checklist
from cybercoercion.fit.replaced import with_fit
from cybercoercion.fit.store import load_fit
from cybercoercion.report.verdict import verdict
from cybercoercion.response import rank
from cybercoercion.sensitivity.coherence import coherence, coherence_of_value, warnings
from cybercoercion.sensitivity.relabelled import renamed, reversed_reports

CHECKS = ("sums", "marginals", "terms", "levels", "regret", "shares", "menu", "order", "names")


@cache
def sony() -> Case:
    """Return a case with several candidates, demands and reports."""
    case = load("sony-2014")
    assert isinstance(case, Case)
    return case


def failed(assessment: Assessment) -> set[str]:
    """Return the names of the checks that fail."""
    return {check.name for check in coherence(assessment) if not check.passed}


def with_view(assessment: Assessment, **fields: Any) -> Assessment:
    """Return the assessment with the headline view changed in some fields."""
    ranking = assessment.ranking
    view = replace(ranking.default, **fields)
    return replace(assessment, ranking=replace(ranking, views=MappingProxyType({**ranking.views, "nation": view})))


def with_option(assessment: Assessment, place: int, **fields: Any) -> Assessment:
    """Return the assessment with one row of the headline view changed in some fields."""
    options = list(assessment.ranking.default.options)
    options[place] = replace(options[place], **fields)
    return with_view(assessment, options=tuple(options))


@pytest.mark.parametrize("name", IDS)
def test_every_shipped_answer_agrees_with_itself(name):
    """All checks are made on every case and campaign, all hold, and nothing is warned of."""
    checks = coherence(assessed_quickly(name))
    assert tuple(check.name for check in checks) == CHECKS
    assert warnings(checks) == ()


@settings(max_examples=40, deadline=None)
@given(cases(), st.integers(0, 2**20))
def test_every_random_answer_agrees_with_itself(case, seed):
    """All checks hold on any sound case: whatever its candidates, demands, reports and stakes."""
    rng = np.random.default_rng(seed)
    stakes = {
        "resilience": float(rng.uniform(0.05, 0.95)),
        "harm_now": float(10 ** rng.uniform(4, 10)),
        "escalation": float(rng.uniform(0, 30)),
        "bilateral_trade": {actor: float(10 ** rng.uniform(6, 11)) for actor in case.actor_ids if rng.random() < 0.5},
    }
    try:
        one = assess(changed(case, stakes=stakes), tables(1, 50))
    except ImpossibleEvidence:
        return
    assert failed(one) == set()


def test_pins_and_new_beliefs_agree_with_themselves():
    """Beliefs that are pinned or replaced hold all checks, though pins are fitted in rounds."""
    beliefs = [
        {"id": "who", "fact": "actor", "kind": "pinned", "findings": {"north-korea": 0.6, "other": 0.4}},
        {"id": "what", "fact": "intent", "kind": "pinned", "findings": {"compellence": 0.5, "crime": 0.5}},
        {"id": "seen", "fact": "threat", "kind": "new-belief", "findings": {"clear": 0.7, "none": 0.3}},
    ]
    told = [report.model_dump(by_alias=True, exclude_unset=True) for report in sony().reports]
    assert failed(assess(changed(sony(), reports=[*told, *beliefs]), tables(1, 50))) == set()


def test_an_answer_with_a_fit_agrees_with_itself():
    """All checks hold where draws of a fit stand for the priors."""
    assert failed(assess(sony(), with_fit(tables(1, 50), load_fit("default")))) == set()


def broken_sum(one: Assessment) -> Assessment:
    """Return the answer with a posterior that sums to 1.01."""
    belief = replace(one.belief, posterior=one.belief.posterior * 1.01)
    return replace(one, belief=belief)


def negative(one: Assessment) -> Assessment:
    """Return the answer with a posterior that sums to one but is below zero somewhere."""
    posterior = one.belief.posterior.copy()
    posterior[0, 0, 0, 0] -= 0.01
    posterior[0, 0, 0, 1] += 0.01
    return replace(one, belief=replace(one.belief, posterior=posterior))


def not_a_number(one: Assessment) -> Assessment:
    """Return the answer with a hole in its posterior."""
    posterior = one.belief.posterior.copy()
    posterior[0, 0, 0, 0] = np.nan
    return replace(one, belief=replace(one.belief, posterior=posterior))


def episode_that_does_not_sum(one: Assessment) -> Assessment:
    """Return the answer with an episode beside it whose posterior does not sum to one."""
    return replace(one, episodes=(broken_sum(one).belief,))


def wrong_terms(one: Assessment) -> Assessment:
    """Return the answer with a term of the second row changed, but not its total."""
    row = one.ranking.default.options[1]
    terms = {**row.terms, "own": row.terms["own"] + 1e6}
    return with_option(one, 1, terms=terms)


def wrong_level(one: Assessment) -> Assessment:
    """Return the answer with an expected cost that is not the cost of nothing plus the difference."""
    return with_option(one, 0, expected_cost=one.ranking.default.options[0].expected_cost + 1e6)


def wrong_order(one: Assessment) -> Assessment:
    """Return the answer with the second row first."""
    first, second, *rest = one.ranking.default.options
    return with_view(one, options=(second, first, *rest))


def wrong_draws(one: Assessment) -> Assessment:
    """Return the answer with draws of differences that are not those of the levels."""
    return with_option(one, 0, difference_draws=one.ranking.default.options[0].difference_draws + 1e6)


def wrong_regret(one: Assessment) -> Assessment:
    """Return the answer in which the pick is regretted more than its draws say."""
    default = one.ranking.default
    if default.first == "nothing":
        return with_view(one, regret_nothing=default.regret_nothing + 1e6)
    return with_option(one, 0, regret=default.options[0].regret + 1e6)


def wrong_shares(one: Assessment) -> Assessment:
    """Return the answer in which nothing new is best more often than is left."""
    return with_view(one, p_best_nothing=one.ranking.default.p_best_nothing + 0.02)


def wrong_futures(one: Assessment) -> Assessment:
    """Return the answer in which nothing new is cheapest in more futures than are left."""
    return with_view(one, futures_nothing=one.ranking.default.futures_nothing + 0.02)


def another_belief(one: Assessment) -> Assessment:
    """Return the answer ranked under the belief without reports, beside the belief with them."""
    bare = believe(one.case.model_copy(update={"reports": ()}), one.knowledge)
    return replace(one, ranking=rank(bare, one.costs))


@pytest.mark.parametrize(
    ("break_it", "name"),
    [
        (broken_sum, "sums"),
        (negative, "sums"),
        (not_a_number, "sums"),
        (episode_that_does_not_sum, "sums"),
        (wrong_terms, "terms"),
        (wrong_level, "terms"),
        (wrong_order, "levels"),
        (wrong_draws, "levels"),
        (wrong_regret, "regret"),
        (wrong_shares, "shares"),
        (wrong_futures, "shares"),
        (another_belief, "menu"),
    ],
)
def test_what_is_broken_is_caught(break_it: Callable[[Assessment], Assessment], name: str):
    """Each check fails on an answer that is broken where it looks, and the failure is a warning."""
    sound = assessed_quickly("sony-2014")
    assert failed(sound) == set()
    checks = coherence(break_it(sound))
    assert name in {check.name for check in checks if not check.passed}
    assert any(text.startswith("the answer contradicts itself") for text in warnings(checks))


def test_a_broken_answer_says_so_first():
    """The warning of a failed check is the first that the answer gives; a sound answer has none."""
    sound = assessed_quickly("sony-2014")
    assert not any("contradicts itself" in text for text in verdict(sound).warnings)
    assert verdict(wrong_shares(sound)).warnings[0] == (
        "the answer contradicts itself, do not rely on it: the shares in which each is best do not sum to one "
        "(off by 0.02)"
    )


def test_marginals_that_are_not_sums_are_caught(monkeypatch):
    """A marginal that is not the sum of the joint is caught."""
    sound = assessed_quickly("sony-2014")
    honest = Belief.marginal
    monkeypatch.setattr(Belief, "marginal", lambda self, name: honest(self, name)[::-1])
    assert failed(sound) >= {"marginals"}


def test_a_belief_that_hangs_on_the_order_of_reports_is_caught(monkeypatch):
    """Where the first report of the list counts twice, order fails and names do not."""
    honest = believing.in_force

    def first_twice(case, knowledge):
        told = honest(case, knowledge)
        return (told[0].model_copy(update={"id": "again", "origin": "another"}), *told)

    monkeypatch.setattr(believing, "in_force", first_twice)
    assert failed(assess(sony(), tables(1, 50))) == {"order"}


def test_a_belief_that_hangs_on_the_order_of_candidates_is_caught(monkeypatch):
    """Where the first candidate of the list is favoured, names fail and order does not."""
    honest = checking.believe

    def partial(case, knowledge):
        belief = honest(case, knowledge)
        posterior = belief.posterior.copy()
        posterior[:, 0] *= 1.1
        return replace(belief, posterior=posterior / posterior.sum())

    monkeypatch.setattr(checking, "believe", partial)
    assert failed(assess(sony(), tables(1, 50))) == {"names"}


def test_costs_that_hang_on_a_name_are_caught(monkeypatch):
    """Where costs are priced for another case than the one believed in, the differences move: names fail."""
    honest = checking.costs

    def by_name(case, knowledge):
        favoured = case.actors[0].id == sony().actors[0].id
        stakes = case.stakes.model_copy(update={"harm_now": 1e9} if favoured else {})
        return honest(case.model_copy(update={"stakes": stakes}), knowledge)

    monkeypatch.setattr(checking, "costs", by_name)
    assert failed(assess(sony(), tables(1, 50))) == {"names"}


def test_an_order_that_makes_evidence_impossible_is_caught(monkeypatch):
    """Where the turned case cannot be believed at all, it is off by what is not a number: that fails."""
    honest = checking.believe

    def refusing(case, knowledge):
        if case.actor_ids[0].startswith("somebody"):
            raise ImpossibleEvidence("no state of the world agrees with all reports")
        return honest(case, knowledge)

    monkeypatch.setattr(checking, "believe", refusing)
    assert failed(assess(sony(), tables(1, 50))) == {"names"}


def test_candidates_are_turned_wherever_they_stand():
    """Renaming twice gives the case back: actors, demands, holders, checklists, trade, reports."""
    full = sony().model_copy(
        update={
            "deception": FrozenMapping({"north-korea": Checklist(motive=True)}),
            "stakes": sony().stakes.model_copy(update={"bilateral_trade": FrozenMapping({"north-korea": 1e6})}),
        }
    )
    turned, priced, actors, _ = renamed(full)
    assert isinstance(turned, Case)
    assert turned == priced
    assert turned.actor_ids == tuple(actors[name] for name in full.actor_ids[::-1])
    assert turned.stakes.bilateral_trade == {actors["north-korea"]: 1e6}
    assert tuple(turned.deception) == (actors["north-korea"],)
    text = turned.model_dump_json(exclude={"id", "title", "labels", "note", "target", "pending"})
    for report in turned.reports:
        assert report.about is None or report.about.startswith("somebody")
    for name in full.actor_ids:
        assert f'"about":"{name}"' not in text
        assert f'"{name}":' not in text
    assert Case.model_validate(turned.model_dump(by_alias=True, exclude={"labels", "pending"}, exclude_unset=True))
    assert reversed_reports(reversed_reports(full)) == full


def test_every_episode_of_a_campaign_is_turned():
    """In a campaign, candidates of all episodes bear the new names, and the reports of each are reversed."""
    campaign = load("ukraine-2014-2016")
    assert isinstance(campaign, Campaign)
    turned, priced, _, _ = renamed(campaign)
    assert isinstance(turned, Campaign)
    assert {episode.actor_ids for episode in turned.episodes} == {priced.actor_ids}
    assert all(name.startswith("somebody") for name in priced.actor_ids)
    other = reversed_reports(campaign)
    assert isinstance(other, Campaign)
    for one, two in zip(campaign.episodes, other.episodes, strict=True):
        assert one.reports == two.reports[::-1]


def test_values_of_information_keep_their_bounds():
    """0 <= EVSI 1 <= EVPPI 3 <= EVPI 5 holds; each bound that is broken is named."""
    sound = {"evpi": 5.0, "evppi": {"actor": 3.0}, "evsi": {"trace": 1.0}, "hangs_on": {"trace": "actor"}}

    def broken(**changes: Any) -> list[str]:
        return [check.name for check in coherence_of_value(**(sound | changes)) if not check.passed]

    assert broken() == []
    assert broken(evppi={}, evsi={}, hangs_on=None) == []
    assert broken(evsi={"trace": 3.5}) == ["value.evsi"]
    assert broken(evsi={"trace": 3.5}, error=1.0) == []
    assert broken(evsi={"trace": 3.5}, hangs_on={}) == []  # no more than EVPI is known of it
    assert broken(evsi={"trace": -0.1}) == ["value.positive"]
    assert broken(evppi={"actor": 5.5}) == ["value.evppi"]
    assert broken(evppi={"actor": float("nan")}) == ["value.positive", "value.evppi", "value.evsi"]
    assert broken(evpi=-1.0, evppi={}, evsi={}) == ["value.positive"]
