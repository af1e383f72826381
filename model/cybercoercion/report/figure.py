"""A figure: a Vega-Lite spec, its conclusion, and the numbers as a table.

Specs are data, so that app, notebook and report draw the same one. User text goes into data values only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
BELIEF, QUIET, INK, HAIR = "#1F5AA6", "#565E6B", "#1B1F27", "#D5D9DF"
RESPONSE_COLOURS = {"denial": "#00857A", "punishment": "#A8320F", "entanglement": "#B98500", "norms": "#5A2E8C"}
RESPONSE_SHAPES = {"denial": "circle", "punishment": "triangle-up", "entanglement": "square", "norms": "diamond"}
FONT = "Source Sans 3, Source Sans Pro, Helvetica, Arial, sans-serif"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure. ``caption`` states the conclusion with numbers and is also its accessible name.

    ``course`` says that the rows follow values of one input; else they are ranked, the first the most important.
    ``sources`` are beginnings of the names of those entries of the ledger that the numbers hang on.
    """

    name: str
    spec: str  # Vega-Lite as JSON text: a frozen value
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    course: bool = False
    sources: tuple[str, ...] = ()

    def vega_lite(self) -> dict[str, Any]:
        """Return the spec as a new dict."""
        spec: dict[str, Any] = json.loads(self.spec)
        return spec


def figure(
    name: str,
    spec: Mapping[str, Any],
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    course: bool = False,
    sources: Sequence[str] = (),
) -> Figure:
    """Return the figure of a spec, with the house's look."""
    full = {
        "$schema": SCHEMA,
        "description": caption,
        "background": "white",
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                "labelColor": QUIET, "titleColor": QUIET, "gridColor": HAIR, "domainColor": HAIR, "tickColor": HAIR,
                "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "labelLimit": 260,
            },
            "text": {"color": INK, "fontSize": 12},
        },
        **spec,
    }  # fmt: skip
    return Figure(
        name=name,
        spec=json.dumps(full, sort_keys=True, ensure_ascii=False),
        caption=caption,
        columns=tuple(columns),
        rows=tuple(tuple(row) for row in rows),
        course=course,
        sources=tuple(sources),
    )


def svg(one: Figure) -> str | None:
    """Return the figure drawn, or None where the extra ``report`` is not installed."""
    try:
        import vl_convert
    except ImportError:
        return None
    _with_some_input()
    drawn: str = vl_convert.vegalite_to_svg(one.vega_lite(), vl_version="6.4")
    return drawn


def _with_some_input() -> None:
    """Give a process without a standard input an empty one: what draws looks at it, and dies of none."""
    try:
        os.fstat(0)
    except OSError:
        os.open(os.devnull, os.O_RDONLY)  # the lowest free number, which is 0
