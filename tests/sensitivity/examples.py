"""Shipped cases assessed once per process, few draws where only the form matters, and a toy to work by hand."""

from __future__ import annotations

from functools import cache

import numpy as np
from tests.report.examples import FEW, IDS, assessed, tables

from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import load
from cybercoercion.response.terms import NOTHING_NEW
from cybercoercion.response.variant import views
from cybercoercion.sensitivity.choice import Choice

__all__ = ["FEW", "IDS", "assessed", "assessed_quickly", "tables", "toy"]


@cache
def assessed_quickly(name: str) -> Assessment:
    """Return the assessment of a shipped case with few draws."""
    return assess(load(name), tables(1, FEW))


def toy(cost: list[list[float]], states: list[float]) -> Choice:
    """Return a menu of plans over actors alone: ``cost`` by plan and actor, USD, and p(actor)."""
    table, p = np.array(cost), np.array(states)
    names = tuple(f"plan {row}" for row in range(len(table)))
    return Choice(
        decision="two-step",
        view=views("firm")["nation"],
        plans=(NOTHING_NEW,) * len(table),
        names=names,
        option_of=np.arange(len(table)),
        likely=np.ones(len(table), dtype=bool),
        options=names,
        actors=tuple(f"actor {row}" for row in range(len(p))),
        demands=("none",),
        intents=("compellence",),
        cost=table[:, None, :, None],
        states=p[None, :, None],
    )
