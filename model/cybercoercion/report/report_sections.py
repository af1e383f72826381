"""Which reports carry the answer, as sections: every single change of a report, and the smallest set that flips it."""

from __future__ import annotations

from typing import Any

from cybercoercion.assessment import Assessment
from cybercoercion.report.flip_words import sentence
from cybercoercion.report.input_names import input_words
from cybercoercion.report.names import label, option_words
from cybercoercion.report.part import Asked, Made
from cybercoercion.report.plain import plain
from cybercoercion.report.section import Section
from cybercoercion.report.units import in_unit
from cybercoercion.report.words import DASH, capital, joined, money, percent
from cybercoercion.sensitivity.told.reports import ReportChange, ReportChanges, report_changes
from cybercoercion.sensitivity.told.rivals import Question
from cybercoercion.sensitivity.told.smallest import FlipSet, Smallest, smallest
from cybercoercion.sensitivity.told.steps import Step

SHOWN = 10
NAMED = 6
ASKED: dict[Question, str] = {"choice": "first choice", "actor": "leading actor", "coercion": "coercion above one half"}
BY = {
    "withdrawn": "withdrawing reports",
    "graded": "grading otherwise",
    "moved": "moving inputs of costs",
    "mixed": "any of these",
}
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
        left = len(ranked) - SHOWN
        less = f"The {left} changes that move less stand" if left > 1 else "The change that moves least stands"
        notes.append(f"{less} in --json.")
    if len(possible) < len(found.changes):
        barred = len(found.changes) - len(possible)
        notes.append(f"{barred} change{'s' if barred > 1 else ''} would make the reports contradict what is certain.")
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
        return f"Withdrawing any one report leaves the first choice; {_others(len(flipping))} it ({what})."
    tried = len(found.changes)
    return f"No single change of a report flips the first choice, of {tried} that were tried."


def _others(count: int) -> str:
    return f"{count} other changes flip" if count > 1 else "one other change flips"


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


def smallest_made(assessment: Assessment, asked: Asked) -> Made:
    """Return the smallest set of changes that flips the choice, the attribution, and coercion."""
    found = (
        smallest(assessment, view=asked.view, decision=asked.decision)
        if asked.full
        else smallest(
            assessment,
            view=asked.view,
            decision=asked.decision,
            questions=("choice", "actor"),
            means=("withdrawn", "moved"),
        )
    )
    sentences = tuple(_smallest_words(assessment, found, question) for question in found.leads)
    rows = tuple(_flip_row(assessment, one) for one in found.sets)
    section = Section(
        name="smallest",
        title="What is the smallest set of changes that overturns it?",
        sentences=sentences,
        columns=("question", "by", "changes", "then", "which", "searched"),
        rows=rows,
        numeric_from=6,
    )
    return Made(section=section, data=_smallest_json(found), headline=_smallest_headline(assessment, found))


def _smallest_headline(assessment: Assessment, found: Smallest) -> str:
    """Return what withdrawing several reports does; what one report or one input does is said before."""
    if "choice" not in found.leads:
        return ""
    withdrawn = found.of("choice", "withdrawn")
    if withdrawn.found:
        return sentence(withdrawn, found, assessment.case) if len(withdrawn.steps) > 1 else ""
    return f"Nor do any {withdrawn.exact} reports withdrawn together." if withdrawn.exact > 1 else ""


def _smallest_words(assessment: Assessment, found: Smallest, question: Question) -> str:
    """Return what withdrawing reports does, and the smallest set by any means where that is another."""
    withdrawn = found.of(question, "withdrawn")
    best = found.smallest(question)
    told = [withdrawn] if best is None or best is withdrawn else [withdrawn, best]
    said = " ".join(sentence(one, found, assessment.case) for one in told)
    return f"{capital(ASKED[question])}, now {_who(assessment, found.leads[question])}. {said}"


def _listed(steps: tuple[Step, ...]) -> str:
    said = [step_words(one) for one in steps]
    return joined(said if len(said) <= NAMED else [*said[: NAMED - 1], f"{len(said) - NAMED + 1} more"])


def step_words(one: Step) -> str:
    """Return one change in words."""
    if one.kind == "withdrawn":
        return f"{one.name} withdrawn"
    if one.kind == "graded":
        return f"{one.name} graded {one.to}"
    return f"{input_words(one.label)} at its {one.to}, {in_unit(one.value, one.unit)}"


def _who(assessment: Assessment, name: str) -> str:
    return (
        label(assessment.case, "actor", name)
        if name in assessment.belief.actors
        else option_words(assessment.case, name)
    )


def _flip_row(assessment: Assessment, one: FlipSet) -> tuple[str, ...]:
    which = one.steps or one.closest
    said = _listed(which) if which else DASH
    return (
        ASKED[one.question],
        BY[one.means],
        str(len(one.steps)) if one.found else "no flip",
        _who(assessment, one.after) if one.found else DASH,
        said if one.found else f"nearest: {said}",
        _tried(one),
    )


def _tried(one: FlipSet) -> str:
    """Return which sets were tried: all of up to a size, and some that are larger."""
    if not one.choices:
        return "nothing to try"
    every = "every single one" if one.exact == 1 else f"all of up to {one.exact}"
    return every if one.searched <= one.exact else f"{every}, some of up to {one.searched}"


def _smallest_json(found: Smallest) -> dict[str, Any]:
    def steps(those: tuple[Step, ...]) -> list[dict[str, Any]]:
        return [plain(one, without=("patch", "place")) for one in those]

    return {
        "leads": dict(found.leads),
        "margins": plain(found.margins),
        "sets": [
            {**plain(one, without=("steps", "closest")), "steps": steps(one.steps), "closest": steps(one.closest)}
            for one in found.sets
        ],
    }
