"""Every single change of a report is what the full engine says about the case with that change."""

from __future__ import annotations

import numpy as np
import pytest
from tests.sensitivity.examples import FEW, assessed_quickly, tables

from cybercoercion.assessment import Assessment, assess, changed
from cybercoercion.case import Campaign, Case, Report, load
from cybercoercion.sensitivity.output import OUTPUTS, labels_of
from cybercoercion.sensitivity.told.reports import ReportChanges, neighbours, report_changes
from cybercoercion.vocabulary import COERCION, INTENTS

CAMPAIGN = "ukraine-2014-2016"


def coercion(one: Assessment) -> float:
    """Return P(coercion)."""
    return one.belief.coercion.p


def told(name: str, *reports: Report) -> Case:
    """Return a shipped case with these reports alone, in a frame that conditions on nothing."""
    case = load(name)
    assert isinstance(case, Case)
    return case.model_copy(update={"reports": reports, "frame": "any-intrusion"})


def test_a_withdrawn_report_by_hand():
    """One sure report of a leak multiplies each purpose by its p(leak); withdrawn, base rates of .002 + .001 are left.

    With nothing said of disputes the sums over kinds, actors and demands are one.
    """
    sure = Report(id="seen", fact="leak", likelihood={"yes": 1.0, "no": 0.0})
    known = tables(1, FEW).at_values()
    case = told("colonial-2021", sure)
    quiet = tuple(actor.model_copy(update={"relationship": None}) for actor in case.actors)
    one = assess(case.model_copy(update={"actors": quiet}), known)
    base, leak = known.table("intent")[0, :, 0], known.table("leak")[:, 0, 0]
    coercive = [INTENTS.index(intent) for intent in COERCION]
    whole = report_changes(one)
    (change,) = [row for row in whole.changes if row.what == "withdrawn"]
    assert change.coercion == pytest.approx(0.003)
    assert whole.now.coercion == pytest.approx((base * leak)[coercive].sum() / (base @ leak))
    assert whole.now.coercion > 0.004


@pytest.mark.parametrize("name", ["sony-2014", "opm-2015", CAMPAIGN])
def test_each_change_is_the_engine_on_the_changed_case(name):
    """Withdrawn, regraded, saying something else: belief, first option and gap are those of the case set so."""
    one = assessed_quickly(name)
    source = one.campaign or one.case
    whole = report_changes(one)
    rng = np.random.default_rng(2)
    field = {"withdrawn": "off=true", "graded": "grade={}", "says": "finding={}"}
    for what, setting in field.items():
        rows = [row for row in whole.changes if row.what == what]
        for place in rng.permutation(len(rows))[:4]:
            row = rows[place]
            report = row.report.rpartition("/")[2]
            if what == "says" and "/" not in row.report and source_report(source, report).detection is not None:
                continue
            other = only(source, row.report, setting.format(row.to))
            again = assess(other, one.knowledge)
            assert row.coercion == pytest.approx(coercion(again), abs=1e-12)
            ranking = again.ranking.default
            assert row.first == ranking.first
            assert row.flips_first == (ranking.first != one.ranking.default.first)
            actor = again.belief.actors[int(again.belief.marginal("actor").sum(-1).argmax())]
            assert row.leader == actor


def source_report(source: Case | Campaign, name: str) -> Report:
    """Return a report of a case by its id."""
    assert isinstance(source, Case)
    return next(report for report in source.reports if report.id == name)


def only(source: Case | Campaign, name: str, setting: str) -> Case | Campaign:
    """Return the source with one report set; of a campaign, in its episode alone."""
    if isinstance(source, Case):
        return changed(source, [f"reports.{name}.{setting}"])
    from dataclasses import replace

    episode, _, report = name.partition("/")
    episodes = tuple(
        changed(case, [f"reports.{report}.{setting}"]) if case.id == episode else case for case in source.episodes
    )
    return replace(source, episodes=episodes)


def copies(first: str, second: str) -> ReportChanges:
    """Return the changes of two reports that say the same, each with its origin."""
    rows = (
        Report(id="one", fact="vendor_attribution", finding="darkside", grade="B2", origin=first),
        Report(id="two", fact="vendor_attribution", finding="darkside", grade="B2", origin=second),
    )
    return report_changes(assess(told("colonial-2021", *rows), tables(1, FEW)))


def test_origins_matter_where_reports_say_the_same():
    """Two of one origin made independent are two of two origins, and the other way round."""
    together, apart = copies("desk", "desk"), copies("desk", "field")
    alone = [row for row in together.of("two") if row.what == "origin"]
    joined = [row for row in apart.of("two") if row.what == "origin"]
    assert [row.to for row in alone] == ["independent"]
    assert [row.to for row in joined] == ["desk"]
    assert alone[0].p_leader == pytest.approx(apart.now.p_leader, abs=1e-12)
    assert joined[0].p_leader == pytest.approx(together.now.p_leader, abs=1e-12)
    assert apart.now.p_leader > together.now.p_leader


def test_a_report_that_is_off_is_counted_instead():
    """A switched-off report is asked about switched on; one that nothing can change says why."""
    case = load("colonial-2021")
    assert isinstance(case, Case)
    first, *rest = case.reports
    off = case.model_copy(update={"reports": (first.model_copy(update={"off": True}), *rest)})
    whole = report_changes(assess(off, tables(1, FEW)))
    (row,) = whole.of(first.id)
    assert row.what == "counted"
    assert row.coercion == pytest.approx(coercion(assess(case, tables(1, FEW))), abs=1e-12)
    sony = report_changes(assessed_quickly("sony-2014"))
    reasons = dict(sony.left_out)
    assert any("conditions on it" in why for why in reasons.values())
    assert any("became known after" in why for why in reasons.values())
    assert not set(reasons) & {row.report for row in sony.changes}


def test_what_is_believed_is_only_withdrawn_and_what_is_impossible_is_said():
    """A pinned belief has no grade to move; a change that contradicts a sure report is impossible, not a number."""
    pinned = Report(id="chief", fact="intent", kind="pinned", findings={"crime": 0.7, "compellence": 0.3})
    case = told("colonial-2021", pinned, Report(id="seen", fact="leak", finding="yes", grade="B2"))
    whole = report_changes(assess(case, tables(1, FEW)))
    assert [row.what for row in whole.of("chief")] == ["withdrawn"]
    assert all(row.coercion == pytest.approx(0.3, abs=1e-9) for row in whole.of("seen"))
    against = Report(id="against", fact="leak", likelihood={"yes": 0.0, "no": 1.0}, off=True)
    belief = Report(id="chief", fact="leak", kind="pinned", findings={"yes": 1.0, "no": 0.0})
    both = report_changes(assess(told("colonial-2021", against, belief), tables(1, FEW)))
    (row,) = both.of("against")
    assert (row.what, row.possible, row.first) == ("counted", False, "")
    assert np.isnan(row.coercion)
    assert np.isnan(row.numbers).all()
    assert not row.flips_first
    assert all(other.possible for other in both.of("chief"))


def test_grades_step_by_letter_by_digit_and_by_both():
    """The best has nothing above it, the worst nothing below, what is unknown no neighbour at all."""
    assert neighbours("A1") == ("B1", "A2", "B2")
    assert neighbours("E5") == ("D5", "E4", "D4")
    assert neighbours("F6") == ()
    assert neighbours("F3") == ("F2", "F4")


@pytest.mark.parametrize("output", OUTPUTS)
def test_every_output_has_its_labels(output):
    """Each output has one number per label and change, with its unit; no report, no change."""
    one = assessed_quickly("colonial-2021")
    whole = report_changes(one, output=output)
    table = whole.labelled()
    assert table[output].dims == ("change", "label")
    assert tuple(table.label.values) == labels_of(output, one.belief)
    bare = one.case.model_copy(update={"reports": ()})
    empty = report_changes(assess(bare, tables(1, FEW)), output=output)
    assert empty.changes == ()
    assert empty.labelled().sizes["change"] == 0
