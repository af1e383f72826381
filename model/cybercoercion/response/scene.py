"""A belief and the costs side by side: what a plan costs on average, in each reading of the inputs, in each future."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.costs import Costs
from cybercoercion.response.terms import Chance, Plan, Terms, terms, total
from cybercoercion.response.variant import View
from cybercoercion.response.weights import BeliefLike, Weights

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Scene:
    """A belief and the costs, with the belief in the forms in which costs read it."""

    belief: BeliefLike
    costs: Costs
    mean: Weights
    inside: Weights
    share: Array  # weight of each draw, dims (draw,)
    future: Weights
    chance: Chance
    two_step: bool
    margin: float  # USD; differences below it are ties

    def expected(self, plan: Plan, view: View) -> dict[str, float]:
        """Return the expected cost of a plan by term, USD."""
        parts = terms(self.costs, plan, view, self.mean, expected=True)
        return {name: float(part[0]) if part.size == 1 else float(part.mean()) for name, part in parts.items()}

    def drawn(self, plan: Plan, view: View) -> Array:
        """Return the cost of a plan in each draw of the inputs, states averaged, USD, dims ``(draw,)``."""
        return self.spread(terms(self.costs, plan, view, self.inside, expected=False))

    def smoothed(self, plan: Plan, view: View) -> Array:
        """Return the cost in each draw with exact means of money and rates: its mean is what is expected."""
        return self.spread(terms(self.costs, plan, view, self.inside, expected=True))

    def futures(self, plan: Plan, view: View) -> Array:
        """Return the cost of a plan in each future, USD, dims ``(draw,)``."""
        return self.spread(terms(self.costs, plan, view, self.future, expected=False, chance=self.chance))

    def spread(self, parts: Terms) -> Array:
        """Return the total of the terms in every draw."""
        return np.broadcast_to(total(parts), self.share.shape)
