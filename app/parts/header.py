"""The header of every view: case and date, the buttons of the case, and what the last change moved."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import drafts, filing, identity, work
from cybercoercion.app.parts import (
    depth,
    drawer,
    experiments,
    history,
    open_drawer,
    printing,
    save_drawer,
    share,
    trial,
)
from cybercoercion.app.parts.words import escaped, quietly, say
from cybercoercion.screen.top import moved, top


def show() -> None:
    """Show the header."""
    verdict = work.now()
    one = top(verdict)
    words, buttons = st.columns([9, 11], vertical_alignment="bottom")
    with words, st.container(gap=None, key="named"):
        st.title(escaped(one.title), anchor=False)
        quietly(" ".join((one.known, *experiments.lead())))
    with buttons:
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="marked"):
            if one.marking:
                st.badge(escaped(one.marking), color="orange")
            depth.show()
        with st.container(horizontal=True, horizontal_alignment="right", gap="xsmall", key="case_buttons"):
            _buttons()
    with st.container(key="news"):  # always there: what comes and goes must not take the focus from what is below
        _last_change()
        trial.show()
    for part in (open_drawer, save_drawer, history):
        part.show()


def _buttons() -> None:
    desk = work.desk()
    st.button("Open", key="open", on_click=drawer.pull, args=(open_drawer.NAME,))
    st.button("Save", key="save", on_click=drawer.pull, args=(save_drawer.NAME,))
    share.show()
    printing.show()
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
    st.button("History", key="history", on_click=drawer.pull, args=(history.NAME,))
    if identity.configured():
        st.button("Log out", key="log_out", on_click=st.logout, help=escaped(identity.who()))


def _last_change() -> None:
    """Say in plain words what was done last; a message that vanishes would be missed."""
    desk, previous = work.desk(), work.before()
    if previous is not None:
        say(f"Last change: {desk.sentence}. {moved(previous, work.now())}")
    told = filing.told()
    if told is not None and not desk.unfiled:
        quietly(told)
    if (unkept := drafts.unkept()) is not None:
        st.warning(escaped(f"Your changes are only in this page, the case store did not keep them: {unkept}."))
