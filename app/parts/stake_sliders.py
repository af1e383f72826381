"""What is at stake, to be moved: a slider with a number beside it for each, and a way back to what was stated."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts.words import escaped, quietly
from cybercoercion.case import Campaign, Case
from cybercoercion.screen.sliders import Slider, moved, restored, sliders


def show() -> None:
    """Show the sliders; letting one go changes the case, and undo brings it back."""
    for one in sliders(work.now().assessment, _walk()):
        _slider(one)


def _walk() -> list[Case | Campaign]:
    desk = work.desk()
    return [desk.filed, *(moment.source for moment in desk.moments[: desk.at + 1])]


def _slider(one: Slider) -> None:
    keys = (f"slider_{one.field}", f"number_{one.field}")
    for key in keys:
        st.session_state[key] = one.value
    wide, narrow = st.columns([3, 2], vertical_alignment="bottom", wrap=False)
    with wide:
        st.slider(
            escaped(one.label), one.low, one.high, step=one.step, format="%.4g", key=keys[0], help=one.help,
            on_change=_move, args=(one.field, keys[0], one.scale),
        )  # fmt: skip
    with narrow:
        st.number_input(
            f"{one.label}, as a number", min_value=0.0, step=one.step, format="%.4g", key=keys[1],
            label_visibility="collapsed", on_change=_move, args=(one.field, keys[1], one.scale),
        )  # fmt: skip
    quietly(one.said)
    if one.back:
        st.button(escaped(one.back), key=f"back_{one.field}", type="tertiary", on_click=_back, args=(one.field,))


def _move(field: str, key: str, scale: float) -> None:
    value = st.session_state[key]
    if value is not None:
        work.change(lambda: moved(work.desk().now, field, value * scale))


def _back(field: str) -> None:
    walk = _walk()
    work.change(lambda: restored(work.desk().now, walk, field))
