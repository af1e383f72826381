"""What commands do between options and answer: read a case, load knowledge and fit, assess."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cybercoercion.case import Campaign, Case
    from cybercoercion.knowledge import Knowledge
    from cybercoercion.report import Assessment, Verdict


def read(source: str, settings: list[str] | None, as_of: datetime | None) -> Case | Campaign:
    """Read a case or a campaign, with the values that were set and as known on a date."""
    from cybercoercion.assessment import changed
    from cybercoercion.case import load

    found = changed(load(source), settings or [])
    return found.as_known_on(as_of.date()) if as_of is not None else found


def knowledge_of(priors: Path | None, seed: int, draws: int | None, fit: str | None = None) -> Knowledge:
    """Load the tables, with an overlay and the draws of a fit on top if they are named."""
    from cybercoercion.knowledge import load_knowledge
    from cybercoercion.knowledge.knowledge import DRAWS

    knowledge = load_knowledge(priors, seed=seed, draws=draws or DRAWS)
    if fit is None:
        return knowledge
    from cybercoercion.fit.replaced import with_fit
    from cybercoercion.fit.store import load_fit

    return with_fit(knowledge, load_fit(fit, knowledge), fit)


def assessed(source: Case | Campaign, priors: Path | None, fit: str | None, seed: int, draws: int | None) -> Assessment:
    """Assess, with more draws where too few carry the weight and nobody said how many."""
    from cybercoercion.assessment import assess, with_enough_draws

    knowledge = knowledge_of(priors, seed, draws, fit)
    return assess(source, knowledge) if draws is not None else with_enough_draws(source, knowledge)


def verdict_of(
    source: Case | Campaign,
    priors: Path | None,
    fit: str | None,
    seed: int,
    draws: int | None,
    *,
    why: bool = False,
) -> Verdict:
    """Assess and say it; ``why`` adds the explanation of a case."""
    from cybercoercion.report.verdict import verdict

    assessment = assessed(source, priors, fit, seed, draws)
    if not why or assessment.campaign is not None:
        return verdict(assessment, overlay=priors)
    from cybercoercion.belief import explain

    return verdict(assessment, overlay=priors, explanation=explain(assessment.case, assessment.knowledge))
