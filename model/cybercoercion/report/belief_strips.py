"""One line per answer for a screen of any width: probability as a dot, its range in steps, and where it stood before.

Words stand above their line, numbers at its right end, so that a phone shows the same as a wide screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cybercoercion.report.figure import BELIEF, HAIR, INK, QUIET, Figure, figure
from cybercoercion.report.figure_text import BREAK, broken, lines_of
from cybercoercion.report.words import BANDS, percent, span

ROW, TEXT, LINE = 33, 10, 23  # pixels: of a row, of its words, of its line
GAP, FOOT, WIDTH = 9, 19, 420
NUMBERS, NARROW, LEADING = 108, 250, 14  # pixels: of the numbers, of words on a phone, of a further line of words
MOVED = 0.02  # a ring is drawn where the probability moved this much or more
STEPS = ((0.05, 0.95), (0.1, 0.9), (0.25, 0.75))  # ranges of 90, 80 and 50 per cent
TONES = {
    "lead": BELIEF, "rest": QUIET,
    "compellence": "#174A8C", "deterrence": "#5B93D6",
    "hurting": "#3F4650", "gaining": "#6B7480", "activism": "#8A929D",
}  # fmt: skip
SHORT = {"very unlikely": "very unl.", "roughly even chance": "even", "very likely": "very lik."}
ROOMY = 620  # pixels of width from which band words are written out
COLUMNS = ("", "probability", "5-95 %", "10-90 %", "25-75 %", "before")


@dataclass(frozen=True, slots=True, kw_only=True)
class BeliefRow:
    """One answer: its probability, its quantiles, and its probability before the last change.

    ``quantiles`` are those at 5, 10, 25, 75, 90 and 95 per cent. ``tone`` names a colour of ``TONES``; without one the
    leading answers are blue and the rest is grey. ``apart`` leaves a gap above a row that does not exclude the others.
    """

    label: str
    p: float
    quantiles: tuple[float, float, float, float, float, float]
    before: float | None = None
    leads: bool = False
    tone: str | None = None
    apart: bool = False

    @property
    def low(self) -> float:
        """Return the 5 per cent quantile."""
        return self.quantiles[0]

    @property
    def high(self) -> float:
        """Return the 95 per cent quantile."""
        return self.quantiles[5]

    @property
    def moved(self) -> bool:
        """Return whether the last change moved it so far that a ring shows where it was."""
        return self.before is not None and round(abs(self.p - self.before), 9) >= MOVED


def belief_strips(
    name: str, caption: str, rows: Sequence[BeliefRow], edges: Sequence[float], *, sources: Sequence[str] = ()
) -> Figure:
    """Return one line per answer, from 0 to 100 %, with ticks at the edges of the bands and their words beneath.

    A dot is the probability, shading its 50, 80 and 90 per cent ranges; a hollow ring is where it stood before the
    last change, drawn where it moved by two points or more.

    >>> row = BeliefRow(label="Coercion", p=0.7, quantiles=(0.5, 0.55, 0.6, 0.8, 0.85, 0.9), before=0.5, leads=True)
    >>> one = belief_strips("coercion", "It is likely (50-90 %) that this is coercion.", [row], (0.2, 0.8))
    >>> one.rows
    (('Coercion', '70 %', '50–90 %', '55–85 %', '60–80 %', '50 %'),)
    """
    tops, top = [], 0
    for row in rows:
        top += GAP if row.apart else 0
        tops.append(top)
        top += ROW + _further(row)
    table = [
        (
            row.label,
            percent(row.p),
            *(span(row.quantiles[k], row.quantiles[5 - k]) for k in range(len(STEPS))),
            percent(row.before) if row.before is not None else "",
        )
        for row in rows
    ]
    return figure(name, _spec(rows, tops, top, edges), caption, COLUMNS, table, sources=sources)


def _spec(rows: Sequence[BeliefRow], tops: Sequence[int], foot: int, edges: Sequence[float]) -> dict[str, Any]:
    data = [_data(row, top) for row, top in zip(rows, tops, strict=True)]
    lines = [{"from": 0, "to": 1, "line": one["line"]} for one in data]
    shades = [
        {"from": row.quantiles[k], "to": row.quantiles[5 - k], **one}
        for k in range(len(STEPS))
        for row, one in zip(rows, data, strict=True)
    ]
    rings = [{**one, "p": row.before} for row, one in zip(rows, data, strict=True) if row.moved]
    ticks = [{**one, "p": edge} for edge in edges for one in data]
    y = {"type": "quantitative", "scale": {"domain": [foot + FOOT, 0], "nice": False, "zero": False}, "axis": None}
    x = {"type": "quantitative", "scale": {"domain": [-0.015, 1.015], "nice": False, "zero": False}, "axis": None}
    colour = {
        "field": "tone",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": list(TONES), "range": list(TONES.values())},
    }
    at = {"x": {**x, "field": "p"}, "y": {**y, "field": "line"}}
    along = {"x": {**x, "field": "from"}, "x2": {"field": "to"}}
    high = {"y": {**y, "field": "top"}, "y2": {"field": "foot"}}
    written = {"y": {**y, "field": "text"}}
    named = {**written, "text": {"field": "label"}}
    left = {
        "type": "text",
        "align": "left",
        "x": 0,
        "lineBreak": BREAK,
        "lineHeight": LEADING,
        "limit": {"expr": f"max(width - {NUMBERS}, 60)"},
    }
    right = {"type": "text", "align": "right", "x": "width"}
    dot = {"type": "point", "opacity": 1}
    word = {"condition": {"test": f"width < {ROOMY}", "field": "short"}, "field": "word"}
    layers = [
        _layer(lines, {"type": "rule", "color": HAIR, "strokeWidth": 2}, {**along, "y": at["y"]}),
        _layer(ticks, {"type": "rule", "color": HAIR}, {"x": at["x"], **high}),
        _layer(shades, {"type": "rect", "opacity": 0.24, "cornerRadius": 4}, {**along, **high, "color": colour}),
        _layer(rings, {**dot, "filled": False, "size": 80, "stroke": INK, "strokeWidth": 1.6}, at),
        _layer(data, {**dot, "filled": True, "size": 90, "stroke": "white"}, {**at, "color": colour}),
        _layer([one for one in data if not one["leads"]], left, named),
        _layer([one for one in data if one["leads"]], {**left, "fontWeight": "bold"}, named),
        _layer(data, {**right, "fontWeight": "bold", "dx": -62}, {**written, "text": {"field": "percent"}}),
        _layer(data, {**right, "color": QUIET}, {**written, "text": {"field": "span"}}),
        _layer(_words(edges, foot), {"type": "text", "fontSize": 11, "color": QUIET}, {**at, "text": word}),
    ]
    return {
        "width": WIDTH,
        "height": foot + FOOT,
        "padding": {"left": 1, "right": 1, "top": 2, "bottom": 2},
        "layer": layers,
    }


def _data(row: BeliefRow, top: int) -> dict[str, Any]:
    line = top + LINE + _further(row)
    return {
        "label": _broken(row),
        "p": row.p,
        "percent": percent(row.p),
        "span": span(row.low, row.high),
        "tone": row.tone or ("lead" if row.leads else "rest"),
        "leads": row.leads,
        "text": top + TEXT,
        "line": line,
        "top": line - 5,
        "foot": line + 5,
    }


def _broken(row: BeliefRow) -> str:
    return broken(row.label, NARROW, 12, bold=row.leads)


def _further(row: BeliefRow) -> int:
    """Return how many pixels a label takes that does not fit on one line of a phone."""
    return LEADING * (lines_of(_broken(row)) - 1)


def _words(edges: Sequence[float], foot: int) -> list[dict[str, Any]]:
    """Return the words of the bands, each in the middle of its own; those at the two ends have no room."""
    inner = [name.replace("_", " ") for name in BANDS[1:-1]]
    return [
        {"p": (low + high) / 2, "word": word, "short": SHORT.get(word, word), "line": foot + 14}
        for word, low, high in zip(inner, edges[:-1], edges[1:], strict=False)
    ]


def _layer(rows: list[dict[str, Any]], mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"values": rows}, "mark": {**mark, "aria": False}, "encoding": encoding}
