"""The link to what is filed, and who can open it."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from cybercoercion.app import identity, work
from cybercoercion.app.parts import drawer, save_drawer
from cybercoercion.app.parts.words import quietly, say

LOCAL = ("localhost", "127.0.0.1", "::1")


def show() -> None:
    """Show the button, and behind it the link."""
    box = st.popover("Share", key="share", on_change="rerun")
    if box.open:
        with box:
            _draw()


def _draw() -> None:
    desk = work.desk()
    place = (desk.home or desk).place
    if place is None:
        say("A link leads to what is filed. Save the case first.")
        st.button("Save", key="share_save", on_click=drawer.pull, args=(save_drawer.NAME,))
        return
    st.code(link(place.id, place.revision), language=None, wrap_lines=True)
    quietly(f"It opens revision {place.revision}. It tells nothing of the case, and nobody can guess it.")
    if desk.unfiled or desk.home is not None:
        say("Your changes since then are not in it.")
    if identity.configured():
        say("Whoever has the link and logs in here can open it.")
    elif urlsplit(_page()).hostname in LOCAL:
        say("Only this machine reaches this server. To hand the case to somebody elsewhere, download the file.")
    else:
        say("Whoever reaches this server and has the link can open it.")
    save_drawer.download("share_download")


def link(name: str, revision: int) -> str:
    """Return the address of a revision: an opaque name and a number."""
    scheme, host, *_ = urlsplit(_page())
    return urlunsplit((scheme, host, "/", f"case={name}&revision={revision}", ""))


def _page() -> str:
    return st.context.url or "http://127.0.0.1:8501/"
