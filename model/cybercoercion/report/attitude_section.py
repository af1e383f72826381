"""Would a cautious chooser differ? As a section: four attitudes side by side, and the military tail apart."""

from __future__ import annotations

from typing import Any

from cybercoercion.assessment import Assessment
from cybercoercion.report.names import option_words, plan_name
from cybercoercion.report.part import Asked, Made
from cybercoercion.report.plain import plain
from cybercoercion.report.section import Section
from cybercoercion.report.words import capital, joined, money
from cybercoercion.sensitivity.attitude import ATTITUDES, Attitude, Attitudes, attitudes


def attitude_made(assessment: Assessment, asked: Asked) -> Made:
    """Return what each option costs by each attitude to risk, and whether the military tail changes the order."""
    found = attitudes(assessment, view=asked.view, decision=asked.decision)
    case = assessment.case
    marks = [_attitude(found, name) for name in ATTITUDES]
    rows = []
    for place, option in enumerate(found.options):
        cells = []
        for row, name in enumerate(ATTITUDES):
            first = " *" if found.firsts[name] == option else " =" if option in found.tied[row] else ""
            cells.append(f"{money(float(found.values[row, place]))}{first}")
        rows.append((capital(option_words(case, option)), *cells))
    section = Section(
        name="attitudes",
        title="Would a cautious chooser differ?",
        sentences=(attitude_words(assessment, found), tail_words(assessment, found)),
        columns=("response", *marks),
        rows=tuple(rows),
        notes=(
            (
                "Levels of cost, USD; * first in its column, = not to be told from it. Worst and largest regret look "
                f"at the {found.states} likeliest states and at the point {found.worst:g} of readings in each."
            ),
        ),
    )
    return Made(section=section, data=attitudes_json(found), headline=attitude_words(assessment, found))


def attitude_words(assessment: Assessment, found: Attitudes) -> str:
    """Return by how many attitudes the pick comes first, and what does by the others."""
    pick = option_words(assessment.case, found.pick)
    if not found.dissenting:
        return f"All {len(ATTITUDES)} attitudes to risk put {pick} first."
    said = f"By {len(found.agreeing)} of {len(ATTITUDES)} attitudes to risk {pick} comes first"
    others: dict[str, list[str]] = {}
    for name, option in found.dissenting.items():
        others.setdefault(option, []).append(_attitude(found, name))
    parts = [f"by {joined(names)}, {option_words(assessment.case, option)}" for option, names in others.items()]
    return f"{'; '.join([said, *parts])}."


def _attitude(found: Attitudes, name: Attitude) -> str:
    return f"average of worst {100 * (1 - found.level):.0f} %" if name == "tail mean" else name


def tail_words(assessment: Assessment, found: Attitudes) -> str:
    """Return whether the military tail changes the order, and at which loss it would."""
    tail, case = found.tail, assessment.case
    without, capped, raw = (option_words(case, one.first) for one in (tail.without, tail.capped, tail.raw))
    if without == capped == raw:
        said = f"With and without the military tail {without} comes first."
    else:
        said = (
            f"Without the military tail {without} comes first; with it at its capped loss {capped}, at its raw mean "
            f"{raw}. We do not choose between them."
        )
    if tail.flips_at is not None and tail.then is not None:
        said += f" The order turns at a loss of {money(tail.flips_at, words=True)}, to {option_words(case, tail.then)}."
    elif tail.plan_flips_at is not None and tail.plan_then is not None:
        said += (
            f" The best plan turns at a loss of {money(tail.plan_flips_at, words=True)}, to "
            f"{plan_name(case, tail.plan_then)}."
        )
    return said


def attitudes_json(found: Attitudes) -> dict[str, Any]:
    """Return levels by attitude and option, firsts, ties and the tail."""
    return {
        "options": list(found.options),
        "variants": list(found.variants),
        "levels": {
            name: dict(zip(found.options, plain(found.values[row]), strict=True)) for row, name in enumerate(ATTITUDES)
        },
        "first": dict(found.firsts),
        "tied": {name: list(found.tied[row]) for row, name in enumerate(ATTITUDES)},
        "tail_mean_beyond": found.level,
        "worst_point": found.worst,
        "states": found.states,
        "military_tail": plain(found.tail),
    }
