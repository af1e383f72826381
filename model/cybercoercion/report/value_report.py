"""What is worth finding out before deciding: all its questions, answered in reading order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from cybercoercion.assessment import Assessment
from cybercoercion.report.known_sections import known_made
from cybercoercion.report.part import Answered, Part, answered
from cybercoercion.report.value_sections import control_made, findings_made
from cybercoercion.report.waiting_sections import collection_made, waiting_made
from cybercoercion.sensitivity.choice import Decision
from cybercoercion.sensitivity.value.table import voi

QUESTIONS = (
    ("findings", "What is a finding worth?", findings_made),
    ("waiting", "Act now, or wait?", waiting_made),
    ("collection", "What to collect next", collection_made),
    ("known", "What is it worth to know for certain?", known_made),
    ("control", "What would control be worth?", control_made),
)


def value_report(
    assessment: Assessment, *, view: str, decision: Decision, say: Callable[[str], None] = lambda _: None
) -> Answered:
    """Answer what is worth finding out; ``say`` is told what is being computed."""
    say("What is worth finding out?")
    value = voi(assessment, view=view, decision=decision)
    parts = [
        Part(name=name, waiting=waiting, make=partial(make, assessment, value)) for name, waiting, make in QUESTIONS
    ]
    question = "what is worth finding out?"
    return answered(assessment, question, parts, view=view, decision=decision, say=say)
