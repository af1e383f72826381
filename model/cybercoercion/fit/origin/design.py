"""From training episodes to matrices: who attacks, whether they say so, and what the incident looked like.

A yes-or-no column is one level, +1/2 or -1/2; any other column is one level a state, 1 or 0. What is missing is 0 and
contributes nothing, and so does a state that the fit has not met.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.training import TrainingEpisode

Array = NDArray[np.float64]
Index = NDArray[np.intp]

KINDS = ("individual", "non-state group", "state", "state-linked", "unknown")
OPERATIONS = ("disruption", "theft", "misuse", "access", "doxing")  # what a claim means depends on these
TARGETS = ("at_government", "at_infrastructure", "at_company", "at_media", "at_society", "at_users")
FLAGS = (*OPERATIONS, "ransomware", *TARGETS)
NOMINAL = ("intensity", "conflict", "issue")
CLAIM = "claimed"
HALF = {"yes": 0.5, "no": -0.5}

# Kinds resemble each other: what tells a state from a private actor is learnt apart from what tells a state from those
# it sponsors. Four orthogonal contrasts of length one, dims (kind, contrast).
CONTRASTS = ("state against private", "unknown", "sponsored against state", "group against individual")
_RAW = np.array(
    [[-1, -1, 1, 1, 0], [-1, -1, -1, -1, 4], [0, 0, -1, 1, 0], [-1, 1, 0, 0, 0]],
    dtype=np.float64,
)
CONTRAST: Array = (_RAW / np.linalg.norm(_RAW, axis=1, keepdims=True)).T


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Training episodes as matrices; -1 stands for what is not known.

    Attributes
    ----------
    levels : what the columns of ``design`` stand for, such as ``"doxing"`` and ``"intensity=2.0"``
    design : Array, dims ``(row, level)``
    operation : Array, dims ``(row, operation)``; +1/2 and -1/2, 0 where it is missing
    claim, kind, year : Index, dims ``(row,)``; 1 is claimed; a position in ``KINDS``; a calendar year
    """

    levels: tuple[str, ...]
    design: Array
    operation: Array
    claim: Index
    kind: Index
    year: Index

    def __len__(self) -> int:
        return len(self.year)

    def take(self, rows: Index | NDArray[np.bool_]) -> Rows:
        """Return some of the rows."""
        return Rows(
            levels=self.levels,
            design=self.design[rows],
            operation=self.operation[rows],
            claim=self.claim[rows],
            kind=self.kind[rows],
            year=self.year[rows],
        )


def levels_of(episodes: Iterable[TrainingEpisode], rarest: int) -> tuple[str, ...]:
    """Return the levels that a fit learns: all yes-or-no columns, and each state seen at least ``rarest`` times."""
    seen = Counter(
        (column, episode.facts[column]) for episode in episodes for column in NOMINAL if column in episode.facts
    )
    states = sorted(
        (pair for pair, times in seen.items() if times >= rarest), key=lambda p: (NOMINAL.index(p[0]), p[1])
    )
    return (*FLAGS, *(f"{column}={state}" for column, state in states))


def encode(episodes: Sequence[TrainingEpisode], levels: tuple[str, ...]) -> Rows:
    """Return the episodes as matrices over levels that are given: those of the fit, also for rows it has not seen."""
    design = np.array([[_value(episode, level) for level in levels] for episode in episodes]).reshape(-1, len(levels))
    operation = np.array([[_value(episode, column) for column in OPERATIONS] for episode in episodes])
    return Rows(
        levels=levels,
        design=design,
        operation=operation.reshape(-1, len(OPERATIONS)),
        claim=np.array([{"yes": 1, "no": 0}.get(e.facts.get(CLAIM, ""), -1) for e in episodes], dtype=np.intp),
        kind=np.array([_kind(e) for e in episodes], dtype=np.intp),
        year=np.array([-1 if e.start is None else e.start.year for e in episodes], dtype=np.intp),
    )


def seen(rows: Rows, weight: Array) -> NDArray[np.bool_]:
    """Return which levels a fit with these weights has met, dims ``(level,)``."""
    return np.asarray((np.abs(rows.design) * weight[:, None]).sum(0) > 0)


def _value(episode: TrainingEpisode, level: str) -> float:
    column, _, state = level.partition("=")
    if not state:
        return HALF.get(episode.facts.get(column, ""), 0.0)
    return float(episode.facts.get(column) == state)


def _kind(episode: TrainingEpisode) -> int:
    label = episode.labels.get("kind")
    return -1 if label is None or label.certainty != "hard" else KINDS.index(label.state)
