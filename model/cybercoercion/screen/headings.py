"""The parts of what is asked, and in a few sentences what stands in them."""

from __future__ import annotations

from cybercoercion.assessment import Assessment
from cybercoercion.report.words import dated, joined
from cybercoercion.screen.context_questions import asked_of
from cybercoercion.screen.fields import target_fields
from cybercoercion.vocabulary import words

HEADINGS = {  # they never change, so that what is open stays open and keeps the focus
    "frame": "How the case came to attention, and when",
    "target": "Who was hit",
    "actors": "Who may be behind it",
    "demands": "What may be demanded",
    "context": "Three questions about each candidate",
    "deception": "Who might frame another",
    "pending": "What could still be reported",
}


def summary(assessment: Assessment) -> str:
    """Return what is asked in a few sentences: frame, date, target, how many candidates, what is still open.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> said = summary(assess(load_case("sony-2014"), load_knowledge(draws=50)))
    >>> said[:66]
    'A threat or a demand was received; as known on 18 Dec 2014. Target'
    >>> said[-63:]
    'Of 16 questions about context 6 are open. No report is awaited.'
    """
    case = assessment.case
    name, kind, country = target_fields(assessment)
    target = [name.text, kind.option(kind.value).lower(), *([country.option(country.value)] if country.stated else [])]
    asked = [field for actor in case.actor_ids for field in asked_of(assessment, actor)]
    unanswered = sum(not field.stated for field in asked)
    lists = [case.actor(actor).name for actor in case.deception]
    said = [
        f"{words('frame')[case.frame].name}; as known on {dated(case.as_of)}.",
        f"Target: {', '.join(target)}.",
        f"{_count(len(case.actors), 'candidate')} for who is behind it, {_count(len(case.demands), 'demand').lower()}.",
        f"Of {len(asked)} questions about context {_are(unanswered)} open.",
        *([f"Asked whether it framed another: {joined(lists)}."] if lists else []),
        f"{_count(len(case.pending), 'report')} {'is' if len(case.pending) < 2 else 'are'} awaited.",
    ]
    return " ".join(said)


def _count(number: int, noun: str) -> str:
    return f"{number or 'No'} {noun}{'' if number < 2 else 's'}"


def _are(number: int) -> str:
    return f"{number or 'none'} {'is' if number < 2 else 'are'}"
