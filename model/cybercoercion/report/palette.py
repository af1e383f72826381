"""The colours of figures: one set on white for screen and print, and its counterpart on a dark ground.

A figure is built once, in light colours; `themed` exchanges them. A response has its shape too: colour is never alone.
"""

from __future__ import annotations

from typing import Any

from cybercoercion.report.figure import Figure

THEMES = ("light", "dark")
# Contrast to the ground is at least 4.8 in the dark; responses stay apart under simulated colour blindness.
DARK = {
    "#FFFFFF": "#14171C", "WHITE": "#14171C", "BLACK": "#E8EAED",
    "#1B1F27": "#E8EAED", "#565E6B": "#A6ADB8", "#D5D9DF": "#3F4650",
    "#1F5AA6": "#8DBBF5", "#00857A": "#3CC2AE", "#A8320F": "#E0592E", "#B98500": "#F4D774", "#5A2E8C": "#9A7DE0",
    "#174A8C": "#8DBBF5", "#5B93D6": "#4C86CC", "#3F4650": "#D5D9DF", "#6B7480": "#9DA5B0", "#8A929D": "#858D99",
    "#8A5A00": "#F4D774", "#FFF6E0": "#2B2410",
}  # fmt: skip
MARKS = ("mark", "area", "bar", "circle", "line", "point", "rect", "rule", "square", "text", "tick", "trail")
DATA = ("data", "datasets", "description")  # may hold what users wrote


def themed(figure: Figure, theme: str) -> dict[str, Any]:
    """Return the Vega-Lite spec of a figure in a theme; its ground is that of the page.

    Examples
    --------
    >>> from cybercoercion.report.figure import figure
    >>> bar = figure("bar", {"mark": {"type": "bar", "color": "#1F5AA6"}}, "A bar.", (), ())
    >>> themed(bar, "dark")["mark"]["color"], themed(bar, "light")["mark"]["color"]
    ('#8DBBF5', '#1F5AA6')
    """
    spec = figure.vega_lite()
    del spec["description"]  # the page gives the caption as the name of the drawing
    if theme == "dark":
        spec = _exchanged(spec)
    # a reader hears the caption and the axes, not eighty marks; the table says the numbers
    config = spec.get("config", {})
    quiet = {mark: config.get(mark, {}) | {"aria": False} for mark in MARKS}
    return spec | {"background": "transparent", "config": config | quiet}


def _exchanged(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: one if key in DATA else _exchanged(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_exchanged(one) for one in value]
    return DARK.get(value.upper(), value) if isinstance(value, str) else value
