"""The joint as a function of one entry: at a few values of it, exactly, for every entry of every row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cybercoercion.sensitivity.entry.exposure import Exposures
from cybercoercion.sensitivity.entry.rows import Piece, Row, rows_of
from cybercoercion.sensitivity.entry.world import PURPOSE, Change, Place, World

Array = NDArray[np.float64]
Covariation = Literal["proportional", "uniform"]
ALSO_BEFORE = ("intent", "kind", "demanded", "dispute", PURPOSE)  # of a campaign: not a polynomial in these
TINY = 1e-250


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curves:
    """A row's entries: functionals of the joint where each entry has these values, dims ``(state, node, functional)``.

    Between them a functional is the polynomial through the nodes. No nodes: not a polynomial, only the engine can say.
    """

    table: str
    version: str
    place: Place
    rows: Array  # (state, draw), as used
    nodes: Array  # (node,)
    values: Array
    by_engine: bool


def nodes_of(degree: int) -> Array:
    """Return the values of an entry at which a polynomial of this degree is known, both ends among them."""
    return np.asarray((1 - np.cos(np.pi * np.arange(degree + 1) / degree)) / 2)


def between(nodes: Array, at: Array) -> Array:
    """Return what the values of a polynomial at nodes are multiplied with to have it elsewhere, dims ``(at, node)``.

    >>> between(np.array([0.0, 1.0]), np.array([0.25])).tolist()
    [[0.75, 0.25]]
    """
    out = np.ones((len(at), len(nodes)))
    for one, node in enumerate(nodes):
        for other in np.delete(nodes, one):
            out[:, one] *= (at - other) / (node - other)
    return out


def moved(rows: Array, state: int, value: float | Array, covariation: Covariation) -> Array:
    """Return a row with one entry at a value in every draw, dims ``(state, draw)``; the others share what is left.

    ``proportional``: they keep their proportions. ``uniform``: they become equal. Others that are all zero do too.

    >>> moved(np.array([[0.5], [0.3], [0.2]]), 0, 0.0, "proportional")[:, 0].tolist()
    [0.0, 0.6, 0.4]
    """
    others = np.delete(np.arange(len(rows)), state)
    total = rows[others].sum(0)
    even = np.full_like(rows[others], 1 / len(others))
    share = (
        even if covariation == "uniform" else np.where(total > 0, rows[others] / np.where(total > 0, total, 1), even)
    )
    out = np.empty_like(rows)
    out[state] = value
    out[others] = (1 - out[state]) * share
    return out


def curves_of(
    world: World, functionals: Array, covariation: Covariation, tables: tuple[str, ...] | None
) -> Iterator[Curves]:
    """Yield every row that the belief uses; ``functionals`` has dims ``(functional, intent, who, demand)``."""
    used: dict[tuple[str, Place], dict[int, Row]] = defaultdict(dict)
    for place, one in enumerate(world.episodes):
        for row in rows_of(one):
            if tables is None or row.table in tables:
                used[row.version, row.place][place] = row
    through = Exposures(world)
    base = functionals.reshape(len(functionals), -1) @ world.joint.mean(-1).reshape(-1)
    closed = {key: by_episode for key, by_episode in used.items() if _closed(world, by_episode)}
    # rows that share a part of the joint follow each other, so that it is made once
    for key, by_episode in sorted(closed.items(), key=lambda item: through.order(item[1])):
        yield _in_closed_form(through, by_episode, functionals, base, covariation)
        del used[key]
    for by_episode in used.values():
        yield _by_engine(world, by_episode, functionals, covariation)
    if world.campaign and (tables is None or PURPOSE in tables):
        table = world.knowledge.table(PURPOSE)
        frames = world.knowledge.tables[PURPOSE].parents[0]
        for frame in dict.fromkeys(one.case.frame for one in world.episodes):
            at = (frames.index(frame),)
            row = Row(table=PURPOSE, version=PURPOSE, place=at, rows=table[at], pieces=(), degree=1)
            yield _by_engine(world, {0: row}, functionals, covariation)


def _closed(world: World, by_episode: dict[int, Row]) -> bool:
    if any(not row.pieces or row.degree > 1 for row in by_episode.values()):
        return False
    if world.campaign and next(iter(by_episode.values())).table in ALSO_BEFORE:
        return False
    return all((row.rows * piece.likelihood).sum(0).min() > TINY for row in by_episode.values() for piece in row.pieces)


def _in_closed_form(
    through: Exposures, by_episode: dict[int, Row], functionals: Array, base: Array, covariation: Covariation
) -> Curves:
    """Return ``sum over draws of the joint x (what the row gives / what it gives now)`` at the nodes."""
    first = next(iter(by_episode.values()))
    nodes = nodes_of(len(by_episode))
    states = len(first.rows)
    out = np.broadcast_to(base, (states, len(nodes), len(base))).copy()
    places = tuple(by_episode)
    for size in range(1, len(places) + 1):
        at = nodes_of(size)  # what so many episodes do together is a polynomial of that degree
        raised = between(at, nodes)  # (node, at)
        for some in combinations(places, size):
            moves = [
                [
                    (piece.where, _moves(by_episode[place].rows, piece, at, covariation))
                    for piece in by_episode[place].pieces
                ]
                for place in some
            ]
            for chosen in product(*moves):
                intents, who, demands, part = through.product(some, tuple(where for where, _ in chosen))
                if not part.size:
                    continue
                weight = reduce(np.multiply, (move for _, move in chosen))  # (state, at, draw)
                flat = weight.reshape(-1, weight.shape[-1])
                moved_ = part.reshape(-1, part.shape[-1]) @ flat.T / through.draws  # (cell, state x at)
                told = functionals[:, intents][:, :, who][:, :, :, demands].reshape(len(base), -1)
                out += np.einsum("na,sab->snb", raised, (told @ moved_).T.reshape(states, size + 1, -1))
    return Curves(
        table=first.table,
        version=first.version,
        place=first.place,
        rows=first.rows,
        nodes=nodes,
        values=out,
        by_engine=False,
    )


def _moves(rows: Array, piece: Piece, nodes: Array, covariation: Covariation) -> Array:
    """Return by which share a part of the joint grows with each entry at each node, dims ``(state, node, draw)``."""
    size, draws = rows.shape
    if not np.isfinite(piece.likelihood).all():
        raise ValueError("a likelihood is not finite")
    now = (rows * piece.likelihood).sum(0)
    gain = np.broadcast_to(piece.likelihood / now, (size, draws))  # with the entry at one
    others = 1 - np.eye(size)
    total = others @ rows
    if covariation == "uniform":
        without = others @ gain / (size - 1)
    else:
        even = others @ gain / (size - 1)
        without = np.where(total > 0, others @ (rows * gain) / np.where(total > 0, total, 1), even)
    t = nodes[:, None]
    return np.asarray(t * gain[:, None] + (1 - t) * without[:, None] - 1)


def _by_engine(world: World, by_episode: dict[int, Row], functionals: Array, covariation: Covariation) -> Curves:
    """Return the functionals at the nodes from the engine; none where they are no polynomial."""
    first = next(iter(by_episode.values()))
    no_polynomial = world.campaign and first.table in ALSO_BEFORE
    degree = sum(row.degree for row in by_episode.values())
    nodes = np.empty(0) if no_polynomial else nodes_of(degree)
    flat = functionals.reshape(len(functionals), -1)
    values = np.empty((len(first.rows), len(nodes), len(flat)))
    for state in range(len(first.rows)):
        for place, value in enumerate(nodes):
            values[state, place] = flat @ at_value(world, first, state, float(value), covariation)
    return Curves(
        table=first.table,
        version=first.version,
        place=first.place,
        rows=first.rows,
        nodes=nodes,
        values=values,
        by_engine=True,
    )


def at_value(world: World, row: Row | Curves, state: int, value: float, covariation: Covariation) -> Array:
    """Return the joint with an entry at a value, by the engine, draws averaged, flat over (intent, who, demand)."""
    rows = moved(row.rows, state, value, covariation)
    joint = world.changed(Change(table=row.table, place=row.place, rows=rows, version=row.version))
    return np.asarray(joint.mean(-1).reshape(-1))
