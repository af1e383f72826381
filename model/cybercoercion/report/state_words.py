"""What must be said beside an answer: the military tail where it turns the order, and that this is hardly coercion."""

from __future__ import annotations

from cybercoercion.assessment import Assessment
from cybercoercion.report.tail_words import order_words
from cybercoercion.report.words import capital, edges, in_words, joined, sentence_of
from cybercoercion.response import ViewRanking
from cybercoercion.sensitivity.attitude import offered
from cybercoercion.sensitivity.military import MilitaryTail, military_tail
from cybercoercion.vocabulary import COERCION


def tail_of(view: ViewRanking) -> MilitaryTail:
    """Return what the military tail, which is in no cost, does to the order of the four and nothing new."""
    return military_tail(view, offered(view, "response"))


def military_words(assessment: Assessment) -> tuple[str, ...]:
    """Return whether the military tail, at its capped loss, changes what comes first."""
    tail = tail_of(assessment.ranking.default)
    same = tail.without.first == tail.capped.first
    return () if same else (order_words(assessment.case, tail),)


def hardly_words(assessment: Assessment) -> tuple[str, ...]:
    """Return, where this is hardly coercion, what leads instead, and which responses then save almost nothing."""
    belief, view = assessment.belief, assessment.ranking.default
    one = belief.coercion
    if one.p >= edges(assessment.knowledge)[1]:  # above "very unlikely"
        return ()
    intents = belief.estimates("intent")
    leader = max(intents, key=lambda intent: intents[intent].p)
    if leader in COERCION:
        return ()
    words = in_words(one.low, one.high, assessment.knowledge)
    said = sentence_of(words, "this is coercion", one.low, one.high)
    idle = [option.response for option in view.options if abs(_gain(dict(option.terms))) < view.margin]
    verb = "has" if len(idle) == 1 else "have"
    none = f"; {joined(idle)} {verb} almost no effect on {leader}"
    return (
        said,
        f"{capital(leader)} leads. The four responses are still priced{none if idle else ''}.",
    )


def _gain(terms: dict[str, float]) -> float:
    return terms["harm"] + terms["concession"] + terms["recurrence"] + terms["second_order"]
