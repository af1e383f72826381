"""What stands behind rows of costs: the numbers as a table, and where they come from."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import memory, work
from cybercoercion.app.parts import table
from cybercoercion.app.parts.words import quietly
from cybercoercion.screen.cost_rows import CostRows
from cybercoercion.screen.decision import cost_table, sources
from cybercoercion.screen.provenance import ledger_rows


def show(rows: CostRows, name: str) -> None:
    """Show the two buttons; what is behind one is made when it is opened."""
    with st.container(horizontal=True):
        numbers = st.popover("The numbers as a table", type="tertiary", key=f"numbers_{name}", on_change="rerun")
        if numbers.open:
            with numbers:
                table.show(*cost_table(rows), alt=rows.caption)
        origin = st.popover("Where does this come from?", type="tertiary", key=f"origin_{name}", on_change="rerun")
        if origin.open:
            with origin:
                table.show(*ledger_rows(memory.knowledge(work.settings()), sources(rows)))
                quietly(work.now().run_line)
