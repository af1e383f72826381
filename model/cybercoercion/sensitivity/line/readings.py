"""What each option costs in each reading of the inputs, and in each future, with its exact mean beside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.summary import best_shares, regrets
from cybercoercion.response.terms import NOTHING_NEW, Plan
from cybercoercion.sensitivity.changing import Answer
from cybercoercion.sensitivity.choice import Decision

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Readings:
    """Draws of the cost of each option at its cheapest plan, differences to nothing new, USD, dims ``(option, draw)``.

    ``expected`` are exact means, dims ``(option,)``; ``drawn`` averages over states inside each draw, ``futures`` has a
    state and what follows drawn too; ``share`` is the weight of each draw.
    """

    options: tuple[str, ...]
    plans: tuple[str, ...]
    expected: Array
    drawn: Array
    futures: Array
    share: Array

    @property
    def first(self) -> int:
        """The place of the option with the lowest expected cost."""
        return int(self.expected.argmin())

    def often(self, *, futures: bool = False) -> Array:
        """Return how often each option is cheapest, dims ``(option,)``; sums to one."""
        return best_shares(self.futures if futures else self.drawn, self.share)

    def losses(self, *, futures: bool = False) -> Array:
        """Return the expected loss of choosing each option, ``ELC_d = E[c_d - min c]``, USD, dims ``(option,)``.

        What the first choice is expected to lose is counted on the draws; the others lose by the exact difference of
        expected costs more. So heavy tails, which the mean of few draws misses, count in full, and the lower envelope
        is the loss of the first choice: the value of perfect information about what is drawn.
        """
        totals = self.futures if futures else self.drawn
        return np.asarray(regrets(totals, self.share)[self.first] + self.expected - self.expected[self.first])


def readings(given: Answer, decision: Decision = "response") -> Readings:
    """Return the draws of every option of a decision that has a plan now."""
    menu = given.menu(decision)
    now = np.where(menu.likely, menu.now, np.inf)
    rows = [
        int(np.where(menu.option_of == option, now, np.inf).argmin())
        for option in range(len(menu.options))
        if np.isfinite(now[menu.option_of == option]).any()
    ]
    scene = given.ranking.scene
    costs, view = given.costs, menu.view
    plans = [
        Plan(levers=tuple(costs.lever(lever.name, lever.target) for lever in menu.plans[row].levers)) for row in rows
    ]
    nothing, nothing_futures = scene.drawn(NOTHING_NEW, view), scene.futures(NOTHING_NEW, view)
    return Readings(
        options=tuple(menu.options[menu.option_of[row]] for row in rows),
        plans=tuple(menu.names[row] for row in rows),
        expected=now[rows],
        drawn=np.array([scene.drawn(plan, view) - nothing for plan in plans]),
        futures=np.array([scene.futures(plan, view) - nothing_futures for plan in plans]),
        share=scene.share,
    )
