"""Where the difference of two choices comes from: two dots for each term of cost, and the total, which is the gap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.summary import weighted_quantiles
from cybercoercion.report.difference_figure import COLOURS, MARKS
from cybercoercion.report.figure import HAIR, INK, QUIET, Figure, figure
from cybercoercion.report.names import response_name
from cybercoercion.report.words import capital, money
from cybercoercion.response import ViewRanking
from cybercoercion.response.terms import NOTHING_NEW, TERMS, Plan, terms

Array = NDArray[np.float64]
MILLION = 1e6
STEP = 30  # pixels of a row
ROOM = 0.22  # of what is drawn, kept at the right for the numbers
NOTHING, TOTAL = "nothing", "total"
TERM_NAMES = {
    "own": "own cost",
    "harm": "harm still ahead",
    "concession": "giving in when asked",
    "recurrence": "further episodes",
    "retaliation": "retaliation",
    "wrong_actor": "hitting the wrong actor",
    "second_order": "second-order effects",
    TOTAL: "total",
}


def terms_figure(view: ViewRanking, one: str, other: str) -> Figure:
    """Return the terms of two choices against nothing new, the largest difference first; the total is the gap.

    Parameters
    ----------
    view
        A view of a ranking.
    one
        The first choice: a response at its best variant, or ``nothing``.
    other
        What it is compared with, in the same words.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> view = assess(load_case("sony-2014"), load_knowledge(draws=200)).ranking.default
    >>> terms_figure(view, "denial", "nothing").rows[-1][0]
    'Total'
    """
    mine, theirs = _terms(view, one), _terms(view, other)
    gaps = {name: theirs[name] - mine[name] for name in TERMS}
    shown = sorted((name for name in TERMS if mine[name] or theirs[name]), key=lambda name: -abs(gaps[name]))
    gaps[TOTAL] = sum(gaps.values())
    mine, theirs = mine | {TOTAL: sum(mine.values())}, theirs | {TOTAL: sum(theirs.values())}
    ranges = _ranges(view, one, other)
    names = [*shown, TOTAL]
    rows = [
        (
            capital(TERM_NAMES[name]),
            money(mine[name], signed=True),
            money(theirs[name], signed=True),
            money(gaps[name], signed=True),
            f"{money(ranges[name][0], signed=True)} to {money(ranges[name][1], signed=True)}",
        )
        for name in names
    ]
    called = [capital(response_name(option)) for option in (one, other)]
    columns = ("USD against nothing new", *called, "difference", "5-95 % of input readings")
    spec = _spec(names, mine, theirs, gaps, one, other)
    return figure("terms", spec, terms_words(one, other, gaps), columns, rows, sources=("cost.", "effect.", "rate."))


def terms_words(one: str, other: str, gaps: Mapping[str, float]) -> str:
    """Return which terms make the gap, and which work against it.

    >>> terms_words("denial", "norms", {"own": 8e6, "recurrence": -3e6, "total": 5e6})
    'Norms costs 5 M USD more than denial, mainly because of own cost (+8 M), offset by further episodes (−3 M).'
    """
    gap = gaps[TOTAL]
    parts = {name: value for name, value in gaps.items() if name != TOTAL}
    more = "more" if gap >= 0 else "less"
    said = f"{capital(response_name(other))} costs {money(abs(gap))} USD {more} than {response_name(one)}"
    most = max(parts, key=lambda name: parts[name] if gap >= 0 else -parts[name])
    least = min(parts, key=lambda name: parts[name] if gap >= 0 else -parts[name])
    if money(parts[most]) == "0":
        return f"{said}."
    said += f", mainly because of {TERM_NAMES[most]} ({money(parts[most], signed=True)})"
    if parts[least] * parts[most] < 0 and money(parts[least]) != "0":
        said += f", offset by {TERM_NAMES[least]} ({money(parts[least], signed=True)})"
    return f"{said}."


def _terms(view: ViewRanking, name: str) -> dict[str, float]:
    return dict.fromkeys(TERMS, 0.0) if name == NOTHING else dict(view.option(name).terms)


def _plan(view: ViewRanking, name: str) -> Plan:
    return NOTHING_NEW if name == NOTHING else view.plan(view.option(name))


def _ranges(view: ViewRanking, one: str, other: str) -> dict[str, tuple[float, float]]:
    """Return the 5 and 95 % of the difference of each term over readings of the inputs, USD."""
    scene = view.scene

    def drawn(name: str) -> dict[str, Array]:
        return terms(scene.costs, _plan(view, name), view.view, scene.inside, expected=False)

    mine, theirs = drawn(one), drawn(other)
    gaps = {name: np.broadcast_to(theirs[name] - mine[name], scene.share.shape) for name in TERMS}
    gaps[TOTAL] = np.asarray(sum(gaps.values()))
    return {name: tuple(weighted_quantiles(gap, scene.share).tolist()) for name, gap in gaps.items()}


def _spec(
    names: list[str], mine: Mapping[str, float], theirs: Mapping[str, float], gaps: Mapping[str, float],
    one: str, other: str,
) -> dict[str, Any]:  # fmt: skip
    rows = [
        {
            "term": capital(TERM_NAMES[name]),
            "one": mine[name] / MILLION,
            "other": theirs[name] / MILLION,
            "far": max(mine[name], theirs[name]) / MILLION,
            "text": money(gaps[name], signed=True),
            "whole": name == TOTAL,
        }
        for name in names
    ]
    every = [side[name] / MILLION for name in names for side in (mine, theirs)] + [0.0]
    width = (max(every) - min(every)) or 1.0
    domain = [min(every) - 0.04 * width, max(every) + ROOM * width]
    y = {
        "field": "term",
        "type": "nominal",
        "sort": None,
        "axis": {
            "title": None, "domain": False, "ticks": False, "labelLimit": 150, "labelColor": INK, "labelFontSize": 12,
            "labelFontWeight": {"condition": {"test": "datum.value == 'Total'", "value": "bold"}, "value": "normal"},
        },
    }  # fmt: skip
    x = {
        "type": "quantitative",
        "scale": {"domain": domain, "nice": False, "zero": False},
        "axis": {"title": "USD million against nothing new", "tickCount": 5, "gridOpacity": 0.6, "domain": False},
    }
    data = {"values": rows}

    def dots(option: str, field: str) -> dict[str, Any]:
        shape = MARKS[option].replace("stroke", "cross")
        look = {"type": "point", "filled": True, "size": 80, "opacity": 1, "shape": shape, "color": COLOURS[option]}
        return {"data": data, "mark": look | {"aria": False}, "encoding": {"y": y, "x": {**x, "field": field}}}

    def number(look: dict[str, Any]) -> dict[str, Any]:
        mark = {"type": "text", "align": "left", "dx": 9, "fontSize": 12, "aria": False} | look
        where = {"y": y, "x": {**x, "field": "far"}, "text": {"field": "text"}}
        colour = {"color": {"condition": {"test": "datum.whole", "value": INK}, "value": QUIET}}
        return {"data": data, "mark": mark, "encoding": where | colour}

    return {
        "width": "container",
        "height": {"step": STEP},
        "layer": [
            {
                "data": {"values": [{}]},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1.2, "aria": False},
                "encoding": {"x": {**x, "datum": 0}},
            },
            {
                "data": data,
                "mark": {"type": "rule", "color": HAIR, "strokeWidth": 4, "aria": False},
                "encoding": {"y": y, "x": {**x, "field": "one"}, "x2": {"field": "other"}},
            },
            dots(other, "other"),
            dots(one, "one"),
            number({"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}),  # a halo, for the lines beneath
            number({}),
        ],
    }
