"""The door of elicitation: what a person says is checked here, every fault at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from cybercoercion.fit.elicitation.elicited import ElicitationError, Fault
from cybercoercion.knowledge.distribution import FAMILIES, Family

WITH_SPREAD: tuple[Family, ...] = FAMILIES[1:]
WITH_MODE: tuple[Family, ...] = ("beta", "normal", "log-normal")
SHARES: tuple[Family, ...] = ("beta", "logit-normal")
LEAST, MOST = 0.05, 0.999  # as in the tables
SPREAD = 3  # two parameters need chips in three bins: fewer say nothing of the width


class Door:
    """Collects what is wrong with one expert's answer."""

    def __init__(self, expert: str) -> None:
        self.expert = expert
        self.faults: list[Fault] = []
        if not expert.strip():
            self.expert = "nobody"
            self.refuse("expert", repr(expert), "a name or a role: a judgement needs somebody who makes it")

    def refuse(self, place: str, got: str, allowed: str) -> None:
        """Note one fault."""
        self.faults.append(Fault(expert=self.expert, place=place, got=got, allowed=allowed))

    def close(self) -> None:
        """Raise every fault found, if any."""
        if self.faults:
            raise ElicitationError(tuple(self.faults))

    def family(self, family: str, allowed: Sequence[str]) -> None:
        """Refuse a family that this way of asking cannot fit."""
        if family not in allowed:
            self.refuse("family", repr(family), ", ".join(allowed))

    def mass(self, mass: float) -> None:
        """Refuse a mass that is no probability, or so large or small that nobody can judge it."""
        if not LEAST <= mass <= MOST:
            self.refuse("mass", f"{mass:g}", f"between {LEAST:g} and {MOST:g}")

    def rising(self, names: str, values: Sequence[float]) -> None:
        """Refuse numbers that do not rise."""
        if not all(math.isfinite(value) for value in values):
            self.refuse(names, _listed(values), "finite numbers")
        elif any(first >= second for first, second in pairwise(values)):
            self.refuse(names, _listed(values), "rising numbers")

    def within(self, family: str, names: str, values: Sequence[float], *, ends: bool) -> None:
        """Refuse what lies outside the family's support; its very ends are allowed to edges of bins only."""
        low, high = min(values), max(values)
        how = "from 0 to 1" if ends else "above 0 and below 1"
        if family in SHARES and not ((low >= 0 and high <= 1) if ends else (low > 0 and high < 1)):
            self.refuse(names, _listed(values), f"{how}, as the {family} is")
        if family == "log-normal" and not (low >= 0 if ends else low > 0):
            self.refuse(names, _listed(values), f"{'from 0 up' if ends else 'above 0'}, as the log-normal is")

    def chips(self, edges: Sequence[float], chips: Sequence[float]) -> None:
        """Refuse chips that are no counts, or too few bins to tell a width."""
        if len(edges) != len(chips) + 1:
            self.refuse("edges", f"{len(edges)} edges for {len(chips)} bins", f"{len(chips) + 1} edges")
        if any(not (math.isfinite(chip) and chip >= 0) for chip in chips):
            self.refuse("chips", _listed(chips), "counts of zero or more")
        elif sum(chip > 0 for chip in chips) < SPREAD:
            self.refuse("chips", _listed(chips), f"chips in at least {SPREAD} bins; make the bins finer")

    def row(self, states: Sequence[str], mode: Sequence[float], bound: float) -> None:
        """Refuse a row that is no distribution over its states."""
        if len(states) != len(mode) or len(mode) < 2:
            self.refuse("mode", f"{len(mode)} shares for {len(states)} states", "one share for each state, two or more")
        if any(not 0 < share < 1 for share in mode):
            self.refuse("mode", _listed(mode), "shares above 0 and below 1")
        if abs(math.fsum(mode) - 1) > 1e-6:
            self.refuse("mode", f"a sum of {math.fsum(mode):.6g}", "shares that sum to 1")
        if not 0 < bound < 0.5:
            self.refuse("bound", f"{bound:g}", "above 0 and below 0.5")


def _listed(values: Sequence[float]) -> str:
    return ", ".join(f"{value:.6g}" for value in values)
