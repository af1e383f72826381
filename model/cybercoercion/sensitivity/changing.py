"""The decision under a changed input: what is asked again, and what need not be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment, as_case
from cybercoercion.belief import Belief, believe, believe_campaign
from cybercoercion.case import Campaign, Case
from cybercoercion.knowledge import Knowledge
from cybercoercion.response import costs, rank
from cybercoercion.response.assumed import AssumedBelief
from cybercoercion.response.costs import Costs
from cybercoercion.response.table import ViewRanking
from cybercoercion.response.weights import BeliefLike
from cybercoercion.sensitivity.asking import known_view
from cybercoercion.sensitivity.choice import Choice, Decision, choice_of
from cybercoercion.sensitivity.output import Output, gap, measured
from cybercoercion.vocabulary import COERCION

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Answer:
    """A belief and costs in one view; what is expected is computed without draws, shares only when asked for."""

    belief: BeliefLike
    costs: Costs
    view: str

    @cached_property
    def choice(self) -> Choice:
        """The five: four responses at their best variants, and nothing new."""
        return choice_of(self.belief, self.costs, decision="response", view=self.view)

    def menu(self, decision: Decision) -> Choice:
        """Return the menu of a decision."""
        return (
            self.choice
            if decision == "response"
            else choice_of(self.belief, self.costs, decision=decision, view=self.view)
        )

    @cached_property
    def ranking(self) -> ViewRanking:
        """The full ranking, with draws."""
        return rank(self.belief, self.costs, views=(self.view,)).views[self.view]

    @property
    def first(self) -> str:
        """The cheapest of the five."""
        return self.choice.first

    def differences(self) -> dict[str, float]:
        """Return the expected difference to nothing new of each of the five, USD."""
        return dict(zip(self.choice.options, self.choice.by_option(self.choice.now).tolist(), strict=True))

    def gap(self, pick: str) -> float:
        """Return by how much the cheapest of the other four costs more than ``pick``, USD: 0 where it flips."""
        each = self.differences()
        return gap(np.array(list(each.values())), list(each), pick)

    def measured(self, output: Output, pick: str = "") -> Array:
        """Return the numbers of an output, dims ``(label,)``."""
        if output == "gap":
            return np.array([self.gap(pick or self.first)])
        return measured(output, self.belief, None if output == "belief" else self.ranking, pick=pick)


def answer(assessment: Assessment, view: str) -> Answer:
    """Return the answer as it stands."""
    known_view(view)
    return Answer(belief=assessment.belief, costs=assessment.costs, view=view)


def asked_again(
    assessment: Assessment,
    view: str,
    *,
    source: Case | Campaign | None = None,
    knowledge: Knowledge | None = None,
    belief: BeliefLike | None = None,
) -> Answer:
    """Return the answer for another case or knowledge; with ``belief`` given, only costs are computed again."""
    told = source if source is not None else assessment.campaign or assessment.case
    known = knowledge if knowledge is not None else assessment.knowledge
    priced = as_case(told) if isinstance(told, Campaign) else told
    return Answer(belief=believed(told, known) if belief is None else belief, costs=costs(priced, known), view=view)


def believed(source: Case | Campaign, knowledge: Knowledge) -> Belief:
    """Return what is believed about a case, or about a campaign as a whole."""
    if isinstance(source, Campaign):
        return believe_campaign(source.id, source.episodes, knowledge).whole
    return believe(source, knowledge)


def tilted(belief: BeliefLike, node: str, shares: Mapping[str, float]) -> AssumedBelief:
    """Return the belief with one marginal given, all else as it was given it (Jeffrey): odds inside each state stay.

    ``node`` is ``intent``, ``actor``, ``demand``, or ``coercion`` with the states ``yes`` and ``no``; what ``shares``
    leaves out keeps its odds and takes what is left.

    Raises
    ------
    ValueError
        When belief is asked for in what is impossible.
    """
    axis = {"coercion": 0, "intent": 0, "actor": 1, "demand": 2}[node]
    labels = (belief.intents, belief.actors, belief.demands)[axis]
    groups = ["yes" if label in COERCION else "no" for label in labels] if node == "coercion" else list(labels)
    posterior = belief.posterior / belief.posterior.sum()
    mass = posterior.sum(tuple(other for other in range(4) if other != axis))
    by_group = {name: float(mass[[g == name for g in groups]].sum()) for name in dict.fromkeys(groups)}
    free = sum(p for name, p in by_group.items() if name not in shares)
    left = 1.0 - sum(shares.values())
    scale = {}
    for name, p in by_group.items():
        wanted = shares.get(name)
        if wanted is not None and wanted > 0 and p <= 0:
            raise ValueError(f"{node} {name} is impossible: no belief can be put on it")
        if wanted is None:
            scale[name] = left / free if free > 0 else 0.0
        else:
            scale[name] = wanted / p if p > 0 else 0.0
    factor = np.array([scale[name] for name in groups])
    shape = [1, 1, 1, 1]
    shape[axis] = len(labels)
    return AssumedBelief(
        intents=belief.intents,
        actors=belief.actors,
        demands=belief.demands,
        posterior=posterior * factor.reshape(shape),
    )
