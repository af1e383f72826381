"""Which inputs move the decision, as a section."""

from __future__ import annotations

from typing import Any

from cybercoercion.assessment import Assessment
from cybercoercion.report.part import Asked, Made
from cybercoercion.report.plain import plain
from cybercoercion.report.section import Section
from cybercoercion.report.threshold_section import names_asked
from cybercoercion.report.tornado_figure import tornado_figure
from cybercoercion.sensitivity.line.tornado import LEVELS, Tornado, tornado
from cybercoercion.sensitivity.output import UNIT

WORDS = {
    "gap": "the gap between the first and the next",
    "cost": "expected costs",
    "belief": "beliefs",
    "p_best": "how often each is cheapest",
    "regret": "expected regret",
}


def tornado_made(assessment: Assessment, asked: Asked) -> Made:
    """Return what each input does to an output over its own 5 to 95 %."""
    names = names_asked(assessment, asked)
    found = tornado(assessment, view=asked.view, decision=asked.decision, output=asked.output, names=names)
    title = f"Which inputs move {WORDS[asked.output]}?"
    if not found.bars:
        sentences = ("No input that was asked about can be moved.",)
        return Made(section=Section(name="tornado", title=title, sentences=sentences), data=tornado_json(found))
    section = Section(name="tornado", title=title, figures=(tornado_figure(found, assessment.case),))
    return Made(section=section, data=tornado_json(found))


def tornado_json(found: Tornado) -> dict[str, Any]:
    """Return every bar with its unit: values of the input, and the output at them, the rest fixed and conditional."""
    return {
        "output": found.output,
        "unit": UNIT[found.output],
        "labels": list(found.labels),
        "levels": list(LEVELS),
        "now": plain(found.now),
        "leading": found.pick,
        "inputs": [{**plain(bar), "swing": plain(bar.swing)} for bar in found.bars],
    }
