"""Act now, or wait for the next report: what it is worth, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.belief import network_of
from cybercoercion.belief.channel import quality
from cybercoercion.belief.engine import seen_through_deception
from cybercoercion.belief.pointing import naming_actor
from cybercoercion.case import Case, Pending
from cybercoercion.knowledge import Knowledge
from cybercoercion.response.amount import ZERO, RangeLike, stated
from cybercoercion.response.lever import Lever
from cybercoercion.response.reference import Reference
from cybercoercion.response.scene import Scene
from cybercoercion.response.singles import singles
from cybercoercion.response.terms import Plan
from cybercoercion.response.variant import View
from cybercoercion.response.weights import accusable
from cybercoercion.vocabulary import facts

if TYPE_CHECKING:
    from cybercoercion.response.table import ViewRanking

Array = NDArray[np.float64]
DAYS = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The choice on top of the chosen resilience, now and after the next report; money in USD.

    ``now`` and ``after`` are expected differences to that resilience alone, at most 0; ``after`` is before any delay.
    ``break_even`` is the delay in years at which waiting is worth as little as acting now: None where acting now is
    worth nothing, so that waiting loses nothing.
    """

    report: str  # the id of the pending report, or "generic attribution report"
    about: str  # the candidate it would name
    hit: float
    false: float
    now: float
    after: float
    delay: float  # years until it is expected
    half_life: float  # of the link between act and response, years
    spent: float  # what the report and the delay cost
    base: float  # expected difference of the chosen resilience to nothing new

    @property
    def evsi(self) -> float:
        """What the report is worth if it came at once."""
        return max(self.now - self.after, 0.0)  # a report cannot hurt: what is below 0 is rounding

    @property
    def break_even(self) -> float | None:
        """``h log2(after / now)``, years."""
        return self.half_life * float(np.log2(1 + self.evsi / -self.now)) if self.now < 0 else None

    @property
    def delta(self) -> float:
        """The expected difference to nothing new of waiting, with the resilience taken now."""
        return self.base + self.after * float(2 ** (-self.delay / self.half_life)) + self.spent

    def reference(self, ranking: ViewRanking) -> Reference:
        """Return the line for the table."""
        plan = Plan(levers=ranking.base)
        parts = ranking.scene.expected(plan, ranking.view)
        terms = {name: part - ranking.baseline[name] for name, part in parts.items()}
        return Reference(
            name="wait",
            detail=self.report,
            expected_cost=ranking.nothing + self.delta,
            cost_low=None,
            cost_high=None,
            delta=self.delta,
            low=None,
            high=None,
            p_better=None,
            terms=terms | {"second_order": terms["second_order"] + self.delta - self.base},
        )


def waiting(scene: Scene, view: View, base: tuple[Lever, ...]) -> Waiting | None:
    """Return the preposterior of the next attribution report; None where no lever is aimed at anybody.

    ``W(tau) = sum over y of P(y) min_r Delta(r | y) 2^(-tau / h)``, exact over the two answers: it names the leading
    candidate, or it does not. The resilience is taken now in both arms.
    """
    table = singles(scene.costs, view, frozenset(lever.name for lever in base))
    if not table.levers:
        return None
    knowledge = scene.costs.knowledge
    states = scene.mean.states / scene.mean.mass
    about = int(np.argmax(states.sum((0, 2))[:-1]))
    report, named, delay, spent = _report(scene, about)

    def best(likelihood: Array) -> float:
        """Return P(y) min_r Delta(r | y): unnormalised, because the differences are linear in the belief."""
        scale = likelihood[None, :, None]
        mass = float((states * scale).sum())
        if mass <= 0:
            return 0.0
        weights = replace(
            scene.mean,
            states=states * scale / mass,
            demanded=scene.mean.demanded / scene.mean.mass * scale / mass,
            demands=scene.mean.asked(),
            mass=np.ones(1),
            _memory={},
        )
        totals = np.asarray(sum(table.differences(table.average(weights)).values()))
        return mass * min(0.0, float(np.min(totals[accusable(weights, knowledge)[table.places]], initial=0.0)))

    others = np.delete(states.sum((0, 2)), about)
    false = float(np.delete(named, about) @ others / others.sum()) if others.sum() > 0 else 0.0
    resilience = sum(scene.expected(Plan(levers=base), view).values()) - sum(
        scene.expected(Plan(levers=()), view).values()
    )
    return Waiting(
        report=report,
        about=scene.costs.case.actor_ids[about],
        hit=float(named[about]),
        false=false,
        now=best(np.ones(states.shape[1])),
        after=best(named) + best(1 - named),
        delay=delay,
        half_life=knowledge.mean("report.half_life"),
        spent=spent,
        base=resilience,
    )


def _report(scene: Scene, about: int) -> tuple[str, Array, float, float]:
    """Return name, P(it names the candidate | who did it), delay in years and cost of the next report about an actor.

    A pending report speaks through the channel of its grade with the rates of its fact, and through deception where
    traces can be planted, as any report does; without one, a generic report stands in.
    """
    case, knowledge = scene.costs.case, scene.costs.knowledge
    per_day = spent_on(case.stakes.delay_cost, "stakes.delay_cost", knowledge)
    network = network_of(case, knowledge)
    for pending in case.pending:
        if facts()[pending.fact].group != "actor":
            continue
        said = naming_actor(pending.fact, network, knowledge)[about]  # (who, draw)
        noise, q = (network.plausible_who * said).sum(0), quality(as_it_counts(pending.grade), knowledge)
        heard = q * said + (1 - q) * noise
        if facts()[pending.fact].deceivable:
            heard = seen_through_deception(network, heard)
        unlisted = network.plausible_who[network.candidates :]
        rest = (heard[network.candidates :] * unlisted).sum(0) / unlisted.sum(0)
        named = np.append(heard[: network.candidates] @ scene.share, rest @ scene.share)
        delay = delay_of(case, pending, knowledge)
        spent = spent_on(pending.cost, "pending.cost", knowledge)
        return pending.id, named, delay, spent + per_day * delay * DAYS
    delay = knowledge.mean("report.delay")
    named = np.full(network.candidates + 1, knowledge.mean("report.false"))
    named[about] = knowledge.mean("report.hit")
    return "generic attribution report", named, delay, per_day * delay * DAYS


def as_it_counts(grade: str | None) -> str | None:
    """Return the grade of a report that has yet to come: whether it will be confirmed nobody knows, so 1 counts as 2.

    >>> as_it_counts("A1"), as_it_counts("C4"), as_it_counts(None)
    ('A2', 'C4', None)
    """
    return f"{grade[0]}2" if grade is not None and grade[1] == "1" else grade


def delay_of(case: Case, pending: Pending, knowledge: Knowledge) -> float:
    """Return how long it takes until a report is expected, years."""
    date = pending.expected_date
    return max((date - case.as_of).days, 0) / DAYS if date else knowledge.mean("report.delay")


def spent_on(value: object, stream: str, knowledge: Knowledge) -> float:
    """Return the exact mean of a sum that a case states as a point or a range; none is 0."""
    return stated(knowledge, cast("float | RangeLike | None", value), stream, "log-normal", lambda: ZERO).mean
