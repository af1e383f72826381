"""Whether a candidate, were it behind this, framed another: five plain questions about it."""

from __future__ import annotations

from cybercoercion.app import work
from cybercoercion.app.parts import row_form
from cybercoercion.app.parts.words import quietly, say
from cybercoercion.screen.fields import deception_fields
from cybercoercion.screen.overview import framing_words


def show() -> None:
    """Show the checklist of one candidate, and what it comes to."""
    assessment = work.now().assessment
    chosen = row_form.pick("actors", assessment.case.actor_ids, "deception")
    quietly("Answer yes or no, or type how likely it is, such as 30 %.")
    row_form.grid(deception_fields(assessment, chosen))
    say(framing_words(assessment, chosen))
