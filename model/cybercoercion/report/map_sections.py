"""Two inputs at once, and one input all along, as sections."""

from __future__ import annotations

from typing import Any

from cybercoercion.assessment import Assessment
from cybercoercion.report.curve_figures import acceptability_figure, curve_figure
from cybercoercion.report.figure import Figure
from cybercoercion.report.map_figure import map_figure
from cybercoercion.report.on_top_figure import on_top_figure
from cybercoercion.report.part import Asked, Made
from cybercoercion.report.plain import plain
from cybercoercion.report.section import Section
from cybercoercion.sensitivity.line.curves import KINDS, PRICE, Acceptability, acceptability, curve
from cybercoercion.sensitivity.plane.axes import ACTOR
from cybercoercion.sensitivity.plane.on_top_map import on_top_map
from cybercoercion.sensitivity.plane.policy_map import PolicyMap, policy_map

AXES = (ACTOR, "stakes.resilience")


def map_made(assessment: Assessment, asked: Asked) -> Made:
    """Return the map of the five over two inputs, and when a lever pays on top of resilience; or why there is none."""
    x, y = asked.axes or AXES
    figures: list[Figure] = []
    without: list[str] = []
    data: dict[str, Any] = {"five": None, "on_top": None}
    try:
        five = policy_map(assessment, x, y, view=asked.view, decision="response")
        figures.append(map_figure(five, assessment.case))
        data["five"] = map_json(five)
    except ValueError as fault:
        without.append(f"No map of {x} and {y}: {fault}.")
    try:
        above = on_top_map(assessment, view=asked.view)
        figures.append(on_top_figure(above, assessment.case))
        data["on_top"] = {"actor": above.actor, "base": above.base, "levers": plain(above.thresholds)}
    except ValueError as fault:
        without.append(f"No map of what pays on top of resilience: {fault}.")
    section = Section(name="map", title="Two things at once", sentences=tuple(without), figures=tuple(figures))
    return Made(section=section, data=data)


def map_json(found: PolicyMap) -> dict[str, Any]:
    """Return axes, the share of the draws in each region, and exact boundaries."""
    return {
        **{
            name: {key: getattr(axis, key) for key in ("name", "label", "unit", "low", "high", "now")}
            for name, axis in (("x", found.x), ("y", found.y))
        },
        "held": found.held,
        "first": found.first,
        "first_at_point": found.here,
        "share_of_draws": plain(found.mass),
        "boundaries": plain(found.boundaries),
    }


def price_made(assessment: Assessment, asked: Asked) -> Made:
    """Return how often each option is cheapest, and what choosing it loses, by the price of escalation."""
    return _accepted(assessment, asked, PRICE, "price", "What if escalation weighs more?")


def along_made(assessment: Assessment, asked: Asked) -> Made:
    """Return the answer along one input that was asked for."""
    assert asked.along is not None
    made = _accepted(assessment, asked, asked.along, "along", f"Along {asked.along}")
    output = asked.output if asked.output != "gap" else "cost"
    line = curve(assessment, asked.along, output=output, view=asked.view, decision=asked.decision)
    section = made.section
    return Made(
        section=Section(
            name=section.name,
            title=section.title,
            figures=(*section.figures, curve_figure(line, assessment.case)),
        ),
        data={**made.data, output: plain(line)},
    )


def _accepted(assessment: Assessment, asked: Asked, name: str, part: str, title: str) -> Made:
    found = acceptability(assessment, name, view=asked.view, decision=asked.decision)
    section = Section(name=part, title=title, figures=(acceptability_figure(found, assessment.case),))
    return Made(section=section, data=_accepted_json(found))


def _accepted_json(found: Acceptability) -> dict[str, Any]:
    return {
        "input": found.name,
        "unit": found.unit,
        "now": found.now,
        "values": plain(found.values),
        "first": list(found.firsts),
        "flips": plain(found.flips),
        **{
            kind: {
                "often": {option: plain(found.often[k, :, at]) for at, option in enumerate(found.options)},
                "loss": {option: plain(found.loss[k, :, at]) for at, option in enumerate(found.options)},
                "frontier": plain(found.frontier[k]),
            }
            for k, kind in enumerate(KINDS)
        },
    }
