"""Evidence: what is reported and how good it is, what moved us, who repeats or contradicts whom, what was known."""

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import (
    answer,
    asked,
    depth,
    grade_steps,
    grid,
    report_board,
    report_drawer,
    report_gaps,
    report_together,
)
from cybercoercion.app.parts.words import quietly

REPORTS, ASKED = "Reports", "What is asked"


def reports() -> None:
    """Show the reports, what they say together, and what nobody has looked at."""
    told = bool(work.now().assessment.belief.reports)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader("What do we have, and how good is it?", anchor=False)
        board = st.container()
    with right:
        if told:
            report_together.show()
    with board:  # after what works out how far each report pulls
        report_board.show()
    if depth.analyst() and told:
        st.subheader("Which report separates what?", anchor=False)
        grid.show()
    st.subheader("What nobody has looked at", anchor=False)
    report_gaps.show()
    report_drawer.show()
    grade_steps.show()


answer.show()
part = st.segmented_control(
    "Part of this view", [REPORTS, ASKED], key="evidence_part", default=REPORTS, required=True,
    persist_state="session", label_visibility="collapsed",
)  # fmt: skip
if part == ASKED:
    asked.show()
else:
    reports()
quietly(work.now().run_line)
