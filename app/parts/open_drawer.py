"""The drawer "Open": an example, a filed case, a file, a blank case, or what was set aside."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import filing, work
from cybercoercion.app.parts import drawer, examples
from cybercoercion.app.parts.words import escaped, quietly, say
from cybercoercion.case.loading import LARGEST
from cybercoercion.screen.filed import said_words, when_words
from cybercoercion.vocabulary import words

NAME = "open"
FILE = "upload"
BLANK = {name: f"blank_{name}" for name in ("frame", "title", "target", "kind")}


def show() -> None:
    """Show the drawer if it is open."""
    drawer.show(NAME, "Open a case", _draw)


def _draw() -> None:
    desk = work.desk()
    if desk.unfiled or desk.home is not None:
        say("The open case has changes that are not filed. They are set aside and offered here again.")
    _aside()
    st.subheader("Examples", anchor=False)
    examples.show()
    _recent()
    st.subheader("A file", anchor=False)
    st.file_uploader(
        f"A case or campaign file (TOML, at most {LARGEST / 1e6:g} MB)",
        type=["toml"],
        key=FILE,
        max_upload_size=int(LARGEST / 1e6),
        on_change=_upload,
    )
    drawer.refusals(FILE)
    _blank()


def _aside() -> None:
    if not filing.aside():
        return
    st.subheader("Set aside, not filed", anchor=False)
    for number, one in enumerate(filing.aside()):
        with st.container(horizontal=True, vertical_alignment="center", key=f"aside_{number}"):
            say(f"{one.now.title}: {one.sentence or 'changed'}")
            st.button("Take up again", key=f"aside_up_{number}", on_click=filing.take_up, args=(number,))
            st.button("Discard", key=f"aside_off_{number}", on_click=filing.let_go, args=(number,), type="tertiary")


def _recent() -> None:
    found = filing.recent()
    if not found:
        return
    st.subheader("Filed cases", anchor=False)
    for one in found:
        with st.container(border=True, key=f"recent_{one.id}"):
            said, button = st.columns([4, 1], vertical_alignment="center")
            with said:
                st.markdown(f"**{escaped(one.title)}**")
                quietly(f"Revision {one.revision}, {one.who}, {when_words(one.when)}: {one.why}")
                quietly(said_words(None, one.said))
            with button:
                st.button("Open", key=f"open_filed_{one.id}", on_click=_open, args=(one.id,), width="stretch")


def _blank() -> None:
    st.subheader("Start from a blank case", anchor=False)
    frames, kinds = words("frame"), words("target_kind")
    st.radio(
        "How did it come to attention? This sets the base rates, so nobody may assume it.",
        [*frames],
        index=None,
        format_func=lambda name: frames[name].name,
        captions=[one.meaning for one in frames.values()],
        key=BLANK["frame"],
    )
    st.text_input("Title", key=BLANK["title"], max_chars=120, placeholder="A port, 2026")
    left, right = st.columns([2, 1])
    left.text_input("Who was hit", key=BLANK["target"], max_chars=120)
    right.selectbox("What it is", [*kinds], format_func=lambda name: kinds[name].name, key=BLANK["kind"])
    drawer.refusals("blank")
    st.button("Start", key="blank_start", on_click=_start)


def _open(name: str) -> None:
    drawer.at(drawer.TOP)
    filing.open_filed(name)


def _upload() -> None:
    drawer.at(FILE)
    file = st.session_state.get(FILE)
    if file is not None:
        filing.open_file(file.name, file.getvalue())


def _start() -> None:
    drawer.at("blank")
    frame, title, target, kind = (st.session_state.get(key) for key in BLANK.values())
    filing.open_blank(title or "", frame, target or "", kind or "")
