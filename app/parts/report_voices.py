"""How many independent voices: a what-if about copying beside the case, which edits nothing."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import figure
from cybercoercion.app.parts.words import quietly
from cybercoercion.case import Case
from cybercoercion.screen.evidence_figures import voices_drawn
from cybercoercion.screen.voices import assumed, recalled, repeats, usual

RHO, ACROSS = "voices_rho", "voices_across"
STEP = 5  # per cent


def show(case: Case) -> None:
    """Show the origins as voices, and what the belief would be if more or less of later reports were copied."""
    knowledge = work.now().assessment.knowledge
    across = st.toggle(
        "Count reports that say the same as one voice, whoever stands behind them",
        key=ACROSS,
        persist_state="session",
        help="What if they all rest on one source?",
    )
    now = assumed(case, knowledge, across=across)
    key = f"{RHO}_across" if across else RHO
    if key not in st.session_state:
        start = usual(knowledge) if across else now
        st.session_state[key] = STEP * round(100 * start / STEP)
    rho = int(st.session_state[key])
    if repeats(case, knowledge, across=across):
        rho = st.slider(
            "How much of a later report is copied", 0, 100, key=key, step=STEP, format="%d %%", persist_state="session"
        )
    found = recalled(case, knowledge, rho / 100, across=across)
    figure.show(voices_drawn(found))
    if found.copies:
        quietly(
            f"Full dots: first reports; pale dots: copies. The case now takes {100 * now:.0f} % to be copied. "
            "This slider edits nothing, and 0 is not the cautious choice."
        )
