"""How many voices the reports are: one line per origin, a full dot per first report, pale dots for its copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cybercoercion.report.figure import BELIEF, HAIR, INK, QUIET, Figure, figure
from cybercoercion.report.figure_text import BREAK, broken, lines_of

NARROW, LINE, ROW, STEPS = 320, 15, 26, 14  # pixels: narrowest screen, a line of words, a row; dots that fit on a line
PALEST = 0.12  # opacity of a copy that says nothing new: it is still seen


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRow:
    """One origin: its name, and for how many independent reports each of its reports counts."""

    label: str
    dots: tuple[tuple[str, float], ...]  # report, 0 to 1
    counts: float


def voices_figure(name: str, caption: str, rows: Sequence[VoiceRow], *, sources: Sequence[str] = ()) -> Figure:
    """Return a line of dots per origin; a copy is the paler the more of it is copied.

    Parameters
    ----------
    name, caption
        Of the figure.
    rows
        The origins in the order of the page.
    sources
        Beginnings of the names of ledger entries that the numbers hang on.
    """
    words: list[dict[str, Any]] = []
    dots: list[dict[str, Any]] = []
    top = 0
    for row in rows:
        reports = f"{len(row.dots)} report{'s' if len(row.dots) != 1 else ''}"
        said = broken(f"{row.label}: {reports}, counted as {row.counts:.1f}", NARROW, 12)
        words.append({"y": top + 2, "text": said})
        top += LINE * lines_of(said) + 4
        lines = -(-len(row.dots) // STEPS)
        for k, (report, counts) in enumerate(row.dots):
            at = top + ROW * (k // STEPS) + 8
            pale = PALEST + (1 - PALEST) * counts
            dots.append({"x": k % STEPS, "y": at, "pale": pale, "first": counts >= 1, "report": report})
        top += ROW * lines + 6
    y = {"type": "quantitative", "scale": {"domain": [top, 0], "nice": False, "zero": False}, "axis": None}
    x = {"type": "quantitative", "scale": {"domain": [-0.3, STEPS], "nice": False}, "axis": None}
    place = {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}}
    spec = {
        "width": 420,
        "height": top,
        "layer": [
            {
                "data": {"values": words},
                "mark": {"type": "text", "align": "left", "baseline": "top", "color": INK, "lineBreak": BREAK,
                         "lineHeight": LINE, "aria": False, "x": 0},
                "encoding": {"y": {**y, "field": "y"}, "text": {"field": "text"}},
            },
            {
                "data": {"values": dots},
                "mark": {"type": "point", "filled": True, "size": 150, "opacity": 1, "color": BELIEF, "stroke": BELIEF,
                         "strokeWidth": 1.2, "aria": False},
                "encoding": {**place, "fillOpacity": {"field": "pale", "type": "quantitative", "scale": None},
                             "strokeOpacity": {"value": 1}, "tooltip": {"field": "report"}},
            },
            {
                "data": {"values": [dot for dot in dots if not dot["first"]]},
                "mark": {"type": "text", "text": "copy", "dy": 14, "fontSize": 9, "color": QUIET, "aria": False},
                "encoding": place,
            },
            {
                "data": {"values": [{"y": top}]},
                "mark": {"type": "rule", "color": HAIR, "aria": False},
                "encoding": {"y": {**y, "field": "y"}},
            },
        ],
    }  # fmt: skip
    table = [(row.label, report, "first" if counts >= 1 else "copy", f"{counts:.2f}")
             for row in rows for report, counts in row.dots]  # fmt: skip
    return figure(name, spec, caption, ("origin", "report", "as", "counts for"), table, sources=sources)
