"""Why this belief: what moved it, which explanation fits best, what each report tells apart; worked out once."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import belief_stories, depth, grid, moved, working
from cybercoercion.app.parts.words import quietly
from cybercoercion.screen.explained import Told, explained


def show() -> None:
    """Show the explanation of the case, or of the episode that is chosen; without reports there is none."""
    verdict = work.now()
    if not verdict.assessment.belief.reports:
        quietly(verdict.reports_words)
        return
    working.show("why", lambda tell: explained(verdict.assessment, tell), _draw, words=moved.WORDS, height=360)


def _draw(told: tuple[Told, ...], stale: bool) -> None:  # noqa: FBT001  # what working.show passes
    one = moved.chosen(told, "why_episode")
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader("What moved this?", anchor=False)
        moved.draw(one, stale=stale)
    with right:
        st.subheader("Which explanation fits best?", anchor=False)
        belief_stories.draw(one, stale=stale)
    if depth.analyst():
        st.subheader("Which report separates what?", anchor=False)
        grid.draw(one, stale=stale)
