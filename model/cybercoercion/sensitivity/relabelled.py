"""The same case with its reports reversed, or with its candidates reversed and under other names: nothing may move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cybercoercion.assessment import as_case
from cybercoercion.case import Campaign, Case, Report
from cybercoercion.case.fields import FrozenMapping
from cybercoercion.vocabulary import facts

Names = Mapping[str, str]


def episodes_of(source: Case | Campaign) -> tuple[Case, ...]:
    """Return the episodes of a campaign, or the case itself."""
    return source.episodes if isinstance(source, Campaign) else (source,)


def reversed_reports(source: Case | Campaign) -> Case | Campaign:
    """Return the source with the reports of each episode in the opposite order."""
    turned = tuple(each.model_copy(update={"reports": each.reports[::-1]}) for each in episodes_of(source))
    return replace(source, episodes=turned) if isinstance(source, Campaign) else turned[0]


def renamed(source: Case | Campaign) -> tuple[Case | Campaign, Case, Names, Names]:
    """Return the source with candidates in the opposite order and under other names.

    The second value is the case whose stakes are priced, the others are old name -> new name of actors and demands.
    """
    first = episodes_of(source)[0]
    actors = _names("somebody", first.actor_ids)
    demands = _names("something", first.demand_ids)
    priced = _renamed(as_case(source) if isinstance(source, Campaign) else source, actors, demands)
    if isinstance(source, Campaign):
        told = tuple(_renamed(each, actors, demands) for each in source.episodes)
        return replace(source, episodes=told), priced, actors, demands
    return priced, priced, actors, demands


def _names(word: str, old: tuple[str, ...]) -> dict[str, str]:
    """Return new names whose alphabetical order is that of the list turned around.

    >>> _names("somebody", ("north", "south"))
    {'north': 'somebody-001', 'south': 'somebody-000'}
    """
    return {name: f"{word}-{len(old) - 1 - place:03d}" for place, name in enumerate(old)}


def _renamed(case: Case, actors: Names, demands: Names) -> Case:
    trade = case.stakes.bilateral_trade
    stakes = case.stakes
    if isinstance(trade, Mapping):
        stakes = stakes.model_copy(update={"bilateral_trade": _keys(trade, actors)})
    return case.model_copy(
        update={
            "actors": tuple(
                one.model_copy(update={"id": actors[one.id], "name": actors[one.id]}) for one in case.actors[::-1]
            ),
            "demands": tuple(
                one.model_copy(update={"id": demands[one.id], "held_by": _keys(one.held_by, actors)})
                for one in case.demands[::-1]
            ),
            "deception": _keys(case.deception, actors),
            "reports": tuple(_told(report, actors, demands) for report in case.reports),
            "stakes": stakes,
        }
    )


def _told(report: Report, actors: Names, demands: Names) -> Report:
    group = facts()[report.fact].group if report.fact in facts() else report.fact
    names: Names = {"actor": actors, "demand": demands}.get(group, {})
    update: dict[str, object] = {"about": actors.get(report.about, report.about) if report.about else None}
    if names:
        update["finding"] = names.get(report.finding, report.finding) if report.finding else None
        for form in ("findings", "likelihood"):
            if (said := getattr(report, form)) is not None:
                update[form] = _keys(said, names)
    return report.model_copy(update=update)


def _keys[T](words: Mapping[str, T], names: Names) -> FrozenMapping[str, T]:
    return FrozenMapping({names.get(key, key): value for key, value in words.items()})
