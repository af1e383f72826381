"""What stands around every view: the header above, and what was refused."""

from __future__ import annotations

import streamlit as st
from cybercoercion.app.guard import guarded
from cybercoercion.app.parts import faults, header


def show(page: st.Page) -> None:
    """Run a view under the header; what fails in it is told without a traceback."""
    with guarded(page.title):
        header.show()
        faults.show()
        page.run()
