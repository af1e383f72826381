"""Edits of the case or campaign on the desk, and what was typed and refused: it stays in its field until mended."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts.words import escaped
from cybercoercion.assessment import as_case
from cybercoercion.case import Campaign, Case, CaseError
from cybercoercion.desk import change_words
from cybercoercion.screen.editing import Edit, edited, with_field
from cybercoercion.screen.fields import Field
from cybercoercion.screen.typed import raw_of, typed

REFUSED = "typed_and_refused"  # what was typed, by key of the widget, with the desk that refused it


def make(edit: Edit, why: str = "") -> bool:
    """Make an edit, with the reason for it; return whether it could be."""
    old = work.desk().now
    try:
        new = edited(old, edit)
    except CaseError as error:
        work.refuse(error.faults)
        return False
    sentence = change_words(_whole(old), _whole(new))
    return work.change(lambda: new, f"{sentence} ({why})" if why else sentence)


def put(field: Field, key: str) -> None:
    """Take what the widget of a field holds into the case; refused, it stays in the widget beside its faults."""
    raw = st.session_state[key]

    def edit(case: Case) -> Case:
        return with_field(case, field.place, typed(field, raw))

    if not make(edit):
        st.session_state[REFUSED] = (work.desk(), {**_refused(), key: raw})


def clear(field: Field) -> None:
    """Leave a field to its default."""
    make(lambda case: with_field(case, field.place, None))


def shown(field: Field, key: str) -> Any:
    """Return what the widget of a field shows: what the case says, or what was typed and just refused."""
    return _refused().get(key, raw_of(field))


def told(key: str) -> None:
    """Say beside a field why what was typed there was not taken over."""
    if key in _refused():
        for fault in work.refused():
            st.warning(escaped(f"Not taken over: got {fault.got}; allowed: {fault.allowed}."))


def _refused() -> dict[str, Any]:
    desk, kept = st.session_state.get(REFUSED, (None, {}))
    return kept if desk is work.desk() and work.refused() else {}


def _whole(source: Case | Campaign) -> Case:
    return source if isinstance(source, Case) else as_case(source)
