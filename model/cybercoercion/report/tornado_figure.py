"""Which inputs move the gap: each at its own 5, 25, 50, 75 and 95 %, with another mark where another is first."""

from __future__ import annotations

from typing import Any

from cybercoercion.case import Case
from cybercoercion.report.difference_figure import COLOURS, MARKS
from cybercoercion.report.figure import HAIR, INK, QUIET, Figure, figure
from cybercoercion.report.figure_text import BREAK, broken, lines_of
from cybercoercion.report.input_names import input_words
from cybercoercion.report.map_parts import upper
from cybercoercion.report.names import plan_name, response_name
from cybercoercion.report.units import in_unit
from cybercoercion.report.words import money, percent
from cybercoercion.sensitivity.line.tornado import Bar, Tornado
from cybercoercion.sensitivity.output import UNIT
from cybercoercion.vocabulary import RESPONSES

ROW, LINE, NAMED, WIDTH, SAID = 40, 14, 300, 330, 190  # pixels
TOP = 12  # rows drawn; the table holds them all
MILLION = 1e6
NOTE = "ticks beneath: what the draws expect at its 5 and 95 %; dashed: now"
FIRST_SHAPES = MARKS | {"nothing": "cross"}


def tornado_figure(found: Tornado, case: Case, *, top: int = TOP) -> Figure:
    """Return one row per input, the widest swing first; a number with one label, such as the gap, is drawn."""
    bars = [bar for bar in found.bars if bar.swing > 0][:top]
    money_axis = UNIT[found.output] == "USD"
    factor = MILLION if money_axis else 1.0
    title = _title(found, case)
    x: dict[str, Any] = {
        "type": "quantitative",
        "scale": {"nice": True, "zero": found.output == "gap"},
        "axis": {"title": title, "tickCount": 5, "gridOpacity": 0.6},
    }
    place = place_of(found)
    (marks, lines, beside, names), height = _rows(bars, place, factor, found)
    y = {"type": "quantitative", "scale": {"domain": [height, 0], "nice": False, "zero": False}, "axis": None}
    drawn = {
        "width": WIDTH,
        "height": height,
        "layer": [
            _rule([{"x": float(found.now[place]) / factor}], x, {"color": QUIET, "strokeDash": [4, 3]}),
            *([_rule([{"x": 0.0}], x, {"color": INK, "strokeWidth": 1.5})] if found.output == "gap" else []),
            {
                "data": {"values": lines},
                "mark": {"type": "line", "color": HAIR, "strokeWidth": 3},
                "encoding": {
                    "x": {**x, "field": "x"},
                    "y": {**y, "field": "y"},
                    "detail": {"field": "bar"},
                    "order": {"field": "order"},
                },
            },
            {
                "data": {"values": beside},
                "mark": {"type": "tick", "thickness": 1.5, "size": 11, "color": QUIET},
                "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}},
            },
            {
                "data": {"values": marks},
                "mark": {"type": "point", "filled": True, "opacity": 1, "stroke": "white", "strokeWidth": 0.7},
                "encoding": {
                    "x": {**x, "field": "x"},
                    "y": {**y, "field": "y"},
                    "size": {"condition": {"test": "datum.end", "value": 95}, "value": 45},
                    "color": _by(COLOURS, "first"),
                    "shape": _by(FIRST_SHAPES, "first"),
                },
            },
        ],
    }
    spec = {
        "spacing": 10,
        "resolve": {"scale": {"color": "independent", "shape": "independent"}},
        "hconcat": [
            _column(names, NAMED, height, ("label", "range")),
            drawn,
            _column(names, SAID, height, ("moved", "flip")),
        ],
    }
    return figure("tornado", spec, caption(found, bars, case), *numbers(found, case))


def numbers(found: Tornado, case: Case) -> tuple[tuple[str, ...], list[list[str]]]:
    """Return columns and rows of the table of all inputs."""
    columns = ("input", "5 to 95 %", f"{found.output} there", "expected given it", "first choice changes")
    return columns, [_table(bar, place_of(found), found, case) for bar in found.bars]


def place_of(found: Tornado) -> int:
    """Return which of the numbers of an output is drawn: that of the first choice, where it has one."""
    return found.labels.index(found.pick) if found.pick in found.labels else 0


def _title(found: Tornado, case: Case) -> list[str]:
    pick = "the first choice" if found.decision == "two-step" else option_name(found.pick, case)
    said = {
        "gap": f"USD million by which the next best costs more than {pick}",
        "belief": f"P({found.labels[0]})",
        "cost": f"USD million against nothing new: {pick}",
        "regret": f"expected loss, USD million: {pick}",
        "p_best": f"P(cheapest): {pick}",
    }
    return [said[found.output], "dots: input at its 5, 25, 50, 75, 95 %; shape: what is first there", NOTE]


def option_name(option: str, case: Case) -> str:
    """Return what an option of either decision is called inside a sentence."""
    return response_name(option) if option in (*RESPONSES, "nothing") else plan_name(case, option)


def _rows(bars: list[Bar], place: int, factor: float, found: Tornado) -> tuple[tuple[list[dict[str, Any]], ...], int]:
    """Return marks, lines, ticks and words of the rows, each as high as its words need, and the height of them all."""
    marks: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    beside: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    foot = 0
    for row, bar in enumerate(bars):
        y = foot + 14
        for level, value in enumerate(bar.fixed[:, place]):
            first = bar.firsts[level]
            at = {"x": float(value) / factor, "y": y, "bar": row, "order": level}
            lines.append(at)
            marks.append({**at, "first": _family(first), "end": level in (0, len(bar.values) - 1)})
        if bar.method == "draws":
            beside += [{"x": float(value) / factor, "y": y + 13} for value in bar.conditional[[0, -1], place]]
        moved = f"{_said(bar.fixed[0, place], found)} to {_said(bar.fixed[-1, place], found)}"
        words = {
            "label": broken(upper(input_words(bar.label)), NAMED, 12, bold=True),
            "range": broken(_span(bar), NAMED, 11),
            "moved": broken(moved, SAID, 12, bold=True),
            "flip": broken(_flip(bar, short=True), SAID, 11),
        }
        count = {name: lines_of(text) for name, text in words.items()}
        named, said = LINE * (count["label"] - 1), LINE * (count["moved"] - 1)
        names.append({"y": y, "below label": y + 15 + named, "below moved": y + 15 + said, **words})
        foot += ROW + max(named + LINE * (count["range"] - 1), said + LINE * (count["flip"] - 1))
    return (marks, lines, beside, names), max(foot, ROW)


def _family(option: str) -> str:
    """Return the response whose colour and shape an option has: of a plan of several levers, that of the last."""
    from cybercoercion.response.variant import BY_NAME

    if option in COLOURS:
        return option
    return BY_NAME[option.rsplit(" + ", maxsplit=1)[-1].split(" against ", maxsplit=1)[0]].response


def _span(bar: Bar) -> str:
    return f"{in_unit(float(bar.values[0]), bar.unit)} to {in_unit(float(bar.values[-1]), bar.unit)}"


def _said(value: float, found: Tornado) -> str:
    return money(value, signed=True) if UNIT[found.output] == "USD" else percent(value)


def _flip(bar: Bar, *, short: bool = False) -> str:
    if not bar.flips:
        return "" if short else "no flip found between them"
    if short:
        said = [f"{response_name(_family(flip.after))} from {in_unit(flip.value, bar.unit)}" for flip in bar.flips[:1]]
        return said[0] + (f", {len(bar.flips) - 1} more" if len(bar.flips) > 1 else "")
    return "; ".join(f"{flip.before} to {flip.after} at {in_unit(flip.value, bar.unit)}" for flip in bar.flips)


def _table(bar: Bar, place: int, found: Tornado, case: Case) -> list[str]:
    flips = "; ".join(
        f"from {option_name(flip.before, case)} to {option_name(flip.after, case)} at {in_unit(flip.value, bar.unit)}"
        for flip in bar.flips
    )
    return [
        input_words(bar.label),
        _span(bar),
        f"{_said(bar.fixed[0, place], found)} to {_said(bar.fixed[-1, place], found)}",
        "the same"
        if bar.method == "exact"
        else f"{_said(bar.conditional[0, place], found)} to {_said(bar.conditional[-1, place], found)}",
        flips or "no flip found",
    ]


def caption(found: Tornado, bars: list[Bar], case: Case) -> str:
    """Return which input moves the output most, and which change the first choice."""
    place = place_of(found)
    pick = option_name(found.pick, case)
    if not bars:
        return f"No input moves {_what(found)}: all are points, or none matters."
    widest = bars[0]
    first = (
        f"Between its 5 and 95 % values ({_span(widest)}) {input_words(widest.label)} moves {_what(found)} from "
        f"{_said(widest.fixed[0, place], found)} to {_said(widest.fixed[-1, place], found)}; now it is "
        f"{_said(found.now[place], found)}."
    )
    flipping = [bar for bar in found.bars if bar.flips]
    if not flipping:
        tried = f"none of the {len(found.bars)} inputs, moved by itself between its 5 and 95 % values,"
        return f"{first} {upper(tried)} changes the first choice, {pick}."
    one = max(flipping, key=lambda bar: bar.swing)
    verb = "changes" if len(flipping) == 1 else "change"
    return (
        f"{first} {len(flipping)} of {len(found.bars)} inputs, each moved by itself over that range, {verb} the first "
        f"choice, {pick}; first among them {input_words(one.label)}: {_direction(one, case)}. A mark is no chance: "
        "four fifths of a line need not be four fifths of what is plausible."
    )


def _direction(bar: Bar, case: Case) -> str:
    flip = bar.flips[0]
    return (
        f"{option_name(flip.before, case)} below {in_unit(flip.value, bar.unit)}, {option_name(flip.after, case)} above"
    )


def _what(found: Tornado) -> str:
    return {
        "gap": "the gap to the next best",
        "cost": "the cost of the first choice",
        "regret": "the expected loss of the first choice",
        "p_best": "how often the first choice is cheapest",
        "belief": f"the probability of {found.labels[0]}",
    }[found.output]


def _rule(rows: list[dict[str, Any]], x: dict[str, Any], look: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"values": rows}, "mark": {"type": "rule", **look}, "encoding": {"x": {**x, "field": "x"}}}


def _column(rows: list[dict[str, Any]], width: int, height: int, fields: tuple[str, str]) -> dict[str, Any]:
    y = {"type": "quantitative", "scale": {"domain": [height, 0], "nice": False, "zero": False}, "axis": None}
    looks: tuple[tuple[str, dict[str, Any]], ...] = (
        ("y", {"fontWeight": "bold"}),
        (f"below {fields[0]}", {"color": QUIET, "fontSize": 11}),
    )
    return {
        "width": width,
        "height": height,
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "text", "align": "left", "x": 0, "lineBreak": BREAK, "lineHeight": LINE, **look},
                "encoding": {"y": {**y, "field": at}, "text": {"field": name}},
            }
            for name, (at, look) in zip(fields, looks, strict=True)
        ],
    }


def _by(values: dict[str, str], field: str) -> dict[str, Any]:
    return {
        "field": field,
        "type": "nominal",
        "scale": {"domain": list(values), "range": list(values.values())},
        "legend": None,
    }
