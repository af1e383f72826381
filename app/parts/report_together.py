"""What the reports say together: what moved us, who repeats whom, who disagrees, what was known when."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import moved, report_conflict, report_voices, timeline, working
from cybercoercion.app.parts.words import escaped
from cybercoercion.screen.evidence_together import Together, together, told

EPISODE = "together_episode"


def show() -> None:
    """Show the four questions; what takes long is worked out beside the page, the quickest first."""
    assessment = work.now().assessment
    parts = [st.container() for _ in range(4)]
    episodes = told(assessment)

    def draw(found: Together, stale: bool) -> None:  # noqa: FBT001  # what working.show passes
        with parts[2]:
            st.subheader("Do they disagree?", anchor=False)
            report_conflict.show(episodes[place], found.conflicts[place], stale=stale)
        with parts[3]:
            st.subheader("What was known when?", anchor=False)
            timeline.show(found.replay, stale=stale)

    with parts[1]:
        st.subheader("How many independent voices?", anchor=False)
        place = _episode(len(episodes), [one.title for one in episodes])
        report_voices.show(episodes[place])
    words = "replaying what was known when"
    working.show("together", lambda tell: together(assessment, tell), draw, words=words, about=place)
    with parts[0]:
        st.subheader("What moved us", anchor=False)
        moved.show()


def _episode(count: int, titles: list[str]) -> int:
    """Return which episode of a campaign is looked at, the latest unless another is chosen; of a case the only one."""
    if count == 1:
        return 0
    if st.session_state.get(EPISODE) not in range(count):
        st.session_state[EPISODE] = count - 1
    place = st.selectbox(
        "Episode whose voices and disagreement are shown",
        range(count),
        key=EPISODE,
        format_func=lambda at: escaped(titles[at]),
        persist_state="session",
    )
    return int(place)
