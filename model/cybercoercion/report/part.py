"""An answer in parts: each is computed when its turn comes, so that a person can be told what takes time."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cybercoercion.assessment import Assessment
from cybercoercion.report.inputs import inputs_record
from cybercoercion.report.roughness import rough
from cybercoercion.report.run import Run, run_of
from cybercoercion.report.section import Section
from cybercoercion.report.sentence import VIEW_NAMES
from cybercoercion.report.sheet import Sheet
from cybercoercion.report.words import dated
from cybercoercion.sensitivity.choice import Decision
from cybercoercion.sensitivity.output import UNIT, Output

DECISION_NAMES = {
    "response": "the four responses and nothing new as rivals",
    "two-step": "resilience first, then what on top",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asks of the decision: whose costs, among what, about which number, and how far to look."""

    view: str
    decision: Decision
    output: Output = "gap"
    inputs: tuple[str, ...] = ()  # only these; all where empty
    axes: tuple[str, str] | None = None
    along: str | None = None
    full: bool = False

    @property
    def whole(self) -> bool:
        """Whether all of the decision is asked about, not only some inputs."""
        return not self.inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One question answered: its section, its numbers as plain data, and what belongs into the first sentence."""

    section: Section
    data: Any
    headline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One question: its name in the JSON, what to say while a person waits, and how it is answered."""

    name: str
    waiting: str
    make: Callable[[], Made]


@dataclass(frozen=True, kw_only=True, eq=False)
class Answered:
    """Questions about an assessment, answered. Every renderer reads it and computes nothing."""

    assessment: Assessment
    question: str
    view: str
    decision: str
    output: Output
    made: tuple[tuple[str, Made], ...]

    @property
    def run(self) -> Run:
        """What reproduces the numbers."""
        return run_of_assessment(self.assessment)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is rough because few draws carry the weight, as `assess` says it."""
        return rough(self.assessment.belief)

    @property
    def sentence(self) -> str:
        """What is to be read first."""
        return " ".join(one.headline for _, one in self.made if one.headline)

    def sheet(self) -> Sheet:
        """Return the page."""
        source = self.assessment.campaign or self.assessment.case
        return Sheet(
            title=f"{source.title}: {self.question}",
            marking=self.assessment.case.marking,
            lead=(
                f"As known on {dated(source.as_of)}. View: {VIEW_NAMES[self.view]}. Choice: "
                f"{DECISION_NAMES[self.decision]}."
            ),
            answer=self.sentence,
            confidence=" ".join(f"Warning: {warning}." for warning in self.warnings),
            sections=tuple(one.section for _, one in self.made),
            footer=(
                "Costs are USD against nothing new. Ranges are 5-95 %. An assessment, not a finding of fact.",
                self.run.identity(),
            ),
        )

    def to_json(self) -> str:
        """Return every number as one JSON object."""
        said = {
            "case": (self.assessment.campaign or self.assessment.case).id,
            "view": self.view,
            "decision": self.decision,
            "unit": UNIT[self.output],
            "sentence": self.sentence,
            "warnings": list(self.warnings),
            **{name: one.data for name, one in self.made},
            "run": self.run.record(),
        }
        return json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False)


def answered(
    assessment: Assessment,
    question: str,
    parts: Sequence[Part],
    *,
    view: str,
    decision: str,
    output: Output = "gap",
    say: Callable[[str], None] = lambda _: None,
) -> Answered:
    """Answer every part in turn; ``say`` is told what is being computed, and an empty text at the end.

    ``output`` says in what unit the numbers of the answer stand, where they name no other.
    """
    made = []
    for part in parts:
        say(part.waiting)
        made.append((part.name, part.make()))
    say("")
    return Answered(
        assessment=assessment, question=question, view=view, decision=decision, output=output, made=tuple(made)
    )


def run_of_assessment(assessment: Assessment) -> Run:
    """Return the identity of an assessment."""
    fitted = assessment.knowledge.fitted
    source = assessment.campaign or assessment.case
    inputs = inputs_record(source, None, fitted.source if fitted is not None else None)
    return run_of(assessment.belief, assessment.knowledge, inputs)
