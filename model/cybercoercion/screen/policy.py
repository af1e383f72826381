"""Two inputs at once: which may be chosen as axes, and the map over them, or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cybercoercion.assessment import Assessment
from cybercoercion.report.figure import Figure
from cybercoercion.report.map_figure import policy_figure
from cybercoercion.report.names import label, option_words
from cybercoercion.report.words import capital
from cybercoercion.screen.screening import RESILIENCE
from cybercoercion.screen.sources import sources_of
from cybercoercion.sensitivity.plane.axes import ACTOR, COERCIVE, PRICE, leading
from cybercoercion.sensitivity.plane.policy_map import PolicyMap, policy_map

STAKES = {RESILIENCE: "Resilience of the target", "stakes.escalation": "Escalation risk", PRICE: "Price of escalation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A map as a figure, or in words why there is none; beside it what else is to be known of the map."""

    figure: Figure | None
    sentences: tuple[str, ...]


def axes(assessment: Assessment) -> dict[str, str]:
    """Return the inputs that a map may have, by name, in words: the likeliest candidate first.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> list(axes(assess(load_case("colonial-2021"), load_knowledge(draws=20))))[-3:]
    ['stakes.resilience', 'stakes.escalation', 'stakes.price_of_escalation']
    """
    case = assessment.case
    first = leading(assessment)
    actors = [first, *(actor.id for actor in case.actors if actor.id != first)]
    named = {f"{ACTOR}.{one}": f"P({label(case, 'actor', one)} did it)" for one in actors}
    return {**named, COERCIVE: "P(coercion)", **STAKES}


def usual(assessment: Assessment) -> tuple[str, str]:
    """Return the axes of a map that nobody chose: who did it and resilience."""
    return next(iter(axes(assessment))), RESILIENCE


def policy(assessment: Assessment, x: str, y: str, progress: Callable[[float, str], None] = lambda *_: None) -> Policy:
    """Return which response is cheapest over two inputs, boundaries solved for.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=50))
    >>> policy(sony, "p.coercion", "p.coercion").sentences
    ('No map: choose two different inputs.',)
    """
    if x == y:
        return Policy(figure=None, sentences=("No map: choose two different inputs.",))
    progress(0.1, "boundaries")
    try:
        found = policy_map(assessment, x, y)
    except ValueError as fault:
        return Policy(figure=None, sentences=(f"No map of these two: {fault}.",))
    said = (f"Held: {found.held}.", *_along(found, assessment))
    sources = sources_of(assessment.case, (found.x.name, found.y.name))
    return Policy(figure=policy_figure(found, assessment.case, sources), sentences=said)


def _along(found: PolicyMap, assessment: Assessment) -> tuple[str, ...]:
    """Return that a border may be a jump, and what there is beside the cheapest, where the map shows it."""
    said = []
    if any(not line.equal for line in found.boundaries):
        said.append("Dashed: from there on a candidate is likely enough to be accused, and costs jump.")
    plans = [
        f"{option_words(assessment.case, region.option)} is there {option_words(assessment.case, region.plans[0])}"
        for region in found.regions
        if region.parts and region.plans and region.option != "nothing"
    ]
    if plans:
        said.append(f"{capital('; '.join(plans))}.")
    return tuple(said)
