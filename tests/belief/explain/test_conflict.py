"""Conflict: its sign, its size by hand, and that an alarm is as rare as it says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import stats
from tests.belief.explain.examples import SEEDS, believing, case_of, smaller

from cybercoercion.belief.channel import quality
from cybercoercion.belief.conflict import conflicts, find_conflict
from cybercoercion.belief.simulation import simulate, slots_of
from cybercoercion.case import Case, parse_case, read_shipped
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.vocabulary import FRAMES

KNOWLEDGE = load_knowledge(draws=1)
ESCALATED = {"fact": "after_refusal", "finding": "escalated"}


def test_two_reports_by_hand() -> None:
    """The conflict of two reports on intent is log2 P(a) P(b) / P(a, b), summed over intents by hand."""
    case = case_of(ESCALATED, {"fact": "with_military", "finding": "no"})
    fixed = KNOWLEDGE.at_values()
    intent = fixed.table("intent")[FRAMES.index("politically-relevant"), :, 0]
    q = float(quality("B2", fixed)[0])
    rows = {}
    for fact, state in (("after_refusal", 0), ("with_military", 1)):
        column = fixed.table(fact)[:, state, 0]
        rows[fact] = q * column + (1 - q) * column.mean()
    first, second = rows.values()
    by_hand = np.log2((intent @ first) * (intent @ second) / (intent @ (first * second)))
    conflict = find_conflict(case, KNOWLEDGE, sets=50)
    assert conflict.whole.bits == pytest.approx(by_hand, abs=1e-9)
    assert [each.bits for each in conflict.by_report] == pytest.approx([by_hand] * 2, abs=1e-9)


def test_contradiction_is_positive_and_agreement_negative() -> None:
    """Two services that name different actors conflict; two that name the same support each other."""
    names = [{"fact": fact, "grade": "A2"} for fact in ("allied_attribution", "vendor_attribution")]
    against = case_of(names[0] | {"finding": "amber"}, names[1] | {"finding": "birch"})
    together = case_of(names[0] | {"finding": "amber"}, names[1] | {"finding": "amber"})
    assert find_conflict(against, KNOWLEDGE, sets=50).whole.bits > 0.5
    assert find_conflict(together, KNOWLEDGE, sets=50).whole.bits < -0.5


def test_independent_things_do_not_conflict() -> None:
    """A fact that hangs on nothing has no conflict with anything, however odd it is."""
    tables = dict(KNOWLEDGE.tables)
    flat = tables["after_refusal"]
    tables["after_refusal"] = replace(flat, value=np.broadcast_to(flat.value[:1], flat.value.shape))
    knowledge = replace(KNOWLEDGE, tables=tables, _memory={})
    case = case_of(ESCALATED, {"fact": "vendor_attribution", "finding": "amber"}, {"fact": "leak", "finding": "yes"})
    conflict = find_conflict(case, knowledge, sets=50)
    odd = {each.name: each.bits for each in conflict.by_report}
    assert odd["r0"] == pytest.approx(0, abs=1e-9)
    alone = find_conflict(case_of(ESCALATED), knowledge, sets=50)
    assert alone.whole.bits == pytest.approx(0, abs=1e-9)
    assert alone.whole.tail == 1
    assert not alone.whole.alarm


@pytest.mark.parametrize("name", ["sony-2014", "dnc-2016", "tv5monde-2015"])
def test_tails_are_uniform_under_the_model(name: str) -> None:
    """For report sets that the model makes, every tail probability is as common as every other."""
    slots = slots_of(parse_case(read_shipped(name)), KNOWLEDGE)
    size, reference = 1500, 4000
    outcomes = simulate(slots, size + reference, np.random.default_rng(5))
    whole, against = conflicts(slots, outcomes, [[0], [1, 2]])
    rng = np.random.default_rng(6)
    for bits in (whole, *against):
        ranked = np.sort(np.round(bits[size:], 9))
        tested = np.round(bits[:size], 9)
        above = reference - np.searchsorted(ranked, tested, "right")
        equal = reference - above - np.searchsorted(ranked, tested, "left")
        tails = (above + rng.random(size) * (equal + 1)) / (reference + 1)  # ties broken at random
        assert stats.kstest(tails, "uniform").pvalue > 1e-3
        plain = (above + equal + 1) / (reference + 1)  # as printed: never too small
        assert (plain < 0.05).mean() <= 0.05 + 4 * np.sqrt(0.05 * 0.95 / size)


def test_the_alarm_goes_off_where_reports_contradict() -> None:
    """Four good reports that name one actor raise an alarm against one that names another."""
    facts = ("vendor_attribution", "victim_attribution", "allied_attribution", "media_attribution")
    naming = [{"fact": fact, "finding": "amber", "grade": "A2"} for fact in facts]
    odd = {"fact": "elimination", "finding": "birch", "grade": "A2"}
    conflict = find_conflict(case_of(*naming, odd), KNOWLEDGE, sets=1000)
    alarms = [each.name for each in conflict.by_report if each.alarm]
    assert alarms == ["r4"]


def test_a_rare_case_explains_a_conflict_away() -> None:
    """A hypothesis is listed when its probability rose by at least the conflict."""
    case = parse_case(read_shipped("notpetya-2017"))
    conflict = find_conflict(case, KNOWLEDGE, sets=50)
    assert conflict.whole.bits > 0
    assert "actor=russia" in conflict.rare_cases
    assert find_conflict(case_of(ESCALATED), KNOWLEDGE, sets=50).rare_cases == ()


@given(SEEDS)
@settings(max_examples=20)
def test_conflict_is_finite_for_random_cases(seed: int) -> None:
    """Every random case has a finite conflict and tails between 0 and 1."""
    conflict = find_conflict(smaller(seed), KNOWLEDGE, sets=20)
    each = [conflict.whole, *conflict.by_report, *conflict.by_origin]
    assert all(np.isfinite(one.bits) and 0 < one.tail <= 1 for one in each)


def test_an_origin_of_one_report_conflicts_as_the_report(sony: Case) -> None:
    """An origin with one report has the conflict of that report, and labels find it."""
    conflict = find_conflict(sony, KNOWLEDGE, sets=50)
    origin = next(one for one in conflict.by_origin if one.name == "sony-pictures")
    assert float(conflict.labelled().bits.sel(report="wiper")) == pytest.approx(origin.bits)


def test_beliefs_do_not_conflict(knowledge: Knowledge) -> None:
    """A pinned belief is no statement, so that it stands in no conflict."""
    conflict = find_conflict(case_of(believing("actor", "pinned", amber=1.0)), knowledge, sets=20)
    assert conflict.by_report == ()
    assert conflict.whole.bits == 0
