"""What was known when: the belief replayed over the dates on which something became known."""

from __future__ import annotations

from datetime import date

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import figure
from cybercoercion.app.parts.words import escaped, quietly, say
from cybercoercion.report.words import capital, dated
from cybercoercion.screen.evidence_figures import replay_drawn
from cybercoercion.screen.replay import Replay, day_words, looked_at

ON, WHICH, MADE_FOR = "replay_on", "replay_which", "replay_made_for"


def show(found: Replay, *, stale: bool) -> None:
    """Show the belief over time, steps forward and back, and a way to look at the case as it was known then."""
    dates = sorted({day.on for day in found.days} | {found.as_of})
    if st.session_state.get(MADE_FOR) != found.as_of or st.session_state.get(ON) not in dates:
        st.session_state[ON], st.session_state[MADE_FOR] = found.as_of, found.as_of
    if st.session_state.get(WHICH) not in found.names:
        st.session_state[WHICH] = next(iter(found.names))
    which = st.selectbox(
        "The belief that is followed",
        list(found.names),
        key=WHICH,
        format_func=lambda name: escaped(capital(found.names[name])),
        persist_state="session",
    )
    on = st.session_state[ON]
    figure.show(replay_drawn(found, which, on), stale=stale)
    quietly("Open marks: days on which things happened; the line moves only when they became known.")
    if len(dates) > 1:
        st.select_slider("As known on", dates, key=ON, format_func=dated, persist_state="session")
    at = dates.index(on)
    with st.container(horizontal=True):
        st.button("Earlier", key="replay_back", disabled=at == 0, on_click=_go, args=(dates[max(at - 1, 0)],))
        last = len(dates) - 1
        st.button("Later", key="replay_later", disabled=at == last, on_click=_go, args=(dates[min(at + 1, last)],))
        st.button(
            "Look at the case as known on this date",
            key="replay_look",
            disabled=on == found.as_of or work.now().assessment.campaign is not None,
            on_click=_look,
            args=(on,),
            help="Changes the as-of date of the case; undo brings it back. Each episode of a campaign has its own.",
        )
    day = next((day for day in found.days if day.on == on), None)
    if day is not None:
        say(day_words(day, found.as_of))


def _go(on: date) -> None:
    st.session_state[ON] = on


def _look(on: date) -> None:
    work.change(lambda: looked_at(work.case(), on), f"As known on {dated(on)}")
