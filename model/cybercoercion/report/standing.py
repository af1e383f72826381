"""What the rule for the answer sentence looks at, taken from a ranking."""

from __future__ import annotations

from cybercoercion.assessment import Assessment
from cybercoercion.report.sentence import Placed, Setting
from cybercoercion.response import ViewRanking
from cybercoercion.sensitivity.attitude import offered
from cybercoercion.sensitivity.military import MilitaryTail, military_tail


def placed(view: ViewRanking) -> tuple[Placed, ...]:
    """Return the four responses of a view, best first."""
    return tuple(
        Placed(
            response=option.response,
            variant=option.variant,
            delta=option.delta,
            gap=option.gap,
            gap_mcse=option.gap_mcse,
            p_best=option.p_best,
            cheapest_in_futures=option.cheapest_in_futures,
            on_top=option.on_top,
        )
        for option in view.options
    )


def setting_of(assessment: Assessment) -> Setting:
    """Return the rest of what the rule looks at."""
    ranking = assessment.ranking
    view = ranking.default
    return Setting(
        nothing=view.nothing,
        nothing_p_best=view.p_best_nothing,
        nothing_in_futures=view.futures_nothing,
        references=_references(view),
        margin=view.margin,
        tied=view.tied,
        months=view.view.months,
        first_by_view=tuple((name, one.first) for name, one in ranking.views.items()),
    )


def _references(view: ViewRanking) -> tuple[tuple[str, float], ...]:
    """Return the lines beside the four, each against what it is an alternative to.

    Waiting takes the resilience now, as acting does; so it is held against that resilience with what pays on top today,
    not against a single lever. What it saves so is put beside the first response.
    """
    lines = {name: line.delta for name, line in view.references.items() if name != "nothing"}
    if view.waiting is not None and "wait" in lines:
        acting = view.waiting.base + view.waiting.now
        lines["wait"] = min(view.options[0].delta, 0.0) + view.waiting.delta - acting
    return tuple(lines.items())


def tail_of(view: ViewRanking) -> MilitaryTail:
    """Return what the military tail, which is in no cost, does to the order of the four and nothing new."""
    return military_tail(view, offered(view, "response"))
