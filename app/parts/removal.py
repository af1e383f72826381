"""Taking a candidate or an awaited report out: refused in words while anything speaks of it, or with all that does."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import edits
from cybercoercion.app.parts.words import escaped, say
from cybercoercion.case.editing import without_row
from cybercoercion.screen.overview import row_name
from cybercoercion.screen.removing import mentions, refusal, without_all

ASKED = "removing"  # block and id of what somebody wants to take out


def button(block: str, row: str) -> None:
    """Show the button."""
    name = row_name(work.now().assessment.case, block, row)
    st.button(escaped(f"Remove {name}"), key=f"remove.{block}", on_click=_remove, args=(block, row))


def show(block: str, row: str) -> None:
    """Show what stands against a removal that was asked for."""
    if st.session_state.get(ASKED) != (block, row):
        return
    case = work.now().assessment.case
    why = refusal(case, block, row)
    if why is None:
        return
    with st.container(border=True):
        say(why)
        found = mentions(case, block, row)
        with st.container(horizontal=True):
            if found and (block != "actors" or len(case.actors) > 1):
                reports = sum(one.report for one in found)
                count = f" and {reports} report{'s' if reports > 1 else ''}" if reports else ""
                label = f"Remove it{count}, and all else that speaks of it"
                st.button(label, key=f"remove_all.{block}", on_click=_remove_all, args=(block, row))
            st.button("Leave it", key=f"leave.{block}", on_click=_leave)


def _remove(block: str, row: str) -> None:
    if refusal(work.now().assessment.case, block, row) is None:
        edits.make(lambda case: without_row(case, block, row))
    else:
        st.session_state[ASKED] = (block, row)


def _remove_all(block: str, row: str) -> None:
    edits.make(lambda case: without_all(case, block, row))
    _leave()


def _leave() -> None:
    st.session_state.pop(ASKED, None)
