"""How much deception, or copying, would overturn this: a ruler from 0 to 100 % for each question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cybercoercion.case import Case
from cybercoercion.report.figure import BELIEF, HAIR, INK, QUIET, Figure, figure
from cybercoercion.report.names import label, plan_name, response_name
from cybercoercion.report.units import in_unit
from cybercoercion.report.words import DASH
from cybercoercion.sensitivity.assumed.false_flag import BreakEven
from cybercoercion.sensitivity.assumed.turning import Turn

ROW, GAP, NAMED, WIDTH, SAID = 26, 30, 150, 300, 340  # pixels
QUESTIONS = {"attribution": "Who did it", "response": "First response", "on top": "On top of resilience"}
SHAPES = {"attribution": "triangle-down", "response": "square", "on top": "diamond"}
COLUMNS = ("share", "question", "now", "5-95 %", "answer", "turns")


def false_flag_figure(found: Sequence[BreakEven], case: Case) -> Figure | None:
    """Return one ruler per question under each share: now with its 90 %, and where the answer turns.

    Only shares on which a report hangs are drawn, without any there is no figure; the zone beyond a turn is shaded.
    """
    drawn = [one for one in found if one.concerns]
    if not drawn:
        return None
    parts: dict[str, list[dict[str, Any]]] = {
        kind: [] for kind in ("head", "name", "said", "line", "zone", "band", "now", "mark")
    }
    y = 14.0
    for one in drawn:
        now = f"now {in_unit(one.now, 'probability')}{'' if one.low == one.high else f', {_range(one)}'}"
        parts["head"].append({"y": y, "text": f"{one.share[0].upper()}{one.share[1:]}: {now}"})
        y += 22
        for turn in one.turns:
            _draw(parts, y, one, turn, case)
            y += ROW
        y += GAP - 14
    table = [
        (one.share, QUESTIONS[turn.question].lower(), in_unit(one.now, "probability"), _range(one),
         answer(turn, turn.pick, case), said(turn, case) if one.concerns else "no report hangs on it")
        for one in found for turn in one.turns
    ]  # fmt: skip
    return figure("false-flag", _spec(parts, y - 8), caption(found), COLUMNS, table)


def caption(found: Sequence[BreakEven]) -> str:
    """Return what to conclude: where another actor leads, and where the response changes, for each share."""
    parts = []
    for one in found:
        if not one.concerns:
            parts.append(f"{one.share[0].upper()}{one.share[1:]}: no report hangs on it.")
            continue
        who = _where(one.attribution, "another actor leads", "The same actor leads at any value")
        first = _where(one.response, "the response changes", "The response does not change at any value")
        parts.append(f"{one.share[0].upper()}{one.share[1:]}: {who}. {first}.")
    return " ".join(parts)


def said(turn: Turn, case: Case) -> str:
    """Return where an answer turns and to what, in words."""
    ends = []
    if turn.above is not None and turn.then is not None:
        ends.append(f"above {in_unit(turn.above, 'probability')}: {answer(turn, turn.then, case)}")
    if turn.below is not None and turn.before is not None:
        ends.append(f"below {in_unit(turn.below, 'probability')}: {answer(turn, turn.before, case)}")
    return "; ".join(ends) or f"no turn from 0 to 100 %: {answer(turn, turn.pick, case)}"


def answer(turn: Turn, name: str, case: Case) -> str:
    """Return an answer to the question of a turn as the page calls it."""
    if turn.question == "attribution":
        return label(case, "actor", name)
    return response_name(name) if turn.question == "response" else plan_name(case, name)


def _where(turn: Turn, changes: str, never: str) -> str:
    ends = [f"above {in_unit(turn.above, 'probability')}"] if turn.above is not None else []
    ends += [f"below {in_unit(turn.below, 'probability')}"] if turn.below is not None else []
    where = " and ".join(ends)
    return f"{where[0].upper()}{where[1:]} {changes}" if ends else never


def _range(one: BreakEven) -> str:
    if one.low == one.high:
        return "a point"
    return f"{in_unit(one.low, 'probability').removesuffix(' %')}{DASH}{in_unit(one.high, 'probability')}"


def _draw(parts: dict[str, list[dict[str, Any]]], y: float, one: BreakEven, turn: Turn, case: Case) -> None:
    parts["name"].append({"y": y, "text": QUESTIONS[turn.question]})
    parts["said"].append({"y": y, "text": said(turn, case)})
    parts["line"].append({"y": y, "x": 0.0, "to": 1.0})
    parts["band"].append({"x": one.low, "to": one.high, "top": y - 6, "foot": y + 6})
    parts["now"].append({"x": one.now, "y": y})
    for at, end in ((turn.above, 1.0), (turn.below, 0.0)):
        if at is not None:
            parts["zone"].append({"x": min(at, end), "to": max(at, end), "top": y - 8, "foot": y + 8})
            parts["mark"].append({"x": at, "y": y, "question": turn.question, "top": y - 8, "foot": y + 8})


def _spec(parts: dict[str, list[dict[str, Any]]], height: float) -> dict[str, Any]:
    y = {"type": "quantitative", "scale": {"domain": [height, 0], "nice": False, "zero": False}, "axis": None}
    axis = {"title": None, "format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1], "orient": "bottom", "grid": False}
    x = {"type": "quantitative", "scale": {"domain": [0, 1], "nice": False}, "axis": axis}
    box = {"x": {**x, "field": "x"}, "x2": {"field": "to"}, "y": {**y, "field": "top"}, "y2": {"field": "foot"}}
    shape = {
        "field": "question",
        "type": "nominal",
        "scale": {"domain": list(SHAPES), "range": list(SHAPES.values())},
        "legend": None,
    }
    point = {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}}
    ruler = [
        _layer(parts["line"], {"type": "rule", "color": HAIR, "strokeWidth": 2}, {**point, "x2": {"field": "to"}}),
        _layer(parts["zone"], {"type": "rect", "color": QUIET, "opacity": 0.2}, box),
        _layer(parts["band"], {"type": "rect", "color": BELIEF, "opacity": 0.3, "cornerRadius": 3}, box),
        _layer(
            parts["mark"],
            {"type": "rule", "color": INK, "strokeWidth": 1.6},
            {"x": box["x"], "y": box["y"], "y2": box["y2"]},
        ),
        _layer(
            parts["mark"],
            {"type": "point", "filled": True, "size": 70, "opacity": 1, "color": INK},
            {**point, "shape": shape},
        ),
        _layer(
            parts["now"],
            {"type": "point", "filled": True, "size": 34, "opacity": 1, "color": BELIEF},
            point,
        ),
    ]
    bold = _layer(
        parts["head"],
        {"type": "text", "align": "left", "x": 0, "fontWeight": "bold", "fontSize": 12, "limit": NAMED + WIDTH},
        {"y": {**y, "field": "y"}, "text": {"field": "text"}},
    )
    return {
        "spacing": 12,
        "hconcat": [
            {"width": NAMED, "height": height, "layer": [bold, _column(parts["name"], y, INK, NAMED)]},
            {"width": WIDTH, "height": height, "layer": ruler},
            {"width": SAID, "height": height, "layer": [_column(parts["said"], y, QUIET, SAID)]},
        ],
    }


def _layer(rows: list[dict[str, Any]], mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def _column(rows: list[dict[str, Any]], y: dict[str, Any], colour: str, width: int) -> dict[str, Any]:
    mark = {"type": "text", "align": "left", "x": 0, "fontSize": 11, "color": colour, "limit": width}
    return _layer(rows, mark, {"y": {**y, "field": "y"}, "text": {"field": "text"}})
