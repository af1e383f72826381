"""The three questions, answered: is it coercion, who is behind it, what does it demand; each with range and before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.belief import IS_COERCION, ROUNDING
from cybercoercion.belief.summary import weighted_quantiles
from cybercoercion.report.belief_strips import BeliefRow, belief_strips
from cybercoercion.report.figure import Figure
from cybercoercion.report.names import label
from cybercoercion.report.verdict import Verdict, worded
from cybercoercion.report.words import edges, percent, sentence_of
from cybercoercion.vocabulary import COERCION, NONE, OTHER

Array = NDArray[np.float64]
ANY = "any"
PLURALS = {"actor": "candidates", "demand": "demands"}
QUANTILES = (0.05, 0.1, 0.25, 0.75, 0.9, 0.95)
TONES = {
    "compellence": "compellence", "deterrence": "deterrence",
    "destabilisation": "hurting", "retaliation": "hurting", "sabotage": "hurting",
    "espionage": "gaining", "crime": "gaining", "testing": "gaining", "activism": "activism",
}  # fmt: skip
SOURCES = {
    "coercion": ("intent", "signalling", "objective", "second_aim", "exponent"),
    "purpose": ("intent", "signalling", "objective", "exponent"),
    "actor": ("kind", "context", "coverage", "deception", "grade", "copy"),
    "demand": ("demand", "grade", "copy"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: its answer in a sentence, its strips, and what the last change did to it."""

    name: str
    title: str
    sentence: str
    figure: Figure
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Answer:
    """One answer: what it is called, p(answer, draw), which sums to its probability, and its probability before."""

    name: str
    label: str
    by_draw: Array
    before: float | None
    tone: str | None = None
    always: bool = False  # never gathered with others

    @property
    def p(self) -> float:
        return float(self.by_draw.sum())


def questions(verdict: Verdict, before: Verdict | None = None, *, most: int | None = None) -> tuple[Question, ...]:
    """Return the three questions with their answers.

    Parameters
    ----------
    verdict
        What is believed now.
    before
        What was believed before the last change, for rings and notes.
    most
        How many rows a question may have; small ones are then gathered as "n others", never the answer that is not on
        the list. Without it every answer has its row.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.report import verdict
    >>> one = verdict(assess(load_case("sony-2014"), load_knowledge(draws=200)))
    >>> [question.title for question in questions(one)]
    ['Is it coercion?', 'Who is behind it?', 'What does it demand?']
    """
    return (
        _coercion(verdict, before, most),
        _ranked(verdict, before, most, "actor", "Who is behind it?"),
        _ranked(verdict, before, most, "demand", "What does it demand?"),
    )


def purposes(verdict: Verdict, before: Verdict | None = None) -> Question:
    """Return which of the nine purposes it is, each with its strip; they exclude each other and sum to one."""
    ranked = sorted(_answers(verdict, before, "intent"), key=lambda one: -one.p)
    said = worded(verdict.assessment.belief.estimates("intent")[ranked[0].name], verdict.assessment)
    sentence = sentence_of(said.words, f"{ranked[0].name} is the first purpose", said.low, said.high)
    return _question(verdict, "purpose", "Which of nine purposes?", sentence, ranked)


def _coercion(verdict: Verdict, before: Verdict | None, most: int | None) -> Question:
    belief, said = verdict.assessment.belief, verdict.coercion
    was = None if before is None else before.assessment.belief
    marginal = belief.marginal("intent")
    aims = np.where(IS_COERCION[:, None], 1.0, belief.second_aim)
    whole = _Answer(
        name="coercion",
        label="Compellence or deterrence",
        by_draw=marginal[IS_COERCION].sum(0),
        before=None if was is None else was.coercion.p,
        tone="lead",
        always=True,
    )
    any_aim = _Answer(
        name=ANY,
        label="Any coercive aim, also a second one",
        by_draw=(marginal * aims).sum(0),
        before=None if was is None else was.any_coercive_aim.p,
        tone="deterrence",
    )
    others = [one for one in _answers(verdict, before, "intent") if one.name not in COERCION]
    shown = _gathered([whole, *others], 2 if most is None else max(most - 1, 2), "Any other purpose")
    sentence = sentence_of(said.words, "this is coercion", said.low, said.high)
    return _question(verdict, "coercion", "Is it coercion?", sentence, [*shown, any_aim])


def _ranked(verdict: Verdict, before: Verdict | None, most: int | None, name: str, title: str) -> Question:
    ranked = sorted(_answers(verdict, before, name), key=lambda one: -one.p)
    said = worded(verdict.assessment.belief.estimates(name)[ranked[0].name], verdict.assessment)
    sentence = sentence_of(said.words, statement(verdict, name, ranked[0].name), said.low, said.high)
    shown = ranked if most is None else _gathered(ranked, most, f"{{count}} other {PLURALS[name]}")
    return _question(verdict, name, title, sentence, shown)


def statement(verdict: Verdict, name: str, state: str) -> str:
    """Return what is claimed where a state of actor or demand holds, inside a sentence."""
    called = label(verdict.assessment.case, name, state)
    if name == "actor":
        return f"{called} is behind it" if state != OTHER else "somebody who is not on our list is behind it"
    if state == NONE:
        return "nothing on our list is demanded"
    return f"the demand is \N{LEFT DOUBLE QUOTATION MARK}{called}\N{RIGHT DOUBLE QUOTATION MARK}"


def _question(verdict: Verdict, name: str, title: str, sentence: str, answers: Sequence[_Answer]) -> Question:
    leader = max((one for one in answers if one.name != ANY), key=lambda one: one.p)
    weights = verdict.assessment.belief.weights
    rows = [_row(one, weights, leads=one is leader) for one in answers]
    ticks = edges(verdict.assessment.knowledge)
    return Question(
        name=name,
        title=title,
        sentence=sentence,
        figure=belief_strips(name, sentence, rows, ticks, sources=SOURCES[name]),
        note=moves(rows),
    )


def _answers(verdict: Verdict, before: Verdict | None, name: str) -> list[_Answer]:
    """Return the states of intent, actor or demand as answers, with what each was before where it was there."""
    belief, case = verdict.assessment.belief, verdict.assessment.case
    was = {} if before is None else before.assessment.belief.estimates(name)
    return [
        _Answer(
            name=state,
            label=label(case, name, state),
            by_draw=by_draw,
            before=was[state].p if state in was else None,
            tone=TONES.get(state) if name == "intent" else None,
            always=name != "intent" and state in (OTHER, NONE),
        )
        for state, by_draw in zip(belief.labels(name), belief.marginal(name), strict=True)
    ]


def _gathered(answers: Sequence[_Answer], most: int, called: str) -> list[_Answer]:
    """Return at most so many answers: what must be seen and the largest, the rest added up in one that comes last."""
    if len(answers) <= most:
        return list(answers)
    first = sorted(answers, key=lambda one: (not one.always, -one.p))[: most - 1]
    leader = max(answers, key=lambda one: one.p)
    if leader not in first:
        first[-1] = leader
    rest = [one for one in answers if one not in first]
    if len(rest) == 1:
        return [one for one in answers if one in first or one is rest[0]]
    known = [one.before for one in rest if one.before is not None]
    together = _Answer(
        name="rest",
        label=called.format(count=len(rest)),
        by_draw=np.sum([one.by_draw for one in rest], 0),
        before=sum(known) if len(known) == len(rest) else None,
    )
    return [*(one for one in answers if one in first), together]


def _row(one: _Answer, weights: Array, *, leads: bool) -> BeliefRow:
    inside = np.divide(one.by_draw, weights, out=np.zeros_like(one.by_draw), where=weights > 0)
    found = weighted_quantiles(inside, weights, QUANTILES)
    low, low80, low50, high50, high80, high = (one.p if abs(q - one.p) < ROUNDING else float(q) for q in found)
    return BeliefRow(
        label=one.label,
        p=one.p,
        quantiles=(low, low80, low50, high50, high80, high),
        before=one.before,
        leads=leads,
        tone=one.tone,
        apart=one.name == ANY,
    )


def moves(rows: Sequence[BeliefRow]) -> str:
    """Return which answers the last change moved by two points or more, largest move first, or nothing.

    >>> moves([BeliefRow(label="Coercion", p=0.7, quantiles=(0.5, 0.55, 0.6, 0.8, 0.85, 0.9), before=0.5)])
    'The last change moved: Coercion 50 % \N{RIGHTWARDS ARROW} 70 %.'
    """
    moved = sorted((row for row in rows if row.moved), key=lambda row: -abs(row.p - (row.before or 0.0)))
    said = [f"{row.label} {percent(row.before or 0.0)} \N{RIGHTWARDS ARROW} {percent(row.p)}" for row in moved]
    return f"The last change moved: {'; '.join(said)}." if said else ""
