"""What holds where a case states nothing: a value with range, mark and source, or that nothing follows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cybercoercion.assessment import Assessment
from cybercoercion.knowledge import Knowledge
from cybercoercion.report.units import PER, in_unit
from cybercoercion.report.words import percent
from cybercoercion.response.lever import trade
from cybercoercion.response.ranking import MARGIN
from cybercoercion.screen.editing import Place
from cybercoercion.sensitivity.input.spread import of_draws, of_quantity
from cybercoercion.sensitivity.input.stakes import default_entry

MARKS = {"verified": "measured", "computed": "computed", "memory": "from memory", "judgement": "judged"}
LEARNT = "learnt from cases"

# what follows where nothing is stated and no number of the tables stands in
NOTHING = {
    ("", "note"): "",
    ("", "marking"): "",
    ("target", "country"): "counts as a country other than the United States",
    ("actors", "name"): "its short name is printed",
    ("actors", "country"): "no region and no rivalry is known",
    ("actors", "capability"): "says nothing for or against it",
    ("actors", "relationship"): "says nothing for or against it",
    ("actors", "track_record"): "says nothing for or against it",
    ("actors", "alternatives"): "says nothing for or against it",
    ("demands", "polarity"): "goes with every intent alike",
    ("demands", "content"): "goes with every intent alike",
    ("demands", "long_standing"): "counts as new",
    ("demands", "held_by"): "not known to hold it",
    ("pending", "about"): "about nobody in particular",
    ("pending", "grade"): "cannot be judged, F6",
    ("pending", "origin"): "an origin of its own",
    ("pending", "cost"): "costs nothing",
    ("pending", "note"): "",
    ("stakes", "pending_harm"): "nothing more is threatened",
    ("stakes", "escalation"): "\N{MULTIPLICATION SIGN} 1, the risk as the tables have it",
    ("stakes", "price_of_escalation"): "\N{MULTIPLICATION SIGN} 1, at face value",
    ("stakes", "delay_cost"): "waiting costs nothing by itself",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Default:
    """What holds where nothing is stated: in words with the mark, as numbers, and where they come from."""

    words: str
    origin: str = ""
    now: float | None = None
    low: float | None = None
    high: float | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbers:
    """A number with its 5-95 % range."""

    now: float
    low: float
    high: float


def default_of(assessment: Assessment, place: Place) -> Default:
    """Return what holds, or would hold, where a field is not stated.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=50))
    >>> found = default_of(sony, Place(block="stakes", name="resilience"))
    >>> found.words, found.low < found.now < found.high
    ('default 0.36, 0.10 to 0.70, judged', True)
    """
    if place.block == "deception":
        return Default(words="changes nothing")
    known = NOTHING.get((place.block, place.name))
    if known is not None:
        return Default(words=known)
    of_block = {"stakes": _of_stakes, "actors": _of_actor, "demands": _of_demand, "pending": _of_pending}
    return of_block[place.block](assessment, place) if place.block in of_block else Default(words="needed")


def _of_stakes(assessment: Assessment, place: Place) -> Default:
    case, knowledge = assessment.case, assessment.knowledge
    kind = case.target.kind
    if place.name == "margin":
        return Default(words=f"{percent(MARGIN)} of what doing nothing new costs")
    if place.name == "bilateral_trade":
        return _trade(assessment, place.key)
    if place.name == "harm_at_resilience":
        usual = _entry(knowledge, f"resilience.{kind}", "share")
        return Default(
            words=f"the resilience usual for such a target, {in_unit(usual.now or 0, 'share')}, {usual.mark}",
            origin=usual.origin,
            now=usual.now,
            low=usual.now,
            high=usual.now,
            mark=usual.mark,
        )
    if place.name == "harm_next":
        return Default(words="as much as this episode")
    if place.name == "recurrence_target" and kind == "state":
        return Default(words="every further episode in the country")
    entry = default_entry(place.name, case)
    found = _entry(knowledge, entry, knowledge.quantities[entry].unit)
    if place.name == "meant" and case.stakes.pending_harm is None:
        return replace(found, words=f"{found.words}; not used, because no further harm is threatened")
    return found


def _trade(assessment: Assessment, actor: str) -> Default:
    if not actor:
        return Default(words="for each candidate by how much it depends on the country")
    case, knowledge = assessment.case, assessment.knowledge
    bare = case.model_copy(update={"stakes": case.stakes.model_copy(update={"bilateral_trade": None})})
    amount = trade(bare, case.actor(actor), knowledge, assessment.costs.stakes)
    spread = of_draws(np.broadcast_to(amount.draws, (knowledge.size,)), amount.mean, knowledge.size)
    low, high = spread.band
    numbers = _Numbers(now=spread.now, low=low, high=high)
    return Default(
        words=f"default {_said(numbers, 'USD/yr')}, computed",
        origin="By how much it depends on the country.",
        now=spread.now,
        low=low,
        high=high,
        mark="computed",
    )


def _of_actor(assessment: Assessment, place: Place) -> Default:
    kinds = {actor.id: actor.kind for actor in assessment.case.actors}
    if place.name == "kind":
        return Default(words="needed")
    if place.row not in kinds:
        return Default(words="tells the belief nothing; costs take what is usual for its kind")
    found = _entry(assessment.knowledge, f"{place.name}.{kinds[place.row]}", "share")
    return Default(
        words=f"tells the belief nothing; costs take the {found.words}",
        origin=found.origin,
        now=found.now,
        low=found.low,
        high=found.high,
        mark=found.mark,
    )


def _of_demand(assessment: Assessment, place: Place) -> Default:
    if place.name != "cost_of_conceding":
        return Default(words="needed")
    return _entry(assessment.knowledge, f"concession.loss.{assessment.case.target.kind}", "USD")


def _of_pending(assessment: Assessment, place: Place) -> Default:
    if place.name != "expected_date":
        return Default(words="needed")
    knowledge = assessment.knowledge
    found = _entry(knowledge, "report.delay", knowledge.quantities["report.delay"].unit)
    return Default(
        words=f"{found.words}, after the as-of date",
        origin=found.origin,
        now=found.now,
        low=found.low,
        high=found.high,
        mark=found.mark,
    )


def _entry(knowledge: Knowledge, name: str, unit: str) -> Default:
    """Return an entry of the tables as a default."""
    source, spread = knowledge.quantities[name].source, of_quantity(knowledge, name)
    low, high = spread.band
    learnt = knowledge.fitted is not None and name in knowledge.fitted.quantities
    mark = LEARNT if learnt else MARKS[source.mark]
    numbers = _Numbers(now=spread.now, low=low, high=high)
    return Default(
        words=f"default {_said(numbers, unit)}, {mark}",
        origin=f"Default: {source.text} (entry {name}).",
        now=spread.now,
        low=low,
        high=high,
        mark=mark,
    )


def _said(numbers: _Numbers, unit: str) -> str:
    now = in_unit(numbers.now, unit)
    if not numbers.low < numbers.high:
        return now
    low, high = (in_unit(one, unit).removesuffix(PER.get(unit, "")) for one in (numbers.low, numbers.high))
    return f"{now}, {low} to {high}"
