"""The paper's three questions about each candidate, with plain answers."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import row_form
from cybercoercion.app.parts.words import escaped, quietly
from cybercoercion.screen.context_questions import context_questions


def show() -> None:
    """Show the questions about one candidate; answers go into the same fields as its form."""
    assessment = work.now().assessment
    chosen = row_form.pick("actors", assessment.case.actor_ids, "context")
    for number, question in enumerate(context_questions(assessment, chosen), start=1):
        st.markdown(f"**{number} {escaped(question.asked)}**")
        quietly(question.warning)
        if question.answers:
            row_form.grid(question.answers, "context", abreast=3 if number < 3 else 2)  # two answers a demand
        else:
            quietly("No candidate demand is written down yet: add one under what may be demanded.")
