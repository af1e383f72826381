"""The answer in one breath: what costs least, by how much, and how sure that is; what else must be said comes after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.report.future_rows import NOTHING, beyond
from cybercoercion.report.names import response_name
from cybercoercion.report.sentence import COMPLY_CAVEAT, NAMES, VARIANT_NAMES, VIEW_NAMES
from cybercoercion.report.standing import setting_of
from cybercoercion.report.state_words import hardly_words, military_words
from cybercoercion.report.twenty import count_words, dots_of, shapes_of
from cybercoercion.report.words import DASH, capital, joined, money
from cybercoercion.response import ViewRanking

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortAnswer:
    """The answer: its sentence, what must be said beside it, and which response it begins with.

    ``first`` is what costs least of the four and nothing new, ``second`` what comes next, ``gap`` what that costs more
    on average, USD, and ``less`` in how many of twenty futures it costs less. ``tied`` says that they are no two.
    """

    sentence: str
    beside: tuple[str, ...]
    first: str
    second: str
    gap: float
    less: int
    tied: bool

    @property
    def text(self) -> str:
        """All of it in a row."""
        return " ".join((self.sentence, *self.beside))


def short_answer(assessment: Assessment) -> ShortAnswer:
    """Return the answer of an assessment by the state it is in, in the view of the nation over 24 months.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> short_answer(assess(load_case("opm-2015"), load_knowledge(draws=200))).sentence[:48]
    'Denial (resilience) has the lowest expected cost'
    """
    view = assessment.ranking.default
    costs = {NOTHING: 0.0} | {option.response: option.delta for option in view.options}
    first, second = sorted(costs, key=lambda name: (costs[name], name == NOTHING))[:2]
    gap = costs[second] - costs[first]
    tied = second in view.tied
    sentence = _tie(view, first, second, gap) if tied else _clear(view, first, second, gap)
    cheaper = _reference(assessment, first)
    if cheaper:
        name, saved = cheaper
        lead = (
            f"None of the four beats {VARIANT_NAMES[name]}: it costs {money(saved, words=True)} less than "
            f"{_called(first)}."
        )
        sentence = f"{lead} {sentence if tied else _among(view, first, second, gap)}"
    beside = (
        *((COMPLY_CAVEAT,) if cheaper and cheaper[0] == "comply" else ()),
        *(() if tied else _often(view, first)),
        *military_words(assessment),
        *hardly_words(assessment),
        *_views(assessment),
    )
    return ShortAnswer(
        sentence=sentence,
        beside=beside,
        first=first,
        second=second,
        gap=gap,
        less=_less(view, first, second),
        tied=tied,
    )


def _tie(view: ViewRanking, first: str, second: str, gap: float) -> str:
    """Return that the two cannot be told apart, or differ by less than is wanted."""
    both = f"{_called(first, start=True)} and {_called(second)}"
    over = f"over {view.view.months} months"
    if gap <= view.margin:
        whose = "your margin" if view.scene.costs.stakes.margin is not None else "the margin"
        return (
            f"{both} differ by {money(gap, words=True)} {over}, less than {whose} of "
            f"{money(view.margin, words=True)}. Choose between them on other grounds."
        )
    error = _error(view, first, second)
    return (
        f"{both} cannot be told apart {over}: {money(gap, words=True)}, with a Monte Carlo error of "
        f"{money(error, words=True)}. More draws may separate them."
    )


def _clear(view: ViewRanking, first: str, second: str, gap: float) -> str:
    over = f"over {view.view.months} months"
    if first == NOTHING:
        return (
            f"None of the four beats nothing new: it costs {money(view.nothing, words=True)} {over}. "
            f"{_next(view, first, second, gap)}"
        )
    level = money(view.nothing + view.option(first).delta, words=True)
    return (
        f"{_called(first, start=True)} has the lowest expected cost: {level} {over}. {_next(view, first, second, gap)}"
    )


def _among(view: ViewRanking, first: str, second: str, gap: float) -> str:
    """Return what the cheapest of the five costs, where a line beside them is cheaper still."""
    level = money(view.nothing + (0.0 if first == NOTHING else view.option(first).delta), words=True)
    costs = f"{capital(response_name(first))} costs {level} over {view.view.months} months."
    return f"{costs} {_next(view, first, second, gap)}"


def _next(view: ViewRanking, first: str, second: str, gap: float) -> str:
    best = "The best of them" if first == NOTHING else "The next best"
    count = _less(view, first, second)
    less = f"less in {count_words(count)} futures" if count else f"hardly ever less ({count_words(count)} futures)"
    return f"{best}, {_called(second)}, costs {money(gap, words=True)} more on average {DASH} and {less}."


def _less(view: ViewRanking, first: str, second: str) -> int:
    """Return in how many of twenty equally likely futures the second costs less than the first."""
    return sum(shape < 0 for shape in shapes_of(beyond(view, second, first), view.scene.share))


def _error(view: ViewRanking, first: str, second: str) -> float:
    """Return the Monte Carlo error of the gap, USD, as the ranking states it between neighbours."""
    from cybercoercion.response.summary import standard_error
    from cybercoercion.response.terms import NOTHING_NEW

    def drawn(name: str) -> Array:
        return view.scene.smoothed(NOTHING_NEW if name == NOTHING else view.plan(view.option(name)), view.view)

    return standard_error(drawn(second) - drawn(first), view.scene.share)


def _reference(assessment: Assessment, first: str) -> tuple[str, float] | None:
    """Return the line beside the four that is cheaper than all of them by more than the margin, and by how much."""
    setting = setting_of(assessment)
    view = assessment.ranking.default
    least = 0.0 if first == NOTHING else view.option(first).delta
    cheaper = [(name, least - delta) for name, delta in setting.references if delta < least - setting.margin]
    return max(cheaper, key=lambda row: row[1]) if cheaper else None


def _often(view: ViewRanking, first: str) -> tuple[str, ...]:
    """Return that something else is cheapest in more futures, and dearer when it fails where that is so."""
    shares = {option.response: option.cheapest_in_futures for option in view.options} | {NOTHING: view.futures_nothing}
    counts = dict(zip(shares, dots_of(list(shares.values())), strict=True))
    often = max(shares, key=lambda name: shares[name])
    if counts[often] <= counts[first]:
        return ()
    extra, share = beyond(view, often, first), view.scene.share
    lead = f"{capital(response_name(often))} is cheapest more often, in {count_words(counts[often])} futures against "
    fails = ""
    if share[extra < 0].sum() > share[extra > 0].sum():  # then what it costs more, where it does, must be the greater
        more = float(extra[extra > 0] @ share[extra > 0] / share[extra > 0].sum())
        fails = f", but dearer when it fails, by {money(more, words=True)} on average"
    return (f"{lead}{count_words(counts[first])}{fails}.",)


def _views(assessment: Assessment) -> tuple[str, ...]:
    """Return what is cheapest in the views that say something else."""
    ranking = assessment.ranking
    others: dict[str, list[str]] = {}
    for name, view in ranking.views.items():
        if view.first != ranking.default.first:
            others.setdefault(view.first, []).append(VIEW_NAMES[name])
    if not others:
        return ()
    said = [f"{response_name(first)} is cheapest for {joined(views)}" for first, views in others.items()]
    return (f"The views disagree: {'; '.join(said)}.",)


def _called(name: str, *, start: bool = False) -> str:
    """Return a response with its gloss, at the start of a sentence or inside one."""
    said = NAMES.get(name, "nothing new")
    return capital(said) if start else f"{said[:1].lower()}{said[1:]}"
