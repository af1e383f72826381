"""C1: where the answer would flip. First the inputs that weigh most, in a second; all of them when asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import figure, fold, table, working
from cybercoercion.app.parts.words import quietly, say
from cybercoercion.screen.tipping import LEGEND, SAFETY, WITHOUT, Tipping, all_inputs, headline

NEAR, ALL = "tipping", "tipping_all"


def show(answered: Callable[[str], None]) -> None:
    """Show the rulers, what has no flip, and the way to all inputs.

    Parameters
    ----------
    answered
        Is given the first sentence of the view as soon as it is known.
    """
    st.subheader("Where would the answer flip?", anchor=False)
    quietly(LEGEND)
    place = st.container()
    drawn: list[bool] = []
    draw = partial(_draw, place, answered, drawn)
    assessment = work.now().assessment
    words = "where the answer flips along every input"
    working.show(ALL, lambda tell: all_inputs(assessment, tell), draw, words=words, height=20, asks=True)
    if not drawn:
        with place:
            words = "where the answer would flip"
            working.show(NEAR, lambda tell: headline(assessment, tell), draw, words=words, height=460)
    quietly(SAFETY)


def _draw(
    place: st.delta_generator.DeltaGenerator,
    answered: Callable[[str], None],
    drawn: list[bool],
    found: Tipping,
    stale: bool,  # noqa: FBT001  # as working.show calls it
) -> None:
    if stale and found.whole:  # what weighs most is worked out at once; all of them stay to be looked up
        with st.expander("All inputs, from before the change"):
            _listed(found, key="before")
        return
    drawn.append(True)
    if not stale:
        answered(found.answer)
    before = work.before()
    with place:
        rulers = found.figure(before.assessment if before is not None else None)
        if rulers is None:
            say("No input that was asked about has a flip near what we think.")
        else:
            figure.show(rulers, stale=stale)
        for sentence in found.beyond:
            quietly(f"Far off: {sentence}")
        _listed(found)


def _listed(found: Tipping, key: str = "now") -> None:
    """Show the inputs without a flip: a few in words, all in a table on demand."""
    quietly(found.counted)
    if not found.without:
        return
    say(found.no_flip)
    fold.show(
        f"No flip found: {len(found.without)} inputs", lambda: table.show(WITHOUT, found.without), key=f"no_flip_{key}"
    )
