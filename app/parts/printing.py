"""The report as a file: to print, to edit, or for another program."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import filing, memory, work
from cybercoercion.app.parts.words import quietly

FORMS = {"html": "Page to print (HTML)", "md": "Text (Markdown)", "json": "Data (JSON)"}
DEPTHS = {"brief": "One page", "full": "Full", "analyst": "For the analyst"}
MIME = {"html": "text/html", "md": "text/markdown", "json": "application/json"}
FORM, DEPTH, BARE = "print_form", "print_depth", "print_bare"


def show() -> None:
    """Show the button, and behind it what can be chosen."""
    box = st.popover("Print", key="print", on_change="rerun")
    if box.open:
        with box:
            _draw()


def _draw() -> None:
    form = st.radio("As", [*FORMS], format_func=FORMS.__getitem__, key=FORM, persist_state="session")
    depth = st.radio("How much", [*DEPTHS], format_func=DEPTHS.__getitem__, key=DEPTH, persist_state="session")
    bare = st.toggle("Without sources", key=BARE, persist_state="session", help="Origins numbered, notes dropped.")
    verdict = work.now()

    def made() -> str:
        from cybercoercion.report.export import export

        return export(verdict, form, depth, sources=not bare, overlay=memory.overlay())

    name = filing.file_name(work.desk().now).removesuffix(".toml")
    st.download_button(
        "Download",
        data=made,
        file_name=f"{name}-{depth}.{form}",
        mime=MIME[form],
        key="print_download",
        on_click="ignore",
    )
    quietly("Made when you press; it says what this page says, with the marking on every sheet.")
