"""How the case came to attention: the frame in plain words, what each would make of the case, and the as-of date."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import edits, row_form, table, value_input, working
from cybercoercion.app.parts.words import escaped, quietly, say
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
    source, knowledge = work.desk().now, work.now().assessment.knowledge
    working.show(
        "frames",
        lambda tell: frames(source, knowledge, tell),
        _draw,
        words="working out what each frame would make of the case",
    )
    quietly("Choose by how the case came to you, not by what you think it is: what you found stands in the reports.")


def _draw(found: Frames, stale: bool) -> None:  # noqa: FBT001 - as the work hands it over
    say(found.sentence)
    if stale:
        quietly("From before the change; being worked out anew.")
    table.show(COLUMNS, found.table, alt=found.sentence)
