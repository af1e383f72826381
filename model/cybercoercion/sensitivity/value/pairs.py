"""Two reports together: what they are worth before either is known, which may be more than both by themselves."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.evidence import key_of
from cybercoercion.case import Report
from cybercoercion.sensitivity.choice import Choice
from cybercoercion.sensitivity.value.preposterior import Preposterior, framing, worth
from cybercoercion.sensitivity.value.reports import Coming
from cybercoercion.sensitivity.value.states import AXES, States
from cybercoercion.vocabulary import facts

Array = NDArray[np.float64]
SAME = 1e-9  # of a value, and
LEAST = 1e-3  # USD: what rounding may add to sums in the billions


@dataclass(frozen=True, slots=True, kw_only=True)
class PairValue:
    """Two reports and what they are worth together, USD, gross; ``alone`` is what each is worth by itself."""

    reports: tuple[str, str]
    evsi: float
    alone: tuple[float, float]
    net: float  # less what each costs, and what waiting for the later one costs

    @property
    def together(self) -> float:
        """By how much the two are worth more than apart; below 0 where they say the same."""
        return self.evsi - sum(self.alone)


def pair_value(choice: Choice, states: States, one: Preposterior, two: Preposterior) -> float:
    """Return what two reports are worth together, USD, gross: the exact sum over both findings.

    ``V - sum_{y1, y2} min_plan sum_z c(plan, z) p(z, y1, y2)``; see `both_given`.
    """
    given = both_given(states, one, two)
    return worth(choice, states.mass(given.reshape(-1, *given.shape[2:])))


def both_given(states: States, one: Preposterior, two: Preposterior) -> Array:
    """Return P(both findings | states), dims ``(finding, finding, *AXES)`` broadcast to the joint's.

    Independent given the states; two on the same fact share the state of that fact, two of planted traces share whom
    they point at. The second of one origin that says the very same repeats the first with probability
    ``copy.same_origin``.
    """
    a, b = one.channel, two.channel
    if _key(one.report) == _key(two.report) and not one.report.pointing:
        fresh = np.einsum("ax,bx,x...->ab...", a, b, one.rows)
    elif one.seen is not None and two.seen is not None:
        fresh = np.einsum(
            "wv,awv,bwv->abw", framing(states), np.tensordot(a, one.seen, 1), np.tensordot(b, two.seen, 1)
        )
        fresh = fresh[:, :, None, :, None, None, None]
    else:
        fresh = one.given[:, None] * two.given[None]
    if one.report.origin != two.report.origin:
        return np.asarray(fresh)
    same = np.array([[_said(one.report, x) == _said(two.report, y) for y in two.labels] for x in one.labels])
    if not same.any():
        return np.asarray(fresh)
    c = float(states.knowledge.quantity("copy.same_origin") @ states.draws)
    # a first finding that the second could not have is nothing to repeat
    repeats = c * same.any(1).astype(float)
    spread = (slice(None), None, *(None,) * len(AXES))
    first = one.given[:, None] * same.reshape(*same.shape, *(1,) * len(AXES))
    return np.asarray(repeats[spread] * first + (1 - repeats)[spread] * fresh)


def shortlist(
    reports: Sequence[Preposterior], evsi: Mapping[str, float], bound: Mapping[str, float], most: int
) -> tuple[Preposterior, ...]:
    """Return the reports of which pairs are formed: those announced, and the most promising of the others.

    A report that is worth nothing alone may be worth something beside another; so after those that are worth most come
    those whose states would be.
    """
    announced = [one for one in reports if not one.report.generic]
    rest = [one for one in reports if one.report.generic and bound[one.report.id] > 0]
    rest.sort(key=lambda one: (-evsi[one.report.id], -bound[one.report.id]))
    return (*announced, *rest[:most])


def best_pair(
    choice: Choice,
    states: States,
    reports: Sequence[Preposterior],
    evsi: Mapping[str, float],
    among: Collection[str] | None = None,
) -> PairValue | None:
    """Return the pair of these reports that is worth most, net; None where no two are worth more than one of them.

    ``evsi`` is what each is worth alone, under the same states, USD; with ``among``, one of the two at least is of
    these.
    """
    best, most = None, -math.inf
    for pair in combinations(reports, 2):
        one, two = ordered(*pair)
        ids = (one.report.id, two.report.id)
        if among is not None and not set(ids) & set(among):
            continue
        alone = (evsi[ids[0]], evsi[ids[1]])
        value = pair_value(choice, states, one, two)
        net = value - spent(one.report, two.report)
        if value > max(alone) * (1 + SAME) + LEAST and net > most:
            best, most = PairValue(reports=ids, evsi=value, alone=alone, net=net), net
    return best


def spent(one: Coming, two: Coming) -> float:
    """Return what getting two reports costs, USD: each its price, and the days until the later of them once."""
    return one.cost + two.cost + max(one.waiting, two.waiting)


def ordered(one: Preposterior, two: Preposterior) -> tuple[Preposterior, Preposterior]:
    """Return the two in the order in which they are read: the earlier, then the better graded, then by fact."""

    def rank(each: Preposterior) -> tuple[object, ...]:
        report = each.report
        letter, digit = tuple(report.grade or "F6")
        return (report.delay, letter, digit, list(facts()).index(report.fact), report.id)

    return (one, two) if rank(one) <= rank(two) else (two, one)


def _key(report: Coming) -> tuple[str, str | None]:
    return report.fact, report.about


def _said(report: Coming, finding: str) -> tuple[object, ...]:
    return key_of(Report.model_construct(id=report.id, fact=report.fact, finding=finding, about=report.about))
