"""What all sessions share: tables, and the verdicts asked for last. Frozen values: nobody changes another's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING

from cybercoercion.assessment import assess, with_enough_draws
from cybercoercion.case import Campaign, Case
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.report.verdict import Verdict
from cybercoercion.report.verdict import verdict as said

if TYPE_CHECKING:
    from cybercoercion.fit.fit import Fit

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


@lru_cache(maxsize=48)
def verdict(source: Case | Campaign, settings: Settings) -> Verdict:
    """Return what an assessment says; equal cases have one verdict, whoever asks."""
    tables = knowledge(settings)
    assessment = assess(source, tables) if settings.draws is not None else with_enough_draws(source, tables)
    return said(assessment, overlay=overlay())
