"""A table as real HTML, which a screen reader walks through and a keyboard reaches."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cybercoercion.app.parts.words import escaped


def show(columns: Sequence[str], rows: Sequence[Sequence[str]], alt: str | None = None) -> None:
    """Show rows of text under their column names."""
    names = [name or "\N{NO-BREAK SPACE}" * (place + 1) for place, name in enumerate(columns)]
    st.table(
        {name: [escaped(row[place]) for row in rows] for place, name in enumerate(names)},
        border="horizontal",
        hide_index=True,
        alt=alt,
    )
