"""The whole program in one sentence: rank(believe(case, knowledge), costs(case, knowledge))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cybercoercion.belief import Belief, Coding, believe, believe_campaign, code
from cybercoercion.case import Campaign, Case, with_settings
from cybercoercion.knowledge import Knowledge
from cybercoercion.response import Costs, Ranking, costs, rank

ENOUGH = 1_000  # effective draws under which bands are rough
MOST = 16_000
LARGEST = 12_000_000  # states times draws of a belief: the longest work then stays within some five gigabytes


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
    return _assessed(source, knowledge, _believed(source, knowledge))


def assess_campaign(campaign: Campaign, knowledge: Knowledge) -> Assessment:
    """Return belief, costs and ranking of a campaign; its stakes are those of its latest episode, or its own."""
    return assess(campaign, knowledge)


def as_case(campaign: Campaign) -> Case:
    """Return the case whose stakes the campaign has: what it says itself, else its latest episode."""
    latest = max(campaign.episodes, key=lambda episode: episode.as_of)
    own = {key: value for key in ("target", "stakes") if (value := getattr(campaign.file, key, None)) is not None}
    named = {"id": campaign.id, "title": campaign.title, "marking": campaign.file.marking, "note": campaign.file.note}
    return latest.model_copy(update={**named, **own})


def changed(source: Case | Campaign, settings: Sequence[str]) -> Case | Campaign:
    """Return the case with settings of ``--set``; a campaign has target and stakes of its own, its episodes the rest.

    Raises
    ------
    CaseError
        With every fault of the settings.
    """
    if not settings:
        return source
    if isinstance(source, Case):
        return with_settings(source, settings)
    own = [setting for setting in settings if setting.startswith(("stakes.", "target."))]
    rest = [setting for setting in settings if setting not in own]
    whole = with_settings(as_case(source), own)
    file = source.file.model_copy(update={"target": whole.target, "stakes": whole.stakes}) if own else source.file
    episodes = tuple(with_settings(episode, _of(episode, rest, source)) for episode in source.episodes)
    return replace(source, file=file, episodes=episodes)


def _of(episode: Case, settings: Sequence[str], campaign: Campaign) -> list[str]:
    """Return the settings that concern an episode: a report that only another one has is changed there."""

    def elsewhere(setting: str) -> bool:
        block, _, rest = setting.partition(".")
        name = rest.partition(".")[0]
        if block not in ("reports", "pending") or name in _ids(episode, block):
            return False
        return any(name in _ids(other, block) for other in campaign.episodes)

    return [setting for setting in settings if not elsewhere(setting)]


def _ids(case: Case, block: str) -> set[str]:
    return {row.id for row in getattr(case, block)}


def with_enough_draws(source: Case | Campaign, knowledge: Knowledge) -> Assessment:
    """Return the assessment with as many draws as it takes for a thousand effective ones.

    At most sixteen thousand are drawn, and fewer where the candidates are so many that more would not fit into memory.
    """
    size, tables = knowledge.size, knowledge
    beliefs = _believed(source, tables)
    states = beliefs[0].posterior.size // size
    while beliefs[0].ess < ENOUGH and size < MOST and states * min(2 * size, MOST) <= LARGEST:
        size = min(2 * size, MOST)
        tables = _larger(knowledge, size)
        beliefs = _believed(source, tables)
    return _assessed(source, tables, beliefs)


def _believed(source: Case | Campaign, knowledge: Knowledge) -> tuple[Belief, tuple[Belief, ...]]:
    """Return what is believed of the whole, and of a campaign what is believed of each episode."""
    if isinstance(source, Campaign):
        both = believe_campaign(source.id, source.episodes, knowledge)
        return both.whole, both.episodes
    return believe(source, knowledge), ()


def _larger(knowledge: Knowledge, size: int) -> Knowledge:
    """Return the tables with more draws; drawn once, since the next question about such a case needs them again."""
    return knowledge.remember(("larger", size), lambda: replace(knowledge, size=size, _memory={}))


def _assessed(source: Case | Campaign, knowledge: Knowledge, beliefs: tuple[Belief, tuple[Belief, ...]]) -> Assessment:
    campaign = source if isinstance(source, Campaign) else None
    case = as_case(source) if isinstance(source, Campaign) else source
    told = campaign.episodes if campaign is not None else (case,)
    belief, episodes = beliefs
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
