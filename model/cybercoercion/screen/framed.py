"""Is someone being framed: how much deception, or copying, it takes to overturn attribution and response."""

from __future__ import annotations

from dataclasses import dataclass

from cybercoercion.assessment import Assessment
from cybercoercion.report.false_flag_figure import caption
from cybercoercion.report.figure import Figure
from cybercoercion.report.framed_figure import framed_figure
from cybercoercion.sensitivity.assumed.false_flag import break_evens

NOTE = "These shares are assumed, not measured: nobody knows how often a trace is planted or a source repeats another."


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """The rulers, or in words that nothing hangs on any share."""

    caption: str
    figure: Figure | None
    note: str


def framed(assessment: Assessment) -> Framed:
    """Return where attribution and responses turn along deception and copying.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> framed(assess(load_case("sony-2014"), load_knowledge(draws=100))).figure is None  # no report could be planted
    True
    """
    found = break_evens(assessment)
    return Framed(
        caption=caption(found),
        figure=framed_figure(found, assessment.case),
        note=NOTE,
    )
