"""The last door: a fault of ours is told without a traceback, with a token that finds it in the log."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

LOG = logging.getLogger("cybercoercion.app")


@contextmanager
def guarded(what: str) -> Iterator[None]:
    """Tell a failure of what runs inside; nothing of the case goes into the log but the place in our code."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  # the last door
        token = secrets.token_hex(4)
        LOG.error("%s failed, run %s: %s at %s", what, token, type(error).__name__, _place(error))  # noqa: TRY400
        st.error(f"The view could not be drawn. Your case is safe. Run {token}.")
        st.code(f"{type(error).__name__} in {what} at {_place(error)}, run {token}", language=None)


def _place(error: Exception) -> str:
    """Return file and line where an error was raised; its message may hold what users wrote and stays out."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    return f"{at.tb_frame.f_globals.get('__name__', '?')}:{at.tb_lineno}" if at is not None else "?"
