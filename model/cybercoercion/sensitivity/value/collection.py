"""What to find out next, and what each answer would do to the ranking."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.response.assumed import AssumedBelief
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.choice import Choice, Decision, choice_of
from cybercoercion.sensitivity.value.pairs import both_given
from cybercoercion.sensitivity.value.preposterior import Preposterior, evppi, evsi, hangs_on, lean, preposterior
from cybercoercion.sensitivity.value.reports import coming_reports
from cybercoercion.sensitivity.value.seen import is_later, states_for
from cybercoercion.sensitivity.value.states import States
from cybercoercion.vocabulary import COERCION

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer that a report, or a pair of them, could give, and what would be chosen and believed after it."""

    finding: tuple[str, ...]  # one word per report
    p: float  # of this answer
    first: str  # what would be first
    gap: float  # USD, to the second
    changes: bool  # whether something else is first now
    p_coercion: float
    leader: str  # the likeliest actor
    p_leader: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A report to get, or two, with every answer; the likeliest first."""

    reports: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def chance(self) -> float:
        """The probability that its answer changes what is first."""
        return sum((one.p for one in self.findings if one.changes), 0.0)


def step(
    assessment: Assessment,
    states: States,
    reports: Sequence[Preposterior],
    *,
    view: str = DEFAULT_VIEW,
    decision: Decision = "response",
) -> Step:
    """Return what each answer of one report, or of two, would do: the ranking again, under what is believed then.

    Here, unlike in its value, only those are accused who would then be likely enough.
    """
    ids = tuple(one.report.id for one in reports)
    if len(reports) == 1:
        given = reports[0].given
        words: list[tuple[str, ...]] = [(label,) for label in reports[0].labels]
    else:
        one, two = reports
        both = both_given(states, one, two)
        given = both.reshape(-1, *both.shape[2:])
        words = [(first, second) for first in one.labels for second in two.labels]
    parts = states.mass(given)
    menu = everybody(assessment, view, decision)
    share = assessment.knowledge.mean("accused_share")
    before = _first(menu, parts.sum(0)[None], share)[0][0]
    firsts, gaps = _first(menu, parts, share)
    found = [
        _finding(menu, part, word, int(first), float(gap), changes=bool(first != before))
        for part, word, first, gap in zip(parts, words, firsts, gaps, strict=True)
        if part.sum() > 0
    ]
    return Step(reports=ids, findings=tuple(sorted(found, key=lambda one: -one.p)))


def chance_of_change(assessment: Assessment, *, view: str = DEFAULT_VIEW, decision: Decision = "response") -> float:
    """Return the probability that the best next report changes what is first.

    The best is the one that the collection plan names: worth most for this decision, net, of those that the case
    announces and of one on every fact that could yet be reported. So one more that is worth nothing changes nothing.
    Where no report is worth anything, nothing would change.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> chance_of_change(assess(load_case("sony-2014"), load_knowledge(draws=50)))
    0.0
    """
    menu = lean(choice_of(assessment.belief, assessment.costs, decision=decision, view=view))
    if not _regret(menu):
        return 0.0  # what is first stays first, whatever is hidden
    coming, _ = coming_reports(assessment)
    # no report is worth more than the states it hangs on: the least promising are never looked at
    bound: dict[tuple[bool, tuple[str, ...]], float] = {}
    ranked = []
    for one in coming:
        states = states_for(assessment, one)
        names = hangs_on(one, states.knowledge)
        key = (is_later(assessment, one), names)
        if key not in bound:
            bound[key] = evppi(menu, states, names)
        if bound[key] > 0:
            ranked.append((bound[key] - one.cost - one.waiting, one))
    best, most = None, -math.inf
    for limit, one in sorted(ranked, key=lambda each: -each[0]):
        if limit < most:
            break
        report = preposterior(one, states_for(assessment, one))
        value = evsi(menu, states_for(assessment, one), report)
        if value > 0 and value - one.cost - one.waiting > most:
            best, most = report, value - one.cost - one.waiting
    if best is None:
        return 0.0
    return step(assessment, states_for(assessment, best.report), [best], view=view, decision=decision).chance


def _regret(menu: Choice) -> float:
    """Return what it is worth to know every state that costs hang on, USD."""
    costs = menu.cost.reshape(len(menu.plans), -1)
    return float((costs[menu.pick] - costs.min(0)) @ menu.states.reshape(-1))


def everybody(assessment: Assessment, view: str, decision: Decision) -> Choice:
    """Return the menu with every plan on it, against whomever: what an answer makes of it is not known before."""
    belief = assessment.belief
    shape = (len(belief.intents), len(belief.actors), len(belief.demands), 1)
    even = np.full(shape, 1 / np.prod(shape))
    assumed = AssumedBelief(intents=belief.intents, actors=belief.actors, demands=belief.demands, posterior=even)
    return choice_of(assumed, assessment.costs, decision=decision, view=view)


def _first(menu: Choice, parts: Array, share: float) -> tuple[NDArray[np.intp], Array]:
    """Return the first option after each answer, and its gap to the second, USD, dims ``(part,)``.

    As in a ranking, only candidates at least ``share`` as likely as the likeliest may then be accused.
    """
    p = parts.sum((1, 3))[:, :-1]  # (part, candidate)
    accused = p >= share * p.max(1, keepdims=True)
    costs = menu.expected(parts)
    for place, plan in enumerate(menu.plans):
        for lever in plan.aimed:
            costs[~accused[:, lever.place], place] = np.inf
    each = np.full((len(parts), len(menu.options)), np.inf)
    for place, option in enumerate(menu.option_of):
        each[:, option] = np.minimum(each[:, option], costs[:, place])
    order = np.argsort(each, axis=1, kind="stable")
    rows = np.arange(len(parts))
    mass = parts.reshape(len(parts), -1).sum(1)
    second = each[rows, order[:, 1]] if len(menu.options) > 1 else each[rows, order[:, 0]]
    gaps = np.divide(second - each[rows, order[:, 0]], mass, out=np.zeros(len(parts)), where=mass > 0)
    return order[:, 0], gaps


def _finding(menu: Choice, part: Array, word: tuple[str, ...], first: int, gap: float, *, changes: bool) -> Finding:
    p = float(part.sum())
    after = part / p
    actors = after.sum((0, 2))
    coercive = np.array([intent in COERCION for intent in menu.intents])
    return Finding(
        finding=word,
        p=p,
        first=menu.options[first],
        gap=gap,
        changes=changes,
        p_coercion=float(after[coercive].sum()),
        leader=menu.actors[int(actors.argmax())],
        p_leader=float(actors.max()),
    )
