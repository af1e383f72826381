"""Which report separates what, for the analyst: reports by pairs of hypotheses."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import figure, moved, working
from cybercoercion.app.parts.words import quietly
from cybercoercion.screen.explained import Told, explained
from cybercoercion.screen.separating import nodes, separating


def show() -> None:
    """Show the grid of each report, taken alone, for the answers to one question."""
    verdict = work.now()
    if not verdict.assessment.belief.reports:
        quietly(verdict.reports_words)
        return
    working.show("separating", lambda tell: explained(verdict.assessment, tell), _draw, words=moved.WORDS, height=320)


def _draw(told: tuple[Told, ...], stale: bool) -> None:  # noqa: FBT001  # what working.show passes
    draw(moved.chosen(told, "separating_episode"), stale=stale)


def draw(one: Told, *, stale: bool) -> None:
    """Draw the grid of the question that is chosen."""
    names = nodes(one)
    if st.session_state.get("separating_node") not in names:
        st.session_state["separating_node"] = next(iter(names))
    node = st.segmented_control(
        "What is told apart",
        list(names),
        key="separating_node",
        format_func=lambda name: names.get(name, name),
        required=True,
        persist_state="session",
    )
    figure.show(separating(one, node), stale=stale)
