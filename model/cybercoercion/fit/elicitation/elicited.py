"""What an expert said, the distribution that says it best, and how far the two agree."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from cybercoercion.knowledge.distribution import Distribution

Method = Literal["quantiles", "mode and mass", "chips"]
POOR = 0.02  # a mass missed by more is said in words: people give masses in steps of five hundredths


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that cannot be meant: whose answer, where, what was said, what is allowed."""

    expert: str
    place: str
    got: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.expert}: {self.place}: got {self.got}; allowed: {self.allowed}"


class ElicitationError(Exception):
    """Raised when an answer contradicts itself or fits no distribution; carries every fault."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mass:
    """The probability of an interval: as the expert said it, and as the distribution has it."""

    low: float
    high: float
    said: float
    achieved: float

    @property
    def missed(self) -> float:
        """Return by how much the distribution misses what was said."""
        return abs(self.achieved - self.said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elicited:
    """One expert's answer as a distribution, in the unit of the question."""

    expert: str
    method: Method
    distribution: Distribution
    masses: tuple[Mass, ...]

    @property
    def warning(self) -> str | None:
        """Say in words where the distribution misses what the expert said; None where it does not."""
        worst = max(self.masses, key=lambda mass: mass.missed)
        return missed_in_words(self.expert, self.distribution.family, worst)


@dataclass(frozen=True, slots=True, kw_only=True)
class ElicitedRow:
    """One expert's row of a table: a Dirichlet with weights ``alpha``, dims ``(state,)``, in cases."""

    expert: str
    states: tuple[str, ...]
    alpha: tuple[float, ...]
    masses: tuple[Mass, ...]  # of each state by itself

    @property
    def strength(self) -> float:
        """Return how many cases the row is worth."""
        return sum(self.alpha)

    @property
    def mean(self) -> tuple[float, ...]:
        """Return the expected row, which sums to one."""
        return tuple(a / self.strength for a in self.alpha)

    @property
    def warning(self) -> str | None:
        """Say in words which state's mass is missed most; None where none is."""
        worst = max(range(len(self.states)), key=lambda state: self.masses[state].missed)
        return missed_in_words(f"{self.expert}, {self.states[worst]}", "Dirichlet", self.masses[worst])


def missed_in_words(who: str, family: str, mass: Mass) -> str | None:
    """Say that a family cannot hold what was said, or nothing where it can."""
    if mass.missed <= POOR:
        return None
    where = f"between {mass.low:.4g} and {mass.high:.4g}"
    if math.isinf(mass.low):
        where = f"below {mass.high:.4g}"
    elif math.isinf(mass.high):
        where = f"above {mass.low:.4g}"
    return (
        f"{who}: {mass.said:.0%} was said to lie {where}, the {family} has {mass.achieved:.0%} there. "
        "Ask again, or take another family."
    )
