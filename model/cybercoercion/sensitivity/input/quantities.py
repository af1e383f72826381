"""The quantities of the tables that a case asks for, as inputs of costs or of the belief."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cybercoercion.assessment import Assessment
from cybercoercion.belief import believe, believe_campaign
from cybercoercion.fit.checking.component import components
from cybercoercion.knowledge import Knowledge
from cybercoercion.response.weights import BeliefLike
from cybercoercion.sensitivity.changing import Answer, asked_again
from cybercoercion.sensitivity.input.asked import Asked, asked
from cybercoercion.sensitivity.input.input import Input, bounds, made
from cybercoercion.sensitivity.input.spread import Spread, of_quantity
from cybercoercion.sensitivity.input.stakes import defaults

ELSEWHERE = "harm_elsewhere"  # the one amount that the stakes cap
FACTOR, BY_POWER = "intent_factor.", "intent_factor.denial."
SECOND_ORDER = "second_order."
# means that scale what a lever does: expected costs are linear in them
SCALES = ("effect.off_target", "leverage.trade")


def quantity_inputs(assessment: Assessment, view: str) -> Iterator[Input]:
    """Yield the quantities that costs or belief ask for, those that stand in for the stakes left out."""
    found = asked(assessment, view)
    names = (found.belief | found.costs) - defaults(assessment.case)
    groups = components(dict.fromkeys(names, "quantity"), assessment.knowledge)
    group_of = {name: group for group, members in groups.items() for name in members}
    for name in sorted(names, key=lambda name: (name in found.belief, group_of[name], name)):
        yield _quantity(assessment, view, name, group_of[name], found)


def _quantity(assessment: Assessment, view: str, name: str, group: str, found: Asked) -> Input:
    believed, priced = name in found.belief, name in found.costs

    def ask(to: float) -> Answer:
        held = assessment.knowledge.held({name: to})
        if not believed:
            return asked_again(assessment, view, knowledge=held, belief=assessment.belief)
        if priced:
            return asked_again(assessment, view, knowledge=held)
        return Answer(belief=_believed(assessment, held), costs=assessment.costs, view=view)

    unit = assessment.knowledge.quantities[name].unit
    spread = _spread(assessment, name)
    return made(
        name,
        spread,
        ask,
        label=label_of(name),
        group=group,
        unit=unit,
        linear=not believed and _linear(name, found),
        moves_belief=believed,
        ends=_ends(assessment, name, unit),
    )


def label_of(name: str) -> str:
    """Return the name of a quantity in words.

    >>> label_of("cost.counter_operation"), label_of("half_life.norms")
    ('cost: counter operation', 'half life: norms')
    """
    return ": ".join(part.replace("_", " ") for part in name.split("."))


def _linear(name: str, found: Asked) -> bool:
    if name.startswith(FACTOR):
        return not name.startswith(BY_POWER)
    return name in found.amounts or name in (ELSEWHERE, *SCALES)


def _ceiling(assessment: Assessment) -> float:
    """Return what the harm elsewhere is capped at, USD: a share of GDP."""
    knowledge, stakes = assessment.knowledge, assessment.costs.stakes
    return knowledge.mean("harm_elsewhere_cap") * stakes.gdp.mean


def _spread(assessment: Assessment, name: str) -> Spread:
    knowledge = assessment.knowledge
    if name != ELSEWHERE:
        return of_quantity(knowledge, name)
    plain, amount = of_quantity(knowledge, name), assessment.costs.stakes.harm_elsewhere
    top = _ceiling(assessment)
    return Spread(
        now=amount.mean,
        below=lambda value: 1.0 if value > top else plain.below(value),
        quantile=lambda p: min(plain.quantile(p), top),
        draws=np.broadcast_to(amount.draws, (knowledge.size,)),
    )


def _ends(assessment: Assessment, name: str, unit: str) -> tuple[float, float]:
    """Return the natural bounds: those of the unit, the cap, and any sign for what is open to both."""
    least, most = bounds(unit)
    knowledge = assessment.knowledge
    distribution = knowledge.quantities[name].distribution
    if name.startswith(SECOND_ORDER) or distribution.family == "normal":
        least = -np.inf
    most = min(most, _ceiling(assessment) if name == ELSEWHERE else distribution.cap)
    return float(least), float(most)


def _believed(assessment: Assessment, knowledge: Knowledge) -> BeliefLike:
    campaign = assessment.campaign
    if campaign is None:
        return believe(assessment.case, knowledge)
    return believe_campaign(campaign.id, campaign.episodes, knowledge).whole
