"""What is asked: frame, target, candidates, demands, context, who might frame whom, and what could still come."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import add_drawer, context_form, deception_form, frame_form, row_form
from cybercoercion.app.parts.words import escaped, quietly
from cybercoercion.case import Campaign
from cybercoercion.screen.fields import target_fields
from cybercoercion.screen.headings import HEADINGS, summary
from cybercoercion.screen.overview import reminder

CAMPAIGN = (
    "This is a campaign: title, note, marking, date, target, stakes, and the candidates that its file lists, can be "
    "changed here. Frame, checklists and awaited reports stand in its episodes; open one to change them."
)
NO_DEMAND = "No candidate demand yet. Write the list before looking at who is behind it."
NO_PENDING = "No report is announced: what usually could come is assumed."


def show() -> None:
    """Show the whole block; each part is drawn only while it is open."""
    st.subheader("What is asked", anchor=False)
    quietly(summary(work.now().assessment))
    if isinstance(work.desk().now, Campaign):
        quietly(CAMPAIGN)
    parts: dict[str, Callable[[], None]] = {
        "frame": frame_form.show,
        "target": _target,
        "actors": _actors,
        "demands": lambda: row_form.show("demands", NO_DEMAND),
        "context": context_form.show,
        "deception": deception_form.show,
        "pending": lambda: row_form.show("pending", NO_PENDING),
    }
    for name, draw in parts.items():
        box = st.expander(HEADINGS[name], key=f"asked.{name}", on_change="rerun")
        if box.open:
            with box:
                draw()
    add_drawer.show()


def _target() -> None:
    row_form.grid(target_fields(work.now().assessment))


def _actors() -> None:
    warning = reminder(work.now().assessment.case)
    if warning is not None:
        st.warning(escaped(warning))
    row_form.show("actors", "")
    quietly("Everybody who is not on the list is kept as one more answer: somebody not on our list.")
