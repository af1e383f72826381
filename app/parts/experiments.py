"""Three experiments: a guess first, then a copy in which one thing is changed, then how the guess fared.

An experiment never touches the case: the copy is a desk of its own, with a way back.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from cybercoercion.app import memory, work
from cybercoercion.app.parts.words import escaped, quietly, say
from cybercoercion.case import shipped
from cybercoercion.screen.experiment import Experiment, compared, experiments

OPEN, GUESS, DONE = "experiment_open", "experiment_guess", "experiment_done"
WORKED = "This is a worked example. Change anything; the example stays."


@cache
def told() -> dict[str, list[dict[str, Any]]]:
    """Return the texts and settings of worked examples, by case."""
    return tomllib.loads((Path(__file__).parents[1] / "first_run.toml").read_text(encoding="utf-8"))


def lead() -> tuple[str, ...]:
    """Return that a worked example may be changed, while it lies on the desk as it is shipped."""
    desk = work.desk()
    worked = desk.place is None and desk.home is None and desk.now.id in shipped() and not desk.unfiled
    return (WORKED,) if worked else ()


def outcome() -> None:
    """Say how the guess compares with what the model says, while an experiment lies on the desk."""
    desk = work.desk()
    done: tuple[Experiment, int | None] | None = st.session_state.get(DONE)
    if desk.home is None or done is None or desk.trial != done[0].name:
        return
    one, guess = done
    before = memory.verdict(desk.home.now, work.settings())
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="outcome"):
        words = compared(one, before, memory.verdict(one.source, work.settings()), guess)
        st.markdown(escaped(words), width="stretch")
        st.button("Back", key="experiment_back", on_click=_back)


def show() -> None:
    """Show the experiments, each a button, abreast where there is room; the one that was pressed asks for a guess."""
    with st.container(border=True, key="experiments"):
        st.subheader("Try it", anchor=False)
        if work.desk().home is not None:
            outcome()
            say("This is an experiment; go back to try another.")
            return
        found = experiments(work.now(), told().get(work.desk().now.id, ()))
        with st.container(horizontal=True, gap="small"):
            for place, one in enumerate(found):
                st.button(escaped(one.name), key=f"experiment_{place}", on_click=_open, args=(one.name,))
        for one in found:
            if st.session_state.get(OPEN) == one.name:
                _guess(one)
        quietly("Each opens a copy; the case as filed is kept.")


def _guess(one: Experiment) -> None:
    with st.container(border=True, key="guessing"):
        st.radio(escaped(one.question), [escaped(text) for text in one.choices], index=None, key=GUESS)
        st.button("See what happens", key="experiment_go", on_click=_go, args=(one,))
        quietly("A guess may be left out.")


def _open(name: str) -> None:
    st.session_state[OPEN] = None if st.session_state.get(OPEN) == name else name
    st.session_state.pop(GUESS, None)


def _go(one: Experiment) -> None:
    guess = st.session_state.get(GUESS)
    choices = [escaped(text) for text in one.choices]
    st.session_state[DONE] = (one, choices.index(guess) if guess in choices else None)
    st.session_state.pop(OPEN, None)
    work.put(work.desk().tried(one.name, one.source))


def _back() -> None:
    st.session_state.pop(DONE, None)
    work.put(work.desk().discarded())
