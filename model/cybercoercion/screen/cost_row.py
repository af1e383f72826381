"""One row of costs: a response, or nothing new, beside the first choice, with its numbers in words."""

from __future__ import annotations

from dataclasses import dataclass

from cybercoercion.report.names import response_name
from cybercoercion.report.twenty import count_words
from cybercoercion.report.words import money, percent
from cybercoercion.screen.cost_words import extra_words, money_span, signed_span

KINDS = {True: "futures", False: "input readings"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    """One response, or nothing new, beside the first choice; money in USD present value, ranges 5-95 %.

    ``shapes`` are twenty equally likely extra costs against the first choice, the least first; ``outline`` the same
    before the last change, where it differs. ``share`` is how often the row is cheapest of the five, ``dots`` the same
    in twenties. ``p_best`` and ``regret`` are over readings of the inputs, whatever the shapes are of.
    """

    response: str
    rank: str  # "1=" where it cannot be told from the cheapest; empty for a reference
    name: str
    variant: str  # in words, with whom it is aimed at
    expected: float
    low: float
    high: float
    delta: float  # to nothing new
    extra: float  # to the first choice
    extra_low: float
    extra_high: float
    dots: int
    share: float
    p_best: float
    regret: float
    shapes: tuple[float, ...]
    outline: tuple[float, ...] | None
    caption: str  # how many shapes lie on which side; of the first choice, that it is the yardstick
    note: str | None  # where it is less likely that the accused did it than the response needs
    yardstick: str  # the first choice, in words
    futures: bool

    @property
    def first(self) -> bool:
        """Whether this is the first choice, beside which the others stand."""
        return response_name(self.response) == self.yardstick

    @property
    def cheaper(self) -> int:
        """How many of the twenty shapes lie left of the line."""
        return sum(shape < 0 for shape in self.shapes)

    @property
    def dearer(self) -> int:
        """How many of the twenty shapes lie right of the line."""
        return sum(shape > 0 for shape in self.shapes)

    @property
    def cost_words(self) -> str:
        """The expected cost, as "164 M"."""
        return money(self.expected)

    @property
    def range_words(self) -> str:
        """The range of the cost, as "58-402 M"."""
        return money_span(self.low, self.high)

    @property
    def extra_words(self) -> str:
        """The extra cost on average, with sign."""
        return money(self.extra, signed=True)

    @property
    def extra_range_words(self) -> str:
        """The range of the extra cost, with signs."""
        return signed_span(self.extra_low, self.extra_high)

    @property
    def extra_sentence(self) -> str:
        """The extra cost as a person says it, as "28 M dearer on average (28 M less to 100 M more)"."""
        return extra_words(self.extra, self.extra_low, self.extra_high)

    @property
    def skewed(self) -> bool:
        """Whether an average lies outside its range, because a few rare futures carry it."""
        return not (self.extra_low <= self.extra <= self.extra_high and self.low <= self.expected <= self.high)

    @property
    def cheapest_words(self) -> str:
        """How often it is cheapest, in twenties."""
        return count_words(self.dots)

    @property
    def share_words(self) -> str:
        """How often it is cheapest, in per cent."""
        return percent(self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleLine:
    """A line for scale, not ranked: what it is, its expected cost and its difference to nothing new, USD."""

    name: str
    words: str
    expected: float
    delta: float
    caveat: str | None = None
