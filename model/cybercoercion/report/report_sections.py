"""Which reports carry the answer, as a section: every single change of a report."""

from __future__ import annotations

from typing import Any

from cybercoercion.assessment import Assessment
from cybercoercion.report.names import label, option_words
from cybercoercion.report.part import Asked, Made
from cybercoercion.report.plain import plain
from cybercoercion.report.section import Section
from cybercoercion.report.words import DASH, joined, money, percent
from cybercoercion.sensitivity.reports import ReportChange, ReportChanges, report_changes

SHOWN = 10
WITHDRAWN = "withdrawn"


def reports_made(assessment: Assessment, asked: Asked) -> Made:
    """Return what every single change of a report does: off or on, a grade up or down, another finding."""
    found = report_changes(assessment, view=asked.view, decision=asked.decision, output=asked.output)
    title = "Which reports carry it? Every single change of a report"
    if not found.changes:
        sentences = ("No report can be changed: none is told.",)
        return Made(section=Section(name="reports", title=title, sentences=sentences), data=reports_json(found))
    said = _headline(found)
    possible = [one for one in found.changes if one.possible]
    ranked = sorted(
        possible,
        key=lambda one: (not one.flips_first, not one.flips_leader, not one.flips_coercion, -_moved(found, one)),
    )
    rows = [_row(assessment, found.now, "as told")]
    rows += [_row(assessment, one, f"{one.report}: {one.what} {one.to}".strip()) for one in ranked[:SHOWN]]
    notes = []
    if len(ranked) > SHOWN:
        notes.append(f"The {len(ranked) - SHOWN} changes that move less stand in --json.")
    if len(possible) < len(found.changes):
        notes.append(f"{len(found.changes) - len(possible)} changes would make the reports contradict what is certain.")
    section = Section(
        name="reports",
        title=title,
        sentences=(said,),
        columns=("change", "coercion", "leading actor", "first choice", "gap", "flips"),
        rows=tuple(rows),
        numeric_from=6,
        notes=tuple(notes),
    )
    return Made(section=section, data=reports_json(found), headline=said)


def _headline(found: ReportChanges) -> str:
    flipping = found.flipping()
    off = [one for one in flipping if one.what == WITHDRAWN]
    if off:
        names = joined(list(dict.fromkeys(one.report for one in off)))
        return f"Withdrawing one report alone changes the first choice: {names}."
    if flipping:
        one = flipping[0]
        what = f"{one.report}, {one.what} {one.to}".strip()
        return f"Withdrawing any one report leaves the first choice; {len(flipping)} other changes flip it ({what})."
    return f"No single change of a report flips the first choice; {len(found.changes)} were tried."


def _moved(found: ReportChanges, one: ReportChange) -> float:
    """Return how far a change goes, in shares of probability: of coercion, or of who leads."""
    return abs(one.coercion - found.now.coercion) + abs(one.p_leader - found.now.p_leader)


def _row(assessment: Assessment, one: ReportChange, name: str) -> tuple[str, ...]:
    flips = {"first choice": one.flips_first, "leading actor": one.flips_leader, "coercion": one.flips_coercion}
    return (
        name,
        percent(one.coercion),
        f"{label(assessment.case, 'actor', one.leader)} {percent(one.p_leader)}",
        option_words(assessment.case, one.first),
        money(one.gap, signed=True),
        joined([what for what, there in flips.items() if there]) or DASH,
    )


def reports_json(found: ReportChanges) -> dict[str, Any]:
    """Return every change with what follows from it."""
    return {
        "output": found.output,
        "labels": list(found.labels),
        "now": plain(found.now),
        "changes": [plain(one) for one in found.changes],
        "left_out": dict(found.left_out),
    }
