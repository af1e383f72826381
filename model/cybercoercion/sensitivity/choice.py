"""What is chosen among, with the expected cost of each plan in each state: the ground of every exact answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.response.by_state import aimed_by_state, resilience_by_state
from cybercoercion.response.costs import Costs
from cybercoercion.response.lever import Lever
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.response.terms import NOTHING_NEW, Plan
from cybercoercion.response.variant import View
from cybercoercion.response.weights import BeliefLike, accusable, averaged
from cybercoercion.sensitivity.asking import known_decision, known_view

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Decision = Literal["two-step", "response"]
DECISIONS: tuple[Decision, ...] = ("two-step", "response")
NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True, eq=False)
class Choice:
    """A menu of plans in one view, and what each is expected to cost in each state of the world.

    ``response``: every variant by itself, and nothing new; the options are the four responses and nothing, as ranked.
    ``two-step``: a resilience (or none) and on top of it one aimed lever (or none); every plan is an option.
    ``cost`` is the expected difference to nothing new, USD, dims ``(plan, intent, actor, demand)``; ``states`` the
    averaged posterior, dims ``(intent, actor, demand)``. The menu does not hang on what is learnt: so information
    cannot hurt. A lever that is aimed at a candidate too unlikely to be accused now stands on it, for it may be accused
    after news, unless it were the cheapest already: nobody accuses the far-fetched because that is cheap.
    """

    decision: Decision
    view: View
    plans: tuple[Plan, ...]
    names: tuple[str, ...]
    option_of: Index  # (plan,) -> option
    likely: NDArray[np.bool_]  # (plan,): aimed at nobody, or at a candidate likely enough to be accused now
    options: tuple[str, ...]
    actors: tuple[str, ...]
    demands: tuple[str, ...]
    intents: tuple[str, ...]
    cost: Array
    states: Array

    def expected(self, states: Array) -> Array:
        """Return the expected difference to nothing new of each plan, USD, dims ``(..., plan)``.

        ``states`` has dims ``(..., intent, actor, demand)``; where it does not sum to one, the result is scaled alike.
        """
        flat = states.reshape(*states.shape[:-3], -1)
        return np.asarray(flat @ self.cost.reshape(len(self.plans), -1).T)

    def value(self, states: Array) -> Array:
        """Return the expected difference to nothing new of the best plan, USD, dims ``(...,)``: at most 0."""
        return np.asarray(self.expected(states).min(-1))

    def best(self, states: Array) -> Index:
        """Return the place of the best plan, dims ``(...,)``; of equals, the first."""
        return np.asarray(self.expected(states).argmin(-1))

    def by_option(self, by_plan: Array) -> Array:
        """Return the cheapest plan of each option, dims ``(..., option)`` from ``(..., plan)``, as a ranking has it.

        Only plans that may be chosen now count; an option that has none costs infinitely much.
        """
        out = np.full((*by_plan.shape[:-1], len(self.options)), np.inf)
        for place in np.flatnonzero(self.likely):
            option = self.option_of[place]
            out[..., option] = np.minimum(out[..., option], by_plan[..., place])
        return out

    @property
    def now(self) -> Array:
        """The expected difference of each plan under the belief as it is, USD, dims ``(plan,)``."""
        return self.expected(self.states)

    @property
    def pick(self) -> int:
        """The place of the best plan as things are."""
        return int(self.best(self.states))

    @property
    def first(self) -> str:
        """The best option as things are."""
        return self.options[int(self.option_of[self.pick])]

    def labelled(self) -> xr.DataArray:
        """Return expected differences to nothing new by state, labelled ``(plan, intent, actor, demand)``, USD."""
        import xarray as xr

        coords = {"plan": list(self.names), "intent": list(self.intents), "actor": list(self.actors)}
        return xr.DataArray(
            self.cost,
            dims=("plan", "intent", "actor", "demand"),
            coords=coords | {"demand": list(self.demands)},
            name="difference",
            attrs={"unit": "USD", "view": self.view.name, "decision": self.decision},
        )


def choice(assessment: Assessment, *, decision: Decision = "two-step", view: str = DEFAULT_VIEW) -> Choice:
    """Return the menu of an assessment with the expected cost of each plan in each state.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=200))
    >>> choice(sony, decision="response").first == sony.ranking.default.first
    True
    """
    return choice_of(assessment.belief, assessment.costs, decision=decision, view=view)


def choice_of(belief: BeliefLike, costs: Costs, *, decision: Decision = "response", view: str = DEFAULT_VIEW) -> Choice:
    """Return the menu of a belief and costs: all of a ranking that takes no draws, in about a millisecond."""
    known_view(view)
    known_decision(decision)
    seen = costs.views[view]
    states = np.asarray(belief.posterior.sum(-1))
    states = states / states.sum()
    shape = (len(belief.actors), len(belief.demands))
    level = resilience_by_state(costs, NOTHING_NEW, seen, *shape)
    plans: list[tuple[Lever, ...]] = [()]
    tables: list[Array] = [np.zeros((1, *level.shape))]
    singly = [(lever,) for lever in costs.offered(seen) if lever.place is None]
    pair = tuple(lever for (lever,) in singly if lever.name != "national")
    for levers in [*singly] if decision == "response" else [*singly, pair]:
        plans.append(levers)
        tables.append(resilience_by_state(costs, Plan(levers=levers), seen, *shape)[None] - level)
    for base in [()] if decision == "response" else list(plans):
        table, added = aimed_by_state(costs, seen, frozenset(lever.name for lever in base), *shape)
        under = tables[plans.index(base)]
        plans += [(*base, lever) for lever in table.levers]
        tables.append(under + added)
    cost = np.concatenate(tables)
    accused = accusable(averaged(belief, costs.factors, costs.off_target), costs.knowledge)
    likely = np.array([all(one.place is None or accused[one.place] for one in levers) for levers in plans])
    now = np.tensordot(cost, states, 3)
    # without what would be cheapest now only because it accuses the far-fetched
    kept = np.flatnonzero(likely | (now >= now[likely].min()))
    plans, cost = [plans[row] for row in kept], cost[kept]
    option_names = [_option(levers, decision) for levers in plans]
    options = tuple(dict.fromkeys(option_names))
    return Choice(
        decision=decision,
        view=seen,
        plans=tuple(Plan(levers=levers) for levers in plans),
        names=tuple(name_of(levers) for levers in plans),
        option_of=np.array([options.index(name) for name in option_names], dtype=np.intp),
        likely=likely[kept],
        options=options,
        actors=belief.actors,
        demands=belief.demands,
        intents=belief.intents,
        cost=np.ascontiguousarray(cost),
        states=states,
    )


def _option(levers: tuple[Lever, ...], decision: Decision) -> str:
    if decision == "two-step":
        return name_of(levers)
    return levers[0].variant.response if levers else NOTHING


def name_of(levers: tuple[Lever, ...]) -> str:
    """Return the name of a plan: its levers, with whom they are aimed at."""
    return (
        " + ".join(lever.name if lever.target is None else f"{lever.name} against {lever.target}" for lever in levers)
        or NOTHING
    )
