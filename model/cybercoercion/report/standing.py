"""What the rule for the answer sentence looks at, taken from a ranking."""

from __future__ import annotations

from cybercoercion.assessment import Assessment
from cybercoercion.report.sentence import Placed, Setting
from cybercoercion.report.state_words import hardly_words, military_words, tail_of
from cybercoercion.report.twenty import dots_of, shapes_of
from cybercoercion.response import ViewRanking

__all__ = ["placed", "setting_of", "tail_of"]


def placed(view: ViewRanking) -> tuple[Placed, ...]:
    """Return the four responses of a view, best first."""
    dots = _dots(view)
    first, share = view.options[0], view.scene.share
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
            dots=dots[place],
            less=sum(shape < 0 for shape in shapes_of(option.future_draws - first.future_draws, share)),
        )
        for place, option in enumerate(view.options)
    )


def _dots(view: ViewRanking) -> tuple[int, ...]:
    """Return in how many of twenty futures each of the four and, last, nothing new is the cheapest."""
    return dots_of([*(option.cheapest_in_futures for option in view.options), view.futures_nothing])


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
        nothing_dots=_dots(view)[-1],
        beside=(*military_words(assessment), *hardly_words(assessment)),
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
