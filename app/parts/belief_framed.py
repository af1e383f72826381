"""Is someone being framed: how much deception or copying would overturn the answers, worked out beside the page."""

from __future__ import annotations

from cybercoercion.app import work
from cybercoercion.app.parts import figure, working
from cybercoercion.app.parts.words import quietly, say
from cybercoercion.screen.framed import Framed, framed


def show() -> None:
    """Show the rulers of the shares on which a report hangs; without any, say so."""
    assessment = work.now().assessment
    working.show(
        "framed", lambda _: framed(assessment), _draw, words="looking for what would overturn this", height=160
    )


def _draw(found: Framed, stale: bool) -> None:  # noqa: FBT001  # what working.show passes
    if found.figure is not None:
        figure.show(found.figure, stale=stale)
    else:
        say(found.caption)
    quietly(found.note)
