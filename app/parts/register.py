"""The register of assumptions, and a scenario without one of them beside the case as it is."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import background, work
from cybercoercion.app.parts import section, working
from cybercoercion.app.parts.words import escaped
from cybercoercion.screen.assumptions import Assumptions, assumptions

NONE = "As assumed"


def show() -> None:
    """Show the register; a switch opens a scenario and changes neither case nor tables."""
    assessment = work.now().assessment

    def make(_: background.Progress) -> Assumptions:
        return assumptions(assessment)

    working.show("register", make, _draw, words="switching each assumption", height=400)


def _draw(found: Assumptions, _stale: bool) -> None:  # noqa: FBT001
    section.show(found.section())
    rest = found.rest()
    more = st.expander(escaped(rest.title), key="register_rest", on_change="rerun")
    if more.open:
        with more:
            section.show(rest, title=False)
    if st.session_state.get("switched") not in found.names:
        st.session_state["switched"] = NONE
    chosen = st.selectbox(
        "Switch one assumption",
        (NONE, *found.names),
        format_func=lambda name: name if name == NONE else escaped(found.named(name).instead),
        key="switched",
        help="Opens a scenario beneath; the case and the tables stay as they are.",
    )
    if chosen != NONE:
        with st.container(border=True, key="scenario"):
            section.show(found.scenario(chosen))
