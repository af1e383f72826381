"""The stakes of a case as inputs: what it states, or the default of its kind of target."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cybercoercion.assessment import Assessment
from cybercoercion.case import Case
from cybercoercion.case.fields import FrozenMapping
from cybercoercion.knowledge import Knowledge
from cybercoercion.knowledge.distribution import Distribution
from cybercoercion.response.amount import Amount, RangeLike, stated
from cybercoercion.response.costs import Costs
from cybercoercion.response.lever import trade
from cybercoercion.sensitivity.changing import Answer, asked_again
from cybercoercion.sensitivity.input.input import Input, made
from cybercoercion.sensitivity.input.spread import Spread, of_amount, of_draws, of_quantity

Family = Literal["log-normal", "logit-normal"]
Stated = float | RangeLike | None
GROUP = "stakes"
TRADE = "bilateral_trade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of the stakes: how it is called, its unit, the family of a stated range, whether costs are linear in it.

    ``default`` names the entry that stands in for it, with the kind of target after it where ``by_kind``; without one,
    ``point`` does.
    """

    name: str
    label: str
    unit: str
    family: Family = "log-normal"
    linear: bool = False
    default: str = ""
    by_kind: bool = True
    point: float = 0.0


FIELDS = (
    Field(name="harm_now", label="harm of this episode", unit="USD", linear=True, default="harm"),
    Field(
        name="avoidable", label="share of it not yet sunk", unit="share", family="logit-normal", linear=True,
        default="avoidable", by_kind=False,
    ),
    Field(name="pending_harm", label="harm threatened and still to come", unit="USD", linear=True),
    Field(
        name="meant", label="probability that the threat is meant", unit="probability", family="logit-normal",
        linear=True, default="meant", by_kind=False,
    ),
    Field(
        name="resilience", label="resilience now", unit="share", family="logit-normal", default="resilience"
    ),
    Field(
        name="harm_at_resilience", label="resilience at which harms are stated", unit="share", family="logit-normal",
        default="resilience",
    ),
    Field(name="escalation", label="risk of escalation", unit="factor", point=1.0),
    Field(name="price_of_escalation", label="price of escalation", unit="factor", linear=True, point=1.0),
    Field(
        name="country_gdp", label="GDP of the country", unit="USD", default="country_gdp", by_kind=False
    ),
    Field(name="recurrence_target", label="further episodes at the target", unit="1/yr", default="rate.target"),
    Field(name="recurrence_nation", label="further episodes in the country", unit="1/yr", default="rate.nation"),
    Field(name="harm_next", label="harm of one further episode", unit="USD", linear=True, default="harm"),
)  # fmt: skip


def defaults(case: Case) -> frozenset[str]:
    """Return the entries that stand in for what the case leaves out: they are inputs under the name of the field."""
    kind, stakes = case.target.kind, case.stakes
    found = {_default(field, case) for field in FIELDS if getattr(stakes, field.name) is None} - {""}
    if any(demand.cost_of_conceding is None for demand in case.demands):
        found.add(f"concession.loss.{kind}")
    for actor in case.actors:
        found |= {f"{trait}.{actor.kind}" for trait in ("interdependence", "norm_adherence")}
    return frozenset(found - {"resilience.state"})  # which says how resilient the others are, too


def default_entry(name: str, case: Case) -> str:
    """Return the entry of the tables that stands in for a field of the stakes that a case leaves out; "" for none.

    >>> from cybercoercion.case import load_case
    >>> default_entry("resilience", load_case("sony-2014")), default_entry("escalation", load_case("sony-2014"))
    ('resilience.firm', '')
    """
    return next((_default(field, case) for field in FIELDS if field.name == name), "")


def _default(field: Field, case: Case) -> str:
    if field.name == "recurrence_target" and case.target.kind == "state":
        return f"rate.nation.{case.target.kind}"  # every episode in the country hits the target
    if not field.default:
        return ""
    return f"{field.default}.{case.target.kind}" if field.by_kind else field.default


def stake_inputs(assessment: Assessment, view: str) -> Iterator[Input]:
    """Yield the inputs of the stakes that bear on costs in a view."""
    case, priced = assessment.case, assessment.costs
    stakes, seen = case.stakes, priced.views[view]
    own_rate = case.target.kind != "state" or stakes.recurrence_target is not None
    for field in FIELDS:
        if field.name == "meant" and stakes.pending_harm is None:
            continue  # nothing is threatened
        if field.name == "recurrence_nation" and own_rate and not seen.nation:
            continue  # the target's own rate is all that counts
        linear = field.linear
        if field.name == "recurrence_target":
            linear = not seen.nation and own_rate  # else the others' rate is what it leaves of the country's, if any
        if field.name == "recurrence_nation":
            linear = not own_rate  # then no other target is counted beside it
        yield _of_stakes(assessment, view, field, linear=linear)
    yield from _trades(assessment, view)
    yield from _demands(assessment, view)


def spread_of(
    knowledge: Knowledge, value: Stated, stream: str, family: Family, default: Callable[[], Spread]
) -> Spread:
    """Return the spread of what a case states, or of its default."""
    if value is None:
        return default()
    amount = stated(knowledge, value, stream, family, lambda: Amount(np.zeros(1), 0.0))
    return of_amount(amount, distribution(value, family), knowledge.size)


def distribution(value: float | RangeLike, family: Family) -> Distribution:
    """Return how uncertain a stated number is: a point is a point."""
    if isinstance(value, int | float):
        return Distribution(family="point", a=float(value))
    return Distribution.from_quantiles(family, value.low, value.high, value.mass)


def point(knowledge: Knowledge, value: float) -> Spread:
    """Return a number that is taken to be certain."""
    amount = Amount(np.array([value]), value)
    return of_amount(amount, Distribution(family="point", a=value), knowledge.size)


def with_stakes(case: Case, **fields: object) -> Case:
    """Return the case with other stakes; values are not checked again."""
    return case.model_copy(update={"stakes": case.stakes.model_copy(update=fields)})


def _of_stakes(assessment: Assessment, view: str, field: Field, *, linear: bool) -> Input:
    case, knowledge = assessment.case, assessment.knowledge
    value: Stated = getattr(case.stakes, field.name)
    name = _default(field, case)

    def default() -> Spread:
        if field.name == "harm_next":  # as much as this one did, however that is known
            return spread_of(
                knowledge, case.stakes.harm_now, "stakes.harm_now", "log-normal", lambda: of_quantity(knowledge, name)
            )
        if field.name == "recurrence_target" and case.target.kind == "state":
            nation: Stated = case.stakes.recurrence_nation
            return spread_of(
                knowledge, nation, "stakes.recurrence_nation", "log-normal", lambda: of_quantity(knowledge, name)
            )
        return of_quantity(knowledge, name) if name else point(knowledge, field.point)

    def ask(to: float) -> Answer:
        if field.name == "recurrence_nation" and value is None:
            # the default counts attacks of states, and crime recurs more often than that: stating it says otherwise
            held = knowledge.held({name: to})
            return asked_again(assessment, view, knowledge=held, belief=assessment.belief)
        return priced_again(assessment, view, with_stakes(case, **{field.name: to}))

    return made(
        f"stakes.{field.name}",
        spread_of(knowledge, value, f"stakes.{field.name}", field.family, default),
        ask,
        label=field.label,
        group=GROUP,
        unit=field.unit,
        linear=linear,
        ends=(1.0, math.inf) if field.name == "country_gdp" else None,  # no country without an economy
    )


def priced_again(assessment: Assessment, view: str, case: Case) -> Answer:
    """Return the answer with the costs of another case, the belief as it is."""
    return asked_again(assessment, view, source=case, belief=assessment.belief)


def _trades(assessment: Assessment, view: str) -> Iterator[Input]:
    """Yield trade with each candidate's country; one number for all where the case states one."""
    case, knowledge, priced = assessment.case, assessment.knowledge, assessment.costs
    value = case.stakes.bilateral_trade
    unit, field = "USD/yr", f"stakes.{TRADE}"
    if value is not None and not isinstance(value, Mapping):
        yield made(
            field,
            spread_of(knowledge, value, field, "log-normal", lambda: point(knowledge, 0.0)),
            lambda to: priced_again(assessment, view, with_stakes(case, bilateral_trade=to)),
            label="trade with the actor's country",
            group=GROUP,
            unit=unit,
            linear=True,
        )
        return
    for actor in case.actors:

        def ask(to: float, who: str = actor.id) -> Answer:
            table = FrozenMapping({**(value or {}), who: to})
            return priced_again(assessment, view, with_stakes(case, bilateral_trade=table))

        yield made(
            f"{field}.{actor.id}",
            _trade_now(case, actor.id, knowledge, priced),
            ask,
            label=f"trade with the country of {actor.name}",
            group=GROUP,
            unit=unit,
            linear=True,
        )


def _trade_now(case: Case, actor: str, knowledge: Knowledge, priced: Costs) -> Spread:
    table = case.stakes.bilateral_trade
    told = table.get(actor) if isinstance(table, Mapping) else None
    if told is not None:
        return point(knowledge, float(told))
    amount = trade(case, case.actor(actor), knowledge, priced.stakes)
    return of_draws(np.broadcast_to(amount.draws, (knowledge.size,)), amount.mean, knowledge.size)


def _demands(assessment: Assessment, view: str) -> Iterator[Input]:
    case, knowledge = assessment.case, assessment.knowledge
    field = "cost_of_conceding"
    for demand in case.demands:

        def ask(to: float, which: str = demand.id) -> Answer:
            changed = tuple(one.model_copy(update={field: to}) if one.id == which else one for one in case.demands)
            return priced_again(assessment, view, case.model_copy(update={"demands": changed}))

        yield made(
            f"demands.{demand.id}.{field}",
            spread_of(
                knowledge,
                demand.cost_of_conceding,
                f"demand.{field}",
                "log-normal",
                lambda: of_quantity(knowledge, f"concession.loss.{case.target.kind}"),
            ),
            ask,
            label=f"loss of conceding: {demand.text}",
            group="demands",
            unit="USD",
            linear=True,
        )
