"""The three questions, answered: is it coercion, who is behind it, what does it demand; each with range and before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cybercoercion.belief.belief import IS_COERCION
from cybercoercion.case import Case
from cybercoercion.report.belief_strips import belief_strips
from cybercoercion.report.figure import Figure
from cybercoercion.report.names import label
from cybercoercion.report.verdict import Verdict, worded
from cybercoercion.report.words import edges, in_words, sentence_of
from cybercoercion.screen.answers import Answer, gathered, moves, row_of, together
from cybercoercion.vocabulary import COERCION, NONE, OTHER

ANY = "any"
PLURALS = {"actor": "candidates", "demand": "demands"}
TONES = {
    "compellence": "compellence", "deterrence": "deterrence",
    "destabilisation": "hurting", "retaliation": "hurting", "sabotage": "hurting",
    "espionage": "gaining", "crime": "gaining", "testing": "gaining", "activism": "activism",
}  # fmt: skip
EMPTY = {
    "actor": "No candidate is on our list: all of it stands at somebody not on the list.",
    "demand": "No demand is on our list, so none can be told from another.",
}
KIND_NAMES = {
    "state": "A state", "state-linked": "A group linked to a state", "criminal": "A criminal group",
    "activist": "An activist group", "individual": "A single person", "unknown": "Somebody of no known kind",
}  # fmt: skip
SOURCES = {
    "coercion": ("intent", "signalling", "objective", "second_aim", "exponent"),
    "purpose": ("intent", "signalling", "objective", "exponent"),
    "actor": ("kind", "context", "coverage", "deception", "grade", "copy"),
    "demand": ("demand", "grade", "copy"),
    "kind": ("kind", "context", "coverage"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: its answer in a sentence, its strips, and what the last change did to it."""

    name: str
    title: str
    sentence: str
    figure: Figure
    note: str = ""


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


def lead(answered: Sequence[Question]) -> str:
    """Return the first two answers as the sentence of a view: whether it is coercion, and who is behind it."""
    return " ".join(one.sentence for one in answered[:2])


def purposes(verdict: Verdict, before: Verdict | None = None) -> Question:
    """Return which of the nine purposes it is, each with its strip; they exclude each other and sum to one."""
    ranked = sorted(_answers(verdict, before, "intent"), key=lambda one: -one.p)
    said = worded(verdict.assessment.belief.estimates("intent")[ranked[0].name], verdict.assessment)
    sentence = sentence_of(
        said.words, statement(verdict.assessment.case, "intent", ranked[0].name), said.low, said.high
    )
    title = "Which of nine purposes?" if verdict.assessment.campaign is None else "Which purpose does the series serve?"
    return _question(verdict, "purpose", title, sentence, ranked)


def kinds(verdict: Verdict, before: Verdict | None = None) -> Question | None:
    """Return what kind of candidate it is, those of one kind added up; None where the list has fewer than two kinds."""
    of = {actor.id: actor.kind for actor in verdict.assessment.case.actors}
    if len(set(of.values())) < 2:
        return None
    groups: dict[str, list[Answer]] = {}
    for one in _answers(verdict, before, "actor"):
        groups.setdefault(KIND_NAMES[of[one.name]] if one.name in of else one.label, []).append(one)
    ranked = sorted((together(called, members) for called, members in groups.items()), key=lambda one: -one.p)
    row = row_of(ranked[0], verdict.assessment.belief.weights, leads=True)
    words = in_words(row.low, row.high, verdict.assessment.knowledge)
    called = ranked[0].label
    of_list = called in KIND_NAMES.values()
    claim = f"the actor is {called[0].lower()}{called[1:]} on our list" if of_list else "the actor is not on our list"
    sentence = sentence_of(words, claim, row.low, row.high)
    return _question(verdict, "kind", "What kind of actor?", sentence, ranked)


def _coercion(verdict: Verdict, before: Verdict | None, most: int | None) -> Question:
    belief, said = verdict.assessment.belief, verdict.coercion
    was = None if before is None else before.assessment.belief
    marginal = belief.marginal("intent")
    aims = np.where(IS_COERCION[:, None], 1.0, belief.second_aim)
    whole = Answer(
        name="coercion",
        label="Compellence or deterrence",
        by_draw=marginal[IS_COERCION].sum(0),
        before=None if was is None else was.coercion.p,
        tone="lead",
        always=True,
    )
    any_aim = Answer(
        name=ANY,
        label="Any coercive aim, also a second one",
        by_draw=(marginal * aims).sum(0),
        before=None if was is None else was.any_coercive_aim.p,
        tone="deterrence",
        apart=True,
    )
    others = [one for one in _answers(verdict, before, "intent") if one.name not in COERCION]
    rest = [together("Any other purpose", others, tone="rest")]
    shown = [whole, *rest] if most is None else gathered([whole, *others], max(most - 1, 2), "Any other purpose")
    sentence = sentence_of(said.words, "this is coercion", said.low, said.high)
    return _question(verdict, "coercion", "Is it coercion?", sentence, [*shown, any_aim])


def _ranked(verdict: Verdict, before: Verdict | None, most: int | None, name: str, title: str) -> Question:
    ranked = sorted(_answers(verdict, before, name), key=lambda one: -one.p)
    if len(ranked) == 1:
        return _question(verdict, name, title, EMPTY[name], ranked)
    said = worded(verdict.assessment.belief.estimates(name)[ranked[0].name], verdict.assessment)
    sentence = sentence_of(said.words, statement(verdict.assessment.case, name, ranked[0].name), said.low, said.high)
    shown = ranked if most is None else gathered(ranked, most, f"{{count}} other {PLURALS[name]}")
    return _question(verdict, name, title, sentence, shown)


def statement(case: Case, name: str, state: str) -> str:
    """Return what is claimed where a state of intent, actor or demand holds, inside a sentence.

    >>> from cybercoercion.case import load_case
    >>> statement(load_case("sony-2014"), "actor", "north-korea"), statement(load_case("sony-2014"), "demand", "none")
    ('North Korea is behind it', 'nothing on our list is demanded')
    """
    if name == "intent":
        return f"its first purpose is {state}"
    called = label(case, name, state)
    if name == "actor":
        return f"{called} is behind it" if state != OTHER else "somebody not on our list is behind it"
    return f"the demand is {quoted(called)}" if state != NONE else "nothing on our list is demanded"


def quoted(text: str) -> str:
    """Return a text in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"


def _question(verdict: Verdict, name: str, title: str, sentence: str, answers: Sequence[Answer]) -> Question:
    leader = max((one for one in answers if one.name != ANY), key=lambda one: one.p)
    weights = verdict.assessment.belief.weights
    rows = [row_of(one, weights, leads=one is leader) for one in answers]
    ticks = edges(verdict.assessment.knowledge)
    return Question(
        name=name,
        title=title,
        sentence=sentence,
        figure=belief_strips(name, sentence, rows, ticks, sources=SOURCES[name]),
        note=moves(rows),
    )


def _answers(verdict: Verdict, before: Verdict | None, name: str) -> list[Answer]:
    """Return the states of intent, actor or demand as answers, with what each was before where it was there."""
    belief, case = verdict.assessment.belief, verdict.assessment.case
    was = {} if before is None else before.assessment.belief.estimates(name)
    return [
        Answer(
            name=state,
            label=label(case, name, state),
            by_draw=by_draw,
            before=was[state].p if state in was else None,
            tone=TONES.get(state) if name == "intent" else None,
            always=name != "intent" and state in (OTHER, NONE),
        )
        for state, by_draw in zip(belief.labels(name), belief.marginal(name), strict=True)
    ]
