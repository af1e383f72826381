"""The paper's three recognition questions about each candidate, each written into the fields that it is about.

Capability, context and long-standing demands (Hodgson 2018, section 5; S72 to S74).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cybercoercion.assessment import Assessment
from cybercoercion.screen.fields import Field, actor_fields, demand_fields, held_field

CONTEXT = {  # what is asked of the second question, beside how the two stand to each other
    "relationship": "How does {actor} stand to the country of {target}?",
    "track_record": "Has {actor} coerced {target}, or others, before?",
    "alternatives": "Could {actor} press in other ways?",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One of the three: as the paper asks it, what it warns of, and the fields that answers are written to."""

    asked: str
    warning: str
    answers: tuple[Field, ...]

    @property
    def answered(self) -> bool:
        """Whether anything is said."""
        return any(one.stated for one in self.answers)


def context_questions(assessment: Assessment, actor: str) -> tuple[Question, ...]:
    """Return the three questions about a candidate, with plain answers.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> one, two, three = context_questions(assess(load_case("sony-2014"), load_knowledge(draws=50)), "north-korea")
    >>> one.asked, [field.text for field in two.answers]
    ('Does North Korea have demonstrated or emerging cyber capabilities?', ['dispute', 'Yes', 'costly'])
    >>> [field.label for field in three.answers][0]
    'Does North Korea hold "Do not release The Interview"?'
    """
    case = assessment.case
    who, target = case.actor(actor).name, case.target.name
    fields = {field.place.name: field for field in actor_fields(assessment, actor)}
    demands = []
    for demand in case.demands:
        long = next(one for one in demand_fields(assessment, demand.id) if one.place.name == "long_standing")
        demands += [
            replace(held_field(assessment, demand.id, actor), label=f'Does {who} hold "{demand.text}"?'),
            replace(long, label=f'Was "{demand.text}" made for long, and in public?'),
        ]
    return (
        Question(
            asked=f"Does {who} have demonstrated or emerging cyber capabilities?",
            warning="Iran and North Korea were underestimated for years; tools are for sale.",
            answers=(replace(fields["capability"], label=f"What was {who} seen to be capable of?"),),
        ),
        Question(
            asked="What is the broader context in which conflict is developing?",
            warning="An episode looked at by itself misses the campaign that it belongs to.",
            answers=tuple(
                replace(fields[name], label=asked.format(actor=who, target=target)) for name, asked in CONTEXT.items()
            ),
        ),
        Question(
            asked=f"Does {who} have long-standing demands?",
            warning="Demands often go unstated because both sides know them: no demand in words is not no demand.",
            answers=tuple(demands),
        ),
    )


def asked_of(assessment: Assessment, actor: str) -> tuple[Field, ...]:
    """Return what the first two questions ask about a candidate; what it demands hangs on the list of demands.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> [one.stated for one in asked_of(assess(load_case("sony-2014"), load_knowledge(draws=50)), "insider")]
    [True, True, False, False]
    """
    capability, context, _ = context_questions(assessment, actor)
    return (*capability.answers, *context.answers)
