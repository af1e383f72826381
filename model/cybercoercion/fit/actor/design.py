"""Incidents as matrices for the question who attacks whom: victim, region, past disputes, few cues.

Initiators with twenty incidents or more have classes of their own, as in the comparison; the rest is `other`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.importing.dcid import actor_classes
from cybercoercion.fit.importing.world import country, disputes, world
from cybercoercion.fit.training import EMPTY, TrainingEpisode
from cybercoercion.vocabulary import OBJECTIVES, facts

Array = NDArray[np.float64]
CLASSES = actor_classes()  # the last is `other`
ISO = tuple(world().named(name).iso for name in CLASSES[:-1])
CUES = ("method", "objective", "information_operation")
NEVER = -30.0  # a state does not attack itself


def cue_levels() -> tuple[tuple[str, str], ...]:
    """Return (cue, state) of each cue column.

    >>> ("objective", "degradation") in cue_levels()
    True
    """
    states = {cue: OBJECTIVES if cue == "objective" else facts()[cue].states for cue in CUES}
    return tuple((cue, state) for cue in CUES for state in states[cue])


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What is known of each incident; ``victims`` names the columns of ``victim``."""

    victims: tuple[str, ...]
    regions: tuple[str, ...]
    victim: Array  # (row, victim), zero for a victim that is not among the columns
    region: Array  # (row, region)
    disputes: Array  # (row, class): log(1 + militarised disputes), of `other` that of the greatest rival left
    barred: Array  # (row, class): NEVER where the class is the victim itself
    cue: Array  # (row, cue column)
    label: Array  # (row, class)

    @property
    def rows(self) -> int:
        """Return the number of incidents."""
        return len(self.victim)


def victim_names(episodes: Sequence[TrainingEpisode]) -> tuple[str, ...]:
    """Return the victims of training rows, in order of name."""
    return tuple(sorted({episode.about["victim"] for episode in episodes if "victim" in episode.about}))


def design(episodes: Sequence[TrainingEpisode], victims: Sequence[str], *, cues: Sequence[str] = CUES) -> Design:
    """Return the matrices of incidents for a list of victims; cues that are not named count as missing."""
    rows = len(episodes)
    column = {name: index for index, name in enumerate(victims)}
    place = {level: index for index, level in enumerate(cue_levels())}
    out = Design(
        victims=tuple(victims),
        regions=world().regions,
        victim=np.zeros((rows, len(victims))),
        region=np.zeros((rows, len(world().regions))),
        disputes=np.zeros((rows, len(CLASSES))),
        barred=np.zeros((rows, len(CLASSES))),
        cue=np.zeros((rows, len(place))),
        label=np.zeros((rows, len(CLASSES))),
    )
    for row, episode in enumerate(episodes):
        victim = episode.about.get("victim")
        if victim in column:
            out.victim[row, column[victim]] = 1
        state = country(victim) if victim is not None else None
        if state is not None:
            out.region[row, world().regions.index(state.region)] = 1
            out.disputes[row] = rivalry(state.iso)
            out.barred[row] = [NEVER * (iso == state.iso) for iso in ISO] + [0.0]
        known = {"objective": episode.labels["objective"].state} if "objective" in episode.labels else {}
        for cue in cues:
            at = place.get((cue, known.get(cue, episode.facts.get(cue, ""))))
            if at is not None:
                out.cue[row, at] = 1
        if "actor" in episode.labels:
            for actor, weight in episode.labels["actor"].weights.items():
                out.label[row, CLASSES.index(actor)] = weight
    return out


def each_victim(victims: Sequence[str]) -> Design:
    """Return one row per victim of whom nothing else is known."""
    rows = [
        TrainingEpisode(
            id=name,
            source="",
            campaign=name,
            start=None,
            facts=EMPTY,
            labels={},
            fingerprint="",
            about={"victim": name},
        )
        for name in victims
    ]
    return design(rows, victims)


@cache
def rivalry(victim: str) -> tuple[float, ...]:
    """Return log(1 + disputes) of a victim (ISO code) with each class; of `other` with its greatest rival left."""
    others = max(disputes(iso, victim) for iso in world().countries if iso not in ISO)
    return tuple(math.log1p(count) for count in (*(disputes(iso, victim) for iso in ISO), others))
