"""The reports of a case, as cards or as a table, and those that do not count with the reason."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import fold, report_cards, report_drawer, report_table
from cybercoercion.app.parts.words import escaped, quietly, say
from cybercoercion.screen.evidence import FIXED, Board, apart_sentence, boards, held_facts
from cybercoercion.screen.evidence_figures import PULL, pulls
from cybercoercion.screen.top import counted

CARDS, TABLE = "Cards", "Table"


def show() -> None:
    """Show the reports; a campaign's are read, episode by episode."""
    assessment = work.now().assessment
    fixed = assessment.campaign is not None
    found = boards(assessment)
    if fixed:
        say(counted(work.now()))
        quietly(FIXED)
    way = _switch() if not fixed else CARDS
    for held in held_facts(assessment.case) if not fixed else ():
        say(f"Held fixed: {held}. No other report about it counts.")
    for board, pull in zip(found, _pulls(len(found)), strict=True):
        if fixed:
            st.markdown(f"#### {escaped(board.title)}")
        say(board.caption)
        if pull[0] and way == CARDS:
            quietly(PULL)
        if way == TABLE and assessment.case.reports:
            report_table.show()
        else:
            report_cards.show(board, pull[0], stale=pull[1], fixed=fixed)
        _apart(board, fixed=fixed)


def _switch() -> str:
    with st.container(horizontal=True, vertical_alignment="center"):
        way = st.segmented_control(
            "Show as",
            [CARDS, TABLE],
            key="reports_as",
            default=CARDS,
            required=True,
            persist_state="session",
            label_visibility="collapsed",
        )
        st.button("Add a report", key="report_add", on_click=report_drawer.pull)
    return str(way)


def _pulls(count: int) -> list[tuple[Mapping[str, float], bool]]:
    """Return what each report pulls as far as it is worked out, and whether that is from before the last change."""
    held = st.session_state.get("working_moved")
    if held is None or len(held[1]) != count:
        return [({}, False)] * count
    (_, source, *_), told = held
    return [(pulls(one.explanation.weights), source != work.desk().now) for one in told]


def _apart(board: Board, *, fixed: bool) -> None:
    """Show what somebody switched off, and folded away what does not count for another reason."""
    if not board.apart:
        return
    say(apart_sentence(board))
    report_cards.apart(board, [one for one in board.apart if one.card.off], fixed=fixed)
    rest = [one for one in board.apart if not one.card.off]
    if rest:
        many = f"The {len(rest)} reports that" if len(rest) > 1 else "The report that"
        title = f"{many} the date or the frame leave{'s' if len(rest) == 1 else ''} out"
        fold.show(title, lambda: report_cards.apart(board, rest, fixed=fixed), key=f"apart_{board.title}")
