"""A drawer at the right: one at a time, open until its work is done or it is dismissed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from cybercoercion.app.guard import guarded
from cybercoercion.app.parts import faults

OPEN, SPOT = "drawer", "drawer_spot"
TOP = "top"


def pull(name: str) -> None:
    """Open a drawer."""
    st.session_state[OPEN] = name
    at(TOP)


def close() -> None:
    """Close whichever is open."""
    st.session_state.pop(OPEN, None)


def pulled(name: str | None = None) -> bool:
    """Whether this drawer is open, or any."""
    found = st.session_state.get(OPEN)
    return found is not None and name in (None, found)


def at(spot: str) -> None:
    """Say where in the drawer somebody presses, for there a refusal is told."""
    st.session_state[SPOT] = spot


def refusals(spot: str) -> None:
    """Tell at this spot what was refused, if it was asked for here."""
    if st.session_state.get(SPOT, TOP) == spot:
        faults.show()


def show(name: str, title: str, draw: Callable[[], None]) -> None:
    """Draw a drawer if it is open; what is refused inside is told inside."""
    if not pulled(name):
        return

    @st.dialog(title, width="medium", position="right", on_dismiss=close)
    def body() -> None:
        if not pulled(name):  # what was pressed closed it: the page behind is drawn anew
            st.rerun()
        from cybercoercion.app import filing  # which closes drawers itself

        with guarded(title):
            filing.keep()  # the page behind is not drawn again before the drawer closes
            refusals(TOP)
            draw()

    body()
