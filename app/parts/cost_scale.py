"""Lines for scale, which are not ranked, and the military tail, which is in no cost."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app.parts.words import quietly, say
from cybercoercion.report.words import money
from cybercoercion.screen.cost_rows import CostRows


def show(rows: CostRows) -> None:
    """Show waiting, complying and doing nothing new beside the four, and what a war would add."""
    with st.container(border=True, key="card_scale"):
        say("For scale, unranked")
        for line in rows.scale:
            words, level = st.columns([3, 2], wrap=False)
            with words:
                quietly(line.words)
            level.markdown(f"**{money(line.expected)}** :gray[{money(line.delta, signed=True)}]")
        quietly("Expected cost in USD, and beside it the difference to nothing new.")
        for caveat in (line.caveat for line in rows.scale if line.caveat):
            quietly(caveat)
        st.divider()
        quietly(rows.tail)
