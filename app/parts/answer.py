"""The one card of a view: its answer and, apart from it, how far to trust it."""

from __future__ import annotations

import streamlit as st
from cybercoercion.app import work
from cybercoercion.app.parts.words import escaped, say

from cybercoercion.screen.top import top


def show(answer: str | None = None) -> None:
    """Show the answer sentence, that of the verdict unless a view has its own, with confidence and warnings."""
    one = top(work.now())
    with st.container(border=True, key="answer"):
        left, right = st.columns([3, 2])
        with left:
            st.subheader(escaped(answer or one.answer), anchor=False)
        with right:
            say(one.confidence)
    for warning in one.warnings:
        st.warning(escaped(warning))
