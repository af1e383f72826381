"""The drawer "History": changes of this session, filed revisions, the marking, and deleting for good."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from cybercoercion.app import filing, memory, work
from cybercoercion.app.parts import drawer
from cybercoercion.app.parts.words import escaped, quietly, say
from cybercoercion.case.editing import with_values
from cybercoercion.screen.editing import edited
from cybercoercion.screen.filed import said_of, said_words, when_words
from cybercoercion.screen.history import history_sentence
from cybercoercion.store import Filed

NAME, MARKING, TYPED = "history", "marking", "delete_typed"
SHOWN = 12  # changes that are listed


def show() -> None:
    """Show the drawer if it is open."""
    drawer.show(NAME, "History and handling", _draw)


def _draw() -> None:
    _session()
    _filed()
    _marking()
    _deleting()


def _session() -> None:
    st.subheader("Changes of this session", anchor=False)
    desk, settings = work.desk(), work.settings()
    walk = desk.moments[: desk.at + 1]
    if len(walk) == 1:
        quietly("None.")
    pairs = list(pairwise(walk))[-SHOWN:]
    for was, one in reversed(pairs):
        say(one.sentence)
        before, now = (said_of(memory.verdict(each.source, settings)) for each in (was, one))
        quietly(said_words(before, now))
    if desk.unfiled and desk.home is None:
        label = "Back to the case as filed" if desk.place is not None else "Back to the case as opened"
        st.button(label, key="as_filed", on_click=_as_filed, help="One more change, so that it can be undone too.")


def _filed() -> None:
    st.subheader("Filed revisions", anchor=False)
    found = filing.history()
    say(history_sentence(found))
    for one in reversed(found):
        _revision(one)


def _revision(one: Filed) -> None:
    place = (work.desk().home or work.desk()).place
    here = place is not None and place.revision == one.revision
    with st.container(border=True, key=f"revision_{one.revision}"):
        words, button = st.columns([4, 1], vertical_alignment="center")
        with words:
            say(f"Revision {one.revision}, {one.who}, {when_words(one.when)}")
            quietly(f"Why: {one.why}")
            quietly(said_words(one.before, one.said))
        with button:
            st.button(
                "Open",
                key=f"open_revision_{one.revision}",
                on_click=filing.open_filed,
                args=(one.id, one.revision),
                disabled=here,
                help="This is the open one." if here else None,
                width="stretch",
            )


def _marking() -> None:
    st.subheader("Marking", anchor=False)
    st.session_state[MARKING] = work.case().marking or ""
    st.text_input("How the case may be handled and passed on", key=MARKING, max_chars=200, on_change=_mark)
    quietly("It stands on every page and in every export.")


def _deleting() -> None:
    desk = work.desk()
    if desk.place is None or desk.home is not None:
        return
    st.subheader("Delete for good", anchor=False)
    say("Every revision and every draft of this case goes from the store. Nothing brings them back.")
    st.text_input("Type the title to delete it", key=TYPED, placeholder=desk.filed.title)
    drawer.refusals(TYPED)
    st.button("Delete", key="delete", on_click=_delete, help=escaped("Only if the title is typed as it stands."))


def _as_filed() -> None:
    work.put(work.desk().as_filed())


def _mark() -> None:
    text = st.session_state[MARKING].strip() or None
    work.change(lambda: edited(work.desk().now, lambda case: with_values(case, {"marking": text})))


def _delete() -> None:
    drawer.at(TYPED)
    filing.delete(str(st.session_state.get(TYPED, "")))
