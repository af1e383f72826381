"""All stakes of a case: each one number, a range, or the default of its kind of target."""

from __future__ import annotations

from cybercoercion.app import work
from cybercoercion.app.parts import row_form
from cybercoercion.app.parts.words import quietly

from cybercoercion.screen.fields import stakes_fields


def show() -> None:
    """Show the editor of all stakes."""
    quietly(
        "Write one number (15 M), or a range that holds 90 % of your belief (30 M to 80 M; for another share of it "
        "30 M to 80 M, 80 %). What is empty has its default, shown below the field."
    )
    fields = stakes_fields(work.now().assessment)
    row_form.grid([field for field in fields if not field.place.key])
    quietly("Trade by candidate, USD a year; a number here replaces one number for all.")
    row_form.grid([field for field in fields if field.place.key])
