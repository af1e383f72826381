"""Which origins moved a belief: the hypothesis is chosen, the bars are worked out beside the page."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import figure, working
from cybercoercion.app.parts.words import quietly
from cybercoercion.screen.explained import Told, explained, hypotheses, moved_figure

WORDS = "working out what each finding is worth"


def show() -> None:
    """Show the bars from before any report to after all of them, for the hypothesis that is chosen."""
    verdict = work.now()
    if not verdict.assessment.belief.reports:
        quietly(verdict.reports_words)
        return
    working.show("moved", lambda tell: explained(verdict.assessment, tell), _draw, words=WORDS, height=320)


def chosen(told: tuple[Told, ...], key: str) -> Told:
    """Return the case, or the episode of a campaign that is chosen."""
    if len(told) == 1:
        return told[0]
    if st.session_state.get(key) not in range(len(told)):
        st.session_state[key] = len(told) - 1
    quietly("Each episode seen by itself, without what the others say about it.")
    return told[
        st.selectbox(
            "Episode",
            range(len(told)),
            key=key,
            format_func=lambda place: told[place].case.title,
            persist_state="session",
        )
    ]


def _draw(told: tuple[Told, ...], stale: bool) -> None:  # noqa: FBT001  # what working.show passes
    draw(chosen(told, "moved_episode"), stale=stale)


def draw(one: Told, *, stale: bool) -> None:
    """Draw the bars of the hypothesis that is chosen."""
    names = hypotheses(one)
    if st.session_state.get("moved_hypothesis") not in names:
        st.session_state["moved_hypothesis"] = next(iter(names))
    picked = st.selectbox(
        "The belief that was moved",
        list(names),
        key="moved_hypothesis",
        format_func=lambda name: names.get(name, name),
        persist_state="session",
    )
    figure.show(moved_figure(one, picked), stale=stale)
    quietly("Filled bars raise the belief, hollow ones lower it. Their order is that of their size, not of arrival.")
