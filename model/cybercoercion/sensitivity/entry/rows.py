"""Which rows of which tables the joint of an episode goes through, and what is as likely as what beyond them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.evidence import ELSEWHERE
from cybercoercion.sensitivity.entry.world import Change, Episode, Place
from cybercoercion.vocabulary import INTENTS, KINDS, OBJECTIVES, SIGNALLING, STANDING, facts

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
CONTENTS = ("political", "money")


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The part of the joint that goes through a row: states of the world, and one state of a hidden node."""

    intent: int | None = None
    who: tuple[int, ...] | None = None
    standing: int | None = None
    demands: tuple[int, ...] | None = None
    hidden: tuple[str, int] | None = None  # objective or signalling, and which state of it


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """A part of the joint, and how likely what is told is there given each state of the row, dims ``(state, draw)``."""

    where: Where
    likelihood: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Row:
    """A row that an episode uses: as it enters, dims ``(state, draw)``, and where; no pieces: only the engine can say.

    ``degree`` is how often the row enters one term of the joint.
    """

    table: str
    version: str
    place: Place
    rows: Array
    pieces: tuple[Piece, ...]
    degree: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """States of the world by intent, actor and demand; ``mask`` says which of (actor, demand) are among them."""

    intents: list[int]
    who: list[int]
    demands: list[int]
    mask: Mask


def rows_of(episode: Episode) -> Iterator[Row]:
    """Yield every row of every table that the belief about an episode goes through."""
    for name, found in _pieces(episode):
        by_place: dict[Place, list[Piece]] = {}
        for place, piece in found:
            by_place.setdefault(place, []).append(piece)
        table = episode.table(name)
        for place, pieces in by_place.items():
            yield Row(
                table=name,
                version=episode.version(name),
                place=place,
                rows=table[place],
                pieces=tuple(pieces),
                degree=_degree(pieces, episode),
            )
    for name, count in _pointing(episode).items():
        table = episode.table(name)
        for place in np.ndindex(*table.shape[:-2]):
            named = _names(episode, name, place) if count == 1 else ()
            yield Row(table=name, version=name, place=place, rows=table[place], pieces=named, degree=count)


def _pointing(episode: Episode) -> dict[str, int]:
    """Return which tables of names are used, by how many statements."""
    told = [*episode.plain, *(belief.report for belief in episode.beliefs)]
    names = [report.fact for report in told if report.fact in facts() and not facts()[report.fact].states]
    without = not episode.case.demands
    return {
        name: names.count(name) for name in dict.fromkeys(names) if not (without and facts()[name].group == "demand")
    }


def _names(episode: Episode, name: str, place: Place) -> tuple[Piece, ...]:
    """Return how likely the names that were given are, were the row sure of each state, by actor or demand."""
    size, draws = episode.table(name)[place].shape
    sure = [np.broadcast_to(_only(state, size), (size, draws)) for state in range(size)]
    found = [episode.named(Change(table=name, place=place, rows=rows)) for rows in sure]
    by_demand = facts()[name].group == "demand"
    value = np.array([np.broadcast_to(pair[by_demand], (len(pair[by_demand]), draws)) for pair in found])
    return tuple(
        Piece(where=Where(demands=(one,)) if by_demand else Where(who=(one,)), likelihood=value[:, one])
        for one in range(value.shape[1])
    )


Found = Iterator[tuple[Place, Piece]]


def _pieces(episode: Episode) -> Iterator[tuple[str, Found]]:
    """Yield tables with the pieces of their rows; pieces of a table told about several actors come together."""
    network, knowledge, case = episode.network, episode.knowledge, episode.case
    frame = knowledge.tables["intent"].parents[0].index(case.frame)
    yield (
        "intent",
        (((frame,), Piece(where=Where(intent=i), likelihood=_only(i, len(INTENTS)))) for i in range(len(INTENTS))),
    )
    yield "kind", _kinds(episode)
    if case.demands:
        yield "demanded", _demanded(episode)
    if (("objective",), None) in episode.merged:
        yield "objective", _objectives(episode)
    if _voiced(episode):
        yield "signalling", _signalling(episode)
    if network.dispute is not None and "dispute" not in knowledge.setting(f"frame.{case.frame}"):
        said = _only(0 if network.dispute else 1, 2)
        yield (
            "dispute",
            (((k,), Piece(where=Where(who=_of_kind(episode, k)), likelihood=said)) for k in range(len(KINDS))),
        )
    told: dict[str, list[tuple[str | None, Array]]] = {}
    for (name, about), likelihood in episode.evidence.told.items():
        told.setdefault(name, []).append((about, likelihood))
    for name, statements in told.items():
        yield name, (one for about, value in statements for one in _told(episode, name, about, value))
        if name + ELSEWHERE in knowledge.tables and (about_ := [(a, v) for a, v in statements if a is not None]):
            yield name + ELSEWHERE, (((), _else(episode, actor, value)) for actor, value in about_)
        if name == "demand_content":
            yield "content_of_demand", _contents(episode, statements[0][1])


def _only(state: int, size: int) -> Array:
    return np.asarray(np.eye(size)[state][:, None])


def _of_kind(episode: Episode, kind: int) -> tuple[int, ...]:
    return tuple(np.flatnonzero(episode.network.kind_of == kind).tolist())


def _kinds(episode: Episode) -> Found:
    for i in range(len(INTENTS)):
        for k in range(len(KINDS)):
            yield (i,), Piece(where=Where(intent=i, who=_of_kind(episode, k)), likelihood=_only(k, len(KINDS)))


def _demanded(episode: Episode) -> Found:
    """Yield that a demand of the list is made: ``p(d) = y g_d``, none is what is left, ``1 - y sum g``."""
    network, table = episode.network, episode.table("demanded")
    listed, last = tuple(range(len(network.demands) - 1)), (len(network.demands) - 1,)
    for i in range(len(INTENTS)):
        yield (i,), Piece(where=Where(intent=i, demands=listed), likelihood=np.array([[1.0], [0.0]]))
        given = network.demand[i, :, :-1].sum(1) / table[i, 0]  # (who, draw): that it is of the list, if there is one
        for w, one in enumerate(given):
            left = np.array([1 - one, np.ones_like(one)])
            yield (i,), Piece(where=Where(intent=i, who=(w,), demands=last), likelihood=left)


def _objectives(episode: Episode) -> Found:
    said = episode.merged[("objective",), None]
    for i in range(len(INTENTS)):
        for k in range(len(KINDS)):
            yield (i, k), Piece(where=Where(intent=i, who=_of_kind(episode, k)), likelihood=said)


def _voiced(episode: Episode) -> bool:
    scopes = (("signalling",), ("signalling", "kind"), ("signalling", "standing"))
    return any((scope, None) in episode.merged for scope in scopes)


def voice(episode: Episode) -> Array:
    """Return how likely what is told of signalling is, dims ``(signalling, kind, standing, draw)``; ones where not."""
    out = np.ones((len(SIGNALLING), 1, 1, 1))
    for scope, at in (
        (("signalling",), (slice(None), None, None)),
        (("signalling", "kind"), (slice(None), slice(None), None)),
        (("signalling", "standing"), (slice(None), None, slice(None))),
    ):
        if (scope, None) in episode.merged:
            out = out * episode.merged[scope, None][at]
    return out


def _signalling(episode: Episode) -> Found:
    said = voice(episode)
    for i in range(len(INTENTS)):
        for k in range(len(KINDS)):
            of_kind = said[:, min(k, said.shape[1] - 1)]
            for c in range(said.shape[2]):
                standing = c if said.shape[2] > 1 else None
                where = Where(intent=i, who=_of_kind(episode, k), standing=standing)
                yield (i, k), Piece(where=where, likelihood=of_kind[:, c])


def _told(episode: Episode, name: str, about: str | None, value: Array) -> Found:
    given = episode.knowledge.tables[name].given
    who = None if about is None else (episode.case.actor_ids.index(about),)
    if name == "demand_content":
        stated = [demand.content is not None for demand in episode.case.demands]
        free = (*(d for d, one in enumerate(stated) if not one), len(stated))
        for i in range(len(INTENTS)):
            yield (i,), Piece(where=Where(intent=i, demands=free), likelihood=value)
    elif given == ("guilty",):
        if who is not None:
            others = tuple(w for w in range(len(episode.network.kind_of)) if w not in who)
            yield (0,), Piece(where=Where(who=who), likelihood=value)
            yield (1,), Piece(where=Where(who=others), likelihood=value)
    else:
        for place, where in _parents(episode, given, who):
            yield place, Piece(where=where, likelihood=value)


def _parents(episode: Episode, given: tuple[str, ...], who: tuple[int, ...] | None) -> Iterator[tuple[Place, Where]]:
    """Yield where each row of a fact bears, by its parents."""
    if given == ("intent",):
        yield from (((i,), Where(intent=i, who=who)) for i in range(len(INTENTS)))
    elif given == ("intent", "standing"):
        for i in range(len(INTENTS)):
            yield from (((i, c), Where(intent=i, standing=c)) for c in range(len(STANDING)))
    elif given == ("objective",):
        yield from (((o,), Where(hidden=("objective", o))) for o in range(len(OBJECTIVES)))
    elif given == ("signalling",):
        yield from (((g,), Where(hidden=("signalling", g))) for g in range(len(SIGNALLING)))
    elif given == ("signalling", "kind"):
        for g in range(len(SIGNALLING)):
            for k in range(len(KINDS)):
                yield (g, k), Where(who=_of_kind(episode, k), hidden=("signalling", g))
    elif given == ("signalling", "standing"):
        for g in range(len(SIGNALLING)):
            yield from (((g, c), Where(standing=c, hidden=("signalling", g))) for c in range(len(STANDING)))
    else:
        raise ValueError(f"got a fact given {', '.join(given)}; what its rows bear on is not known")


def _else(episode: Episode, actor: str | None, value: Array) -> Piece:
    at = episode.case.actor_ids.index(str(actor))
    others = tuple(w for w in range(len(episode.network.kind_of)) if w != at)
    return Piece(where=Where(who=others), likelihood=value)


def _contents(episode: Episode, value: Array) -> Found:
    for c, content in enumerate(CONTENTS):
        demands = tuple(d for d, demand in enumerate(episode.case.demands) if demand.content == content)
        if demands:
            yield (c,), Piece(where=Where(demands=demands), likelihood=value)


def block(episode: Episode, where: Where) -> Block:
    """Return the states of the world that a part of the joint holds, as a block and a mask on it."""
    network = episode.network
    intents = list(range(len(INTENTS))) if where.intent is None else [where.intent]
    who = list(range(len(network.kind_of))) if where.who is None else list(where.who)
    mask = np.ones((len(who), len(network.demands)), dtype=bool)
    if where.standing is not None:
        mask &= network.standing[who] == where.standing
    if where.demands is not None:
        mask &= np.isin(np.arange(len(network.demands)), where.demands)
    demands = np.flatnonzero(mask.any(0)).tolist()
    return Block(intents=intents, who=who, demands=demands, mask=mask[:, demands])


def _degree(pieces: list[Piece], episode: Episode) -> int:
    """Return how often a row enters one state of the world."""
    shape = (len(INTENTS), len(episode.network.kind_of), len(episode.network.demands))
    cover = np.zeros(shape, dtype=int)
    for piece in pieces:
        here = block(episode, piece.where)
        cover[np.ix_(here.intents, here.who, here.demands)] += here.mask
    return int(cover.max())
