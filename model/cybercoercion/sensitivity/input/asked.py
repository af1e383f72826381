"""Which quantities a case asks for, by its belief and by its costs, and which of them enter as plain amounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import cast

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.belief import believe, believe_campaign
from cybercoercion.knowledge import Knowledge
from cybercoercion.response import costs
from cybercoercion.response.amount import Amount
from cybercoercion.sensitivity.choice import choice_of

Array = NDArray[np.float64]
FEW = 16  # draws: enough to see what is asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Names of quantities: asked for by the belief, by the costs, and of these the ones that enter as amounts only."""

    belief: frozenset[str]
    costs: frozenset[str]
    amounts: frozenset[str]


class Noting(Knowledge):
    """A knowledge that notes by whom its quantities are asked for: as amounts, or as draws and means."""

    def quantity(self, name: str) -> Array:
        """Return the draws of a quantity, and note it."""
        self._note(name)
        return Knowledge.quantity(self, name)

    def mean(self, name: str) -> float:
        """Return the mean of a quantity, and note it."""
        self._note(name)
        return Knowledge.mean(self, name)

    def remember[T](self, key: object, make: Callable[[], T]) -> T:
        """Return a derived value; what makes an amount is noted as an amount."""
        if isinstance(key, tuple) and key[0] == "amount":
            name = cast("str", key[1])
            self.noted("amounts").add(name)
            return Knowledge.remember(
                self,
                key,
                lambda: cast("T", Amount(Knowledge.quantity(self, name), Knowledge.mean(self, name))),
            )
        return Knowledge.remember(self, key, make)

    def noted(self, kind: str) -> set[str]:
        """Return the names noted so far."""
        return Knowledge.remember(self, ("noted", kind), set)

    def _note(self, name: str) -> None:
        self.noted("others").add(name)


def noting(knowledge: Knowledge, size: int = FEW) -> Noting:
    """Return the same knowledge with few draws, which notes what it is asked for."""
    kept = {one.name: getattr(knowledge, one.name) for one in fields(knowledge) if one.name != "_memory"}
    return Noting(**{**kept, "size": min(size, knowledge.size)})


def asked(assessment: Assessment, view: str) -> Asked:
    """Return which quantities the answer asks for, remembered.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = asked(assess(load_case("sony-2014"), load_knowledge(draws=100)), "nation")
    >>> "cost.urgent" in found.amounts, "effect.punishment" in found.amounts, "credibility.2" in found.belief
    (True, False, True)
    """
    source = assessment.campaign or assessment.case

    def make() -> Asked:
        by_belief, by_costs = noting(assessment.knowledge), noting(assessment.knowledge)
        if assessment.campaign is not None:
            believe_campaign(assessment.campaign.id, assessment.campaign.episodes, by_belief)
        else:
            believe(assessment.case, by_belief)
        choice_of(assessment.belief, costs(assessment.case, by_costs), view=view)
        others, amounts = by_costs.noted("others"), by_costs.noted("amounts")
        return Asked(
            belief=frozenset(by_belief.noted("others") | by_belief.noted("amounts")),
            costs=frozenset(others | amounts),
            amounts=frozenset(amounts - others),
        )

    return assessment.knowledge.remember_recent("asked", (source, view), make)
