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

answer.show()
told = bool(work.now().assessment.belief.reports)
left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader("What do we have, and how good is it?", anchor=False)
    reports = st.container()
with right:
    if told:
        report_together.show()
with reports:  # after what works out how far each report pulls
    report_board.show()
if depth.analyst() and told:
    st.subheader("Which report separates what?", anchor=False)
    grid.show()
st.subheader("What nobody has looked at", anchor=False)
report_gaps.show()
asked.show()
report_drawer.show()
grade_steps.show()
quietly(work.now().run_line)
