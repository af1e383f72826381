"""Coded episodes as flat arrays of atoms and cells, ready to be multiplied and summed in one graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.episode.cells import Atlas, Atoms, Cells, cells_of
from cybercoercion.fit.episode.layout import Layout, lay_out
from cybercoercion.fit.training import Label, TrainingEpisode
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import FRAMES, INTENTS, KINDS, OBJECTIVES, STANDING

Array = NDArray[np.float64]
Index = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Episodes as arrays; indices of atoms are padded with 0, which is log 1.

    Rows named (a, b) run over a, and within it over b. ``cell`` numbers the cells of an episode; cells of one kind of
    actor stand in the same columns for all episodes.
    """

    ids: tuple[str, ...]
    layout: Layout
    learnt: NDArray[np.bool_]  # (entry,): of rows that some episode asks for
    entry: Index  # (slot, state): entries that a report bears on
    likelihood: Array  # (slot, state)
    voice: Index  # ((episode, standing, kind, signalling), atom)
    technique: Index  # ((episode, objective), atom)
    constant: Array  # (episode, objective)
    base: Index  # ((episode, intent), atom)
    prior: Index  # (episode, intent): atoms of p(intent | frame)
    weight: Array  # ((episode, intent), cell)
    at: Index  # ((episode, intent), cell): place in the table ((episode, standing), (intent, kind))
    tail: Index  # (tail, atom): products that several cells share
    product: Index  # ((episode, intent), cell): number of the tail
    kind_of: Array  # (cell, kind): one-hot
    label: Array  # (episode, intent): soft or hard labels; zero where there is none or a set
    members: Array  # (episode, intent): one for the members of a set, and everywhere if there is none
    kind_label: Array  # (episode, kind): from labels of actors on the list; zero where nobody said
    dropped: tuple[str, ...]  # beliefs among the reports: left out, for they have no likelihood of their own

    @property
    def episodes(self) -> int:
        """Return the number of episodes."""
        return len(self.ids)


def design(episodes: Sequence[TrainingEpisode], knowledge: Knowledge) -> Design:
    """Return the arrays of coded episodes that hold a case.

    What points at actors and demands, and the quality of channels, enters at the headline values of ``knowledge``.
    """
    flat = replace(knowledge, fitted=None, _memory={}).at_values()  # what an earlier fit learnt is no prior
    layout = lay_out(knowledge)
    atlas = Atlas(layout=layout)
    coded = [(episode, episode.case) for episode in episodes if episode.case is not None]
    cells = [cells_of(case, flat, atlas) for _, case in coded]
    columns = _columns(cells)
    slots = max((len(row) for row in atlas.entries), default=1)
    weight = np.zeros((len(cells), len(INTENTS), len(columns)))
    at = np.zeros(weight.shape, dtype=np.intp)
    tails: dict[Atoms, int] = {(): 0}
    product = np.zeros(weight.shape, dtype=np.intp)
    for n, one in enumerate(cells):
        free = {kind: [c for c, column in enumerate(columns) if column == kind] for kind in range(len(KINDS))}
        for key, by_intent in one.weight.items():
            kind, standing = key[0], key[2]
            c = free[kind].pop(0)
            weight[n, :, c] = by_intent
            for i in range(len(INTENTS)):
                at[n, i, c] = ((n * len(STANDING) + standing) * len(INTENTS) + i) * len(KINDS) + kind
                product[n, i, c] = tails.setdefault(one.product[key][i], len(tails))
    index = {
        "voice": padded([atoms for one in cells for atoms in one.voice]),
        "technique": padded([atoms for one in cells for atoms in one.technique]),
        "base": padded([atoms for one in cells for atoms in one.base]),
        "tail": padded(list(tails)),
    }
    return Design(
        ids=tuple(episode.id for episode, _ in coded),
        layout=layout,
        learnt=_touched(layout, atlas, index.values()),
        entry=padded([tuple(row) for row in atlas.entries], slots),
        likelihood=np.array([np.pad(row, (0, slots - len(row))) for row in atlas.likelihoods]).reshape(-1, slots),
        voice=index["voice"],
        technique=index["technique"],
        constant=np.array([one.constant for one in cells]).reshape(-1, len(OBJECTIVES)),
        base=index["base"],
        prior=1 + layout.entries["intent"][[FRAMES.index(case.frame) for _, case in coded]],
        weight=weight.reshape(-1, len(columns)),
        at=at.reshape(-1, len(columns)),
        tail=index["tail"],
        product=product.reshape(-1, len(columns)),
        kind_of=np.eye(len(KINDS))[columns],
        label=np.array([soft(episode.labels.get("intent")) for episode, _ in coded]).reshape(-1, len(INTENTS)),
        members=np.array([members(episode.labels.get("intent")) for episode, _ in coded]).reshape(-1, len(INTENTS)),
        kind_label=np.array([kinds(episode) for episode, _ in coded]).reshape(-1, len(KINDS)),
        dropped=tuple(
            f"{episode.id}: {name}" for (episode, _), one in zip(coded, cells, strict=True) for name in one.dropped
        ),
    )


def _columns(cells: Sequence[Cells]) -> list[int]:
    """Return the kind of actor of each column: as many of each kind as the episode with most cells of it needs."""
    most = [max((sum(key[0] == kind for key in one.weight) for one in cells), default=0) for kind in range(len(KINDS))]
    return [kind for kind, count in enumerate(most) for _ in range(count)]


def padded(rows: Sequence[Atoms], width: int | None = None) -> Index:
    """Return rows of unequal length as an array, filled up with zeros, dims ``(row, longest)``.

    >>> padded([(3, 4), ()]).tolist()
    [[3, 4], [0, 0]]
    """
    width = max(1, *(len(row) for row in rows), 1) if width is None else width
    out = np.zeros((len(rows), width), dtype=np.intp)
    for n, row in enumerate(rows):
        out[n, : len(row)] = row
    return out


def _touched(layout: Layout, atlas: Atlas, indices: Iterable[Index]) -> NDArray[np.bool_]:
    """Return which entries belong to rows that an episode asks for; kind, signalling and objective always are."""
    asked = np.zeros(layout.rows, dtype=bool)
    for index in indices:
        atoms = index[(index > 0) & (index <= layout.size)]
        asked[layout.row[atoms - 1]] = True
    for row in atlas.entries:
        asked[layout.row[row]] = True
    for name in ("kind", "signalling", "objective"):
        asked[layout.row[layout.entries[name]]] = True
    return np.asarray(asked[layout.row])


def soft(label: Label | None) -> Array:
    """Return the weights of a label that is no set, dims ``(intent,)``."""
    weights = {} if label is None or label.certainty == "set" else label.weights
    return np.array([weights.get(intent, 0.0) for intent in INTENTS])


def members(label: Label | None) -> Array:
    """Return ones for the members of a set, dims ``(intent,)``; without a set all are."""
    if label is None or label.certainty != "set":
        return np.ones(len(INTENTS))
    return np.array([float(intent in label.weights) for intent in INTENTS])


def kinds(episode: TrainingEpisode) -> Array:
    """Return how the label of the actor spreads over kinds, dims ``(kind,)``, but for what falls on nobody listed."""
    out = np.zeros(len(KINDS))
    if (label := episode.labels.get("actor")) is not None and episode.case is not None and label.certainty != "set":
        for actor in episode.case.actors:
            out[KINDS.index(actor.kind)] += label.weights.get(actor.id, 0.0)
    return out
