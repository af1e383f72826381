"""The whole program in one sentence: rank(believe(case, knowledge), costs(case, knowledge))."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cybercoercion.belief import Belief, Coding, believe, believe_campaign, code
from cybercoercion.case import Campaign, Case
from cybercoercion.knowledge import Knowledge
from cybercoercion.response import Costs, Ranking, costs, rank

ENOUGH = 1_000  # effective draws under which bands are rough
MOST = 16_000


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """All that was computed about a case or a campaign; a Verdict says it."""

    case: Case  # of a campaign: its latest episode, under the campaign's id and title
    campaign: Campaign | None
    knowledge: Knowledge
    belief: Belief
    episodes: tuple[Belief, ...]
    coding: Coding
    costs: Costs
    ranking: Ranking


def assess(source: Case | Campaign, knowledge: Knowledge) -> Assessment:
    """Return belief, costs and ranking of a case or a campaign.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> assess(load_case("sony-2014"), load_knowledge(draws=200)).coding.desired_behaviour
    'Clear'
    """
    if isinstance(source, Campaign):
        return assess_campaign(source, knowledge)
    belief = believe(source, knowledge)
    return _assessed(source, None, knowledge, belief, ())


def assess_campaign(campaign: Campaign, knowledge: Knowledge) -> Assessment:
    """Return belief, costs and ranking of a campaign; its stakes are those of its latest episode, or its own."""
    both = believe_campaign(campaign.id, campaign.episodes, knowledge)
    return _assessed(as_case(campaign), campaign, knowledge, both.whole, both.episodes)


def as_case(campaign: Campaign) -> Case:
    """Return the case whose stakes the campaign has: what it says itself, else its latest episode."""
    latest = max(campaign.episodes, key=lambda episode: episode.as_of)
    own = {key: value for key in ("target", "stakes") if (value := getattr(campaign.file, key, None)) is not None}
    named = {"id": campaign.id, "title": campaign.title, "marking": campaign.file.marking, "note": campaign.file.note}
    return latest.model_copy(update={**named, **own})


def with_enough_draws(source: Case | Campaign, knowledge: Knowledge) -> Assessment:
    """Return the assessment with as many draws as it takes for a thousand effective ones, up to sixteen thousand."""
    assessment = assess(source, knowledge)
    while assessment.belief.ess < ENOUGH and assessment.knowledge.size < MOST:
        more = min(2 * assessment.knowledge.size, MOST)
        assessment = assess(source, replace(knowledge, size=more, _memory={}))
    return assessment


def _assessed(
    case: Case, campaign: Campaign | None, knowledge: Knowledge, belief: Belief, episodes: tuple[Belief, ...]
) -> Assessment:
    told = campaign.episodes if campaign is not None else (case,)
    priced = costs(case, knowledge)
    return Assessment(
        case=case,
        campaign=campaign,
        knowledge=knowledge,
        belief=belief,
        episodes=episodes,
        coding=code(belief, [each.known() for each in told], case.actors, knowledge),
        costs=priced,
        ranking=rank(belief, priced),
    )
