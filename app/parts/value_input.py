"""One field of a case as a widget: stated, or left to a default that is shown and marked as one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from cybercoercion.app.parts import edits
from cybercoercion.app.parts.words import escaped, quietly
from cybercoercion.screen.fields import Field
from cybercoercion.screen.typed import NOT_STATED

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)  # days that the calendar offers


def show(field: Field, prefix: str = "ask") -> None:
    """Show a field of the case on the desk; a change goes into the case, and the widget follows the case."""
    key = key_of(field, prefix)
    st.session_state[key] = edits.shown(field, key)
    can_clear = field.stated and not field.required and field.form in ("amount", "date")
    with st.container(gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            widget(field, key, on_change=edits.put, args=(field, key))
            if can_clear:
                st.button("Default", key=f"{key}.default", on_click=edits.clear, args=(field,), help=_default(field))
        edits.told(key)
        quietly(field.standing or _meaning(field, field.value))


def draft(field: Field, prefix: str = "new") -> Any:
    """Show a field of what is yet to be added, and return what it holds."""
    key = key_of(field, prefix)
    with st.container(gap="xxsmall"):
        raw = widget(field, key)
        empty = raw is None or raw == NOT_STATED
        quietly(_meaning(field, raw) or (("Needed." if field.required else field.standing) if empty else ""))
    return raw


def key_of(field: Field, prefix: str) -> str:
    """Return the key of a field's widget."""
    place = field.place
    return ".".join(part for part in (prefix, place.block, place.row, place.name, place.key) if part)


def widget(field: Field, key: str, on_change: Callable[..., None] | None = None, args: tuple[Any, ...] = ()) -> Any:
    """Draw the widget of a field's form, and return what it holds."""
    common = {"key": key, "help": escaped(field.told), "on_change": on_change, "args": args}
    label = escaped(field.label)
    if field.form == "date":
        day = st.session_state.get(key) or FIRST
        ends = {"min_value": min(FIRST, day), "max_value": max(LAST, day)}
        return st.date_input(label, value=None, format="YYYY-MM-DD", **ends, **common)
    if field.form == "lines":
        return st.text_area(label, height=80, **common)
    if field.form in ("choice", "country", "answer"):
        values: list[Any] = [one.value for one in field.options]
        if not (field.required and field.stated):
            values = [NOT_STATED, *values]
        now = st.session_state.get(key, NOT_STATED)
        values += [now] if now not in values else []  # a word of the user's own, such as a probability
        typing = field.form != "choice"
        return st.selectbox(
            label, values, format_func=lambda one: _name(field, one), accept_new_options=typing, **common
        )
    placeholder = "Not stated" if field.form == "amount" else ""
    return st.text_input(label, placeholder=placeholder, **common)


def _name(field: Field, value: Any) -> str:
    if value == NOT_STATED:
        return "Choose" if field.required else "Not stated"
    return field.option(value)


def _meaning(field: Field, value: Any) -> str:
    """Return what a chosen word means; of a number there is nothing to say."""
    found = (one.meaning for one in field.options if value is not None and one.value == value)
    return next(found, "")


def _default(field: Field) -> str:
    return escaped(f"Back to the default: {field.default.words}.")
