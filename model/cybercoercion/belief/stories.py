"""Which stories the reports support best: purpose, actor and demand, together or in part.

The most probable full story is often an accident of how finely the states are cut. A partial story - "North Korea,
whatever it wanted" - can be better supported than any full one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.belief import IS_COERCION
from cybercoercion.belief.coalition import Coalitions
from cybercoercion.vocabulary import COERCION as COERCIVE
from cybercoercion.vocabulary import INTENTS

Array = NDArray[np.float64]
COERCION = "coercion"
TOP = 3
LEAST = 0.01  # a story this improbable is no answer, however much its odds rose


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One assignment of purpose, actor and demand; what is None is left open."""

    purpose: str | None  # an intent, or `coercion`
    actor: str | None
    demand: str | None
    prior: float
    p: float  # given all reports
    weight: float  # decibans: odds of the story against all else, after over before
    lead: float | None = None  # p over that of the next full story

    @property
    def full(self) -> bool:
        """Return whether nothing is left open."""
        return None not in (self.purpose, self.actor, self.demand)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """The best-supported explanations, partial ones included, and the most probable full stories."""

    explanations: tuple[Story, ...]  # by weight, without those that another explains as well
    full: tuple[Story, ...]  # by probability


def tell_stories(coalitions: Coalitions, *, top: int = TOP) -> Stories:
    """Return the best-supported explanations and the most probable full stories.

    An explanation is scored by the generalised Bayes factor
    ``GBF = [P(h | e) / P(not h | e)] / [P(h) / P(not h)]``, in decibans; probabilities are averaged over draws
    before odds are formed. A story is dropped when a more general one scores at least as high, or when a more
    specific one scores higher. Stories below one per cent are not told.

    Parameters
    ----------
    coalitions
        The reports of a case that count.
    top
        How many of each to return.

    References
    ----------
    C. Yuan, H. Lim, T.-C. Lu, "Most relevant explanation in Bayesian networks", Journal of Artificial Intelligence
    Research 42, 2011.

    Examples
    --------
    >>> from cybercoercion.belief.coalition import coalitions_of
    >>> from cybercoercion.case import parse_case, read_shipped
    >>> from cybercoercion.knowledge import load_knowledge
    >>> s = tell_stories(coalitions_of(parse_case(read_shipped("sony-2014")), load_knowledge(draws=50)))
    >>> s.full[0].actor, s.full[0].demand
    ('north-korea', 'withhold-film')
    """
    network = coalitions.network
    before = coalitions.masses(0)
    after = coalitions.masses(coalitions.everything)
    told = list(enumerate_stories(before / before.sum(), after / after.sum(), network.actors, network.demands))
    likely = [one for one in told if one.p >= LEAST]
    kept = [one for one in likely if not any(dominates(other, one) for other in likely)]
    explanations = sorted(kept, key=lambda story: -story.weight)[:top]
    full = sorted((one for one in told if one.full and one.purpose != COERCION), key=lambda story: -story.p)
    return Stories(explanations=tuple(explanations), full=tuple(_with_lead(full, at) for at in range(len(full))[:top]))


def enumerate_stories(
    before: Array, after: Array, actors: tuple[str, ...], demands: tuple[str, ...]
) -> Iterator[Story]:
    """Yield every assignment of at least one of purpose, actor and demand that was neither certain nor impossible.

    Parameters
    ----------
    before, after
        Probabilities without and with the reports, dims ``(intent, actor, demand)``; each sums to one.
    actors, demands
        Their labels.
    """
    purposes: dict[str | None, NDArray[np.bool_]] = {None: np.ones(len(INTENTS), dtype=bool), COERCION: IS_COERCION}
    purposes |= {intent: np.arange(len(INTENTS)) == i for i, intent in enumerate(INTENTS)}
    for (purpose, intents), actor, demand in product(purposes.items(), (None, *actors), (None, *demands)):
        inside = (
            intents[:, None, None]
            & np.array([actor in (None, one) for one in actors])[:, None]
            & np.array([demand in (None, one) for one in demands])
        )
        prior, rest_prior = float(before[inside].sum()), float(before[~inside].sum())
        p, rest = float(after[inside].sum()), float(after[~inside].sum())
        if min(prior, rest_prior, p) <= 0:
            continue
        weight = float(10 * np.log10(p / rest * rest_prior / prior)) if rest > 0 else float("inf")
        yield Story(purpose=purpose, actor=actor, demand=demand, prior=prior, p=p, weight=weight)


def dominates(one: Story, other: Story) -> bool:
    """Return whether the first story makes the second superfluous.

    The more general wins ties, because it says no more than it must.
    """
    if includes(one, other):
        return one.weight >= other.weight
    return includes(other, one) and one.weight > other.weight


def includes(general: Story, special: Story) -> bool:
    """Return whether the second story is a proper special case of the first."""
    pairs = ((general.actor, special.actor), (general.demand, special.demand))
    purpose = (
        general.purpose is None
        or general.purpose == special.purpose
        or (general.purpose == COERCION and special.purpose in COERCIVE)
    )
    same = general.purpose == special.purpose and all(a == b for a, b in pairs)
    return purpose and all(a is None or a == b for a, b in pairs) and not same


def _with_lead(full: list[Story], at: int) -> Story:
    following = full[at + 1].p if at + 1 < len(full) else 0.0
    return replace(full[at], lead=full[at].p / following if following > 0 else None)
