"""What was known when: a belief as a step line over the dates on which something became known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cybercoercion.report.figure import BELIEF, HAIR, INK, QUIET, Figure, figure
from cybercoercion.report.words import DASH, dated, percent, span

FOOT = -0.09  # where the days on which things happened are marked, below 0 %


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The belief from a date on, and what became known on it."""

    on: date
    p: float
    low: float
    high: float
    came: tuple[str, ...]


def replay_figure(
    name: str,
    caption: str,
    before: Step,
    steps: Sequence[Step],
    until: date,
    looked: date,
    happened: Sequence[tuple[str, date]],
    *,
    sources: Sequence[str] = (),
) -> Figure:
    """Return the step line with its 90 % range, open marks on the days on which things happened, and the day looked at.

    Parameters
    ----------
    name, caption
        Of the figure.
    before
        The belief without any report.
    steps
        The dates on which something became known, in order; the line ends on ``until``.
    until
        The as-of date.
    looked
        The date that is looked at.
    happened
        Reports with the day on which what they tell happened; drawn below the line, since nobody knew it then.
    sources
        Beginnings of the names of ledger entries that the numbers hang on.
    """
    start = min([until, *(step.on for step in steps), *(day for _, day in happened)]) - timedelta(days=1)
    line = [_point(before, start), *(_point(step, step.on) for step in steps)]
    last = steps[-1] if steps else before
    line.append(_point(last, max(until, last.on)))
    marks = [{"on": day.isoformat(), "y": FOOT, "report": report} for report, day in happened]
    level = next((step for step in reversed(steps) if step.on <= looked), before)
    here = [{"on": looked.isoformat(), "p": level.p, "text": f"{dated(looked)}: {percent(level.p)}",
             "right": _late(looked, start, max(until, last.on))}]  # fmt: skip
    axis = {
        "title": None,
        "format": "%-d %b %Y",
        "tickCount": 4,
        "labelOverlap": True,
        "grid": False,
        "labelFlush": True,
    }
    x = {"type": "temporal", "scale": {"type": "utc", "nice": False}, "axis": axis}
    share = {"title": None, "values": [0, 0.25, 0.5, 0.75, 1], "format": ".0%", "grid": True}
    y = {"type": "quantitative", "scale": {"domain": [FOOT * 1.5, 1], "nice": False}, "axis": share}
    text = {"type": "text", "fontWeight": "bold", "color": INK, "dy": -12, "aria": False}
    at = {"x": {**x, "field": "on"}, "y": {**y, "field": "p"}, "text": {"field": "text"}}
    spec = {
        "width": 420,
        "height": 230,
        "layer": [
            {
                "data": {"values": line},
                "mark": {"type": "area", "interpolate": "step-after", "color": BELIEF, "opacity": 0.22, "aria": False},
                "encoding": {"x": {**x, "field": "on"}, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "data": {"values": line},
                "mark": {"type": "line", "interpolate": "step-after", "color": BELIEF, "strokeWidth": 2.2,
                         "aria": False},
                "encoding": {"x": {**x, "field": "on"}, "y": {**y, "field": "p"}},
            },
            {
                "data": {"values": [{"y": 0.0}]},
                "mark": {"type": "rule", "color": HAIR, "aria": False},
                "encoding": {"y": {**y, "field": "y"}},
            },
            {
                "data": {"values": marks},
                "mark": {"type": "point", "filled": False, "size": 45, "strokeWidth": 1.4, "color": QUIET, "opacity": 1,
                         "aria": False},
                "encoding": {"x": {**x, "field": "on"}, "y": {**y, "field": "y"}, "tooltip": {"field": "report"}},
            },
            {
                "data": {"values": here},
                "mark": {"type": "rule", "color": INK, "strokeDash": [3, 3], "aria": False},
                "encoding": {"x": {**x, "field": "on"}},
            },
            {
                "data": {"values": here},
                "mark": {"type": "point", "filled": True, "size": 90, "color": BELIEF, "stroke": "white", "opacity": 1,
                         "aria": False},
                "encoding": {"x": {**x, "field": "on"}, "y": {**y, "field": "p"}},
            },
            *(
                {
                    "data": {"values": [one for one in here if one["right"] == late]},
                    "mark": {**text, "align": "right" if late else "left", "dx": -8 if late else 8},
                    "encoding": at,
                }
                for late in (True, False)
                if here[0]["right"] == late
            ),
        ],
    }  # fmt: skip
    table = [("before any report", percent(before.p), span(before.low, before.high), DASH)]
    table += [(dated(step.on), percent(step.p), span(step.low, step.high), ", ".join(step.came)) for step in steps]
    columns = ("known on", "probability", "5-95 %", "what became known")
    return figure(name, spec, caption, columns, table, course=True, sources=sources)


def _point(step: Step, on: date) -> dict[str, Any]:
    return {"on": on.isoformat(), "p": step.p, "low": step.low, "high": step.high}


def _late(on: date, start: date, end: date) -> bool:
    """Say whether a day lies in the later half, so that words beside it go to its left."""
    return (on - start) * 2 > end - start
