"""The shipped cases: three on cards, all in a list."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import streamlit as st

from cybercoercion.app import filing
from cybercoercion.app.parts.words import escaped, quietly
from cybercoercion.screen.opening import titles

PICKED = "example_picked"


@cache
def cards() -> tuple[tuple[str, str], ...]:
    """Return the ids of the cases on cards, and what makes each worth a look."""
    content = tomllib.loads(Path(__file__).parents[1].joinpath("examples.toml").read_text(encoding="utf-8"))
    return tuple((one["id"], one["text"]) for one in content["example"])


def show() -> None:
    """Show the cards and the list; the examples stay as they are, whatever is done with them."""
    for name, text in cards():
        with st.container(border=True, key=f"card_{name}"):
            words, button = st.columns([4, 1], vertical_alignment="center")
            with words:
                st.markdown(f"**{escaped(titles()[name])}**")
                quietly(text)
            with button:
                st.button("Open", key=f"open_{name}", on_click=filing.open_shipped, args=(name,), width="stretch")
    st.selectbox(
        "All examples",
        [*titles()],
        index=None,
        format_func=lambda name: titles()[name],
        key=PICKED,
        placeholder="Choose one to open it",
        on_change=_open,
    )


def _open() -> None:
    name = st.session_state.get(PICKED)
    if name is not None:
        filing.open_shipped(name)
