"""The one card of a view: its answer and, apart from it, how far to trust it; beneath it what must be known of both."""

from __future__ import annotations

import re

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts.cost_cards import PLAIN, SIGNS
from cybercoercion.app.parts.figure import theme
from cybercoercion.app.parts.words import escaped
from cybercoercion.report.figure import INK
from cybercoercion.report.palette import DARK
from cybercoercion.report.sentence import NAMES
from cybercoercion.screen.top import top

AMOUNT = re.compile(r"\d[\d\\.,]* (?:million|billion|trillion) USD")


def show(answer: str | None = None) -> None:
    """Show the answer in one breath, with confidence and warnings; what else must be said of it stands beside it.

    Parameters
    ----------
    answer
        The answer of a view that has one of its own.
    """
    one = top(work.now())
    with st.container(key="answer"):
        lines = [f"## {_inked(answer or one.answer)}", "" if answer else _plain(" ".join(one.beside))]
        st.success("\n\n".join(line for line in (*lines, _plain(one.confidence)) if line))
        if one.warnings:
            st.markdown("  \n".join(f":orange[:material/error: {escaped(warning)}]" for warning in one.warnings))


def _inked(text: str) -> str:
    """Return the answer in ink, and the response that it begins with in its own colour, as it is drawn."""
    for response, name in NAMES.items():
        if text.startswith(name) and response not in PLAIN:
            return f":{SIGNS[response][0]}[**{escaped(name)}**]{_plain(text.removeprefix(name))}"
    return _plain(text)


def _plain(text: str) -> str:
    """Return a text in ink, its amounts in bold."""
    ink = INK if theme() == "light" else DARK[INK]
    said = AMOUNT.sub(r"**\g<0>**", escaped(text))
    return f':color[{said}]{{foreground="{ink}"}}' if text else ""
