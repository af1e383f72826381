"""What reports are worth before they are known: by hand, by nested Monte Carlo on the full engine, within bounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.sensitivity.examples import IDS, assessed, assessed_quickly, toy

from cybercoercion.assessment import Assessment, assess
from cybercoercion.belief import believe
from cybercoercion.belief.channel import quality
from cybercoercion.belief.evidence import copy_parents
from cybercoercion.belief.pointing import naming_actor, naming_demand
from cybercoercion.case import Case, Pending, Report, load
from cybercoercion.knowledge import load_knowledge
from cybercoercion.sensitivity.choice import Choice, choice
from cybercoercion.sensitivity.value.preposterior import (
    change,
    evpi,
    evppi,
    evsi,
    lean,
    preposterior,
    worth,
)
from cybercoercion.sensitivity.value.reports import Coming, coming_reports
from cybercoercion.sensitivity.value.seen import states_of
from cybercoercion.sensitivity.value.table import voi
from cybercoercion.vocabulary import facts

Array = NDArray[np.float64]
FAR = 1e-6  # USD: what rounding leaves of sums in the billions


def heard(menu: Choice, said: list[list[float]]) -> Array:
    """Return p(finding, actor) of a toy, from P(finding | actor) by finding."""
    return np.array(said)[:, None, :, None] * menu.states


@cache
def with_pending(name: str, *pending: Pending) -> Assessment:
    """Return a shipped case with reports announced, few draws."""
    case = load(name)
    assert isinstance(case, Case)
    return assess(case.model_copy(update={"pending": pending}), load_knowledge(draws=200))


def report_on(told: Assessment, fact: str) -> Coming:
    """Return the generic report on a fact."""
    return next(one for one in coming_reports(told)[0] if one.fact == fact and one.generic)


def test_a_report_is_worth_what_the_tree_says() -> None:
    """Accuse A: -10 M if A did it (.6), else 20 M; nothing: 0. A report names A with .85 if guilty, .10 if not.

    Now: min(.6 x -10 + .4 x 20, 0) = 0. Named: .6 x .85 x -10 + .4 x .10 x 20 = -5.1 + 0.8 = -4.3; not named:
    .09 x -10 + .36 x 20 = 6.3, so nothing: 0. EVSI = 0 - (-4.3 + 0) = 4.3. Knowing A: .6 x 10 = 6.
    The choice changes when A is named: .51 + .04 = .55.
    """
    menu = toy([[-10, 20], [0, 0]], [0.6, 0.4])
    parts = heard(menu, [[0.85, 0.10], [0.15, 0.90]])
    assert worth(menu, parts) == pytest.approx(4.3, abs=1e-12)
    assert change(menu, parts) == pytest.approx(0.55, abs=1e-12)
    assert worth(menu, heard(menu, [[1, 0], [0, 1]])) == pytest.approx(6, abs=1e-12)


def test_a_report_on_one_of_three_is_worth_less_than_knowing_which() -> None:
    """Accuse A or B (-10 M if guilty, 20 M if not), or nothing; p = .5, .3, .2.

    Now: A .5 x -10 + .5 x 20 = 5, B .3 x -10 + .7 x 20 = 11, nothing 0. Whether it is A: -5, so 5 M. Who it is:
    -5 - 3 = -8, so 8 M. A report that names A (.85, else .10): named .425 x -10 + (.03 + .02) x 20 = -3.25;
    not named: A .075 x -10 + .45 x 20 > 0, B .27 x -10 + .255 x 20 = 2.4 > 0. So 3.25 M.
    """
    menu = toy([[-10, 20, 20], [20, -10, 20], [0, 0, 0]], [0.5, 0.3, 0.2])
    told = worth(menu, heard(menu, [[0.85, 0.10, 0.10], [0.15, 0.90, 0.90]]))
    whether = worth(menu, heard(menu, [[1, 0, 0], [0, 1, 1]]))
    who = worth(menu, heard(menu, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]))
    assert (told, whether, who) == pytest.approx((3.25, 5, 8), abs=1e-12)


shares = st.floats(0.01, 1)
money = st.floats(-1e3, 1e3)


@given(
    cost=st.lists(st.lists(money, min_size=3, max_size=3), min_size=2, max_size=4),
    p=st.lists(shares, min_size=3, max_size=3),
    said=st.lists(st.lists(shares, min_size=3, max_size=3), min_size=2, max_size=4),
    q=st.floats(0, 1),
    unit=st.floats(0.1, 10),
)
def test_bounds_hold_whatever_the_numbers(
    cost: list[list[float]], p: list[float], said: list[list[float]], q: float, unit: float
) -> None:
    """0 <= EVSI <= EVPPI; a garbled report is worth no more; units of money scale it, common costs do not move it."""
    menu = toy(cost, (np.array(p) / sum(p)).tolist())
    table = np.array(said) / np.sum(said, axis=0)
    value = worth(menu, heard(menu, table.tolist()))
    assert 0 <= value <= worth(menu, heard(menu, np.eye(3).tolist())) + 1e-9
    noise = table.mean(1, keepdims=True)
    worse = worth(menu, heard(menu, (q * table + (1 - q) * noise).tolist()))
    assert worse <= value + 1e-9
    assert worth(menu, heard(menu, table[::-1].tolist())) == pytest.approx(value, abs=1e-9)
    scaled = toy((unit * np.array(cost)).tolist(), menu.states.ravel().tolist())
    assert worth(scaled, heard(scaled, table.tolist())) == pytest.approx(unit * value, abs=1e-8)
    moved = toy((np.array(cost) + np.array([5.0, -7.0, 1.0])).tolist(), menu.states.ravel().tolist())
    assert worth(moved, heard(moved, table.tolist())) == pytest.approx(value, abs=1e-9)
    assert worth(lean(menu), heard(menu, table.tolist())) == pytest.approx(value, abs=1e-9)


def simulated(told: Assessment, report: Coming, size: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return simulated places of states ``(3, set)`` and of findings ``(set,)``: a draw, a state in it, a report.

    Written out once more from the tables of each draw, for facts that nobody has reported yet.
    """
    known, states = told.knowledge, states_of(told)
    network, inside = states.network, states.inside
    flat = rng.choice(inside.size, size, p=inside.ravel() / inside.sum())
    intent, who, demand, draw = np.unravel_index(flat, inside.shape)
    name, n = report.fact, network.candidates
    if facts()[name].group == "actor":
        seen = who
        if facts()[name].deceivable:
            others = np.where(who < n, n - 1, n)
            framed = (rng.random(size) * others).astype(int)
            framed += (who < n) & (framed >= who)
            seen = np.where(rng.random(size) < network.deception[who, draw], framed, who)
        table = naming_actor(name, network, known)  # (label, who, draw)
        rows, noise = table[:, seen, draw], (network.plausible_who * table).sum(1)[:, draw]
    elif facts()[name].group == "demand":
        table = naming_demand(name, network, known)
        rows, noise = table[:, demand, draw], (network.plausible_demand * table).sum(1)[:, draw]
    else:
        table = np.moveaxis(known.table(name), 1, 0)  # (label, parent, draw)
        parent = intent
        if known.tables[name].given == ("objective",):
            aim = states.aim[:, intent, network.kind_of[who], draw]
            parent = (aim.cumsum(0) < rng.random(size) * aim.sum(0)).sum(0)
        rows, noise = table[:, parent, draw], table.mean(1)[:, draw]
    q = np.broadcast_to(quality(report.grade, known), (known.size,))[draw]
    p = q * rows + (1 - q) * noise
    found = (p.cumsum(0) < rng.random(size) * p.sum(0)).sum(0)
    return np.array([intent, np.minimum(who, n), demand]), found


# how far tables that a report would teach may move its value beyond the error of the simulation, share of the value
TAUGHT = 0.02


@pytest.mark.parametrize(
    ("name", "view", "fact", "taught"),
    [
        ("notpetya-2017", "nation", "vendor_attribution", TAUGHT),
        ("notpetya-2017", "nation", "claim_of", TAUGHT),
        ("notpetya-2017", "nation", "language", TAUGHT),
        ("notpetya-2017", "nation", "official_statement", 0.06),
        ("notpetya-2017", "nation", "sector", 0.10),
        ("notpetya-2017", "nation", "after_refusal", 0.20),
        ("solarwinds-2020", "nation", "vendor_attribution", TAUGHT),
        ("solarwinds-2020", "nation", "language", TAUGHT),
        ("stuxnet-2010", "nation", "malware_lineage", TAUGHT),
        ("opm-2015", "long", "vendor_attribution", TAUGHT),
    ],
)
def test_value_is_that_of_simulated_reports(name: str, view: str, fact: str, taught: float) -> None:
    """Simulate state and report, believe with the report in the case, choose, pay: the mean saving is the EVSI.

    Facts that tell little teach as much of the tables as of the states: there the two differ by more.
    """
    told, size = assessed(name), 600_000
    report, menu, states = report_on(told, fact), choice(told, view=view), states_of(told)
    value = evsi(menu, states, preposterior(report, states))
    truth, found = simulated(told, report, size, np.random.default_rng(4))
    chosen = np.zeros(len(report.labels), dtype=int)
    for place, finding in enumerate(report.labels):
        case = told.case.model_copy(update={"reports": (*told.case.reports, report.found(finding, told.case))})
        chosen[place] = menu.best(believe(case, told.knowledge).averaged)
    saved = menu.cost[(menu.pick, *truth)] - menu.cost[(chosen[found], *truth)]
    error = float(saved.std() / np.sqrt(size))
    assert value > 0
    assert abs(value - saved.mean()) <= 3 * error + taught * value


@pytest.mark.parametrize("name", ["solarwinds-2020", "sony-2014", "opm-2015"])
def test_findings_are_as_probable_as_the_engine_says(name: str) -> None:
    """P(finding) is p(reports and finding) / p(reports) of the full engine, and beliefs after it agree; they sum to 1.

    The engine leaves out what is the same in every state, and that is put back here: where a report does not repeat
    the first, the chance that it would not have, and that what is there was seen at all.
    """
    told = assessed_quickly(name)
    states = states_of(told)
    again = 0
    for report in coming_reports(told)[0]:
        if len(report.labels) > 5:
            continue
        again += report.detection is not None
        parts = states.mass(preposterior(report, states).given)
        assert parts.sum() == pytest.approx(1, abs=1e-12)
        total = 0.0
        for place, finding in enumerate(report.labels):
            case = told.case.model_copy(update={"reports": (*told.case.reports, report.found(finding, told.case))})
            there = believe(case, told.knowledge)
            p = there.evidence / told.belief.evidence
            if report.repeats and finding not in report.repeats:
                p *= (1 - (report.copied or 0)) * (report.detection or 1)
            assert parts[place].sum() == pytest.approx(p, abs=0.005)
            np.testing.assert_allclose(parts[place], p * there.averaged, atol=0.005)
            total += p
        assert total == pytest.approx(1, abs=0.005)
    assert again > 0 or name == "sony-2014"


@pytest.mark.parametrize("name", IDS)
def test_bounds_hold_in_every_case(name: str) -> None:
    """0 <= EVSI <= EVPPI of what the report hangs on <= EVPI, in every view and for both decisions."""
    told = assessed_quickly(name)
    for view in ("target", "nation", "long"):
        for decision in ("two-step", "response"):
            value = voi(told, view=view, decision=decision, parameters=False)
            assert all(check.passed for check in value.checks())
            for one in value.reports:
                assert 0 <= one.evsi <= one.evppi * (1 + 1e-9) + FAR
                assert one.evppi <= value.evpi * (1 + 1e-9) + FAR
            assert all(0 <= one.evppi <= value.evpi * (1 + 1e-9) + FAR for one in value.states)


def test_knowing_more_is_never_worth_less() -> None:
    """Knowing the kind is worth no more than knowing who, signalling than with the demand, coercion than intent.

    Whom a frame points at adds nothing once it is known who did it.
    """
    told = assessed_quickly("notpetya-2017")
    menu, states = choice(told), states_of(told)
    for less, more in (
        (("kind",), ("who",)),
        (("coercion",), ("intent",)),
        (("signalling",), ("signalling", "demand")),
        (("actor",), ("actor", "intent")),
    ):
        assert evppi(menu, states, less) <= evppi(menu, states, more) * (1 + 1e-12)
    whole = evppi(menu, states, ("intent", "actor", "demand"))
    assert whole == pytest.approx(evpi(menu, states), rel=1e-12)
    assert evppi(menu, states, ("who", "framed")) == evppi(menu, states, ("who",))


def test_perfect_information_is_worth_the_regret_of_the_pick() -> None:
    """EVPI of states, by brute force over every state: what the pick costs there less what the best would."""
    told = assessed_quickly("stuxnet-2010")
    menu, states = choice(told), states_of(told)
    regret = 0.0
    for z in np.ndindex(menu.states.shape):
        least = min(menu.cost[(row, *z)] for row in range(len(menu.plans)))
        regret += menu.states[z] * (menu.cost[(menu.pick, *z)] - least)
    assert evpi(menu, states) == pytest.approx(regret, rel=1e-9)


def test_plans_that_no_belief_would_choose_are_worth_nothing() -> None:
    """Without plans that another beats in every state, values are the same."""
    told = assessed_quickly("notpetya-2017")
    menu, states = choice(told), states_of(told)
    few = lean(menu)
    assert len(few.plans) < len(menu.plans) / 2
    assert few.names[few.pick] == menu.names[menu.pick]
    for fact in ("vendor_attribution", "leak", "claim", "sector"):
        report = preposterior(report_on(told, fact), states)
        assert evsi(few, states, report) == pytest.approx(evsi(menu, states, report), rel=1e-9, abs=FAR)


def test_a_report_of_no_quality_is_worth_nothing() -> None:
    """A channel of quality 0 says the same whatever is true: its value is 0, and no belief moves."""
    told = assessed_quickly("notpetya-2017")
    dumb = replace(told, knowledge=told.knowledge.held({"reliability.B": 0.0, "credibility.2": 0.0}))
    menu, states = choice(told), replace(states_of(told), knowledge=dumb.knowledge)
    for report in coming_reports(told)[0]:
        said = preposterior(report, states)
        if not report.repeats:
            assert evsi(menu, states, said) == pytest.approx(0, abs=FAR)
            assert np.ptp(said.given.reshape(len(said.labels), -1), axis=1).max() < 1e-12


def test_a_certain_copy_is_worth_nothing() -> None:
    """A report of an origin that has spoken, and that only ever repeats itself, is worth 0; else it is worth some."""
    copied = Pending(id="again", fact="malware_lineage", grade="A2")
    told = with_pending("notpetya-2017", copied)
    first = next(report for report in told.belief.reports if report.fact == "malware_lineage")
    told = with_pending("notpetya-2017", copied.model_copy(update={"origin": first.origin}))
    report = coming_reports(told)[0][0]
    assert report.repeats == (first.finding,)
    menu, states = choice(told), states_of(told)
    surely = replace(states, knowledge=told.knowledge.held({"copy.same_origin": 1.0}))
    assert evsi(menu, surely, preposterior(report, surely)) == pytest.approx(0, abs=FAR)
    freely = replace(states, knowledge=told.knowledge.held({"copy.same_origin": 0.0}))
    some, none = (evsi(menu, one, preposterior(report, one)) for one in (states, freely))
    assert 0 < some < none


def test_a_better_grade_is_never_worth_less() -> None:
    """From A2 down to E5 the value of the same report falls or stays: the worse is the better one garbled."""
    told = assessed_quickly("notpetya-2017")
    menu, states = choice(told), states_of(told)
    for report in coming_reports(told)[0]:
        values = [
            evsi(menu, states, preposterior(replace(report, grade=grade), states))
            for grade in ("A2", "B2", "B3", "C3", "D4", "E5")
        ]
        assert all(worse <= better + FAR for better, worse in pairwise(values))
    best = preposterior(replace(report_on(told, "vendor_attribution"), grade="A2"), states)
    assert evsi(menu, states, best) > 0


def test_a_grade_of_one_counts_as_two_until_it_is_confirmed() -> None:
    """Whether a coming report will be confirmed nobody knows: graded 1 it is worth what 2 is."""
    one, two = (Pending(id="lab", fact="vendor_attribution", grade=grade) for grade in ("A1", "A2"))
    first, second = (voi(with_pending("notpetya-2017", each), parameters=False).reports for each in (one, two))
    values = [next(row.evsi for row in rows if row.report.id == "lab") for rows in (first, second)]
    assert values[0] == values[1] > 0


def test_order_and_names_of_candidates_move_no_value() -> None:
    """Candidates in reverse order, demands too: every report is worth the same."""
    case = load("notpetya-2017")
    assert isinstance(case, Case)
    turned = case.model_copy(
        update={"actors": case.actors[::-1], "demands": case.demands[::-1], "reports": case.reports[::-1]}
    )
    known = load_knowledge(draws=200)
    one, two = (
        {row.report.id: row.evsi for row in voi(assess(each, known), parameters=False).reports}
        for each in (case, turned)
    )
    assert one.keys() == two.keys()
    for name, value in one.items():
        assert two[name] == pytest.approx(value, rel=1e-7, abs=1e-3)


def test_reports_that_the_frame_implies_are_named_and_not_valued() -> None:
    """What brought the case to attention, and a denial that concerns nobody, are listed with the reason."""
    told = with_pending("sony-2014", Pending(id="mute", fact="denial"), Pending(id="threats", fact="threat"))
    value = voi(told, parameters=False)
    reasons = {one.id: one.reason for one in value.unvalued}
    assert reasons["mute"] == "it concerns nobody in particular"
    assert reasons["threats"] == "what it tells is already in how the case came to attention"
    assert not reasons.keys() & {one.report.id for one in value.reports}


def test_a_generic_report_of_a_told_fact_may_repeat_the_first() -> None:
    """Where a fact was told, one more report says the same with a copy probability, and names the report it repeats."""
    told = assessed_quickly("notpetya-2017")
    report = report_on(told, "malware_lineage")
    first = next(one for one in told.case.reports if one.fact == "malware_lineage")
    assert (report.repeats, report.parent) == ((first.finding,), first.id)
    assert report.found(str(first.finding), told.case).copies == first.id
    assert report.found(str(first.finding), told.case).copy_probability == told.knowledge.mean("value.copy")
    assert report.found("none", told.case).copies is None
    assert report.found("none", told.case).copy_probability is None


def test_a_repeat_of_what_was_not_seen_is_read_as_one() -> None:
    """Where the first looked and did not see, the repeat looks as hard: the engine takes it for a copy of the first."""
    told = assessed_quickly("solarwinds-2020")
    first = next(one for one in told.case.reports if one.fact == "claim")
    report = report_on(told, "claim")
    assert first.detection == report.detection == 0.95
    found = report.found(str(first.finding), told.case)
    assert copy_parents((*told.case.reports, found))[found.id] == first.id
    # what it would see if it were there it sees with that probability only: it is worth no more than if it saw all
    menu, states = choice(told, view="long"), states_of(told)
    sure = replace(report, detection=None)
    assert evsi(menu, states, preposterior(report, states)) <= evsi(menu, states, preposterior(sure, states)) + FAR


def test_which_report_is_the_first_hangs_on_no_order() -> None:
    """Of two that were told of one fact, one of which looked and did not see, the earlier is what others repeat."""
    case = load("notpetya-2017")
    assert isinstance(case, Case)
    day = case.as_of
    early = Report(id="early", fact="threat", finding="clear", grade="C3", known_date=day - timedelta(9))
    late = Report(id="late", fact="threat", finding="none", grade="C3", detection=0.8, known_date=day - timedelta(2))
    for two in ((early, late), (late, early)):
        kept = tuple(one for one in case.reports if one.fact != "threat")
        told = assess(case.model_copy(update={"reports": (*kept, *two)}), load_knowledge(draws=50))
        report = report_on(told, "threat")
        assert (report.parent, report.detection) == ("early", None)


def test_a_repeat_in_a_campaign_names_its_parent_as_the_episode_does() -> None:
    """The report that it may repeat is called by its id in the episode: so the engine finds it there."""
    told = assessed_quickly("ukraine-2014-2016")
    ids = {one.id for one in told.case.reports}
    named = [
        one.found(one.repeats[0], told.case).copies
        for one in coming_reports(told)[0]
        if one.parent is not None and one.parent.startswith("ukraine-grid-2016/")
    ]
    assert named
    assert set(named) <= ids


def test_net_value_takes_cost_and_delay_off() -> None:
    """EVSI less 2 M for the report and 10,000 USD for each of 30 days: 2.3 M less than gross."""
    case = load("notpetya-2017")
    assert isinstance(case, Case)
    pending = Pending(
        id="lab", fact="vendor_attribution", grade="A2", cost=2e6, expected_date=case.as_of + timedelta(days=30)
    )
    stakes = case.stakes.model_copy(update={"delay_cost": 1e4})
    told = assess(case.model_copy(update={"pending": (pending,), "stakes": stakes}), load_knowledge(draws=200))
    row = next(one for one in voi(told, parameters=False).reports if one.report.id == "lab")
    assert row.evsi - row.net == pytest.approx(2.3e6)
    assert row.report.delay == pytest.approx(30)


def test_the_table_is_labelled() -> None:
    """Reports and states have names, money its unit; findings of a report sum to the belief."""
    told = assessed_quickly("notpetya-2017")
    value = voi(told, parameters=False)
    table = value.labelled()
    assert table["evsi"].attrs["unit"] == "USD"
    assert value.best is not None
    assert float(table["evsi"].sel(report=value.best.report.id)) == value.best.evsi
    states = states_of(told)
    said = preposterior(value.best.report, states).labelled(states)
    np.testing.assert_allclose(said.sum("finding").to_numpy(), told.belief.averaged, atol=1e-12)
