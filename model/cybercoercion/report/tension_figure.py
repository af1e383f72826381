"""Do the reports disagree? One line per report: bits against all others, with the model's own limit as a tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cybercoercion.report.figure import BELIEF, HAIR, INK, QUIET, Figure, figure
from cybercoercion.report.figure_text import BREAK, broken, lines_of
from cybercoercion.report.words import MINUS, percent

NARROW, NUMBER, LINE, BAR, GAP = (
    320,
    60,
    15,
    16,
    8,
)  # pixels: narrowest screen, a number, a line of words, a bar with its room, between rows
SHOWN = 10  # rows that are drawn; the rest stands in the table
ROOM = 0.04  # of the scale, left free at both ends
WARNING = "#8A5A00"


@dataclass(frozen=True, slots=True, kw_only=True)
class TensionRow:
    """One report against the rest, in bits; ``limit`` is exceeded in one of twenty simulated sets."""

    label: str
    bits: float
    limit: float
    tail: float
    alarm: bool


def tension_figure(name: str, caption: str, rows: Sequence[TensionRow], *, sources: Sequence[str] = ()) -> Figure:
    """Return a bar per report from no disagreement, a tick where chance ends, filled where the bar is beyond it.

    Parameters
    ----------
    name, caption
        Of the figure.
    rows
        The reports, the most disagreeing first; of many the first are drawn, all stand in the table.
    sources
        Beginnings of the names of ledger entries that the numbers hang on.
    """
    drawn = rows[:SHOWN]
    words: list[dict[str, Any]] = []
    bars: list[dict[str, Any]] = []
    top = 0
    for row in drawn:
        said = broken(row.label, NARROW - NUMBER, 12)
        words.append({"y": top, "text": said})
        top += LINE * lines_of(said) + 3
        text = f"{row.bits:.1f}".replace("-", MINUS)
        words[-1]["bits"] = f"{text.removeprefix(MINUS) if not float(f'{row.bits:.1f}') else text} bits"
        bars.append({"y": top + BAR / 2 - 2, "bits": row.bits, "limit": row.limit, "alarm": row.alarm,
                     "foot": top + BAR - 1, "top": top - 3})  # fmt: skip
        top += BAR + GAP
    ends = [0.0, *(row.bits for row in drawn), *(row.limit for row in drawn)]
    low, high = min(ends), max(ends)
    room = ROOM * max(high - low, 1e-6)
    domain = [low - room, high + room]
    y = {"type": "quantitative", "scale": {"domain": [top, 0], "nice": False, "zero": False}, "axis": None}
    x = {"type": "quantitative", "scale": {"domain": domain, "nice": False, "zero": False}, "axis": None}
    colour = {"condition": {"test": "datum.alarm", "value": WARNING}, "value": BELIEF}
    spec = {
        "width": 420,
        "height": top,
        "layer": [
            {
                "data": {"values": [{"x": 0}]},
                "mark": {"type": "rule", "color": HAIR, "strokeWidth": 1.5, "aria": False},
                "encoding": {"x": {**x, "field": "x"}},
            },
            {
                "data": {"values": words},
                "mark": {"type": "text", "align": "left", "baseline": "top", "color": INK, "lineBreak": BREAK,
                         "lineHeight": LINE, "aria": False, "x": 0},
                "encoding": {"y": {**y, "field": "y"}, "text": {"field": "text"}},
            },
            {
                "data": {"values": [{**bar, "from": 0} for bar in bars]},
                "mark": {"type": "bar", "height": 8, "strokeWidth": 1.2, "aria": False},
                "encoding": {"y": {**y, "field": "y"}, "x": {**x, "field": "from"}, "x2": {"field": "bits"},
                             "fill": colour, "stroke": colour,
                             "fillOpacity": {"condition": {"test": "datum.alarm", "value": 1}, "value": 0.3}},
            },
            {
                "data": {"values": bars},
                "mark": {"type": "rule", "color": QUIET, "strokeWidth": 2, "aria": False},
                "encoding": {"x": {**x, "field": "limit"}, "y": {**y, "field": "top"}, "y2": {"field": "foot"}},
            },
            {
                "data": {"values": words},
                "mark": {"type": "text", "align": "right", "baseline": "top", "fontWeight": "bold", "color": INK,
                         "aria": False},
                "encoding": {"x": {"value": "width"}, "y": {**y, "field": "y"}, "text": {"field": "bits"}},
            },
        ],
    }  # fmt: skip
    table = [
        (row.label, f"{row.bits:.2f}".replace("-", MINUS), f"{row.limit:.2f}".replace("-", MINUS), percent(row.tail),
         "beyond chance" if row.alarm else "within chance")
        for row in rows
    ]  # fmt: skip
    columns = ("report", "bits against the rest", "19 of 20 stay below", "as much by chance", "")
    return figure(name, spec, caption, columns, table, sources=sources)
