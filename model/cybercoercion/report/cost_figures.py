"""Figures of cost: the ladder of the best variant of each response in three views."""

from __future__ import annotations

from typing import Any

from cybercoercion.report.figure import INK, QUIET, RESPONSE_COLOURS, RESPONSE_SHAPES, Figure, figure
from cybercoercion.report.sentence import NAMES, VARIANT_NAMES, VIEW_NAMES
from cybercoercion.report.words import joined, money
from cybercoercion.response import Option, Ranking

MILLION = 1e6


def ladder(ranking: Ranking) -> Figure:
    """Return one bar per response and view from zero: costs to the right, gain to the left, the net with its range.

    The military tail, which is kept apart from every net, is a hollow mark.
    """
    panels = [panel(name, view.options) for name, view in ranking.views.items()]
    firsts = [
        f"{'nothing new' if view.first == 'nothing' else NAMES[view.first].split(' (')[0].lower()} in the view of "
        f"{VIEW_NAMES[name]}"
        for name, view in ranking.views.items()
    ]
    caption = f"Cheapest: {joined(firsts)}. Left of the line a response costs less than nothing new."
    if any(option.tail.p_added > 0 for view in ranking.views.values() for option in view.options):
        caption += " A hollow mark, at the edge where it lies beyond, adds the military tail, which is in no net."
    rows = [
        [
            name,
            NAMES[option.response],
            VARIANT_NAMES.get(option.variant, option.variant),
            money(option.delta, signed=True),
        ]
        for name, view in ranking.views.items()
        for option in view.options
    ]
    spec = {"spacing": 14, "hconcat": panels}
    return figure("ladder", spec, caption, ("view", "response", "variant", "difference"), rows)


def panel(name: str, options: tuple[Option, ...]) -> dict[str, Any]:
    """Return the bars of one view, stacked from zero, with the net and its range."""
    stacks, nets, tails = [], [], []
    edge = max(max(option.high, option.delta) for option in options) / MILLION
    for place, option in enumerate(options):
        terms = option.terms
        gain = sum(terms[term] for term in ("harm", "concession", "recurrence", "second_order"))
        common: dict[str, Any] = {
            "response": option.response,
            "order": place,
            "label": f"{NAMES[option.response].split(' (')[0]} {money(option.delta, signed=True)}",
        }
        tail = option.tail.cost_at_cap
        if option.tail.p_added > 0:  # apart from the net; beyond the axis it stands at the edge, with its number
            common["label"] += f", tail {money(tail, signed=True)}"
            tails.append({**common, "at": min((option.delta + tail) / MILLION, edge)})
        right = 0.0
        for kind in ("own", "retaliation", "wrong_actor"):
            stacks.append({**common, "kind": kind, "from": right, "to": right + terms[kind] / MILLION})
            right += terms[kind] / MILLION
        stacks.append({**common, "kind": "gain", "from": 0.0, "to": gain / MILLION})
        nets.append(
            {
                **common,
                "net": option.delta / MILLION,
                "low": option.low / MILLION,
                "high": option.high / MILLION,
                "text": money(option.delta, signed=True),
            }
        )
    y = {"field": "order", "type": "ordinal", "axis": None}
    x = {"type": "quantitative", "axis": {"title": "USD million against nothing new", "tickCount": 4}}
    colour = {
        "field": "response",
        "type": "nominal",
        "scale": {"domain": list(RESPONSE_COLOURS), "range": list(RESPONSE_COLOURS.values())},
        "legend": None,
    }
    shape = {
        "field": "response",
        "type": "nominal",
        "scale": {"domain": list(RESPONSE_SHAPES), "range": list(RESPONSE_SHAPES.values())},
        "legend": None,
    }
    paler = {
        "field": "kind",
        "type": "ordinal",  # of a nominal one the renderer may take no range
        "scale": {"domain": ["gain", "own", "retaliation", "wrong_actor"], "range": [0.75, 0.5, 0.3, 0.18]},
        "legend": None,
    }
    point = {"type": "point", "size": 60, "opacity": 1, "yOffset": 4, "aria": False}
    label = {"type": "text", "align": "left", "x": 2, "yOffset": -9, "fontSize": 10.5, "aria": False}
    return {
        "title": {
            "text": VIEW_NAMES[name].capitalize(),
            "fontSize": 11,
            "anchor": "start",
            "fontWeight": "normal",
            "color": QUIET,
        },
        "width": 160,
        "height": {"step": 29},
        "layer": [
            {
                "data": {"values": stacks},
                "mark": {"type": "bar", "height": 8, "yOffset": 4, "aria": False},
                "encoding": {
                    "y": y,
                    "x": {**x, "field": "from"},
                    "x2": {"field": "to"},
                    "color": colour,
                    "opacity": paler,
                },
            },
            {
                "data": {"values": [{}]},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1.4, "aria": False},
                "encoding": {"x": {"datum": 0}},
            },
            {
                "data": {"values": nets},
                "mark": {"type": "rule", "strokeWidth": 1.2, "color": INK, "yOffset": 4, "aria": False},
                "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
            },
            {
                "data": {"values": nets},
                "mark": point | {"filled": True, "stroke": "white"},
                "encoding": {"y": y, "x": {**x, "field": "net"}, "color": colour, "shape": shape},
            },
            {
                "data": {"values": tails},
                "mark": point | {"filled": False, "fill": "white"},
                "encoding": {"y": y, "x": {**x, "field": "at"}, "color": colour, "shape": shape},
            },
            *(
                {
                    "data": {"values": nets},
                    "mark": label | look,
                    "encoding": {"y": y, "text": {"field": "label"}},
                }
                for look in ({"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}, {})  # a halo on the line
            ),
        ],
    }
