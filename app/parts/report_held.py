"""What was typed into the fields of a report, kept while a field is hidden: Streamlit forgets what it does not draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

PREFIX, KEPT = "draft_", "draft"


def put(**values: Any) -> None:
    """Fill all fields anew."""
    st.session_state[KEPT] = dict(values)
    for name in values:
        st.session_state.pop(f"{PREFIX}{name}", None)


def held(name: str, allowed: Sequence[Any] | None = None) -> str:
    """Return the key of a field whose widget is drawn next, filled with what was typed before, if that is allowed."""
    key = f"{PREFIX}{name}"
    found = value(name)
    if allowed is not None and found not in allowed:
        found = allowed[0] if allowed else None
    st.session_state[key] = found
    st.session_state[KEPT][name] = found
    return key


def value(name: str) -> Any:
    """Return what stands in a field, drawn or hidden."""
    kept: dict[str, Any] = st.session_state.setdefault(KEPT, {})
    key = f"{PREFIX}{name}"
    if key in st.session_state:
        kept[name] = st.session_state[key]
    return kept.get(name)
