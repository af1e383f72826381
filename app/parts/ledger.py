"""The ledger of all numbers: by mark, by word, and by how much each moves the decision."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import background, memory, work
from cybercoercion.app.parts import section, working
from cybercoercion.report.ledger import ledger_json
from cybercoercion.screen.ledger_rows import ANY, TITLE, Influence, influence, ledger_section, marks_of


def show() -> None:
    """Show the ledger with its filters."""
    tables = memory.knowledge(work.settings())
    st.subheader(TITLE, anchor=False)
    left, right = st.columns([1, 2])
    with left:
        mark = st.selectbox("Mark", marks_of(tables), key="ledger_mark", persist_state="session")
    with right:
        words = st.text_input("Words in name or source", key="ledger_words", persist_state="session")
    assessment = work.now().assessment

    def make(tell: background.Progress) -> Influence:
        tell(0.1, "each over its own 5 to 95 %")
        return influence(assessment)

    def draw(weight: Influence | None, _stale: bool) -> None:  # noqa: FBT001
        section.show(ledger_section(tables, mark=mark or ANY, words=words, weight=weight), title=False)

    if not working.has("influence"):
        draw(None, False)
    working.show("influence", make, draw, words="how much each number moves the decision", asks=True)
    st.download_button(
        "All numbers as JSON",
        lambda: ledger_json(tables),
        file_name="ledger.json",
        mime="application/json",
        key="ledger_download",
        on_click="ignore",
    )
