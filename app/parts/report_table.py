"""Reports as a table in which one types; each edit goes through the door of files, and a refused one loses nothing."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import report_edits
from cybercoercion.app.parts.words import quietly
from cybercoercion.screen.evidence_table import GRADES, columns, edited, fingerprint

TRIED = "reports_tried"


def show() -> None:
    """Show the table; a change of the case gives it a new key, so that it shows what the case says."""
    case = work.case()
    key = f"reports_{fingerprint(case)}"
    edits = dict(st.session_state.get(key, {}).get("edited_rows", {}))
    tried = (work.desk(), repr(edits))  # what was refused on this very desk is not tried again
    if edits and st.session_state.get(TRIED) != tried:
        st.session_state[TRIED] = tried
        report_edits.make(lambda old: edited(old, edits))
        st.rerun()
    share = st.column_config.NumberColumn
    st.data_editor(
        columns(case),
        key=key,
        hide_index=True,
        num_rows="fixed",
        height="content",
        alt="The reports, one per row",
        column_config={
            "on": st.column_config.CheckboxColumn("on", help="Whether it counts", width="small"),
            "report": st.column_config.TextColumn("report", disabled=True),
            "says": st.column_config.TextColumn("says", disabled=True, width="medium"),
            "about": st.column_config.TextColumn("about", disabled=True),
            "grade": st.column_config.SelectboxColumn(
                "grade", options=list(GRADES), help="Source A to F, information 1 to 6"
            ),
            "origin": st.column_config.TextColumn("origin", help="Who stands behind it in the end"),
            "event date": st.column_config.DateColumn("event date", format="D MMM YYYY"),
            "known date": st.column_config.DateColumn("known date", format="D MMM YYYY"),
            "copy": share("copy", min_value=0.0, max_value=1.0, step=0.05, help="How much of it is copied, 0 to 1"),
            "source": st.column_config.TextColumn("source"),
            "note": st.column_config.TextColumn("note"),
        },
    )
    quietly(
        "What a report says is changed with Edit on its card. The cards are the way for keyboard and screen reader."
    )
