"""Figures of the notebooks: dots with ranges, before and after, opinions and their pools, counts, days and years.

Every figure carries a caption that says what to conclude. Fill, shape and line style tell things apart, so that a
page printed in black and white says the same. matplotlib is loaded only when a figure is drawn.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from cybercoercion.fit.elicitation.elicited import Elicited
    from cybercoercion.fit.elicitation.pool import Pool

Array = NDArray[np.float64]
Range = tuple[float, float, float]  # low, middle, high
INK, QUIET, HAIR = "#1B1F27", "#565E6B", "#D5D9DF"
STYLE: Any = {
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": QUIET,
    "xtick.color": QUIET,
    "ytick.color": INK,
    "axes.grid.axis": "x",
    "grid.color": HAIR,
    "font.size": 9.5,
    "figure.dpi": 110,
}
LINES: tuple[Any, ...] = ("--", ":", "-.", (0, (5, 1, 1, 1, 1, 1)))
MARKERS = ("o", "s", "^", "D")
WIDTH = 7.4  # inches
LETTERS = 100  # of a caption's line


def ranges(rows: Mapping[str, Range], *, xlabel: str, caption: str, zero: float | None = None) -> Figure:
    """Return one line per row: a dot for the middle, a bar from low to high, the numbers' order kept."""
    figure, axes = _canvas(0.24 * len(rows) + 0.9)
    for place, (low, middle, high) in enumerate(rows.values()):
        axes.plot([low, high], [place, place], color=QUIET, linewidth=3, alpha=0.45, solid_capstyle="butt")
        axes.plot(middle, place, "o", color=INK, markersize=5.5)
    _named_rows(axes, list(rows), xlabel)
    if zero is not None:
        axes.axvline(zero, color=QUIET, linewidth=0.8)
    return _captioned(figure, caption)


def predicted(rows: Mapping[str, tuple[Range, float]], *, xlabel: str, caption: str) -> Figure:
    """Return one line per row: a bar for the predicted range, a tick for its middle, a diamond for what was seen."""
    figure, axes = _canvas(0.24 * len(rows) + 1.2)
    for place, ((low, middle, high), seen) in enumerate(rows.values()):
        axes.plot([low, high], [place, place], color=QUIET, linewidth=5, alpha=0.35, solid_capstyle="butt")
        axes.plot(middle, place, "|", color=INK, markersize=9)
        axes.plot(seen, place, "D", color=INK, markersize=5, markerfacecolor="none" if low <= seen <= high else INK)
    _named_rows(axes, list(rows), xlabel)
    axes.plot([], [], color=QUIET, linewidth=5, alpha=0.35, label="predicted, 5-95 %")
    axes.plot([], [], "D", color=INK, markersize=5, markerfacecolor="none", label="seen (filled: outside)")
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False)
    return _captioned(figure, caption)


def before_after(
    rows: Mapping[str, tuple[float, float]], names: tuple[str, str], *, xlabel: str, caption: str
) -> Figure:
    """Return one line per row: hollow before, filled after, a line between."""
    figure, axes = _canvas(0.24 * len(rows) + 1.2)
    for place, (before, after) in enumerate(rows.values()):
        axes.plot([before, after], [place, place], color=QUIET, linewidth=1)
        axes.plot(before, place, "o", markerfacecolor="white", markeredgecolor=INK, markersize=6)
        axes.plot(after, place, "o", color=INK, markersize=6)
    _named_rows(axes, list(rows), xlabel)
    axes.plot([], [], "o", markerfacecolor="white", markeredgecolor=INK, label=names[0])
    axes.plot([], [], "o", color=INK, label=names[1])
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False)
    return _captioned(figure, caption)


def opinions(experts: Sequence[Elicited], pools: Sequence[Pool], *, xlabel: str, caption: str) -> Figure:
    """Return the density of each expert, broken and thin, and of each pool, whole and thick."""
    from cybercoercion.fit.elicitation.density import log_density

    figure, axes = _canvas(2.7)
    low = min(pool.quantile(0.002) for pool in pools)
    high = max(pool.quantile(0.998) for pool in pools)
    x = np.linspace(low, high, 400)
    for k, expert in enumerate(experts):
        style = LINES[k % len(LINES)]
        y = np.exp(log_density(expert.distribution, x))
        axes.plot(x, y, color=INK, linewidth=1.2, linestyle=style, label=f"{expert.expert}, by {expert.method}")
    for shade, pool in zip((INK, "#9AA1AC"), pools, strict=False):
        axes.plot(x, pool.density(x), color=shade, linewidth=3, label=f"{pool.kind} pool")
    axes.set(xlabel=xlabel, yticks=[], ylim=(0, None), xlim=(low, high))
    axes.spines["left"].set_visible(False)
    axes.legend(frameon=False)
    return _captioned(figure, caption)


def counts(rows: Mapping[str, Array], *, xlabel: str, caption: str) -> Figure:
    """Return how probable each count is, one series of markers per name, dims ``(count,)`` each."""
    figure, axes = _canvas(2.5)
    for k, (name, probabilities) in enumerate(rows.items()):
        fill = {"markerfacecolor": "white"} if k % 2 else {}
        style = {"color": INK, "linewidth": 0.8, "linestyle": ("-", *LINES)[k % 5], "marker": MARKERS[k % len(MARKERS)]}
        axes.plot(np.arange(len(probabilities)), probabilities, label=name, **style, **fill)
    axes.set(xlabel=xlabel, ylabel="probability", ylim=(0, None))
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.legend(frameon=False)
    return _captioned(figure, caption)


def spread(values: Array, *, xlabel: str, caption: str, mark: tuple[str, float] | None = None) -> Figure:
    """Return a histogram of shares, with one value marked by a line."""
    figure, axes = _canvas(2.1)
    axes.hist(values, bins=np.linspace(0, 1, 41), color=HAIR, edgecolor=QUIET, linewidth=0.8)
    axes.set(xlabel=xlabel, ylabel="sets", xlim=(0, 1))
    if mark is not None:
        axes.axvline(mark[1], color=INK, linewidth=2)
        side = "right" if mark[1] > 0.5 else "left"
        room = {"xytext": (-6 if side == "right" else 6, 0), "textcoords": "offset points"}
        axes.annotate(mark[0], (mark[1], axes.get_ylim()[1]), va="top", ha=side, **room)
    return _captioned(figure, caption)


def days(rows: Mapping[str, Sequence[tuple[date, Range]]], *, ylabel: str, caption: str) -> Figure:
    """Return how probabilities moved from one day with news to the next, evenly spaced: a step and its band each."""
    figure, axes = _canvas(2.8)
    for k, (name, points) in enumerate(rows.items()):
        low, middle, high = np.array([point for _, point in points]).T
        place = np.arange(len(points))
        shade = {"color": QUIET, "alpha": 0.28} if k == 0 else {"facecolor": "none", "edgecolor": QUIET, "hatch": "///"}
        axes.fill_between(place, low, high, linewidth=0, **shade)
        axes.plot(place, middle, color=INK, linestyle=("-", *LINES)[k % 5], marker=MARKERS[k], label=name)
    when = [day for day, _ in next(iter(rows.values()))]
    axes.set_xticks(range(len(when)), [f"{day.day} {day:%b}\n{day.year}" for day in when], fontsize=8)
    axes.set(ylabel=ylabel, ylim=(0, 1))
    axes.legend(frameon=False, loc="lower right")
    return _captioned(figure, caption)


def years(rows: Mapping[str, Mapping[int, Range]], *, last: int, ylabel: str, caption: str) -> Figure:
    """Return one panel per name: its range by year, hatched after the last year that was seen."""
    import matplotlib.pyplot as plt

    with plt.rc_context({**STYLE, "axes.grid": True, "axes.grid.axis": "y"}):
        figure, panels = plt.subplots(1, len(rows), figsize=(WIDTH, 2.4), sharey=True, layout="constrained")
    for axes, (name, course) in zip(np.atleast_1d(panels), rows.items(), strict=True):
        when = np.array(list(course))
        low, middle, high = np.array(list(course.values())).T
        known, ahead = when <= last, when >= last
        axes.fill_between(when[known], low[known], high[known], color=QUIET, alpha=0.28, linewidth=0)
        axes.fill_between(when[ahead], low[ahead], high[ahead], facecolor="none", edgecolor=QUIET, hatch="///")
        axes.plot(when[known], middle[known], color=INK)
        axes.plot(when[ahead], middle[ahead], color=INK, linestyle="--")
        axes.set_title(name, fontsize=9.5, color=INK)
        axes.set_axisbelow(True)
        axes.xaxis.get_major_locator().set_params(integer=True, nbins=3)
    np.atleast_1d(panels)[0].set(ylabel=ylabel, ylim=(0, None))  # once all is drawn: panels share the axis
    return _captioned(figure, caption)


def plotted(collection: Any, *, caption: str) -> Figure:
    """Return the figure of an ArviZ plot, with a caption, so that a notebook shows it once."""
    figure: Figure = collection.viz["figure"].item()
    figure.set_layout_engine("constrained")
    return _captioned(figure, caption)


def _canvas(height: float) -> tuple[Figure, Any]:
    import matplotlib.pyplot as plt

    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(figsize=(WIDTH, height), layout="constrained")
    return figure, axes


def _named_rows(axes: Any, names: Sequence[str], xlabel: str) -> None:
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=True, axis="x")
    axes.set_axisbelow(True)
    axes.set_xlabel(xlabel)


def _captioned(figure: Figure, caption: str) -> Figure:
    """Print the conclusion under the figure, and close it: a notebook shows what a cell returns, once."""
    import matplotlib.pyplot as plt

    figure.supxlabel("\n".join(textwrap.wrap(caption, LETTERS)), x=0.01, ha="left", fontsize=9.5, color=INK)
    plt.close(figure)
    return figure
