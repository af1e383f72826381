"""Why this belief: which origins moved it, which stories the reports support, what each report tells apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cybercoercion.assessment import Assessment
from cybercoercion.belief import Belief, Estimate, Explanation, believe, explain
from cybercoercion.belief.conflict import SETS
from cybercoercion.belief.explanation import Waterfall, waterfall
from cybercoercion.belief.weight import COERCION, MOST
from cybercoercion.case import Case, Stakes
from cybercoercion.knowledge import Knowledge
from cybercoercion.report.figure import Figure
from cybercoercion.report.moved import SMALL, probability
from cybercoercion.report.waterfall_figure import Bar, decibans, waterfall_figure
from cybercoercion.report.words import capital, percent, span
from cybercoercion.screen.beliefs import quoted, statement
from cybercoercion.screen.evidence_words import said_words

REMEMBERED = 12  # explanations
SHOWN = 10  # origins in a figure; the rest is added up
DECIBANS = "10 decibans multiply the odds by ten, 3 double them."
SOURCES = ("grade", "copy", "reliability", "interaction")


@dataclass(frozen=True, eq=False, kw_only=True)
class Told:
    """A case, or one episode of a campaign seen by itself: what is believed of it, and why."""

    case: Case
    knowledge: Knowledge
    belief: Belief
    explanation: Explanation

    def estimate(self, hypothesis: str) -> Estimate:
        """Return the probability of a hypothesis with its range."""
        node, _, state = hypothesis.partition("=")
        return self.belief.coercion if node == COERCION else self.belief.estimates(node)[state]


def explained(assessment: Assessment, tell: Callable[[float, str], None] | None = None) -> tuple[Told, ...]:
    """Return what explains the belief about a case, or about each episode of a campaign seen by itself.

    Parameters
    ----------
    assessment
        The case or campaign. What the episodes say about each other is not in these explanations.
    tell
        Is told the share that is done, and which case is next.
    """
    cases = (assessment.case,) if assessment.campaign is None else assessment.campaign.episodes
    out = []
    for place, case in enumerate(cases):
        if tell is not None:
            tell(place / len(cases), case.title)
        out.append(_told(case, assessment.knowledge, alone=assessment.campaign is None))
    return tuple(out)


def _told(case: Case, knowledge: Knowledge, *, alone: bool) -> Told:
    """Return one explanation, remembered; what is at stake has no part in it, so a changed stake costs no second."""
    bare = case.model_copy(update={"stakes": Stakes(), "pending": ()})
    fewer = {} if alone else {"most": MOST // 8, "sets": SETS // 4}

    def make() -> Told:
        why = explain(bare, knowledge, **fewer)
        return Told(case=bare, knowledge=knowledge, belief=believe(bare, knowledge), explanation=why)

    return knowledge.remember_recent("explained", (bare, alone), make, most=REMEMBERED)


def hypotheses(told: Told) -> dict[str, str]:
    """Return what can have been moved, with what it says; coercion, the leading actor and demand come first."""
    first = told.explanation.hypotheses
    rest = (name for name in told.explanation.weights.hypotheses if name not in first)
    return {name: capital(claim(told.case, name)) for name in (*first, *rest)}


def claim(case: Case, hypothesis: str) -> str:
    """Return what a hypothesis says, inside a sentence.

    >>> from cybercoercion.case import load_case
    >>> claim(load_case("sony-2014"), "coercion"), claim(load_case("sony-2014"), "actor=north-korea")
    ('this is coercion', 'North Korea is behind it')
    """
    node, _, state = hypothesis.partition("=")
    return "this is coercion" if node == COERCION else statement(case, node, state)


def origin_name(origin: str) -> str:
    """Return how an origin is called in words.

    >>> origin_name("dprk-foreign-ministry")
    'dprk foreign ministry'
    """
    return origin.replace("-", " ").replace("_", " ")


def moved_figure(told: Told, hypothesis: str = COERCION) -> Figure:
    """Return the bars from before any report to after all of them, one per origin; what is small is added up.

    The bars add up to the shift exactly, since what is under a tenth of a deciban goes into one bar.
    """
    fall = waterfall(told.explanation.weights, hypothesis)
    kept = [step for step in fall.steps if abs(step.weight) >= SMALL][:SHOWN]
    bars = [Bar(label=origin_name(step.name), weight=step.weight, error=step.error) for step in kept]
    rest = [step for step in fall.steps if step not in kept]
    if rest:
        weight = fall.posterior - fall.prior - sum(step.weight for step in kept)
        bars.append(Bar(label=f"{len(rest)} others" if len(rest) > 1 else origin_name(rest[0].name), weight=weight))
    return waterfall_figure(
        "moved", _caption(told, fall), fall.prior, bars, fall.posterior, told.estimate(hypothesis), sources=SOURCES
    )


def _caption(told: Told, fall: Waterfall) -> str:
    says = claim(told.case, fall.hypothesis)
    now = told.estimate(fall.hypothesis)
    ends = f"from {percent(probability(fall.prior))} to {percent(now.p)} ({span(now.low, now.high)}) that {says}"
    large = [step for step in fall.steps if abs(step.weight) >= SMALL]
    if not large:
        return f"No origin moves the belief {ends} by a tenth of a deciban. {DECIBANS}"
    first = [f"{origin_name(step.name)} ({decibans(step.weight)})" for step in large[:2]]
    verb = "carry" if len(first) > 1 else "carries"
    weights = told.explanation.weights
    column = weights.hypotheses.index(fall.hypothesis)
    strongest = max(large[0].reports, key=lambda step: abs(step.weight))
    without = float(weights.without[weights.reports.index(strongest.name), column])
    told_by = {report.id: report for report in told.case.reports}
    named = quoted(said_words(told.case, told_by[strongest.name]))
    left = f"Removing {named} alone gives {percent(probability(without))}."
    return f"{capital(' and '.join(first))} {verb} most of the shift {ends}. {left} {DECIBANS}"
