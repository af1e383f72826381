"""The header of every view: case and date, undo and redo, and what the last change moved."""

from __future__ import annotations

import streamlit as st
from cybercoercion.app import work
from cybercoercion.app.parts.words import escaped, quietly, say

from cybercoercion.screen.top import moved, top


def show() -> None:
    """Show the header."""
    desk, verdict = work.desk(), work.now()
    one = top(verdict)
    if one.marking:
        st.badge(escaped(one.marking), color="orange")
    words, buttons = st.columns([3, 2], vertical_alignment="bottom")
    with words:
        st.title(escaped(one.title), anchor=False)
        quietly(one.known)
    with buttons, st.container(horizontal=True, horizontal_alignment="right"):
        undoes, redoes = desk.undoes, desk.redoes
        st.button(
            "Undo",
            key="undo",
            on_click=work.undo,
            disabled=undoes is None,
            help=escaped(undoes or "Nothing to undo"),
            shortcut="Ctrl+Alt+U",
        )
        st.button(
            "Redo", key="redo", on_click=work.redo, disabled=redoes is None, help=escaped(redoes or "Nothing to redo")
        )
    previous = work.before()
    if previous is not None:
        say(f"Last change: {desk.sentence}. {moved(previous, verdict)}")
