"""By how much what stands now still leads: one signed number, for a ranking, a difference, a share or a belief."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.sensitivity.asking import known_decision, known_output
from cybercoercion.sensitivity.changing import Answer
from cybercoercion.sensitivity.choice import NOTHING, Decision
from cybercoercion.sensitivity.output import FIVE, UNIT, Output

Array = NDArray[np.float64]
HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Levels:
    """What competes, the lower the better: each level has a name and belongs to an option; dims ``(level,)``."""

    names: tuple[str, ...]
    options: tuple[str, ...]
    values: Array

    def margin(self, pick: str) -> float:
        """Return the lowest level of the others less the lowest of ``pick``: positive while the pick leads.

        >>> Levels(names=("a", "b"), options=("a", "b"), values=np.array([1.0, 3.0])).margin("a")
        2.0
        """
        own = np.array([option == pick for option in self.options])
        return float(self.values[~own].min(initial=np.inf) - self.values[own].min(initial=np.inf))

    def leader(self) -> str:
        """Return the option of the lowest level; of equals, the first."""
        return self.options[int(self.values.argmin())]

    def rival(self, pick: str) -> str:
        """Return the best of the others; of equals, the first; ``pick`` where there is none."""
        own = np.array([option == pick for option in self.options])
        return pick if own.all() else self.options[int(np.where(own, np.inf, self.values).argmin())]

    @property
    def scale(self) -> float:
        """The size of the largest level."""
        return float(np.abs(self.values).max(initial=0.0))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Criterion:
    """What is asked to stay: ``pick`` leads the levels of an answer.

    ``linear`` says that levels are linear in an input that expected costs are linear in; ``by_belief`` that they hang
    on the belief alone. ``stands`` holds the levels of the answer as it stands.
    """

    name: str
    unit: str
    pick: str
    linear: bool
    levels: Callable[[Answer], Levels]
    stands: Levels
    by_belief: bool = False


def criteria(now: Answer, output: Output, decision: Decision) -> tuple[Criterion, ...]:
    """Return what is asked to stay, for an output.

    ``gap``: the first of the menu stays first. ``cost``: it stays cheaper than nothing new; where nothing new is first,
    it stays so. ``p_best``: the response that is most often cheapest stays so, and the first of the ranking stays
    above, or below, one half. ``regret``: the lowest expected regret stays where it is. ``belief``: coercion
    stays more, or less, likely than not, and the leading actor and demand stay in front.
    """
    known_output(output)
    known_decision(decision)
    if output == "belief":
        return tuple(_believed(now, node) for node in ("coercion", "actor", "demand") if _has(now, node))
    if output in ("gap", "cost"):
        return (_priced(now, output, decision),)
    measured = now.measured(output)
    if output == "regret":
        pick = FIVE[int(measured.argmin())]
        return (_searched(now, output, "USD", pick, _five("regret", sign=1)),)
    often = FIVE[int(measured.argmax())]
    first = now.ranking.first
    return (
        _searched(now, "most often best", UNIT[output], often, _five("p_best", sign=-1)),
        _half(now, measured, first),
    )


def _searched(now: Answer, name: str, unit: str, pick: str, levels: Callable[[Answer], Levels]) -> Criterion:
    return Criterion(name=name, unit=unit, pick=pick, linear=False, levels=levels, stands=levels(now))


def _priced(now: Answer, output: Output, decision: Decision) -> Criterion:
    menu = now.menu(decision)
    pick = menu.first
    against_nothing = output == "cost" and pick != NOTHING

    def levels(answer: Answer) -> Levels:
        found = answer.menu(decision)
        options = [found.options[place] for place in found.option_of]
        kept = [row for row in np.flatnonzero(found.likely) if not against_nothing or options[row] in (pick, NOTHING)]
        return Levels(
            names=tuple(found.names[row] for row in kept),
            options=tuple(options[row] for row in kept),
            values=found.now[kept],
        )

    return Criterion(name=output, unit="USD", pick=pick, linear=True, levels=levels, stands=levels(now))


def _five(output: Output, *, sign: int) -> Callable[[Answer], Levels]:
    def levels(answer: Answer) -> Levels:
        return Levels(names=FIVE, options=FIVE, values=sign * answer.measured(output))

    return levels


def _half(now: Answer, measured: Array, first: str) -> Criterion:
    place = FIVE.index(first)
    above = bool(measured[place] >= HALF)
    names = (first, "the others together")

    def levels(answer: Answer) -> Levels:
        p = float(answer.measured("p_best")[place])
        return Levels(names=names, options=names, values=np.array([HALF - p, 0.0]))

    return _searched(now, "best in half", UNIT["p_best"], names[0 if above else 1], levels)


def _has(now: Answer, node: str) -> bool:
    """Say whether there is anything to lead: a state beside the one that stands for what is not on the list."""
    return node != "demand" or len(now.belief.demands) > 1


def _believed(now: Answer, node: str) -> Criterion:
    def levels(answer: Answer) -> Levels:
        belief = answer.belief
        p = answer.measured("belief")
        names: tuple[str, ...] = ("coercion", "no coercion")
        if node == "coercion":
            values = np.array([p[0], 1 - p[0]])
        elif node == "actor":
            names, values = belief.actors, p[1 : 1 + len(belief.actors)]
        else:
            names, values = belief.demands, p[1 + len(belief.actors) :]
        return Levels(names=names, options=names, values=-values)

    stands = levels(now)
    return Criterion(
        name=node, unit="probability", pick=stands.leader(), linear=True, levels=levels, stands=stands, by_belief=True
    )
