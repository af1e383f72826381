"""The Bayesian network of a case before any report: which hidden states there are, and how likely.

``p(intent | frame) p(kind | intent) p(actor | kind, context) p(demand | actor, intent)``, beside them
``p(signalling | intent, kind)``, ``p(objective | intent, kind)`` and ``p(framed | actor)``.
Arrays are plain numpy with the draw axis last; names of axes stand in the docstrings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief import context
from cybercoercion.case import Case
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import FRAMES, KINDS, NONE, OTHER

Array = NDArray[np.float64]
Index = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Prior tables of one case.

    The axis ``who`` holds the candidates and then the unlisted actor once per kind, so that a kind is a
    function of ``who``; ``actor`` folds the unlisted into one.
    """

    actors: tuple[str, ...]  # candidates, then `other`
    demands: tuple[str, ...]  # candidates, then `none`
    intent: Array  # (intent, draw)
    kind: Array  # (intent, kind, draw)
    share: Array  # (who, draw): p(who | kind of who, context)
    kind_of: Index  # (who,) -> kind
    demand: Array  # (intent, who, demand, draw)
    standing: Index  # (who, demand) -> STANDING
    signalling: Array  # (signalling, intent, kind, draw)
    objective: Array  # (objective, intent, kind, draw)
    deception: Array  # (who, draw): probability that somebody else is framed
    dispute: bool | None  # whether a candidate state has a live dispute with the target, None = not known
    second_aim: Array  # (intent, draw)
    plausible_who: Array  # (who, draw): p(who) before any report
    plausible_actor: Array  # (actor, draw)
    plausible_demand: Array  # (demand, draw)
    _memory: dict[object, Array] = field(default_factory=dict, repr=False, compare=False)

    @property
    def candidates(self) -> int:
        """Return the number of listed actors."""
        return len(self.actors) - 1

    @property
    def draws(self) -> int:
        """Return the number of draws."""
        return int(self.intent.shape[-1])

    def remember(self, key: object, make: Callable[[], Array]) -> Array:
        """Return a derived array, computed once per network."""
        if key not in self._memory:
            self._memory[key] = make()
        return self._memory[key]

    def fold(self, by_who: Array, axis: int) -> Array:
        """Return an array over ``who`` with the unlisted kinds added up to ``other`` on the same axis."""
        return _fold(by_who, axis, self.candidates)


def _fold(by_who: Array, axis: int, candidates: int) -> Array:
    first = np.moveaxis(by_who, axis, 0)
    out = first[: candidates + 1].copy()
    for unlisted in first[candidates + 1 :]:
        out[candidates] += unlisted
    return np.ascontiguousarray(np.moveaxis(out, 0, axis))


def build_network(case: Case, knowledge: Knowledge) -> Network:
    """Return the prior tables of a case: a function of frame, actors, demands and checklists, not of reports."""
    kind_of = np.array([KINDS.index(actor.kind) for actor in case.actors] + list(range(len(KINDS))), dtype=np.intp)
    intent, kind = knowledge.table("intent")[FRAMES.index(case.frame)], context.kind(case, knowledge)
    share, demand = context.share(case, knowledge), context.demand(case, knowledge)
    by_who = intent[:, None] * kind[:, kind_of] * share  # (intent, who, draw)
    who = by_who.sum(0)
    return Network(
        actors=(*case.actor_ids, OTHER),
        demands=(*case.demand_ids, NONE),
        intent=intent,
        kind=kind,
        share=share,
        kind_of=kind_of,
        demand=demand,
        standing=context.standing(case),
        signalling=np.ascontiguousarray(np.moveaxis(knowledge.table("signalling"), 2, 0)),
        objective=np.ascontiguousarray(np.moveaxis(knowledge.table("objective"), 2, 0)),
        deception=context.deception(case, knowledge),
        dispute=context.live_dispute(case),
        second_aim=knowledge.table("second_aim")[:, 0],
        plausible_who=who,
        plausible_actor=_fold(who, 0, len(case.actors)),
        plausible_demand=(by_who[:, :, None] * demand).sum((0, 1)),
    )
