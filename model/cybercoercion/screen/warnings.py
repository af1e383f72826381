"""What a reader must know before trusting the numbers, worst first, in plain words."""

from __future__ import annotations

import math

from cybercoercion.assessment import ENOUGH
from cybercoercion.belief import Belief
from cybercoercion.belief.evidence import effective_grade, origin_of
from cybercoercion.case import Case
from cybercoercion.report.confidence import conflict_tail
from cybercoercion.report.roughness import TRUSTED, rough
from cybercoercion.report.verdict import Verdict
from cybercoercion.report.words import dated, percent
from cybercoercion.screen.beliefs import quoted
from cybercoercion.screen.evidence_words import listed, said_words
from cybercoercion.vocabulary import facts

TITLED = 2  # reports named in a warning; the rest is counted


def warnings(verdict: Verdict) -> tuple[str, ...]:
    """Return all warnings, worst first.

    What makes the numbers wrong comes before what makes them rough, then what makes them rest on little, then what was
    left out.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.report import verdict
    >>> warnings(verdict(assess(load_case("sony-2014"), load_knowledge(draws=200))))[0].endswith("Draw more.")
    True
    """
    assessment = verdict.assessment
    campaign = assessment.campaign
    told: tuple[tuple[Case, Belief], ...] = ((assessment.case, assessment.belief),)
    if campaign is not None:
        told = tuple(zip(campaign.episodes, assessment.episodes, strict=True))
    many = campaign is not None
    return (
        *_of_the_tables(verdict),
        *_few_draws(assessment.belief),
        *_conflict(verdict),
        *_narrow(assessment.belief),
        *(said for case, belief in told for said in _capped(case, belief, many=many)),
        *(said for case, _ in told for said in _hidden(case, many=many)),
    )


def _of_the_tables(verdict: Verdict) -> tuple[str, ...]:
    """Return what contradicts itself, which tables were replaced, whether the case taught the fit: as it was said."""
    belief = verdict.assessment.belief
    episodes = {f"{one.case_id}: {said}" for one in verdict.assessment.episodes for said in one.warnings}
    known = {*rough(belief), *belief.warnings, *episodes}
    return tuple(f"{said[:1].upper()}{said[1:]}." for said in verdict.warnings if said not in known)


def _few_draws(belief: Belief) -> tuple[str, ...]:
    out = []
    k = belief.pareto_k
    if math.isnan(k):
        out.append("So few draws that nobody can say how far to trust their weights. Draw more.")
    elif k > TRUSTED:
        out.append(f"A few draws decide (Pareto k {k:.2f}, above {TRUSTED:g}): more draws do not help, a refit may.")
    if belief.ess < ENOUGH:
        out.append(f"Only {belief.ess:.0f} draws carry the weight: ranges are rough. Draw more.")
    return tuple(out)


def _conflict(verdict: Verdict) -> tuple[str, ...]:
    assessment = verdict.assessment
    if assessment.campaign is not None or len(assessment.belief.reports) < 2:
        return ()
    tail = conflict_tail(assessment.case, assessment.knowledge)
    if tail >= assessment.knowledge.quantities["confidence.tail_high"].value:
        return ()
    return (f"The reports contradict each other: if the model is right, that happens in {percent(tail)} of cases.",)


def _narrow(belief: Belief) -> tuple[str, ...]:
    """Return whether everything, or the attribution, rests on one origin."""
    origins = {origin_of(report) for report in belief.reports}
    if len(belief.reports) > 1 and len(origins) == 1:
        return ("All reports have one origin: if it errs, all of them do.",)
    naming = [report for report in belief.reports if _names_somebody(report.fact)]
    if naming and len({origin_of(report) for report in naming}) == 1:
        if len(naming) == 1:
            return ("Only one report names an actor: the attribution has one basis.",)
        return ("All reports that name an actor have one origin: the attribution has one basis.",)
    return ()


def _names_somebody(fact: str) -> bool:
    found = facts().get(fact)
    return found is not None and found.group == "actor"


def _capped(case: Case, belief: Belief, *, many: bool) -> tuple[str, ...]:
    capped = [one for one in belief.reports if effective_grade(one, belief.reports) != one.grade]
    if not capped:
        return ()
    named = listed([quoted(said_words(case, report)) for report in capped], TITLED)
    count = "it counts" if len(capped) == 1 else "they count"
    lead = "Graded as confirmed, but no report of another origin confirms it"
    return (f"{_of(case, many=many)}{lead}: {named}; {count} as not confirmed.",)


def _hidden(case: Case, *, many: bool) -> tuple[str, ...]:
    hidden = case.hidden()
    if not hidden:
        return ()
    count = "1 report" if len(hidden) == 1 else f"{len(hidden)} reports"
    named = listed(list(dict.fromkeys(quoted(said_words(case, report)) for report in hidden)), TITLED)
    used = f"{'is' if len(hidden) == 1 else 'are'} not used"
    late = f"became known after {dated(case.as_of)}"
    return (f"{_of(case, many=many)}{count} {late} and {used}: {named}.",)


def _of(case: Case, *, many: bool) -> str:
    return f"{case.title}: " if many else ""
