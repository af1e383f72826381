"""What the reports say together: the belief over time, and of each case or episode how far its reports disagree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cybercoercion.assessment import Assessment
from cybercoercion.case import Case, Stakes
from cybercoercion.screen.evidence_conflict import Disagreements, disagreements
from cybercoercion.screen.replay import Replay, replay

REMEMBERED = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The replay, and the disagreements of the case or of each episode of a campaign."""

    replay: Replay
    conflicts: tuple[Disagreements, ...]


def told(assessment: Assessment) -> tuple[Case, ...]:
    """Return the case, or the episodes of a campaign."""
    return assessment.campaign.episodes if assessment.campaign is not None else (assessment.case,)


def bare(case: Case) -> Case:
    """Return what of a case bears on the belief: what is at stake and what could still come has no part in it."""
    return case.model_copy(update={"stakes": Stakes(), "pending": (), "title": case.id})


def together(assessment: Assessment, tell: Callable[[float, str], None] | None = None) -> Together:
    """Return what the reports of a case or campaign say together.

    Parameters
    ----------
    assessment
        Of the case or campaign.
    tell
        Is told the share that is done, and what is next.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=50))
    >>> found = together(sony)
    >>> len(found.conflicts), found.replay.known_days()[-1].levels["coercion"].p == sony.belief.coercion.p
    (1, True)
    """
    source = assessment.campaign or assessment.case
    knowledge = assessment.knowledge
    cases = told(assessment)

    def conflict_of(place: int) -> Disagreements:
        if tell is not None:
            tell((1 + place) / (1 + len(cases)), cases[place].title)
        case = bare(cases[place])
        return knowledge.remember_recent("disagreements", case, lambda: disagreements(case, knowledge), most=REMEMBERED)

    whole = bare(source) if isinstance(source, Case) else source
    over_time = (
        knowledge.remember_recent("replay", whole, lambda: replay(whole, knowledge), most=REMEMBERED)
        if isinstance(whole, Case)
        else replay(whole, knowledge)
    )
    return Together(replay=over_time, conflicts=tuple(conflict_of(place) for place in range(len(cases))))
