"""What bounds an experiment, and what says that a campaign is edited episode by episode."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import filing, work
from cybercoercion.app.parts.words import escaped, say
from cybercoercion.case import Campaign, shipped
from cybercoercion.screen.opening import titles


def show() -> None:
    """Show the notice that there is cause for."""
    desk = work.desk()
    if desk.home is not None:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="trial"):
            words = escaped(f"This is a copy: {desk.trial}. The case as filed is kept.")
            st.markdown(f":blue-badge[Experiment] {words}", width="stretch")
            st.button("Discard", key="trial_discard", on_click=_discard)
            st.button("Take over", key="trial_take", on_click=_take_over, help="As a change of the case.")
            st.button("Keep as scenario", key="trial_keep", on_click=_keep, help="To compare it later.")
    if isinstance(desk.now, Campaign):
        with st.container(border=True, key="campaign"):
            say("A campaign: its episodes are edited one by one. Here target, stakes and marking can be changed.")
            with st.container(horizontal=True):
                for one in desk.now.episodes:
                    if one.id in shipped():
                        label = escaped(f"Open {titles()[one.id]}")
                        st.button(label, key=f"episode_{one.id}", on_click=filing.open_shipped, args=(one.id,))


def _discard() -> None:
    work.put(work.desk().discarded())


def _take_over() -> None:
    work.put(work.desk().taken_over())


def _keep() -> None:
    desk = work.desk()
    work.put(desk.keeping(desk.trial or "An experiment").discarded())
