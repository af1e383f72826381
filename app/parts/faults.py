"""What was refused: every fault at once, in a table of file, place, got, allowed; the old case stays open."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import table

COLUMNS = ("file", "place", "got", "allowed")


def show() -> None:
    """Show the faults of what was refused last, if there are any."""
    refused = work.refused()
    if not refused:
        return
    with st.container(border=True, key="refused"):
        count = f"{len(refused)} faults" if len(refused) > 1 else "One fault"
        st.warning(f"{count}: nothing was changed, your case stays as it was.")
        table.show(COLUMNS, [[getattr(fault, name) for name in COLUMNS] for fault in refused])
        st.button("Close", key="refused_close", on_click=work.refuse, args=((),))
