"""A made-up world of incidents with known effects and a known drift."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

import numpy as np

from cybercoercion.fit.origin.design import FLAGS, KINDS
from cybercoercion.fit.training import Label, TrainingEpisode


def incident(kind: str | None = None, year: int | None = 2010, **facts: str) -> TrainingEpisode:
    """Return one incident with the facts that are given and no others."""
    return TrainingEpisode(
        id="made-up",
        source="made-up",
        campaign="made-up",
        start=None if year is None else date(year, 6, 1),
        facts=MappingProxyType(facts),
        labels=MappingProxyType({} if kind is None else {"kind": Label.hard(kind)}),
        fingerprint="",
    )


def world(count: int = 600, years: int = 8, seed: int = 1) -> list[TrainingEpisode]:
    """Return incidents in which doxing betrays private actors, they claim, and states grow from rare to common."""
    rng = np.random.default_rng(seed)
    out = []
    for row in range(count):
        year = row % years
        state = rng.random() < STATES[year]
        kind = KINDS[rng.choice(5, p=[0, 0, 0.5, 0.4, 0.1] if state else [0.2, 0.7, 0, 0, 0.1])]
        facts = {column: "yes" if rng.random() < 0.3 else "no" for column in FLAGS}
        facts["doxing"] = "yes" if rng.random() < (0.1 if state else 0.6) else "no"
        facts["claimed"] = "yes" if rng.random() < (0.1 if state else 0.8) else "no"
        facts |= {"intensity": str(rng.integers(1, 4)), "conflict": "Unknown", "issue": str(rng.choice(["a", "b"]))}
        out.append(incident(kind, 2005 + year, **facts))
    return out


STATES = (0.1, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.8)  # share of states and those they sponsor, by year
