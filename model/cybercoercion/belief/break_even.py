"""How much deception, or how much copying, it takes for the leading actor to lose its lead.

No data tell how often tools, servers and language are planted, or who quietly relies on whom. So the model says at
which probability the answer would change, and leaves it to the reader whether that is far off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.coalition import Coalitions
from cybercoercion.belief.engine import joint
from cybercoercion.belief.evidence import copy_parents, copy_probability
from cybercoercion.belief.network import Network
from cybercoercion.belief.soft import weigh_beliefs
from cybercoercion.case import Report
from cybercoercion.vocabulary import facts

Array = NDArray[np.float64]
GRID = 21  # where the lead is looked at before bisection: a lead can be lost and won again
STEPS = 60
TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """The probability at which the leading actor loses its lead, or None when it keeps it all the way."""

    leader: str
    rival: str | None  # who leads beyond it
    probability: float | None
    now: float  # what the model takes it to be: the mean over those whom it concerns
    concerns: tuple[str, ...]  # reports that it bears on


def break_even_deception(coalitions: Coalitions) -> BreakEven:
    """Return the common false-flag probability at which the leading actor loses its lead.

    With the same probability ``f`` for everybody who could frame somebody, the mass of each actor is linear in it,
    ``m_a(f) = (1 - f) m_a(0) + f m_a(1)``, because the joint is averaged before it is normalised; the leader ``l``
    meets its rival ``b`` at ``f = g / (g - h)`` with ``g = m_l(0) - m_b(0)`` and ``h = m_l(1) - m_b(1)``. The
    smallest such ``f`` counts. A belief among the reports is compared with a posterior that depends on ``f`` too;
    then the point is found by bisection.

    Parameters
    ----------
    coalitions
        The reports of a case that count.

    Returns
    -------
    BreakEven
        A probability from 0 to 1; 0 when the leader owes its lead to the deception that the model assumes.

    Examples
    --------
    >>> from cybercoercion.belief.coalition import coalitions_of
    >>> from cybercoercion.case import parse_case, read_shipped
    >>> from cybercoercion.knowledge import load_knowledge
    >>> break_even_deception(coalitions_of(parse_case(read_shipped("sony-2014")), load_knowledge(draws=50))).probability
    """
    concerns = tuple(report.id for report in coalitions.reports if _deceivable(report))
    network = coalitions.network
    listed = network.deception[: network.candidates]

    def masses(f: float) -> Array:
        return deceived(coalitions, f)

    return _result(coalitions, masses, float(listed.mean()), concerns, linear=coalitions.plain)


def break_even_copying(coalitions: Coalitions) -> BreakEven:
    """Return the probability of copying at which the leading actor loses its lead.

    Every report that names the leader is taken to repeat the first one with this probability, whatever its origin:
    what if all of them rest on one source? Found by bisection.

    Parameters
    ----------
    coalitions
        The reports of a case that count.

    Returns
    -------
    BreakEven
        A probability from 0 to 1.

    Examples
    --------
    >>> from cybercoercion.belief.coalition import coalitions_of
    >>> from cybercoercion.case import parse_case, read_shipped
    >>> from cybercoercion.knowledge import load_knowledge
    >>> c = coalitions_of(parse_case(read_shipped("sony-2014")), load_knowledge(draws=50))
    >>> break_even_copying(c).concerns  # one report names an actor: nothing it could repeat
    ()
    """
    parents = common_parents(coalitions.reports, leader_of(coalitions))
    own = copy_parents([report for report in coalitions.reports if report.kind == "likelihood"])
    now = [_mean_copy(report, own, coalitions) for report in coalitions.reports if report.id in parents]

    def masses(c: float) -> Array:
        return copied(coalitions, parents, c)

    return _result(coalitions, masses, float(np.mean(now)) if now else 0.0, tuple(parents), linear=False)


def deceived(coalitions: Coalitions, f: float) -> Array:
    """Return p(actor, reports) when everybody who could frame somebody does so with probability f, ``(actor,)``."""
    network = coalitions.network
    possible = (network.deception > 0).any(-1, keepdims=True)
    changed = replace(network, deception=np.where(possible, f, 0.0))
    return _by_actor(changed, coalitions, coalitions.reports, None)


def copied(coalitions: Coalitions, parents: Mapping[str, str], c: float) -> Array:
    """Return p(actor, reports) when each of these reports repeats its parent with probability c, ``(actor,)``."""
    reports = tuple(
        report.model_copy(update={"copy_probability": c}) if report.id in parents else report
        for report in coalitions.reports
    )
    plain = [report for report in reports if report.kind == "likelihood"]
    return _by_actor(coalitions.network, coalitions, reports, {**copy_parents(plain), **parents})


def common_parents(reports: Sequence[Report], actor: str) -> dict[str, str]:
    """Return which report each other that names this actor would repeat, had they all one origin."""
    naming = [
        report.model_copy(update={"origin": "one", "copies": None})
        for report in reports
        if report.kind == "likelihood" and facts()[report.fact].group == "actor" and report.finding == actor
    ]
    return copy_parents(naming)


def leader_of(coalitions: Coalitions) -> str:
    """Return the actor that is most probably behind the case."""
    masses = coalitions.masses(coalitions.everything).sum((0, 2))
    return coalitions.network.actors[int(masses.argmax())]


def _deceivable(report: Report) -> bool:
    fact = facts().get(report.fact)
    return fact is not None and fact.deceivable


def _mean_copy(report: Report, own: Mapping[str, str], coalitions: Coalitions) -> float:
    return float(copy_probability(report, own, coalitions.knowledge).mean())


def _by_actor(
    network: Network, coalitions: Coalitions, reports: Sequence[Report], parents: Mapping[str, str] | None
) -> Array:
    factors = weigh_beliefs(coalitions.case, network, coalitions.knowledge, reports, parents)
    total = network.fold(joint(network, factors), 1).sum((0, 2)).mean(-1)
    return np.asarray(total)


def _result(
    coalitions: Coalitions, masses: Callable[[float], Array], now: float, concerns: tuple[str, ...], *, linear: bool
) -> BreakEven:
    actors = coalitions.network.actors
    leader = actors.index(leader_of(coalitions))
    found = None
    if concerns:
        found = _crossing(masses(0.0), masses(1.0), leader) if linear else bisect(masses, leader)
    probability, rival = found if found is not None else (None, None)
    return BreakEven(
        leader=actors[leader],
        rival=None if rival is None else actors[rival],
        probability=probability,
        now=now,
        concerns=concerns,
    )


def _crossing(at_zero: Array, at_one: Array, leader: int) -> tuple[float, int] | None:
    """Return the first f at which another actor has as much mass, and which; masses are linear in f."""
    ahead = at_zero[leader] - at_zero
    later = at_one[leader] - at_one
    candidates = []
    for rival in range(len(at_zero)):
        if rival == leader:
            continue
        if ahead[rival] <= 0:
            candidates.append((0.0, rival))
        elif later[rival] <= 0:
            candidates.append((float(ahead[rival] / (ahead[rival] - later[rival])), rival))
    return min(candidates, default=None)


def bisect(masses: Callable[[float], Array], leader: int) -> tuple[float, int] | None:
    """Return the first probability on a grid, refined by bisection, at which the leader is no longer ahead.

    Examples
    --------
    >>> at, rival = bisect(lambda f: np.array([1 - f, 0.25]), 0)
    >>> round(at, 6), rival
    (0.75, 1)
    """

    def lead(f: float) -> float:
        each = masses(f)
        return float((each[leader] - np.delete(each, leader).max()) / each.sum())

    grid = np.linspace(0, 1, GRID)
    low = 0.0
    high = None
    for point in grid:
        if lead(float(point)) <= 0:
            high = float(point)
            break
        low = float(point)
    if high is None:
        return None
    for _ in range(STEPS):
        if high - low < TOLERANCE:
            break
        middle = (low + high) / 2
        low, high = (low, middle) if lead(middle) <= 0 else (middle, high)
    after = masses(high)
    after[leader] = -np.inf
    return high, int(after.argmax())
