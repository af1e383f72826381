"""The drawer of a report: questions that lead to the right kind, a preview of all three ways, and the same door."""

from __future__ import annotations

import pytest

from cybercoercion.app.memory import Settings
from cybercoercion.app.parts.finding_kind import examples
from cybercoercion.assessment import assess
from cybercoercion.case import load_case
from cybercoercion.case.editing import with_fields, with_row
from cybercoercion.desk import opened
from cybercoercion.knowledge import load_knowledge
from cybercoercion.screen.evidence_draft import Draft, draft_of, recorded
from cybercoercion.screen.evidence_kinds import NOTHING, kind_of
from cybercoercion.screen.evidence_preview import preview_report, standing

FEW = Settings(draws=200)
WHOLE = load_case("sony-2014")
KEPT = ("wiper", "north-denies", "in-public", "press-suspects-north")
SONY = WHOLE.model_copy(update={"reports": tuple(report for report in WHOLE.reports if report.id in KEPT)})
NOW = assess(SONY, load_knowledge(draws=200))
YES_NO = {True: "Yes", False: "No"}


def _said(at) -> str:
    """Return all text of a page, as it was written."""
    parts = [*at.markdown, *at.caption, *at.info, *at.warning]
    return "\n".join(str(one.value) for one in parts).replace("\\", "")


def _adding(start, **fields):
    """Return the page with the drawer open for a new report, and fields set in the order given."""
    at = start("evidence", settings=FEW, desk=opened(SONY))
    at.button(key="report_add").click().run()
    kinds = {"draft_given": "radio", "draft_counted": "radio", "draft_later": "radio"}
    for name, value in fields.items():
        key = f"draft_{name}"
        getattr(at, kinds.get(key, "selectbox"))(key=key).set_value(value).run()
    return at


def _finish(at, why: str = "It was handed over"):
    """Go to the second step, say why, and press Add."""
    at.button(key="report_next").click().run()
    at.text_input(key="draft_why").set_value(why).run()
    at.button(key="report_save").click().run()
    return at


@pytest.mark.parametrize("one", examples(), ids=[str(number) for number in range(1, 6)])
def test_answering_for_a_prepared_example_leads_to_its_kind(start, one: dict[str, object]) -> None:
    """Walking the questions with the answers of each example enters a report of the right kind."""
    counted, later = bool(one.get("counted")), bool(one.get("later", True))
    assert kind_of(str(one["given"]), counted=counted, later=later) == one["kind"]
    fields = {"given": one["given"], "fact": "deadline"}
    if "counted" in one:
        fields["counted"] = YES_NO[counted]
        if counted:
            fields["later"] = YES_NO[later]
    at = _finish(_adding(start, **fields))
    new = at.session_state["desk"].now.reports[-1]
    assert new.kind == one["kind"]
    assert (new.finding is not None) == (one["given"] != "judged")
    assert (new.detection is not None) == (one["given"] == "absent")


def test_the_five_examples_reach_every_way_of_recording() -> None:
    """The examples cover a thing seen, the three uses of a judgement, and looked-and-not-seen, and say why."""
    ways = {(one["given"], one["kind"]) for one in examples()}
    judged = {("judged", "likelihood"), ("judged", "new-belief"), ("judged", "pinned")}
    assert ways == {("seen", "likelihood"), ("absent", "likelihood"), *judged}
    assert all(one["situation"] and one["why"] for one in examples())
    assert not any(word in str(one["situation"]) for one in examples() for word in ("Jeffrey", "likelihood", "pinned"))


def test_a_seen_report_is_added_as_the_core_says_and_undone(start) -> None:
    """What is entered is the row that the answers come to, its reason is in the sentence, and undo takes it out."""
    at = _adding(start, fact="deadline")
    at.radio(key="grade_information").set_value("2").run()
    at.button(key="report_next").click().run()
    at.radio(key="grade_source").set_value("B").run()
    at.selectbox(key="draft_origin").set_value("press").run()
    at.date_input(key="draft_known_date").set_value(SONY.as_of).run()
    at.text_input(key="draft_why").set_value("The  note\tnames Friday").run()
    at.button(key="report_save").click().run()
    draft = Draft(fact="deadline", says="yes", grade="B2", origin="press", known_date=SONY.as_of)
    desk = at.session_state["desk"]
    assert desk.now == recorded(SONY, draft, name="deadline")
    assert desk.sentence == "Report deadline added (The note names Friday)"
    assert "drawer" not in at.session_state
    at.button(key="undo").click().run()
    assert at.session_state["desk"].now == SONY


def test_without_a_reason_nothing_is_entered_and_nothing_is_lost(start) -> None:
    """Add without a reason is refused in words; the drawer stays with all that was chosen."""
    at = _finish(_adding(start, fact="leak", says="no"), why=" ")
    assert at.session_state["desk"].now == SONY
    assert at.session_state["drawer"] == "report"
    assert any("nothing was changed" in one.value for one in at.warning)
    at.button(key="report_back").click().run()
    assert (at.selectbox(key="draft_fact").value, at.selectbox(key="draft_says").value) == ("leak", "no")


def test_all_three_ways_are_previewed_side_by_side_before_saving(start) -> None:
    """The table of the preview has the three ways, the sentence is the core's, and the case is as it was."""
    at = _adding(start, given="judged", fact="deadline")
    draft = Draft(fact="deadline", says="yes", given="judged", share=0.7)
    found = preview_report(NOW, draft, name="deadline")
    frame = at.table[-1].value
    assert list(frame.columns)[2:] == ["Weigh it in (chosen)", "Take over their view", "Hold it fixed"]
    assert found.difference in _said(at)
    assert all(one.after in _said(at) for one in found.outcomes)
    assert at.session_state["desk"].now == SONY


def test_a_view_is_taken_over_with_the_numbers_of_its_preview(start) -> None:
    """Taking over a judgement about the actor enters the spread that keeps the proportions of the others."""
    at = _adding(start, given="judged", group="belief", fact="actor", counted="Yes")
    assert "Take over their view. Their figure already contains what we know" in _said(at).replace("**", "")
    _finish(at)
    draft = Draft(fact="actor", says="north-korea", given="judged", share=0.7, counted=True)
    assert at.session_state["desk"].now == recorded(SONY, draft, name="actor", now=standing(NOW, draft))


def test_taking_over_asks_whether_to_withdraw_what_shares_the_origin(start) -> None:
    """A view whose origin is on the board asks for each of its reports, and withdraws what is ticked."""
    at = _adding(start, given="judged", fact="deadline", counted="Yes")
    at.button(key="report_next").click().run()
    at.selectbox(key="draft_origin").set_value("press").run()
    box = at.checkbox(key="draft_withdraw_press-suspects-north")
    assert box.label.replace("\\", "") == (
        "Their view and press-suspects-north share an origin. Withdraw press-suspects-north?"
    )
    box.check().run()
    at.text_input(key="draft_why").set_value("They read our file").run()
    at.button(key="report_save").click().run()
    new = {report.id: report for report in at.session_state["desk"].now.reports}
    assert new["press-suspects-north"].off
    assert not new["in-public"].off
    assert new["deadline"].kind == "new-belief"


def test_nobody_looked_records_nothing(start) -> None:
    """Where nobody looked there is nothing to add, and the words say that the gap is listed."""
    at = _adding(start, given="nobody")
    assert NOTHING in _said(at)
    assert not [one for one in at.button if one.key in ("report_next", "report_save")]


def test_a_report_is_edited_and_keeps_what_was_not_touched(start) -> None:
    """Edit shows what the report says; changing one answer changes that field, and an untouched one changes nothing."""
    at = start("evidence", settings=FEW, desk=opened(SONY))
    at.button(key="edit_north-denies").click().run()
    assert at.selectbox(key="draft_says").value == "denial-with-praise"
    at.selectbox(key="draft_says").set_value("no-comment").run()
    at.text_input(key="draft_why").set_value("Read again").run()
    at.button(key="report_save").click().run()
    assert at.session_state["desk"].now == with_fields(SONY, "reports", "north-denies", {"finding": "no-comment"})
    at.button(key="undo").click().run()
    at.button(key="edit_north-denies").click().run()
    at.text_input(key="draft_why").set_value("Nothing to change").run()
    at.button(key="report_save").click().run()
    assert at.session_state["desk"].now == SONY


def test_two_figures_become_a_likelihood_for_every_state(start) -> None:
    """Instead of one figure two can be given: how often one would see this if it is so, and if not."""
    at = _adding(start, given="judged", fact="deadline")
    at.checkbox(key="draft_figures").check().run()
    at.slider(key="draft_so").set_value(90).run()
    at.slider(key="draft_not_so").set_value(30).run()
    _finish(at)
    new = at.session_state["desk"].now.reports[-1]
    assert (dict(new.likelihood), new.grade) == ({"yes": 0.9, "no": 0.3}, None)
    assert draft_of(new, at.session_state["desk"].now).pair == (0.9, 0.3)


def test_a_report_that_others_repeat_is_not_removed(start) -> None:
    """Removing a report takes it out; while another names it as repeated, the door refuses and says where."""
    case = with_row(
        SONY, "reports", {"id": "again", "fact": "destruction", "finding": "yes", "copies": "wiper", "grade": "C3"}
    )
    at = start("evidence", settings=FEW, desk=opened(case))
    at.button(key="edit_wiper").click().run()
    at.button(key="report_remove").click().run()
    assert at.session_state["desk"].now == case
    assert at.session_state["drawer"] == "report"
    at.button(key="edit_again").click().run()
    at.button(key="report_remove").click().run()
    assert at.session_state["desk"].now == SONY


def test_a_figure_that_no_slider_can_show_survives_an_edit_of_something_else(start) -> None:
    """A detection of 87.5 % and a spread of thirds stay to the last digit when only a note is changed."""
    exact = with_fields(SONY, "reports", "in-public", {"fact": "leak", "finding": "no", "detection": 0.875})
    spread = {"issue-specific": 1 / 3, "generic": 2 / 3}
    exact = with_fields(exact, "reports", "wiper", {"fact": "rhetoric", "finding": None, "findings": spread})
    at = start("evidence", settings=FEW, desk=opened(exact))
    for name in ("in-public", "wiper"):
        at.button(key=f"edit_{name}").click().run()
        at.text_input(key="draft_note").set_value("Read again").run()
        at.text_input(key="draft_why").set_value("A note").run()
        at.button(key="report_save").click().run()
        exact = with_fields(exact, "reports", name, {"note": "Read again"})
        assert at.session_state["desk"].now == exact
