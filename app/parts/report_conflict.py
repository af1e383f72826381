"""Do the reports disagree? Each against the rest, and all of them together."""

from __future__ import annotations

from cybercoercion.app.parts import figure
from cybercoercion.app.parts.words import quietly, say
from cybercoercion.case import Case
from cybercoercion.screen.evidence import called
from cybercoercion.screen.evidence_conflict import Disagreements, caption
from cybercoercion.screen.evidence_figures import conflict_drawn


def show(case: Case, found: Disagreements, *, stale: bool) -> None:
    """Show how far each report disagrees with the rest."""
    if len(found.rows) < 2:  # one report cannot disagree
        quietly(caption(found) if not found.rows else "One report alone cannot disagree.")
        return
    ids = {report.id for report in case.reports}
    names = {row.report: called(case, row.report) for row in found.rows if row.report in ids}
    figure.show(conflict_drawn(found, names), stale=stale)
    quietly("Bar: bits against all other reports, left of the line they support each other. "
            "Tick: if our model is right, 19 of 20 stay below it.")  # fmt: skip
    say(found.together)
