"""What to collect next: among all reports that could come, alone and in pairs, each paid for once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from tests.sensitivity.examples import IDS, assessed_quickly

from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import Case, Pending, load
from cybercoercion.fit.replaced import with_fit
from cybercoercion.fit.store import load_fit
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.report.confidence import confidence_of
from cybercoercion.sensitivity.choice import choice
from cybercoercion.sensitivity.value.collection import chance_of_change
from cybercoercion.sensitivity.value.pairs import best_pair, ordered, pair_value, spent
from cybercoercion.sensitivity.value.preposterior import evsi, lean, preposterior
from cybercoercion.sensitivity.value.reports import Coming, coming_reports
from cybercoercion.sensitivity.value.result import Value
from cybercoercion.sensitivity.value.seen import states_of
from cybercoercion.sensitivity.value.table import voi

DAY = 10_000.0  # USD for each day of delay


def told(name: str, *pending: Pending, per_day: float = 0.0, known: Knowledge | None = None) -> Assessment:
    """Return a shipped case with reports announced, and what a day of delay costs."""
    case = load(name)
    assert isinstance(case, Case)
    stakes = case.stakes.model_copy(update={"delay_cost": per_day})
    changed = case.model_copy(update={"pending": pending, "stakes": stakes})
    return assess(changed, known or load_knowledge(draws=200))


def awaited(name: str, fact: str, grade: str, days: int, cost: float = 0.0, **more: str) -> Pending:
    """Return a report that is there after so many days from the date of OPM."""
    case = load("opm-2015")
    assert isinstance(case, Case)
    return Pending(id=name, fact=fact, grade=grade, cost=cost, expected_date=case.as_of + timedelta(days), **more)


def planned(value: Value) -> float:
    """Return the chance that the collection plan names for its best single report."""
    return value.next.chance if value.next is not None else 0.0


WORTHLESS = awaited("hint", "infrastructure", "E5", 5)


@pytest.mark.parametrize("view", ["nation", "long"])
def test_a_worthless_report_that_is_announced_raises_no_confidence(view: str) -> None:
    """Beside a report that tells next to nothing all others may still come: the chance of a change stays as it was."""
    without, beside = told("opm-2015"), told("opm-2015", WORTHLESS)
    before = chance_of_change(without, view=view, decision="two-step")
    assert before > 0 or view == "nation"
    assert chance_of_change(beside, view=view, decision="two-step") == pytest.approx(before)
    one, two = (confidence_of(each).response_to_new_information for each in (without, beside))
    assert one == two


def test_a_good_report_that_is_announced_is_the_best_next() -> None:
    """Announced, a confirmed attribution by allies changes what is first more often than one in five times."""
    good = told("opm-2015", awaited("proof", "allied_attribution", "A2", 30), known=load_knowledge(draws=2000))
    assert chance_of_change(good, view="long") > 0.2


@pytest.mark.parametrize("decision", ["two-step", "response"])
@pytest.mark.parametrize("name", IDS)
def test_the_chance_is_that_of_the_collection_plan(name: str, decision: str) -> None:
    """In every shipped case and each view the chance of a change is what the table says of its best next report."""
    known = assessed_quickly(name)
    for view in ("nation", "long"):
        value = voi(known, view=view, decision=decision, parameters=False)  # type: ignore[arg-type]
        found = chance_of_change(known, view=view, decision=decision)  # type: ignore[arg-type]
        assert found == pytest.approx(planned(value), abs=1e-12)


@pytest.mark.parametrize("fitted", [False, True])
def test_the_chance_is_that_of_the_plan_with_costs_and_under_a_fit(*, fitted: bool) -> None:
    """Announced reports with prices and delays, and later tables where a fit has them: both name the same report."""
    known = load_knowledge(draws=200)
    known = with_fit(known, load_fit("default", known)) if fitted else known
    dear = awaited("dear", "allied_attribution", "A2", 90, 5e9)
    soon = awaited("soon", "vendor_attribution", "B2", 10, 1e4)
    for pending in ((dear,), (soon,), (dear, soon, WORTHLESS)):
        one = told("opm-2015", *pending, per_day=DAY, known=known)
        for view in ("nation", "long"):
            value = voi(one, view=view, parameters=False)
            found = chance_of_change(one, view=view, decision="two-step")
            assert found == pytest.approx(planned(value), abs=1e-12)


def coming(*pending: Pending, per_day: float = 0.0) -> tuple[Assessment, tuple[Coming, ...]]:
    """Return an assessment of OPM and the reports that it announces."""
    found = told("opm-2015", *pending, per_day=per_day)
    return found, tuple(one for one in coming_reports(found)[0] if not one.generic)


def test_days_of_a_pair_are_paid_once() -> None:
    """2 M and 1 M for two reports after 30 and 50 days at 10,000 USD a day: 2 + 1 + 50 x .01 = 3.5 M, not 3.8 M."""
    one = awaited("one", "vendor_attribution", "A2", 30, 2e6)
    two = awaited("two", "elimination", "A2", 50, 1e6)
    _, reports = coming(one, two, per_day=DAY)
    assert spent(*reports) == spent(*reversed(reports)) == pytest.approx(3.5e6)


def test_the_best_pair_pays_its_days_once() -> None:
    """The pair that is named is the best of all by hand: both prices and the longer delay off what both are worth.

    Two that come together after 200 days at a million a day cost 200 M to wait for; charged twice, 400 M.
    """
    known = told(
        "opm-2015",
        awaited("lab", "vendor_attribution", "A2", 200, 1e5),
        awaited("ally", "allied_attribution", "A2", 200, 1e5),
        awaited("quick", "malware_lineage", "C3", 20, 1e5),
        per_day=1e6,
    )
    menu, states = lean(choice(known, view="long")), states_of(known)
    value = voi(known, view="long", parameters=False)
    assert value.pair is not None
    nets = {}
    reports = [preposterior(one.report, states) for one in value.reports if one.evppi > 0]
    for pair in combinations(reports, 2):
        one, two = ordered(*pair)
        days = max(one.report.delay, two.report.delay)
        worth = pair_value(menu, states, one, two)
        if worth > max(evsi(menu, states, each) for each in pair) * (1 + 1e-9) + 1e-3:
            nets[one.report.id, two.report.id] = worth - one.report.cost - two.report.cost - 1e6 * days
    assert value.pair.net == pytest.approx(max(nets.values()), rel=1e-9)
    assert value.pair.net == pytest.approx(nets[value.pair.reports], rel=1e-9)
    both = nets.get(("lab", "ally"), nets.get(("ally", "lab")))
    assert both is not None
    whole = next(
        pair_value(menu, states, *ordered(a, b))
        for a, b in combinations(reports, 2)
        if {a.report.id, b.report.id} == {"lab", "ally"}
    )
    assert both == pytest.approx(whole - 2e5 - 200e6, rel=1e-9)


def test_no_pair_is_named_where_the_second_adds_nothing() -> None:
    """Two of one origin on one fact, of which the second surely repeats the first: worth what the better one is."""
    one = awaited("one", "vendor_attribution", "A2", 10, origin="lab")
    two = awaited("two", "vendor_attribution", "A2", 20, origin="lab")
    known, reports = coming(one, two)
    menu = lean(choice(known, view="long"))
    surely = replace(states_of(known), knowledge=known.knowledge.held({"copy.same_origin": 1.0}))
    both = [preposterior(each, surely) for each in reports]
    alone = {each.report.id: evsi(menu, surely, each) for each in both}
    assert pair_value(menu, surely, *both) == pytest.approx(max(alone.values()))
    assert max(alone.values()) > 0
    assert best_pair(menu, surely, both, alone) is None
    freely = replace(surely, knowledge=known.knowledge.held({"copy.same_origin": 0.0}))
    both = [preposterior(each, freely) for each in reports]
    found = best_pair(menu, freely, both, {each.report.id: evsi(menu, freely, each) for each in both})
    assert found is not None
    assert found.evsi > max(found.alone)
