"""How the paper would code the case: three cells in its own words."""

from __future__ import annotations

from cybercoercion.app import work
from cybercoercion.app.parts import table
from cybercoercion.app.parts.words import quietly, say
from cybercoercion.screen.coded import coded


def show() -> None:
    """Show the row of the paper's tables."""
    one = coded(work.now())
    say(one.caption)
    table.show(one.columns, [one.row], alt=one.caption)
    quietly(one.note)
