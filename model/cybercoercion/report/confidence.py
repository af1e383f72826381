"""How far to trust the likelihoods: three parts in words, the worst of them is the level.

Friedman and Zeckhauser 2018: evidence, range of reasonable opinion, response to new information. A part that was
not looked at says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cybercoercion.belief import Belief
from cybercoercion.case import Case, Report, Stakes
from cybercoercion.knowledge import Knowledge
from cybercoercion.report.names import response_name
from cybercoercion.report.words import joined
from cybercoercion.vocabulary import facts

if TYPE_CHECKING:
    from cybercoercion.assessment import Assessment
    from cybercoercion.sensitivity.assumed.prior_set import PriorSets

LEVELS = ("low", "moderate", "high")
NOT_YET = "not yet assessed"
REMEMBERED = 200  # tails, a number each
SETS = 1_000  # simulated report sets: enough to tell one in a hundred from one in twenty


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part: its level, what limits it, what would raise it, and all of it in words."""

    level: str
    limit: str
    raised_by: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """Level, what limits it, what would raise it, and the three parts in words."""

    level: str
    limit: str
    raised_by: str = ""
    evidence: str
    range_of_opinion: str = NOT_YET
    response_to_new_information: str = NOT_YET


def confidence_of(assessment: Assessment) -> Confidence:
    """Return the confidence of an assessment: whichever command asks, the same three parts are looked at."""
    from cybercoercion.sensitivity.assumed.prior_set import prior_sets
    from cybercoercion.sensitivity.value.collection import chance_of_change

    # from the case, not from an explanation that may or may not be there
    tail = conflict_tail(assessment.case, assessment.knowledge) if assessment.campaign is None else None
    sets = prior_sets(assessment)
    # of two steps: among rivals one response may stand whatever is learnt, while what goes on top of it turns
    news = chance_of_change(assessment, decision="two-step")
    return confidence(assessment.belief, assessment.knowledge, tail, sets=sets, news=news)


def confidence(
    belief: Belief,
    knowledge: Knowledge,
    tail: float | None = None,
    *,
    sets: PriorSets | None = None,
    news: float | None = None,
) -> Confidence:
    """Return the worst of the parts that were looked at.

    Parameters
    ----------
    belief, knowledge
        What the evidence is told from.
    tail
        How often reports would disagree at least as much if the model were right.
    sets
        The answers under named sets of priors.
    news
        The chance that the best next report changes the cheapest plan: resilience, and what goes on top of it.
    """
    parts = [_evidence(belief, knowledge, tail)]
    parts += [_opinion(sets, knowledge)] if sets is not None else []
    parts += [_response(news, knowledge)] if news is not None else []
    level = LEVELS[min(LEVELS.index(part.level) for part in parts)]
    worst = [part for part in parts if part.level == level]  # to raise one of two is not enough
    evidence, *rest = (part.says for part in parts)
    return Confidence(
        level=level,
        limit=", and ".join(part.limit for part in worst) if level != "high" else "nothing",
        raised_by=joined([part.raised_by for part in worst]) if level != "high" else "",
        evidence=evidence,
        range_of_opinion=NOT_YET if sets is None else rest[0],
        response_to_new_information=NOT_YET if news is None else rest[-1],
    )


def _evidence(belief: Belief, knowledge: Knowledge, tail: float | None) -> Part:
    """Return what the evidence bears.

    High: at least four origins, two of them naming the leading actor, and reports that disagree no more than the model
    lets them in one case of twenty. Low: one origin, or a conflict rarer than one in a hundred.
    """
    origins = {report.origin for report in belief.reports}
    leader = max(belief.actors, key=lambda actor: belief.estimates("actor")[actor].p)
    bases = {report.origin for report in belief.reports if _names(report, leader)}
    enough = knowledge.quantities
    more = "more reports of independent origins"
    shortfalls: list[tuple[int, str, str]] = []
    if len(origins) <= 1:
        shortfalls.append((0, "everything rests on one origin" if origins else "nothing is reported yet", more))
    elif len(origins) < enough["confidence.origins_high"].value:
        shortfalls.append((1, f"only {len(origins)} independent origins lie behind the reports", more))
    if len(bases) < enough["confidence.bases_high"].value:
        how_many = "one basis names" if len(bases) == 1 else "no report of its own names"
        more = "a further independent basis that names an actor"
        shortfalls.append((1, f"{'only ' if bases else ''}{how_many} the leading actor", more))
    errs = "finding out which of the reports errs"
    if tail is not None and tail < enough["confidence.tail_low"].value:
        rare = f"the reports disagree as they would in fewer than {100 * max(tail, 0.001):.1g} of 100 cases"
        shortfalls.append((0, rare, errs))
    elif tail is not None and tail < enough["confidence.tail_high"].value:
        shortfalls.append((1, f"the reports disagree as they would in {100 * tail:.0f} of 100 cases", errs))
    level = LEVELS[min((rank for rank, _, _ in shortfalls), default=2)]
    _, limit, raised_by = min(shortfalls, default=(2, "nothing", ""))
    says = f"{level}: {_count(len(belief.reports), 'report')} from {_count(len(origins), 'independent origin')}"
    if shortfalls:
        says += "; " + "; ".join(text for _, text, _ in shortfalls)
    return Part(level=level, limit=limit, raised_by=raised_by, says=says)


def _opinion(sets: PriorSets, knowledge: Knowledge) -> Part:
    """Return how far reasonable opinions lie apart: high up to 10 points, low beyond 25, on coercion or the actor."""
    enough = knowledge.quantities
    coercion, leader = (round(100 * spread) for spread in (sets.spread_coercion, sets.spread_leader))
    points = max(coercion, leader)
    rank = 2 if points <= enough["confidence.opinion_high"].value else 1
    level = LEVELS[0 if points > enough["confidence.opinion_low"].value else rank]
    says = f"{level}: over prior sets coercion moves by {coercion} points and the leading actor by {leader}"
    flips = [
        f"{response_name(row.first)} is first under the {row.name} one"
        for row in sets.rows
        if "first choice" in sets.flips(row)
    ]
    others = [row.name for row in sets.rows if "leading actor" in sets.flips(row)]
    says += f"; {joined(flips)}" if flips else "; the first choice is the same under all"
    says += f"; another actor leads under the {joined(others)} one" if others else ""
    says += f"; a fit keeps what it learnt of {sets.kept} of {sets.named} entries of the sets" if sets.kept else ""
    about = "whether this is coercion" if coercion >= leader else "who is behind it"
    limit = f"reasonable priors differ by {points} points on {about}"
    return Part(level=level, limit=limit, raised_by="counted base rates of such cases", says=says)


def _response(news: float, knowledge: Knowledge) -> Part:
    """Return how the next report may change the plan: high under one case in ten, low beyond three."""
    enough = knowledge.quantities
    rank = 2 if news < enough["confidence.news_high"].value else 1
    level = LEVELS[0 if news > enough["confidence.news_low"].value else rank]
    limit = f"the best next report would change the cheapest plan in {_of_hundred(news)} of 100 cases"
    return Part(level=level, limit=limit, raised_by="that report", says=f"{level}: {limit}")


def conflict_tail(case: Case, knowledge: Knowledge) -> float:
    """Return how often reports would disagree at least as much as these if the model were right."""
    from cybercoercion.belief.conflict import whole_conflict

    # what is at stake has no part in it, so a changed stake costs no second look
    told = case.model_copy(update={"stakes": Stakes(), "pending": ()})
    return knowledge.remember_recent(
        "conflict tail", told, lambda: whole_conflict(case, knowledge, sets=SETS).tail, most=REMEMBERED
    )


def in_sentences(said: Confidence) -> str:
    """Return confidence in words, apart from any likelihood: the level, the part that limits it, what would raise it.

    >>> told = Confidence(level="low", limit="everything rests on one origin", raised_by="a second one", evidence="low")
    >>> in_sentences(told)[:77]
    'Confidence: low. Everything rests on one origin. A second one would raise it.'
    """
    reason = f"{_sentence(said.limit)}" if said.level != "high" else "No part of it is a limit."
    raised = f" {_sentence(f'{said.raised_by} would raise it')}" if said.level != "high" and said.raised_by else ""
    parts = {
        "range of opinion": said.range_of_opinion,
        "response to new information": said.response_to_new_information,
    }
    missing = [name for name, text in parts.items() if text == NOT_YET]
    verb = "is" if len(missing) == 1 else "are"
    left = f" {_sentence(f'{joined(missing)} {verb} not yet assessed')}" if missing else ""
    return f"Confidence: {said.level}. {reason}{raised}{left}"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _names(report: Report, actor: str) -> bool:
    fact = facts().get(report.fact)
    return fact is not None and fact.group == "actor" and report.finding == actor


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def _of_hundred(share: float) -> str:
    """Return a share of a hundred cases, as a count."""
    return "fewer than 1" if 0 < share < 0.005 else f"{100 * share:.0f}"


def origins_of(reports: Sequence[Report]) -> int:
    """Return how many origins stand behind these reports."""
    return len({report.origin for report in reports})
