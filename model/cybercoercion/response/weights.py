"""What a belief says to the costs: how probable each purpose, actor and demand is, in each draw or on average."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from cybercoercion.knowledge import Knowledge
from cybercoercion.response.factors import Factors
from cybercoercion.response.lever import Lever

Array = NDArray[np.float64]


class BeliefLike(Protocol):
    """What a ranking needs of a belief: labels, and p(states, evidence | draw) over its total."""

    @property
    def intents(self) -> tuple[str, ...]:
        """The purposes, in the order of the vocabulary."""
        ...

    @property
    def actors(self) -> tuple[str, ...]:
        """The candidates of the case in its order, then `other`."""
        ...

    @property
    def demands(self) -> tuple[str, ...]:
        """The candidate demands in their order, then `none`."""
        ...

    @property
    def posterior(self) -> Array:
        """Dims ``(intent, actor, demand, draw)``; sums to one."""
        ...


@dataclass(frozen=True, kw_only=True, eq=False)
class Weights:
    """Probabilities of the states, with a trailing draw axis (of one, on average).

    ``states`` has dims ``(intent, actor, draw)`` and sums to ``mass`` in each draw; ``demanded`` is the part of it in
    which a demand is made; ``demands``, dims ``(demand, draw)``, leaves out the state in which none is. What the
    methods return is inside the draw: divided by its mass.
    """

    states: Array
    demanded: Array
    demands: Array
    mass: Array
    factors: Factors
    off_target: float
    _memory: dict[Hashable, object] = field(default_factory=dict, repr=False)

    def recurring(self, levers: Sequence[Lever] = (), *, demanded: bool = False, elsewhere: bool = False) -> Array:
        """Return the recurrence that all these levers work on, as a multiple of the rate, dims ``(class, draw)``.

        At this target, or ``elsewhere`` in the country.

        ``sum over i in class, a of m_lambda(i) prod_v m_v(i) chi_v(a) p(i, a)``.
        """

        def contract() -> Array:
            scale = np.ones(self.states.shape[0])
            for lever in levers:
                scale = scale * self.factors.scale[lever.variant.factor]
            states = self.demanded if demanded else self.states
            spread = self.factors.elsewhere if elsewhere else self.factors.spread
            return np.asarray((spread * scale) @ self._reached(states, levers) / self.mass)

        alike = tuple((one.variant.factor, one.place, one.variant.follows_guilt) for one in levers)
        return self.remember(("recurring", alike, demanded, elsewhere), contract)

    def reached(self, levers: Sequence[Lever]) -> Array:
        """Return ``sum over a of prod_v chi_v(a) p(a)``, dims ``(draw,)``."""
        alike = tuple((one.place, one.variant.follows_guilt) for one in levers)
        return self.remember(
            ("reached", alike), lambda: np.asarray(self._reached(self.states, levers).sum(0) / self.mass)
        )

    def guilty(self, lever: Lever) -> Array:
        """Return the probability that the lever is aimed at who did it, dims ``(draw,)``."""
        place = lever.place
        return self.remember(("guilty", place), lambda: np.asarray(self.states[:, place].sum(0) / self.mass))

    def asked(self) -> Array:
        """Return the probability of each demand of the list, dims ``(demand, draw)``."""
        return self.remember("asked", lambda: self.demands / self.mass)

    def remember[T](self, key: Hashable, make: Callable[[], T]) -> T:
        """Return a contraction of these weights, computed once."""
        if key not in self._memory:
            self._memory[key] = make()
        return cast("T", self._memory[key])

    def _reached(self, states: Array, levers: Sequence[Lever]) -> Array:
        if not levers:
            return np.asarray(states.sum(1))
        reach = np.ones(states.shape[1])
        for lever in levers:
            reach = reach * lever.reach(self.off_target, states.shape[1] - 1)
        whom = np.flatnonzero(reach)
        if len(whom) == 1:
            return np.asarray(states[:, whom[0]] * reach[whom[0]])
        return np.asarray((states * reach[:, None]).sum(1))


def accusable(weights: Weights, knowledge: Knowledge) -> NDArray[np.bool_]:
    """Say of each candidate whether it is likely enough to be accused, dims ``(candidate,)``, on averaged weights."""
    p = weights.states[:, :-1, 0].sum(0)
    return np.asarray(p >= knowledge.mean("accused_share") * p.max())


def averaged(belief: BeliefLike, factors: Factors, off_target: float) -> Weights:
    """Return the weights of the belief with draws averaged: of the joint, never of the conditionals."""
    posterior = belief.posterior.sum(-1, keepdims=True)
    return _weights(posterior, factors, off_target)


def by_draw(belief: BeliefLike, factors: Factors, off_target: float) -> tuple[Weights, Array]:
    """Return the weights of the belief inside each draw, and the weight of each draw, dims ``(draw,)``."""
    weights = _weights(belief.posterior, factors, off_target)
    raw = weights.states.sum((0, 1))
    return weights, np.asarray(raw / raw.sum())


def _weights(posterior: Array, factors: Factors, off_target: float) -> Weights:
    demanded = np.zeros((*posterior.shape[:2], posterior.shape[3]))
    for demand in range(posterior.shape[2] - 1):
        demanded += posterior[:, :, demand]
    states = demanded + posterior[:, :, -1]
    mass = states.sum((0, 1))
    return Weights(
        states=states,
        demanded=demanded,
        demands=posterior[:, :, :-1].sum((0, 1)),
        mass=np.where(mass > 0, mass, 1.0),  # a draw that the evidence rules out has no states and no weight
        factors=factors,
        off_target=off_target,
    )
