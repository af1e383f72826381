"""What nobody has looked at, by group, with what is announced to come."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import table
from cybercoercion.app.parts.words import escaped, quietly
from cybercoercion.screen.evidence_gaps import gap_sentence, gaps


def show() -> None:
    """Show the gaps; each group is folded until somebody opens it."""
    case = work.case()
    found = gaps(case, work.now().assessment.knowledge)
    quietly(gap_sentence(found, case))
    for one in found:
        if not one.gaps:
            continue
        title = f"{one.name}: {len(one.gaps)} of {one.asked} not reported"
        fold = st.expander(escaped(title), key=f"gaps_{one.group}", on_change="rerun")
        if fold.open:
            with fold:
                rows = [(gap.name, gap.question, "; ".join(gap.awaited)) for gap in one.gaps]
                columns = ("", "question", "announced")
                told = any(gap.awaited for gap in one.gaps)
                table.show(columns if told else columns[:2], rows if told else [row[:2] for row in rows])
