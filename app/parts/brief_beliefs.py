"""The three questions of the brief: answered in a sentence each, with strips, and the paper's row beneath."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import memory, work
from cybercoercion.app.parts import table
from cybercoercion.app.parts.figure import theme
from cybercoercion.app.parts.words import escaped, quietly
from cybercoercion.report.palette import themed
from cybercoercion.screen.beliefs import questions
from cybercoercion.screen.coded import coded
from cybercoercion.screen.provenance import ledger_rows

MOST = 4  # rows of a question


def show() -> None:
    """Show what we believe, before and after the last change."""
    answered = questions(work.now(), work.before(), most=MOST)
    st.subheader("What we believe", anchor=False)
    quietly("Dot: now. Ring: before your last change. Shading: 50, 80 and 90 % range.")
    for place, one in enumerate(answered):
        with st.container(gap="xsmall", key=f"question_{one.name}"):
            st.markdown(f"**{place + 1}\N{EN SPACE}{escaped(one.title)}**  \n{escaped(one.sentence)}")
            st.vega_lite_chart(
                themed(one.figure, theme()),
                theme=None,
                key=f"figure_{one.name}",
                alt=one.figure.caption,
                width="stretch",
            )
    quietly(coded(work.now()).caption)
    with st.container(horizontal=True):
        numbers = st.popover("The numbers as a table", type="tertiary", key="numbers_beliefs", on_change="rerun")
        if numbers.open:
            with numbers:
                for one in answered:
                    table.show(one.figure.columns, one.figure.rows, alt=one.figure.caption)
        origin = st.popover("Where does this come from?", type="tertiary", key="origin_beliefs", on_change="rerun")
        if origin.open:
            with origin:
                sources = [name for one in answered for name in one.figure.sources]
                table.show(*ledger_rows(memory.knowledge(work.settings()), sources))
                quietly(work.now().run_line)
