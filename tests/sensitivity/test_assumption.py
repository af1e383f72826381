"""The register of assumptions: every switch moves what it says and nothing else, through the whole engine."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.sensitivity.examples import FEW, IDS, assessed_quickly, tables

from cybercoercion.assessment import Assessment, as_case, assess
from cybercoercion.case import Campaign, Case
from cybercoercion.fit.replaced import with_fit
from cybercoercion.fit.store import load_fit
from cybercoercion.response import costs
from cybercoercion.response.costs import Costs
from cybercoercion.sensitivity.assumed.assumption import Assumed, Register, register
from cybercoercion.sensitivity.assumed.switch import Switch, switches
from cybercoercion.sensitivity.changing import asked_again
from cybercoercion.vocabulary import FRAMES, VIEWS

SWITCHES = {one.name: one for one in switches()}
SAMPLE = ("sony-2014", "tv5monde-2015", "notpetya-2017", "colonial-2021", "ukraine-2014-2016")


@cache
def registered(name: str) -> Register:
    """Return the register of a shipped case with few draws."""
    return register(assessed_quickly(name))


def row(name: str, switch: str) -> Assumed:
    """Return one row."""
    return next(one for one in registered(name).rows if one.name == switch)


def priced(name: str, switch: str) -> tuple[Costs, Costs]:
    """Return the costs of a case as they are and under a switch."""
    assessment = assessed_quickly(name)
    switched = SWITCHES[switch].change(assessment)
    assert switched is not None
    source = switched.source or assessment.campaign or assessment.case
    case = as_case(source) if isinstance(source, Campaign) else source
    return assessment.costs, costs(case, switched.knowledge or assessment.knowledge)


@pytest.mark.parametrize("name", IDS)
def test_the_first_row_is_the_answer(name: str) -> None:
    """In every shipped case the row as assumed is what the assessment says, in every view."""
    found, assessment = registered(name), assessed_quickly(name)
    assert found.base.p_coercion == pytest.approx(assessment.belief.coercion.p)
    assert set(found.base.views) == set(VIEWS)
    for view, ranking in assessment.ranking.views.items():
        assert found.base.views[view].first == ranking.first
        assert found.base.views[view].gap >= 0


@pytest.mark.parametrize("name", SAMPLE)
@pytest.mark.parametrize("switch", [one.name for one in switches() if one.moves in ("belief", "cost")])
def test_a_switch_moves_what_it_says_and_nothing_else(name: str, switch: str) -> None:
    """Belief and costs asked again as a whole give the row: what a switch leaves alone it does not touch."""
    assessment, one = assessed_quickly(name), SWITCHES[switch]
    found, base = row(name, switch), registered(name).base
    switched = one.change(assessment)
    if switched is None:
        assert not found.applies
        assert (found.p_coercion, found.p_leader, found.views) == (base.p_coercion, base.p_leader, base.views)
        return
    again = asked_again(
        assessment, "nation", source=switched.source, knowledge=switched.knowledge, belief=switched.belief
    )
    p = again.belief.posterior.sum(-1)
    assert found.p_leader == pytest.approx(p.sum((0, 2)).max(), rel=1e-9)
    assert found.views["nation"].first == again.first
    assert found.views["nation"].gap == pytest.approx(again.gap(assessment.ranking.default.first), rel=1e-7, abs=1.0)
    if one.moves == "cost":
        assert (found.p_coercion, found.leader, found.p_leader) == (base.p_coercion, base.leader, base.p_leader)


@pytest.mark.parametrize("switch", list(SWITCHES))
def test_every_switch_switches_something(switch: str) -> None:
    """In one of a few cases at least, belief or a gap is another under the switch."""

    def numbers(one: Assumed) -> list[float]:
        """Return what a row says in numbers."""
        return [one.p_coercion, one.p_leader, *(view.gap for view in one.views.values())]

    moved = [
        not np.allclose(numbers(row(name, switch)), numbers(registered(name).base), rtol=1e-9)
        for name in (*SAMPLE, "wannacry-2017", "stuxnet-2010")
    ]
    assert any(moved)


def test_the_odds_of_the_unlisted_by_hand() -> None:
    """With p = P(other), its odds times two leave the leader p1 / (1 + p), times .05 leave it p1 / (1 - .95 p)."""
    belief = assessed_quickly("sony-2014").belief
    actors = belief.averaged.sum((0, 2))
    p, leads = actors[-1], actors[:-1].max()
    assert row("sony-2014", "more unlisted").p_leader == pytest.approx(leads / (1 + p))
    assert row("sony-2014", "nobody unlisted").p_leader == pytest.approx(leads / (1 - 0.95 * p))


def test_switches_of_costs_by_term() -> None:
    """Each switch of the costs does to its own term what its sentence says."""
    was, now = priced("sony-2014", "nothing is sunk")
    assert now.stakes.at_stake.mean > 2 * was.stakes.at_stake.mean
    case = assessed_quickly("sony-2014").case
    assert isinstance(case, Case)
    _, now = priced("sony-2014", "no retaliation")
    assert all(not lever.retaliation.any() for lever in now.levers)
    was, now = priced("sony-2014", "more retaliation")
    assert now.stakes.escalation == pytest.approx(2 * was.stakes.escalation)
    _, now = priced("sony-2014", "no precedent")
    assert all(not lever.precedent.any() for lever in now.levers)
    _, now = priced("sony-2014", "lasting effects")
    assert now.time.windows["punishment"] == pytest.approx(1, abs=1e-3)
    was, now = priced("sony-2014", "recurrence on the target")
    whole = was.stakes.rate_target.mean + was.stakes.rate_elsewhere.mean
    assert now.stakes.rate_target.mean == pytest.approx(whole)
    assert now.stakes.rate_elsewhere.mean == 0
    was, now = priced("sony-2014", "median wrong-actor loss")
    assert (now.wrong_actor <= was.wrong_actor).all()
    assert now.lever("statement").loss_wrong.mean == pytest.approx((1e6 * 2e8) ** 0.5)
    _, now = priced("sony-2014", "purpose changes no effect")
    assert all((scale == 1).all() for scale in now.factors.scale.values())
    _, now = priced("sony-2014", "no discount")
    assert now.years(now.views["nation"]) == pytest.approx(2, abs=1e-3)
    was, now = priced("sony-2014", "median harm")
    assert now.stakes.at_stake.mean < was.stakes.at_stake.mean


def test_frames_change_into_each_other() -> None:
    """A case has a switch for each frame, of which its own does not apply; even base rates forget the frame's own."""
    assessment = assessed_quickly("sony-2014")
    for frame in FRAMES:
        assert row("sony-2014", f"frame {frame}").applies == (frame != assessment.case.frame)


def test_the_tail_hits_what_provokes_a_clash() -> None:
    """Counted raw the tail costs at least as much as capped: what is first cannot gain by it, unless free of it."""
    base, capped, raw = (
        registered("ukraine-2014-2016").base,
        row("ukraine-2014-2016", "military tail, capped"),
        row("ukraine-2014-2016", "military tail, raw"),
    )
    assert base.views["long"].first == "denial"
    assert raw.views["long"].gap >= capped.views["long"].gap >= base.views["long"].gap > 0


@pytest.mark.parametrize("name", SAMPLE)
@pytest.mark.parametrize("view", VIEWS)
def test_two_steps_by_brute_force(name: str, view: str) -> None:
    """Of all plans that may be chosen, those of other responses less the best of the pick's own give the gap."""
    pick = registered(name).base.views[view].first
    found = row(name, "two steps").views[view]
    menu = asked_again(assessed_quickly(name), view).menu("two-step")
    own, rest = [], []
    for plan, now, likely in zip(menu.plans, menu.now, menu.likely, strict=True):
        if likely:
            responses = {lever.variant.response for lever in plan.levers} or {"nothing"}
            (own if responses == {pick} else rest).append((now, responses))
    best = min([*own, *rest], key=lambda one: one[0])
    assert set(found.first.split(" + ")) == best[1]
    assert found.gap == pytest.approx(min(now for now, _ in rest) - min(now for now, _ in own), rel=1e-9)


def test_a_fit_gives_way_to_a_switch() -> None:
    """Even base rates are even also where a fit has learnt others."""
    known = tables(1, FEW)
    fitted = with_fit(known, load_fit("default", known), "default")
    one: Switch = SWITCHES["even base rates"]
    assessment: Assessment = assess(assessed_quickly("sony-2014").case, fitted)
    switched = one.change(assessment)
    assert switched is not None
    assert switched.knowledge is not None
    assert switched.knowledge.table("intent").mean(-1) == pytest.approx(1 / 9, abs=0.03)
    assert len(register(assessment).rows) == len(SWITCHES)


def test_labels() -> None:
    """The register is labelled by assumption and view, gaps in USD."""
    table = registered("sony-2014").labelled()
    assert table["gap"].dims == ("assumption", "view")
    assert table["gap"].attrs["unit"] == "USD"
    assert table.sizes["assumption"] == len(SWITCHES) + 1
    assert table["first"].sel(assumption="as assumed", view="nation").item() == "denial"


def test_sentences_are_sentences() -> None:
    """Each assumption and what replaces it is one plain sentence."""
    for one in switches():
        for text in (one.assumed, one.instead):
            assert text[0].isupper()
            assert text.endswith(".")
            assert len(text) < 100
