"""Which explanation fits best: the most probable full ones, and what is supported best in part."""

from __future__ import annotations

from cybercoercion.app.parts import table
from cybercoercion.app.parts.words import quietly, say
from cybercoercion.screen.explained import Told
from cybercoercion.screen.stories import stories


def draw(one: Told, *, stale: bool) -> None:
    """Draw the best explanations of a case."""
    found = stories(one)
    say(found.caption)
    if stale:
        quietly("From before the change; being worked out anew.")
    if found.rows:
        table.show(found.columns, found.rows, alt=found.caption)
    if found.note:
        quietly(found.note)
    quietly("The rest is less probable, not refuted.")
