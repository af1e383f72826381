"""The small drawings of the printed page as SVG text: strips, shapes, bars. Black and white is enough to read them.

They are written by hand, for they stand in the rows of tables whose cells say the numbers: so the page needs no
renderer, and says the same without pictures. Coordinates are CSS pixels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from cybercoercion.report.figure import BELIEF, HAIR, INK, QUIET, RESPONSE_COLOURS
from cybercoercion.report.one_page_beliefs import PageRow
from cybercoercion.report.shapes_figure import BINS, Ends, bins_of, heaps
from cybercoercion.report.words import money

STRIP, LINE = 118, 14  # width and height of a strip
PLOT, ROW = 222, 31  # of a row of shapes
BAR, STEP = 132, 13  # of a row of the waterfall
RADIUS = 3.1
COLOURS = RESPONSE_COLOURS | {"nothing": QUIET}


def strip(row: PageRow, edges: Sequence[float]) -> str:
    """Return a line from 0 to 100 % with ticks at the edges of the bands, the ranges in steps, and the dot."""
    tone, middle = (BELIEF if row.leads else QUIET), LINE / 2

    def x(p: float) -> float:
        return 4 + (STRIP - 8) * p

    ticks = "".join(_line(x(edge), 2, x(edge), LINE - 2, HAIR) for edge in edges)
    shades = "".join(
        _rect(x(low), middle - 3.5, x(high) - x(low), 7, tone, opacity=0.28)
        for low, high in zip(row.quantiles[:3], reversed(row.quantiles[3:]), strict=True)
    )
    dot = f'<circle cx="{x(row.p):.1f}" cy="{middle:g}" r="3.6" fill="{tone}" stroke="#FFFFFF"/>'
    return _svg(STRIP, LINE, _line(x(0), middle, x(1), middle, HAIR, 2) + ticks + shades + dot)


def shapes(response: str, values: Sequence[float], ends: Ends) -> str:
    """Return twenty shapes left and right of the line "same"; what lies beyond the axis stands at its edge."""
    zero, width = _across(0, ends), (ends[1] - ends[0]) / BINS
    tallest = max(heaps(values, ends).values())
    rise = min(2 * RADIUS + 0.6, (ROW - 2 * RADIUS - 2) / max(tallest - 1, 1))
    level: dict[int, int] = {}
    drawn = []
    for place in bins_of(values, ends):
        at = level[place] = level.get(place, 0) + 1
        drawn.append(shape(response, _across((place + 0.5) * width, ends), ROW - RADIUS - 1 - rise * (at - 1)))
    ground = _line(0, ROW - 0.5, PLOT, ROW - 0.5, HAIR)
    side = _rect(0, 0, zero, ROW, HAIR, opacity=0.35)
    far = "".join(
        f'<text x="{x}" y="9" text-anchor="{anchor}" font-size="10.7" fill="{QUIET}">{escape(words)}</text>'
        for words, x, anchor in zip(beyond(values, ends), (1, PLOT - 1), ("start", "end"), strict=True)
        if words
    )
    return _svg(PLOT, ROW, side + ground + _line(zero, 0, zero, ROW, INK, 1.4) + "".join(drawn) + far)


def beyond(values: Sequence[float], ends: Ends) -> tuple[str, str]:
    """Return in words what lies beyond the left and the right end of the axis.

    >>> beyond([-5e6, 0.0, 1e6, 30e6, 40e6], (-2e6, 20e6))
    ('\N{MINUS SIGN}5 M', '2 to +40 M')
    """
    out = []
    for far in ([one for one in values if one < ends[0]], [one for one in values if one > ends[1]]):
        furthest = money(max(far, key=abs), signed=True) if far else ""
        out.append(f"{len(far)} to {furthest}" if len(far) > 1 else furthest)
    return out[0], out[1]


def axis(ends: Ends) -> tuple[tuple[float, float], ...]:
    """Return round amounts along the axis, zero among them, with where they stand in pixels.

    >>> [round(amount) for amount, _ in axis((-40.0, 100.0))]
    [0, 50, 100]
    """
    rough = (ends[1] - ends[0]) / 4
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * k for k in (1, 2, 5, 10) if size * k >= rough)
    amounts = [k * step for k in range(math.ceil(ends[0] / step), math.floor(ends[1] / step) + 1)]
    return tuple((amount, _across(amount, ends)) for amount in amounts)


def shape(response: str, x: float, y: float, size: float = RADIUS) -> str:
    """Return the shape of a response: circle, triangle, square, diamond; a cross for nothing new."""
    fill = f'fill="{COLOURS[response]}"'
    match response:
        case "denial":
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}" {fill}/>'
        case "punishment":
            return _polygon(((x, y - size), (x + size, y + size), (x - size, y + size)), fill)
        case "entanglement":
            return _rect(x - 0.9 * size, y - 0.9 * size, 1.8 * size, 1.8 * size, COLOURS[response])
        case "norms":
            return _polygon(((x, y - 1.2 * size), (x + 1.2 * size, y), (x, y + 1.2 * size), (x - 1.2 * size, y)), fill)
        case _:
            one, two = (_line(x - size, y - s * size, x + size, y + s * size, QUIET, 1.5) for s in (1, -1))
            return one + two


def sign(response: str) -> str:
    """Return the shape of a response beside its name."""
    return _svg(11, 11, shape(response, 5.5, 5.5, 4.2))


def bar(start: float, end: float, ends: Ends, *, total: bool = False) -> str:
    """Return one step of the way from prior to posterior: filled raises, hollow lowers; ends of the way are black."""
    left, right = sorted((_along(start, ends), _along(end, ends)))
    fill = INK if total else BELIEF if end >= start else "#FFFFFF"
    edge = INK if total else BELIEF
    zero = _along(0.0, ends)
    body = (
        f'<rect x="{left:.1f}" y="2" width="{max(right - left, 1):.1f}" height="{STEP - 4}" fill="{fill}" '
        f'stroke="{edge}"/>'
    )
    return _svg(BAR, STEP, (_line(zero, 0, zero, STEP, QUIET) if ends[0] < 0 < ends[1] else "") + body)


def _across(value: float, ends: Ends) -> float:
    return PLOT * (value - ends[0]) / (ends[1] - ends[0])


def _along(value: float, ends: Ends) -> float:
    return 1 + (BAR - 2) * (value - ends[0]) / (ends[1] - ends[0])


def _svg(width: float, height: float, inside: str) -> str:
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg aria-hidden="true" focusable="false" {size}>{inside}</svg>'


def _line(x: float, y: float, x2: float, y2: float, colour: str, width: float = 1) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width:g}"/>'


def _rect(x: float, y: float, width: float, height: float, fill: str, *, opacity: float = 1) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.5):.1f}" height="{height:.1f}" fill="{fill}" '
        f'fill-opacity="{opacity:g}"/>'
    )


def _polygon(corners: Sequence[tuple[float, float]], fill: str) -> str:
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in corners)}" {fill}/>'
