"""Other ways to respond: each variant at whom it may be aimed, and what a second response beside the first one adds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.summary import weighted_quantiles
from cybercoercion.report.names import label, portfolio_name, response_name
from cybercoercion.report.sentence import VARIANT_NAMES
from cybercoercion.report.twenty import TWENTY, shapes_of
from cybercoercion.report.verdict import Verdict
from cybercoercion.report.words import DASH, capital, money, percent
from cybercoercion.response import ViewRanking
from cybercoercion.response.lever import Lever
from cybercoercion.response.row import Row
from cybercoercion.response.terms import NOTHING_NEW, Plan
from cybercoercion.response.weights import accusable
from cybercoercion.screen.cost_row import KINDS

Array = NDArray[np.float64]
NOTHING = "nothing"
COLUMNS = (
    "variant",
    "against nothing new",
    "beside the first choice",
    "on top of resilience",
    "pays if p above (now)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A plan beside another one: what it costs more on average with its range, and twenty equally likely extra costs.

    USD present value, range 5-95 %; ``expected`` and ``delta`` are the level, and the difference to nothing new.
    """

    response: str  # whose colour and shape it has
    words: str
    expected: float
    delta: float
    extra: float
    extra_low: float
    extra_high: float
    shapes: tuple[float, ...]
    yardstick: str
    caption: str

    @property
    def cheaper(self) -> int:
        """How many of the twenty shapes lie left of the line."""
        return sum(shape < 0 for shape in self.shapes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aimed:
    """One response aimed at one candidate: all its variants, and the cheapest of them beside the first choice."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    best: Beside


def targets(verdict: Verdict, response: str, view: str) -> dict[str, str]:
    """Return the candidates that a response may be aimed at, likeliest first, each with its name; none for resilience.

    Accused may be who is at least half as likely as the likeliest.
    """
    ranking, assessment = verdict.assessment.ranking.views[view], verdict.assessment
    allowed = accusable(ranking.scene.mean, assessment.knowledge)
    p = assessment.belief.estimates("actor")
    levers = (lever for row in ranking.rows for lever in row.levers if lever.variant.response == response)
    found = {lever.target for lever in levers if lever.target is not None and allowed[lever.place]}
    ordered = sorted(found, key=lambda actor: (-p[actor].p, actor))
    return {actor: f"{label(assessment.case, 'actor', actor)} ({percent(p[actor].p)})" for actor in ordered}


def aimed(verdict: Verdict, response: str, target: str | None, *, view: str, futures: bool = True) -> Aimed:
    """Return the variants of a response against one candidate, the cheapest first; resilience is aimed at nobody.

    Parameters
    ----------
    verdict
        What is said of the case.
    response
        One of the four.
    target
        One of `targets`; None for resilience.
    view
        Whose costs.
    futures
        Whether the twenty shapes are drawn futures, or readings of the inputs.
    """
    ranking = verdict.assessment.ranking.views[view]
    rows = sorted(
        (row for row in ranking.rows if row.levers[0].variant.response == response and row.levers[0].target == target),
        key=lambda row: row.delta,
    )
    least = min(ranking.options[0].delta, 0.0)
    table = tuple(_cells(ranking, row, least) for row in rows)
    best = rows[0]
    words = _lever_words(verdict, best.levers[0])
    first = ranking.first
    base = NOTHING_NEW if first == NOTHING else ranking.plan(ranking.option(first))
    beside = _beside(
        ranking, Plan(levers=best.levers), base, response, words, best.delta, least, response_name(first),
        futures=futures,
    )  # fmt: skip
    return Aimed(columns=COLUMNS, rows=table, best=beside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """The cheapest of the four together with each of the others, the pair that costs least first."""

    alone: str
    rows: tuple[Beside, ...]
    sentences: tuple[str, ...]


def pairs(verdict: Verdict, *, view: str, futures: bool = True) -> Pairs:
    """Return what each other response adds to the cheapest of the four, at its best variant among those likely.

    Effects multiply, costs add: a pair is priced as one plan, never as a sum.
    """
    ranking = verdict.assessment.ranking.views[view]
    first = ranking.options[0]
    alone = ranking.plan(first)
    level = sum(ranking.scene.expected(alone, ranking.view).values())
    best: dict[str, tuple[float, Lever]] = {}
    for row in ranking.likely:
        lever = row.levers[0]
        response = lever.variant.response
        if response == first.response:
            continue
        cost = sum(ranking.scene.expected(Plan(levers=(*alone.levers, lever)), ranking.view).values())
        if response not in best or cost < best[response][0]:
            best[response] = (cost, lever)
    called = response_name(first.response)
    rows = [
        _beside(
            ranking, Plan(levers=(*alone.levers, lever)), alone, response, _lever_words(verdict, lever),
            cost - ranking.nothing, level - ranking.nothing, f"{called} alone", futures=futures,
        )
        for response, (cost, lever) in sorted(best.items(), key=lambda item: item[1][0])
    ]  # fmt: skip
    said = [_pair_words(called, row) for row in rows[:1]]
    portfolio = ranking.portfolio
    said.append(
        f"The best combination found: {portfolio_name(verdict, portfolio)}, {money(portfolio.delta, signed=True)} USD "
        f"against nothing new ({money(portfolio.low, signed=True)} to {money(portfolio.high, signed=True)} over input "
        "readings)."
    )
    return Pairs(alone=f"{called} alone", rows=tuple(rows), sentences=tuple(said))


def _pair_words(called: str, row: Beside) -> str:
    side = "less" if row.extra < 0 else "more"
    return (
        f"{capital(called)} with {row.words} costs {money(abs(row.extra))} USD {side} than {called} alone, "
        f"{money(row.extra_low, signed=True)} to {money(row.extra_high, signed=True)}."
    )


def _beside(
    ranking: ViewRanking, plan: Plan, base: Plan, response: str, words: str, delta: float, least: float, yardstick: str,
    *, futures: bool,
) -> Beside:  # fmt: skip
    scene, view = ranking.scene, ranking.view
    drawn = scene.futures if futures else scene.drawn
    extra = drawn(plan, view) - drawn(base, view)
    low, high = weighted_quantiles(extra, scene.share).tolist()
    shapes = shapes_of(extra, scene.share)
    cheaper, dearer = sum(shape < 0 for shape in shapes), sum(shape > 0 for shape in shapes)
    same = f", the same in {TWENTY - cheaper - dearer}" if cheaper + dearer < TWENTY else ""
    return Beside(
        response=response,
        words=words,
        expected=ranking.nothing + delta,
        delta=delta,
        extra=delta - least,
        extra_low=low,
        extra_high=high,
        shapes=shapes,
        yardstick=yardstick,
        caption=(
            f"{money(abs(delta - least))} USD {'dearer' if delta >= least else 'cheaper'} than {yardstick} on average; "
            f"cheaper in {cheaper} of {TWENTY} {KINDS[futures]}, dearer in {dearer}{same}."
        ),
    )


def _cells(ranking: ViewRanking, row: Row, least: float) -> tuple[str, ...]:
    lever = row.levers[0]
    now = DASH
    if lever.place is not None:
        p = float(ranking.scene.mean.guilty(lever)[0])
        now = f"{percent(row.p_star)} ({percent(p)})" if row.p_star is not None else f"never ({percent(p)})"
    return (
        capital(VARIANT_NAMES.get(lever.name, lever.name)),
        money(row.delta, signed=True),
        money(row.delta - least, signed=True) if row.delta != least else DASH,
        money(row.on_top, signed=True),
        now,
    )


def _lever_words(verdict: Verdict, lever: Lever) -> str:
    words = VARIANT_NAMES.get(lever.name, lever.name)
    if lever.target is None:
        return words
    return f"{words} against {label(verdict.assessment.case, 'actor', lever.target)}"
