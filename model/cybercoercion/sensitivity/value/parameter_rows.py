"""The value of each parameter: exact, by nodes, or by regression, whichever its costs allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.response.scene import Scene
from cybercoercion.response.summary import standard_error
from cybercoercion.response.terms import NOTHING_NEW
from cybercoercion.sensitivity.choice import Choice, Decision, choice
from cybercoercion.sensitivity.input.asked import asked
from cybercoercion.sensitivity.input.beliefs import GROUP as OF_STATES
from cybercoercion.sensitivity.input.inputs import Input, inputs
from cybercoercion.sensitivity.value.evpi import Evpi
from cybercoercion.sensitivity.value.groups import averaged_draws, belief_draws
from cybercoercion.sensitivity.value.laws import law_of
from cybercoercion.sensitivity.value.linear import Known, value_of_linear
from cybercoercion.sensitivity.value.nodes import undominated, value_by_nodes
from cybercoercion.sensitivity.value.parameter_result import Method, ParameterValue
from cybercoercion.sensitivity.value.reprice import Reprice, reprice
from cybercoercion.sensitivity.value.spline import Regression

Array = NDArray[np.float64]
Index = NDArray[np.intp]
# nodes are asked on a quarter of the draws, their curves moved to the exact means of all: the error of the means rules
SHARE_OF_DRAWS, LEAST_DRAWS = 4, 250


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """What all rows of one assessment, view and decision rest on.

    What moves no belief makes nobody likelier to be accused: for such inputs the menu is the plans that may be chosen
    now, at the places ``likely`` of the whole menu; ``now`` and ``pick`` are theirs.
    """

    assessment: Assessment
    view: str
    menu: Choice
    likely: Index
    now: Array
    pick: int
    uncertain: tuple[Input, ...]

    @property
    def scene(self) -> Scene:
        """Belief and costs side by side."""
        return self.assessment.ranking.views[self.view].scene

    @cached_property
    def smooth(self) -> Array:
        """Costs of the plans that may be chosen, by draw, money and belief at their means, dims ``(plan, draw)``."""
        plans = [self.menu.plans[row] for row in self.likely]
        return averaged_draws(self.scene, self.menu.view, plans, money=False)

    @cached_property
    def linear(self) -> Reprice:
        """The same plans, to be priced again."""
        return reprice(self.assessment, self.menu, self.likely.tolist())

    @cached_property
    def believed(self) -> tuple[Array, Array]:
        """Costs of the whole menu by draw of the belief, at means, dims ``(plan, draw)``, and weights of draws."""
        return belief_draws(self.menu, self.assessment.belief.posterior)

    @cached_property
    def by_belief(self) -> Regression:
        """The same, to be asked about inputs of the belief."""
        return Regression(*self.believed)

    @cached_property
    def by_both(self) -> Regression:
        """Costs of the whole menu by draw, of the belief and of effects, to be asked about what moves both."""
        nothing = self.scene.smoothed(NOTHING_NEW, self.menu.view)
        costs = np.array([self.scene.smoothed(plan, self.menu.view) - nothing for plan in self.menu.plans])
        return Regression(costs, self.scene.share)


def ground(assessment: Assessment, *, view: str, decision: Decision) -> Ground:
    """Return what rows rest on."""
    menu = choice(assessment, decision=decision, view=view)
    likely = np.flatnonzero(menu.likely)
    now = menu.now[likely]
    uncertain = tuple(one for one in inputs(assessment, view) if one.group != OF_STATES and not one.certain)
    return Ground(
        assessment=assessment,
        view=view,
        menu=menu,
        likely=likely,
        now=now,
        pick=int(now.argmin()),
        uncertain=uncertain,
    )


def rows_of(grounds: Ground, readings: Evpi) -> tuple[tuple[ParameterValue, ...], dict[str, Array]]:
    """Return a row for each uncertain input, and by how much plans cost more per unit of each linear one."""
    slopes: dict[str, Array] = {}
    found = (*_linear(grounds, slopes), *_bent(grounds), *_believed(grounds))
    rows = tuple(
        ParameterValue(
            name=one.name,
            label=one.label,
            group=one.group,
            evppi=value,
            error=error,
            share=share_of(value, readings),
            method=method,
        )
        for one, value, error, method in found
    )
    return rows, slopes


def share_of(value: float, readings: Evpi) -> float:
    """Return the share of the value of all parameters, 0 where that is nothing."""
    return value / readings.value if readings.value > 0 else 0.0


Found = tuple[Input, float, float, Method]


def _error(grounds: Ground, known: Known, rows: Index | slice) -> float:
    """Return the Monte Carlo error of a value: of the means of what is best, as often as it is, and of the pick."""
    draws = grounds.smooth[grounds.pick] - known.best @ grounds.smooth[rows]
    return standard_error(draws, np.full(draws.shape, 1 / draws.size))


def _linear(grounds: Ground, slopes: dict[str, Array]) -> Iterator[Found]:
    for one in grounds.uncertain:
        if one.moves_belief or not one.linear:
            continue
        law = law_of(grounds.assessment, one)
        far = one.high if abs(one.high - one.now) >= abs(one.low - one.now) else one.low
        slope = np.zeros(len(grounds.now))
        if grounds.linear.reaches(one):
            slope = (grounds.linear.at(one, far) - grounds.now) / (far - one.now)
        slopes[one.name] = slope
        known = value_of_linear(grounds.now - slope * law.mean, slope, law)
        yield one, known.value, _error(grounds, known, slice(None)), "exact"


def _bent(grounds: Ground) -> Iterator[Found]:
    kept = undominated(grounds.smooth)
    draws = max(grounds.assessment.knowledge.size // SHARE_OF_DRAWS, LEAST_DRAWS)
    few = reprice(grounds.assessment, grounds.menu, grounds.likely[kept].tolist(), draws=draws)
    for one in grounds.uncertain:
        if one.moves_belief or one.linear:
            continue
        if len(kept) == 1 or not few.reaches(one):
            yield one, 0.0, 0.0, "nodes"
            continue
        known, error = value_by_nodes(partial(few.at, one), law_of(grounds.assessment, one), grounds.now[kept])
        yield one, known.value, float(np.hypot(error, _error(grounds, known, kept))), "nodes"


def _believed(grounds: Ground) -> Iterator[Found]:
    priced = asked(grounds.assessment, grounds.view).costs
    for one in grounds.uncertain:
        if not one.moves_belief or one.draws is None:
            continue
        both = one.name in priced or one.group == "actors"  # costs hang on it as well
        seen = grounds.by_both if both else grounds.by_belief
        found = seen.value(np.resize(one.draws, seen.weights.shape))
        yield one, found.value, found.error, "spline"
