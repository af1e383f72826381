"""Whose costs, and of what the twenty shapes are: two switches."""

from __future__ import annotations

import streamlit as st

from cybercoercion.screen.decision import KINDS, KINDS_HELP, VIEWS


def show() -> tuple[str, bool]:
    """Show the switches, and return the view and whether shapes are futures."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        view = st.segmented_control(
            "Whose costs, for how long",
            list(VIEWS),
            format_func=VIEWS.__getitem__,
            default="nation",
            required=True,
            key="cost_view",
            wrap=True,
            persist_state="session",
        )
        futures = st.segmented_control(
            "Twenty of what",
            list(KINDS),
            format_func=KINDS.__getitem__,
            default=True,
            required=True,
            key="cost_futures",
            persist_state="session",
            help=KINDS_HELP,
        )
    return view or "nation", futures is not False
