"""From what people can say to a distribution: quantiles, a mode and a mass, chips laid on bins.

Two numbers fix two parameters, so quantiles and modes are met exactly. Who says more than a family can hold is told
where it misses. Sums of money are judged on the scale of their logarithm, by the log-normal.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy import special

from cybercoercion.fit.elicitation.answers import WITH_MODE, WITH_SPREAD, Door
from cybercoercion.fit.elicitation.density import cdf, to_normal
from cybercoercion.fit.elicitation.elicited import Elicited, ElicitedRow, Mass, Method
from cybercoercion.knowledge.distribution import Distribution, Family

Array = NDArray[np.float64]


def from_quantiles(
    family: str, low: float, high: float, mass: float = 0.9, *, middle: float | None = None, expert: str = "the analyst"
) -> Elicited:
    """Return the distribution with ``mass`` between two values and half of the rest on each side.

    Parameters
    ----------
    family
        ``normal``, ``log-normal`` (money, rates, factors), ``logit-normal`` or ``beta`` (shares), ``uniform``.
    low, high
        The two quantiles ``(1 - mass) / 2`` and ``(1 + mass) / 2``, in the unit of the question.
    mass
        How much lies between them.
    middle
        The median, if the expert gave it too: three numbers for two parameters, met as well as the family can.
    expert
        Whose judgement it is.

    Raises
    ------
    ElicitationError
        With everything that cannot be meant.

    Examples
    --------
    >>> round(from_quantiles("log-normal", 1e6, 1e8).distribution.quantile(0.5), 3)
    10000000.0
    >>> said = from_quantiles("beta", 0.2, 0.6)
    >>> round(said.distribution.a, 2), round(said.distribution.b, 2)
    (5.94, 9.22)
    """
    door = Door(expert)
    door.family(family, WITH_SPREAD)
    door.mass(mass)
    points = (low, high) if middle is None else (low, middle, high)
    door.rising("low, high" if middle is None else "low, middle, high", points)
    door.within(family, "low, high", points, ends=False)
    door.close()
    tail = (1 - mass) / 2
    below = (tail, 1 - tail) if middle is None else (tail, 0.5, 1 - tail)
    known = cast("Family", family)
    at, levels = np.array(points), np.array(below)
    exact = _through_two(known, low, high, mass)
    fitted = exact if middle is None else _least_squares(known, at, levels, exact)
    return _said("quantiles", expert, fitted, points, below)


def from_mode(
    family: str, mode: float, low: float, high: float, mass: float = 0.9, *, expert: str = "the analyst"
) -> Elicited:
    """Return the distribution with its peak at ``mode`` and ``mass`` between two values.

    One unknown is left, found exactly: beta ``a = 1 + m s, b = 1 + (1 - m) s``; normal ``mu = m``; log-normal
    ``mu = log m + s^2``. PreliZ's ``maxent`` with a fixed mode only comes near (.937 for .9 in one of our tests).

    Raises
    ------
    ElicitationError
        With everything that cannot be meant, such as less mass than a flat distribution has there.

    >>> round(from_mode("beta", 0.3, 0.1, 0.6, 0.9).masses[0].achieved, 9)
    0.9
    """
    door = Door(expert)
    door.family(family, WITH_MODE)
    door.mass(mass)
    door.rising("low, mode, high", (low, mode, high))
    door.within(family, "low, mode, high", (low, mode, high), ends=False)
    if family == "beta" and 0 < low < high < 1 and high - low >= mass:
        door.refuse("mass", f"{mass:g}", f"above {high - low:g}, which a flat distribution holds there already")
    door.close()
    make: Callable[[float], Distribution]
    near = min(mode - low, high - mode)
    if family == "beta":
        make = lambda s: Distribution(family="beta", a=1 + mode * s, b=1 + (1 - mode) * s)  # noqa: E731
        steps = np.geomspace(400 * mode * (1 - mode) / near**2, 1e-6, 241)
    elif family == "normal":
        make = lambda s: Distribution(family="normal", a=mode, b=s)  # noqa: E731
        steps = np.geomspace(near / 20, 1e3 * (high - low), 241)
    else:
        make = lambda s: Distribution(family="log-normal", a=math.log(mode) + s**2, b=s)  # noqa: E731
        steps = np.geomspace(min(math.log(mode / low), math.log(high / mode)) / 20, 10 + math.log(high / low), 241)
    ends = np.array([low, high])

    def missed(s: float) -> float:
        return float(np.diff(cdf(make(s), ends))[0]) - mass

    wide = next(k for k, s in enumerate(steps) if missed(s) < 0)  # from narrow to wide: the first that is too wide
    from scipy.optimize import brentq

    found = make(float(brentq(missed, *sorted(steps[wide - 1 : wide + 1]), xtol=1e-300, rtol=1e-14)))
    return Elicited(expert=expert, method="mode and mass", distribution=found, masses=(_mass(found, low, high, mass),))


def from_chips(edges: Sequence[float], chips: Sequence[float], family: str, *, expert: str = "the analyst") -> Elicited:
    """Return the distribution nearest to chips laid on bins: least squares on the cumulated shares at the edges.

    Shares at edges do not change when the scale does, so bins of money may be as wide as they like. PreliZ's own
    ``Roulette`` collects such chips, but only by hand in a notebook.

    Parameters
    ----------
    edges
        Edges of the bins, one more than bins, in the unit of the question.
    chips
        Chips on each bin; each is worth the same probability.
    family
        As in ``from_quantiles``.
    expert
        Whose judgement it is.

    Raises
    ------
    ElicitationError
        With everything that cannot be meant.

    Examples
    --------
    >>> said = from_chips([0, 0.2, 0.4, 0.6, 0.8, 1], [0, 1, 3, 1, 0], "beta")
    >>> round(said.distribution.mean, 6)
    0.5
    """
    door = Door(expert)
    door.family(family, WITH_SPREAD)
    door.chips(edges, chips)
    door.rising("edges", edges)
    if not door.faults:
        door.within(family, "edges", edges, ends=True)
    door.close()
    at, counts = np.array(edges, dtype=float), np.array(chips, dtype=float)
    shares = counts / counts.sum()
    known = cast("Family", family)
    middle = to_normal(known, (at[:-1] + at[1:]) / 2)
    centre = float(shares @ middle)
    spread = float(np.sqrt(shares @ (middle - centre) ** 2))
    start = Distribution(family=known, a=centre, b=spread)
    if family == "uniform":
        start = Distribution(family=known, a=centre - math.sqrt(3) * spread, b=centre + math.sqrt(3) * spread)
    elif family == "beta":
        mean = float(shares @ (at[:-1] + at[1:]) / 2)
        variance = float(shares @ ((at[:-1] + at[1:]) / 2 - mean) ** 2)
        start = Distribution.from_strength(mean, max(mean * (1 - mean) / variance - 1, 0.5))
    cumulated = np.concatenate([[0.0], np.cumsum(shares)])
    fitted = _least_squares(known, at, cumulated, start)
    achieved = np.diff(cdf(fitted, at))
    masses = tuple(
        Mass(low=float(lo), high=float(hi), said=float(said), achieved=float(got))
        for lo, hi, said, got in zip(at[:-1], at[1:], shares, achieved, strict=True)
    )
    return Elicited(expert=expert, method="chips", distribution=fitted, masses=masses)


def dirichlet_from_mode(
    states: Sequence[str], mode: Sequence[float], bound: float, mass: float = 0.9, *, expert: str = "the analyst"
) -> ElicitedRow:
    """Return a row of a table: the likeliest shares, and how far off they may be, by PreliZ's ``dirichlet_mode``.

    Parameters
    ----------
    states
        The states of the row.
    mode
        The likeliest share of each, summing to one.
    bound
        So far from its mode a share may lie, with probability ``mass``; PreliZ meets this on average over states.
    mass
        How sure the expert is.
    expert
        Whose judgement it is.

    Raises
    ------
    ElicitationError
        With everything that cannot be meant.
    """
    door = Door(expert)
    door.mass(mass)
    door.row(states, mode, bound)
    door.close()
    import preliz

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # what is missed is said by the row itself
        _, fitted = preliz.dirichlet_mode(list(mode), mass=mass, bound=bound, plot=False)
    alpha = tuple(float(a) for a in fitted.alpha)
    total = sum(alpha)
    masses = tuple(
        _mass(Distribution(family="beta", a=a, b=total - a), max(share - bound, 0.0), min(share + bound, 1.0), mass)
        for a, share in zip(alpha, mode, strict=True)
    )
    return ElicitedRow(expert=expert, states=tuple(states), alpha=alpha, masses=masses)


def _through_two(family: Family, low: float, high: float, mass: float) -> Distribution:
    """Return the distribution through two quantiles."""
    if family == "beta":
        return _beta_through(low, high, (1 - mass) / 2)
    if family == "logit-normal":  # the tables take a share below .002 for .002; an expert may mean less
        lo, hi = (float(to_normal(family, np.array(end))) for end in (low, high))
        known = Distribution.from_quantiles("normal", lo, hi, mass)
        return Distribution(family=family, a=known.a, b=known.b)
    return Distribution.from_quantiles(family, low, high, mass)


def _beta_through(low: float, high: float, tail: float) -> Distribution:
    """Return the beta with ``tail`` below and above: it begins at PreliZ's maximum entropy, or at a few others."""
    import preliz
    from scipy.optimize import least_squares

    def missed(theta: Array) -> Array:
        a, b = np.exp(np.clip(theta, -14, 25))
        outside = np.array([special.betainc(a, b, low), special.betaincc(a, b, high)])
        return np.asarray(np.log(np.maximum(outside, 1e-300) / tail))

    begun = preliz.Beta()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it is a beginning
        preliz.maxent(begun, low, high, 1 - 2 * tail, plot=False)
    middle, width = (low + high) / 2, high - low
    strengths = (middle * (1 - middle) / width**2 * np.array([16.0, 1.0])).tolist()
    begins = [(float(begun.alpha), float(begun.beta)), (1.0, 1.0), (0.1, 0.1)]
    begins += [(middle * strength, (1 - middle) * strength) for strength in strengths]
    best = None
    for begin in begins:
        found = least_squares(missed, np.log(begin), xtol=1e-14, ftol=1e-14, gtol=1e-14)
        if best is None or found.cost < best.cost:
            best = found
        if best.cost < 1e-12:
            break
    assert best is not None
    a, b = np.exp(best.x)
    return Distribution(family="beta", a=float(a), b=float(b))


def _least_squares(family: Family, at: Array, levels: Array, start: Distribution) -> Distribution:
    """Return the member of a family whose distribution function comes nearest to ``levels`` at these values."""
    from scipy.optimize import least_squares

    scale = abs(start.b - start.a) if family == "uniform" else start.b

    def member(theta: Array) -> Distribution:
        if family == "beta":
            a, b = np.exp(np.clip(theta, -12, 12))
            return Distribution(family=family, a=float(a), b=float(b))
        first = start.a + scale * float(theta[0])
        width = scale * math.exp(float(np.clip(theta[1], -20, 20)))
        return Distribution(family=family, a=first, b=first + width if family == "uniform" else width)

    begin = np.log([start.a, start.b]) if family == "beta" else np.zeros(2)
    found = least_squares(lambda theta: cdf(member(theta), at) - levels, begin, xtol=1e-14, ftol=1e-14, gtol=1e-14)
    return member(found.x)


def _said(
    method: Method, expert: str, fitted: Distribution, points: Sequence[float], below: Sequence[float]
) -> Elicited:
    """Return the answer with the mass of each piece that the quantiles cut."""
    at = np.array(points)
    achieved = np.diff(np.concatenate([[0.0], cdf(fitted, at), [1.0]]))
    said = np.diff(np.concatenate([[0.0], below, [1.0]]))
    ends = (-math.inf, *points, math.inf)
    masses = tuple(
        Mass(low=lo, high=hi, said=float(s), achieved=float(got))
        for lo, hi, s, got in zip(ends[:-1], ends[1:], said, achieved, strict=True)
    )
    return Elicited(expert=expert, method=method, distribution=fitted, masses=masses)


def _mass(distribution: Distribution, low: float, high: float, said: float) -> Mass:
    achieved = float(np.diff(cdf(distribution, np.array([low, high])))[0])
    return Mass(low=low, high=high, said=said, achieved=achieved)
