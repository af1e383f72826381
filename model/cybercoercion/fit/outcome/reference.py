"""Counting the reference classes of states: sanctions of TIES and militarised disputes of MID."""

from __future__ import annotations

import numpy as np

from cybercoercion.fit.outcome.counts import COSTS, ISSUES, RECIPROCATED, REVISIONS, STAGES, Tally
from cybercoercion.fit.training import Training

SINCE = 1946  # disputes before are of another world


def sanctions(cases: Training) -> Tally:
    """Return acquiescence by stage, anticipated cost to the target and issue, dims ``(stage x cost x issue,)``.

    The stage is that at which a case ended, so threats that were given up or given in to never reach the second.
    """
    tried, happened = np.zeros((2, len(STAGES), len(COSTS), len(ISSUES)), dtype=np.int64)
    for row in cases.episodes:
        stage, cost, issue = (row.facts.get(name) for name in ("stage", "anticipated_cost", "issue"))
        acquiesced = row.labels.get("target_acquiesces")
        if stage in STAGES and cost in COSTS and issue is not None and acquiesced is not None:
            cell = STAGES.index(stage), COSTS.index(cost), int(issue != ISSUES[0])
            tried[cell] += 1
            happened[cell] += acquiesced.state == "yes"
    return Tally.of(tried.ravel(), happened.ravel())


def disputes(rows: Training) -> Tally:
    """Return goals reached by revision and whether the dispute was reciprocated, dims ``(revision x reciprocated,)``.

    A dispute counts once, whatever the number of its dyads: with the goal and answer of the first, and reached where
    more than half reached it.
    """
    first: dict[str, tuple[int, int]] = {}
    reached: dict[str, list[bool]] = {}
    for row in rows.episodes:
        goal, answered, label = row.facts.get("goal"), row.facts.get("reciprocated"), row.labels.get("goal_reached")
        if goal in REVISIONS and label is not None and row.start is not None and row.start.year >= SINCE:
            reached.setdefault(row.campaign, []).append(label.state == "yes")
            if answered in RECIPROCATED:
                first.setdefault(row.campaign, (REVISIONS.index(goal), RECIPROCATED.index(answered)))
    tried, happened = np.zeros((2, len(REVISIONS), len(RECIPROCATED)), dtype=np.int64)
    for dispute, cell in first.items():
        tried[cell] += 1
        happened[cell] += 2 * sum(reached[dispute]) > len(reached[dispute])
    return Tally.of(tried.ravel(), happened.ravel())
