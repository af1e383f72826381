"""Reports as cards, grouped by who stands behind them: the way for reading and for the keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from cybercoercion.app.parts import figure, grade_steps, report_drawer, report_edits
from cybercoercion.app.parts.words import escaped, quietly
from cybercoercion.report.pull_picture import pull_picture
from cybercoercion.screen.evidence import Apart, Board, Card
from cybercoercion.screen.evidence_figures import pull_words


def show(board: Board, pulls: Mapping[str, float], *, stale: bool, fixed: bool) -> None:
    """Show the cards of a board.

    Parameters
    ----------
    board
        The reports of a case, or of an episode.
    pulls
        Decibans per report, as far as they are worked out.
    stale
        Whether these are from before the last change.
    fixed
        Whether the reports are only read.
    """
    for origin in board.origins:
        count = len(origin.cards)
        said = f"{count} reports, counted as {origin.independent:.1f}" if count > 1 else "one report"
        st.markdown(f"**{escaped(origin.name)}** \N{MIDDLE DOT} {escaped(said)}")
        for card in origin.cards:
            with st.container(border=True, gap="xsmall", key=f"card_{board.title}_{card.id}"):
                _card(card)
                _foot(card, pulls, stale=stale, fixed=fixed)


def apart(board: Board, those: Sequence[Apart], *, fixed: bool) -> None:
    """Show reports that do not count, each with its reason."""
    for one in those:
        with st.container(border=True, gap="xsmall", key=f"apart_{board.title}_{one.card.id}"):
            _card(one.card)
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.markdown(escaped(one.reason), width="content")
                if not fixed:
                    _back(one)


def _card(card: Card) -> None:
    lock = ":material/lock: " if card.held else ""
    about = f" \N{MIDDLE DOT} about {escaped(card.about)}" if card.about else ""
    kind = f" \N{MIDDLE DOT} {escaped(card.kind_words)}" if card.kind_words else ""
    st.markdown(f"{lock}**{escaped(card.says)}**{about}{kind}")
    copy = f" {card.copy_words}." if card.copy_words else ""
    quietly(f"{card.grade_words}. {card.dates}. {card.id}.{copy}")


def _foot(card: Card, pulls: Mapping[str, float], *, stale: bool, fixed: bool) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xsmall"):
        if card.id in pulls:
            most = max(abs(pull) for pull in pulls.values())
            picture = pull_picture(pulls[card.id], most, figure.theme())
            old = " (before the change)" if stale else ""
            st.markdown(f"![]({picture}) {escaped(pull_words(pulls[card.id]))}{old}", width="content")
        if not fixed:
            _buttons(card)


def _buttons(card: Card) -> None:
    with st.container(horizontal=True, gap="small", width="content"):
        st.button(
            "Switch off",
            key=f"off_{card.id}",
            type="tertiary",
            on_click=report_edits.switch,
            args=(card.id, True),
            help=escaped(f"Leave {card.id} out of the belief; it stays in the file"),
        )
        _edit(card)
        st.button(
            "Grade",
            key=f"grade_{card.id}",
            type="tertiary",
            on_click=grade_steps.pull,
            args=(card.id,),
            help=escaped(f"Grade {card.id} in two steps"),
        )


def _edit(card: Card) -> None:
    st.button(
        "Edit",
        key=f"edit_{card.id}",
        type="tertiary",
        on_click=report_drawer.pull,
        args=(card.id,),
        help=escaped(f"Change or remove {card.id}"),
    )


def _back(one: Apart) -> None:
    with st.container(horizontal=True, gap="small", width="content"):
        if one.card.off:
            st.button(
                "Switch on",
                key=f"on_{one.card.id}",
                type="tertiary",
                on_click=report_edits.switch,
                args=(one.card.id, False),
                help=escaped(f"Count {one.card.id} again"),
            )
        _edit(one.card)
