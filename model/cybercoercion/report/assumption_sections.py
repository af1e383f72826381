"""What the answer takes for granted, as sections: deception and copying, named assumptions, other priors, tables."""

from __future__ import annotations

from typing import Any

from cybercoercion.assessment import Assessment
from cybercoercion.report.false_flag_figure import false_flag_figure
from cybercoercion.report.names import label, option_words
from cybercoercion.report.part import Asked, Made
from cybercoercion.report.plain import plain
from cybercoercion.report.section import Section
from cybercoercion.report.units import in_unit
from cybercoercion.report.words import DASH, capital, joined, money, percent
from cybercoercion.sensitivity.assumed.assumption import Assumed, Register, register
from cybercoercion.sensitivity.assumed.false_flag import BreakEven, break_evens
from cybercoercion.sensitivity.assumed.prior_set import prior_sets
from cybercoercion.sensitivity.entry.entries import entries
from cybercoercion.sensitivity.entry.result import Entries, Entry

SHOWN = 12


def deception_made(assessment: Assessment, asked: Asked) -> Made:
    """Return how much deception or copying it takes to turn attribution, first response, and what goes on top."""
    found = break_evens(assessment, view=asked.view)
    sentences = tuple(break_even_words(assessment, one) for one in found)
    notes = tuple(dict.fromkeys(note for one in found for note in one.notes))
    drawn = false_flag_figure(found, assessment.case)
    section = Section(
        name="deception",
        title="How much deception, or copying, would overturn this?",
        sentences=sentences,
        figures=() if drawn is None else (drawn,),
        notes=notes,
    )
    return Made(section=section, data=[break_even_json(one) for one in found])


def break_even_words(assessment: Assessment, one: BreakEven) -> str:
    """Return where attribution and responses turn along one share."""
    if not one.concerns:
        return f"{capital(one.share)}: no report hangs on it."
    parts = []
    for turn in one.turns:
        pick = _answer(assessment, turn.pick)
        if not turn.found:
            parts.append(f"{turn.question}: {pick} at any value")
            continue
        ends = [(f"above {percent(turn.above)}", turn.then)] if turn.above is not None else []
        ends += [(f"below {percent(turn.below)}", turn.before)] if turn.below is not None else []
        said = ", ".join(f"{at} {_answer(assessment, name or '')}" for at, name in ends)
        parts.append(f"{turn.question}: {pick}, but {said}")
    now, low, high = (in_unit(value, "probability") for value in (one.now, one.low, one.high))
    return f"{capital(one.share)} (now {now}, {low} to {high}). {capital('; '.join(parts))}."


def _answer(assessment: Assessment, name: str) -> str:
    if name in assessment.belief.labels("actor"):
        return label(assessment.case, "actor", name)
    return option_words(assessment.case, name)


def break_even_json(one: BreakEven) -> dict[str, Any]:
    """Return where the three questions turn."""
    return {
        "share": one.share,
        "unit": "probability",
        "now": plain(one.now),
        "low": plain(one.low),
        "high": plain(one.high),
        "reports": list(one.concerns),
        "exact": one.exact,
        "turns": [plain(turn) for turn in one.turns],
        "notes": list(one.notes),
    }


def register_made(assessment: Assessment, asked: Asked) -> Made:
    """Return every named assumption, and the decision without it."""
    found = register(assessment)
    base, flipping = found.base, found.flipping(asked.view)
    moved = sorted(
        (row for row in found.rows if row.applies and row.moves is not None),
        key=lambda row: (
            not found.flips(row, asked.view),
            -abs(row.views[asked.view].gap - base.views[asked.view].gap),
        ),
    )
    rows = [("as assumed", *_outcome(assessment, found, base, asked.view))]
    rows += [
        (f"{capital(row.name.replace('-', ' '))}: {row.instead}", *_outcome(assessment, found, row, asked.view))
        for row in moved[:SHOWN]
    ]
    said = (
        f"Of {len(found.rows)} named assumptions {len(flipping)} change{'s' if len(flipping) == 1 else ''} the first "
        f"choice when switched: {joined([row.name.replace('-', ' ') for row in flipping])}."
        if flipping
        else f"None of {len(found.rows)} named assumptions changes the first choice when it is switched."
    )
    picked = option_words(assessment.case, base.views[asked.view].first)
    section = Section(
        name="assumptions",
        title="What if an assumption is wrong?",
        sentences=(said,),
        columns=("instead", "coercion", "leading actor", "first choice", f"lead of {picked}", "changes"),
        rows=tuple(rows),
        numeric_from=6,
        notes=(f"The {len(moved) - SHOWN} that move the gap least stand in --json.",) if len(moved) > SHOWN else (),
    )
    return Made(section=section, data=[_assumed_json(found, row) for row in (base, *found.rows)], headline=said)


def _outcome(assessment: Assessment, found: Register, row: Assumed, view: str) -> tuple[str, ...]:
    outcome = row.views[view]
    first = joined([option_words(assessment.case, name) for name in outcome.first.split(" + ")])
    return (
        percent(row.p_coercion),
        f"{label(assessment.case, 'actor', row.leader)} {percent(row.p_leader)}",
        first,
        money(outcome.gap, signed=True),
        joined(list(found.flips(row, view))) or DASH,
    )


def _assumed_json(found: Register, row: Assumed) -> dict[str, Any]:
    views = {name: {**plain(one), "changes": list(found.flips(row, name))} for name, one in row.views.items()}
    return {**plain(row, without=("views", "moves")), "views": views}


def prior_made(assessment: Assessment, asked: Asked) -> Made:
    """Return belief and first choice under named sets of priors."""
    found = prior_sets(assessment, view=asked.view)
    case = assessment.case
    rows = tuple(
        (
            row.name,
            percent(row.p_coercion),
            f"{label(case, 'actor', row.leader)} {percent(row.p_leader)}",
            option_words(case, row.first),
            money(row.gap, signed=True),
            joined(list(found.flips(row))) or DASH,
        )
        for row in found.rows
    )
    said = (
        f"Over the named sets P(coercion) differs by {100 * found.spread_coercion:.0f} points and the leading actor's "
        f"probability by {100 * found.spread_leader:.0f}; "
        f"{'leading actor and first choice are the same in all of them' if found.passed else 'they do not all agree'}."
    )
    section = Section(
        name="priors",
        title="What would other reasonable people say? Named sets of priors",
        sentences=(said,),
        columns=("set", "coercion", "leading actor", "first choice", "gap", "changes"),
        rows=rows,
        numeric_from=6,
        notes=(*(f"{capital(row.name)}: {row.says}" for row in found.rows), *found.notes),
    )
    data = {
        "spread_coercion": found.spread_coercion,
        "spread_leader": found.spread_leader,
        "passed": found.passed,
        "sets": [{**plain(row, without=("answer",)), "changes": list(found.flips(row))} for row in found.rows],
        "notes": list(found.notes),
    }
    return Made(section=section, data=data)


def entries_made(assessment: Assessment, asked: Asked) -> Made:
    """Return the table entries that come nearest to turning the choice."""
    found = entries(assessment, view=asked.view, decision=asked.decision, output=asked.output)
    turning = found.turning("choice")
    rows = tuple(_entry_row(assessment, one) for one in turning[:SHOWN])
    likeliest = turning[0] if turning else None
    said = f"None of {len(found.entries)} table entries turns the first choice anywhere from 0 to 1."
    if likeliest is not None:
        said = (
            f"{len(turning)} of {len(found.entries)} table entries could turn the first choice; nearest: "
            f"{likeliest.name}, past it in {percent(likeliest.choice.past)} of its own draws."
        )
    section = Section(
        name="entries",
        title="Which table entry would turn the choice?",
        sentences=(said,),
        columns=("entry", "now", "5-95 %", "turns at", "to", "past it") if rows else (),
        rows=rows,
        notes=found.notes,
    )
    return Made(section=section, data=_entries_json(found))


def _entry_row(assessment: Assessment, one: Entry) -> tuple[str, ...]:
    tip = one.choice
    sides = [(turn, name) for turn, name in ((tip.below, "before"), (tip.above, "after")) if turn is not None]
    turn, name = min(sides, key=lambda side: abs(side[0].value - one.now))
    return (
        one.name,
        in_unit(one.now, "probability"),
        f"{in_unit(one.low, 'probability')} to {in_unit(one.high, 'probability')}",
        f"{'above' if name == 'after' else 'below'} {in_unit(turn.value, 'probability')}",
        option_words(assessment.case, getattr(turn, name)),
        percent(tip.past),
    )


def _entries_json(found: Entries) -> dict[str, Any]:
    return {
        "output": found.output,
        "covariation": found.covariation,
        "leading": found.pick,
        "notes": list(found.notes),
        "entries": [{"name": one.name, **plain(one)} for one in found.entries],
    }
