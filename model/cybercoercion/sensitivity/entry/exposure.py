"""Parts of the joint that go through a row of a table, and of a campaign what they say of its purpose."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce

import numpy as np
from numpy.typing import NDArray

from cybercoercion.sensitivity.entry.rows import Row, Where, block, voice
from cybercoercion.sensitivity.entry.world import Episode, World

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
KEPT = 2**28  # bytes of parts that are kept
Part = tuple[list[int], list[int], list[int], Array]  # intents, actors, demands, and a part of the joint over them
NO_PART: Part = ([], [], [], np.empty(0))


class Exposures:
    """Parts of the joint that go through rows, made once for the rows that share them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.draws = world.episodes[0].network.draws
        self._shares: dict[tuple[int, str], Array] = {}
        self._last: dict[object, Part] = {}
        self._kept = 0  # bytes
        self._rest: dict[tuple[int, ...], Array] = {}

    def order(self, by_episode: dict[int, Row]) -> str:
        """Return what rows with the same parts have in common."""
        return repr(tuple(piece.where for piece in next(iter(by_episode.values())).pieces))

    def product(self, places: tuple[int, ...], wheres: tuple[Where, ...]) -> Part:
        """Return the joint with, of these episodes, only the parts that go through.

        Of a campaign, what an episode says is linear in its joint, and a part of it bears on every purpose.
        """
        return self._remember((places, wheres), lambda: self._product(places, wheres))

    def _remember(self, key: object, make: Callable[[], Part]) -> Part:
        if key not in self._last:
            self._last[key] = made = make()
            self._kept += made[-1].nbytes
            while self._kept > KEPT and len(self._last) > 1:
                self._kept -= self._last.pop(next(iter(self._last)))[-1].nbytes
        return self._last[key]

    def _product(self, places: tuple[int, ...], wheres: tuple[Where, ...]) -> Part:
        if not self.world.campaign:
            return self._part(places[0], wheres[0])
        common = self._common(places, wheres)
        who, demands = np.flatnonzero(common.any(1)).tolist(), np.flatnonzero(common.any(0)).tolist()
        if not who:
            return NO_PART
        out = self._others(places)[:, who][:, :, demands]
        for place, where in zip(places, wheres, strict=True):
            _, each, asked, part = self._remember((place, where), partial(self._served, place, where))
            out = out * part[:, [each.index(w) for w in who]][:, :, [asked.index(d) for d in demands]]
        return list(range(len(out))), who, demands, out

    def _common(self, places: tuple[int, ...], wheres: tuple[Where, ...]) -> Mask:
        """Return which actors and demands parts of several episodes share, dims ``(who, demand)``."""
        network = self.world.episodes[0].network
        out = np.ones((len(network.kind_of), len(network.demands)), dtype=bool)
        for place, where in zip(places, wheres, strict=True):
            here = block(self.world.episodes[place], where)
            mask = np.zeros_like(out)
            mask[np.ix_(here.who, here.demands)] = here.mask
            out &= mask
        return out

    def _others(self, places: tuple[int, ...]) -> Array:
        """Return all that a campaign's joint is made of but what these episodes say."""
        if places not in self._rest:
            others = [term for place, term in enumerate(self.world.terms) if place not in places]
            whole = self.world.joint.shape
            self._rest[places] = np.broadcast_to(reduce(np.multiply, others, self.world.start), whole)
        return self._rest[places]

    def _served(self, place: int, where: Where) -> Part:
        """Return what a part of an episode's joint says of the purpose, dims ``(purpose, who, demand, draw)``."""
        intents, who, demands, part = self._part(place, where)
        one, r = self.world.episodes[place], self.world.persistence
        before = one.before[:, who][:, :, demands]
        total = before.sum(0)
        usual = np.divide((1 - r) * part.sum(0), total, out=np.zeros_like(total), where=total > 0)
        out = np.repeat(usual[None], len(before), 0)
        own = before[intents]
        out[intents] += np.divide(r * part, own, out=np.zeros_like(own), where=own > 0)
        return list(range(len(before))), who, demands, out

    def _part(self, place: int, where: Where) -> Part:
        one = self.world.episodes[place]
        here = block(one, where)
        out = one.joint[np.ix_(here.intents, here.who, here.demands)]
        if where.hidden is not None:
            name, state = where.hidden
            kind_of = one.network.kind_of[here.who]
            standing = one.network.standing[np.ix_(here.who, here.demands)]
            share = self._share(place, name)[state][here.intents]  # (intent, kind, standing, draw)
            k = kind_of[:, None] if share.shape[1] > 1 else np.zeros((len(here.who), 1), dtype=np.intp)
            c = standing if share.shape[2] > 1 else np.zeros((1, 1), dtype=np.intp)
            out = out * share[:, k, c]
        if not here.mask.all():
            out = out * here.mask[..., None]
        return here.intents, here.who, here.demands, out

    def _share(self, place: int, name: str) -> Array:
        """Return how much of the joint goes through each state of a hidden node.

        Dims ``(state, intent, kind, standing, draw)``.
        """
        key = (place, name)
        if key not in self._shares:
            one = self.world.episodes[place]
            self._shares[key] = _shares(one, name)
        return self._shares[key]


def _shares(one: Episode, name: str) -> Array:
    network = one.network
    if name == "objective":
        weight = (network.objective * one.merged[("objective",), None][:, None, None])[:, :, :, None]
    else:
        weight = network.signalling[:, :, :, None] * voice(one)[:, None]
    total = weight.sum(0)
    return np.asarray(np.divide(weight, total, out=np.zeros_like(weight), where=total > 0))
