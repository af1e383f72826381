"""A figure: its conclusion, the drawing, the numbers as a table, and where they come from."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import memory, work
from cybercoercion.app.parts import table
from cybercoercion.app.parts.words import quietly, say
from cybercoercion.report.figure import Figure
from cybercoercion.report.palette import themed
from cybercoercion.screen.provenance import ledger_rows


def show(one: Figure, *, key: str | None = None, stale: bool = False) -> None:
    """Show a figure; ``stale`` marks one that was drawn before the last change."""
    name = key or one.name
    say(one.caption)
    if stale:
        quietly("From before the change; being worked out anew.")
    spec = themed(one, theme())
    wide = "stretch" if "layer" in spec or "mark" in spec else "content"
    st.vega_lite_chart(spec, theme=None, key=f"figure_{name}", alt=one.caption, width=wide)
    with st.container(horizontal=True):
        numbers = st.popover("The numbers as a table", type="tertiary", key=f"numbers_{name}", on_change="rerun")
        if numbers.open:
            with numbers:
                table.show(one.columns, one.rows, alt=one.caption)
        origin = st.popover("Where does this come from?", type="tertiary", key=f"origin_{name}", on_change="rerun")
        if origin.open:
            with origin:
                columns, rows = ledger_rows(memory.knowledge(work.settings()), one.sources)
                if rows:
                    table.show(columns, rows)
                quietly(work.now().run_line)


def theme() -> str:
    """Return the theme of the page, light where the browser has not said."""
    return "dark" if st.context.theme.type == "dark" else "light"
