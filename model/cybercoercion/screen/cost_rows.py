"""What each response costs: ranked rows with twenty shapes each, nothing new and other references beside them."""

from __future__ import annotations

from dataclasses import dataclass

from cybercoercion.belief.summary import weighted_quantiles
from cybercoercion.report.future_rows import NOTHING, beyond
from cybercoercion.report.names import label, response_name
from cybercoercion.report.sentence import COMPLY_CAVEAT, NAMES, VARIANT_NAMES
from cybercoercion.report.state_words import tail_of
from cybercoercion.report.tail_words import order_words
from cybercoercion.report.twenty import TWENTY, dots_of, shapes_of
from cybercoercion.report.verdict import Verdict
from cybercoercion.report.words import capital, joined, money, percent
from cybercoercion.response import Option, ViewRanking
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.screen.cost_row import KINDS, CostRow, ScaleLine


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRows:
    """What each response costs in one view.

    ``rows`` are the four responses, the cheapest first, ``nothing`` is nothing new in the same form; the dots of the
    five sum to twenty. ``yardstick`` is the first choice of the five in words. ``futures`` says of what the twenty are.
    """

    view: str
    months: int
    futures: bool
    yardstick: str
    rows: tuple[CostRow, ...]
    nothing: CostRow
    caption: str  # how often the first choice is cheapest
    scale: tuple[ScaleLine, ...]
    tail: str
    tied: bool
    sampling: bool  # whether more draws may part what is tied

    @property
    def five(self) -> tuple[CostRow, ...]:
        """The four and nothing new, the cheapest first."""
        return tuple(sorted((*self.rows, self.nothing), key=lambda row: row.delta))

    @property
    def skew_sentence(self) -> str | None:
        """That averages lie outside their ranges, and whose; None where all lie inside."""
        names = [response_name(row.response) for row in self.five if row.skewed]
        if not names:
            return None
        whose = "Averages" if len(names) == len(self.five) else f"The averages of {joined(names)}"
        return f"{whose} lie outside their ranges: they rest on rare, very costly {self.kind}."

    @property
    def kind(self) -> str:
        """What the twenty are, in words."""
        return KINDS[self.futures]


def cost_rows(
    verdict: Verdict, before: Verdict | None = None, *, view: str = DEFAULT_VIEW, futures: bool = True
) -> CostRows:
    """Return what each response costs, beside the first choice of the five.

    Parameters
    ----------
    verdict
        What is said of the case.
    before
        What was said before the last change: its shapes are the outlines.
    view
        Whose costs, for how long.
    futures
        Shapes, shares and ranges over drawn futures; otherwise over readings of the inputs, states averaged.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.report import verdict
    >>> found = cost_rows(verdict(assess(load_case("sony-2014"), load_knowledge(draws=400))))
    >>> [row.rank for row in found.rows], sum(row.dots for row in found.five)
    (['1', '2', '3', '4'], 20)
    """
    ranking = verdict.assessment.ranking.views[view]
    old = before.assessment.ranking.views[view] if before is not None else None
    first, tied = ranking.first, ranking.tied if len(ranking.tied) > 1 else ()
    shares = [_often(option, futures=futures) for option in ranking.options]
    shares.append(ranking.futures_nothing if futures else ranking.p_best_nothing)
    dots = dots_of(shares)
    names = [*(option.response for option in ranking.options), NOTHING]
    rows = [
        _row(verdict, ranking, old, name, _rank(name, place, tied), dots[place], shares[place], futures=futures)
        for place, name in enumerate(names)
    ]
    of_first = rows[names.index(first)]
    return CostRows(
        view=view,
        months=ranking.view.months,
        futures=futures,
        yardstick=of_first.yardstick,
        rows=tuple(rows[:-1]),
        nothing=rows[-1],
        caption=_cheapest(of_first, KINDS[futures]),
        scale=_scale(verdict, ranking),
        tail=_tail(verdict, ranking),
        tied=bool(tied),
        sampling=bool(tied) and _sampling(ranking),
    )


def _often(option: Option, *, futures: bool) -> float:
    return option.cheapest_in_futures if futures else option.p_best


def _rank(name: str, place: int, tied: tuple[str, ...]) -> str:
    if name in tied:
        return "1="
    return "" if name == NOTHING else str(place + 1)


def _row(
    verdict: Verdict, ranking: ViewRanking, old: ViewRanking | None, name: str, rank: str, dots: int, share: float,
    *, futures: bool,
) -> CostRow:  # fmt: skip
    option = None if name == NOTHING else ranking.option(name)
    weights, first = ranking.scene.share, ranking.first
    base = ranking.nothing_futures if futures else ranking.nothing_draws
    costs = base + beyond(ranking, name, NOTHING, futures=futures)
    extra = beyond(ranking, name, first, futures=futures)
    low, high = weighted_quantiles(costs, weights).tolist()
    extra_low, extra_high = weighted_quantiles(extra, weights).tolist()
    shapes = shapes_of(extra, weights)
    outline = shapes_of(beyond(old, name, first, futures=futures), old.scene.share) if old is not None else None
    delta = option.delta if option is not None else 0.0
    least = 0.0 if first == NOTHING else ranking.option(first).delta
    return CostRow(
        response=name,
        rank=rank,
        name=NAMES[name] if option is not None else "Nothing new",
        variant=_variant(verdict, option),
        expected=option.expected_cost if option is not None else ranking.nothing,
        low=low,
        high=high,
        delta=delta,
        extra=delta - least,
        extra_low=extra_low,
        extra_high=extra_high,
        dots=dots,
        share=share,
        p_best=option.p_best if option is not None else ranking.p_best_nothing,
        regret=option.regret if option is not None else ranking.regret_nothing,
        shapes=shapes,
        outline=None if outline == shapes else outline,
        caption=_yardstick(first, dots, KINDS[futures]) if name == first else _caption(shapes, first, KINDS[futures]),
        note=_note(verdict, option),
        yardstick=response_name(first),
        futures=futures,
    )


def _variant(verdict: Verdict, option: Option | None) -> str:
    if option is None:
        return "no response beyond what is under way"
    words = VARIANT_NAMES.get(option.variant, option.variant)
    if option.against is None:
        return words
    return f"{words} against {label(verdict.assessment.case, 'actor', option.against)}"


def _caption(shapes: tuple[float, ...], first: str, kind: str) -> str:
    cheaper, dearer = sum(shape < 0 for shape in shapes), sum(shape > 0 for shape in shapes)
    same = f", the same in {TWENTY - cheaper - dearer}" if cheaper + dearer < TWENTY else ""
    return f"Cheaper than {response_name(first)} in {cheaper} of {TWENTY} {kind}, dearer in {dearer}{same}."


def _cheapest(row: CostRow, kind: str) -> str:
    name = capital(row.yardstick)
    if row.dots == TWENTY:
        return f"{name} is cheapest in {row.dots} of {TWENTY} equally likely {kind}. Each shape is one of them."
    return (
        f"{name} is cheapest in {row.cheapest_words} equally likely {kind}; in the other {TWENTY - row.dots} another "
        "choice is. Each shape is one of them."
    )


def _yardstick(first: str, dots: int, kind: str) -> str:
    others = f"in {TWENTY - dots} of {TWENTY} {kind} another choice costs less"
    sure = f"Not certain: {others}." if dots < TWENTY else f"It costs least in all of {TWENTY} {kind}."
    return f"The yardstick: beside it the others are cheaper than {response_name(first)}, or dearer. {sure}"


def _note(verdict: Verdict, option: Option | None) -> str | None:
    """Return that the accused did it too unlikely for this response to pay; it is priced all the same."""
    if option is None or option.p_now is None or option.against is None:
        return None
    actor = label(verdict.assessment.case, "actor", option.against)
    variant = VARIANT_NAMES.get(option.variant, option.variant)
    if option.p_star is None:
        return f"{capital(variant)} would not pay even if {actor} were certain to be behind it (now {_p(option)})."
    if option.p_now < option.p_star:
        return f"{_p(option)} for {actor} is below the {percent(option.p_star)} from which {variant} pays."
    return None


def _p(option: Option) -> str:
    return percent(option.p_now or 0.0)


def _scale(verdict: Verdict, ranking: ViewRanking) -> tuple[ScaleLine, ...]:
    out = []
    for name, line in ranking.references.items():
        words = capital(VARIANT_NAMES[name])
        if name == "comply" and line.detail is not None:
            words = f"Complying with the demand: {label(verdict.assessment.case, 'demand', line.detail)}"
        caveat = COMPLY_CAVEAT if name == "comply" else None
        out.append(ScaleLine(name=name, words=words, expected=line.expected_cost, delta=line.delta, caveat=caveat))
    return tuple(out)


def _tail(verdict: Verdict, ranking: ViewRanking) -> str:
    if not ranking.view.nation:
        return "Military tail: in this view nobody who pays for a clash is counted."
    added = [
        f"{money(option.tail.cost_at_cap, signed=True)} for {response_name(option.response)}"
        for option in ranking.options
        if option.tail.p_added > 0
    ]
    said = ", ".join(added) if added else "nothing for any of the four as they stand here"
    return f"Military tail, kept apart: {said}. {order_words(verdict.assessment.case, tail_of(ranking))}"


def _sampling(ranking: ViewRanking) -> bool:
    """Say whether a tie is one of Monte Carlo error: it lies beyond the margin, so that draws may part it."""
    deltas = {option.response: option.delta for option in ranking.options} | {NOTHING: 0.0}
    least = min(deltas.values())
    return any(deltas[name] - least > ranking.margin for name in ranking.tied)
