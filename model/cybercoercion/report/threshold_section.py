"""Where the answer would flip, as a section: rulers, what was looked at without a flip, and how sure one must be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cybercoercion.assessment import Assessment
from cybercoercion.report.difference_figure import COLOURS
from cybercoercion.report.figure import Figure
from cybercoercion.report.input_names import input_words
from cybercoercion.report.lead_words import flips_words, stands_words
from cybercoercion.report.names import label
from cybercoercion.report.part import Asked, Made
from cybercoercion.report.plain import plain
from cybercoercion.report.ruler_figure import STEPS, Mark, Ruler, rulers
from cybercoercion.report.section import Section
from cybercoercion.report.sentence import VARIANT_NAMES
from cybercoercion.report.units import in_unit
from cybercoercion.report.words import capital, joined, money, percent
from cybercoercion.sensitivity.choice import choice
from cybercoercion.sensitivity.input.input import Input
from cybercoercion.sensitivity.input.inputs import inputs
from cybercoercion.sensitivity.threshold.threshold import Threshold, Thresholds, thresholds

SHOWN = 7
FAR = 4.0  # halves of the 5-95 % range: what flips only beyond is said in words
STATED = ("belief", "stakes", "actors", "demands")  # groups of inputs that the case speaks of
NAMED = 8


def threshold_made(assessment: Assessment, asked: Asked) -> Made:
    """Return where the answer flips along every input that is asked for."""
    every = {one.name: one for one in inputs(assessment, asked.view)}
    found = thresholds(
        assessment,
        view=asked.view,
        decision=asked.decision,
        output=asked.output,
        names=names_asked(assessment, asked),
    )
    looks = looks_of(assessment, asked)
    near = [row for row in found.flipping if row.chance >= 0.005 or row.nearest <= FAR]
    far = [row for row in found.flipping if row not in near]
    flipping = {row.name for row in found.flipping}
    none = list({row.name: row for row in reversed(found.rows) if row.name not in flipping}.values())[::-1]
    figures: tuple[Figure, ...] = ()
    if near:
        rows = [_ruler(assessment, row, every[row.name], looks, asked.view) for row in near[:SHOWN]]
        figures = (rulers("thresholds", _caption(assessment, near[0], asked.view), rows),)
    notes = [
        *_beyond(assessment, near[SHOWN:], far, asked.view),
        *_without(none, len({row.name for row in found.rows})),
    ]
    if not (asked.inputs or asked.full):
        notes.append(f"Of {len(every)} inputs, those that are certain or only inform the belief are asked with --full.")
    notes.append(
        "All other inputs are as they are now, uncertainty included. A long way to the mark is no proof of safety: two "
        "inputs moving together can flip the answer sooner."
    )
    section = Section(
        name="thresholds",
        title="Where would the answer flip?",
        sentences=_attribution(assessment, found),
        figures=figures,
        notes=tuple(notes),
    )
    return Made(section=section, data=thresholds_json(found), headline=headline(assessment, found, near))


def names_asked(assessment: Assessment, asked: Asked) -> tuple[str, ...]:
    """Return the inputs that are asked about: those named, all, or those that the case states and costs hang on.

    What the tables of the belief hold is asked about where all is, or where the output is the belief itself: each takes
    the whole engine many times, and what it could do to the decision stands in the row of the belief that it moves.
    """
    if asked.inputs:
        return asked.inputs
    return tuple(
        one.name
        for one in inputs(assessment, asked.view)
        if asked.full or one.group in STATED or (not one.certain and (one.moves_belief is (asked.output == "belief")))
    )


def headline(assessment: Assessment, found: Thresholds, near: Sequence[Threshold]) -> str:
    """Return the first sentence: does anything plausible flip it, and what comes nearest."""
    lead = capital(stands_words(assessment, found))
    inside = [row for row in near if any(flip.chance >= 0.05 for flip in row.flips)]
    if inside:
        said = [f"{input_words(row.label)} ({_flip_words(assessment, row, found.view)})" for row in inside[:3]]
        named, count = {row.name for row in inside[:3]}, len({row.name for row in inside})
        more = f" and {count - len(named)} more" if count > len(named) else ""
        return (
            f"{lead}. {count} of {len({row.name for row in found.rows})} inputs could change that by "
            f"{'itself, within its' if count == 1 else 'themselves, each within its'} own 5-95 %: "
            f"{'; '.join(said)}{more}."
        )
    nearest = list(dict.fromkeys(input_words(row.label) for row in near or found.flipping))[:2]
    lead = f"{lead}; no single input within its 5-95 % changes that."
    if not nearest:
        return f"{lead} No flip was found at any value that was searched."
    return f"{lead} What comes nearest: {joined(nearest)}."


def looks_of(assessment: Assessment, asked: Asked) -> Mapping[str, str]:
    """Return the response in whose colour each option of the menu is drawn: that of its last lever."""
    menu = choice(assessment, decision=asked.decision, view=asked.view)
    out = {name: name for name in COLOURS}
    for name, plan in zip(menu.names, menu.plans, strict=True):
        out.setdefault(name, plan.levers[-1].variant.response if plan.levers else "nothing")
    return out


def _ruler(assessment: Assessment, row: Threshold, one: Input, looks: Mapping[str, str], view: str) -> Ruler:
    levels = [low for low, _ in STEPS] + [high for _, high in reversed(STEPS)]
    marks = tuple(
        Mark(
            value=flip.value,
            above=flip.above,
            says=flips_words(assessment, row, flip.winner, view),
            look=looks.get(flip.winner, "nothing"),
            chance=flip.chance,
        )
        for flip in row.flips
    )
    return Ruler(
        label=capital(input_words(row.label)),
        unit=row.unit,
        now=row.now,
        quantiles=tuple(one.quantile(level) for level in levels),
        marks=marks,
    )


def _flip_words(assessment: Assessment, row: Threshold, view: str) -> str:
    flip = max(row.flips, key=lambda one: one.chance)
    return (
        f"{'above' if flip.above else 'below'} {in_unit(flip.value, row.unit)}, now {in_unit(row.now, row.unit)}, "
        f"{flips_words(assessment, row, flip.winner, view)}; chance {percent(flip.chance)}"
    )


def _caption(assessment: Assessment, row: Threshold, view: str) -> str:
    flip = max(row.flips, key=lambda one: one.chance)
    side = "Above" if flip.above else "Below"
    return (
        f"{capital(input_words(row.label))}: {side.lower()} {in_unit(flip.value, row.unit)} (now "
        f"{in_unit(row.now, row.unit)}) {flips_words(assessment, row, flip.winner, view)}. Chance that "
        f"we are already there: {percent(flip.chance)}."
    )


def _beyond(assessment: Assessment, crowded: Sequence[Threshold], far: Sequence[Threshold], view: str) -> list[str]:
    out = []
    if crowded:
        out.append(
            f"Further inputs with a flip: {'; '.join(_short(assessment, row, view) for row in crowded[:NAMED])}."
        )
    if far:
        said = "; ".join(_short(assessment, row, view) for row in far[:NAMED])
        more = f"; and {len(far) - NAMED} more" if len(far) > NAMED else ""
        out.append(f"Flips only beyond what is plausible: {said}{more}.")
    return out


def _short(assessment: Assessment, row: Threshold, view: str) -> str:
    flip = row.flips[0]
    return (
        f"{input_words(row.label)} {'above' if flip.above else 'below'} {in_unit(flip.value, row.unit)} "
        f"({flips_words(assessment, row, flip.winner, view)})"
    )


def _without(rows: Sequence[Threshold], count: int) -> list[str]:
    if not rows:
        return []
    ranked = sorted(rows, key=lambda row: STATED.index(row.group) if row.group in STATED else len(STATED))
    said = "; ".join(f"{input_words(row.label)} ({_searched(row)})" for row in ranked[:NAMED])
    more = f"; and {len(rows) - NAMED} more" if len(rows) > NAMED else ""
    return [f"Looked at, and no flip found, in {len(rows)} of {count} inputs: {said}{more}."]


def _searched(row: Threshold) -> str:
    low, high = row.searched
    ends = [in_unit(one, row.unit) if abs(one) < 1e300 else "any value" for one in (low, high)]
    if "any value" in ends:
        return "any value" if ends[0] == ends[1] else f"{ends[0]} up" if ends[1] == "any value" else f"up to {ends[1]}"
    return f"{ends[0]} to {ends[1]}"


def _attribution(assessment: Assessment, found: Thresholds) -> tuple[str, ...]:
    """Return how sure one must be of the actor before each lever pays on top of resilience."""
    said = []
    for one in found.on_top:
        name = f"{VARIANT_NAMES.get(one.variant, one.variant)} against {label(assessment.case, 'actor', one.against)}"
        if one.p_star is None:
            continue
        state = "pays" if one.adds < 0 else "does not pay"
        said.append(
            f"{name} from {percent(one.p_star)} (now {percent(one.p_now)}: it {state}, {money(one.adds, signed=True)})"
        )
    never = sum(one.p_star is None for one in found.on_top)
    if not found.on_top:
        return ("No lever is aimed at anybody who is likely enough to be accused.",)
    tail = f" {never} of {len(found.on_top)} levers that need an actor do not pay even with certain attribution."
    if not said:
        return (f"On top of resilience nothing that needs an actor pays, however sure the attribution.{tail}",)
    return (f"How sure of the actor one must be for it to pay on top of resilience: {'; '.join(said[:6])}.{tail}",)


def thresholds_json(found: Thresholds) -> dict[str, Any]:
    """Return every row with its unit."""
    return {
        "output": found.output,
        "leading": dict(found.picks),
        "margins": dict(found.margins),
        "units": dict(found.units),
        "inputs": [{**plain(row), "searched": [plain(end) for end in row.searched]} for row in found.rows],
        "on_top": [plain(one) for one in found.on_top],
    }
