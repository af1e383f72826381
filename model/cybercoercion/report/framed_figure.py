"""How much deception, or copying, would overturn this: a ruler for each question, for a screen of any width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cybercoercion.case import Case
from cybercoercion.report.false_flag_figure import COLUMNS, QUESTIONS, SHAPES, answer, caption, said
from cybercoercion.report.figure import BELIEF, HAIR, INK, QUIET, Figure, figure
from cybercoercion.report.units import in_unit
from cybercoercion.report.words import DASH, capital
from cybercoercion.sensitivity.assumed.false_flag import BreakEven
from cybercoercion.sensitivity.assumed.turning import Turn

HEAD, ROW, GAP, FOOT, WIDTH = 24, 36, 12, 24, 560  # pixels: of a share, of a question, between shares, of the axis
TEXT, LINE = 10, 24
AXIS = (0.0, 0.25, 0.5, 0.75, 1.0)
SOURCES = ("deception", "copy")


def framed_figure(found: Sequence[BreakEven], case: Case) -> Figure | None:
    """Return one ruler per question under each share on which a report hangs, or None where none does.

    A dot is what is assumed now, shading its 90 % range; a mark stands where the answer turns, and the zone beyond it
    is shaded. The shares are assumptions: nobody has measured them.
    """
    drawn = [one for one in found if one.concerns]
    if not drawn:
        return None
    table = [
        (one.share, QUESTIONS[turn.question].lower(), in_unit(one.now, "probability"), _range(one),
         answer(turn, turn.pick, case), said(turn, case) if one.concerns else "no report hangs on it")
        for one in found for turn in one.turns
    ]  # fmt: skip
    return figure("framed", _spec(drawn, case), caption(found), COLUMNS, table, sources=SOURCES)


def _range(one: BreakEven) -> str:
    if one.low == one.high:
        return "a point"
    return f"{in_unit(one.low, 'probability').removesuffix(' %')}{DASH}{in_unit(one.high, 'probability')}"


def _spec(drawn: Sequence[BreakEven], case: Case) -> dict[str, Any]:
    heads: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    marks: list[dict[str, Any]] = []
    top = 0
    for one in drawn:
        now = f"assumed now {in_unit(one.now, 'probability')}{'' if one.low == one.high else f' ({_range(one)})'}"
        heads.append({"text": top + TEXT, "says": f"{capital(one.share)}: {now}"})
        top += HEAD
        for turn in one.turns:
            rows.append(_row(one, turn, case, top))
            marks += _marks(rows[-1], turn)
            top += ROW
        top += GAP
    ticks = [{"at": at, "line": top + 8, "says": f"{100 * at:.0f} %"} for at in AXIS]
    return {
        "width": WIDTH,
        "height": top + FOOT,
        "padding": {"left": 1, "right": 1, "top": 2, "bottom": 2},
        "layer": _layers(heads, rows, marks, ticks, top + FOOT),
    }


def _row(one: BreakEven, turn: Turn, case: Case, top: int) -> dict[str, Any]:
    line = top + LINE
    return {
        "says": f"{QUESTIONS[turn.question]}: {said(turn, case)}",
        "text": top + TEXT,
        "line": line,
        "top": line - 6,
        "foot": line + 6,
        "from": 0.0,
        "to": 1.0,
        "low": one.low,
        "high": one.high,
        "at": one.now,
    }


def _marks(row: dict[str, Any], turn: Turn) -> list[dict[str, Any]]:
    ends = ((turn.above, 1.0), (turn.below, 0.0))
    return [
        {**row, "at": at, "low": min(at, end), "high": max(at, end), "question": turn.question}
        for at, end in ends
        if at is not None
    ]


def _layers(
    heads: list[dict[str, Any]],
    rows: list[dict[str, Any]],
    marks: list[dict[str, Any]],
    ticks: list[dict[str, Any]],
    height: int,
) -> list[dict[str, Any]]:
    y = {"type": "quantitative", "scale": {"domain": [height, 0], "nice": False, "zero": False}, "axis": None}
    x = {"type": "quantitative", "scale": {"domain": [-0.03, 1.04], "nice": False, "zero": False}, "axis": None}
    at = {"x": {**x, "field": "at"}, "y": {**y, "field": "line"}}
    tall = {"y": {**y, "field": "top"}, "y2": {"field": "foot"}}
    box = {"x": {**x, "field": "low"}, "x2": {"field": "high"}, **tall}
    line = {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": at["y"]}
    words = {"y": {**y, "field": "text"}, "text": {"field": "says"}}
    left = {"type": "text", "align": "left", "x": 0, "limit": {"expr": "width"}}
    shape = {
        "field": "question", "type": "nominal", "legend": None,
        "scale": {"domain": list(SHAPES), "range": list(SHAPES.values())},
    }  # fmt: skip
    dot = {"type": "point", "filled": True, "opacity": 1}
    return [
        _layer(rows, {"type": "rule", "color": HAIR, "strokeWidth": 2}, line),
        _layer(marks, {"type": "rect", "color": QUIET, "opacity": 0.2}, box),
        _layer(rows, {"type": "rect", "color": BELIEF, "opacity": 0.3, "cornerRadius": 3}, box),
        _layer(marks, {"type": "rule", "color": INK, "strokeWidth": 1.6}, {"x": at["x"], **tall}),
        _layer(marks, {**dot, "size": 70, "color": INK}, {**at, "shape": shape}),
        _layer(rows, {**dot, "size": 60, "color": BELIEF}, at),
        _layer(heads, {**left, "fontWeight": "bold"}, words),
        _layer(rows, left, words),
        _layer(ticks, {"type": "text", "fontSize": 11, "color": QUIET}, {**at, "text": {"field": "says"}}),
    ]


def _layer(rows: list[dict[str, Any]], mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"values": rows}, "mark": {**mark, "aria": False}, "encoding": encoding}
