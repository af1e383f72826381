"""The candidates and awaited reports of a case: all at a glance, one of them to edit, one more to add."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import add_drawer, removal, table, value_input
from cybercoercion.app.parts.words import quietly
from cybercoercion.screen.fields import Field
from cybercoercion.screen.overview import ROW_FIELDS, overview, row_name
from cybercoercion.screen.removing import NOUNS

ABREAST = 3  # fields in a line


def show(block: str, none: str) -> None:
    """Show the rows of a block; ``none`` is said where there are none."""
    assessment = work.now().assessment
    rows = [row.id for row in getattr(assessment.case, block)]
    if rows:
        columns, cells = overview(assessment, block)
        table.show(columns, cells, alt=f"Each {NOUNS[block]} with what is stated of it")
        chosen = pick(block, rows)
        fields = ROW_FIELDS[block](assessment, chosen)
        grid([field for field in fields if not field.place.key])
        held = [field for field in fields if field.place.key]
        if held:
            quietly("Who holds it, and how visibly? Where one is known to hold it, the others count as not holding it.")
            grid(held)
    else:
        quietly(none)
    with st.container(horizontal=True):
        st.button(f"Add: {NOUNS[block]}", key=f"add.{block}", on_click=add_drawer.open_for, args=(block,))
        if rows:
            removal.button(block, chosen)
    if rows:
        removal.show(block, chosen)


def pick(block: str, rows: Sequence[str], prefix: str = "row") -> str:
    """Let one of the rows be chosen, and return its id."""
    case, key = work.now().assessment.case, f"{prefix}.{block}"
    if st.session_state.get(key) not in rows:
        st.session_state[key] = rows[-1] if key in st.session_state else rows[0]
    chosen: str = st.selectbox(
        f"Which {NOUNS[block]}?",
        list(rows),
        format_func=lambda row: row_name(case, block, row),
        key=key,
        persist_state="session",
    )
    quietly(f"Short name in reports: {chosen}")
    return chosen


def grid(fields: Sequence[Field], prefix: str = "ask", abreast: int = ABREAST) -> None:
    """Show fields abreast, in reading order."""
    for start in range(0, len(fields), abreast):
        for column, field in zip(st.columns(abreast), fields[start : start + abreast], strict=False):
            with column:
                value_input.show(field, prefix)
