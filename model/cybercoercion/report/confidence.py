"""How far to trust the likelihoods: three parts in words, the worst of them is the level.

Friedman and Zeckhauser 2018: evidence, range of reasonable opinion, response to new information. A part that was
not looked at says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cybercoercion.belief import Belief
from cybercoercion.case import Case, Report
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import facts

LEVELS = ("low", "moderate", "high")
NOT_YET = "not yet assessed"
SETS = 1_000  # simulated report sets: enough to tell one in a hundred from one in twenty


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """Level, what limits it, and the three parts."""

    level: str
    limit: str
    evidence: str
    range_of_opinion: str = NOT_YET
    response_to_new_information: str = NOT_YET


def confidence(belief: Belief, knowledge: Knowledge, tail: float | None = None) -> Confidence:
    """Return the confidence of a belief: so far from its evidence alone.

    High: at least four origins, two of them naming the leading actor, and reports that disagree no more than the model
    lets them in one case of twenty. Low: one origin, or a conflict rarer than one in a hundred.
    """
    origins = {report.origin for report in belief.reports}
    leader = max(belief.actors, key=lambda actor: belief.estimates("actor")[actor].p)
    bases = {report.origin for report in belief.reports if _names(report, leader)}
    enough = knowledge.quantities
    shortfalls: list[tuple[int, str]] = []
    if len(origins) <= 1:
        shortfalls.append((0, "everything rests on one origin" if origins else "nothing is reported yet"))
    elif len(origins) < enough["confidence.origins_high"].value:
        shortfalls.append((1, f"only {len(origins)} independent origins lie behind the reports"))
    if len(bases) < enough["confidence.bases_high"].value:
        how_many = "one basis names" if len(bases) == 1 else "no report of its own names"
        shortfalls.append((1, f"{'only ' if bases else ''}{how_many} the leading actor"))
    if tail is not None and tail < enough["confidence.tail_low"].value:
        shortfalls.append(
            (0, f"the reports disagree as they would in fewer than {100 * max(tail, 0.001):.1g} of 100 cases")
        )
    elif tail is not None and tail < enough["confidence.tail_high"].value:
        shortfalls.append((1, f"the reports disagree as they would in {100 * tail:.0f} of 100 cases"))
    level = LEVELS[min((rank for rank, _ in shortfalls), default=2)]
    limit = min(shortfalls)[1] if shortfalls else "nothing in the evidence"
    says = f"{level}: {_count(len(belief.reports), 'report')} from {_count(len(origins), 'independent origin')}"
    if shortfalls:
        says += "; " + "; ".join(text for _, text in shortfalls)
    return Confidence(level=level, limit=limit, evidence=says)


def conflict_tail(case: Case, knowledge: Knowledge) -> float:
    """Return how often reports would disagree at least as much as these if the model were right."""
    from cybercoercion.belief.conflict import find_conflict

    return find_conflict(case, knowledge, sets=SETS).whole.tail


def in_sentences(said: Confidence) -> str:
    """Return confidence in words, apart from any likelihood."""
    limit = said.limit[0].upper() + said.limit[1:]
    reason = f"{limit}." if said.level != "high" else "The evidence does not limit it."
    return f"Confidence: {said.level}. {reason} Range of opinion and response to new information are not yet assessed."


def _names(report: Report, actor: str) -> bool:
    fact = facts().get(report.fact)
    return fact is not None and fact.group == "actor" and report.finding == actor


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def origins_of(reports: Sequence[Report]) -> int:
    """Return how many origins stand behind these reports."""
    return len({report.origin for report in reports})
