"""What is looked up only now and then: folded away, and drawn only while it is open."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from cybercoercion.app.parts.words import escaped


def show(title: str, draw: Callable[[], None], *, key: str) -> None:
    """Show a fold; ``draw`` is called only while it is open."""
    fold = st.expander(escaped(title), key=f"fold_{key}", on_change="rerun")
    if fold.open:
        with fold:
            draw()
