"""What was found about entries of tables: where each turns the decision, the leading actor, or the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.summary import BAND
from cybercoercion.sensitivity.choice import Decision
from cybercoercion.sensitivity.entry.function import Turn
from cybercoercion.sensitivity.entry.joint import Covariation
from cybercoercion.sensitivity.output import UNIT, Output
from cybercoercion.sensitivity.told.rivals import QUESTIONS, Question

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tipping:
    """Where what leads now stops leading as an entry moves.

    ``leads`` is who leads as things are, ``held`` who leads with the entry at its mean in every draw: where they
    differ, the spread of the entry itself decides. ``below`` and ``above`` are the nearest turns on either side of the
    mean, None where there is none as far as was searched; beyond `below` its ``before`` leads, beyond `above` its
    ``after``. ``past`` is the share of the entry's own draws at which another leads.
    """

    leads: str
    held: str
    below: Turn | None
    above: Turn | None
    past: float
    turns: tuple[Turn, ...]

    def __bool__(self) -> bool:
        return bool(self.turns)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """One entry of one row of a table, as it enters the belief (flattened), the other entries moving along.

    ``now`` is its mean, ``low`` and ``high`` 5 and 95 % of its draws, weighted as the belief weights them. ``degree``
    is 1 where the joint is a line in it, more where it enters more than once, 0 where the joint is no polynomial in it.
    ``numbers`` holds the output with the entry at ``low`` and at ``high`` in every draw, dims ``(end, label)``.
    """

    table: str
    version: str  # of the table: a fit has another one for what is seen early
    row: tuple[str, ...]
    state: str
    now: float
    low: float
    high: float
    degree: int
    searched: tuple[float, float]
    numbers: Array
    choice: Tipping
    actor: Tipping
    coercion: Tipping

    @property
    def name(self) -> str:
        """Table in the version that is used, row and state."""
        return f"{self.version}[{', '.join(self.row)}].{self.state}"

    def tipping(self, question: Question) -> Tipping:
        """Return what turns one of the three."""
        return {"choice": self.choice, "actor": self.actor, "coercion": self.coercion}[question]

    def room(self, question: Question = "choice") -> tuple[float, float]:
        """Return by how much the entry may fall and rise before the lead turns; infinite where it does not."""
        one = self.tipping(question)
        if one.held != one.leads:
            return 0.0, 0.0
        below = self.now - one.below.value if one.below else np.inf
        above = one.above.value - self.now if one.above else np.inf
        return max(below, 0.0), max(above, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entries:
    """Every entry that the belief of a case goes through, and the words that go with how it was had."""

    view: str
    decision: Decision
    output: Output
    labels: tuple[str, ...]
    covariation: Covariation
    pick: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...]

    def turning(self, question: Question = "choice") -> tuple[Entry, ...]:
        """Return the entries that can turn the lead, those whose own draws are most often past it first."""

        def key(one: Entry) -> tuple[float, float, str]:
            return -one.tipping(question).past, min(one.room(question)), one.name

        return tuple(sorted((one for one in self.entries if one.tipping(question)), key=key))

    def labelled(self) -> xr.Dataset:
        """Return all numbers, dims ``(entry,)`` and ``(entry, end, label)``; not a number where nothing turns."""
        import xarray as xr

        share = {"unit": "probability"}
        columns: dict[str, tuple[tuple[str, ...], object, dict[str, str]]] = {
            name: (("entry",), np.array([getattr(one, name) for one in self.entries], dtype=float), share)
            for name in ("now", "low", "high")
        }
        for question in QUESTIONS:
            each = [one.tipping(question) for one in self.entries]
            for side in ("below", "above"):
                at = [np.nan if (turn := getattr(one, side)) is None else turn.value for one in each]
                columns[f"{question}_{side}"] = (("entry",), np.array(at, dtype=float), share)
            columns[f"{question}_past"] = (("entry",), np.array([one.past for one in each], dtype=float), share)
        shape = (len(self.entries), len(BAND), len(self.labels))
        numbers = np.array([one.numbers for one in self.entries]).reshape(shape)
        columns[self.output] = (("entry", "end", "label"), numbers, {"unit": UNIT[self.output]})
        columns["degree"] = (("entry",), np.array([one.degree for one in self.entries], dtype=int), {"unit": "1"})
        return xr.Dataset(
            columns,
            coords={
                "entry": [one.name for one in self.entries],
                "table": ("entry", [one.table for one in self.entries]),
                "end": list(BAND),
                "label": list(self.labels),
            },
            attrs={
                "view": self.view,
                "decision": self.decision,
                "pick": self.pick,
                "covariation": self.covariation,
                "note": " ".join(self.notes),
            },
        )
