"""Some plans under changed costs: what a changed input does not enter is not computed again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Never

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.case import Case
from cybercoercion.knowledge import Knowledge
from cybercoercion.response import costs
from cybercoercion.response.by_state import aimed_by_state, resilience_by_state
from cybercoercion.response.costs import Costs
from cybercoercion.response.course import Course, course
from cybercoercion.response.factors import factors
from cybercoercion.response.singles import singles
from cybercoercion.response.situation import situation
from cybercoercion.response.terms import NOTHING_NEW, Plan
from cybercoercion.response.timeline import timeline
from cybercoercion.response.variant import View
from cybercoercion.sensitivity.choice import Choice
from cybercoercion.sensitivity.input.asked import noting
from cybercoercion.sensitivity.input.inputs import Input
from cybercoercion.sensitivity.input.stakes import TRADE, with_stakes

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entering:
    """Names of the quantities that enter the timeline, the factors of purpose, the courses of resilience, and all."""

    timeline: frozenset[str]
    factors: frozenset[str]
    course: frozenset[str]
    all: frozenset[str]


def entering(case: Case, knowledge: Knowledge, menu: Choice, plans: Sequence[Plan]) -> Entering:
    """Return what enters the cost of some plans, and the arrays that are dear to compute, by watching what is asked.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.sensitivity.choice import choice
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=100))
    >>> menu = choice(sony)
    >>> found = entering(sony.case, sony.knowledge, menu, menu.plans)
    >>> "discount" in found.timeline, "harm_removable" in found.course, "effect.punishment" in found.course
    (True, True, False)
    """
    few = noting(knowledge)
    every: set[str] = set()

    def noted() -> frozenset[str]:
        names = frozenset(few.noted("others") | few.noted("amounts"))
        few.noted("others").clear()
        few.noted("amounts").clear()
        every.update(names)
        return names

    timeline(few)
    of_time = noted()
    for stated in (True, False):
        factors(few, stated=stated)
    of_factors = noted()
    stakes = situation(case, few)
    noted()

    def anew(measures: frozenset[str]) -> Course:
        return course(measures, stakes, few, anew)

    for measures in _measures(plans):
        anew(measures)
    of_course = noted() | of_time | of_factors
    differences(costs(case, few, only=keys(plans)), menu.view, plans, menu.states)
    noted()
    return Entering(timeline=of_time, factors=of_factors, course=of_course, all=frozenset(every))


def keys(plans: Sequence[Plan]) -> frozenset[tuple[str, str | None]]:
    """Return the keys of all levers of some plans."""
    return frozenset(lever.key for plan in plans for lever in plan.levers)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reprice:
    """Some plans, to be priced again and again on one knowledge; ``base`` holds their levers only."""

    case: Case
    knowledge: Knowledge
    view: View
    plans: tuple[Plan, ...]
    states: Array  # (intent, actor, demand)
    base: Costs
    enters: Entering

    @property
    def now(self) -> Array:
        """The expected difference to nothing new as things are, USD, dims ``(plan,)``."""
        return differences(self.base, self.view, self.plans, self.states)

    def reaches(self, one: Input) -> bool:
        """Say whether an input can bear on these plans at all."""
        return one.name not in self.knowledge.quantities or one.name in self.enters.all

    def at(self, one: Input, value: float) -> Array:
        """Return the same with an input at a value; of an input that moves no belief."""
        case, held = changed(self.case, one, value)
        priced = costs(case, self._knowledge(held) if held else self.knowledge, only=keys(self.plans))
        if not self.enters.course & held.keys():
            self.share(priced, effects=one.linear)
        return differences(priced, self.view, self.plans, self.states)

    def _knowledge(self, held: Mapping[str, float]) -> Knowledge:
        base, knowledge = self.base, self.knowledge.held(held)
        if not self.enters.timeline & held.keys():
            time, unmoved = base.time, base.course().nation
            knowledge.remember("response.timeline", lambda: time)
            knowledge.remember("response.unmoved", lambda: unmoved)
        if not self.enters.factors & held.keys():
            stated = self.case.stakes.recurrence_nation is not None
            knowledge.remember(("response.factors", stated), lambda: base.factors)
        return knowledge

    def share(self, priced: Costs, *, effects: bool) -> None:
        """Let costs take over courses of resilience, where these are the same, and effects if told so."""
        base = self.base
        same = np.array_equal(priced.stakes.resilience, base.stakes.resilience)
        if not same or not np.array_equal(priced.stakes.harm_at, base.stakes.harm_at):
            return
        for measures in _measures(self.plans):
            under = base.course(measures)
            priced.remember(("course", measures), kept(under))
            if effects:
                singles(base, self.view, measures)  # computes them, if they are not yet there
                key = ("effects", base.cells(self.view), measures)
                found: object = base.remember(key, _absent)
                priced.remember(key, kept(found))


def reprice(assessment: Assessment, menu: Choice, rows: Iterable[int], *, draws: int | None = None) -> Reprice:
    """Return some plans of a menu, to be priced again under the belief as it is; on fewer ``draws`` if told so."""
    known = assessment.knowledge
    if draws is not None and draws < known.size:
        known = replace(known, size=draws, _memory={})
    plans = tuple(menu.plans[row] for row in rows)
    base = costs(assessment.case, known, only=keys(plans))
    if known is assessment.knowledge:
        for measures in _measures(plans):
            under = assessment.costs.course(measures)
            base.remember(("course", measures), kept(under))
    return Reprice(
        case=assessment.case,
        knowledge=known,
        view=menu.view,
        plans=plans,
        states=menu.states,
        base=base,
        enters=entering(assessment.case, known, menu, plans),
    )


def changed(case: Case, one: Input, value: float) -> tuple[Case, dict[str, float]]:
    """Return the case, and the quantities held, with an input that moves no belief at a value.

    As the input's own answer has them, without computing that answer.
    """
    block, _, rest = one.name.partition(".")
    if block == "stakes" and rest == "recurrence_nation" and case.stakes.recurrence_nation is None:
        return case, {f"rate.nation.{case.target.kind}": value}
    if block == "stakes" and "." not in rest and rest != TRADE:
        return with_stakes(case, **{rest: value}), {}
    if block == "actors":
        who, _, trait = rest.rpartition(".")
        actors = tuple(one.model_copy(update={trait: value}) if one.id == who else one for one in case.actors)
        return case.model_copy(update={"actors": actors}), {}
    if block in ("stakes", "demands"):
        return one.ask(value).costs.case, {}
    return case, {one.name: value}


def kept[T](value: T) -> Callable[[], T]:
    """Return what gives a value that is there already."""
    return lambda: value


def _measures(plans: Sequence[Plan]) -> set[frozenset[str]]:
    return {plan.measures for plan in plans} | {frozenset[str]()}


def differences(priced: Costs, view: View, plans: Sequence[Plan], states: Array) -> Array:
    """Return the expected difference of some plans to nothing new, USD, dims ``(plan,)``.

    As a menu has them, but for these plans only; ``states`` has dims ``(intent, actor, demand)`` and sums to one.
    """
    shape = states.shape[1:]
    out = np.empty(len(plans))
    by_base: dict[frozenset[str], list[int]] = {}
    for place, plan in enumerate(plans):
        by_base.setdefault(plan.measures, []).append(place)
    level = resilience_by_state(priced, NOTHING_NEW, view, *shape)
    for measures, places in by_base.items():
        under = 0.0
        if measures:
            base = Plan(levers=tuple(priced.lever(one.name) for one in plans[places[0]].levers if one.place is None))
            under = float(np.tensordot(resilience_by_state(priced, base, view, *shape) - level, states, 3))
        out[places] = under
        aimed = [place for place in places if plans[place].aimed]
        if aimed:
            table, added = aimed_by_state(priced, view, measures, *shape)
            rows = {lever.key: row for row, lever in enumerate(table.levers)}
            totals = added.reshape(len(added), -1) @ states.reshape(-1)
            out[aimed] += totals[[rows[plans[place].aimed[0].key] for place in aimed]]
    return out


def _absent() -> Never:
    raise LookupError("what is to be kept has not been computed")
