"""C4: two inputs at once, the axes chosen by select boxes."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import figure, working
from cybercoercion.app.parts.words import quietly, say
from cybercoercion.screen.policy import Policy, axes, policy, usual

ACROSS, UP = "map_across", "map_up"


def show() -> None:
    """Show which response is cheapest over two inputs."""
    st.subheader("Two things at once", anchor=False)
    assessment = work.now().assessment
    names = axes(assessment)
    for key, preset in zip((ACROSS, UP), usual(assessment), strict=True):
        if st.session_state.get(key) not in names:  # an actor of another case
            st.session_state[key] = preset
    with st.container(horizontal=True):
        for key, words in ((ACROSS, "Across"), (UP, "Upwards")):
            st.selectbox(words, list(names), format_func=names.__getitem__, key=key, persist_state="session")
    x, y = st.session_state[ACROSS], st.session_state[UP]
    words = "where each response is cheapest over both"
    working.show("map", lambda tell: policy(assessment, x, y, tell), _draw, words=words, height=340, about=(x, y))


def _draw(found: Policy, stale: bool) -> None:  # noqa: FBT001  # as working.show calls it
    if found.figure is not None:
        figure.show(found.figure, stale=stale)
        quietly("Dots: readings of both inputs. The ring: now.")
        quietly(" ".join(found.sentences))
    else:
        for sentence in found.sentences:
            say(sentence)
