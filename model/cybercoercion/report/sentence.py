"""The answer in a sentence, chosen by rule: which response costs least, by how much, or that none pays."""

from __future__ import annotations

from dataclasses import dataclass

from cybercoercion.report.twenty import count_words
from cybercoercion.report.words import joined, money

NAMES = {
    "denial": "Denial (resilience)",
    "punishment": "Punishment",
    "entanglement": "Entanglement",
    "norms": "Norms",
}
VARIANT_NAMES = {
    "statement": "statement and indictment",
    "law-enforcement": "law enforcement",
    "sanctions": "targeted sanctions",
    "counter-operation": "cyber counter-operation",
    "broad-sanctions": "broad sanctions",
    "urgent": "urgent mitigation",
    "operator": "operator programme",
    "national": "national programme",
    "leverage": "leverage",
    "building": "building interdependence",
    "naming": "naming with partners",
    "bilateral": "bilateral deal",
    "multilateral": "multilateral process",
    "nothing": "nothing new",
    "wait": "waiting for the next report",
    "comply": "complying",
    "warn": "explicit warning",
}
COMPLY_CAVEAT = (
    "This counts that compliance invites further demands; it does not count lives, legal duty, allied politics and "
    "what else giving in costs."
)
VIEW_NAMES = {
    "target": "the target alone over 24 months",
    "nation": "the nation over 24 months",
    "long": "the nation over 5 years, precedent counted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What the rule looks at: one response in one view."""

    response: str
    variant: str
    delta: float
    gap: float | None
    gap_mcse: float | None
    p_best: float
    cheapest_in_futures: float
    on_top: float | None
    dots: int | None = None  # in how many of twenty futures it is the cheapest of the five
    less: int | None = None  # in how many of twenty futures it costs less than the first


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The rest of what the rule looks at."""

    nothing: float  # cost of nothing new, the level
    nothing_p_best: float
    nothing_in_futures: float
    references: tuple[tuple[str, float], ...]  # name and difference to nothing new: wait, comply
    margin: float
    months: int
    tied: tuple[str, ...] = ()  # what cannot be told from the cheapest, by Monte Carlo error or margin
    first_by_view: tuple[tuple[str, str], ...]  # view and what is cheapest there, `nothing` included
    nothing_dots: int | None = None  # in how many of twenty futures nothing new is the cheapest of the five
    beside: tuple[str, ...] = ()  # sentences that must stand beside the answer


def full_name(response: str, variant: str) -> str:
    """Return how a response is called at first mention.

    >>> full_name("denial", "urgent")
    'Denial (resilience), by urgent mitigation,'
    """
    return f"{NAMES[response]}, by {VARIANT_NAMES.get(variant, variant)},"


def answer(ranked: tuple[Placed, ...], setting: Setting) -> str:
    """Return the answer sentence, and where the views disagree, that too.

    The rule, in order: a tie with nothing new; none of the four pays; a tie of the first two; resilience first, then
    what pays on top; the cheapest first. Differences below two Monte Carlo errors or the user's margin are ties.
    """
    first = ranked[0]
    cheaper = [(name, delta) for name, delta in setting.references if delta < min(first.delta, 0) - setting.margin]
    parts = [_first_sentence(ranked, setting)]
    if cheaper:
        name, delta = min(cheaper, key=lambda row: row[1])
        parts = [f"None of the four beats {VARIANT_NAMES[name]}; among them: {parts[0]}"]
        parts.append(
            f"{VARIANT_NAMES[name][0].upper()}{VARIANT_NAMES[name][1:]} is cheaper still, by "
            f"{money(min(first.delta, 0) - delta, words=True)} on average."
        )
        if name == "comply":
            parts.append(COMPLY_CAVEAT)
    parts += [*setting.beside, views_words(setting)]
    return " ".join(part for part in parts if part)


def _first_sentence(ranked: tuple[Placed, ...], setting: Setting) -> str:
    first, second = ranked[0], ranked[1]
    over = f"over {setting.months} months"
    if abs(first.delta) < setting.margin:
        return (
            f"{full_name(first.response, first.variant)[:-1]}, and nothing new differ by "
            f"{money(abs(first.delta), words=True)} {over}, less than the margin of "
            f"{money(setting.margin, words=True)}: a tie. Choose between them on other grounds."
        )
    if {first.response, "nothing"} <= set(setting.tied):
        return (
            f"{full_name(first.response, first.variant)[:-1]}, and nothing new cannot be told apart {over}: "
            f"{money(abs(first.delta), words=True)} is within the Monte Carlo error. More draws may separate them."
        )
    if first.delta > 0:
        return (
            f"None of the four beats nothing new: it costs {money(first.delta, words=True)} less than the cheapest of "
            f"them, {full_name(first.response, first.variant)[:-1]}, {over}."
        )
    gap, error = first.gap or 0.0, first.gap_mcse or 0.0
    if gap < 2 * error:
        return (
            f"{NAMES[first.response]} and {NAMES[second.response].lower()} cannot be told apart: "
            f"{money(gap, words=True)}, with a Monte Carlo error of {money(error, words=True)}. "
            "More draws may separate them."
        )
    if gap < setting.margin:
        return (
            f"{NAMES[first.response]} and {NAMES[second.response].lower()} differ by {money(gap, words=True)}, less "
            f"than your margin of {money(setting.margin, words=True)}. Choose between them on other grounds."
        )
    text = (
        f"{full_name(first.response, first.variant)} has the lowest expected cost: "
        f"{money(-first.delta, words=True)} less than nothing new {over}, and {money(gap, words=True)} less than the "
        f"next, {NAMES[second.response].lower()}{_less(second)}."
    )
    often = max(ranked, key=lambda row: row.cheapest_in_futures)
    if often.cheapest_in_futures > first.cheapest_in_futures:
        text += f" {NAMES[often.response]} is cheapest more often{_often(often.dots)}, but dearer when it fails."
    if setting.nothing_in_futures > max(row.cheapest_in_futures for row in ranked):
        text += f" Nothing new is cheapest more often{_often(setting.nothing_dots)}, but dearer on average."
    pays = [
        row
        for row in ranked
        if row.response != first.response and row.on_top is not None and row.on_top < -setting.margin
    ]
    if first.response == "denial" and pays:
        extra = [f"{NAMES[row.response].lower()} ({VARIANT_NAMES.get(row.variant, row.variant)})" for row in pays]
        text += f" On top of it {joined(extra)} {'pays' if len(extra) == 1 else 'pay'} as well."
    return text


def _less(second: Placed) -> str:
    """Return how surely the second is dearer; nothing where nobody counted."""
    if second.less is None:
        return ""
    counted = f"{count_words(second.less)} futures"
    return f", which costs less in {counted}" if second.less else f", which hardly ever costs less ({counted})"


def _often(dots: int | None) -> str:
    return f", in {count_words(dots)} futures" if dots is not None else ""


def views_words(setting: Setting) -> str:
    """Return that the views disagree on what is cheapest, each with its choice; nothing where they agree."""
    firsts: dict[str, list[str]] = {}
    for view, name in setting.first_by_view:
        firsts.setdefault(name, []).append(VIEW_NAMES[view])
    if len(firsts) == 1:
        return ""
    said = [f"{_short(name)} for {joined(views)}" for name, views in firsts.items()]
    return f"The views disagree on what is cheapest: {'; '.join(said)}."


def _short(name: str) -> str:
    return "nothing new" if name == "nothing" else NAMES[name].split(" (")[0].lower()
