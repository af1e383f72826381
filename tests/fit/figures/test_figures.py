"""Figures of the notebooks: the numbers go where they belong, and the conclusion stands below."""

from __future__ import annotations

from datetime import date
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

from cybercoercion.fit import figures
from cybercoercion.fit.elicitation import from_quantiles, linear_pool, log_pool

CAPTION = "What to conclude."


def axes_of(figure: Any) -> Any:
    """Return the only axes of a figure, after checking that the caption stands below."""
    assert figure.get_supxlabel() == CAPTION
    (axes,) = figure.axes
    return axes


def names(axes: Any) -> list[str]:
    """Return the names of the rows from top to bottom."""
    assert axes.yaxis_inverted()
    return [label.get_text() for label in axes.get_yticklabels()]


def test_ranges_stand_in_the_given_order() -> None:
    """Each row has a bar from low to high and a dot, the first row on top."""
    axes = axes_of(figures.ranges({"b": (0.1, 0.2, 0.4), "a": (0, 1, 2)}, xlabel="x", caption=CAPTION, zero=0.0))
    assert names(axes) == ["b", "a"]
    assert axes.lines[0].get_xdata().tolist() == [0.1, 0.4]
    assert axes.lines[1].get_xdata().tolist() == [0.2]


def test_before_is_hollow_and_after_is_filled() -> None:
    """Black and white print tells before from after."""
    axes = axes_of(figures.before_after({"a": (0.1, 0.9)}, ("before", "after"), xlabel="x", caption=CAPTION))
    _, before, after = axes.lines[:3]
    assert (before.get_xdata()[0], before.get_markerfacecolor()) == (0.1, "white")
    assert (after.get_xdata()[0], after.get_markerfacecolor()) == (0.9, figures.INK)
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["before", "after"]


def test_every_expert_and_pool_is_drawn() -> None:
    """Experts differ in line style, pools are thicker than experts."""
    experts = [from_quantiles("logit-normal", 0.1, 0.4, expert=name) for name in "ABC"]
    pools = [linear_pool(experts), log_pool(experts)]
    axes = axes_of(figures.opinions(experts, pools, xlabel="x", caption=CAPTION))
    assert len({line.get_linestyle() for line in axes.lines[:3]}) == 3
    assert max(line.get_linewidth() for line in axes.lines[:3]) < min(line.get_linewidth() for line in axes.lines[3:])
    assert axes.lines[0].get_label() == "A, by quantiles"


def test_counts_have_a_marker_each() -> None:
    """Series of counts differ in marker, and counts are whole numbers."""
    axes = axes_of(figures.counts({"a": np.ones(3) / 3, "b": np.array([1.0, 0, 0])}, xlabel="n", caption=CAPTION))
    assert [line.get_marker() for line in axes.lines] == ["o", "s"]
    assert axes.lines[0].get_xdata().tolist() == [0, 1, 2]


def test_a_mark_stands_at_its_value() -> None:
    """The marked value of a histogram is a line at that value."""
    axes = axes_of(figures.spread(np.array([0.2, 0.3]), xlabel="p", caption=CAPTION, mark=("here", 0.8)))
    assert axes.lines[0].get_xdata() == [0.8, 0.8]


def test_days_are_named_and_evenly_spaced() -> None:
    """Each day with news has its place and its name."""
    points = [(date(2014, 6, 5), (0.1, 0.2, 0.3)), (date(2014, 12, 16), (0.4, 0.5, 0.6))]
    axes = axes_of(figures.days({"coercion": points}, ylabel="p", caption=CAPTION))
    assert [label.get_text() for label in axes.get_xticklabels()] == ["5 Jun\n2014", "16 Dec\n2014"]
    assert axes.lines[0].get_ydata().tolist() == [0.2, 0.5]


@pytest.mark.parametrize("words", [10, 60])
def test_captions_are_broken_into_lines(words: int) -> None:
    """No line of a caption is longer than the figure is wide."""
    figure = figures.ranges({"a": (0, 1, 2)}, xlabel="x", caption=" ".join(["conclusion"] * words))
    assert max(map(len, figure.get_supxlabel().split("\n"))) <= figures.LETTERS


def test_what_was_seen_is_filled_where_it_was_not_predicted() -> None:
    """A diamond is hollow inside the predicted range, and filled outside of it."""
    rows = {"in": ((0.1, 0.2, 0.4), 0.3), "out": ((0.1, 0.2, 0.4), 0.5)}
    axes = axes_of(figures.predicted(rows, xlabel="x", caption=CAPTION))
    assert names(axes) == ["in", "out"]
    diamonds = [line for line in axes.lines if line.get_marker() == "D" and len(line.get_xdata())]
    assert [(line.get_xdata()[0], line.get_markerfacecolor()) for line in diamonds] == [
        (0.3, "none"),
        (0.5, figures.INK),
    ]


def test_years_that_nobody_saw_are_broken_lines() -> None:
    """Each name has a panel; its line is whole up to the last year that was seen, and broken after it."""
    course = dict.fromkeys((2019, 2020, 2021), (0.1, 0.2, 0.3))
    higher = dict.fromkeys((2019, 2020, 2021), (0.7, 0.8, 0.9))
    figure = figures.years({"state": course, "unknown": higher}, last=2020, ylabel="share", caption=CAPTION)
    assert figure.get_supxlabel() == CAPTION
    assert [axes.get_title() for axes in figure.axes] == ["state", "unknown"]
    assert all(axes.get_ylim()[1] > 0.9 for axes in figure.axes)
    known, ahead = figure.axes[0].lines
    assert (known.get_xdata().tolist(), known.get_linestyle()) == ([2019, 2020], "-")
    assert (ahead.get_xdata().tolist(), ahead.get_linestyle()) == ([2020, 2021], "--")
