"""Each option along one input: how often it is cheapest, and what choosing it is expected to lose."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cybercoercion.case import Case
from cybercoercion.report.figure import BELIEF, INK, Figure, figure
from cybercoercion.report.input_names import input_words
from cybercoercion.report.line_parts import along_axis, flip_rules, line_name, now_rule, panel
from cybercoercion.report.map_parts import upper
from cybercoercion.report.tornado_figure import option_name
from cybercoercion.report.units import in_unit
from cybercoercion.report.words import DASH, joined, money, percent
from cybercoercion.sensitivity.line.along import Flip
from cybercoercion.sensitivity.line.curves import KINDS, Acceptability, Curve, Kind
from cybercoercion.sensitivity.output import UNIT

Array = NDArray[np.float64]
MILLION = 1e6
BELOW = 150  # pixels
NAMED = 24  # pixels beyond the names, which another type may draw wider than was reckoned
SHOWN = 0.03  # an option that is never cheapest more often than this is left to the table
LIKE = {
    "readings": "P(cheapest), input readings",
    "futures": "P(cheapest), futures",
}


def acceptability_figure(found: Acceptability, case: Case, *, kind: Kind = "readings") -> Figure:
    """Return how often each option is cheapest, and below, on the same axis, what choosing it is expected to lose."""
    k = KINDS.index(kind)
    often, loss = found.often[k], found.loss[k]
    shown = _shown(found.options, often, found.firsts)
    x = along_axis(found.values, upper(input_words(found.label)), found.unit)
    top = panel(found.values, often, found.options, shown, x, case, LIKE[kind], probability=True)
    top["layer"] += [
        *_frontier(found.values, found.frontier[k], found.firsts, x),
        *now_rule(found.now, found.values, x),
        *flip_rules(found.flips, x),
    ]
    ceiling = float(np.nanmax(np.where(np.isin(found.options, shown), loss, np.nan)))
    reach = min(ceiling, 6 * float(np.nanmax(found.envelope[k])) or ceiling)
    below = panel(
        found.values, loss / MILLION, found.options, shown, x, case, "expected loss, USD million",
        probability=False, most=reach / MILLION, height=BELOW,
    )  # fmt: skip
    below["layer"] += [*now_rule(found.now, found.values, x, said=False), *flip_rules(found.flips, x)]
    spec = {
        "spacing": 18,
        "padding": {"left": 1, "right": NAMED, "top": 4, "bottom": 2},
        "resolve": {"scale": {"color": "independent", "shape": "independent", "strokeDash": "independent"}},
        "vconcat": [top, below],
    }
    table = [
        [
            in_unit(float(value), found.unit),
            option_name(found.firsts[row], case),
            *[
                f"{percent(often[row, place])}, {_number(loss[row, place], money_axis=True, signed=False)}"
                for place in map(found.options.index, shown)
            ],
        ]
        for row, value in enumerate(found.values)
    ]
    columns = (
        input_words(found.label),
        "lowest expected cost",
        *(f"{option_name(name, case)}: cheapest, loss" for name in shown),
    )
    return figure(f"acceptability-{kind}", spec, _said(found, k, case), columns, table, course=True)


def curve_figure(found: Curve, case: Case) -> Figure:
    """Return an output of each option along one input."""
    money_axis = UNIT[found.output] == "USD"
    numbers = found.numbers / (MILLION if money_axis else 1.0)
    shown = _shown(found.labels, found.numbers, found.firsts) if found.output == "p_best" else _finite(found)
    title = {
        "p_best": LIKE["readings"],
        "cost": "USD million against nothing new",
        "gap": f"next best less {option_name(found.firsts[_near(found)], case)}, USD million",
        "regret": "expected loss, USD million",
        "belief": "probability",
    }[found.output]
    x = along_axis(found.values, upper(input_words(found.label)), found.unit)
    drawn = panel(found.values, numbers, found.labels, shown, x, case, title, probability=not money_axis)
    band = {
        "data": {"values": [{"x": found.low, "to": found.high}]},
        "mark": {"type": "rect", "color": BELIEF, "opacity": 0.08},
        "encoding": {"x": {**x, "field": "x"}, "x2": {"field": "to"}},
    }
    drawn["layer"] = [
        *([band] if found.low < found.high else []),
        *drawn["layer"],
        *now_rule(found.now, found.values, x),
        *flip_rules(found.flips, x),
    ]
    table = [
        [
            in_unit(float(value), found.unit),
            option_name(found.firsts[row], case),
            *[_number(found.numbers[row, found.labels.index(name)], money_axis=money_axis) for name in shown],
        ]
        for row, value in enumerate(found.values)
    ]
    columns = (input_words(found.label), "lowest expected cost", *(line_name(name, case) for name in shown))
    spec = {**drawn, "resolve": {"scale": {"color": "independent", "shape": "independent"}}}
    return figure("curve", spec, _curve_said(found, case), columns, table, course=True)


def _near(found: Curve) -> int:
    return int(np.abs(found.values - found.now).argmin())


def _finite(found: Curve) -> tuple[str, ...]:
    return tuple(name for name, column in zip(found.labels, found.numbers.T, strict=True) if np.isfinite(column).all())


def _shown(options: Sequence[str], often: Array, firsts: Sequence[str]) -> tuple[str, ...]:
    """Return the options that are worth a line: cheapest now and then, or anywhere the lowest expected cost."""
    return tuple(
        name
        for name, column in zip(options, often.T, strict=True)
        if name in firsts or np.nanmax(column, initial=0.0) > SHOWN
    )


def _number(value: float, *, money_axis: bool, signed: bool = True) -> str:
    """Return a number in words; a dash for an option that has no plan there, such as one aimed at nobody likely."""
    if not np.isfinite(value):
        return DASH
    return money(float(value), signed=signed) if money_axis else percent(float(value))


def _frontier(values: Array, frontier: Array, firsts: Sequence[str], x: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the band of the option with the lowest expected cost, a piece for each."""
    run = np.concatenate([[0], np.cumsum([one != other for one, other in pairwise(firsts)])])
    rows = [{"x": float(a), "y": float(b), "run": int(k)} for a, b, k in zip(values, frontier, run, strict=True)]
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "line", "color": INK, "strokeWidth": 6, "opacity": 0.18, "interpolate": "linear"},
            "encoding": {
                "x": {**x, "field": "x"},
                "y": {"field": "y", "type": "quantitative"},
                "detail": {"field": "run"},
            },
        }
    ]


def _stays(flips: Sequence[Flip], firsts: Sequence[str], values: Array, now: float, unit: str, case: Case) -> str:
    """Return between which values the present first choice stays first."""
    ends = f"between {in_unit(float(values[0]), unit)} and {in_unit(float(values[-1]), unit)}"
    first = firsts[int(np.abs(values - now).argmin())]
    below = [flip for flip in flips if flip.value <= now]
    above = [flip for flip in flips if flip.value > now]
    if not flips:
        return f"{upper(option_name(first, case))} costs least everywhere {ends}: no flip found"
    said = []
    if below:
        said.append(f"below {in_unit(below[-1].value, unit)} {option_name(below[-1].before, case)} does")
    if above:
        said.append(f"above {in_unit(above[0].value, unit)} {option_name(above[0].after, case)} does")
    return f"{upper(option_name(first, case))} costs least now; {' and '.join(said)}"


def _said(found: Acceptability, k: int, case: Case) -> str:
    at = int(np.abs(found.values - found.now).argmin())
    first = found.firsts[at]
    place = found.options.index(first)
    which = "input readings" if KINDS[k] == "readings" else "futures"
    often = found.often[k, at]
    stays = _stays(found.flips, found.firsts, found.values, found.now, found.unit, case)
    most = found.options[int(often.argmax())]
    beside = (
        ""
        if most == first
        else f" {upper(option_name(most, case))} is cheapest more often ({percent(often.max())}), but costs more "
        "on average."
    )
    return (
        f"{stays}. At {in_unit(found.now, found.unit)}, as now, it is cheapest in {percent(often[place])} of {which}, "
        f"and the loss expected from choosing it is {money(float(found.loss[k, at, place]), words=True)}: what perfect "
        f"information about them would be worth.{beside} How often is not how much: read both panels. The grey band "
        "follows the option with the lowest expected cost."
    )


def _curve_said(found: Curve, case: Case) -> str:
    stays = _stays(found.flips, found.firsts, found.values, found.now, found.unit, case)
    at = _near(found)
    band = " Shaded: its own 5 to 95 %." if found.low < found.high else ""
    if found.output != "p_best":
        return f"{stays}. It is {in_unit(found.now, found.unit)} now.{band}"
    first = found.labels.index(found.firsts[at])
    ends = [
        f"at {in_unit(float(found.values[row]), found.unit)} in {_number(found.numbers[row, first], money_axis=False)}"
        for row in (0, -1)
    ]
    return (
        f"{stays}. At {in_unit(found.now, found.unit)}, as now, it is cheapest in "
        f"{percent(float(found.numbers[at, first]))} of input readings; {joined(ends)}.{band}"
    )
