"""The three questions for the printed page: each a sentence and a few rows with their ranges in steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.belief import IS_COERCION, ROUNDING
from cybercoercion.belief.summary import weighted_quantiles
from cybercoercion.report.names import label
from cybercoercion.report.verdict import Verdict, worded
from cybercoercion.report.words import percent, sentence_of, span
from cybercoercion.vocabulary import COERCION, NONE, OTHER

Array = NDArray[np.float64]
QUANTILES = (0.05, 0.1, 0.25, 0.75, 0.9, 0.95)
FEWEST = 3  # rows of a question on the fullest page
SMALL = 0.05  # rows under it go first where the page is full
NAME = 60  # letters of a name inside a sentence
MOST = {"coercion": 4, "actor": 5, "demand": 4}  # rows of a question, the gathered rest included


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """One answer: what it is called, its probability, and its quantiles at 5, 10, 25, 75, 90 and 95 per cent."""

    label: str
    p: float
    quantiles: tuple[float, ...]
    leads: bool = False

    @property
    def percent(self) -> str:
        """Return the probability in words."""
        return percent(self.p)

    @property
    def span(self) -> str:
        """Return the 90 % range in words."""
        return span(self.quantiles[0], self.quantiles[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuestion:
    """One question: its answer in a sentence, and its rows."""

    name: str
    sentence: str
    rows: tuple[PageRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Answer:
    """One answer with p(answer, draw), dims ``(draw,)``, which sums to its probability."""

    label: str
    by_draw: Array
    stays: bool = False  # is never gathered with others

    @property
    def p(self) -> float:
        return float(self.by_draw.sum())


def page_questions(verdict: Verdict, *, spare: int = 0) -> tuple[PageQuestion, ...]:
    """Return the three questions; for a page that is full ``spare`` gathers rows under 5 % (1), or all but three (2).

    What is not on the list of the case, and any coercive aim, always have rows of their own.
    """
    return (_coercion(verdict, spare=spare), *(_ranked(verdict, name, spare=spare) for name in ("actor", "demand")))


def _coercion(verdict: Verdict, *, spare: int) -> PageQuestion:
    belief, said = verdict.assessment.belief, verdict.coercion
    marginal = belief.marginal("intent")
    aims = np.where(IS_COERCION[:, None], 1.0, belief.second_aim)
    whole = _Answer(label="Coercion", by_draw=marginal[IS_COERCION].sum(0), stays=True)
    second = _Answer(label="\N{HORIZONTAL ELLIPSIS} or as a second aim", by_draw=(marginal * aims).sum(0), stays=True)
    rest = [
        _Answer(label=label(verdict.assessment.case, "intent", name), by_draw=by_draw)
        for name, by_draw in zip(belief.labels("intent"), marginal, strict=True)
        if name not in COERCION
    ]
    rest = _gathered(rest, MOST["coercion"] - 2, "Any other purpose", spare=spare)
    sentence = sentence_of(said.words, "this is coercion", said.low, said.high)
    leader = max((whole, *rest), key=lambda one: one.p)
    return _question(verdict, "coercion", sentence, [whole, second, *rest], {leader.label, second.label}, leader)


def _ranked(verdict: Verdict, name: str, *, spare: int) -> PageQuestion:
    belief, case = verdict.assessment.belief, verdict.assessment.case
    answers = [
        _Answer(label=label(case, name, state), by_draw=by_draw, stays=state in (OTHER, NONE))
        for state, by_draw in zip(belief.labels(name), belief.marginal(name), strict=True)
    ]
    estimates = belief.estimates(name)
    state = max(estimates, key=lambda one: estimates[one].p)
    leader = answers[belief.labels(name).index(state)]
    said = worded(estimates[state], verdict.assessment)
    sentence = sentence_of(said.words, _statement(verdict, name, state), said.low, said.high)
    called = {"actor": "other candidates", "demand": "other demands"}[name]
    shown = _gathered(sorted(answers, key=lambda one: -one.p), MOST[name], called, spare=spare)
    return _question(verdict, name, sentence, shown, {leader.label}, leader)


def shortened(text: str, most: int) -> str:
    """Return a text cut at a word so that it has at most so many letters.

    >>> shortened("a long name of many words", 14), shortened("short", 12)
    ('a long name …', 'short')
    """
    if len(text) <= most:
        return text
    whole = text[: most - 1].rpartition(" ")[0]
    return f"{whole or text[: most - 2]} \N{HORIZONTAL ELLIPSIS}"


def _statement(verdict: Verdict, name: str, state: str) -> str:
    called = shortened(label(verdict.assessment.case, name, state), NAME)
    if name == "actor":
        return f"{called} is behind it" if state != OTHER else "somebody who is not on our list is behind it"
    if state == NONE:
        return "nothing on our list is demanded"
    return f"the demand is \N{LEFT DOUBLE QUOTATION MARK}{called}\N{RIGHT DOUBLE QUOTATION MARK}"


def _gathered(answers: Sequence[_Answer], most: int, called: str, *, spare: int) -> list[_Answer]:
    """Return at most so many answers in order of probability, the rest added up in a last one."""
    ranked, most = sorted(answers, key=lambda one: -one.p), min(most, FEWEST) if spare > 1 else most
    large = [one for one in ranked if one.stays or one.p >= SMALL or one is ranked[0]] if spare else ranked
    if len(ranked) <= most and (not spare or len(ranked) - len(large) <= 1):
        return ranked
    keeps = [one for one in large if one.stays or one is ranked[0]]
    keeps += [one for one in large if one not in keeps][: max(most - 1 - len(keeps), 0)]
    rest = [one for one in ranked if one not in keeps]
    said = f"{len(rest)} {called}" if called.startswith("other") else called
    together = _Answer(label=said, by_draw=np.sum([one.by_draw for one in rest], 0))
    return [*(one for one in ranked if one in keeps), together]


def _question(
    verdict: Verdict, name: str, sentence: str, answers: Sequence[_Answer], leads: set[str], leader: _Answer
) -> PageQuestion:
    weights = verdict.assessment.belief.weights
    rows = [_row(one, weights, leads=one is leader or (name == "coercion" and one.label in leads)) for one in answers]
    return PageQuestion(name=name, sentence=sentence, rows=tuple(rows))


def _row(one: _Answer, weights: Array, *, leads: bool) -> PageRow:
    inside = np.divide(one.by_draw, weights, out=np.zeros_like(one.by_draw), where=weights > 0)
    found = weighted_quantiles(inside, weights, QUANTILES)
    close = tuple(one.p if abs(q - one.p) < ROUNDING else float(q) for q in found)
    return PageRow(label=one.label, p=one.p, quantiles=close, leads=leads)
