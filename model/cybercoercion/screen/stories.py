"""Which explanation fits best: actor, purpose and demand together, each as a sentence with its probability."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cybercoercion.belief.stories import COERCION, Story
from cybercoercion.belief.summary import weighted_quantiles
from cybercoercion.case import Case
from cybercoercion.report.names import label
from cybercoercion.report.waterfall_figure import decibans
from cybercoercion.report.words import capital, percent, span
from cybercoercion.screen.beliefs import quoted
from cybercoercion.screen.explained import DECIBANS, Told
from cybercoercion.vocabulary import INTENTS, NONE, OTHER

ALIKE = 1.05  # times under which two are called as likely
COLUMNS = ("explanation", "probability, 5-95 %", "decibans against all else")
AIMS = {
    "compellence": "to compel", "deterrence": "to deter", "destabilisation": "to destabilise",
    "retaliation": "to retaliate", "espionage": "to spy", "crime": "for money", "testing": "to test",
    "activism": "to make a point", "sabotage": "to sabotage", COERCION: "to compel or to deter",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """The best full explanations, the conclusion, and what is supported best in part or whole."""

    caption: str
    rows: tuple[tuple[str, ...], ...]
    note: str

    columns = COLUMNS


def stories(told: Told) -> Stories:
    """Return the most probable full explanations with their ranges, and what the reports support best in part."""
    found = told.explanation.stories
    rows = []
    for story in found.full:
        low, high = _range(told, story)
        rows.append(
            (capital(sentence(told.case, story)), f"{percent(story.p)} ({span(low, high)})", decibans(story.weight))
        )
    partial = [f"{sentence(told.case, one)} ({decibans(one.weight)})" for one in found.explanations if one.weight > 0]
    note = f"Supported most by the reports, in part or whole: {'; '.join(partial)}. {DECIBANS}" if partial else ""
    return Stories(caption=_caption(told, found.full), rows=tuple(rows), note=note)


def sentence(case: Case, story: Story) -> str:
    """Return an explanation as a sentence; what it leaves open is not said.

    >>> from cybercoercion.case import load_case
    >>> sony = load_case("sony-2014")
    >>> told = Story(purpose="compellence", actor="north-korea", demand="none", prior=0.1, p=0.5, weight=9.5)
    >>> sentence(sony, told)
    'North Korea did it to compel; nothing on our list is demanded'
    """
    who = "somebody" if story.actor is None else label(case, "actor", story.actor)
    who = "somebody not on our list" if story.actor == OTHER else who
    did = f"{who} did it{f' {AIMS[story.purpose]}' if story.purpose else ''}"
    if story.demand is None:
        return did
    asked = (
        "nothing on our list is demanded" if story.demand == NONE else f"the demand is {quoted(_demand(case, story))}"
    )
    return asked if story.actor is None and story.purpose is None else f"{did}; {asked}"


def _demand(case: Case, story: Story) -> str:
    return label(case, "demand", str(story.demand))


def _caption(told: Told, full: tuple[Story, ...]) -> str:
    if not full:
        return "No explanation is open: what is not certain is impossible."
    best = full[0]
    low, high = _range(told, best)
    said = f"{sentence(told.case, best)}, {percent(best.p)} ({span(low, high)})."
    if best.lead is None:
        return f"The best-supported explanation: {said}"
    following = "about as likely" if best.lead < ALIKE else f"{_times(best.lead)} times less likely"
    return f"The best-supported explanation: {said} The next is {following}."


def _times(ratio: float) -> str:
    """Return how many times, no finer than it is known.

    >>> _times(1.31), _times(18.78), _times(234.0)
    ('1.3', '19', 'more than 100')
    """
    if ratio > 100:
        return "more than 100"
    return f"{ratio:.1f}" if ratio < 9.95 else f"{ratio:.0f}"


def _range(told: Told, story: Story) -> tuple[float, float]:
    """Return the 5-95 % range of the probability of a full story over draws."""
    belief = told.belief
    purpose, actor, demand = str(story.purpose), str(story.actor), str(story.demand)
    place = INTENTS.index(purpose), belief.actors.index(actor), belief.demands.index(demand)
    by_draw, weights = belief.posterior[place], belief.weights
    inside = np.divide(by_draw, weights, out=np.zeros_like(by_draw), where=weights > 0)
    low, high = weighted_quantiles(inside, weights)
    return float(low), float(high)
