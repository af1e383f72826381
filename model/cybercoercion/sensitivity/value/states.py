"""Every hidden state that a report can hang on, together, with the draws averaged out once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.network import Network
from cybercoercion.case import Case
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import COERCION, INTENTS, KINDS, OBJECTIVES, SIGNALLING, STANDING

Array = NDArray[np.float64]
Index = NDArray[np.intp]
AXES = ("intent", "who", "demand", "signalling", "objective")
FRAMED = "framed"  # whether the actor framed another, and whom
EPISODE = "intent of the latest episode"  # of a campaign, beside its purpose
GUILTY = "guilty:"  # and an actor: whether it was this one


@dataclass(frozen=True, kw_only=True, eq=False)
class States:
    """What is believed of everything hidden that reports hang on, given all reports so far.

    ``base`` is p(intent, who, demand, evidence | draw) over its total, without what was told of signalling and
    objective, dims ``(intent, who, demand, draw)``; ``voice`` p(signalling, told | intent, kind), dims
    ``(signalling, intent, kind, standing or 1, draw)``; ``aim`` p(objective, told | intent, kind), dims
    ``(objective, intent, kind, draw)``. Their product is the joint in each draw. ``told`` is the likelihood of each
    fact of the episode by state, ``apparent`` that of each apparent actor, dims ``(who, draw)``. Of a campaign these
    are the states of its latest episode, and ``purpose`` is P(purpose of the campaign | them), dims
    ``(purpose, intent, who, demand)``.
    """

    case: Case
    network: Network
    knowledge: Knowledge
    told: Mapping[tuple[str, str | None], Array]
    apparent: Array
    early: bool  # tables of cases of which no more is known than can be seen at once
    base: Array
    voice: Array
    aim: Array
    purpose: Array | None = None
    _memory: dict[Hashable, object] = field(default_factory=dict, repr=False)

    @property
    def joint(self) -> Array:
        """The averaged joint, dims ``(intent, who, demand, signalling, objective)``; sums to one."""
        return self.remember("joint", self._joint)

    @property
    def inside(self) -> Array:
        """p(intent, who, demand, evidence | draw) over its total, dims ``(intent, who, demand, draw)``."""

        def make() -> Array:
            both = self.voice.sum(0) * self.aim.sum(0)[:, :, None]  # (intent, kind, standing or 1, draw)
            return np.asarray(self.base * both[:, self.network.kind_of[:, None], self._standing])

        return self.remember("inside", make)

    @property
    def draws(self) -> Array:
        """The weight of each draw, dims ``(draw,)``; sums to one."""
        return self.remember("draws", lambda: self.inside.sum((0, 1, 2)))

    def index(self, name: str) -> tuple[tuple[str, ...], Index]:
        """Return the labels of a variable, and which one each cell of the joint has, dims broadcast to the joint's."""
        network = self.network
        if name.startswith(GUILTY):
            place = self.case.actor_ids.index(name.removeprefix(GUILTY))
            return ("yes", "no"), _along(np.where(np.arange(len(network.kind_of)) == place, 0, 1), 1)
        if (
            name == FRAMED
        ):  # whom a frame points at tells nothing more of what costs hang on, once it is known who did it
            return ("any",), np.zeros((1,) * len(AXES), dtype=np.intp)
        if name == "coercion":
            return ("yes", "no"), _along(np.array([0 if one in COERCION else 1 for one in INTENTS]), 0)
        if name == "standing":
            return STANDING, network.standing[None, :, :, None, None]
        who = (*network.actors[:-1], *(f"other {kind}" for kind in KINDS))
        folded = np.minimum(np.arange(len(who)), network.candidates)
        labels, places, axis = {
            "intent": (INTENTS, np.arange(len(INTENTS)), 0),
            EPISODE: (INTENTS, np.arange(len(INTENTS)), 0),
            "who": (who, np.arange(len(who)), 1),
            "actor": (network.actors, folded, 1),
            "kind": (KINDS, network.kind_of, 1),
            "demand": (network.demands, np.arange(len(network.demands)), 2),
            "signalling": (SIGNALLING, np.arange(len(SIGNALLING)), 3),
            "objective": (OBJECTIVES, np.arange(len(OBJECTIVES)), 4),
        }[name]
        return labels, _along(places, axis)

    def cells(self, names: Sequence[str]) -> tuple[int, Index]:
        """Return how many cells some variables have together, and which one each cell of the joint lies in."""
        count, at = 1, np.zeros((1,) * len(AXES), dtype=np.intp)
        for name in names:
            labels, places = self.index(name)
            count, at = count * len(labels), at * len(labels) + places
        return count, at

    def known(self, names: Sequence[str]) -> Array:
        """Return p(cell, purpose, actor, demand) for each cell of some variables, dims of the last three a choice's."""
        count, at = self.cells(names)
        return self.mass(np.arange(count).reshape(-1, *(1,) * len(AXES)) == at)

    def mass(self, given: Array) -> Array:
        """Return p(outcome, intent, actor, demand), from P(outcome | states) with dims broadcast to the joint's.

        Of a campaign the intent is its purpose.
        """
        seen = [axis for axis in (3, 4) if given.shape[axis + 1] > 1]
        joint = self.remember(("joint", tuple(seen)), lambda: self.joint.sum(tuple({3, 4} - set(seen)), keepdims=True))
        flat = (joint * given).sum((4, 5))  # (outcome, intent, who, demand)
        if self.purpose is not None:
            flat = np.einsum("yiwd,piwd->ypwd", flat, self.purpose)
        return self.network.fold(flat, 2)

    @property
    def posterior(self) -> Array:
        """p(intent, actor, demand), dims of a choice's states."""
        return np.asarray(self.mass(np.ones((1,) * (len(AXES) + 1)))[0])

    def by_draw(self, names: tuple[str, ...]) -> Array:
        """Return p(cell, evidence | draw) over its total for the cells of some variables, dims ``(cell, draw)``."""
        return self.remember(("by draw", names), lambda: self._by_draw(names))

    def remember[T](self, key: Hashable, make: Callable[[], T]) -> T:
        """Return a derived value, computed once."""
        if key not in self._memory:
            self._memory[key] = make()
        return cast("T", self._memory[key])

    @property
    def _standing(self) -> Index:
        """The class of each demand for each actor, or 0 where nothing told hangs on it, dims ``(who, demand)``."""
        return self.network.standing if self.voice.shape[3] > 1 else np.zeros_like(self.network.standing)

    @property
    def _grouped(self) -> Array:
        """``base`` summed over actors of a kind and demands of a standing, ``(intent, kind, standing, draw)``."""

        def make() -> Array:
            network = self.network
            out = np.zeros((len(INTENTS), len(KINDS), len(STANDING), self.base.shape[-1]))
            for who, kind in enumerate(network.kind_of):
                for demand, standing in enumerate(network.standing[who]):
                    out[:, kind, standing] += self.base[:, who, demand]
            return out

        return self.remember("grouped", make)

    def _joint(self) -> Array:
        network, standing = self.network, self._standing
        size = (len(INTENTS), *standing.shape, len(SIGNALLING), len(OBJECTIVES))
        out = np.zeros(size)
        pairs = list(np.ndindex(*standing.shape))
        groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for who, demand in pairs:
            groups.setdefault((int(network.kind_of[who]), int(standing[who, demand])), []).append((who, demand))
        for (kind, stand), members in groups.items():
            rows, columns = (list(one) for one in zip(*members, strict=True))
            both = self.voice[:, None, :, kind, stand] * self.aim[None, :, :, kind]  # (s, o, intent, draw)
            both = np.moveaxis(both, 2, 0).reshape(len(INTENTS), -1, both.shape[-1])
            inner = self.base[:, rows, columns] @ both.transpose(0, 2, 1)  # (intent, member, s x o)
            out[:, rows, columns] = inner.reshape(len(INTENTS), len(rows), *size[3:])
        return out

    def _by_draw(self, names: tuple[str, ...]) -> Array:
        count, at = self.cells(names)
        heard = {"signalling", "objective"} & set(names)
        if not heard:
            cells = np.broadcast_to(at[..., 0, 0], self.inside.shape[:3])
            return _summed(self.inside.reshape(-1, self.inside.shape[-1]), cells.ravel(), count)
        source = np.zeros((count, self.base.shape[-1]))
        if "objective" in heard:
            part = (self._grouped * self.voice.sum(0)).sum(2)  # (intent, kind, draw)
            assert names == ("objective",), names
            for place in range(len(OBJECTIVES)):
                source[place] = (part * self.aim[place]).sum((0, 1))
            return source
        part = self._grouped * self.aim.sum(0)[:, :, None]
        by = np.array([(part * voice).sum(0) for voice in self.voice])  # (signalling, kind, standing, draw)
        sizes = {"signalling": len(SIGNALLING), "kind": len(KINDS), "standing": len(STANDING)}
        assert set(names) <= set(sizes), names
        left = tuple(axis for axis, name in enumerate(sizes) if name not in names)
        table = by.sum(left)
        order = [name for name in sizes if name in names]
        table = np.moveaxis(table, [order.index(name) for name in names], range(len(names)))
        return np.asarray(table.reshape(count, -1))


def _along(places: Index, axis: int) -> Index:
    shape = [1] * len(AXES)
    shape[axis] = len(places)
    return places.reshape(shape)


def _summed(values: Array, cells: Index, count: int) -> Array:
    """Return the sum of rows by cell, dims ``(cell, draw)``."""
    out = np.zeros((count, values.shape[-1]))
    for cell in range(count):
        rows = np.flatnonzero(cells == cell)
        if len(rows):
            out[cell] = values[rows].sum(0)
    return out
