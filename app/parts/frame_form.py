"""How the case came to attention: the frame in plain words, what each would make of the case, and the as-of date."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st
from cybercoercion.app import memory, work
from cybercoercion.app.parts import edits, row_form, table, value_input
from cybercoercion.app.parts.words import escaped, quietly, say

from cybercoercion.case import Campaign, Case
from cybercoercion.screen.fields import Field, case_fields
from cybercoercion.screen.frames import COLUMNS, Frames, frames


def show() -> None:
    """Show frame, date, title, note and marking."""
    frame, day, *rest = case_fields(work.now().assessment)
    _frame(frame)
    title, note, marking = rest
    row_form.grid([day, title, marking])
    value_input.show(note)


def _frame(field: Field) -> None:
    key = value_input.key_of(field, "ask")
    st.session_state[key] = edits.shown(field, key)
    st.radio(
        escaped(field.label),
        [one.value for one in field.options],
        format_func=field.option,
        captions=[escaped(one.meaning) for one in field.options],
        key=key,
        help=escaped(field.help),
        on_change=edits.put,
        args=(field, key),
    )
    edits.told(key)
    found = _frames(work.desk().now, work.settings())
    say(found.sentence)
    table.show(COLUMNS, found.table, alt=found.sentence)
    quietly("Choose by how the case came to you, not by what you think it is: what you found stands in the reports.")


@lru_cache(maxsize=32)
def _frames(source: Case | Campaign, settings: memory.Settings) -> Frames:
    return frames(source, memory.knowledge(settings))
