"""The drawer in which a report is added or edited, with what it would do before anything is saved."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import drawer, grade_steps, report_edits, report_form, report_preview
from cybercoercion.app.parts.report_held import held, value
from cybercoercion.app.parts.words import escaped
from cybercoercion.case import Fault, Report
from cybercoercion.screen.evidence_draft import Draft, fresh_id, recorded, row_of, sharing_origin
from cybercoercion.screen.evidence_kinds import NOBODY
from cybercoercion.screen.evidence_preview import preview_report, standing

DRAWER, WHICH, STEP = "report", "report_which", "report_step"
SAID, BEHIND = "said", "behind"
NO_REASON = Fault(file="this report", place="reason", got="nothing", allowed="one line that says why")


def pull(report: str | None = None) -> None:
    """Open the drawer for a report, or for a new one."""
    st.session_state[WHICH] = report
    st.session_state[STEP] = SAID
    grade_steps.forget()
    work.refuse(())
    report_form.start(_replaces())
    drawer.pull(DRAWER)


def show() -> None:
    """Show the drawer if it is open."""
    title = "Add a report" if st.session_state.get(WHICH) is None else "Edit a report"
    drawer.show(DRAWER, title, _draw)


def _replaces() -> Report | None:
    which = st.session_state.get(WHICH)
    return next((report for report in work.case().reports if report.id == which), None)


def _draw() -> None:
    replaces = _replaces()
    given = str(value("given"))
    if replaces is not None or st.session_state[STEP] == SAID:
        given = report_form.said()
        if given == NOBODY:
            return
    fresh = replaces is None and report_form.graded(given)
    if replaces is None and st.session_state[STEP] == SAID:
        if fresh:
            grade_steps.information()
        _told(given, None)
        st.button("Next: who is behind it", key="report_next", on_click=_step, args=(BEHIND,))
        return
    if fresh:
        grade_steps.source()
    report_form.behind(replaces)
    _told(given, replaces)
    st.text_input("Why?", key=held("why"), help="One line, kept with the change.", max_chars=300)
    with st.container(horizontal=True):
        label = "Add" if replaces is None else "Apply"
        st.button(label, key="report_save", on_click=_save, args=(given,))
        if replaces is None:
            st.button("Back", key="report_back", type="tertiary", on_click=_step, args=(SAID,))
        else:
            st.button("Remove this report", key="report_remove", type="tertiary", on_click=_remove)


def _told(given: str, replaces: Report | None) -> None:
    """Say what the grade means, whose report would count twice, and what the report would do."""
    draft = report_form.draft(given)
    case = work.case()
    if report_form.graded(given):
        fields = {key: one for key, one in row_of(draft, case).items() if one is not None}
        fields.pop("copy", None)
        grade_steps.lines(Report.model_construct(**{"id": _name(), "kind": "likelihood", **_whole(fields)}))
    for report in sharing_origin(case, draft, replaces.id if replaces is not None else None):
        ask = f"Their view and {report} share an origin. Withdraw {report}?"
        st.checkbox(escaped(ask), key=f"draft_withdraw_{report}")
    found = preview_report(
        work.now().assessment, draft, name=_name(), replaces=replaces, withdrawn=_withdrawn(draft, replaces)
    )
    report_preview.show(found)


def _whole(fields: dict[str, object]) -> dict[str, object]:
    """Return the fields with those that are not said left empty, since nobody has read this report yet."""
    empty = dict.fromkeys(("finding", "findings", "likelihood", "detection", "about", "grade", "copies"))
    return {**empty, "origin": _name(), "copy_probability": None, **fields}


def _name() -> str:
    replaces = _replaces()
    if replaces is not None:
        return replaces.id
    return str(value("id") or "").strip() or fresh_id(work.case(), str(value("fact")))


def _withdrawn(draft: Draft, replaces: Report | None) -> tuple[str, ...]:
    own = replaces.id if replaces is not None else None
    found = sharing_origin(work.case(), draft, own)
    return tuple(report for report in found if st.session_state.get(f"draft_withdraw_{report}"))


def _save(given: str) -> None:
    """Enter the report; refused, the drawer stays with all that stands in it."""
    why, replaces = str(value("why") or "").strip(), _replaces()
    if not why:
        work.refuse([NO_REASON])
        return
    draft = report_form.draft(given)
    withdrawn = _withdrawn(draft, replaces)
    now = standing(work.now().assessment, draft, replaces=replaces, withdrawn=withdrawn)
    if report_edits.make(
        lambda case: recorded(case, draft, name=_name(), now=now, replaces=replaces, withdrawn=withdrawn), why
    ):
        drawer.close()


def _remove() -> None:
    if report_edits.remove(str(st.session_state[WHICH]), str(value("why") or "")):
        drawer.close()


def _step(step: str) -> None:
    grade_steps.grade()  # both answers are kept while the other step is drawn
    st.session_state[STEP] = step
