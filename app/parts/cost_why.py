"""Where the difference to the first choice comes from: term by term, stacked, and by state of the world."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import figure, section
from cybercoercion.app.parts.depth import analyst
from cybercoercion.report.cost_states import states_section
from cybercoercion.report.names import response_name
from cybercoercion.report.terms_figure import terms_figure
from cybercoercion.report.words import capital
from cybercoercion.screen.cost_rows import CostRows
from cybercoercion.screen.decision import stacked


def show(rows: CostRows) -> None:
    """Show why a rival costs more than the first choice."""
    first, *others = [row.response for row in rows.five]
    rival = st.selectbox(
        f"{capital(response_name(first))} compared with",
        others,
        format_func=lambda name: capital(response_name(name)),
        key="cost_rival",
        persist_state="session",
    )
    verdict = work.now()
    ranking = verdict.assessment.ranking
    figure.show(terms_figure(ranking.views[rows.view], first, rival or others[0]))
    figure.show(stacked(verdict, rows.view))
    if analyst():
        section.show(states_section(verdict.assessment, first, rival or others[0], rows.view))
