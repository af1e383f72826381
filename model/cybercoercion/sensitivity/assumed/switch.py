"""The assumptions of the model, each in a sentence, with a switch that really puts something else in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from cybercoercion.assessment import Assessment
from cybercoercion.belief.evidence import copy_parents
from cybercoercion.case import Campaign, Case, Range
from cybercoercion.case.fields import FrozenMapping
from cybercoercion.knowledge import Knowledge
from cybercoercion.response.assumed import AssumedBelief
from cybercoercion.response.weights import BeliefLike
from cybercoercion.vocabulary import FRAMES, KINDS, facts

Moves = Literal["belief", "cost", "tail", "menu"]
NEVER = 1e-12  # log-odds have no 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Switched:
    """What a switch changes: the case or campaign, the knowledge, or the belief itself; the rest stays."""

    source: Case | Campaign | None = None
    knowledge: Knowledge | None = None
    belief: BeliefLike | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """One assumption: what the model takes to be so, what the switch says instead, and how.

    ``moves`` says what alone it can change: the belief, the costs, or how they are compared (the military tail counted,
    or a menu of two steps). ``change`` returns None where a case has nothing that hangs on it.
    """

    name: str
    assumed: str
    instead: str
    moves: Moves
    change: Callable[[Assessment], Switched | None]


def switches() -> tuple[Switch, ...]:
    """Return every switch, those of the belief first.

    >>> len({one.name for one in switches()}) == len(switches()) > 25
    True
    """
    return (*_of_belief(), *_of_costs(), *_of_comparing())


def _of_belief() -> tuple[Switch, ...]:
    once = "A report of one origin that says the same as an earlier one mostly repeats it."
    graded = "A grade says how much a report is worth."
    listed = "The list of actors may miss who did it: the unlisted keep a share of each kind."
    return (
        Switch(name="no copies", assumed=once, instead="All reports are independent.", moves="belief",
               change=lambda one: _copies(one, 0.0)),
        Switch(name="all copies", assumed=once, instead="What may be a copy is one.", moves="belief",
               change=lambda one: _copies(one, 1.0)),
        Switch(name="no deception", assumed="Traces may be planted: somebody may have framed another.",
               instead="Nobody frames anybody.", moves="belief", change=_honest),
        Switch(name="perfect grades", assumed=graded, instead="Every report is as good as certain.", moves="belief",
               change=lambda one: _graded(one, one.knowledge.mean("assumption.perfect_grade"))),
        Switch(name="unknown grades", assumed=graded, instead="No report can be judged.", moves="belief",
               change=lambda one: _graded(one, None)),
        Switch(name="nobody unlisted", assumed=listed, instead="Hardly anybody beyond the list can have done it.",
               moves="belief", change=lambda one: _unlisted(one, "assumption.other_less")),
        Switch(name="more unlisted", assumed=listed, instead="The odds of the unlisted are twice as high.",
               moves="belief", change=lambda one: _unlisted(one, "assumption.other_more")),
        Switch(name="even base rates", assumed="Some purposes are commoner than others before any report.",
               instead="Every purpose is as common as any other.", moves="belief", change=_even),
        Switch(name="no flattening", assumed="Facts hang together, so each counts less than it would alone.",
               instead="Facts are independent given the purpose.", moves="belief",
               change=lambda one: _held(one, dict.fromkeys(_named(one.knowledge, "exponent."), 1.0))),
        *(
            Switch(name=f"frame {frame}", assumed="The frame says which kind of incident this is.",
                   instead=f"The frame is {frame}.", moves="belief",
                   change=lambda one, frame=frame: _framed(one, frame))  # type: ignore[misc]
            for frame in FRAMES
        ),
    )  # fmt: skip


def _of_costs() -> tuple[Switch, ...]:
    discounted = "Later costs count less: about five per cent a year."
    strikes_back = "Whoever is punished may strike back once."
    return (
        Switch(name="lasting effects", assumed="What a response deters wears off.", instead="It never wears off.",
               moves="cost", change=lambda one: _held(one, dict.fromkeys(
                   _named(one.knowledge, "half_life."), one.knowledge.mean("assumption.lasting")))),
        Switch(name="no precedent", assumed="Other states watch: a response sets a precedent.",
               instead="It teaches nobody else.", moves="cost",
               change=lambda one: _held(one, dict.fromkeys(_named(one.knowledge, "precedent."), 0.0))),
        Switch(name="median wrong-actor loss", assumed="Hitting an innocent can be ruinous: its mean loss counts.",
               instead="Its median loss counts.", moves="cost", change=_wrong_at_median),
        Switch(name="more retaliation", assumed=strikes_back, instead="The risk of it is twice as high.", moves="cost",
               change=_escalated),
        Switch(name="no retaliation", assumed=strikes_back, instead="Nobody strikes back.", moves="cost",
               change=lambda one: _held(one, dict.fromkeys(
                   (name for name in _named(one.knowledge, "retaliation.")
                    if one.knowledge.quantities[name].unit == "probability"), 0.0))),
        Switch(name="resilience deters nobody", assumed="A tougher target draws fewer attempts.",
               instead="It draws as many; each does less harm.", moves="cost",
               change=lambda one: _held(one, {"deterred_by_denial": 0.0})),
        Switch(name="recurrence on the target", assumed="Most of what recurs hits other targets in the country.",
               instead="All of it hits this target.", moves="cost", change=_all_here),
        Switch(name="nothing is sunk", assumed="Much of the harm is done and cannot be avoided any more.",
               instead="All of it can still be avoided.", moves="cost",
               change=lambda one: _staked(one, {"avoidable": 1.0})),
        Switch(name="median harm", assumed="Harm has a heavy tail: its mean counts.", instead="Its median counts.",
               moves="cost", change=_harm_at_median),
        Switch(name="no discount", assumed=discounted, instead="All years count alike.", moves="cost",
               change=lambda one: _held(one, {"discount": one.knowledge.mean("assumption.no_discount")})),
        Switch(name="high discount", assumed=discounted, instead="Later costs count ten per cent less a year.",
               moves="cost",
               change=lambda one: _held(one, {"discount": one.knowledge.mean("assumption.high_discount")})),
        Switch(name="purpose changes no effect", assumed="What a response does depends on the purpose it meets.",
               instead="It does the same whatever the purpose.", moves="cost",
               change=lambda one: _held(one, dict.fromkeys(_named(one.knowledge, "intent_factor."), 1.0))),
        Switch(name="anybody may be accused", assumed="Nobody far less likely than the leading actor is accused.",
               instead="A response may be aimed at any candidate.", moves="cost",
               change=lambda one: _held(one, {"accused_share": 0.0})),
    )  # fmt: skip


def _of_comparing() -> tuple[Switch, ...]:
    apart = "The small chance of a military clash stands apart from every cost."
    return (
        Switch(name="military tail, capped", assumed=apart, instead="It counts, its loss capped.", moves="tail",
               change=lambda _: Switched()),
        Switch(name="military tail, raw", assumed=apart, instead="It counts, its loss without a cap.", moves="tail",
               change=lambda _: Switched()),
        Switch(name="two steps", assumed="The four responses and nothing new are compared as rivals.",
               instead="Resilience comes first, and another on top of it.", moves="menu", change=lambda _: Switched()),
    )  # fmt: skip


def _named(knowledge: Knowledge, prefix: str) -> list[str]:
    return [name for name in knowledge.quantities if name.startswith(prefix)]


def _held(one: Assessment, values: Mapping[str, float]) -> Switched:
    return Switched(knowledge=one.knowledge.held(values))


def _copies(one: Assessment, probability: float) -> Switched | None:
    if not copy_parents([report for report in one.belief.reports if report.kind == "likelihood"]):
        return None
    return _held(one, {"copy.same_origin": probability, "copy.named": probability})


def _honest(one: Assessment) -> Switched | None:
    told = [facts().get(report.fact) for report in one.belief.reports]
    if not any(fact is not None and fact.deceivable for fact in told):
        return None
    trusting = _each(one, lambda case: case.model_copy(update={"deception": FrozenMapping()}))
    return Switched(source=trusting, knowledge=one.knowledge.held({f"deception.{kind}": NEVER for kind in KINDS}))


def _graded(one: Assessment, value: float | None) -> Switched | None:
    """Return every grade alike: at a value, or, without one, as what cannot be judged is."""
    if not one.belief.reports:
        return None
    known = one.knowledge
    unknown = {"reliability.": known.mean("reliability.F"), "credibility.": known.mean("credibility.6")}
    values = {
        name: usual if value is None else value for scale, usual in unknown.items() for name in _named(known, scale)
    }
    return _held(one, values)


def _unlisted(one: Assessment, name: str) -> Switched:
    """Return the belief with the prior odds of the unlisted actor multiplied: that multiplies its posterior alike."""
    belief = one.belief
    posterior = belief.posterior.copy()
    posterior[:, -1] *= one.knowledge.mean(name)
    return Switched(
        belief=AssumedBelief(
            intents=belief.intents,
            actors=belief.actors,
            demands=belief.demands,
            posterior=posterior / posterior.sum(),
        )
    )


def _even(one: Assessment) -> Switched:
    """Return even base rates of purposes, of campaigns too, also where a fit has learnt others."""
    tables = {
        name: replace(table, value=np.full_like(table.value, 1 / table.value.shape[-1]))
        for name in ("intent", "campaign_purpose")
        for table in (one.knowledge.tables[name],)
    }
    return Switched(knowledge=one.knowledge.changed({}, tables, over_fit=True))


def _framed(one: Assessment, frame: str) -> Switched | None:
    told = (one.case,) if one.campaign is None else one.campaign.episodes
    if all(case.frame == frame for case in told):
        return None
    return Switched(source=_each(one, lambda case: case.model_copy(update={"frame": frame})))


def _wrong_at_median(one: Assessment) -> Switched:
    return _held(one, _medians(one.knowledge, (
        name for name in _named(one.knowledge, "wrong_actor.") if one.knowledge.quantities[name].unit == "USD"
    )))  # fmt: skip


def _medians(knowledge: Knowledge, names: Iterable[str]) -> dict[str, float]:
    return {name: knowledge.quantities[name].distribution.quantile(0.5) for name in names}


def _escalated(one: Assessment) -> Switched:
    times, stated = one.knowledge.mean("assumption.more_retaliation"), one.case.stakes.escalation
    if isinstance(stated, Range):
        return _staked(one, {"escalation": stated.model_copy(update={
            "low": times * stated.low, "high": times * stated.high})})  # fmt: skip
    return _staked(one, {"escalation": times * (1.0 if stated is None else stated)})


def _all_here(one: Assessment) -> Switched | None:
    stakes = one.costs.stakes
    if stakes.rate_elsewhere.mean <= 0:
        return None
    whole = stakes.rate_target.mean + stakes.rate_elsewhere.mean
    return _staked(one, {"recurrence_nation": whole, "recurrence_target": whole})


def _harm_at_median(one: Assessment) -> Switched | None:
    stakes = one.case.stakes
    ranges = {
        name: value for name in ("harm_now", "harm_next", "pending_harm")
        if isinstance(value := getattr(stakes, name), Range)
    }  # fmt: skip
    own = [] if stakes.harm_now is not None else [f"harm.{one.case.target.kind}"]
    if not ranges and not own:
        return None
    told = _staked(one, {name: float((value.low * value.high) ** 0.5) for name, value in ranges.items()})
    return replace(told, knowledge=one.knowledge.held(_medians(one.knowledge, own)) if own else None)


def _staked(one: Assessment, values: Mapping[str, Any]) -> Switched:
    """Return the case, or the campaign with its own stakes, changed."""
    stakes = one.case.stakes.model_copy(update=dict(values))
    if one.campaign is None:
        return Switched(source=one.case.model_copy(update={"stakes": stakes}))
    file = one.campaign.file.model_copy(update={"stakes": stakes, "target": one.case.target})
    return Switched(source=replace(one.campaign, file=file))


def _each(one: Assessment, change: Callable[[Case], Case]) -> Case | Campaign:
    if one.campaign is None:
        return change(one.case)
    return replace(one.campaign, episodes=tuple(change(case) for case in one.campaign.episodes))
