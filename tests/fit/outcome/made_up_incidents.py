"""Incidents made up for the tests: who hits whom, when, to what end."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from cybercoercion.fit.training import Label, Training, TrainingEpisode


def training(*rows: TrainingEpisode) -> Training:
    """Return rows as a data set."""
    return Training(source="made up", file="made-up.csv", digest="0", episodes=rows)


def episode(
    campaign: str, start: str, facts: dict[str, str], labels: dict[str, str], about: dict[str, str] | None = None
) -> TrainingEpisode:
    """Return one row."""
    return TrainingEpisode(
        id=f"{campaign} {start}",
        source="made up",
        campaign=campaign,
        start=date.fromisoformat(start),
        facts=MappingProxyType(facts),
        labels=MappingProxyType({node: Label.hard(state) for node, state in labels.items()}),
        fingerprint=campaign,
        about=MappingProxyType(about or {}),
    )


def incident(
    start: str, sides: str, objective: str = "disruption", severity: str = "2", conceded: str = "no"
) -> TrainingEpisode:
    """Return one incident; sides as "RU>UA"."""
    initiator, victim = sides.split(">")
    return episode(
        f"{sides} {objective}",
        start,
        {"dcid_severity": severity},
        {"objective": objective, "concession": conceded},
        {"initiator_iso": initiator, "victim_iso": victim},
    )
