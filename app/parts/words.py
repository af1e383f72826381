"""Words on screen: what users wrote is shown as they wrote it, never read as markdown, links or pictures."""

from __future__ import annotations

import re

import streamlit as st

_SIGN = re.compile(r"([!-/:-@\[-`{-~])")


def escaped(text: str) -> str:
    r"""Return a text so that markdown shows it as it is.

    >>> escaped("![x](http://a)")
    '\\!\\[x\\]\\(http\\:\\/\\/a\\)'
    """
    return _SIGN.sub(r"\\\1", text).replace("\n", " ")


def say(text: str) -> None:
    """Show a sentence."""
    st.markdown(escaped(text))


def quietly(text: str) -> None:
    """Show a sentence in quiet type."""
    st.caption(escaped(text))
