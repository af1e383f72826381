"""Where the answer would flip: each input with its value now, its range, the flip, and the chance of being past it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from cybercoercion.assessment import Assessment
from cybercoercion.report.figure import Figure
from cybercoercion.report.lead_words import flips_words, stands_words
from cybercoercion.report.ruler_figure import STEPS, Mark, Ruler
from cybercoercion.report.threshold_section import FAR, looks_of, names_asked
from cybercoercion.report.tipping_figure import tipping_figure
from cybercoercion.report.units import amount, in_unit
from cybercoercion.report.words import capital, joined, percent
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.screen.change_our_mind import tie_words
from cybercoercion.screen.input_words import named
from cybercoercion.screen.screening import ASKED, always, weighing_most
from cybercoercion.screen.sources import sources_of
from cybercoercion.screen.worth import best_line
from cybercoercion.sensitivity.input.input import SHARES
from cybercoercion.sensitivity.input.inputs import Input, inputs
from cybercoercion.sensitivity.plane.axes import COERCIVE
from cybercoercion.sensitivity.threshold.threshold import Flip, Threshold, Thresholds, thresholds
from cybercoercion.sensitivity.value.table import voi

type Progress = Callable[[float, str], None]

SHOWN = 9  # rulers in a figure; what flips beyond them stands in words
TIMES = 10.0  # beyond so many times a stated point a flip is far off
ENDLESS = 1e300  # beyond it a value stands for any
SAID = 4  # inputs without a flip that are said in words
NAMED = 2  # inputs that the first sentence names
SMALL, INSIDE = 0.005, 0.05  # a chance that is worth a ruler; a flip within the 5-95 % of an input
LEGEND = (
    "Blue dot: what is expected now; blue steps: the middle 50, 80 and 90 % of what we think. Coloured: beyond the "
    "mark another leads. At the right: the chance that it is already there."
)
SAFETY = (
    "All other inputs are averaged over, not frozen. A long way to the mark is no proof of safety: two inputs moving "
    "together can flip the answer sooner."
)
WITHOUT = ("no flip found", "now", "searched")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """One input in words and as a ruler; ``flips`` is empty where no value that was searched flips the choice."""

    name: str
    label: str
    unit: str
    now: float
    quantiles: tuple[float, ...]  # 5, 10, 25, 75, 90, 95 %
    marks: tuple[Mark, ...]
    chance: float
    nearest: float  # how far the flip is, in halves of the 5-95 % range
    searched: str

    @property
    def found(self) -> bool:
        """Whether any value flips the choice."""
        return bool(self.marks)

    @property
    def certain(self) -> bool:
        """Whether it is taken as a point, as a stated number is."""
        return self.quantiles[0] >= self.quantiles[-1]

    @property
    def plausible(self) -> bool:
        """Whether the flip is near enough to be drawn to scale beside the range, or beside the point."""
        if not self.certain:
            return self.chance >= SMALL or self.nearest <= FAR
        if self.unit in SHARES:
            return True
        return any(abs(mark.value) <= TIMES * abs(self.now) <= TIMES**2 * abs(mark.value) for mark in self.marks)

    @property
    def past(self) -> str:
        """The chance of being past the flip, in a sentence."""
        if self.certain:
            return "It is taken as certain, so no chance of being there can be said."
        return f"Chance that we are already there: {percent(self.chance)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Tipping:
    """Where the choice flips along the inputs that were asked about, the likeliest to be past it first.

    ``whole`` says whether all inputs were asked about that the case states or that costs hang on; else only those that
    weigh most. ``of`` is how many there are.
    """

    answer: str
    tips: tuple[Tip, ...]
    whole: bool
    of: int
    sources: tuple[str, ...]  # of the ledger, behind the rulers

    @property
    def drawn(self) -> tuple[Tip, ...]:
        """The inputs that get a ruler."""
        return tuple(tip for tip in self.tips if tip.found and tip.plausible)[:SHOWN]

    @property
    def beyond(self) -> tuple[str, ...]:
        """The other inputs with a flip, in a sentence each."""
        return tuple(_flip_sentence(tip) for tip in self.tips if tip.found and tip not in self.drawn)

    @property
    def without(self) -> tuple[tuple[str, str, str], ...]:
        """The inputs without a flip: name, value now, and the range that was searched."""
        return tuple((tip.label, amount(tip.now, tip.unit), tip.searched) for tip in self.tips if not tip.found)

    @property
    def no_flip(self) -> str:
        """The first inputs without a flip, in words, with the range that was searched."""
        said = [f"{label} ({range_})" for label, _, range_ in self.without[:SAID]]
        more = f"; and {len(self.without) - SAID} more" if len(self.without) > SAID else ""
        return f"Looked at, and no flip found in the range that was searched: {'; '.join(said)}{more}." if said else ""

    @property
    def counted(self) -> str:
        """How many inputs were asked about, and how many have a flip."""
        flip = sum(tip.found for tip in self.tips)
        which = f"all {self.of} inputs" if self.whole else f"the {len(self.tips)} of {self.of} inputs that weigh most"
        return f"Asked: {which}. {flip or 'None'} of them {'has' if flip in (0, 1) else 'have'} a flip."

    def figure(self, before: Assessment | None = None) -> Figure | None:
        """Return the rulers, or None where no input has a flip near enough; open dots for the values before a change.

        Parameters
        ----------
        before
            The assessment before the last change.
        """
        if not self.drawn:
            return None
        old = {} if before is None else {one.name: one.now for one in inputs(before, DEFAULT_VIEW)}
        rows = [
            Ruler(
                label=tip.label,
                unit=tip.unit,
                now=tip.now,
                quantiles=tip.quantiles,
                marks=tip.marks,
                before=old.get(tip.name) if _moved(old.get(tip.name), tip) else None,
            )
            for tip in self.drawn
        ]
        first = self.drawn[0]
        caption = f"{_flip_sentence(first)} {first.past}"
        return tipping_figure("tipping", caption, rows, sources=self.sources)


def headline(assessment: Assessment, progress: Progress = lambda *_: None) -> Tipping:
    """Return where the choice flips along the inputs that weigh most, and along what everybody asks about.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = headline(assess(load_case("colonial-2021"), load_knowledge(draws=50)))
    >>> found.whole, len(found.tips) < found.of, found.tips[0].chance >= found.tips[-1].chance
    (False, True, True)
    """
    return tipping(assessment, weighing_most(assessment), progress)


def all_inputs(assessment: Assessment, progress: Progress = lambda *_: None) -> Tipping:
    """Return where the choice flips along every input that the case states or that costs hang on."""
    return tipping(assessment, names_asked(assessment, ASKED), progress)


def tipping(assessment: Assessment, names: Collection[str], progress: Progress = lambda *_: None) -> Tipping:
    """Return where the choice flips along some inputs.

    Parameters
    ----------
    assessment
        The case or campaign as assessed.
    names
        Of the inputs, as `cybercoercion.sensitivity.input.inputs` has them.
    progress
        Is told which share is done, and of what.
    """
    found = thresholds(assessment, names=names, say=progress)
    every = {one.name: one for one in inputs(assessment, DEFAULT_VIEW)}
    looks = looks_of(assessment, ASKED)
    tips = tuple(_tip(assessment, row, every[row.name], looks) for row in found.rows)
    known = names_asked(assessment, ASKED)
    whole = set(known) <= {tip.name for tip in tips}
    return Tipping(
        answer=_answer(assessment, found, tips, whole=whole),
        tips=tips,
        whole=whole,
        of=len(known),
        sources=sources_of(assessment.case, [tip.name for tip in tips if tip.found]),
    )


def three_lines(assessment: Assessment, progress: Progress = lambda *_: None) -> tuple[str, ...]:
    """Return what would change the choice, in three lines: how sure of the actor, how resilient, which next report.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> lines = three_lines(assess(load_case("sony-2014"), load_knowledge(draws=200)))
    >>> [line.split(":")[0] for line in lines]
    ['P(North Korea did it), now 78 %', 'Resilience of the target, now 0.36', 'Next report']
    """
    names = [name for name in always(assessment) if name != COERCIVE]
    found = tipping(assessment, names, lambda share, words: progress(0.6 * share, words))
    by_name = {tip.name: tip for tip in found.tips}
    lines = [_line(by_name[name]) for name in names]
    progress(0.6, "what a next report is worth")
    return (*lines, best_line(assessment, voi(assessment, parameters=False)))


def _line(tip: Tip) -> str:
    now = f"{tip.label}, now {amount(tip.now, tip.unit)}: "
    if not tip.found:
        return f"{now}no flip found, {tip.searched} searched."
    return f"{now}{_sides(tip)}. {tip.past}"


def _tip(assessment: Assessment, row: Threshold, one: Input, looks: Mapping[str, str]) -> Tip:
    levels = [low for low, _ in STEPS] + [high for _, high in reversed(STEPS)]
    return Tip(
        name=row.name,
        label=named(assessment.case, row.name, row.label),
        unit=row.unit,
        now=row.now,
        quantiles=tuple(one.quantile(level) for level in levels),
        marks=tuple(_mark(assessment, row, flip, looks) for flip in row.flips),
        chance=row.chance,
        nearest=row.nearest,
        searched=searched_words(row),
    )


def _mark(assessment: Assessment, row: Threshold, flip: Flip, looks: Mapping[str, str]) -> Mark:
    return Mark(
        value=flip.value,
        above=flip.above,
        says=flips_words(assessment, row, flip.winner),
        look=looks.get(flip.winner, "nothing"),
        chance=flip.chance,
    )


def searched_words(row: Threshold) -> str:
    """Return over which values a flip was searched for."""
    low, high = (None if abs(end) >= ENDLESS else amount(end, row.unit) for end in row.searched)
    if low is None:
        return "any value" if high is None else f"up to {high}"
    return f"{low} upwards" if high is None else f"{low} to {high}"


def _sides(tip: Tip) -> str:
    return "; ".join(
        f"{'above' if mark.above else 'below'} {amount(mark.value, tip.unit)} {mark.says}" for mark in tip.marks
    )


def _flip_sentence(tip: Tip) -> str:
    return f"{tip.label}, now {amount(tip.now, tip.unit)}: {_sides(tip)}."


def _answer(assessment: Assessment, found: Thresholds, tips: Sequence[Tip], *, whole: bool) -> str:
    """Return the first sentence: does anything plausible flip it, and what comes nearest."""
    lead = f"{capital(stands_words(assessment, found))}{tie_words(assessment)}"
    which = f"{len(tips)} inputs" if whole else f"the {len(tips)} inputs that weigh most"
    inside = [tip for tip in tips if any(mark.chance >= INSIDE for mark in tip.marks)]
    if inside:
        more = f", and {len(inside) - NAMED} more" if len(inside) > NAMED else ""
        said = "; ".join(f"{_small(tip.label)} ({_sides(tip)})" for tip in inside[:NAMED])
        whose = "its" if len(inside) == 1 else "their"
        return f"{lead}. {len(inside)} of {which} could change that within {whose} own 90 % range: {said}{more}."
    near = [_small(tip.label) for tip in sorted(tips, key=lambda tip: (-tip.chance, tip.nearest)) if tip.found][:NAMED]
    lead = f"{lead}. None of {which} changes that within its own 90 % range"
    return f"{lead}; what comes nearest: {joined(near)}." if near else f"{lead}, and no flip was found at any value."


def _small(text: str) -> str:
    """Return a label inside a sentence."""
    return text if text.startswith("P(") or text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def _moved(old: float | None, tip: Tip) -> bool:
    return old is not None and in_unit(old, tip.unit) != in_unit(tip.now, tip.unit)
