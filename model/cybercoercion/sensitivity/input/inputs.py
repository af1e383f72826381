"""Every named input of an assessment: stakes, actors, demands, the quantities it asks for, and what is believed."""

from __future__ import annotations

from cybercoercion.assessment import Assessment
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.asking import known_inputs, known_view
from cybercoercion.sensitivity.input.actors import actor_inputs
from cybercoercion.sensitivity.input.beliefs import belief_inputs
from cybercoercion.sensitivity.input.input import Input
from cybercoercion.sensitivity.input.quantities import quantity_inputs
from cybercoercion.sensitivity.input.stakes import stake_inputs

__all__ = ["Input", "input_named", "inputs"]


def inputs(assessment: Assessment, view: str = DEFAULT_VIEW) -> tuple[Input, ...]:
    """Return every input of an assessment: what it is now, how uncertain, and the answer at any other value.

    Names are ``p.coercion``, ``p.actor.ID``, ``p.demand.ID``; ``stakes.FIELD`` (trade by candidate,
    ``stakes.bilateral_trade.ID``, unless the case states one number); ``actors.ID.interdependence``,
    ``actors.ID.norm_adherence``; ``demands.ID.cost_of_conceding``; and the names of the quantities of the ledger that
    this case asks for. An entry that only stands in for a field that the case leaves out has the name of the field.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=200))
    >>> harm = input_named(sony, "stakes.harm_now")
    >>> harm.unit, harm.linear, harm.low < harm.now < harm.high
    ('USD', True, True)
    >>> len({one.name for one in inputs(sony)}) == len(inputs(sony))
    True
    """
    known_view(view)
    return (
        *belief_inputs(assessment, view),
        *stake_inputs(assessment, view),
        *actor_inputs(assessment, view),
        *quantity_inputs(assessment, view),
    )


def input_named(assessment: Assessment, name: str, view: str = DEFAULT_VIEW) -> Input:
    """Return one input.

    Raises
    ------
    KeyError
        When the case has no input of that name; the message names the nearest.
    """
    found = {one.name: one for one in inputs(assessment, view)}
    known_inputs((name,), found)
    return found[name]
