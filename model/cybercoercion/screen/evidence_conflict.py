"""Do the reports disagree? Each against the rest, in bits, beside what the model itself would let happen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cybercoercion.belief.conflict import ALARM, SEED, conflicts, find_conflict
from cybercoercion.belief.simulation import simulate, slots_of
from cybercoercion.case import Case
from cybercoercion.knowledge import Knowledge
from cybercoercion.report.moved import conflict_sentence
from cybercoercion.report.words import MINUS

SETS = 1_000  # simulated report sets: enough to tell one in a hundred from one in twenty


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One report against all others."""

    report: str
    bits: float
    limit: float  # bits: exceeded in one of twenty simulated sets
    tail: float  # share of simulated sets that conflict at least as much
    alarm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreements:
    """All reports, the most disagreeing first, and all of them together in a sentence."""

    rows: tuple[Disagreement, ...]
    together: str
    rare_cases: tuple[str, ...]  # what would explain the conflict away


def disagreements(case: Case, knowledge: Knowledge, *, sets: int = SETS, seed: int = SEED) -> Disagreements:
    """Return how far each report disagrees with the rest, with the model's own 95 % point.

    Parameters
    ----------
    case, knowledge
        The case and the tables; only their headline values are used.
    sets
        How many report sets to simulate.
    seed
        Of the simulation.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = disagreements(load_case("sony-2014"), load_knowledge(draws=1), sets=200)
    >>> len(found.rows), found.rows[0].bits >= found.rows[-1].bits
    (15, True)
    """
    found = find_conflict(case, knowledge, sets=sets, seed=seed)
    slots = slots_of(case, knowledge)
    simulated = simulate(slots, sets, np.random.default_rng(seed))
    every = [[i] for i in range(len(slots.slots))]
    _, against = conflicts(slots, simulated, every) if every else (None, [])
    limits = [float(np.quantile(bits, 1 - ALARM)) for bits in against]
    rows = [
        Disagreement(report=one.name, bits=one.bits, limit=limit, tail=one.tail, alarm=one.alarm)
        for one, limit in zip(found.by_report, limits, strict=True)
    ]
    whole = found.whole
    return Disagreements(
        rows=tuple(sorted(rows, key=lambda row: (-row.alarm, -row.bits))),
        together=conflict_sentence(whole.bits, whole.tail, alarm=whole.alarm) if rows else "",
        rare_cases=found.rare_cases,
    )


def caption(found: Disagreements) -> str:
    """Return which report disagrees more than chance allows, or that none does."""
    odd = [row for row in found.rows if row.alarm]
    if not found.rows:
        return "No report, no disagreement."
    if not odd:
        return "No report disagrees with the rest more than chance allows."
    first = odd[0]
    more = f" {len(odd) - 1} more stand{'s' if len(odd) == 2 else ''} above chance." if len(odd) > 1 else ""
    return (
        f"{first.report} disagrees with the rest by {bits_words(first.bits)} bits; if our model is right, "
        f"that happens in {_of_hundred(first.tail)} of 100 cases.{more}"
    )


def bits_words(bits: float) -> str:
    """Return bits with one decimal and a true minus sign.

    >>> bits_words(-0.52)
    '\N{MINUS SIGN}0.5'
    """
    text = f"{bits:.1f}"
    return "0.0" if float(text) == 0 else text.replace("-", MINUS)


def _of_hundred(tail: float) -> str:
    return "fewer than 1" if tail < 0.01 else f"{100 * tail:.0f}"
