"""What knowing an input is worth where costs are not linear in it: the full engine at a few of its quantiles."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from cybercoercion.knowledge.distribution import gauss_legendre
from cybercoercion.sensitivity.line.conditional import basis
from cybercoercion.sensitivity.value.linear import Known, Law

Array = NDArray[np.float64]
# where the engine is asked, in deviations of a normal stream: five at first, nine where five do not settle it
FEW = (-2.6, -1.3, 0.0, 1.3, 2.6)
MORE = (-1.95, -0.65, 0.65, 1.95)
SETTLED = 0.02  # of the value: more nodes are asked while leaving every other one out moves it by more
GRID, REACH = 96, 5.5  # Gauss-Legendre points between the nodes, and how far out
OUTER = (FEW[0], FEW[-1])
EQUAL = 1e-12  # of the largest cost: what moves no plan by more does not enter any


def grid(law: Law) -> tuple[Array, Array]:
    """Return points of an input and their mass, dims ``(point,)``: Gauss-Legendre on the scale of a normal stream."""
    nodes, weights = gauss_legendre(GRID)
    mass = weights * np.exp(-((REACH * nodes) ** 2) / 2)
    return law.at(REACH * nodes), mass / mass.sum()


def value_of_curves(at: Array, cost: Array, now: Array, points: Array, mass: Array) -> Known:
    """Return what it is worth to know an input when plans cost so much at its nodes: by natural cubics through them.

    ``min_p now_p - sum_g m_g min_p c_p(x_g)``, each curve moved so that ``sum_g m_g c_p(x_g) = now_p``: what is
    expected before something is learnt is what is expected of the answers, so the value is never below 0, and nodes on
    fewer draws than ``now`` lose little. A cost that is linear in the input is met exactly.

    Parameters
    ----------
    at, cost
        Nodes, ascending, dims ``(node,)``, and costs there, USD, ``(plan, node)``.
    now
        Expected costs as things are, USD, dims ``(plan,)``.
    points, mass
        Values of the input and their probabilities, dims ``(point,)``.

    Examples
    --------
    A sure 0 against x - 1 with x uniform on 0 to 4 is worth .125, from nodes at 0, 2 and 4:

    >>> x = np.linspace(0.0, 4.0, 4001)
    >>> nodes = np.array([0.0, 2.0, 4.0])
    >>> found = value_of_curves(
    ...     nodes, np.array([0 * nodes, nodes - 1]), np.array([0.0, 1.0]), x, np.full(4001, 1 / 4001)
    ... )
    >>> round(found.value, 3)
    0.125
    """
    kept = np.unique(at, return_index=True)[1]
    best = np.zeros(len(cost))
    if len(kept) < 2:
        best[int(now.argmin())] = 1.0
        return Known(value=0.0, best=best)
    nodes = at[kept]
    beta = np.linalg.solve(basis(nodes, nodes), (cost - cost[:1])[:, kept].T)
    curve = (basis(points, nodes) @ beta).T
    curve += (now - now[0] - curve @ mass)[:, None]
    np.add.at(best, curve.argmin(0), mass)
    return Known(value=max(float((now - now[0]).min() - mass @ curve.min(0)), 0.0), best=best)


def value_by_nodes(ask: Callable[[float], Array], law: Law, now: Array) -> tuple[Known, float]:
    """Return what it is worth to know an input, and the error of the curves between nodes, USD.

    ``ask`` returns what each plan is expected to cost at a value of the input, ``now`` what it is expected to cost as
    things are, USD, dims ``(plan,)``. Two nodes, far out, show what no plan hangs on; a third, what leaves one plan
    cheapest by far; five to nine the rest.

    >>> from cybercoercion.knowledge.distribution import Distribution
    >>> from cybercoercion.sensitivity.value.linear import Fitted
    >>> law = Fitted(distribution=Distribution(family="uniform", a=0.0, b=2.0))
    >>> flat = value_by_nodes(lambda x: np.array([0.0, 1.0]), law, np.array([0.0, 1.0]))
    >>> flat[0].value, flat[0].best.tolist()
    (0.0, [1.0, 0.0])
    """
    asked: dict[float, Array] = {}

    def through(places: tuple[float, ...]) -> tuple[Array, Array]:
        values = sorted(set(law.at(np.array(places)).tolist()))
        for value in values:
            if value not in asked:
                asked[value] = ask(value)
        return np.array(values), np.array([asked[value] for value in values]).T

    best = np.zeros(len(now))
    best[int(now.argmin())] = 1.0
    idle = Known(value=0.0, best=best)
    _, ends = through(OUTER)
    if np.ptp(ends, axis=1).max() <= EQUAL * np.abs(ends).max():
        return idle, 0.0
    if apart(through((OUTER[0], 0.0, OUTER[1]))[1], now):
        return idle, 0.0
    points, mass = grid(law)
    at, cost = through(FEW)
    found = value_of_curves(at, cost, now, points, mass)
    error = abs(found.value - value_of_curves(at[::2], cost[:, ::2], now, points, mass).value)
    if error > SETTLED * found.value:
        coarse, found = found, value_of_curves(*through(FEW + MORE), now, points, mass)
        error = abs(found.value - coarse.value)
    return found, error


def apart(cost: Array, now: Array) -> bool:
    """Say whether the plan that is cheapest now leads each other one by more than all moves of the gap between nodes.

    A gap that moves, bends and all, by less than its size now is not closed between the nodes, and beyond them only
    where hardly any mass lies; ``cost`` has dims ``(plan, node)``.

    >>> now = np.array([0.0, 6.0])
    >>> (
    ...     apart(np.array([[0.0, 0.0, 0.0], [5.0, 6.0, 8.0]]), now),
    ...     apart(np.array([[0.0, 0.0, 0.0], [1.0, 3.0, 8.0]]), now),
    ... )
    (True, False)
    """
    pick = int(now.argmin())
    behind = np.delete(cost - cost[pick], pick, axis=0)
    return bool((np.delete(now - now[pick], pick) > np.ptp(behind, axis=1)).all())


def undominated(costs: Array) -> NDArray[np.intp]:
    """Return the plans that no other one undercuts in every draw, from dims ``(plan, draw)``.

    Whoever costs at least as much in every draw costs as much on average over any of them: nothing that may be learnt
    makes it the cheapest alone. (To be best in no draw is not enough: what is second in all may be best on average.)

    >>> undominated(np.array([[0.0, 0.0], [1.0, -1.0], [2.0, 0.5], [0.0, 0.0]])).tolist()
    [0, 1]
    """
    means = costs.mean(1)
    kept: list[int] = []
    for place in np.argsort(means, kind="stable").tolist():
        if not any((costs[other] <= costs[place]).all() for other in kept):
            kept.append(place)
    return np.sort(np.array(kept, dtype=np.intp))
