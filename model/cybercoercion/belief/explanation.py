"""Why this belief: what each report did to it, whether the reports fit together, and what would undo it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cybercoercion.belief.break_even import BreakEven, break_even_copying, break_even_deception, leader_of
from cybercoercion.belief.coalition import Coalitions, coalitions_of
from cybercoercion.belief.conflict import SETS, Conflict, find_conflict
from cybercoercion.belief.diagnosticity import Diagnosticity, diagnose
from cybercoercion.belief.stories import Stories, tell_stories
from cybercoercion.belief.weight import COERCION, MOST, SEED, Weights, weigh_reports
from cybercoercion.case import Case
from cybercoercion.knowledge import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one report, or one origin, did to the belief in one hypothesis."""

    name: str
    weight: float  # decibans; all steps add up to the shift
    error: float  # standard error, decibans; 0 when exact


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginStep(Step):
    """What one origin did, with its reports."""

    independent: float  # effective number of independent reports
    reports: tuple[Step, ...]
    losses: tuple[float, ...]  # decibans that the belief would lose without each report; these do not add up


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """The way from prior to posterior of one hypothesis: decibans, largest origin first."""

    hypothesis: str
    prior: float  # decibans
    posterior: float
    steps: tuple[OriginStep, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Explanation:
    """All that explains one belief."""

    case_id: str
    hypotheses: tuple[str, ...]  # coercion, the leading actor, the leading demand: those that are open
    weights: Weights
    diagnosticity: Diagnosticity
    conflict: Conflict
    stories: Stories
    deception: BreakEven
    copying: BreakEven

    @property
    def independent(self) -> float:
        """Return the effective number of independent reports."""
        return float(self.weights.independent.sum())

    @property
    def waterfalls(self) -> tuple[Waterfall, ...]:
        """Return the way from prior to posterior of each hypothesis."""
        return tuple(waterfall(self.weights, name) for name in self.hypotheses)


def explain(case: Case, knowledge: Knowledge, *, most: int = MOST, sets: int = SETS, seed: int = SEED) -> Explanation:
    """Return what explains the belief about a case, for coercion, the leading actor and the leading demand.

    Parameters
    ----------
    case, knowledge
        The case and the tables.
    most
        Up to how many choices of reports weights are exact, see ``weigh_reports``.
    sets
        How many report sets the conflict is held against, see ``find_conflict``.
    seed
        Of random orders and simulated reports.

    Returns
    -------
    Explanation
        Weights in decibans, conflict in bits.

    Examples
    --------
    >>> from cybercoercion.case import parse_case, read_shipped
    >>> from cybercoercion.knowledge import load_knowledge
    >>> why = explain(parse_case(read_shipped("sony-2014")), load_knowledge(draws=20), most=100, sets=100)
    >>> why.hypotheses
    ('coercion', 'actor=north-korea', 'demand=withhold-film')
    >>> first = why.waterfalls[0]
    >>> round(first.prior + sum(step.weight for step in first.steps) - first.posterior, 9)
    0.0
    """
    coalitions = coalitions_of(case, knowledge)
    weights = weigh_reports(coalitions, most=most, seed=seed)
    return Explanation(
        case_id=case.id,
        hypotheses=tuple(name for name in _leading(coalitions) if name in weights.hypotheses),
        weights=weights,
        diagnosticity=diagnose(coalitions),
        conflict=find_conflict(case, knowledge, sets=sets, seed=seed),
        stories=tell_stories(coalitions),
        deception=break_even_deception(coalitions),
        copying=break_even_copying(coalitions),
    )


def explain_episodes(
    episodes: Sequence[Case], knowledge: Knowledge, *, most: int = MOST // 8, sets: int = SETS // 4
) -> tuple[Explanation, ...]:
    """Return an explanation of each episode of a campaign, seen by itself, with fewer evaluations.

    What the other episodes say about it is not in these figures.
    """
    return tuple(explain(case, knowledge, most=most, sets=sets) for case in episodes)


def waterfall(weights: Weights, hypothesis: str) -> Waterfall:
    """Return the steps from prior to posterior of one hypothesis, in decibans, grouped by origin, largest first."""
    column = weights.hypotheses.index(hypothesis)
    losses = weights.posterior[column] - weights.without[:, column]
    steps = []
    for o, origin in enumerate(weights.origins):
        members = [i for i, name in enumerate(weights.origin_of) if name == origin]
        members.sort(key=lambda i: -abs(weights.by_report[i, column]))
        reports = tuple(
            Step(
                name=weights.reports[i],
                weight=float(weights.by_report[i, column]),
                error=float(weights.error[i, column]),
            )
            for i in members
        )
        steps.append(
            OriginStep(
                name=origin,
                weight=float(weights.by_origin[o, column]),
                error=float(weights.origin_error[o, column]),
                independent=float(weights.independent[o]),
                reports=reports,
                losses=tuple(losses[members].tolist()),
            )
        )
    return Waterfall(
        hypothesis=hypothesis,
        prior=float(weights.prior[column]),
        posterior=float(weights.posterior[column]),
        steps=tuple(sorted(steps, key=lambda step: -abs(step.weight))),
    )


def _leading(coalitions: Coalitions) -> tuple[str, ...]:
    network = coalitions.network
    masses = coalitions.masses(coalitions.everything)
    demand = network.demands[int(np.argmax(masses.sum((0, 1))))]
    return COERCION, f"actor={leader_of(coalitions)}", f"demand={demand}"
