"""Incidents as matrices: which state of which fact was seen, one column per state of each fact.

A fact that is missing has no one in its columns: it drops out, as a fact that nobody reported does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.training import TrainingEpisode
from cybercoercion.vocabulary import OBJECTIVES, facts

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Names = tuple[str, ...]
OBSERVED = tuple(objective for objective in OBJECTIVES if objective != "gain")  # what DCID codes
FACTS = (
    "method", "target_type", "sector", "supply_chain", "dcid_ransomware", "third_party", "damage", "dcid_severity",
    "information_operation", "objective_achieved", "duration",
)  # fmt: skip
EARLY = tuple(name for name in FACTS if facts()[name].early)
ORDERED = ("dcid_severity", "duration")


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Facts and objectives of incidents: ``seen`` dims ``(row, column)``, ``label`` dims ``(row, objective)``."""

    names: Names  # the facts that are looked at
    seen: Array
    label: Array  # one-hot, soft, or zero where nobody said

    @property
    def rows(self) -> int:
        """Return the number of incidents."""
        return len(self.seen)


def columns(names: Names) -> tuple[tuple[str, str], ...]:
    """Return (fact, state) of each column of the matrices.

    >>> columns(("supply_chain",))
    (('supply_chain', 'yes'), ('supply_chain', 'no'))
    """
    return tuple((name, state) for name in names for state in facts()[name].states)


def seen(episodes: Sequence[TrainingEpisode], names: Names) -> Array:
    """Return which states were seen, dims ``(row, column)``."""
    place = {column: index for index, column in enumerate(columns(names))}
    out = np.zeros((len(episodes), len(place)))
    for row, episode in enumerate(episodes):
        for name in names:
            if (at := place.get((name, episode.facts.get(name, "")))) is not None:
                out[row, at] = 1
    return out


def design(episodes: Sequence[TrainingEpisode], names: Names = FACTS) -> Design:
    """Return the matrices of training episodes; only rows whose objective is known teach anything."""
    label = np.zeros((len(episodes), len(OBSERVED)))
    for row, episode in enumerate(episodes):
        if "objective" in episode.labels:
            for state, weight in episode.labels["objective"].weights.items():
                label[row, OBSERVED.index(state)] = weight
    return Design(names=names, seen=seen(episodes, names), label=label)


def segments(names: Names) -> Index:
    """Return the number of the fact that each column belongs to, dims ``(column,)``.

    >>> segments(("supply_chain", "third_party")).tolist()
    [0, 0, 1, 1]
    """
    order = {name: index for index, name in enumerate(names)}
    return np.array([order[name] for name, _ in columns(names)], dtype=np.intp)


def freedom(names: Names) -> tuple[str, ...]:
    """Return names for what is free in the columns: of each fact one less than it has states, for they sum to one."""
    return tuple(f"{name}.{index}" for name in names for index in range(1, len(facts()[name].states)))


def basis(names: Names) -> Array:
    """Return orthonormal contrasts of the states of each fact, dims ``(column, free)``.

    A shift of all states of a fact says nothing, and would only slow the sampler.
    """
    return _blocks(names, lambda _, states: _contrasts(states))


def smoother(names: Names) -> Array:
    """Return the matrix from free effects to effects of states, dims ``(column, free)``, centred within a fact.

    States of an ordered fact share with their neighbours: an effect is the sum of the increments below it. Of other
    facts each state has its own.
    """

    def block(name: str, states: int) -> Array:
        if name not in ORDERED:
            return _contrasts(states)
        steps = np.tril(np.ones((states, states)))[:, 1:]
        return np.asarray(steps - steps.mean(0))

    return _blocks(names, block)


def _contrasts(states: int) -> Array:
    """Return an orthonormal basis of what sums to zero, dims ``(state, free)`` (Helmert)."""
    out = np.zeros((states, states - 1))
    for index in range(1, states):
        out[:index, index - 1] = 1
        out[index, index - 1] = -index
    return np.asarray(out / np.linalg.norm(out, axis=0))


def _blocks(names: Names, block: Callable[[str, int], Array]) -> Array:
    sizes = [len(facts()[name].states) for name in names]
    out = np.zeros((sum(sizes), sum(sizes) - len(sizes)))
    row = column = 0
    for name, states in zip(names, sizes, strict=True):
        out[row : row + states, column : column + states - 1] = block(name, states)
        row, column = row + states, column + states - 1
    return out
