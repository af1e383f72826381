"""The drawer "Save": what changed, who files it and why; and the case as a file."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import filing, identity, memory, work
from cybercoercion.app.parts import drawer
from cybercoercion.app.parts.words import quietly, say
from cybercoercion.case import CaseError
from cybercoercion.screen.top import moved

NAME, WHY = "save", "save_why"
SHOWN = 8  # changes that are listed


def show() -> None:
    """Show the drawer if it is open."""
    drawer.show(NAME, "Save", _draw)


def _draw() -> None:
    desk = work.desk()
    if desk.home is not None:
        say("An experiment is never filed. Take it over first, or discard it; then save.")
        return
    _changes()
    if desk.place is not None and not desk.unfiled:
        say(f"This is revision {desk.place.revision} as it was filed.")
    identity.ask()
    st.text_input("Why? One line for the history", key=WHY, max_chars=300, placeholder="What made you change it?")
    with st.container(horizontal=True):
        again = desk.place is not None
        st.button(
            "Save" if again else "Save in the case store",
            key="save_now",
            disabled=again and not desk.unfiled,
            on_click=_save,
            args=(False,),
        )
        if again:
            st.button("Save as a new case", key="save_new", on_click=_save, args=(True,))
        download("save_download")
    quietly(
        "Every save is a new revision; nothing is overwritten. The store belongs to this server; the file is yours to "
        "keep, with its comments."
    )


def download(key: str) -> None:
    """Show the button that hands out the case as a file."""
    desk = work.desk()
    try:
        text = filing.text_of(desk)
    except CaseError as error:
        quietly(f"No file: {error.faults[0].got}; {error.faults[0].allowed}.")
        return
    st.download_button(
        "Download the file",
        data=text,
        file_name=filing.file_name(desk.now),
        mime="application/toml",
        key=key,
        on_click="ignore",
    )


def _changes() -> None:
    desk = work.desk()
    if not desk.unfiled:
        return
    say("Changed since it was filed:" if desk.place is not None else "Changed since it was opened:")
    done = [one.sentence for one in desk.moments[1 : desk.at + 1]]
    for sentence in done[-SHOWN:]:
        quietly(f"\N{EN DASH} {sentence}")
    if len(done) > SHOWN:
        quietly(f"... and {len(done) - SHOWN} before these")
    say(moved(memory.verdict(desk.filed, work.settings()), work.now()))


def _save(anew: bool) -> None:  # noqa: FBT001 - a callback takes what the button hands over
    filing.save(str(st.session_state.get(WHY, "")), anew=anew)
