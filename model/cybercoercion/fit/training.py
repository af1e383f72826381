"""What a fit learns from: one training episode per row of a data set, with facts, gaps and labels.

A fact that a source does not code is left out, never guessed. A label may be missing (left out), soft (the coder's
doubt) or a set (one of these, nobody knows which). Rows that make no sense are named and kept out, and counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from cybercoercion.case import Case

Certainty = Literal["hard", "soft", "set"]
EMPTY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What is known of a hidden state: one state, a distribution over states, or a set of states.

    ``weights`` sum to one for "hard" and "soft"; for "set" each member has weight one.
    """

    certainty: Certainty
    weights: Mapping[str, float]

    @classmethod
    def hard(cls, state: str) -> Label:
        """Return the label of a state that is known.

        >>> dict(Label.hard("crime").weights)
        {'crime': 1.0}
        """
        return cls(certainty="hard", weights=MappingProxyType({state: 1.0}))

    @property
    def state(self) -> str:
        """Return the state of the largest weight, the first of equals."""
        return max(self.weights, key=lambda state: self.weights[state])


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingEpisode:
    """One row: what is known of one episode or incident.

    ``facts`` holds a state per fact or column; what is missing is left out. ``labels`` holds hidden nodes.
    ``about`` holds who and where: initiator and victim codes, countries. ``fingerprint`` is a hash of the row as it
    stands in the file: a row that a fit has learnt from is known again.
    """

    id: str
    source: str
    campaign: str  # rows of one campaign stay in one fold
    start: date | None
    facts: Mapping[str, str]
    labels: Mapping[str, Label]
    fingerprint: str
    about: Mapping[str, str] = EMPTY
    case: Case | None = None  # coded episodes: the case file that the row is


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A row that is kept out: where it stands, what was found, what is allowed."""

    file: str
    place: str
    got: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: got {self.got}; allowed: {self.allowed}"


class TrainingError(Exception):
    """Raised when a file cannot be read at all: its columns or its form are wrong; carries every fault."""

    def __init__(self, faults: tuple[Refused, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """The rows of one source that can be used, and those that cannot."""

    source: str
    file: str
    digest: str  # sha256 of the file's bytes, or of all files of a folder
    episodes: tuple[TrainingEpisode, ...]
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()  # what was read in a way that a person should know

    def summary(self) -> str:
        """Say in one line what was read."""
        kept = f"{self.source}: {len(self.episodes)} rows from {Path(self.file).name}"
        return f"{kept}, {len(self.refused)} kept out" if self.refused else kept
