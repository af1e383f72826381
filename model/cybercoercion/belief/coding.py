"""The row that the paper's two tables have for a case: threat, actor responsible, desired behaviour.

Facts are read from their reports on a flat base, also where the frame drops their factor from the belief:
the row says what was coded, not what is believed of the coder's purpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.belief import Belief
from cybercoercion.belief.channel import heard, quality, saying
from cybercoercion.belief.evidence import background, copy_parents, copy_probability, effective_grade
from cybercoercion.case import Actor, Report
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import facts

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """One row of the paper's tables, in its vocabulary."""

    threat: str
    actor: str
    desired_behaviour: str


def code(belief: Belief, episodes: Sequence[Sequence[Report]], actors: Sequence[Actor], knowledge: Knowledge) -> Coding:
    """Return the row for a case (one list of known reports), or for a campaign (one list per episode)."""
    return Coding(
        threat=_threat(episodes, knowledge),
        actor=_actor(belief, episodes, actors, knowledge),
        desired_behaviour=_desired(belief, episodes, knowledge),
    )


def flat_belief(name: str, reports: Sequence[Report], knowledge: Knowledge) -> Array | None:
    """Return what the reports on one fact say on a flat base, dims ``(state,)``, or None without a report."""
    told = [report for report in reports if report.fact == name and not report.off]
    if not told:
        return None
    parents = copy_parents(told)
    total = np.ones((len(facts()[name].states), knowledge.size))
    for report in told:
        if report.kind != "likelihood":
            given = report.findings or {str(report.finding): 1.0}
            return np.array([given.get(state, 0.0) for state in facts()[name].states])
        words = saying(report, facts()[name].states)
        graded = report.grade is not None or not report.likelihood
        q = quality(effective_grade(report, told), knowledge) if graded else np.ones(1)
        copy = copy_probability(report, parents, knowledge)
        total = total * (copy + (1 - copy) * heard(words, words @ background(name, knowledge), q))
    averaged = total.mean(-1)  # the joint over draws, then normalised
    return np.asarray(averaged / averaged.sum())


def _episodes_with(name: str, episodes: Sequence[Sequence[Report]], knowledge: Knowledge) -> list[Array]:
    return [row for reports in episodes if (row := flat_belief(name, reports, knowledge)) is not None]


def _threat(episodes: Sequence[Sequence[Report]], knowledge: Knowledge) -> str:
    """Return the threat; a campaign threatens if one of its episodes does."""
    rows = _episodes_with("threat", episodes, knowledge)
    if not rows:
        return "None"
    threshold = knowledge.mean("coding.threat")
    clear = 1 - float(np.prod([1 - row[0] for row in rows]))
    none = float(np.prod([row[2] for row in rows]))
    if none >= threshold:
        return "None"
    return "Clear" if clear / (1 - none) >= threshold else "Ambiguous"


def _actor(belief: Belief, episodes: Sequence[Sequence[Report]], actors: Sequence[Actor], knowledge: Knowledge) -> str:
    p = {name: estimate.p for name, estimate in belief.estimates("actor").items()}
    names = {actor.id: actor.name or actor.id for actor in actors}
    leader = max(names, key=lambda actor: p[actor])
    reports = [report for episode in episodes for report in episode if not report.off]
    claims = _episodes_with("claim", episodes, knowledge)
    own = any(row[0] >= knowledge.mean("coding.likely") for row in claims)
    claimed = {report.finding for report in reports if report.fact == "claim_of"}
    if own and p[leader] >= knowledge.mean("coding.likely") and (not claimed or leader in claimed):
        return f"Claimed by {names[leader]}"
    disowned = any(
        report.fact == "denial"
        and report.about in (leader, None)
        and report.finding in ("denial", "denial-with-praise")
        for report in reports
    )
    if p[leader] >= knowledge.mean("coding.attributed") and not disowned:
        return f"Attributed to {names[leader]}"
    if p[leader] >= knowledge.mean("coding.likely"):
        return f"Disputed attribution, but likely {names[leader]}"
    return "Disputed attribution"


def _desired(belief: Belief, episodes: Sequence[Sequence[Report]], knowledge: Knowledge) -> str:
    p = [estimate.p for estimate in belief.estimates("demand").values()]
    listed = sum(p[:-1])
    if not listed or max(p[:-1]) / listed < knowledge.mean("coding.demand_leads"):
        return "Unclear"
    leader = belief.demands[int(np.argmax(p[:-1]))]
    rows = _episodes_with("demand_statement", episodes, knowledge)
    if rows:
        explicit, implicit, none = np.mean(rows, 0)
        if none >= knowledge.mean("coding.statement"):
            return "Unclear"
        return "Clear" if explicit / (explicit + implicit) >= knowledge.mean("coding.statement") else "Somewhat clear"
    words = [report for episode in episodes for report in episode if report.fact == "message_text"]
    return "Clear" if any(report.finding == leader for report in words) else "Somewhat clear"
