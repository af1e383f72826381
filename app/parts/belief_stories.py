"""Which explanation fits best: the most probable full ones, worked out beside the page."""

from __future__ import annotations

from cybercoercion.app import work
from cybercoercion.app.parts import moved, table, working
from cybercoercion.app.parts.words import quietly, say

from cybercoercion.screen.explained import Told, explained
from cybercoercion.screen.stories import stories


def show() -> None:
    """Show the best explanations of the case, or of the episode that is chosen."""
    verdict = work.now()
    if not verdict.assessment.belief.reports:
        quietly(verdict.reports_words)
        return
    working.show("stories", lambda tell: explained(verdict.assessment, tell), _draw, words=moved.WORDS, height=160)


def _draw(told: tuple[Told, ...], stale: bool) -> None:  # noqa: FBT001  # what working.show passes
    found = stories(moved.chosen(told, "stories_episode"))
    say(found.caption)
    if stale:
        quietly("From before the change; being worked out anew.")
    if found.rows:
        table.show(found.columns, found.rows, alt=found.caption)
    if found.note:
        quietly(found.note)
    quietly("The rest is less probable, not refuted.")
