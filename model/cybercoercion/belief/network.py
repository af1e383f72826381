"""The Bayesian network of a case before any report: which hidden states there are, and how likely.

``p(intent | frame) p(kind | intent) p(actor | kind, context) p(demand | actor, intent)``, beside them
``p(signalling | intent, kind)``, ``p(objective | intent, kind)`` and ``p(framed | actor)``.
Arrays are plain numpy with the draw axis last; names of axes stand in the docstrings.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief import context
from cybercoercion.case import Case
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import INTENTS, KINDS, NONE, OTHER

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

    @property
    def candidates(self) -> int:
        """Return the number of listed actors."""
        return len(self.actors) - 1

    @property
    def draws(self) -> int:
        """Return the number of draws."""
        return int(self.intent.shape[-1])

    def who(self) -> Array:
        """Return p(who), dims ``(who, draw)``: how plausible each actor is before any report."""
        by_kind = (self.intent[:, None] * self.kind).sum(0)
        return np.asarray(by_kind[self.kind_of] * self.share)

    def any_demand(self) -> Array:
        """Return p(demand), dims ``(demand, draw)``."""
        by_who = self.intent[:, None] * self.kind[:, self.kind_of] * self.share
        return np.asarray(np.einsum("iws,iwds->ds", by_who, self.demand))

    def fold(self, by_who: Array, axis: int) -> Array:
        """Return an array over ``who`` with the unlisted kinds added up to ``other`` on the same axis."""
        listed = np.take(by_who, range(self.candidates), axis)
        unlisted = np.take(by_who, range(self.candidates, by_who.shape[axis]), axis).sum(axis, keepdims=True)
        return np.concatenate([listed, unlisted], axis)


def build_network(case: Case, knowledge: Knowledge) -> Network:
    """Return the prior tables of a case: a function of frame, actors, demands and checklists, not of reports."""
    frame = case.frame
    kind_of = np.array([KINDS.index(actor.kind) for actor in case.actors] + list(range(len(KINDS))), dtype=np.intp)
    intent = knowledge.table("intent")
    from cybercoercion.vocabulary import FRAMES

    return Network(
        actors=(*case.actor_ids, OTHER),
        demands=(*case.demand_ids, NONE),
        intent=intent[FRAMES.index(frame)],
        kind=knowledge.table("kind"),
        share=context.share(case, knowledge),
        kind_of=kind_of,
        demand=context.demand(case, knowledge),
        standing=context.standing(case),
        signalling=np.ascontiguousarray(np.moveaxis(knowledge.table("signalling"), 2, 0)),
        objective=np.ascontiguousarray(np.moveaxis(knowledge.table("objective"), 2, 0)),
        deception=context.deception(case, knowledge),
        dispute=context.live_dispute(case),
        second_aim=knowledge.table("second_aim")[:, 0],
    )


assert len(INTENTS) == 9  # the engine multiplies small dense arrays; a longer list wants another layout
