"""What a report would do before it is entered, and the three ways to use a judgement."""

from __future__ import annotations

import pytest

from cybercoercion.assessment import assess
from cybercoercion.belief import believe
from cybercoercion.case import Campaign, CaseError, load, load_case, shipped
from cybercoercion.case.editing import with_fields, with_row
from cybercoercion.knowledge import load_knowledge
from cybercoercion.screen.evidence_draft import (
    Draft,
    draft_of,
    facts_allowed,
    fresh_id,
    recorded,
    row_of,
    sharing_origin,
)
from cybercoercion.screen.evidence_kinds import kind_of
from cybercoercion.screen.evidence_preview import NOT_WEIGHED, preview_report
from cybercoercion.screen.evidence_standing import marginal
from cybercoercion.vocabulary import facts

ONE = load_knowledge(draws=1)  # at one reading of the tables the arithmetic of a person holds to the last digit
TABLES = load_knowledge(draws=200)
SONY = load_case("sony-2014")
DEADLINE = Draft(fact="deadline", says="yes", given="judged", share=0.7)


def _with(finding: str) -> float:
    """Return P(coercion) were the deadline certain."""
    row = {
        "id": "sure",
        "fact": "deadline",
        "likelihood": {"yes": float(finding == "yes"), "no": float(finding == "no")},
    }
    return believe(with_row(SONY, "reports", row), ONE).coercion.p


def test_a_view_taken_over_mixes_what_would_be_believed_either_way() -> None:
    """Taken over, 70 % leads to .7 P(H | so) + .3 P(H | not so), as Jeffrey's rule says."""
    found = preview_report(assess(SONY, ONE), DEADLINE.meant_as("new-belief"), name="deadline")
    assert found.chosen.coercion.after == pytest.approx(0.7 * _with("yes") + 0.3 * _with("no"), abs=1e-9)


def test_a_judgement_weighed_in_multiplies_the_odds() -> None:
    """Given two figures, 80 % if so and 20 % if not, the odds of the fact are multiplied by four."""
    draft = Draft(fact="deadline", says="yes", given="judged", pair=(0.8, 0.2))
    judged = preview_report(assess(SONY, ONE), draft, name="deadline").chosen.judged
    before = judged.before / (1 - judged.before)
    assert judged.after / (1 - judged.after) == pytest.approx(4 * before)


def test_the_three_ways_leave_the_fact_where_they_promise() -> None:
    """Taken over and held fixed, the fact stands at 70 %; weighed in with what else is known, it does not."""
    found = {one.kind: one for one in preview_report(assess(SONY, TABLES), DEADLINE, name="deadline").outcomes}
    assert found["new-belief"].judged.after == pytest.approx(0.7, abs=1e-6)
    assert found["pinned"].judged.after == pytest.approx(0.7, abs=1e-6)
    assert abs(found["likelihood"].judged.after - 0.7) > 0.01
    assert [one.name for one in found.values()] == ["Weigh it in", "Take over their view", "Hold it fixed"]


def test_later_reports_move_a_view_and_not_what_is_held() -> None:
    """A report that comes later moves a view that was taken over, and leaves what is held fixed at its figure."""
    later = {"id": "later", "fact": "deadline", "finding": "no", "grade": "A2", "known_date": SONY.as_of}
    early = {"known_date": SONY.reports[0].known_date}
    for kind, stays in (("new-belief", False), ("pinned", True)):
        row = row_of(DEADLINE.meant_as(kind), SONY) | early | {"id": "view"}
        case = with_row(with_row(SONY, "reports", row), "reports", later)
        assert (abs(marginal(case, TABLES, "deadline")["yes"] - 0.7) < 1e-6) is stays


def test_every_outcome_is_what_the_engine_says_of_the_changed_case() -> None:
    """Numbers of the preview are those that the case will have once the report is entered."""
    found = preview_report(assess(SONY, TABLES), DEADLINE, name="deadline")
    for one in found.outcomes:
        assert one.coercion.after == believe(one.case, TABLES).coercion.p
        assert one.coercion.before == believe(SONY, TABLES).coercion.p


def test_a_judgement_about_the_actor_is_believed_and_not_seen() -> None:
    """Who is behind it can be taken over or held fixed; weighing it in is barred with the reason."""
    draft = Draft(fact="actor", says="north-korea", given="judged", share=0.5, counted=True)
    found = preview_report(assess(SONY, TABLES), draft, name="actor")
    weighed, taken, held = found.outcomes
    assert (weighed.case, weighed.after) == (None, NOT_WEIGHED)
    assert taken.borne.of == "North Korea is behind it"
    assert taken.borne.after == pytest.approx(0.5, abs=1e-6)
    assert "and the 50 % stays" in held.after
    was, becomes = (believe(case, TABLES).estimates("actor") for case in (SONY, taken.case))
    assert becomes["insider"].p / becomes["criminals"].p == pytest.approx(
        was["insider"].p / was["criminals"].p, rel=1e-3
    )


def test_after_texts_tell_whether_order_matters_and_what_no_longer_counts() -> None:
    """Weighed in, order does not matter; taken over, it does; held fixed, reports about the same no longer count."""
    told = with_row(SONY, "reports", {"id": "no-deadline", "fact": "deadline", "finding": "no", "grade": "C3"})
    weighed, taken, held = preview_report(assess(told, TABLES), DEADLINE, name="deadline").outcomes
    assert weighed.after.endswith("Order of entry does not matter.")
    assert taken.after.endswith("Order matters: entered after 16 reports.")
    assert held.after.endswith("and the 70 % stays. 1 report about it no longer counts.")


def test_a_report_that_would_not_count_says_so() -> None:
    """A report on what the frame already says, or that becomes known later, moves nothing and says why."""
    threat = preview_report(assess(SONY, TABLES), Draft(fact="threat", says="clear"), name="threat-2").chosen
    assert threat.apart.startswith("Already counted")
    assert threat.coercion.before == threat.coercion.after
    late = Draft(fact="deadline", says="yes", known_date=SONY.reports[-1].known_date)
    assert "after the date of this look" in preview_report(assess(SONY, TABLES), late, name="late").chosen.after


def test_faults_are_told_and_nothing_is_moved() -> None:
    """A draft that cannot be is shown with its faults, at their place, and has no outcome."""
    sony = assess(SONY, TABLES)
    wrong = Draft(fact="deadline", says="yes", event_date=SONY.as_of, known_date=SONY.reports[0].known_date)
    for name, place in (("Not A Slug", "id"), ("late", "known_date")):
        found = preview_report(sony, wrong, name=name)
        assert [fault.place.rpartition(" ")[2] for fault in found.faults] == [place]
        assert (found.chosen.case, found.first) == (None, "")


@pytest.mark.parametrize("name", shipped())
def test_editing_a_report_without_changing_an_answer_changes_nothing(name: str) -> None:
    """The answers that a shipped report stands for lead back to the very same case."""
    source = load(name)
    for case in source.episodes if isinstance(source, Campaign) else (source,):
        for report in case.reports:
            assert recorded(case, draft_of(report, case), name=report.id, replaces=report) == case


def test_looked_and_not_seen_is_recorded_with_how_well_they_looked() -> None:
    """Absence becomes the finding none or no with a detection, and a fact without such a word is not offered."""
    row = row_of(Draft(fact="claim", says="persona", given="absent", detection=0.8), SONY)
    assert (row["finding"], row["detection"]) == ("none", 0.8)
    assert "severity" not in facts_allowed(SONY, "absent", tuple(facts()))
    assert kind_of("nobody") is None


def test_taking_over_a_view_asks_for_the_reports_of_its_origin() -> None:
    """A view that is taken over shares its origin with reports on the board; one that is weighed in asks nothing."""
    taken = Draft(fact="actor", says="north-korea", given="judged", counted=True, origin="press")
    assert sharing_origin(SONY, taken) == ("in-public", "press-suspects-north")
    assert sharing_origin(SONY, Draft(fact="deadline", says="yes", given="judged", origin="press")) == ()
    new = recorded(SONY, taken, name="view", withdrawn=("press-suspects-north",))
    assert next(one for one in new.reports if one.id == "press-suspects-north").off


def test_a_weighed_judgement_spreads_the_rest_evenly_and_sums_to_one() -> None:
    """Of three states the one that is judged has its share, the others halves of the rest."""
    row = row_of(Draft(fact="rhetoric", says="generic", given="judged", share=0.7, about="north-korea"), SONY)
    assert row["findings"] == {"generic": 0.7, "issue-specific": 0.15, "none": 0.15}


def test_a_fresh_id_is_taken_by_no_report() -> None:
    """A second report on a fact is numbered, whoever bears the first id."""
    once = recorded(SONY, Draft(fact="deadline", says="yes"), name=fresh_id(SONY, "deadline"))
    assert fresh_id(once, "deadline") == "deadline-2"
    with pytest.raises(CaseError):
        recorded(once, Draft(fact="deadline", says="yes"), name="deadline")


def test_the_door_hears_of_every_report_that_is_withdrawn() -> None:
    """Withdrawing a report that is not there is refused by the door, not ignored."""
    with pytest.raises(CaseError, match="nobody"):
        recorded(SONY, Draft(fact="deadline", says="yes"), name="deadline", withdrawn=("nobody",))
    assert with_fields(SONY, "reports", "wiper", {}) == SONY
