"""One question about the belief: its answer in words, its strips, and what the last change did to it."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app.parts import figure
from cybercoercion.app.parts.words import quietly
from cybercoercion.screen.beliefs import Question


def show(question: Question | None) -> None:
    """Show a question that the case has."""
    if question is None:
        return
    st.subheader(question.title, anchor=False)
    figure.show(question.figure)
    if question.note:
        quietly(question.note)
