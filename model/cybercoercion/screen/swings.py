"""What the analyst looks at beside the tipping points: swings, the answer along one input, attitudes to risk."""

from __future__ import annotations

from collections.abc import Callable

from cybercoercion.assessment import Assessment
from cybercoercion.report.attitude_section import attitude_made
from cybercoercion.report.curve_figures import acceptability_figure
from cybercoercion.report.figure import Figure
from cybercoercion.report.section import Section
from cybercoercion.report.swing_figure import TOP, swing_figure
from cybercoercion.report.threshold_section import names_asked
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.screen.input_words import named
from cybercoercion.screen.screening import ASKED
from cybercoercion.screen.sources import sources_of
from cybercoercion.sensitivity.input.inputs import inputs
from cybercoercion.sensitivity.line.curves import acceptability
from cybercoercion.sensitivity.line.tornado import tornado

type Progress = Callable[[float, str], None]


def swings(assessment: Assessment, progress: Progress = lambda *_: None) -> Figure | None:
    """Return which inputs move the gap, each over its own 5 to 95 %, or None where none can be moved."""
    found = tornado(assessment, names=names_asked(assessment, ASKED), say=progress)
    if not found.bars:
        return None
    sources = sources_of(assessment.case, [bar.name for bar in found.bars[:TOP]])
    return swing_figure(found, assessment.case, sources)


def courses(assessment: Assessment) -> dict[str, str]:
    """Return the inputs along which the answer can be drawn, by name, in words."""
    asked = set(names_asked(assessment, ASKED))
    return {
        one.name: named(assessment.case, one.name, one.label)
        for one in inputs(assessment, DEFAULT_VIEW)
        if one.name in asked and one.least < one.most
    }


def course(assessment: Assessment, name: str, progress: Progress = lambda *_: None) -> Figure:
    """Return how often each response is cheapest along an input, and what is lost by choosing it."""
    progress(0.1, "value by value")
    return acceptability_figure(acceptability(assessment, name), assessment.case)


def risk(assessment: Assessment, progress: Progress = lambda *_: None) -> Section:
    """Return whether a cautious chooser would choose otherwise."""
    progress(0.1, "four attitudes")
    return attitude_made(assessment, ASKED).section
