"""A question and its answer: sentences, figures, a table, notes."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app.parts import figure, table
from cybercoercion.app.parts.words import escaped, quietly, say
from cybercoercion.report.section import Section


def show(one: Section, *, title: bool = True) -> None:
    """Show a section; a table stands under its sentences."""
    if title:
        st.subheader(escaped(one.title), anchor=False)
    for sentence in one.sentences:
        say(sentence)
    for drawn in one.figures:
        figure.show(drawn)
    if one.rows:
        table.show(one.columns, one.rows, alt=one.title)
    for note in one.notes:
        quietly(note)
