"""The drawer in which a candidate or an awaited report is added: its fields, what it would move, and why."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import drawer, edits, table, value_input
from cybercoercion.app.parts.words import escaped, quietly, say
from cybercoercion.belief.soft import ImpossibleEvidence
from cybercoercion.case import Campaign, CaseError
from cybercoercion.case.editing import with_row
from cybercoercion.screen.adding import NAMING, new_fields, new_row, proposed_id, reasoned, with_new
from cybercoercion.screen.editing import Place
from cybercoercion.screen.fields import Field
from cybercoercion.screen.overview import PERSON
from cybercoercion.screen.preview import COLUMNS, preview
from cybercoercion.screen.removing import NOUNS

PREFIX = "new"  # how the keys of the drawer's widgets begin
NAME, WHY = f"{PREFIX}.id", f"{PREFIX}.why"


def open_for(block: str) -> None:
    """Open the drawer, empty."""
    for key in [key for key in st.session_state if str(key).startswith(f"{PREFIX}.")]:
        del st.session_state[key]
    work.refuse(())
    drawer.pull(_drawer(block))


def show() -> None:
    """Show the drawer if it is open."""
    for block, noun in NOUNS.items():
        drawer.show(_drawer(block), f"Add {'an' if noun[0] in 'aeiou' else 'a'} {noun}", partial(_form, block))


def _drawer(block: str) -> str:
    return f"add.{block}"


def _form(block: str) -> None:
    assessment = work.now().assessment
    fields = new_fields(assessment, block)
    raw = {field.place: value_input.draft(field, PREFIX) for field in fields}
    usual = _usual(block, fields, raw)
    st.text_input(
        "Short name, used in reports", key=NAME, placeholder=usual, help="Lower-case letters, digits, hyphens."
    )
    quietly(f"Short name: {_named(usual)}")
    if "individual" in raw.values():
        st.warning(escaped(f"With this {PERSON}"))
    _preview(block, fields, raw, _named(usual))
    st.text_input("Why is it added?", key=WHY, help="One line, kept with the change.")
    st.button("Add", key=f"{PREFIX}.add", on_click=_add, args=(block, fields))


def _add(block: str, fields: tuple[Field, ...]) -> None:
    """Add what was typed; refused, the drawer stays with all that stands in it."""
    raw = {field.place: st.session_state.get(value_input.key_of(field, PREFIX)) for field in fields}
    name = _named(_usual(block, fields, raw))
    try:
        row, why = new_row(fields, raw, name), reasoned(st.session_state.get(WHY, ""))
    except CaseError as error:
        work.refuse(error.faults)
        return
    if edits.make(lambda case: with_row(case, block, row), why):
        st.session_state[f"row.{block}"] = name
        drawer.close()


def _usual(block: str, fields: tuple[Field, ...], raw: dict[Place, Any]) -> str:
    said = next(raw[field.place] for field in fields if field.place.name == NAMING[block])
    return proposed_id(work.case(), block, said or "")


def _named(usual: str) -> str:
    return str(st.session_state.get(NAME, "")).strip() or usual


def _preview(block: str, fields: tuple[Field, ...], raw: dict[Place, Any], name: str) -> None:
    """Say what the belief would be, as soon as what is needed is there."""
    if block == "pending":
        quietly("An awaited report moves no belief before it is there; it counts for what is worth waiting for.")
        return
    now, assessment = work.desk().now, work.now().assessment
    if isinstance(now, Campaign) and not st.button("Show what it does to the belief", key=f"{PREFIX}.preview"):
        return  # all episodes take a second or more
    try:
        new = with_new(now, block, new_row(fields, raw, name))
        found = preview(now, new, assessment.knowledge, assessment.belief)
    except (CaseError, ImpossibleEvidence):
        quietly("What it does to the belief is shown here as soon as what is needed is filled in.")
        return
    say(found.sentence)
    table.show(COLUMNS, found.rows, alt=found.sentence)
