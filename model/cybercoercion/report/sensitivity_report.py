"""What would change the decision: all its questions, answered in reading order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from cybercoercion.assessment import Assessment
from cybercoercion.report.assumption_sections import deception_made, entries_made, prior_made, register_made
from cybercoercion.report.attitude_section import attitude_made
from cybercoercion.report.map_sections import along_made, map_made, price_made
from cybercoercion.report.part import Answered, Asked, Made, Part, answered
from cybercoercion.report.report_sections import reports_made, smallest_made
from cybercoercion.report.robust_sections import box_made, credal_made, power_made
from cybercoercion.report.threshold_section import threshold_made
from cybercoercion.report.tornado_section import tornado_made
from cybercoercion.sensitivity.input.inputs import inputs
from cybercoercion.sensitivity.plane.axes import ACTOR, COERCIVE, STAKES

Make = Callable[[Assessment, Asked], Made]
QUESTIONS: tuple[tuple[str, str, Make, Callable[[Asked], bool]], ...] = (
    ("thresholds", "Where would the answer flip?", threshold_made, lambda _: True),
    ("reports", "Which reports carry it?", reports_made, lambda asked: asked.whole),
    ("smallest", "The smallest set of changes", smallest_made, lambda asked: asked.whole),
    ("tornado", "Which inputs move it?", tornado_made, lambda _: True),
    ("map", "Two things at once", map_made, lambda _: True),
    ("price", "The price of escalation", price_made, lambda asked: asked.whole),
    ("along", "Along one input", along_made, lambda asked: asked.along is not None),
    ("attitudes", "Attitudes to risk", attitude_made, lambda asked: asked.whole),
    ("deception", "Deception and copying", deception_made, lambda asked: asked.whole),
    ("assumptions", "Named assumptions", register_made, lambda asked: asked.whole),
    ("priors", "Other priors", prior_made, lambda asked: asked.full),
    ("power", "Power-scaling", power_made, lambda asked: asked.full),
    ("intervals", "Bounds", credal_made, lambda asked: asked.full),
    ("box", "Where the first choice loses", box_made, lambda asked: asked.full),
    ("entries", "Table entries", entries_made, lambda asked: asked.full),
)

__all__ = ["Asked", "known_axes", "known_inputs", "sensitivity_report"]


def known_inputs(assessment: Assessment, view: str) -> tuple[str, ...]:
    """Return the names that may be asked for."""
    return tuple(one.name for one in inputs(assessment, view))


def known_axes(assessment: Assessment) -> tuple[str, ...]:
    """Return the inputs that a policy map may have; `p.actor` stands for the likeliest candidate."""
    candidates = (f"{ACTOR}.{actor.id}" for actor in assessment.case.actors)
    return (COERCIVE, ACTOR, *STAKES, *candidates)


def sensitivity_report(assessment: Assessment, asked: Asked, say: Callable[[str], None] = lambda _: None) -> Answered:
    """Answer what would change the decision; ``say`` is told what is being computed."""
    parts = [
        Part(name=name, waiting=waiting, make=partial(make, assessment, asked))
        for name, waiting, make, wanted in QUESTIONS
        if wanted(asked)
    ]
    question = "what would change the decision?"
    return answered(assessment, question, parts, view=asked.view, decision=asked.decision, output=asked.output, say=say)
