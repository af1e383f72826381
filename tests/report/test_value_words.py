"""What is worth finding out, in words: nothing is recommended that does not pay for itself."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from tests.report.examples import tables

from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import Case, Pending, load
from cybercoercion.report.part import Answered, Asked, Part, answered
from cybercoercion.report.sensitivity_report import sensitivity_report
from cybercoercion.report.value_sections import LEAST, findings_sentence, states_words
from cybercoercion.report.waiting_sections import collection_made, waiting_made
from cybercoercion.report.words import money
from cybercoercion.sensitivity.output import OUTPUTS, UNIT, Output
from cybercoercion.sensitivity.value.result import StateValue, Value
from cybercoercion.sensitivity.value.table import SETS, voi
from cybercoercion.sensitivity.value.waiting import WaitingValue

NOT_WORTH = "No report that could still come is worth its cost and delay"


@cache
def told(per_day: float = 0.0, price: float | None = None) -> tuple[Assessment, Value]:
    """Return OPM in the long view, with what a day costs and a report announced at a price, and its values."""
    case = load("opm-2015")
    assert isinstance(case, Case)
    pending = ()
    if price is not None:
        there = case.as_of + timedelta(30)
        pending = (Pending(id="lab", fact="vendor_attribution", grade="A2", cost=price, expected_date=there),)
    stakes = case.stakes.model_copy(update={"delay_cost": per_day})
    found = assess(case.model_copy(update={"pending": pending, "stakes": stakes}), tables(1, 200))
    return found, voi(found, view="long", parameters=False)


def test_what_pays_is_recommended() -> None:
    """Where a report is worth more than it costs, the first sentence and the collection plan name it."""
    found, value = told()
    assert value.best is not None
    assert value.best.net > 0
    sentence = findings_sentence(found, value)
    assert NOT_WORTH not in sentence
    assert money(value.best.evsi, words=True) in sentence
    assert collection_made(found, value).section.rows


def test_what_costs_more_than_it_is_worth_is_not_recommended() -> None:
    """A billion a day: no report pays. The nearest is named, with its worth and what waiting for it costs."""
    found, value = told(1e9)
    best = value.best
    assert best is not None
    assert best.net <= 0 < LEAST < best.evsi
    sentence, plan = findings_sentence(found, value), collection_made(found, value)
    for text in (sentence, *plan.section.sentences):
        assert NOT_WORTH in text
        assert f"is worth {money(best.evsi, words=True)} and costs" in text
        assert f"{money(best.report.waiting, words=True)} to wait for" in text
        assert "changes" not in text
    assert plan.section.rows == ()
    assert plan.data == []
    assert "best pair" not in sentence


def test_price_and_days_are_told_apart() -> None:
    """Of the nearest report its price and the cost of its days are named, each where there is one."""
    found, value = told(1e9, 2e9)
    lab = next(one for one in value.reports if one.report.id == "lab")
    only = replace(value, reports=(lab,), pair=None, next_pair=None)
    assert "costs 2 billion USD to get and 30 billion USD to wait for." in findings_sentence(found, only)


def test_worth_nothing_is_said_only_where_no_report_is_worth_anything() -> None:
    """That the best by net is worth little says nothing of a dearer one: the largest worth decides."""
    found, value = told(0.0)
    ranked = sorted(value.reports, key=lambda one: one.evsi)
    most = ranked[-1]
    dear = replace(most, report=replace(most.report, cost=10 * most.evsi))
    small = replace(most, evsi=LEAST / 2, report=replace(most.report, cost=0.0))
    both = replace(value, reports=(small, dear), pair=None)
    assert both.best is small
    assert "worth anything" not in findings_sentence(found, both)
    assert "worth anything" in findings_sentence(found, replace(value, reports=(small,), pair=None))
    alone = replace(value, reports=(dear,), pair=None, next_pair=None)
    assert "worth anything" not in collection_made(found, alone).section.sentences[0]
    assert "worth anything" in collection_made(found, replace(alone, reports=(), next=None)).section.sentences[0]


def test_states_have_words_of_their_own() -> None:
    """Who did it, which candidate or kind, and whether one did it are three things, and read as three."""
    words = [states_words(StateValue(states=names, evppi=0.0)) for names in (*SETS, ("guilty:apt",))]
    assert len(set(words)) == len(words)
    assert words[-1] == "whether the accused did it"
    assert states_words(StateValue(states=("who",), evppi=0.0)) == (
        "which candidate, or which kind of unlisted actor, did it"
    )


def wait(**more: float) -> WaitingValue:
    """Return what waiting for a report is worth, by default nothing, and costs, by default nothing."""
    given = {"now": 0.0, "after": 0.0, "delay": 30.0, "half_life": 300.0, "cost": 0.0, "per_day": 0.0} | more
    return WaitingValue(report="lab", **given)


@pytest.mark.parametrize(
    ("waits", "says"),
    [
        ((wait(),), "none of 1 reports that could come changes what goes on top"),
        ((wait(per_day=1e4), wait(cost=1e6)), "none of 2 reports that could come changes what goes on top"),
        ((wait(after=-1e6, per_day=1e5),), "waiting costs more than any of 1 reports is worth"),
        ((wait(now=-1e9, after=-1e9 - 1e5),), "waiting costs more than any of 1 reports is worth"),
        ((wait(after=-1e6, cost=2e6),), "getting it costs more than any of 1 reports is worth"),
    ],
)
def test_waiting_is_dear_only_where_it_costs_something(waits: tuple[WaitingValue, ...], says: str) -> None:
    """Acting now is put down to days, to what fades, to the price of reports, or to reports that turn nothing."""
    found, value = told()
    assert not any(one.wait for one in waits)
    said = waiting_made(found, replace(value, waiting=waits)).headline
    assert said.startswith(f"Act now: {says}")


@pytest.mark.parametrize("output", OUTPUTS)
def test_the_unit_of_an_answer_follows_what_was_asked(output: Output) -> None:
    """Probability for beliefs and for how often each is best, USD for the others."""
    found, _ = told()
    asked = Asked(view="nation", decision="response", output=output, inputs=("stakes.resilience",))
    said = json.loads(sensitivity_report(found, asked).to_json())
    assert said["unit"] == UNIT[output] == ("probability" if output in {"belief", "p_best"} else "USD")
    assert said["tornado"]["unit"] == said["unit"]


def test_an_answer_about_money_is_in_dollars() -> None:
    """Where nothing else is asked for, numbers are USD."""
    parts: tuple[Part, ...] = ()
    said: Answered = answered(told()[0], "what?", parts, view="nation", decision="response")
    assert json.loads(said.to_json())["unit"] == "USD"
