"""The evidence view: each widget that changes the case does what the core says, and undo restores it."""

from __future__ import annotations

import pytest

from cybercoercion.app.memory import Settings
from cybercoercion.case import load, load_case, new_case, parse_case
from cybercoercion.case.editing import with_fields, with_row
from cybercoercion.desk import opened
from cybercoercion.screen.evidence import FIXED, NONE_YET
from cybercoercion.screen.evidence_table import fingerprint

FEW = Settings(draws=200)
SONY = load_case("sony-2014")


def _said(at) -> str:
    """Return all text of a page, as it was written."""
    parts = [*at.markdown, *at.caption, *at.info, *at.warning, *at.subheader]
    return "\n".join(str(one.value) for one in parts).replace("\\", "")


def test_switching_a_report_off_leaves_it_out_and_undo_brings_it_back(start) -> None:
    """Switch off sets the report off in the case, it is listed apart, and undo and Switch on restore the very case."""
    at = start("evidence", settings=FEW)
    at.button(key="off_wiper").click().run()
    assert at.session_state["desk"].now == with_fields(SONY, "reports", "wiper", {"off": True})
    assert "7 reports do not count: 1 switched off" in _said(at)
    assert "14 reports from 6 origins" in _said(at)
    at.button(key="on_wiper").click().run()
    assert at.session_state["desk"].now == SONY
    at.button(key="undo").click().run()
    at.button(key="undo").click().run()
    assert at.session_state["desk"].now == SONY
    assert at.button(key="off_wiper")


def test_a_grade_is_given_in_two_steps_information_first(start) -> None:
    """Nothing is preset, the source is named in the second step only, and the reason stands in the sentence."""
    at = start("evidence", settings=FEW)
    at.button(key="grade_wiper").click().run()
    assert at.radio(key="grade_information").value is None
    assert at.button(key="grade_next").disabled
    assert "The source is sony-pictures" not in _said(at)
    at.radio(key="grade_information").set_value("4").run()
    at.button(key="grade_next").click().run()
    assert at.radio(key="grade_source").value is None
    assert "Step 2 of 2. The source is sony-pictures" in _said(at)
    at.radio(key="grade_source").set_value("D").run()
    assert "D4: counts for about" in _said(at)
    assert "A bad source tells us little; it does not tell us the opposite." in _said(at)
    at.text_input(key="grade_why").set_value("A second look").run()
    at.button(key="grade_apply").click().run()
    assert at.session_state["desk"].now == with_fields(SONY, "reports", "wiper", {"grade": "D4"})
    assert at.session_state["desk"].sentence == "Wiper: grade A2 \N{RIGHTWARDS ARROW} D4 (A second look)"
    assert "drawer" not in at.session_state
    at.button(key="undo").click().run()
    assert at.session_state["desk"].now == SONY


def test_going_back_a_step_keeps_the_first_answer(start) -> None:
    """Back from the source shows the answer about the information as it was given."""
    at = start("evidence", settings=FEW)
    at.button(key="grade_wiper").click().run()
    at.radio(key="grade_information").set_value("3").run()
    at.button(key="grade_next").click().run()
    at.button(key="grade_back").click().run()
    assert at.radio(key="grade_information").value == "3"


def test_an_edited_cell_changes_the_case_and_a_refused_one_stays(start) -> None:
    """A cell of the table is an edit of the case; what is refused changes nothing, stays typed, shows its faults."""
    at = start("evidence", settings=FEW)
    at.segmented_control(key="reports_as").set_value("Table").run()
    row = [report.id for report in SONY.reports].index("wiper")
    key = f"reports_{fingerprint(SONY)}"
    at.session_state[key] = {"edited_rows": {row: {"grade": "C3"}}, "added_rows": [], "deleted_rows": []}
    at.run()
    new = with_fields(SONY, "reports", "wiper", {"grade": "C3"})
    assert at.session_state["desk"].now == new
    key = f"reports_{fingerprint(new)}"
    refused = {"edited_rows": {row: {"known date": "2014-11-01"}}, "added_rows": [], "deleted_rows": []}
    at.session_state[key] = refused
    at.run()
    assert at.session_state["desk"].now == new
    assert any("nothing was changed" in one.value for one in at.warning)
    assert at.session_state[key]["edited_rows"] == refused["edited_rows"]
    at.button(key="undo").click().run()
    assert at.session_state["desk"].now == SONY


def test_the_same_edit_after_an_undo_is_made_again(start) -> None:
    """An edit that was undone can be made a second time."""
    at = start("evidence", settings=FEW)
    at.segmented_control(key="reports_as").set_value("Table").run()
    new = with_fields(SONY, "reports", SONY.reports[2].id, {"off": True})
    for _ in range(2):
        edits = {"edited_rows": {2: {"on": False}}, "added_rows": [], "deleted_rows": []}
        at.session_state[f"reports_{fingerprint(SONY)}"] = edits
        at.run()
        assert at.session_state["desk"].now == new
        at.button(key="undo").click().run()
        assert at.session_state["desk"].now == SONY


def test_the_timeline_steps_over_dates_and_looks_at_the_case_as_known_then(start) -> None:
    """Earlier goes to the date before; looking at it changes the as-of date of the case; undo restores it."""
    at = start("evidence", settings=FEW)
    assert at.select_slider(key="replay_on").value == SONY.as_of
    assert at.button(key="replay_look").disabled
    at.button(key="replay_back").click().run()
    then = at.select_slider(key="replay_on").value
    assert then == max(day for report in SONY.reports if (day := report.known_date) < SONY.as_of)
    assert "On 16 Dec 2014 we stood at" in _said(at)
    assert at.session_state["desk"].now == SONY
    at.button(key="replay_look").click().run()
    assert at.session_state["desk"].now == SONY.as_known_on(then)
    at.button(key="replay_later").click().run()
    assert at.select_slider(key="replay_on").value > then
    at.button(key="undo").click().run()
    assert at.session_state["desk"].now == SONY


def test_the_copy_slider_is_a_what_if(start) -> None:
    """Moving the slider of copies moves the caption and never the case."""
    at = start("evidence", settings=FEW)
    at.toggle(key="voices_across").set_value(True).run()
    at.slider(key="voices_rho_across").set_value(100).run()
    assert "At 1.00, the 3 reports of guardians-of-peace count for 2.0" in _said(at)
    assert at.session_state["desk"].now == SONY
    assert not at.session_state["desk"].undoes


def test_a_campaign_is_read_episode_by_episode(start) -> None:
    """Reports of a campaign are shown under their episodes, without buttons, with the words how to change them."""
    at = start("evidence", settings=FEW, desk=opened(load("ukraine-2014-2016")))
    assert FIXED in _said(at)
    assert [one.value.count("####") for one in at.markdown if "####" in one.value] == [1, 1, 1]
    assert not [one for one in at.button if str(one.key).startswith(("off_", "edit_", "grade_", "report_add"))]
    at.selectbox(key="together_episode").set_value(0).run()
    assert not at.exception


def test_a_blank_case_says_what_its_answer_is_and_takes_a_first_report(start) -> None:
    """Without reports the page says that priors speak; the first report can be added."""
    blank = parse_case(new_case("blank-1", title="Blank", frame="any-intrusion"))
    at = start("evidence", settings=FEW, desk=opened(blank))
    assert NONE_YET in _said(at)
    at.button(key="report_add").click().run()
    at.radio(key="grade_information").set_value("2").run()
    at.button(key="report_next").click().run()
    at.text_input(key="draft_why").set_value("The first word").run()
    at.button(key="report_save").click().run()
    (report,) = at.session_state["desk"].now.reports
    assert (report.fact, report.finding, report.grade) == ("threat", "clear", "F2")
    assert "One report from one origin." in _said(at)


@pytest.mark.parametrize("count", [60])
def test_sixty_reports_stay_usable(start, count: int) -> None:
    """A case with sixty reports shows a card for each, with its three buttons."""
    case = SONY
    names = [f"press-{number}" for number in range(count - len(SONY.reports))]
    for number, name in enumerate(names):
        case = with_row(case, "reports", {"id": name, "fact": "media_attribution", "finding": "north-korea",
                                          "origin": f"paper-{number % 9}", "grade": "C3"})  # fmt: skip
    at = start("evidence", settings=Settings(draws=50), desk=opened(case))
    assert len(case.reports) == count
    assert all(at.button(key=f"{verb}_{name}") for name in names for verb in ("off", "edit", "grade"))


def test_what_users_wrote_is_never_read_as_markdown(start) -> None:
    """A picture in an origin or a note is shown as it was written, so that no browser fetches it."""
    evil = "![x](http://evil.example/a.png)"
    case = with_fields(SONY, "reports", "wiper", {"origin": evil, "note": evil, "cite": evil})
    at = start("evidence", settings=FEW, desk=opened(case))
    at.button(key="grade_wiper").click().run()
    written = [one.value for one in (*at.markdown, *at.caption)]
    assert not any("](http" in one for one in written)
    assert any("evil" in one for one in written)


def test_the_analyst_sees_the_grid_and_no_other_number(start) -> None:
    """The analyst's depth adds the grid of what each report separates; the caption of reports is the same."""
    plain = start("evidence", settings=FEW)
    deep = start("evidence", settings=FEW, depth="Analyst")
    titles = [[one.value for one in at.subheader] for at in (plain, deep)]
    assert set(titles[1]) - set(titles[0]) == {"Which report separates what?"}
    assert "15 reports from 7 origins. Together they count for about 15.0" in _said(plain)
    assert "15 reports from 7 origins. Together they count for about 15.0" in _said(deep)
