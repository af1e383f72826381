"""The smallest set of changes that makes another option first, another actor lead, or coercion cross one half."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Literal

import numpy as np

from cybercoercion.assessment import Assessment
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.choice import Decision
from cybercoercion.sensitivity.told.rivals import QUESTIONS, Question
from cybercoercion.sensitivity.told.steps import Ground, Step

if TYPE_CHECKING:
    import xarray as xr

Means = Literal["withdrawn", "graded", "moved", "mixed"]
MEANS: tuple[Means, ...] = ("withdrawn", "graded", "moved", "mixed")
LARGEST = 3  # up to this size sets are searched; beyond it only greedily
ALL = {2: 400, 3: 600}  # so many sets of a size are all tried where reports are withdrawn
FEW = {2: 120, 3: 60}  # and so many where the engine is asked anew for each
BEST = {2: 14, 3: 7}  # else those of so many steps that move the margin most by themselves
Margin = Callable[[Sequence[Step]], tuple[float, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipSet:
    """The smallest set found by some means: its steps, and who leads after them.

    ``margin`` is what the lead of who leads now is then: negative. ``steps`` is empty where nothing flips; then
    ``closest`` is the set that came nearest, and ``margin`` what was left. Every set of up to ``exact`` steps was
    tried, and some of up to ``searched``. ``greedy`` says that steps were added one by one: smaller sets may exist.
    """

    question: Question
    means: Means
    steps: tuple[Step, ...]
    after: str
    margin: float
    closest: tuple[Step, ...]
    exact: int
    searched: int
    greedy: bool
    choices: int  # single steps there were

    @property
    def found(self) -> bool:
        """Whether some set flips."""
        return bool(self.steps)

    @property
    def smallest(self) -> bool:
        """Whether no smaller set of these steps exists."""
        return self.found and self.exact >= len(self.steps) - 1 and not self.greedy


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Smallest:
    """Who leads as things are, by which margin, and the smallest sets that end it, by question and means."""

    view: str
    decision: Decision
    leads: dict[Question, str]
    margins: dict[Question, float]  # USD of expected cost for the choice, else probability
    sets: tuple[FlipSet, ...]

    def of(self, question: Question, means: Means) -> FlipSet:
        """Return one set.

        Raises
        ------
        KeyError
            When it was not asked for.
        """
        known = {(one.question, one.means): one for one in self.sets}
        return known[question, means]

    def smallest(self, question: Question) -> FlipSet | None:
        """Return the set with the fewest steps by any means, None where nothing flips."""
        found = [one for one in self.sets if one.question == question and one.found]
        return min(found, key=lambda one: (len(one.steps), MEANS.index(one.means)), default=None)

    def labelled(self) -> xr.Dataset:
        """Return sizes (0 where nothing flips) and margins, labelled ``(question, means)``."""
        import xarray as xr

        asked = [one for one in QUESTIONS if any(each.question == one for each in self.sets)]
        shape = (len(asked), len(MEANS))
        size, margin, after = np.zeros(shape, dtype=int), np.full(shape, np.nan), np.full(shape, "", dtype=object)
        for one in self.sets:
            at = asked.index(one.question), MEANS.index(one.means)
            size[at], margin[at], after[at] = len(one.steps), one.margin, one.after
        dims = ("question", "means")
        return xr.Dataset(
            {
                "size": (dims, size, {"unit": "changes"}),
                "margin": (dims, margin, {"unit": "USD for the choice, else probability"}),
                "after": (dims, after.astype(str)),
                "now": (("question",), [self.margins[one] for one in asked]),
            },
            coords={"question": asked, "means": list(MEANS)},
            attrs={"view": self.view, "decision": self.decision},
        )


def smallest(
    assessment: Assessment,
    *,
    view: str = DEFAULT_VIEW,
    decision: Decision = "response",
    questions: Sequence[Question] = QUESTIONS,
    means: Sequence[Means] = MEANS,
) -> Smallest:
    """Return the smallest set of changes after which who leads now does not.

    Steps are reports withdrawn, reports graded one step otherwise, inputs of costs at their own 5 or 95 %, or any of
    these mixed; no set holds two steps of one report or input. All single steps are tried, and all pairs and triples
    where they are few: of reports withdrawn, all pairs of up to 28 and all triples of up to 16; of other steps, and in
    campaigns and beside stated beliefs, where each set asks the engine anew, all pairs of up to 16 and all triples of
    up to 8. Else those of the steps that move the margin most are tried, and ``exact`` says so. Beyond three, steps
    are added one by one, and then dropped where the rest does. Of sets of one size, that with fewer withdrawals counts
    as more plausible, then that with the weaker reports, then that which flips by more.

    Parameters
    ----------
    assessment
        Of a case or a campaign.
    view, decision
        Whose costs, and whether responses are rivals or resilience comes first.
    questions
        ``choice``: the cheapest option; ``actor``: the leading actor; ``coercion``: whether it is above one half.
    means
        ``withdrawn``, ``graded``, ``moved``, ``mixed``. Inputs of costs move no belief, so they are asked of the choice
        only.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> one = assess(load_case("colonial-2021"), load_knowledge(draws=50))
    >>> found = smallest(one, questions=["actor"], means=["withdrawn"])
    >>> found.leads["actor"], len(found.of("actor", "withdrawn").steps) >= 0
    ('darkside', True)
    """
    ground = Ground(assessment=assessment, view=view, decision=decision)
    steps: dict[Means, tuple[Step, ...]] = {"withdrawn": (), "graded": (), "moved": ()}
    mixed = "mixed" in means
    if mixed or "withdrawn" in means:
        steps["withdrawn"] = ground.withdrawals()
    if mixed or "graded" in means:
        steps["graded"] = ground.regrades()
    if "choice" in questions and (mixed or "moved" in means):
        steps["moved"] = ground.moves()
    steps["mixed"] = (*steps["withdrawn"], *steps["graded"], *steps["moved"])
    sets, leads, margins = [], {}, {}
    for question in questions:
        now, leads[question] = ground.margin(question, ())
        margins[question] = now
        search = _Search(question, ground)
        for one in means:
            if one == "moved" and question != "choice":
                continue
            there = steps[one] if question == "choice" else tuple(step for step in steps[one] if step.kind != "moved")
            sets.append(search.by(one, there))
    return Smallest(view=view, decision=decision, leads=leads, margins=margins, sets=tuple(sets))


class _Search:
    """One question; margins that were asked for are remembered over all means."""

    def __init__(self, question: Question, ground: Ground) -> None:
        self.question, self.ground = question, ground
        self._known: dict[frozenset[tuple[str, str, str]], tuple[float, str]] = {}
        self.now = ground.margin(question, ())

    def margin(self, steps: Sequence[Step]) -> tuple[float, str]:
        """Return the margin after some steps, and who leads then."""
        key = frozenset((step.kind, step.name, step.to) for step in steps)
        if key not in self._known:
            self._known[key] = self.ground.margin(self.question, steps)
        return self._known[key]

    def flips(self, steps: Sequence[Step]) -> bool:
        """Say whether another leads after some steps."""
        margin, then = self.margin(steps)
        return margin < np.inf and then != self.now[1]

    def by(self, means: Means, steps: tuple[Step, ...]) -> FlipSet:
        """Return the smallest set of these steps."""
        best: tuple[Step, ...] = ()
        exact = searched = 0
        singles = sorted(steps, key=lambda step: self.margin((step,))[0])
        for size in range(1, LARGEST + 1):
            pool = self._pool(singles, size)
            tried = [chosen for chosen in combinations(pool, size) if _apart(chosen)]
            if not tried:
                break
            exact = size if len(pool) == len(steps) and exact == size - 1 else exact
            searched = size
            if found := [chosen for chosen in tried if self.flips(chosen)]:
                return self._set(
                    means,
                    min(found, key=lambda chosen: self._plausible(tuple(chosen))),
                    best,
                    exact,
                    searched,
                    len(steps),
                )
            best = min([*tried, *([best] if best else [])], key=lambda chosen: self.margin(chosen)[0])
        added, flipped = self._greedily(singles)
        if flipped:
            return self._set(means, added, best, exact, len(added), len(steps), greedy=True)
        if added and self.margin(added)[0] < (self.margin(best)[0] if best else np.inf):
            best = added
        searched = max(searched, len({step.whose for step in singles}) if len(singles) > LARGEST else searched)
        return self._set(means, (), best, exact, searched, len(steps))

    def _pool(self, singles: Sequence[Step], size: int) -> Sequence[Step]:
        """Return the steps whose sets of a size are tried: all where they are few, or fast to ask for."""
        most = ALL if self._fast(singles) else FEW
        if size == 1 or comb(len(singles), size) <= most[size]:
            return singles
        each: dict[object, Step] = {}
        for step in singles:  # the best step of each report and input
            each.setdefault(step.whose, step)
        best = list(each.values())
        return best if comb(len(best), size) <= most[size] else best[: BEST[size]]

    def _greedily(self, singles: Sequence[Step]) -> tuple[tuple[Step, ...], bool]:
        """Add steps one by one and drop those that it does without; where none flips, return the nearest set.

        The next step is that which moves the margin most then, where that is fast to ask for, else by itself.
        """
        added: tuple[Step, ...] = ()
        best: tuple[Step, ...] = ()
        left = [step for step in singles if self._fast(singles) or self.margin((step,))[0] < self.now[0]]
        while left:
            step = min(left, key=lambda one: self.margin((*added, one))[0]) if self._fast(singles) else left[0]
            added = (*added, step)
            left = [one for one in left if one.whose != step.whose]
            if self.flips(added):
                for one in reversed(added):
                    rest = tuple(other for other in added if other is not one)
                    if self.flips(rest):
                        added = rest
                return added, True
            if not best or self.margin(added)[0] < self.margin(best)[0]:
                best = added
        return best, False

    def _fast(self, steps: Sequence[Step]) -> bool:
        return self.ground.coalitions is not None and all(step.kind == "withdrawn" for step in steps)

    def _plausible(self, steps: tuple[Step, ...]) -> tuple[int, float, float]:
        withdrawn = sum(step.kind == "withdrawn" for step in steps)
        strength = float(np.prod([step.strength for step in steps]))
        return withdrawn, strength, self.margin(steps)[0]

    def _set(
        self,
        means: Means,
        steps: Iterable[Step],
        closest: tuple[Step, ...],
        exact: int,
        searched: int,
        choices: int,
        *,
        greedy: bool = False,
    ) -> FlipSet:
        chosen = tuple(steps)
        margin, after = self.margin(chosen or closest)
        return FlipSet(
            question=self.question,
            means=means,
            steps=chosen,
            after=after,
            margin=margin,
            closest=chosen or closest,
            exact=exact,
            searched=searched,
            greedy=greedy,
            choices=choices,
        )


def _apart(steps: Sequence[Step]) -> bool:
    """Say whether no two steps are of one report or input."""
    return len({step.whose for step in steps}) == len(steps)
