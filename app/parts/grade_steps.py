"""A grade in two steps: the information first, with the source's name hidden, then the source; nothing is preset."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import drawer, report_edits
from cybercoercion.app.parts.words import quietly, say
from cybercoercion.belief.evidence import in_force
from cybercoercion.case import Report
from cybercoercion.screen.evidence_words import said_words
from cybercoercion.screen.grades import INFORMATION, SOURCE, grade_lines

INFO, SOURCED, STEP = "grade_information", "grade_source", "grade_step"
WHICH, WHY = "grade_report", "grade_why"
DRAWER, ANSWERED = "grade", "grade_answered"


def pull(report: str) -> None:
    """Open the drawer for a report; nothing of an earlier grading stays."""
    forget()
    for key in (STEP, WHY):
        st.session_state.pop(key, None)
    st.session_state[WHICH] = report
    work.refuse(())
    drawer.pull(DRAWER)


def show() -> None:
    """Show the drawer if it is open."""
    drawer.show(DRAWER, "Grade a report", _draw)


def forget() -> None:
    """Forget the answers of an earlier grading: nothing is preset."""
    for key in (INFO, SOURCED, ANSWERED):
        st.session_state.pop(key, None)


def information() -> str | None:
    """Ask how good the information is, whoever gave it."""
    _refill(INFO)
    found: str | None = st.radio(
        "The information itself, whoever gave it",
        list(INFORMATION),
        index=None,
        key=INFO,
        format_func=lambda digit: f"{INFORMATION[digit]} ({digit})",
    )
    return found


def source(name: str | None = None) -> str | None:
    """Ask how good the source is; only now it is named."""
    _refill(SOURCED)
    found: str | None = st.radio(
        "The source",
        list(SOURCE),
        index=None,
        key=SOURCED,
        format_func=lambda letter: f"{SOURCE[letter]} ({letter})",
        help=name,
    )
    return found


def grade() -> str | None:
    """Return the grade as far as both steps are answered; a step that is left open is unknown."""
    info, letter = answered(INFO), answered(SOURCED)
    return f"{letter or 'F'}{info or '6'}" if info or letter else None


def answered(key: str) -> str | None:
    """Return the answer of a step, also while the other one is drawn."""
    kept: dict[str, str | None] = st.session_state.setdefault(ANSWERED, {})
    if st.session_state.get(key) is not None:
        kept[key] = st.session_state[key]
    return kept.get(key)


def _refill(key: str) -> None:
    """Show again what was answered before the step was left."""
    before = answered(key)
    if before is not None:
        st.session_state[key] = before


def lines(report: Report) -> None:
    """Say what the grade of a report means, as it would stand."""
    said = grade_lines(report, in_force(work.case(), work.now().assessment.knowledge), work.now().assessment.knowledge)
    say(said[0])
    for one in said[1:]:
        quietly(one)


def _draw() -> None:
    case = work.case()
    report = next((one for one in case.reports if one.id == st.session_state[WHICH]), None)
    if report is None:
        say("This report is not in the case any more.")
        return
    say(said_words(case, report))
    if report.note:
        quietly(report.note)
    if st.session_state.get(STEP) != SOURCED:
        quietly("Step 1 of 2. The source is not named yet, so that its name does not colour the judgement.")
        info = information()
        if info is not None:
            lines(report.model_copy(update={"grade": f"F{info}"}))
        st.button("Next: the source", key="grade_next", disabled=info is None, on_click=_step, args=(SOURCED,))
        return
    info = answered(INFO) or "6"
    say(f"Step 2 of 2. The source is {report.origin}.")
    quietly(f"The information: {INFORMATION[info]} ({info}).")
    letter = source()
    new = report.model_copy(update={"grade": f"{letter or 'F'}{info}"})
    if letter is not None:
        lines(new)
        say(report_edits.moved({"grade": new.grade}, report.id))
    st.text_input("Why this grade?", key=WHY, help="One line, kept with the change.", max_chars=300)
    with st.container(horizontal=True):
        st.button("Apply", key="grade_apply", disabled=letter is None, on_click=_apply, args=(new,))
        st.button("Back", key="grade_back", on_click=_step, args=(INFO,), type="tertiary")


def _step(step: str) -> None:
    for key in (INFO, SOURCED):
        answered(key)
    st.session_state[STEP] = step


def _apply(report: Report) -> None:
    if report_edits.fields(report.id, {"grade": report.grade}, str(st.session_state.get(WHY, ""))):
        drawer.close()
