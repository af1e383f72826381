"""The one page: what a decision-maker takes into the room, in reading order, as a frozen value without any markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cybercoercion.belief.evidence import in_force
from cybercoercion.belief.weight import independent_reports
from cybercoercion.report.future_rows import NOTHING, FutureRow, future_rows
from cybercoercion.report.moved import LARGEST, SMALL, probability
from cybercoercion.report.names import against_name, portfolio_name, response_name
from cybercoercion.report.one_page_beliefs import PageQuestion, page_questions, shortened
from cybercoercion.report.one_page_changes import changes as what_would_change
from cybercoercion.report.sentence import NAMES, VARIANT_NAMES
from cybercoercion.report.standing import tail_of
from cybercoercion.report.tail_words import order_words
from cybercoercion.report.twenty import TWENTY, count_words
from cybercoercion.report.verdict import Verdict
from cybercoercion.report.words import DASH, MINUS, capital, joined, money, percent

QUESTION = "Is it coercion, by whom, for what, and which response costs least?"
CAVEAT = "An assessment, not a finding of fact."
LONGEST = 260  # letters of a line in the last two sections; the full report has all of them
WARNINGS = 2  # that the page prints; the others stand in the full report


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Which origins moved the belief: log-odds before and after, and the weight of each, in decibans."""

    caption: str
    before: float
    after: float
    steps: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """One of the four, or nothing new: rank, name and variant in words, and its numbers over futures."""

    rank: str
    name: str
    variant: str
    row: FutureRow

    @property
    def range_words(self) -> str:
        """The 90 % range of its cost."""
        return f"{money(self.row.low)} to {money(self.row.high)}"

    @property
    def extra_words(self) -> str:
        """What it costs more than the first choice on average."""
        return money(self.row.extra, signed=True) if self.row.extra else DASH

    @property
    def extra_range_words(self) -> str:
        """The 90 % range of that."""
        return f"{money(self.row.extra_low, signed=True)} to {money(self.row.extra_high, signed=True)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePage:
    """What the page says. HTML and Markdown read it and compute nothing."""

    title: str
    marking: str | None
    lead: str
    answer: str
    beside: tuple[str, ...]
    first: str  # which response the answer begins with
    confidence: str
    questions: tuple[PageQuestion, ...]
    edges: tuple[float, ...]  # of the bands of words
    coding: str
    moved: Moved | None
    costs_caption: str
    yardstick: str
    costs: tuple[CostLine, ...]
    scale: str
    tail: str
    changes: tuple[str, ...]
    trust: tuple[tuple[str, str], ...]
    footer: tuple[str, ...]


def one_page(
    verdict: Verdict, *, changes: Sequence[str] | None = None, spare: int = 0, notes: Sequence[str] = ()
) -> OnePage:
    """Return the page of a verdict.

    Parameters
    ----------
    verdict
        What is said of the case; with its explanation the page says which reports moved us.
    changes
        What would change our mind, in lines; without them they are worked out, which takes about a second.
    spare
        For a page that is full: 1 gathers rows under 5 %, 2 leaves three rows to a question.
    notes
        What else is to be said at its foot.
    """
    from cybercoercion.report.words import edges

    brief, view = verdict.brief, verdict.assessment.ranking.default
    rows = future_rows(view)
    return OnePage(
        title=verdict.title,
        marking=verdict.marking,
        lead=f"{QUESTION} As known on {verdict.as_of_words}. {_reported(verdict)}",
        answer=brief.sentence,
        beside=brief.beside,
        first=brief.first,
        confidence=verdict.confidence_sentence,
        questions=page_questions(verdict, spare=spare),
        edges=edges(verdict.assessment.knowledge),
        coding=_coding(verdict),
        moved=_moved(verdict),
        costs_caption=_costs_caption(rows, view.first),
        yardstick=response_name(view.first),
        costs=tuple(_line(verdict, row, place) for place, row in enumerate(rows)),
        scale=shortened(_scale(verdict), 2 * LONGEST),
        tail=_tail(verdict),
        changes=tuple(
            shortened(one, LONGEST) for one in (what_would_change(verdict.assessment) if changes is None else changes)
        ),
        trust=_trust(verdict),
        footer=(verdict.bands_line, *notes, verdict.run_line),
    )


def _reported(verdict: Verdict) -> str:
    """Return how many reports from how many origins there are, and for how many independent ones they count."""
    case, knowledge = verdict.assessment.case, verdict.assessment.knowledge
    if verdict.assessment.campaign is not None or not verdict.assessment.belief.reports:
        return verdict.reports_words
    alone = sum(independent_reports(in_force(case, knowledge), knowledge).values())
    return f"{verdict.reports_words.removesuffix('.')}, about {alone:.1f} of them independent."


def _coding(verdict: Verdict) -> str:
    coding = verdict.assessment.coding
    return (
        f"In the paper's terms: Threat {coding.threat}; Threat actor responsible: {coding.actor}; "
        f"Desired behaviour {coding.desired_behaviour}."
    )


def _moved(verdict: Verdict) -> Moved | None:
    """Return the origins behind the shift, the largest first, the rest in one step, so that they sum to it."""
    if verdict.explanation is None or not verdict.explanation.waterfalls:
        return None
    one = verdict.explanation.waterfalls[0]
    kept = [(step.name, step.weight) for step in one.steps if abs(step.weight) >= SMALL][:LARGEST]
    rest = sum(step.weight for step in one.steps) - sum(weight for _, weight in kept)
    shift = f"from {percent(probability(one.prior))} to {percent(probability(one.posterior))}"
    most = [f"{name} ({decibans(weight)})" for name, weight in kept[:2]]
    carry = "carries" if len(most) == 1 else "carry"
    lead = f"{joined(most)} {carry} most of the shift {shift}." if most else f"No origin moves it: {shift}."
    return Moved(
        caption=f"{lead} Filled bars raise, hollow bars lower; 10 decibans multiply the odds by ten, 3 double them.",
        before=one.prior,
        after=one.posterior,
        steps=tuple([*kept, ("others", rest)] if len(kept) < len(one.steps) else kept),
    )


def decibans(weight: float) -> str:
    """Return decibans with their sign.

    >>> decibans(3.64), decibans(-0.9), decibans(-0.01)
    ('+3.6', '\N{MINUS SIGN}0.9', '0.0')
    """
    text = f"{weight:+.1f}"
    return text[1:] if float(text) == 0 else text.replace("-", MINUS)


def _costs_caption(rows: Sequence[FutureRow], first: str) -> str:
    dots = next(row.dots for row in rows if row.response == first)
    name = capital(response_name(first))
    other = f"; in the other {TWENTY - dots} another choice is" if dots < TWENTY else ""
    return (
        f"{name} is cheapest in {count_words(dots)} equally likely futures{other}. Each shape is one future; left of "
        f"the black line a response is cheaper than {response_name(first)}. USD."
    )


def _line(verdict: Verdict, row: FutureRow, place: int) -> CostLine:
    view = verdict.assessment.ranking.default
    tied = view.tied if len(view.tied) > 1 else ()
    rank = "1=" if row.response in tied else "" if row.response == NOTHING else str(place + 1)
    if row.response == NOTHING:
        return CostLine(rank=rank, name="Nothing new", variant="no response beyond what is under way", row=row)
    option = view.option(row.response)
    variant = f"{VARIANT_NAMES.get(option.variant, option.variant)}{against_name(verdict, option.against)}"
    return CostLine(rank=rank, name=NAMES[row.response], variant=variant, row=row)


def _scale(verdict: Verdict) -> str:
    view = verdict.assessment.ranking.default
    lines = [
        f"{VARIANT_NAMES[name]} {money(line.expected_cost)}"
        for name, line in view.references.items()
        if name != NOTHING
    ]
    best = f"best combination: {portfolio_name(verdict, view.portfolio)}, {money(view.nothing + view.portfolio.delta)}"
    return f"For scale, unranked: {'; '.join([*lines, best])}."


def _tail(verdict: Verdict) -> str:
    view = verdict.assessment.ranking.default
    added = [
        f"{money(option.tail.cost_at_cap, signed=True)} for {response_name(option.response)}"
        for option in view.options
        if option.tail.p_added > 0
    ]
    said = ", ".join(added) if added else "nothing for any of the four as they stand here"
    return f"Military tail, kept apart: {said}. {order_words(verdict.assessment.case, tail_of(view))}"


def _trust(verdict: Verdict) -> tuple[tuple[str, str], ...]:
    from cybercoercion.knowledge.ledger import marks

    counts, said = marks(verdict.assessment.knowledge), verdict.confidence
    shown = verdict.warnings[:WARNINGS]
    more = len(verdict.warnings) - len(shown)
    warned = [f"{warning}." for warning in shown] + ([f"{more} more in the full report."] if more else [])
    return (
        ("Evidence", shortened(f"{said.evidence}.", LONGEST)),
        ("Range of opinion", shortened(f"{said.range_of_opinion}.", LONGEST)),
        ("Response to new information", f"{said.response_to_new_information}."),
        ("Not in the numbers", "lives, legal duty, allied politics."),
        ("Judged, not measured", f"{counts.get('judgement', 0)} of {sum(counts.values())} inputs."),
        *((("Warning", shortened(" ".join(warned), LONGEST)),) if warned else ()),
    )
