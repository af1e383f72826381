"""Entries of tables: the closed form is the full engine, and thresholds are where it turns."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from tests.belief.oracle import Oracle
from tests.sensitivity.examples import FEW, assessed_quickly, tables, toy

from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import Case, Report, load
from cybercoercion.fit.replaced import with_fit
from cybercoercion.fit.store import load_fit
from cybercoercion.knowledge import load_knowledge
from cybercoercion.sensitivity.entry.entries import Entries, Entry, entries, entry_curve
from cybercoercion.sensitivity.entry.function import EntryFunction
from cybercoercion.sensitivity.entry.joint import curves_of, moved, nodes_of
from cybercoercion.sensitivity.entry.world import world_of
from cybercoercion.sensitivity.output import OUTPUTS
from cybercoercion.sensitivity.told.rivals import QUESTIONS, Rivals, rivals_of
from cybercoercion.vocabulary import COERCION, INTENTS, facts

KINDS_OF_TABLE = {
    "intent", "kind", "signalling", "objective", "demanded", "dispute", "target_fit", "demand_content",
    "content_of_demand", "demand_statement", "claim", "claim_of", "threat", "denial", "trigger", "trigger_elsewhere",
    "leak", "severity", "vendor_attribution", "malware_lineage", "message_text",
}  # fmt: skip
CAMPAIGN = "ukraine-2014-2016"
CASES = ("sony-2014", "costa-rica-2022", "dnc-2016", "opm-2015", "volt-typhoon-2023")


@cache
def few(name: str) -> Assessment:
    """Return the assessment of a shipped case with few draws, of a campaign with very few."""
    return assess(load(name), tables(1, 40)) if name == CAMPAIGN else assessed_quickly(name)


@cache
def found(name: str, output: str = "gap", decision: str = "response", view: str = "nation") -> Entries:
    """Return the entries of a shipped case."""
    return entries(few(name), output=output, decision=decision, view=view)


def asked(one: Assessment, entry: Entry, at: float, **how: str) -> np.ndarray:
    """Return an output of the full engine with an entry at a value."""
    return entry_curve(one, entry.version, entry.row, entry.state, [at], **how).numbers[0]


def toyed() -> Rivals:
    """Return two plans against two actors: nothing, and one that gains 10 from the first and loses 5 on the second."""
    menu = toy([[0, 0], [-10, 5]], [0.5, 0.5])
    return Rivals(menu=menu, place=np.array([-1, -1]), share=0.5)


def test_a_threshold_by_hand():
    """Two actors at one half; a report is told by the first with probability t, by the second with .4.

    The joint is .5 t and .2. Plan 1 gains 10 x .5 t - 5 x .2 = 5 t - 1: first from t = .2 on. The first actor leads
    where .5 t > .2, from t = .4 on. At t = .6 the belief in it is .3 / .5 = .6, and plan 1 costs (-3 + 1) / .5 = -4.
    """
    rivals = toyed()
    joints = np.array([[[[0.0], [0.2]]], [[[0.5], [0.2]]]])  # at t = 0 and t = 1; (node, intent, actor, demand)
    function = EntryFunction(nodes=nodes_of(1), values=np.array([rivals.of(joint) for joint in joints]))
    (turn,) = function.turns(rivals, "choice")
    assert (turn.value, turn.before, turn.after) == (pytest.approx(0.2), "plan 0", "plan 1")
    (turn,) = function.turns(rivals, "actor")
    assert (turn.value, turn.before, turn.after) == (pytest.approx(0.4), "actor 1", "actor 0")
    assert function.turns(rivals, "coercion") == ()  # the toy's only purpose is compellence
    values = function.at(np.array([0.6]))
    assert rivals.numbers("belief", values, "")[0, 1] == pytest.approx(0.6)
    assert rivals.numbers("cost", values, "")[0].tolist() == [0, pytest.approx(-4)]
    assert rivals.numbers("gap", values, "plan 0")[0, 0] == pytest.approx(-4)


def test_a_lead_that_is_lost_and_won_again_turns_twice():
    """Three actors at .5 - .4 t, .3 and .4 t: the first leads to t = .5, the second to t = .75, then the third."""
    menu = toy([[0, 0, 0]], [0.5, 0.3, 0.2])
    rivals = Rivals(menu=menu, place=np.array([-1]), share=0.5)
    joints = np.array([[[[0.5], [0.3], [0.0]]], [[[0.1], [0.3], [0.4]]]])
    function = EntryFunction(nodes=nodes_of(1), values=np.array([rivals.of(joint) for joint in joints]))
    assert [(turn.value, turn.after) for turn in function.turns(rivals, "actor")] == [
        (pytest.approx(0.5), "actor 1"),
        (pytest.approx(0.75), "actor 2"),
    ]


def test_a_square_by_hand():
    """Where an entry enters twice the joint is t^2 / 2 and .08: the first actor leads from t = .4 on."""
    rivals = toyed()
    nodes = nodes_of(2)
    joints = np.array([[[[t**2 / 2], [0.08]]] for t in nodes])
    function = EntryFunction(nodes=nodes, values=np.array([rivals.of(joint) for joint in joints]))
    (turn,) = function.turns(rivals, "actor")
    assert turn.value == pytest.approx(0.4, abs=1e-10)


@given(
    st.lists(st.floats(0.01, 1), min_size=2, max_size=6),
    st.floats(0, 1),
    st.sampled_from(["proportional", "uniform"]),
)
def test_a_moved_row_is_a_row(weights, t, covariation):
    """The entry has its value, the row sums to one, the others keep their proportions or are equal."""
    rows = np.array(weights)[:, None] / sum(weights)
    out = moved(rows, 0, t, covariation)[:, 0]
    assert out[0] == t
    assert out.sum() == pytest.approx(1)
    share = rows[1:, 0] / rows[1:, 0].sum() if covariation == "proportional" else 1 / (len(rows) - 1)
    assert out[1:] == pytest.approx((1 - t) * share)


@pytest.mark.parametrize(
    ("name", "covariation"), [*((name, "proportional") for name in CASES), ("sony-2014", "uniform")]
)
def test_the_closed_form_is_the_full_engine(name, covariation):
    """At a random value of entries of every table, every probability is the engine's to 1e-10."""
    one = few(name)
    world = world_of(one)
    rivals = rivals_of(one.belief, one.costs, "nation", "response")
    network = world.episodes[0].network
    fold = np.minimum(np.arange(len(network.kind_of)), network.candidates)
    rng, seen, share = np.random.default_rng(7), set[str](), 0.12
    for curves in curves_of(world, rivals.matrix[:, :, fold], covariation, None):
        for state, values in enumerate(curves.values):
            if rng.random() > share and curves.table in seen:
                continue
            seen.add(curves.table)
            t = rng.random()
            at = EntryFunction(nodes=curves.nodes, values=values).at(np.array([t]))
            table = one.knowledge.tables[curves.table]
            row = [labels[place] for labels, place in zip(table.parents, curves.place, strict=True)]
            engine = entry_curve(
                one, curves.table, row, table.states[state], [t], output="belief", covariation=covariation
            )
            assert rivals.numbers("belief", at, "")[0] == pytest.approx(engine.numbers[0], abs=1e-10)


def test_every_kind_of_table_is_asked_about():
    """The cases of these tests use tables of every kind, hidden nodes, facts about actors and names among them."""
    assert {entry.table for name in CASES for entry in found(name).entries} >= KINDS_OF_TABLE


@pytest.mark.parametrize(
    ("name", "view", "decision"),
    [
        ("sony-2014", "long", "response"),
        ("sony-2014", "target", "two-step"),
        ("dnc-2016", "long", "response"),
        ("opm-2015", "long", "two-step"),
        ("github-2015", "long", "response"),
    ],
)
def test_a_turn_of_the_choice_is_where_the_engine_says(name, view, decision):
    """Just below a threshold one is first, just above the other; where no accusation falls, the gap there is zero."""
    one = few(name)
    how = {"view": view, "decision": decision}
    turning = found(name, decision=decision, view=view).turning("choice")
    assert turning
    rng = np.random.default_rng(3)
    for place in rng.permutation(len(turning))[:5]:
        entry = turning[place]
        for turn in entry.choice.turns:
            step = 1e-8
            around = [max(turn.value - step, 0.0), min(turn.value + step, 1.0)]
            curve = entry_curve(one, entry.table, entry.row, entry.state, around, **how)
            assert curve.first == (turn.before, turn.after)
            if turn.before != curve_pick(one, **how):
                continue

            def gap(t: float, entry: Entry = entry) -> float:
                return float(asked(one, entry, t, **how)[0])

            edges = [max(turn.value - 1e-4, 0.0), min(turn.value + 1e-4, 1.0)]
            if gap(edges[0]) > 0 > gap(edges[1]):
                assert brentq(gap, *edges, xtol=1e-12) == pytest.approx(turn.value, abs=1e-8)


def curve_pick(one: Assessment, **how: str) -> str:
    """Return what is first as things are."""
    return entries(one, tables=["intent"], **how).pick


@pytest.mark.parametrize("name", ["sony-2014", "dnc-2016", CAMPAIGN])
def test_a_turn_of_the_verdict_is_a_root_of_the_engine(name):
    """P(coercion) is one half at each threshold of it, to 1e-8 in the entry."""
    one = few(name)
    turning = [entry for entry in found(name).turning("coercion") if entry.coercion.above or entry.coercion.below]
    assert turning
    for entry in turning[:: max(len(turning) // 4, 1)]:
        for turn in entry.coercion.turns:

            def excess(t: float, entry: Entry = entry) -> float:
                return float(asked(one, entry, t, output="belief")[0]) - 0.5

            low, high = max(turn.value - 0.01, 0.0), min(turn.value + 0.01, 1.0)
            assert brentq(excess, low, high, xtol=1e-13) == pytest.approx(turn.value, abs=1e-8)


def test_a_turn_of_the_lead_is_a_root_of_the_engine():
    """The leading actor and its rival are equal at each threshold."""
    one = assessed_quickly("dnc-2016")
    actors = one.belief.actors
    for entry in found("dnc-2016").turning("actor")[:6]:
        for turn in entry.actor.turns:
            p = asked(one, entry, turn.value, output="belief")[1 : 1 + len(actors)]
            assert p[actors.index(turn.before)] == pytest.approx(p[actors.index(turn.after)], abs=1e-10)


@pytest.mark.parametrize("output", ["belief", "cost", "gap"])
@pytest.mark.parametrize("name", ["colonial-2021", CAMPAIGN])
def test_the_ends_are_the_engine(name, output):
    """At its own 5 and 95 %, every output is the engine's, of a case and of a campaign."""
    one, whole = few(name), found(name, output)
    rng = np.random.default_rng(1)
    tables_ = list(dict.fromkeys(entry.table for entry in whole.entries))
    for table in tables_:
        of_table = [entry for entry in whole.entries if entry.table == table]
        entry = of_table[rng.integers(len(of_table))]
        curve = entry_curve(one, entry.table, entry.row, entry.state, [entry.low, entry.high], output=output)
        assert curve.labels == whole.labels
        assert entry.numbers == pytest.approx(curve.numbers, rel=1e-8, abs=1e-9, nan_ok=True)


def test_pyagrum_says_the_same():
    """With perfect channels nothing is noise: another engine, told the changed row, gives the same belief."""
    case = load("sony-2014")
    assert isinstance(case, Case)
    perfect = tuple(
        report.model_copy(
            update={
                "finding": None,
                "grade": None,
                "detection": None,
                "likelihood": {state: float(state == report.finding) for state in facts()[report.fact].states},
            }
        )
        for report in case.reports
        if facts()[report.fact].states and report.finding in facts()[report.fact].states
    )
    case = case.model_copy(update={"reports": perfect, "frame": "politically-relevant"})
    known = tables(1, FEW).at_values()
    one = assess(case, known)
    asked_ = (("threat", "overt", "clear"), ("rhetoric_elsewhere", "", "generic"), ("denial", "yes", "denial"))
    used = {entry.table for entry in entries(one).entries}
    assert {"threat", "rhetoric_elsewhere", "denial", "objective"} <= used
    for table, row, state in (*asked_, ("leak", "retaliation", "yes"), ("objective", "espionage state", "gain")):
        parents = tuple(row.split())
        entry = known.tables[table]
        if table not in used:
            continue
        place = tuple(of.index(label) for of, label in zip(entry.parents, parents, strict=True))
        rows = known.table(table).copy()
        rows[place] = moved(rows[place], entry.states.index(state), 0.37, "proportional")
        _, joint = Oracle(case, known.at_rows({table: rows})).solve()
        curve = entry_curve(one, table, parents, state, [0.37], output="belief")
        coercive = [INTENTS.index(intent) for intent in COERCION]
        assert curve.numbers[0, 0] == pytest.approx(joint[coercive].sum() / joint.sum(), abs=1e-9)
        assert curve.numbers[0, 1] == pytest.approx(joint[:, 0].sum() / joint.sum(), abs=1e-9)


def test_an_entry_that_enters_twice_is_a_square():
    """Two statements on whom a victim names make the joint a square in the entries of that table, none else."""
    whole = found("sony-2014")
    told = [report.fact for report in assessed_quickly("sony-2014").belief.reports]
    twice = {fact for fact in told if told.count(fact) > 1 and not facts()[fact].states}
    assert twice
    assert {entry.table for entry in whole.entries if entry.degree == 2} == twice
    assert {entry.degree for entry in whole.entries} == {1, 2}


def test_what_is_past_is_counted_over_own_draws():
    """The share of draws past a threshold is their weight beyond it, and the mean and range are weighted alike."""
    one = assessed_quickly("dnc-2016")
    (entry,) = [entry for entry in found("dnc-2016").entries if entry.name == "vendor_attribution[no].wrong"]
    draws = one.knowledge.table("vendor_attribution")[1, 2]
    weight = one.belief.weights
    assert entry.now == pytest.approx(draws @ weight)
    (turn,) = entry.actor.turns
    assert entry.actor.past == pytest.approx(weight[draws < turn.value].sum(), abs=1e-12)
    assert entry.actor.below == turn
    assert entry.actor.above is None
    assert entry.room("actor") == (pytest.approx(entry.now - turn.value), np.inf)
    assert entry.actor.held == entry.actor.leads


def test_who_leads_at_the_mean_is_said():
    """With an entry at its mean in every draw another may lead than with its spread; then there is no room at all."""
    one = few("sands-2014")
    whole = found("sands-2014", view="long")
    spread = [entry for entry in whole.entries if entry.choice.held != entry.choice.leads]
    for entry in [*spread[:3], *whole.turning("choice")[:3]]:
        curve = entry_curve(one, entry.version, entry.row, entry.state, [entry.now], view="long")
        assert curve.first == (entry.choice.held,)
        assert (entry.room() == (0, 0)) == (entry.choice.held != whole.pick)


@pytest.mark.parametrize("kind", ["new-belief", "pinned"])
def test_stated_beliefs_keep_their_weight(kind):
    """With a belief among the reports, the closed form is the engine with its weight frozen, and the note says so."""
    case = load("colonial-2021")
    assert isinstance(case, Case)
    stated = (
        Report(id="chief", fact="intent", kind=kind, findings={"crime": 0.6, "compellence": 0.4}),
        Report(id="second", fact="ransomware", kind=kind, findings={"yes": 0.8, "no": 0.2}),
        Report(id="third", fact="vendor_attribution", kind=kind, findings={"darkside": 0.9, "none": 0.1}),
    )
    one = assess(case.model_copy(update={"reports": (*case.reports, *stated)}), tables(1, FEW))
    whole = entries(one, output="belief")
    assert "Stated beliefs" in " ".join(whole.notes)
    assert whole.entries
    for entry in whole.entries[::17]:
        assert entry.numbers[0] == pytest.approx(asked(one, entry, entry.low, output="belief"), abs=1e-10)
    ransomware = next(entry for entry in whole.entries if entry.table == "ransomware")
    there = asked(one, ransomware, ransomware.low, output="belief")
    assert np.abs(there - asked(one, ransomware, ransomware.high, output="belief")).max() > 1e-9


def test_with_a_fit_the_entries_are_the_fitted_ones():
    """With the fit that ships, entries stand at its draws; what is seen early has a table of its own, by name."""
    bare = load_knowledge(draws=60)
    known = with_fit(bare, load_fit("default", bare))
    case = load("solarwinds-2020")
    assert isinstance(case, Case)
    early = tuple(one for one in case.reports if facts()[one.fact].group != "technical" or facts()[one.fact].early)
    assert any(facts()[one.fact].early for one in early)
    one = assess(case.model_copy(update={"reports": early}), known)
    whole = entries(one, output="belief")
    versions = {entry.version for entry in whole.entries if entry.version != entry.table}
    assert versions
    for entry in [*whole.entries[::29], *(entry for entry in whole.entries if entry.version in versions)][:60]:
        assert entry.numbers[1] == pytest.approx(asked(one, entry, entry.high, output="belief"), abs=1e-10)
    entry = next(entry for entry in whole.entries if entry.version in versions)
    place = tuple(of.index(label) for of, label in zip(known.tables[entry.table].parents, entry.row, strict=True))
    state = known.tables[entry.table].states.index(entry.state)
    drawn = known.table(entry.table, early=True)[(*place, state)]
    assert entry.now == pytest.approx(drawn @ one.belief.weights)


@pytest.mark.parametrize("name", ["opm-2015", "colonial-2021", "stuxnet-2010"])
def test_cases_with_little_in_them_have_entries(name):
    """No demands, no reports, one actor: every case has entries, all of them finite."""
    case = load(name)
    assert isinstance(case, Case)
    bare = case.model_copy(
        update={"reports": (), "pending": (), "demands": (), "actors": case.actors[:1], "labels": None}
    )
    whole = entries(assess(bare, tables(1, FEW)), output="belief")
    assert {entry.table for entry in whole.entries} <= {"intent", "kind", "dispute"}
    assert whole.entries
    assert all(np.isfinite(entry.numbers).all() for entry in whole.entries)


def test_results_are_labelled():
    """Names and units stand on every number, missing thresholds are not a number."""
    table = found("dnc-2016").labelled()
    assert table["gap"].dims == ("entry", "end", "label")
    assert table["gap"].attrs["unit"] == "USD"
    assert table.sizes["entry"] == len(found("dnc-2016").entries)
    assert np.isnan(table["choice_below"]).any()
    assert len(set(table.entry.values.tolist())) == table.sizes["entry"]


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("decision", ["response", "two-step"])
def test_a_curve_has_every_output(output, decision):
    """By the engine any output can be had at any value."""
    one = assessed_quickly("colonial-2021")
    curve = entry_curve(one, "intent", [one.case.frame], "crime", [0.0, 1.0], output=output, decision=decision)
    table = curve.labelled()
    assert table.dims == ("value", "label")
    assert np.isfinite(table.values).any()


def test_what_is_not_there_is_refused():
    """Unknown tables, rows, states, values and outputs are named, with what is allowed."""
    one = assessed_quickly("colonial-2021")
    with pytest.raises(ValueError, match="entry_curve"):
        entries(one, output="p_best")
    with pytest.raises(ValueError, match="does not go through"):
        entries(one, tables=["second_aim"])
    for table, row, state, at, word in (
        ("nonsense", [], "yes", 0.5, "table"),
        ("leak", ["nowhere"], "yes", 0.5, "row"),
        ("leak", ["crime"], "maybe", 0.5, "state"),
        ("leak", ["crime"], "yes", 1.5, "values"),
    ):
        with pytest.raises(ValueError, match=word):
            entry_curve(one, table, row, state, [at])


@settings(max_examples=10)
@given(st.integers(0, 10_000))
def test_at_the_ends_of_the_whole_range_a_state_is_sure_or_excluded(seed):
    """With the base rate of a purpose at 0 it is impossible, at 1 it is certain."""
    one = assessed_quickly("colonial-2021")
    intent = INTENTS[seed % len(INTENTS)]
    curve = entry_curve(one, "intent", [one.case.frame], intent, [0.0, 1.0], output="belief")
    sure = float(intent in COERCION)
    assert curve.numbers[1, 0] == pytest.approx(sure)
    assert all(question in ("choice", "actor", "coercion") for question in QUESTIONS)
