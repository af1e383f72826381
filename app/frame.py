"""What stands around every view: the header above, and what was refused."""

from __future__ import annotations

from threading import Lock

import streamlit as st

from cybercoercion.app import filing, identity, settling
from cybercoercion.app.guard import guarded
from cybercoercion.app.parts import conflict, drawer, faults, header, working

TURN = Lock()  # pages are drawn one after the other: shared, all of ten would be as late as the last


def show(page: st.Page) -> None:
    """Run a view under the header; what fails in it is told without a traceback."""
    if not identity.admitted():
        identity.door()
        return
    with guarded("The case store"):
        filing.arrive()
        filing.keep()
    with TURN:
        _drawn(page)
    working.look()


def _drawn(page: st.Page) -> None:
    working.begin()
    with guarded("The header"):
        header.show()
    with guarded(page.title):
        if settling.overtaken() is not None:
            conflict.show()
            return
        with st.container(key="refused_here"):  # always there, as in the header
            if not drawer.pulled():
                faults.show()
        page.run()
