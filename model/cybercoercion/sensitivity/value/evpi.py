"""What it is worth to know everything that is uncertain: the inputs, or the inputs and who did it, why and for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.response.scene import Scene
from cybercoercion.response.summary import standard_error
from cybercoercion.response.terms import Plan
from cybercoercion.response.variant import View
from cybercoercion.sensitivity.asking import known_view
from cybercoercion.sensitivity.choice import Decision, choice
from cybercoercion.sensitivity.value.drawn_states import least_by_state

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evpi:
    """An expected value of perfect information, USD, with its Monte Carlo error."""

    value: float
    error: float

    @property
    def ceiling(self) -> float:
        """What no value of partial information may exceed: two errors above."""
        return self.value + 2 * self.error


def evpi_of_readings(
    assessment: Assessment,
    *,
    view: str = DEFAULT_VIEW,
    decision: Decision = "two-step",
    plans: Sequence[Plan] | None = None,
) -> Evpi:
    """Return what knowing every parameter is worth, states still unknown: the expected regret of the pick.

    ``sum_s w_s [C(pick | theta_s) - min_r C(r | theta_s)]``, ``C(r | theta) = sum_z p(z | e, theta) C(r | z, theta)``.
    The pick has the lowest exact mean; everything is drawn, heavy tails too, for to know a loss is to know its tail.
    Bounds the value of every parameter. With the plans of a ranking it is `ViewRanking.evpi`.

    Parameters
    ----------
    assessment
        A case or campaign, assessed.
    view, decision
        Which menu; see `choice`.
    plans
        Another menu, in the place of that.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.response.terms import NOTHING_NEW
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=200))
    >>> five = [*map(sony.ranking.default.plan, sony.ranking.options), NOTHING_NEW]
    >>> known = evpi_of_readings(sony, plans=five)
    >>> abs(known.value - sony.ranking.default.evpi) < 1e-6 * sony.ranking.default.evpi
    True
    """
    scene, seen, menu, pick = _menu(assessment, view, decision, plans)
    return readings_known(scene, seen, menu, pick)


def evpi_of_everything(
    assessment: Assessment,
    *,
    view: str = DEFAULT_VIEW,
    decision: Decision = "two-step",
    plans: Sequence[Plan] | None = None,
) -> Evpi:
    """Return what knowing every parameter and the state of the world is worth.

    ``sum_s w_s sum_z p(z | e, theta_s) [C(pick | z, theta_s) - min_r C(r | z, theta_s)]``: the same draws, menu and
    pick as `evpi_of_readings`, so it is never below that; it bounds all values of partial information, on states too.

    Parameters
    ----------
    assessment
        A case or campaign, assessed.
    view, decision, plans
        As there; a plan has at most one aimed lever.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=200))
    >>> evpi_of_everything(sony).value > evpi_of_readings(sony).value > 0
    True
    """
    scene, seen, menu, pick = _menu(assessment, view, decision, plans)
    return everything_known(scene, seen, menu, pick)


def readings_known(scene: Scene, view: View, plans: Sequence[Plan], pick: int) -> Evpi:
    """Return what knowing every parameter is worth, given the pick."""
    totals = np.array([scene.drawn(plan, view) for plan in plans])
    return known(totals[pick] - totals.min(0), scene.share)


def everything_known(scene: Scene, view: View, plans: Sequence[Plan], pick: int) -> Evpi:
    """Return what knowing every parameter and the state is worth, given the pick."""
    belief = scene.belief
    least, picked = least_by_state(scene.costs, view, plans, (len(belief.actors), len(belief.demands)), pick)
    lost = np.einsum("iads,iads->s", belief.posterior, picked - least)
    mass = belief.posterior.sum((0, 1, 2))
    inside = np.divide(lost, mass, out=np.zeros_like(lost), where=mass > 0)
    return known(np.broadcast_to(inside, scene.share.shape), scene.share)


def known(regret: Array, share: Array) -> Evpi:
    """Return the mean of regrets by draw, with its error.

    >>> known(np.array([0.0, 2.0]), np.array([0.5, 0.5]))
    Evpi(value=1.0, error=0.7071067811865476)
    """
    return Evpi(value=float(regret @ share), error=standard_error(regret, share))


def _menu(
    assessment: Assessment, view: str, decision: Decision, plans: Sequence[Plan] | None
) -> tuple[Scene, View, Sequence[Plan], int]:
    known_view(view)
    ranking = assessment.ranking.views[view]
    scene, seen = ranking.scene, ranking.view
    if plans is None:
        menu = choice(assessment, decision=decision, view=view)
        return scene, seen, menu.plans, menu.pick
    totals = [sum(scene.expected(plan, seen).values()) for plan in plans]
    return scene, seen, plans, int(np.argmin(totals))
