"""Who changed what in this session: each change with what it did to belief and first choice."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import memory, work
from cybercoercion.app.parts import section
from cybercoercion.screen.walk import walk_section


def show() -> None:
    """Show the changes since the case was opened, the last one first."""
    desk, settings = work.desk(), work.settings()
    box = st.expander("Changes since the case was opened", key="changes", on_change="rerun")
    if box.open:
        with box:
            said = [(one.sentence, memory.verdict(one.source, settings)) for one in desk.moments[: desk.at + 1]]
            section.show(walk_section(said), title=False)
