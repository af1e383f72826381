"""Other variants of a response, whom it is aimed at, and what a second response beside the first one adds."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import figure, table
from cybercoercion.app.parts.cost_cards import named
from cybercoercion.app.parts.words import quietly, say
from cybercoercion.report.names import response_name
from cybercoercion.report.shapes_figure import ends_of, shapes
from cybercoercion.report.words import capital
from cybercoercion.screen.variants import aimed, pairs, targets
from cybercoercion.vocabulary import RESPONSES


def show(view: str, *, futures: bool) -> None:
    """Show the variants of one response against one candidate."""
    verdict = work.now()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        response = st.segmented_control(
            "Response", RESPONSES, format_func=lambda name: capital(response_name(name)), default=RESPONSES[0],
            required=True, key="variant_response", persist_state="session", wrap=True,
        )  # fmt: skip
        response = response or RESPONSES[0]
        whom = targets(verdict, response, view)
        target = None
        if whom:
            kept = st.session_state.get("variant_target")
            st.session_state["variant_target"] = kept if kept in whom else next(iter(whom))
            target = st.selectbox(
                "Aimed at", list(whom), format_func=whom.__getitem__, key="variant_target", width=360,
                help="Only who is at least half as likely as the likeliest candidate may be accused.",
            )  # fmt: skip
    if not whom:
        quietly("Resilience is aimed at nobody: it needs no attribution.")
    found = aimed(verdict, response, target, view=view, futures=futures)
    st.markdown(f"{named(response, capital(found.best.words))}")
    if any(found.best.shapes):
        figure.show(shapes("aimed", found.best.caption, found.best, ends_of([found.best])))
    else:
        quietly("This is the first choice, beside which the others stand.")
    table.show(found.columns, found.rows, alt=found.best.caption)


def together(view: str, *, futures: bool) -> None:
    """Show the cheapest of the four with each of the others."""
    found = pairs(work.now(), view=view, futures=futures)
    for sentence in found.sentences:
        say(sentence)
    ends = ends_of(found.rows)
    for row in found.rows:
        with st.container(border=True, key=f"pair_{row.response}"):
            st.markdown(named(row.response, f"with {row.words}"))
            figure.show(shapes(f"pair-{row.response}", row.caption, row, ends))
