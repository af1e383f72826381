"""For whom a view is drawn: a decision-maker, or the analyst beside them, who sees more and never other numbers."""

from __future__ import annotations

import streamlit as st

DECISION_MAKER, ANALYST = "Decision-maker", "Analyst"


def show() -> None:
    """Show the switch; it stays over views, and a link carries it."""
    st.segmented_control(
        "Depth",
        [DECISION_MAKER, ANALYST],
        key="depth",
        default=DECISION_MAKER,
        required=True,
        bind="query-params",
        persist_state="session",
        label_visibility="collapsed",
        help="The analyst's figures come on top; no number changes.",
    )


def analyst() -> bool:
    """Whether the figures for the analyst are drawn too."""
    return bool(st.session_state.get("depth") == ANALYST)
