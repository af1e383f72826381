"""What an elicited number says before any data: counts it expects, and answers it leads to.

People judge counts and cases better than parameters. Who finds that a range of rates expects twenty concessions in
a hundred, or that a table makes every empty case coercion, changes the answer before any data can hide it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from cybercoercion.belief import Estimate, believe
from cybercoercion.belief.belief import IS_COERCION
from cybercoercion.belief.simulation import simulate, slots_of
from cybercoercion.case import Case
from cybercoercion.fit.elicitation.density import quantiles
from cybercoercion.fit.elicitation.elicited import ElicitationError, Fault
from cybercoercion.fit.elicitation.pool import Pool
from cybercoercion.knowledge import Knowledge
from cybercoercion.knowledge.distribution import Distribution

Array = NDArray[np.float64]
NODES = 2_000  # of the integral over the share: equal slices of probability


@dataclass(frozen=True, slots=True, kw_only=True)
class Implied:
    """The probability of coercion in one case, under one knowledge."""

    case_id: str
    before: Estimate  # context and frame alone
    after: Estimate  # with the reports of the case


def implied_counts(share: Distribution | Pool, n: int) -> Array:
    """Return how probable each count of ``n`` cases is, dims ``(count,)``, from 0 to ``n``.

    ``P(k) = integral Binomial(k | n, p) f(p) dp``; of a beta, the beta-binomial.

    Raises
    ------
    ElicitationError
        When the number is no share: it has mass below 0 or above 1.

    Examples
    --------
    >>> flat = Distribution(family="beta", a=1.0, b=1.0)  # every count is as likely as the others
    >>> implied_counts(flat, 3).round(4).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    slices = (np.arange(NODES) + 0.5) / NODES
    p = share.quantiles(slices) if isinstance(share, Pool) else quantiles(share, slices)
    if p.min() < 0 or p.max() > 1:
        got = f"values from {p.min():.3g} to {p.max():.3g}"
        raise ElicitationError((Fault(expert="the share", place="range", got=got, allowed="between 0 and 1"),))
    k = np.arange(n + 1)
    ways = special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1)
    terms = special.xlogy(k, p[:, None]) + special.xlog1py(n - k, -p[:, None])
    return np.asarray(np.exp(ways + terms).mean(0))


def count_range(probabilities: Array, mass: float = 0.9) -> tuple[int, int]:
    """Return the counts between which ``mass`` lies, half of the rest at most on each side.

    >>> count_range(np.array([0.02, 0.5, 0.46, 0.02]))
    (1, 2)
    """
    heap = np.cumsum(probabilities)
    tail = (1 - mass) / 2
    return int(np.searchsorted(heap, tail)), int(np.searchsorted(heap, 1 - tail))


def implied_coercion(cases: Sequence[Case], knowledge: Knowledge) -> tuple[Implied, ...]:
    """Return P(coercion) of each case before and after its reports; call it again with an overlay to compare.

    A difference between two overlays is one of the numbers and not of luck: entries keep their draws.
    """
    return tuple(
        Implied(
            case_id=case.id,
            before=believe(without_reports(case), knowledge).coercion,
            after=believe(case, knowledge).coercion,
        )
        for case in cases
    )


def without_reports(case: Case) -> Case:
    """Return the case before anybody reported anything."""
    return case.model_copy(update={"reports": ()})


def implied_answers(case: Case, knowledge: Knowledge, *, sets: int = 400, seed: int = 1) -> Array:
    """Return P(coercion) for simulated sets of reports in the place of the case's own, dims ``(set,)``.

    First a world is drawn from the prior, then what would be reported of it where reports stand, then the model
    answers. A prior that is worth having leads to different answers in different worlds. Headline values of all
    parameters; the mean of the answers is P(coercion) before any report.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> implied_answers(load_case("sony-2014"), load_knowledge(draws=2), sets=5).shape
    (5,)
    """
    slots = slots_of(case, knowledge)
    outcomes = simulate(slots, sets, np.random.default_rng(seed))
    joint = slots.network.fold(slots.joint(outcomes, range(len(slots.slots))), 1)
    intent = joint.sum((1, 2))
    return np.asarray(intent[IS_COERCION].sum(0) / intent.sum(0))
