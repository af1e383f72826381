"""What each frame would make of a case: its base rate of coercion, and coercion with the reports as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import log10

from cybercoercion.belief import Belief, believe, believe_campaign
from cybercoercion.belief.belief import IS_COERCION, Estimate
from cybercoercion.case import Campaign, Case
from cybercoercion.case.editing import with_values
from cybercoercion.knowledge import Knowledge
from cybercoercion.report.words import in_words, percent, span
from cybercoercion.vocabulary import FRAMES, Word, words

ORDERS = {0: "less than an order", 1: "an order", 2: "two orders", 3: "three orders"}
type Tell = Callable[[float, str], None]
COLUMNS = ("How it came to attention", "Coercion among such cases", "Coercion with our reports", "In words")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRow:
    """One frame: its words, whether it is the case's, coercion before any report and with the reports."""

    frame: str
    word: Word
    chosen: bool
    before: float  # the base rate of the table, averaged over draws
    now: Estimate
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """All frames of a case side by side, and in a sentence what the choice moves."""

    rows: tuple[FrameRow, ...]

    @property
    def sentence(self) -> str:
        """How far the frame alone moves the base rate and the belief."""
        rates = sorted(row.before for row in self.rows)
        seen = sorted(row.now.p for row in self.rows)
        ratio = rates[-1] / rates[0]
        orders = ORDERS.get(round(log10(ratio)), "many orders")
        return (
            f"The frame sets the base rate of coercion, from {_small(rates[0])} to {_small(rates[-1])}: {ratio:.0f} "
            f"times as much, {orders} of magnitude. With our reports coercion lies between {percent(seen[0])} "
            f"and {percent(seen[-1])}, by frame."
        )

    @property
    def table(self) -> tuple[tuple[str, ...], ...]:
        """One row of text for each frame, under `COLUMNS`."""
        return tuple(
            (
                f"{row.word.name}{' (chosen)' if row.chosen else ''}",
                _small(row.before),
                f"{percent(row.now.p)} ({span(row.now.low, row.now.high)})",
                row.said,
            )
            for row in self.rows
        )


def frames(source: Case | Campaign, knowledge: Knowledge, tell: Tell = lambda _share, _words: None) -> Frames:
    """Return what each frame would make of a case or a campaign; ``tell`` hears how far it is, share and words.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = frames(load_case("sony-2014"), load_knowledge(draws=200))
    >>> [round(row.before, 1) for row in found.rows], [row.chosen for row in found.rows]
    ([0.0, 0.1, 0.2, 0.5], [False, False, False, True])
    """
    chosen = source.frame if isinstance(source, Case) else max(source.episodes, key=lambda one: one.as_of).frame
    table = knowledge.table("campaign_purpose" if isinstance(source, Campaign) else "intent").mean(-1)
    rates = dict(zip(FRAMES, table[:, IS_COERCION].sum(-1).tolist(), strict=True))
    rows: list[FrameRow] = []
    for frame, word in words("frame").items():
        tell(len(rows) / len(FRAMES), word.name)
        now = believed(_framed(source, frame), knowledge).coercion
        rows.append(
            FrameRow(
                frame=frame,
                word=word,
                chosen=frame == chosen,
                before=rates[frame],
                now=now,
                said=in_words(now.low, now.high, knowledge),
            )
        )
    return Frames(rows=tuple(rows))


def _framed(source: Case | Campaign, frame: str) -> Case | Campaign:
    if isinstance(source, Case):
        return with_values(source, {"frame": frame})
    return replace(source, episodes=tuple(with_values(episode, {"frame": frame}) for episode in source.episodes))


def believed(source: Case | Campaign, knowledge: Knowledge) -> Belief:
    """Return the belief about a case, or about a campaign as a whole."""
    if isinstance(source, Case):
        return believe(source, knowledge)
    return believe_campaign(source.id, source.episodes, knowledge).whole


def _small(p: float) -> str:
    return f"{100 * p:.1f} %" if p < 0.05 else percent(p)
