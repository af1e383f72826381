"""Pairs of reports, waiting, control, and the collection plan: by hand, against the full engine, in shipped cases."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.sensitivity.examples import IDS, assessed, assessed_quickly, toy

from cybercoercion.assessment import Assessment, assess
from cybercoercion.belief import believe
from cybercoercion.case import Case, Pending, Report, load
from cybercoercion.fit.replaced import with_fit
from cybercoercion.fit.store import load_fit
from cybercoercion.knowledge import load_knowledge
from cybercoercion.response import rank
from cybercoercion.sensitivity.changing import asked_again
from cybercoercion.sensitivity.choice import Choice, choice, choice_of
from cybercoercion.sensitivity.value.collection import chance_of_change, everybody, step
from cybercoercion.sensitivity.value.control import Levels, control, control_of_states, split
from cybercoercion.sensitivity.value.pairs import both_given, ordered, pair_value, shortlist
from cybercoercion.sensitivity.value.preposterior import Preposterior, evpi, evppi, evsi, lean, preposterior, worth
from cybercoercion.sensitivity.value.reports import coming_reports
from cybercoercion.sensitivity.value.seen import states_of
from cybercoercion.sensitivity.value.table import voi
from cybercoercion.sensitivity.value.waiting import WaitingValue, on_top, waiting, waiting_for

Array = NDArray[np.float64]
YEAR = 365.25


def case_of(name: str) -> Case:
    """Return a shipped case that is no campaign."""
    found = load(name)
    assert isinstance(found, Case)
    return found


@cache
def announced(name: str, *pending: Pending, draws: int = 200) -> Assessment:
    """Return a shipped case with reports announced."""
    return assess(case_of(name).model_copy(update={"pending": pending}), load_knowledge(draws=draws))


def reports_of(told: Assessment) -> list[Preposterior]:
    """Return what every report that could come would say."""
    return [preposterior(one, states_of(told)) for one in coming_reports(told)[0]]


def on(told: Assessment, fact: str) -> Preposterior:
    """Return what the first report on a fact would say."""
    return next(one for one in reports_of(told) if one.report.fact == fact)


def told_twice(menu: Choice, hit: float, false: float) -> Array:
    """Return p(both findings, actor) of two such reports, independent given who did it, dims of parts."""
    named = np.array([[hit, false], [1 - hit, 1 - false]])
    both = (named[:, None] * named[None]).reshape(-1, 2)
    return both[:, None, :, None] * menu.states


def test_two_reports_are_worth_what_the_tree_says() -> None:
    """Accuse A: -10 M if guilty (.6), else 20 M. Each report names A with .85 if guilty, .10 if not.

    Both name: .6 x .7225 x -10 + .4 x .01 x 20 = -4.335 + 0.08 = -4.255. One of two: .6 x .1275 x -10 + .4 x .09 x 20 =
    -0.765 + 0.72 = -0.045, twice: -0.09. None: .6 x .0225 x -10 + .4 x .81 x 20 > 0. Together 4.345 M, alone 4.3 M.
    """
    menu = toy([[-10, 20], [0, 0]], [0.6, 0.4])
    assert worth(menu, told_twice(menu, 0.85, 0.10)) == pytest.approx(4.345, abs=1e-12)


def test_two_reports_may_be_worth_something_where_neither_is() -> None:
    """A at .5, 40 M if innocent: named once (.85 / .10) -4.25 + 2 x 1 = -2.25; with .6 / .4 each: -3 + 8 > 0, worth 0.

    Both name: .5 x .36 x -10 + .5 x .16 x 40 = 1.4 > 0, still 0. With .7 / .2: alone -3.5 + 4 > 0, worth 0; both name
    .5 x .49 x -10 + .5 x .04 x 40 = -2.45 + 0.8 = -1.65: together 1.65 M.
    """
    menu = toy([[-10, 40], [0, 0]], [0.5, 0.5])
    one = np.array([[0.7, 0.2], [0.3, 0.8]])[:, None, :, None] * menu.states
    assert worth(menu, one) == 0
    assert worth(menu, told_twice(menu, 0.7, 0.2)) == pytest.approx(1.65, abs=1e-12)


@pytest.mark.parametrize("name", ["notpetya-2017", "solarwinds-2020", "ukraine-2014-2016"])
def test_a_pair_is_never_worth_less_than_one_of_it(name: str) -> None:
    """Each pair of the short list is worth at least the better of the two, whichever is named first."""
    told = assessed_quickly(name)
    menu, states = lean(choice(told)), states_of(told)
    reports = reports_of(told)
    values = {one.report.id: evsi(menu, states, one) for one in reports}
    bound = {one.report.id: evppi(menu, states, one.hangs_on) for one in reports}
    short = shortlist(reports, values, bound, 12)
    assert len(short) == 12
    everything = evpi(menu, states)
    for one, two in combinations(short, 2):
        value = pair_value(menu, states, one, two)
        assert value >= max(values[one.report.id], values[two.report.id]) * (1 - 1e-9) - 1e-6
        assert value <= everything * (1 + 1e-9) + 1e-6
        assert value == pytest.approx(pair_value(menu, states, two, one), rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(
    ("fact", "other"),
    [
        ("vendor_attribution", "allied_attribution"),
        ("malware_lineage", "language"),
        ("leak", "leak"),
        ("trigger", "trigger"),
        ("claim", "vendor_attribution"),
    ],
)
def test_each_of_two_says_what_it_says_alone(fact: str, other: str) -> None:
    """Summed over what the other finds, each report of a pair is the report alone; two on one fact share its state."""
    told = announced("notpetya-2017", Pending(id="lab", fact=other, grade="A2", about=_about(other)))
    states = states_of(told)
    one = next(each for each in reports_of(told) if each.report.fact == fact and each.report.generic)
    two = next(each for each in reports_of(told) if each.report.id == "lab")
    both = both_given(states, one, two)
    np.testing.assert_allclose(
        states.mass(both.sum(1)), states.mass(one.given), atol=1e-14, err_msg="what the other finds adds up"
    )
    np.testing.assert_allclose(states.mass(both.sum(0)), states.mass(two.given), atol=1e-14)


def _about(fact: str) -> str | None:
    """Return whom a report of a fact would concern."""
    return "russia" if fact == "trigger" else None


@pytest.mark.parametrize(
    ("facts_", "origins"),
    [
        (("vendor_attribution", "elimination"), ("a", "b")),
        (("leak", "leak"), ("a", "b")),
        (("infrastructure", "language"), ("a", "b")),
        (("vendor_attribution", "elimination"), ("a", "a")),
        (("leak", "leak"), ("a", "a")),
    ],
)
def test_pairs_are_as_probable_as_the_engine_says(facts_: tuple[str, str], origins: tuple[str, str]) -> None:
    """P(both findings) is what the full engine gives with both reports in the case; copies of one origin too.

    The engine leaves out the chance not to copy where the two differ: that constant is put back here.
    """
    case = case_of("notpetya-2017")
    ids = ("first", "second")
    pending = [
        Pending(id=i, fact=f, grade="B2", origin=o, expected_date=case.as_of + timedelta(days=10 * (1 + k)))
        for k, (i, f, o) in enumerate(zip(ids, facts_, origins, strict=True))
    ]
    told = announced("notpetya-2017", *pending)
    states = states_of(told)
    one, two = (next(each for each in reports_of(told) if each.report.id == i) for i in ids)
    both = both_given(states, one, two)
    p = states.mass(both.reshape(-1, *both.shape[2:])).sum((1, 2, 3)).reshape(both.shape[:2])
    copy = float(told.knowledge.quantity("copy.same_origin").mean()) if origins[0] == origins[1] else 0.0
    assert p.sum() == pytest.approx(1, abs=1e-12)
    for row, first in enumerate(one.labels):
        for column, second in enumerate(two.labels):
            said = (one.report.found(first, case), two.report.found(second, case))
            there = believe(case.model_copy(update={"reports": (*case.reports, *said)}), told.knowledge)
            share = there.evidence / told.belief.evidence * (1 if first == second else 1 - copy)
            assert p[row, column] == pytest.approx(share, abs=0.01)


def test_the_second_of_one_origin_is_the_later_then_the_worse() -> None:
    """Of two reports the earlier is the first; of two at once, the better graded."""
    day = case_of("notpetya-2017").as_of
    slow = Pending(id="slow", fact="elimination", grade="A2", expected_date=day + timedelta(90))
    fast = Pending(id="fast", fact="elimination", grade="C3", expected_date=day + timedelta(9))
    good = Pending(id="good", fact="elimination", grade="B2", expected_date=day + timedelta(9))
    told = announced("notpetya-2017", slow, fast, good)
    by_id = {one.report.id: one for one in reports_of(told)}
    assert [one.report.id for one in ordered(by_id["slow"], by_id["fast"])] == ["fast", "slow"]
    assert [one.report.id for one in ordered(by_id["fast"], by_id["good"])] == ["good", "fast"]


def test_the_best_pair_is_found() -> None:
    """The pair of the table is the best of all pairs of the reports it lists, not only of the short list."""
    told = assessed_quickly("solarwinds-2020")
    menu, states = lean(choice(told)), states_of(told)
    value = voi(told, parameters=False)
    best = max(pair_value(menu, states, *ordered(one, two)) for one, two in combinations(reports_of(told), 2))
    assert value.pair is not None
    assert value.pair.evsi == pytest.approx(best, rel=1e-9)
    assert value.next_pair is not None
    assert value.next_pair.reports == value.pair.reports
    assert sum(one.p for one in value.next_pair.findings) == pytest.approx(1)


def test_waiting_by_hand() -> None:
    """Accuse A: -10 M if guilty (.8), else 20 M. Now: -8 + 4 = -4. A report, .85 / .10: named -6.8 + .4 = -6.4.

    Not named: .12 x -10 + .18 x 20 = 2.4, so nothing. After: -6.4, EVSI 2.4. At a half-life of a year what fades after
    log2(6.4 / 4) = .678 years is worth what is learnt. With 1 M for the report, waiting half a year gains
    -4 + 6.4 x 2^-.5 - 1 = -.4745.
    """
    menu = toy([[-10, 20], [0, 0]], [0.8, 0.2])
    parts = np.array([[0.85, 0.10], [0.15, 0.90]])[:, None, :, None] * menu.states
    found = waiting(menu, parts, report="lab", delay=YEAR / 2, half_life=YEAR, cost=1.0)
    assert (found.now, found.after, found.evsi) == pytest.approx((-4, -6.4, 2.4), abs=1e-12)
    assert found.fading == pytest.approx(YEAR * math.log2(1.6))
    assert found.net == pytest.approx(-5 + 6.4 * 2**-0.5)
    assert not found.wait
    assert replace(found, cost=0.0).break_even == pytest.approx(found.fading)


@given(
    now=st.floats(-50, -0.1),
    learnt=st.floats(0, 30),
    cost=st.floats(0, 5),
    per_day=st.floats(0, 0.1),
    half_life=st.floats(30, 1000),
)
def test_break_even_is_the_root(now: float, learnt: float, cost: float, per_day: float, half_life: float) -> None:
    """Waiting pays before the break-even delay and not after it; root finding gives the same."""
    from scipy.optimize import brentq

    found = WaitingValue(
        report="x", now=now, after=now - learnt, delay=1, half_life=half_life, cost=cost, per_day=per_day
    )
    assert found.break_even is not None
    if found.gain(0) <= 0:
        assert found.break_even == 0
        return
    root = brentq(found.gain, 0, 1e6, xtol=1e-10)
    assert found.break_even == pytest.approx(root, abs=1e-6, rel=1e-9)
    assert found.fading is not None
    assert found.break_even <= found.fading + 1e-6


def test_waiting_never_ends_where_nothing_fades() -> None:
    """Where nothing on top pays now and no day costs, there is no break-even; with a cost per day there is one."""
    free = WaitingValue(report="x", now=0.0, after=-5.0, delay=1, half_life=YEAR, cost=0, per_day=0)
    assert free.fading is None
    assert free.break_even is None
    assert free.wait
    dear = replace(free, per_day=0.01)
    assert dear.break_even is not None
    assert dear.gain(dear.break_even) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("name", ["notpetya-2017", "opm-2015", "solarwinds-2020", "stuxnet-2010", "estonia-2007"])
@pytest.mark.parametrize("view", ["nation", "long"])
def test_waiting_is_that_of_the_ranking_for_its_own_report(name: str, view: str) -> None:
    """The generic report of the ranking names the leader with one rate if guilty, another if not: the value is equal.

    Its menu is the same here, for nobody far-fetched would be accused after either answer.
    """
    told = assessed_quickly(name)
    line = told.ranking.views[view].waiting
    assert line is not None
    assert line.report == "generic attribution report"
    menu = choice(told, view=view)
    guilty = np.array(menu.actors) == line.about
    named = np.where(guilty, line.hit, line.false)[None, :, None] * menu.states
    parts = np.stack([named, menu.states - named])
    found = waiting(on_top(menu, menu.states), parts, report="", delay=1, half_life=YEAR * line.half_life)
    assert found.now == pytest.approx(line.now, rel=1e-9, abs=1e-6)
    assert found.evsi == pytest.approx(line.evsi, rel=1e-9, abs=1e-6)
    if line.break_even is not None:
        assert found.fading == pytest.approx(line.break_even * YEAR, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "view", "fact", "grade"),
    [
        ("notpetya-2017", "nation", "vendor_attribution", "B2"),
        ("opm-2015", "long", "vendor_attribution", "A1"),
        ("solarwinds-2020", "nation", "vendor_attribution", "B2"),
        ("solarwinds-2020", "long", "allied_attribution", "B1"),
        ("solarwinds-2020", "nation", "language", "A2"),
    ],
)
def test_waiting_agrees_with_the_line_of_the_ranking(name: str, view: str, fact: str, grade: str) -> None:
    """The line `wait` of the ranking and the value here differ by less than a twentieth for the same two answers.

    Tables are weighed there as the reports weigh draws, here as they weigh them in each state; acting now is the same
    to rounding. With all answers told apart, as here by default, the report is worth at least as much.
    """
    case = case_of(name)
    pending = Pending(id="lab", fact=fact, grade=grade, cost=1e5, expected_date=case.as_of + timedelta(60))
    told = announced(name, pending, draws=2000)
    line = told.ranking.views[view].waiting
    assert line is not None
    menu, states = choice(told, view=view), states_of(told)
    report = on(told, fact)
    mine = waiting_for(menu, states, report, told.knowledge, 0.0)
    parts = states.mass(report.given)
    named = report.labels.index(line.about)
    coarse = worth(on_top(menu, states.posterior), np.stack([parts[named], parts.sum(0) - parts[named]]))
    assert mine.now == pytest.approx(line.now, rel=1e-9)
    assert coarse == pytest.approx(line.evsi, rel=0.05, abs=1)
    assert mine.evsi >= coarse - 1e-6
    assert mine.delay == pytest.approx(line.delay * YEAR)
    assert mine.cost == pytest.approx(line.spent)
    assert replace(mine, after=mine.now - line.evsi).fading == pytest.approx((line.break_even or 0) * YEAR, rel=1e-9)


def test_resilience_is_taken_in_both_arms() -> None:
    """What waits stands on top of the resilience that is best now: nothing on top costs nothing, and is the first."""
    told = assessed_quickly("notpetya-2017")
    menu = choice(told)
    top = on_top(menu, menu.states)
    assert (top.cost[0] == 0).all()
    base = top.plans[0].measures
    assert base == frozenset(told.ranking.default.resilience)
    assert all(plan.measures == base for plan in top.plans)


def test_control_counts_levels() -> None:
    """Setting escalation to none, or resilience to full, moves the level of cost as a full ranking says."""
    told = assessed("notpetya-2017")
    menu = choice(told, decision="response")
    found = {one.name: one for one in control(told, menu)}
    view = told.ranking.default
    assert found["stakes.escalation"].now == pytest.approx(view.nothing + min(0.0, view.options[0].delta), rel=1e-9)
    for name, field, to in (("stakes.escalation", "escalation", 0.0), ("stakes.resilience", "resilience", 1.0)):
        stakes = told.case.stakes.model_copy(update={field: to})
        priced = asked_again(
            told, "nation", source=told.case.model_copy(update={"stakes": stakes}), belief=told.belief
        ).costs
        ranked = rank(told.belief, priced, views=("nation",)).views["nation"]
        level = found[name].levels[found[name].values.index(to)]
        assert level == pytest.approx(ranked.nothing + min(0.0, ranked.options[0].delta), rel=1e-9)
    assert found["stakes.resilience"].value > 0
    assert found["stakes.resilience"].best == 1.0


@pytest.mark.parametrize("name", ["sony-2014", "notpetya-2017", "ukraine-grid-2015"])
def test_no_escalation_is_worth_nothing_where_nobody_is_punished(name: str) -> None:
    """Without risk of escalation nothing costs more; where the best plan then still punishes nobody, just as much."""
    told = assessed_quickly(name)
    calm = told.case.model_copy(update={"stakes": told.case.stakes.model_copy(update={"escalation": 0.0})})
    priced = asked_again(told, "nation", source=calm, belief=told.belief).costs
    for decision in ("two-step", "response"):
        found = next(one for one in control(told, choice(told, decision=decision)) if one.name == "stakes.escalation")
        then = choice_of(told.belief, priced, decision=decision)
        punishes = any(lever.variant.response == "punishment" for lever in then.plans[then.pick].levers)
        assert found.value > 1 if punishes else found.value == pytest.approx(0, abs=1e-3)


def test_control_is_the_best_outcome_and_information_the_mean() -> None:
    """Cost of nothing new 5, 1 M by actor at .6, .4; accuse A -10, 20. V = 3.4 M, best outcome A: 5 - 10 = -5 M.

    Information: 6 M (see the tree of one report); control: 3.4 + 5 = 8.4 M, at least as much.
    """
    menu = toy([[-10, 20], [0, 0]], [0.6, 0.4])
    told = assessed_quickly("sony-2014")
    levels = Levels(menu, told.costs)
    levels.__dict__["nothing"] = np.array([5.0, 1.0])[None, :, None]
    assert float(levels.value(menu.states)) == pytest.approx(3.4)
    _, parts = split(menu, "actor")
    each = levels.value(parts) / parts.sum((1, 2, 3))
    assert float(levels.value(menu.states)) - each.min() == pytest.approx(8.4)
    assert worth(menu, parts) == pytest.approx(6)


@pytest.mark.parametrize("name", IDS)
def test_the_best_outcome_is_worth_at_least_the_mean(name: str) -> None:
    """Of each hidden state, what the best outcome would be worth is at least what knowing it is worth."""
    told = assessed_quickly(name)
    for one in control_of_states(choice(told), told.costs):
        assert one.control >= one.information * (1 - 1e-9) - 1e-6
        assert one.information >= 0


@pytest.mark.parametrize("name", ["opm-2015", "dnc-2016"])
def test_answers_change_the_ranking_as_the_engine_says(name: str) -> None:
    """After each answer of the best report, what is first is what a full ranking of the case with it in says."""
    told, view = assessed(name), "long"
    value = voi(told, view=view, decision="response", parameters=False)
    assert value.best is not None
    assert value.next is not None
    assert sum(one.p for one in value.next.findings) == pytest.approx(1)
    assert any(one.changes for one in value.next.findings)
    for one in value.next.findings:
        report = value.best.report.found(one.finding[0], told.case)
        there = assess(told.case.model_copy(update={"reports": (*told.case.reports, report)}), told.knowledge)
        menu = choice(there, view=view, decision="response")
        each = menu.by_option(menu.now)
        assert one.first == menu.options[int(each.argmin())]
        assert one.changes == (one.first != told.ranking.views[view].first)
        assert one.p_coercion == pytest.approx(there.belief.coercion.p, abs=0.01)
        assert one.p_leader == pytest.approx(there.belief.averaged.sum((0, 2)).max(), abs=0.02)


def test_the_menu_of_everybody_is_that_of_any_belief() -> None:
    """With every plan on the menu and only likely candidates accused, what is first is what a ranking has first."""
    for name in IDS:
        told = assessed_quickly(name)
        states = states_of(told)
        best = reports_of(told)[-1]
        found = step(told, states, [best], view="long", decision="response")
        assert found.findings
        menu = everybody(told, "long", "response")
        assert menu.likely.all()
        now = choice_of(told.belief, told.costs, decision="response", view="long")
        for plan, row in zip(now.names, now.cost, strict=True):
            np.testing.assert_allclose(menu.cost[menu.names.index(plan)], row, rtol=1e-9)


def test_chance_of_change_is_that_of_the_best_report() -> None:
    """Where answers may change what is first, their probability; 0 where no state is worth knowing."""
    told = assessed("opm-2015")
    value = voi(told, view="long", decision="response", parameters=False)
    assert value.next is not None
    assert max(one.evsi for one in value.reports) == value.best.evsi  # type: ignore[union-attr]
    assert 0 < chance_of_change(told, view="long") == pytest.approx(value.next.chance)
    assert chance_of_change(assessed("sony-2014")) == 0


def test_candidates_without_rivals_and_cases_without_reports_have_values() -> None:
    """One criminal and nothing told: everything is computed, and the bounds hold."""
    case = case_of("sony-2014")
    actors = tuple(actor for actor in case.actors if actor.id == "criminals")
    alone = case.model_copy(update={"actors": actors, "demands": (), "reports": ()})
    value = voi(assess(alone, load_knowledge(draws=200)), parameters=False)
    assert all(check.passed for check in value.checks())
    assert {one.report.fact for one in value.reports} & {"vendor_attribution", "language"}
    assert not {one.report.fact for one in value.reports} & {"message_text", "timing"}


def test_stated_beliefs_stay_and_the_answer_says_so() -> None:
    """With a stated belief among the reports, its weight stays as it is: the bounds hold, and a note says so."""
    case = case_of("notpetya-2017")
    opinion = Report(id="opinion", fact="intent", findings={"sabotage": 0.5, "retaliation": 0.5}, kind="pinned")
    value = voi(
        assess(case.model_copy(update={"reports": (*case.reports, opinion)}), load_knowledge(draws=200)),
        parameters=False,
    )
    assert all(check.passed for check in value.checks())
    assert any("stated beliefs and pins keep the weight" in note for note in value.notes)
    plain = voi(announced("notpetya-2017"), parameters=False)
    assert not any("stated beliefs" in note for note in plain.notes)


def test_late_facts_are_valued_under_later_tables_with_a_fit() -> None:
    """With a fit, a report of a late fact has a bound of its own, and the answer says under which tables it stands."""
    known = load_knowledge(draws=200)
    known = with_fit(known, load_fit("default", known))
    told = assess(case_of("notpetya-2017"), known)
    value = voi(told, parameters=False)
    assert value.evpi_later not in (None, value.evpi)
    assert any("later cases" in note for note in value.notes)
    assert all(check.passed for check in value.checks())
    later = states_of(told, late=True)
    menu = lean(choice(told))
    for one in value.reports:
        if one.report.fact == "objective_achieved":
            assert one.evsi == pytest.approx(evsi(menu, later, preposterior(one.report, later)), rel=1e-9)
            assert one.evppi == pytest.approx(evppi(menu, later, ("objective",)), rel=1e-9)


def test_fixed_parameters_have_values_too() -> None:
    """At one draw, every number at its headline value, states are as uncertain as ever and the bounds hold."""
    told = assess(case_of("notpetya-2017"), load_knowledge(draws=200).at_values())
    value = voi(told, parameters=False)
    assert value.evpi > 0
    assert all(check.passed for check in value.checks())
    np.testing.assert_allclose(states_of(told).posterior, told.belief.averaged, atol=1e-13)


def test_values_of_inputs_stand_beside_those_of_states() -> None:
    """The table has what inputs are worth too, and states and inputs together bound the states."""
    value = voi(assessed_quickly("notpetya-2017"))
    assert value.parameters is not None
    assert all(check.passed for check in value.checks())
    assert [check.name for check in value.checks()][-1] == "value.everything"
