"""What it would be worth to set a number or a state, rather than to learn it: the best outcome, not the mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.case import Case
from cybercoercion.response import costs
from cybercoercion.response.by_state import resilience_by_state
from cybercoercion.response.costs import Costs
from cybercoercion.response.terms import NOTHING_NEW
from cybercoercion.response.weights import accusable, averaged
from cybercoercion.sensitivity.choice import Choice, choice_of
from cybercoercion.sensitivity.value.preposterior import worth
from cybercoercion.vocabulary import COERCION

Array = NDArray[np.float64]
NODES = ("actor", "intent", "coercion", "demand")
TRAITS = ("interdependence", "norm_adherence")
HIGH = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlValue:
    """What setting one thing is worth: the level of cost now less the level at its best value, USD.

    Levels, not differences to nothing new: what lowers the cost of nothing new counts. It is the best over the values
    that were tried, and below 0 where even the best of them costs more than things as they are.
    """

    name: str
    label: str
    values: tuple[float, ...]  # that it was set to
    levels: tuple[float, ...]  # expected cost of the best plan at each, USD
    now: float  # the same as things are

    @property
    def best(self) -> float:
        """The value at which costs are lowest."""
        return self.values[int(np.argmin(self.levels))]

    @property
    def value(self) -> float:
        """What it would be worth to set it so, USD, before what that costs."""
        return self.now - min(self.levels)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeValue:
    """A state that hides what has happened: knowing it is worth a mean over outcomes, choosing it would be the best.

    ``information`` is what knowing the state is worth, ``V - sum_x p(x) V(x)``, a mean; ``control`` is
    ``max_x [V - V(x)]`` on levels of cost: nobody can set who did it, so it is a limit for whatever may influence the
    next episode.
    """

    node: str
    information: float  # USD: the mean
    control: float  # USD: the largest
    outcome: str  # at which costs are lowest


class Levels:
    """A menu and the level of nothing new by state: what the best plan costs under a belief."""

    def __init__(self, choice: Choice, priced: Costs) -> None:
        """Keep the menu and its costs."""
        self.choice, self.priced = choice, priced

    @cached_property
    def nothing(self) -> Array:
        """The expected cost of nothing new in each state, USD, dims ``(intent, actor, demand)``."""
        shape = (len(self.choice.actors), len(self.choice.demands))
        return resilience_by_state(self.priced, NOTHING_NEW, self.choice.view, *shape)

    def value(self, states: Array) -> Array:
        """Return the expected cost of the best plan, USD, dims ``(...,)``; scaled as the states are."""
        return np.asarray((states * self.nothing).sum((-3, -2, -1)) + self.choice.value(states))


def control(assessment: Assessment, choice: Choice) -> tuple[ControlValue, ...]:
    """Return what setting an input is worth, in a menu's view and decision, the belief staying as it is.

    ``V - min over values of min_d E[c_d | do(x)]``: resilience at its own 95 % and at 1, no risk of escalation, and
    interdependence and adherence to norms of those who may be accused at 0 and 1. To set is not to learn: what these
    say of who did it stays as it was.
    """
    known = assessment.knowledge
    now = float(Levels(choice, assessment.costs).value(choice.states))

    def level(changed: Case) -> float:
        priced = costs(changed, known)
        menu = choice_of(assessment.belief, priced, decision=choice.decision, view=choice.view.name)
        return float(Levels(menu, priced).value(menu.states))

    out = []
    for name, label, cases in _settings(assessment):
        values = tuple(cases)
        out.append(
            ControlValue(name=name, label=label, values=values, levels=tuple(map(level, cases.values())), now=now)
        )
    return tuple(out)


def control_of_states(choice: Choice, priced: Costs, nodes: Sequence[str] = NODES) -> tuple[OutcomeValue, ...]:
    """Return for each hidden state what knowing it is worth, a mean, and what its best outcome would be, the largest.

    ``sum_x p(x) VoE(x)`` against ``max_x VoE(x)``, with ``VoE(x) = V - V(x)`` on levels of cost.
    """
    levels = Levels(choice, priced)
    now = float(levels.value(choice.states))
    out = []
    for node in nodes:
        labels, parts = split(choice, node)
        p = parts.sum((1, 2, 3))
        some = np.flatnonzero(p > 0)
        each = levels.value(parts[some]) / p[some]
        best = int(np.argmin(each))
        out.append(
            OutcomeValue(
                node=node,
                information=worth(choice, parts),
                control=now - float(each[best]),
                outcome=labels[some[best]],
            )
        )
    return tuple(out)


def split(choice: Choice, node: str) -> tuple[tuple[str, ...], Array]:
    """Return the belief in parts by actor, intent, demand or coercion, dims ``(part, intent, actor, demand)``."""
    if node == "coercion":
        yes = np.array([intent in COERCION for intent in choice.intents])[:, None, None]
        return ("yes", "no"), np.stack([choice.states * yes, choice.states * ~yes])
    axis = ("intent", "actor", "demand").index(node)
    labels = (choice.intents, choice.actors, choice.demands)[axis]
    shape = [len(labels), 1, 1, 1]
    shape[axis + 1] = len(labels)
    return labels, choice.states * np.eye(len(labels)).reshape(shape)


def _settings(assessment: Assessment) -> Iterator[tuple[str, str, dict[float, Case]]]:
    """Yield what can be set: name, label, and the case at each value."""
    case, priced = assessment.case, assessment.costs

    def stakes(**fields: float) -> Case:
        return case.model_copy(update={"stakes": case.stakes.model_copy(update=fields)})

    high = float(np.quantile(priced.stakes.resilience, HIGH))
    yield "stakes.resilience", "resilience at its own 95 %, and full", {x: stakes(resilience=x) for x in (high, 1.0)}
    yield "stakes.escalation", "no risk of escalation", {0.0: stakes(escalation=0.0)}
    weights = averaged(assessment.belief, priced.factors, priced.off_target)
    for place in np.flatnonzero(accusable(weights, assessment.knowledge)):
        actor = case.actors[place]
        for trait in TRAITS:
            at = {}
            for value in (0.0, 1.0):
                others = tuple(
                    one.model_copy(update={trait: value}) if one.id == actor.id else one for one in case.actors
                )
                at[value] = case.model_copy(update={"actors": others})
            yield f"actors.{actor.id}.{trait}", f"{trait.replace('_', ' ')} of {actor.name}, none or full", at
