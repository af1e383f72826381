"""At which value of each input the choice flips, who wins beyond it, and how far off that is."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from cybercoercion.assessment import Assessment
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.asking import known_inputs, names_of
from cybercoercion.sensitivity.changing import Answer, answer
from cybercoercion.sensitivity.choice import Decision
from cybercoercion.sensitivity.input.input import Input
from cybercoercion.sensitivity.input.inputs import inputs
from cybercoercion.sensitivity.output import Output
from cybercoercion.sensitivity.threshold.along_input import course
from cybercoercion.sensitivity.threshold.crossing import Course, Stretch
from cybercoercion.sensitivity.threshold.margin import Criterion, criteria
from cybercoercion.sensitivity.threshold.on_top import OnTop, on_top

if TYPE_CHECKING:
    import xarray as xr


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """The value of an input beyond which another leads, on one side of where it is now.

    ``chance`` is P(the input lies beyond it) in its own uncertainty; ``half_widths`` how far it is from now, in halves
    of the 5-95 % range, None where the input is taken as certain. The margin is zero at the value unless it jumps there
    (``equal`` is then false): a candidate becomes likely enough, or too unlikely, to be accused.
    """

    value: float
    above: bool
    winner: str
    chance: float
    half_widths: float | None
    equal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """One input: the nearest flips at each side of its value now, or, without any, what was searched.

    ``holds`` says that ``pick`` leads with the input at a point, its value now; for an input that is not linear it need
    not. ``chance`` is the probability that the input lies where another leads. ``smallest`` is the smallest margin that
    was seen, at ``smallest_at``; ``further`` counts crossings beyond the nearest.
    """

    name: str
    label: str
    group: str
    unit: str
    now: float
    low: float
    high: float
    criterion: str
    pick: str
    holds: bool
    exact: bool
    flips: tuple[Flip, ...]
    further: int
    chance: float
    searched: tuple[float, float]
    smallest: float
    smallest_at: float

    @property
    def found(self) -> bool:
        """Whether any value flips it."""
        return bool(self.flips)

    @property
    def nearest(self) -> float:
        """How far the nearest flip is, in halves of the 5-95 % range; infinite where there is none, or no range."""
        return min((one.half_widths for one in self.flips if one.half_widths is not None), default=math.inf)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Thresholds:
    """Every input with its flips, those first that are most probably past one already.

    ``margins`` holds by how much each criterion holds as things are; ``on_top`` the attribution thresholds of what
    could be done on top of resilience.
    """

    view: str
    decision: Decision
    output: Output
    picks: dict[str, str]
    margins: dict[str, float]
    units: dict[str, str]
    rows: tuple[Threshold, ...]
    on_top: tuple[OnTop, ...]

    @property
    def flipping(self) -> tuple[Threshold, ...]:
        """The inputs that can flip it."""
        return tuple(row for row in self.rows if row.found)

    def row(self, name: str, criterion: str = "") -> Threshold:
        """Return the row of an input; without ``criterion``, of the first that was asked for."""
        return next(one for one in self.rows if one.name == name and criterion in ("", one.criterion))

    def labelled(self) -> xr.Dataset:
        """Return values, chances and distances of the nearest flips, dims ``(row, side)``; NaN where there is none."""
        import xarray as xr

        sides = ("below", "above")
        table = np.full((3, len(self.rows), 2), np.nan)
        winners = np.full((len(self.rows), 2), "", dtype=object)
        for place, row in enumerate(self.rows):
            for flip in row.flips:
                side = int(flip.above)
                far = math.nan if flip.half_widths is None else flip.half_widths
                table[:, place, side] = flip.value, flip.chance, far
                winners[place, side] = flip.winner
        fields = {
            name: (("row",), [getattr(row, name) for row in self.rows])
            for name in ("now", "low", "high", "unit", "group", "criterion", "pick", "chance", "smallest")
        }
        flips = {name: (("row", "side"), table[k]) for k, name in enumerate(("value", "beyond", "half_widths"))}
        return xr.Dataset(
            fields | flips | {"winner": (("row", "side"), winners)},
            coords={"input": ("row", [row.name for row in self.rows]), "side": list(sides)},
            attrs={"unit": "each row its own", "view": self.view, "output": self.output, "decision": self.decision},
        )


def thresholds(
    assessment: Assessment,
    *,
    view: str = DEFAULT_VIEW,
    decision: Decision = "response",
    output: Output = "gap",
    names: Collection[str] | None = None,
    say: Callable[[float, str], None] = lambda *_: None,
) -> Thresholds:
    """Return, for every input, the values at which what stands now flips, and how far they are in its uncertainty.

    Where expected costs are linear in an input, ``C_r(x) = a_r + b_r x`` and a flip solves ``C_r(x) = C_pick(x)`` for
    the nearest rival at each side; else the full engine is asked at the .1, 1, 5, ..., 99.9 % of the input and at its
    natural bounds, and each change of sign is closed in on to 1e-10 of its value. No input but the one moves.

    Parameters
    ----------
    assessment
        The case as assessed.
    view
        Who pays, and for how long.
    decision
        The menu for ``gap`` and ``cost``: the four responses and nothing new, or resilience first and then what on top.
    output
        What must flip, see `criteria`; ``p_best`` and ``regret`` rank all draws at every value, which takes longer.
    names
        Only these inputs.
    say
        Is told, before each input, which share is done and what comes next; what it raises ends the search.

    Returns
    -------
    Thresholds
        Values in the unit of each input; margins in USD, or as probabilities.

    Raises
    ------
    KeyError
        When a name is no input of the case.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=200))
    >>> row = thresholds(sony, names=["cost.urgent"]).row("cost.urgent")
    >>> row.pick, [(flip.above, flip.winner) for flip in row.flips]
    ('denial', [(True, 'nothing')])
    """
    now = answer(assessment, view)
    asked = criteria(now, output, decision)
    every = inputs(assessment, view)
    wanted = tuple(one.name for one in every) if names is None else names_of(names)
    known_inputs(wanted, [one.name for one in every])
    chosen = [one for one in every if one.name in wanted]
    rows = []
    for place, one in enumerate(chosen):
        say(place / len(chosen), f"{place + 1} of {len(chosen)}: {one.label}")
        rows += _rows(assessment, one, asked)
    rows.sort(key=lambda row: (-row.chance, not row.found, row.nearest))
    return Thresholds(
        view=view,
        decision=decision,
        output=output,
        picks={criterion.name: criterion.pick for criterion in asked},
        margins={criterion.name: _margin(criterion, now) for criterion in asked},
        units={criterion.name: criterion.unit for criterion in asked},
        rows=tuple(rows),
        on_top=on_top(assessment, view),
    )


def _rows(assessment: Assessment, one: Input, asked: tuple[Criterion, ...]) -> list[Threshold]:
    """Return the rows of one input; what was answered for one criterion is not asked again for the next."""
    remembering = replace(one, ask=cache(one.ask))
    return [threshold(assessment, remembering, criterion) for criterion in asked]


def threshold(assessment: Assessment, one: Input, criterion: Criterion) -> Threshold:
    """Return where a criterion flips along one input."""
    found = course(assessment, one, criterion)
    flips = _flips(one, found)
    below = max((flip for flip in flips if not flip.above), key=lambda flip: flip.value, default=None)
    above = min((flip for flip in flips if flip.above), key=lambda flip: flip.value, default=None)
    nearest = tuple(flip for flip in (below, above) if flip is not None)
    here = next((part for part in found.stretches if part.low <= one.now <= part.high), found.stretches[0])
    return Threshold(
        name=one.name,
        label=one.label,
        group=one.group,
        unit=one.unit,
        now=one.now,
        low=one.low,
        high=one.high,
        criterion=criterion.name,
        pick=criterion.pick,
        holds=here.holds,
        exact=one.linear and criterion.linear,
        flips=nearest,
        further=len(flips) - len(nearest),
        chance=sum((_mass(one, stretch, found) for stretch in found.stretches if not stretch.holds), start=0.0),
        searched=found.searched,
        smallest=found.smallest,
        smallest_at=found.smallest_at,
    )


def _flips(one: Input, found: Course) -> list[Flip]:
    """Return every border as seen from where the input is now."""
    out = []
    half = (one.high - one.low) / 2
    for before, after, equal in zip(found.stretches[:-1], found.stretches[1:], found.smooth, strict=True):
        value = before.high
        above = value > one.now or (value == one.now and before.holds)  # at a tie, beyond is where the pick loses
        out.append(
            Flip(
                value=value,
                above=above,
                winner=after.leaders[0] if above else before.leaders[1],
                chance=1 - one.below(value) if above else one.below(value),
                half_widths=None if one.certain else abs(value - one.now) / half,
                equal=equal,
            )
        )
    return out


def _mass(one: Input, stretch: Stretch, found: Course) -> float:
    """Return the probability that an input lies in a stretch; the outermost reach as far as the input does."""
    low = 0.0 if stretch is found.stretches[0] else one.below(stretch.low)
    high = 1.0 if stretch is found.stretches[-1] else one.below(stretch.high)
    return max(high - low, 0.0)


def _margin(criterion: Criterion, now: Answer) -> float:
    return criterion.levels(now).margin(criterion.pick)
