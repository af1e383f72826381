"""What competes, told by functionals of a joint: the plans of a menu, actors, coercion against none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.assumed import AssumedBelief
from cybercoercion.response.costs import Costs
from cybercoercion.response.weights import BeliefLike
from cybercoercion.sensitivity.choice import Choice, Decision, choice_of
from cybercoercion.sensitivity.output import ROUNDING, Output, gap
from cybercoercion.vocabulary import COERCION

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Question = Literal["choice", "actor", "coercion"]
QUESTIONS: tuple[Question, ...] = ("choice", "actor", "coercion")
FAR = 1e15  # USD: for what does not stand at all
YES, NO = "coercion", "no coercion"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rivals:
    """What competes: the plans of a menu that holds every plan, actors, and coercion against none.

    ``place`` is the candidate that a plan is aimed at, -1 for none; ``share`` how likely it must be, beside the
    likeliest, to be accused. `matrix` says which functionals of a joint tell all of it.
    """

    menu: Choice
    place: Index  # (plan,)
    share: float

    @property
    def matrix(self) -> Array:
        """Mass, coercion, actors, demands, plans, dims ``(functional, intent, actor, demand)``."""
        menu = self.menu
        shape = menu.cost.shape[1:]
        coercive = np.array([intent in COERCION for intent in menu.intents])
        rows = [np.ones(shape), np.broadcast_to(coercive[:, None, None], shape)]
        rows += [np.broadcast_to((np.arange(shape[1]) == a)[:, None], shape) for a in range(shape[1])]
        rows += [np.broadcast_to(np.arange(shape[2]) == d, shape) for d in range(shape[2])]
        return np.array([*rows, *menu.cost], dtype=np.float64)

    def of(self, states: Array) -> Array:
        """Return the functionals, dims ``(functional,)``, of a belief, dims ``(intent, actor, demand)``."""
        return np.asarray(np.tensordot(self.matrix, states, 3))

    @property
    def _plans(self) -> int:
        return 2 + len(self.menu.actors) + len(self.menu.demands)

    def actors(self, values: Array) -> Array:
        """Return the mass of each actor, dims ``(..., actor)``."""
        return values[..., 2 : 2 + len(self.menu.actors)]

    def plans(self, values: Array) -> Array:
        """Return the cost of each plan times the mass, USD, dims ``(..., plan)``."""
        return values[..., self._plans :]

    def allowed(self, values: Array) -> NDArray[np.bool_]:
        """Say which plans are aimed at nobody, or at a candidate likely enough to be accused, dims ``(..., plan)``."""
        p = self.actors(values)[..., :-1]
        if not p.shape[-1]:
            return np.ones(self.plans(values).shape, dtype=bool)
        likely = p >= self.share * p.max(-1, keepdims=True)
        return np.asarray(np.where(self.place < 0, True, likely[..., np.maximum(self.place, 0)]))

    def by_option(self, values: Array) -> Array:
        """Return what each option is expected to cost at its cheapest plan, USD, dims ``(..., option)``."""
        cost = np.where(self.allowed(values), self.plans(values) / values[..., :1], np.inf)
        out = np.full((*cost.shape[:-1], len(self.menu.options)), np.inf)
        for plan, option in enumerate(self.menu.option_of):
            out[..., option] = np.minimum(out[..., option], cost[..., plan])
        return out

    def names(self, question: Question) -> tuple[str, ...]:
        """Return who can lead."""
        return {"choice": self.menu.options, "actor": self.menu.actors, "coercion": (YES, NO)}[question]

    def leader(self, question: Question, values: Array) -> Index:
        """Return who leads, dims ``(...,)``; of those that differ by rounding alone, the first; at one half, no."""
        if question == "coercion":
            excess = values[..., 1] / values[..., 0] - 0.5
            return np.asarray(np.where(excess > ROUNDING, 0, 1), dtype=np.intp)
        each = self._levels(question, values)
        return np.asarray((each >= each.max(-1, keepdims=True) - self._rounding(question, each)[..., None]).argmax(-1))

    def rounded(self, question: Question, values: Array, lead: int) -> float:
        """Return the margin of one, zero where it is within rounding: a tie."""
        margin = self.margin(question, values, lead)
        each = np.zeros(1) if question == "coercion" else self._levels(question, values)
        return 0.0 if abs(margin) <= float(self._rounding(question, each)) else margin

    def stays(self, question: Question, values: Array, lead: int) -> bool:
        """Say whether one leads, or shares the lead."""
        return self.rounded(question, values, lead) >= 0

    def _levels(self, question: Question, values: Array) -> Array:
        """Return what is compared, the higher the better, dims ``(..., rival)``."""
        return -self.by_option(values) if question == "choice" else self.actors(values) / values[..., :1]

    @staticmethod
    def _rounding(question: Question, each: Array) -> Array:
        """Return below which difference of levels there is a tie, dims ``(...,)``."""
        if question != "choice":
            return np.full(each.shape[:-1], ROUNDING)
        return ROUNDING * np.abs(np.where(np.isfinite(each), each, 0.0)).max(-1)

    def margin(self, question: Question, values: Array, lead: int) -> float:
        """Return by how much one leads the best of the others, in what is compared: negative where it does not lead."""
        if question == "coercion":
            excess = float(values[1] / values[0] - 0.5)
            return excess if lead == 0 else -excess
        each = self._levels(question, values)
        return float(np.clip(each[lead] - np.delete(each, lead).max(), -FAR, FAR))

    def differences(self, question: Question, values: Array) -> Array:
        """Return what is zero where the lead can change, dims ``(..., difference)``."""
        if question == "coercion":
            return values[..., 1:2] - values[..., :1] / 2
        if question == "actor":
            first, second = np.triu_indices(len(self.menu.actors), 1)
            p = self.actors(values)
            return np.asarray(p[..., first] - p[..., second])
        cost, p = self.plans(values), self.actors(values)[..., :-1]
        first, second = np.triu_indices(cost.shape[-1], 1)
        other = self.menu.option_of[first] != self.menu.option_of[second]
        one, two = (index.reshape(-1) for index in np.indices((p.shape[-1], p.shape[-1])))
        return np.concatenate(
            [
                cost[..., first[other]] - cost[..., second[other]],
                (p[..., one] - self.share * p[..., two])[..., one != two],
            ],
            axis=-1,
        )

    def numbers(self, output: Output, values: Array, pick: str) -> Array:
        """Return the numbers of belief, cost or gap, dims ``(..., label)``; not a number for what does not stand."""
        if output == "belief":
            return np.asarray(values[..., 1 : self._plans] / values[..., :1])
        each = self.by_option(values)
        if output == "cost":
            return np.where(np.isinf(each), np.nan, each)
        flat = each.reshape(-1, each.shape[-1])
        return np.array([gap(one, self.menu.options, pick) for one in flat]).reshape(*each.shape[:-1], 1)


def rivals_of(belief: BeliefLike, costs: Costs, view: str, decision: Decision) -> Rivals:
    """Return every plan, whoever may be accused now: what a plan costs in a state does not hang on the belief."""
    shape = belief.posterior.shape[:3]
    flat = AssumedBelief(
        intents=belief.intents,
        actors=belief.actors,
        demands=belief.demands,
        posterior=np.full((*shape, 1), 1 / np.prod(shape)),
    )
    menu = choice_of(flat, costs, decision=decision, view=view)
    aimed = [[lever.place for lever in plan.levers if lever.place is not None] for plan in menu.plans]
    place = np.array([each[0] if each else -1 for each in aimed], dtype=np.intp)
    return Rivals(menu=menu, place=place, share=costs.knowledge.mean("accused_share"))
