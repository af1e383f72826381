"""The parts of what is asked, each with what stands in it in a few words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cybercoercion.assessment import Assessment
from cybercoercion.report.words import dated, joined
from cybercoercion.screen.context_questions import asked_of
from cybercoercion.screen.fields import target_fields
from cybercoercion.vocabulary import words


def headings(assessment: Assessment) -> Mapping[str, str]:
    """Return the heading of each part.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = headings(assess(load_case("sony-2014"), load_knowledge(draws=50)))
    >>> found["frame"]
    'How the case came to attention: a threat or a demand was received; as known on 18 Dec 2014'
    >>> found["demands"]
    'What may be demanded: 2 candidates'
    """
    case = assessment.case
    frame = words("frame")[case.frame].name
    name, kind, country = target_fields(assessment)
    told = [kind.option(kind.value).lower(), *([country.option(country.value)] if country.stated else [])]
    asked = [field for actor in case.actor_ids for field in asked_of(assessment, actor)]
    unanswered = sum(not field.stated for field in asked)
    lists = [case.actor(actor).name for actor in case.deception]
    return MappingProxyType(
        {
            "frame": f"How the case came to attention: {frame[0].lower()}{frame[1:]}; as known on {dated(case.as_of)}",
            "target": f"Who was hit: {name.text}, {', '.join(told)}",
            "actors": f"Who may be behind it: {_count(len(case.actors), 'candidate')}",
            "demands": f"What may be demanded: {_count(len(case.demands), 'candidate')}",
            "context": f"Three questions about each candidate: {_open(unanswered, len(asked))}",
            "deception": f"Who might frame another: {joined(lists) if lists else 'nobody asked yet'}",
            "pending": f"What could still be reported: {_count(len(case.pending), 'report')}",
        }
    )


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _open(number: int, of: int) -> str:
    return "all answered" if not number else f"{number} of {of} answers open"
