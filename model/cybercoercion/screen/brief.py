"""What the brief draws: the rows of responses with one axis under the last, beside the beliefs."""

from __future__ import annotations

import json
from dataclasses import replace

from cybercoercion.report.figure import Figure
from cybercoercion.report.shapes_figure import BILLION, ends_of, shapes
from cybercoercion.screen.cost_rows import CostRows

SIDES = 2  # layers at the end of a figure with an axis: the words under its two ends, for which there is no room here


def drawings(rows: CostRows) -> dict[str, Figure]:
    """Return the twenty shapes of each row but the first choice, on one axis that stands under the last of them.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.report import verdict
    >>> from cybercoercion.screen.cost_rows import cost_rows
    >>> rows = cost_rows(verdict(assess(load_case("sony-2014"), load_knowledge(draws=200))))
    >>> len(drawings(rows))
    4
    """
    beside = [row for row in rows.five if not row.first]
    ends = ends_of(beside)
    out = {}
    for row in beside:
        last = row is beside[-1]
        one = shapes(f"brief-{row.response}", row.caption, row, ends, row.outline, axis=last)
        out[row.response] = _untitled(one) if last else one
    return out


def _untitled(one: Figure) -> Figure:
    """Return a figure with its axis but without the words around it, which stand in the head of the rows."""
    spec = one.vega_lite()
    spec["layer"] = spec["layer"][:-SIDES]
    for layer in spec["layer"]:
        if axis := layer.get("encoding", {}).get("x", {}).get("axis"):
            axis["title"] = None
    return replace(one, spec=json.dumps(spec, sort_keys=True, ensure_ascii=False))


def how_to_read(rows: CostRows) -> str:
    """Return how the rows are read: which side is cheaper, the unit, the ranges, whose averages lie outside them."""
    low, high = ends_of([row for row in rows.five if not row.first])
    unit = "billion" if max(-low, high) >= 2 * BILLION else "million"
    said = (
        f"Left of the black line a response is cheaper than {rows.yardstick}, right of it dearer, in USD {unit}. "
        f"Costs over {rows.months} months; ranges are 90 % of {rows.kind}."
    )
    return f"{said} {rows.skew_sentence}" if rows.skew_sentence else said
