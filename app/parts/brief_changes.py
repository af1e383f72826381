"""What would change this: three lines, worked out beside the page."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import background, work
from cybercoercion.app.parts import working
from cybercoercion.app.parts.words import escaped, quietly
from cybercoercion.screen.tipping import three_lines


def show() -> None:
    """Show how sure of the actor, how resilient, and which next report."""
    assessment = work.now().assessment

    def make(tell: background.Progress) -> tuple[str, ...]:
        return three_lines(assessment, tell)

    with st.container(border=True, key="what_would_change"):
        st.subheader("What would change this", anchor=False)
        working.show("three_lines", make, _draw, words="working out what would change this", height=120)


def _draw(lines: tuple[str, ...], stale: bool) -> None:  # noqa: FBT001  # as `working.show` calls it
    if stale:
        quietly("From before the change; being worked out anew.")
    st.markdown("\n".join(f"- {escaped(line)}" for line in lines))
