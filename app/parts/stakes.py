"""All stakes of a case: each one number, a range, or the default of its kind of target."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import row_form
from cybercoercion.app.parts.words import escaped, quietly
from cybercoercion.screen.field_words import OF_EACH
from cybercoercion.screen.fields import stakes_fields


def show() -> None:
    """Show the editor of all stakes."""
    quietly(
        "Write one number (15 M), or a range that holds 90 % of your belief (30 M to 80 M; for another share of it "
        "30 M to 80 M, 80 %). What is empty has its default, shown below the field."
    )
    for title, fields in stakes_fields(work.now().assessment).items():
        st.markdown(f"**{escaped(title)}**")
        if title == OF_EACH:
            quietly("A number for a candidate takes the place of one number for all.")
        row_form.grid(fields)
