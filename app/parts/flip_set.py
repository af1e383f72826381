"""C2: which evidence carries the answer, in sentences."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import section, working
from cybercoercion.app.parts.words import quietly, say
from cybercoercion.report.section import Section
from cybercoercion.screen.flip_set import FlipSetWords, any_means, flip_set, takes_long


def show() -> None:
    """Show the smallest sets of reports without which another would lead."""
    st.subheader("Which reports carry it?", anchor=False)
    assessment = work.now().assessment
    words, asks = "which reports carry the answer", takes_long(assessment)
    working.show("flip_set", lambda tell: flip_set(assessment, tell), _draw, words=words, height=90, asks=asks)


def more() -> None:
    """Show every single change of a report, and sets of any changes, when asked for."""
    assessment = work.now().assessment
    words = "every single change of a report, and sets of any changes"
    working.show("any_means", lambda tell: any_means(assessment, tell), _sections, words=words, asks=True)


def _draw(found: FlipSetWords, stale: bool) -> None:  # noqa: FBT001  # as working.show calls it
    for sentence in found.sentences:
        say(sentence)
    if stale:
        quietly("From before the change; being worked out anew.")
    elif found.note:
        quietly(found.note)


def _sections(found: tuple[Section, ...], stale: bool) -> None:  # noqa: FBT001  # as working.show calls it
    if stale:
        quietly("From before the change.")
    for one in found:
        section.show(one)
