"""What leads by each criterion of a threshold, as a clause."""

from __future__ import annotations

from cybercoercion.assessment import Assessment
from cybercoercion.report.names import label, option_words
from cybercoercion.report.words import joined
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.threshold.threshold import Threshold, Thresholds
from cybercoercion.sensitivity.told.rivals import YES
from cybercoercion.vocabulary import NONE, OTHER


def stands_words(assessment: Assessment, found: Thresholds) -> str:
    """Return who leads as things are, by every criterion that was asked."""
    return joined([leads_words(assessment, one, name, found.view) for one, name in found.picks.items()])


def flips_words(assessment: Assessment, row: Threshold, winner: str, view: str = DEFAULT_VIEW) -> str:
    """Return who leads beyond a flip of a row."""
    return leads_words(assessment, row.criterion, winner, view)


def leads_words(assessment: Assessment, criterion: str, name: str, view: str = DEFAULT_VIEW) -> str:
    """Return that a name leads by a criterion, in words.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> one = assess(load_case("colonial-2021"), load_knowledge(draws=20))
    >>> leads_words(one, "coercion", "no coercion"), leads_words(one, "actor", "other")
    ('coercion is no more likely than not', 'the likeliest actor is not on our list')
    >>> leads_words(one, "gap", "denial"), leads_words(one, "most often best", "norms")
    ('denial leads', 'norms is most often cheapest')
    """
    case = assessment.case
    if criterion == "coercion":
        return f"coercion is {'more' if name == YES else 'no more'} likely than not"
    if criterion == "actor":
        who = "not on our list" if name == OTHER else label(case, "actor", name)
        return f"the likeliest actor is {who}"
    if criterion == "demand":
        if name == NONE:
            return "the likeliest demand is none of our list"
        return f"the likeliest demand is: {label(case, 'demand', name)}"
    said = option_words(case, name)
    if criterion == "most often best":
        return f"{said} is most often cheapest"
    if criterion == "best in half":
        first = assessment.ranking.views[view].first
        share = "more" if name == first else "less"
        return f"{option_words(case, first)} is cheapest in {share} than half of input readings"
    if criterion == "regret":
        return f"{said} has the lowest expected regret"
    if criterion == "cost":
        return "nothing new costs less" if name == "nothing" else f"{said} costs less than nothing new"
    return f"{said} leads"
