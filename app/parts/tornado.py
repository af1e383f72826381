"""C5 and what else the analyst looks at: swings, the answer along one input, attitudes to risk, sets of changes."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import figure, flip_set, fold, section, working
from cybercoercion.app.parts.words import quietly, say
from cybercoercion.report.figure import Figure
from cybercoercion.report.section import Section
from cybercoercion.screen.swings import course, courses, risk, swings

ALONG = "along"


def show() -> None:
    """Show what the analyst looks at, each question folded away until it is asked."""
    st.subheader("For the analyst", anchor=False)
    fold.show("Which inputs move the gap?", _swings, key="swings")
    fold.show("The answer along one input", _along, key="along")
    fold.show("Would a cautious chooser differ?", _risk, key="risk")
    fold.show("Every single change of a report, and sets of any changes", flip_set.more, key="changes")


def _swings() -> None:
    assessment = work.now().assessment
    words = "each input at five values of its own"
    working.show("swings", lambda tell: swings(assessment, tell), _drawn, words=words, asks=True)


def _along() -> None:
    assessment = work.now().assessment
    names = courses(assessment)
    if st.session_state.get(ALONG) not in names:
        st.session_state[ALONG] = next(iter(names))
    name = st.selectbox("Input", list(names), format_func=names.__getitem__, key=ALONG)
    words = "the answer value by value"
    working.show("along", lambda tell: course(assessment, name, tell), _drawn, words=words, about=name)


def _risk() -> None:
    assessment = work.now().assessment
    working.show("risk", lambda tell: risk(assessment, tell), _section, words="four attitudes to risk")


def _drawn(found: Figure | None, stale: bool) -> None:  # noqa: FBT001  # as working.show calls it
    if found is None:
        say("No input that was asked about can be moved.")
    else:
        figure.show(found, stale=stale)


def _section(found: Section, stale: bool) -> None:  # noqa: FBT001  # as working.show calls it
    if stale:
        quietly("From before the change; being worked out anew.")
    section.show(found, title=False)
