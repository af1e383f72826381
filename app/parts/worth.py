"""C3: which finding is worth asking for, whether to wait for it, and what to collect next."""

from __future__ import annotations

from functools import partial

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import figure, fold, section, working
from cybercoercion.app.parts.words import quietly, say
from cybercoercion.screen.worth import LEGEND, Findings, worth


def show() -> None:
    """Show what each finding is worth before waiting for it."""
    st.subheader("Which finding is worth waiting for?", anchor=False)
    assessment = work.now().assessment
    words = "working out what each finding is worth"
    working.show("worth", lambda tell: worth(assessment, tell), _draw, words=words, height=220)


def _draw(found: Findings, stale: bool) -> None:  # noqa: FBT001  # as working.show calls it
    if found.figure is not None:
        figure.show(found.figure, stale=stale)
        quietly(LEGEND)
    else:
        say(found.answer)
        if stale:
            quietly("From before the change; being worked out anew.")
    for sentence in found.sentences:
        say(sentence)
    for one in found.tables:
        fold.show(one.title, partial(section.show, one, title=False), key=f"worth_{one.name}")
