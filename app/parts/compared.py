"""Two to four scenarios side by side: inputs, beliefs, costs, and all of it as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from cybercoercion.app import memory, work
from cybercoercion.app.parts import figure, fold, section, table, working
from cybercoercion.app.parts.words import escaped, quietly, say
from cybercoercion.case import Campaign, Case
from cybercoercion.screen.comparing_view import INPUTS, SideBySide, alike, side_by_side
from cybercoercion.screen.scenarios import whys

ABREAST = 2  # scenarios beside each other


def show(sources: Mapping[str, Case | Campaign], answered: Callable[[str], None]) -> None:
    """Show scenarios side by side; ``answered`` is given the first sentence of the view as soon as it is known."""
    settings, tables = work.settings(), memory.knowledge(work.settings())
    why = whys(work.desk(), *sources.values())

    def make(tell: Callable[[float, str], None]) -> SideBySide:
        return side_by_side(alike(sources, tables, enough=settings.draws is None, progress=tell), why)

    words = "the scenarios, with the same seed and draws"
    about = (*sources.items(), *why.items())
    working.show("compare", make, partial(_draw, answered), words=words, height=500, about=about)


def _draw(answered: Callable[[str], None], found: SideBySide, stale: bool) -> None:  # noqa: FBT001  # working.show
    if stale:
        quietly("From before the change; being worked out anew.")
    else:
        answered(" ".join(found.sentences))
    quietly(". ".join(found.names) + ".")
    st.subheader("What differs", anchor=False)
    table.show(INPUTS, found.inputs, alt="What differs between the scenarios")
    st.subheader("What we believe in each", anchor=False)
    for column, (title, strips) in zip(st.columns(len(found.beliefs)), found.beliefs, strict=True):
        with column:
            st.markdown(f"**{escaped(title)}**")
            figure.show(strips)
    st.subheader("What each response costs in each", anchor=False)
    for row in range(0, len(found.costs), ABREAST):
        for column, (heading, shapes) in zip(st.columns(ABREAST), found.costs[row : row + ABREAST], strict=False):
            with column:
                st.markdown(f"**{escaped(heading)}**")
                figure.show(shapes)
    for one in found.tables:
        fold.show(one.title, partial(section.show, one, title=False), key=f"compared_{one.name}")
    say("Common random numbers: what does not differ does not move.")
    quietly("; ".join(found.runs) + ".")
