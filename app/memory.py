"""What all sessions share: tables, and the verdicts asked for last. Frozen values: nobody changes another's.

A verdict of a usual case holds some 20 MB, one of a dozen actors and ten demands 200 MB; so they are kept by size.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import lru_cache
from os import environ
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from cybercoercion.assessment import assess, with_enough_draws
from cybercoercion.case import Campaign, Case
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.report.verdict import Verdict
from cybercoercion.report.verdict import verdict as said
from cybercoercion.vocabulary import INTENTS

if TYPE_CHECKING:
    from cybercoercion.fit.fit import Fit

ROOM = 1_200_000_000  # bytes for verdicts
LEAST = 3  # verdicts that are kept whatever they hold: now, before, and as filed
STATES = 25_000  # of a belief: fifty actors and fifty demands
BY_DRAW = 700  # numbers beside the belief that a verdict holds per draw

PRIORS = "CYBERCOERCION_PRIORS"  # the folder that replaces tables, as --priors does


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """With what a case is assessed: seed, number of draws (None: as many as it takes), fit (None: the priors)."""

    seed: int = 1
    draws: int | None = None
    fit: str | None = None


def overlay() -> Path | None:
    """Return the folder whose tables replace shipped ones, as the server was started."""
    return Path(environ[PRIORS]) if environ.get(PRIORS) else None


@lru_cache(maxsize=6)
def knowledge(settings: Settings) -> Knowledge:
    """Return the tables with the draws that the settings ask for."""
    if settings.fit is not None:
        from cybercoercion.fit.replaced import with_fit

        return with_fit(knowledge(replace(settings, fit=None)), fit(settings), settings.fit)
    more = {"draws": settings.draws} if settings.draws is not None else {}
    return load_knowledge(overlay(), seed=settings.seed, **more)


@lru_cache(maxsize=2)
def fit(settings: Settings) -> Fit:
    """Return the fit that the settings name, held against the tables at hand."""
    from cybercoercion.fit.store import load_fit

    assert settings.fit is not None
    return load_fit(settings.fit, knowledge(replace(settings, fit=None)))


_LOCK = Lock()
_VERDICTS: OrderedDict[tuple[Case | Campaign, Settings], Verdict] = OrderedDict()


def verdict(source: Case | Campaign, settings: Settings) -> Verdict:
    """Return what an assessment says; equal cases have one verdict, whoever asks."""
    key = (source, settings)
    with _LOCK:
        if key in _VERDICTS:
            _VERDICTS.move_to_end(key)
            return _VERDICTS[key]
    tables = knowledge(settings)  # outside the lock: at worst two who ask at once compute the same
    assessment = assess(source, tables) if settings.draws is not None else with_enough_draws(source, tables)
    made = said(assessment, overlay=overlay())
    with _LOCK:
        made = _VERDICTS.setdefault(key, made)
        room = ROOM
        for place, (old, one) in enumerate(reversed([*_VERDICTS.items()])):
            room -= size(one)
            if place >= LEAST and room < 0:
                del _VERDICTS[old]
    return made


def crowded(source: Case | Campaign) -> str | None:
    """Return how many candidates there are, where what hangs on them does not fit into memory; else None."""
    cases = source.episodes if isinstance(source, Campaign) else (source,)
    actors, demands = (max(len(getattr(one, name)) for one in cases) for name in ("actors", "demands"))
    if len(INTENTS) * (actors + 1) * (demands + 1) <= STATES:
        return None
    return f"{actors} actors and {demands} demands"


def size(one: Verdict) -> int:
    """Return about how many bytes a verdict holds: the belief and as much again, and some arrays of one number a draw.

    What it shares with the tables is not counted.
    """
    posterior = one.assessment.belief.posterior
    return 2 * posterior.nbytes + BY_DRAW * posterior.itemsize * posterior.shape[-1]


def forget() -> None:
    """Forget all verdicts."""
    with _LOCK:
        _VERDICTS.clear()
