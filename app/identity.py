"""Who works here: who logged in, where the server is set up for that; else whom somebody says to be, or nobody."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from cybercoercion.app.parts.words import escaped, say

NOBODY = "not named"
NAME = "typed_name"


def configured() -> bool:
    """Whether this server asks who comes; Streamlit knows of a login only then."""
    return getattr(st.user, "is_logged_in", None) is not None


def admitted() -> bool:
    """Whether anything may be shown."""
    return not configured() or bool(getattr(st.user, "is_logged_in", False))


def who() -> str:
    """Return under which name things are filed."""
    if configured():
        return owner() or NOBODY
    return str(st.session_state.get(NAME) or "").strip() or NOBODY


def owner() -> str | None:
    """Return to whom drafts belong, or None where nobody logs in and a draft belongs to who knows its name."""
    if not configured():
        return None
    names = (getattr(st.user, name, None) for name in ("email", "preferred_username", "sub", "name"))
    return next((str(name) for name in names if name), NOBODY)


def door() -> None:
    """Show nothing but the way in."""
    st.title("Cyber coercion", anchor=False)
    say("This server shows its cases to people who have logged in.")
    for name in providers() or [None]:
        label = f"Log in with {name}" if name else "Log in"
        key = f"log_in_{name}" if name else "log_in"
        st.button(escaped(label), key=key, on_click=st.login, args=(name,) if name else ())


def providers() -> list[str]:
    """Return the names of those who vouch for people, where the server names several."""
    try:
        return [str(name) for name, entry in st.secrets["auth"].items() if isinstance(entry, Mapping)]
    except (KeyError, FileNotFoundError):
        return []


def ask() -> None:
    """Ask for a name, or say whose name is taken."""
    if configured():
        say(f"Filed under the name of {who()}.")
        return
    st.text_input(
        "Your name (may stay empty)", key=NAME, max_chars=80, persist_state="session", help="Kept for this session."
    )
