"""Inputs that lie in intervals: the decision at every combination of their ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment, changed
from cybercoercion.response.weights import BeliefLike
from cybercoercion.sensitivity.asking import unknown_input
from cybercoercion.sensitivity.changing import Answer, asked_again, tilted
from cybercoercion.sensitivity.choice import Decision, choice_of
from cybercoercion.sensitivity.input.inputs import Input, inputs
from cybercoercion.sensitivity.robust.credal_sets import Point, Query

Array = NDArray[np.float64]
MOST = 6  # inputs at once
INSIDE = (0.25, 0.5, 0.75)
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InputSet:
    """Every combination of the ends of some inputs.

    They bound a cost, or a difference of costs, that is monotone in each input while the others stand still: so it is
    where it is linear, and elsewhere it was measured at three values between the ends, all others low and all high.
    """

    name: str
    points: tuple[Point, ...]
    edges: tuple[tuple[Point, ...], ...]  # from one end of an input to the other, where costs are not linear in it
    dear: bool = False

    def reach(self, query: Query) -> Point:
        """Return the combination at which the mean is greatest."""
        return max(self.points, key=lambda point: _mean(point, query))

    def bound(self, query: Query) -> float:
        """Return the greatest mean; infinite where the ends do not bound it."""
        monotone = all(_one_way(np.array([_mean(point, query) for point in edge])) for edge in self.edges)
        return _mean(self.reach(query), query) if monotone else np.inf


def _mean(point: Point, query: Query) -> float:
    return float(query.of(point.cost) @ point.states)


def input_set(
    assessment: Assessment,
    intervals: Mapping[str, tuple[float, float] | None],
    *,
    view: str,
    decision: Decision,
    names: Sequence[str],
) -> InputSet:
    """Return the combinations of the ends of some inputs; None takes the input's own 5 and 95 %.

    ``names`` are the plans whose costs are asked for.

    Raises
    ------
    ValueError
        When there are too many inputs, or one is unknown, or two speak of different nodes of the belief.
    """
    known = {one.name: one for one in inputs(assessment, view)}
    if unknown := [name for name in intervals if name not in known]:
        raise ValueError("; ".join(unknown_input(name, known) for name in unknown))
    if len(intervals) > MOST:
        raise ValueError(f"got {len(intervals)} inputs; allowed: at most {MOST} at once, {2**MOST} combinations")
    held = {name: known[name] for name in intervals}
    ends = {name: given or (held[name].low, held[name].high) for name, given in intervals.items()}

    def at(values: Mapping[str, float]) -> Point:
        told = _asked(assessment, held, values, view)
        states = told.belief.posterior.sum(-1)
        # costs by state hang on no belief; under the belief as it is, every plan that may be chosen now is on the menu
        menu = choice_of(assessment.belief, told.costs, decision=decision, view=view)
        rows = [menu.names.index(name) for name in names]
        return Point(states=(states / states.sum()).ravel(), cost=menu.cost.reshape(len(menu.names), -1)[rows])

    points = [at(dict(zip(ends, corner, strict=True))) for corner in product(*ends.values())]
    edges = []
    for name in (name for name, one in held.items() if not one.linear):
        low, high = ends[name]
        for side in (0, 1):
            others = {other: pair[side] for other, pair in ends.items()}
            edges.append(tuple(at({**others, name: low + (high - low) * share}) for share in (0.0, *INSIDE, 1.0)))
    inside = (point for edge in edges for point in edge[1:-1])
    return InputSet(name="inputs: " + ", ".join(intervals), points=(*points, *inside), edges=tuple(edges))


def _one_way(values: Array) -> bool:
    """Say whether values only rise or only fall."""
    move, scale = np.diff(values), ROUNDING * max(float(np.abs(values).max()), 1e-300)
    return bool((move >= -scale).all() or (move <= scale).all())


def _asked(assessment: Assessment, known: Mapping[str, Input], values: Mapping[str, float], view: str) -> Answer:
    """Return the answer of the full engine with all these inputs at a point."""
    if len(values) == 1:
        ((name, value),) = values.items()
        return known[name].ask(value)
    nodes = dict.fromkeys(name.split(".", 2)[1] for name in values if name.startswith("p."))
    if len(nodes) > 1:
        raise ValueError(f"got beliefs about {' and '.join(nodes)}; allowed: one of them at once")
    quantities = {name: value for name, value in values.items() if name in assessment.knowledge.quantities}
    settings = [f"{k}={v!r}" for k, v in values.items() if not k.startswith("p.") and k not in quantities]
    source = changed(assessment.campaign or assessment.case, settings)
    same = not any(known[name].moves_belief for name in values if not name.startswith("p."))
    told = asked_again(
        assessment,
        view,
        source=source,
        knowledge=assessment.knowledge.held(quantities) if quantities else assessment.knowledge,
        belief=assessment.belief if same else None,
    )
    belief: BeliefLike = told.belief
    for node in nodes:
        shares = {name.split(".", 2)[2]: value for name, value in values.items() if name.startswith(f"p.{node}.")}
        belief = tilted(belief, node, {"yes": values["p.coercion"]} if node == "coercion" else shares)
    return Answer(belief=belief, costs=told.costs, view=view)
