"""Where margins change sign: by hand, by a fine grid, by search, with jumps and values that cannot be asked for."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from cybercoercion.sensitivity.threshold.crossing import Course, Lines, lines, searched, solved
from cybercoercion.sensitivity.threshold.margin import Levels


def levels(**values: float) -> Levels:
    """Return one level per option."""
    return Levels(names=tuple(values), options=tuple(values), values=np.array(list(values.values())))


def said(course: Course) -> list[tuple[float, float, bool]]:
    """Return the stretches of a course: from, to, and whether the pick leads."""
    return [(one.low, one.high, one.holds) for one in course.stretches]


def test_three_plans_flip_where_the_arithmetic_says() -> None:
    """Acting at 10 - 2 x, waiting at 4, talking at x: acting leads from 10/3 on, waiting never, talking before."""
    # 10 - 2 x = x at x = 10 / 3, where both cost 3.33 and waiting costs 4; 10 - 2 x = 4 at x = 3, where talking has 3
    piece = Lines(
        low=0.0,
        high=8.0,
        options=("act", "wait", "talk"),
        start=np.array([10.0, 4.0, 0.0]),
        slope=np.array([-2.0, 0.0, 1.0]),
    )
    found = solved([piece], "act")
    assert_allclose([found.stretches[0].high, found.stretches[1].low], 10 / 3, rtol=1e-15)
    assert [one.holds for one in found.stretches] == [False, True]
    assert found.stretches[0].leaders == ("talk", "talk")
    assert found.smooth == (True,)
    assert found.searched == (0.0, 8.0)
    # at 0: the cheapest other costs 0, acting costs 10
    assert (found.smallest, found.smallest_at) == (-10.0, 0.0)


def test_an_option_with_two_variants_leads_at_both_ends() -> None:
    """Acting mildly costs x, acting boldly 10 - x, waiting 3: waiting leads from 3 to 7 only."""
    piece = Lines(
        low=-math.inf,
        high=math.inf,
        options=("act", "act", "wait"),
        start=np.array([0.0, 10.0, 3.0]),
        slope=np.array([1.0, -1.0, 0.0]),
    )
    assert said(solved([piece], "act")) == [(-math.inf, 3.0, True), (3.0, 7.0, False), (7.0, math.inf, True)]
    assert said(solved([piece], "wait")) == [(-math.inf, 3.0, False), (3.0, 7.0, True), (7.0, math.inf, False)]


def test_a_margin_that_jumps_between_pieces_is_no_zero() -> None:
    """A rival that comes into being at 2 with a lower cost flips the choice there, and the margin jumps."""
    before = Lines(low=0.0, high=2.0, options=("act",), start=np.array([1.0]), slope=np.array([0.0]))
    after = Lines(low=2.0, high=4.0, options=("act", "wait"), start=np.array([1.0, 0.5]), slope=np.zeros(2))
    found = solved([before, after], "act")
    assert said(found) == [(0.0, 2.0, True), (2.0, 4.0, False)]
    assert found.smooth == (False,)


def test_equal_levels_are_no_flip() -> None:
    """Where a rival costs the same everywhere, the pick stays; the smallest margin is 0."""
    piece = Lines(low=0.0, high=1.0, options=("act", "wait"), start=np.zeros(2), slope=np.ones(2))
    found = solved([piece], "act")
    assert said(found) == [(0.0, 1.0, True)]
    assert found.smallest == 0


def test_lines_go_through_both_answers() -> None:
    """Two answers give every level as a line, in whatever order they come; what only one of them has is left out."""
    first = Levels(names=("a", "b", "c"), options=("a", "b", "c"), values=np.array([1.0, 2.0, 9.0]))
    second = Levels(names=("b", "a"), options=("b", "a"), values=np.array([6.0, 3.0]))
    found = lines(0.0, 10.0, (2.0, first), (4.0, second))
    assert found.options == ("a", "b")
    assert_allclose(found.at(2.0).values, [1, 2])
    assert_allclose(found.at(4.0).values, [3, 6])
    assert_allclose(found.at(10.0).values, [9, 18])


COSTS = st.lists(st.tuples(st.integers(-20, 20), st.integers(-5, 5)), min_size=3, max_size=6)


@given(COSTS)
def test_solved_stretches_are_those_of_a_fine_grid(table: list[tuple[int, int]]) -> None:
    """On 4,001 values the sign of the margin is the one that was solved for, whatever the lines."""
    options = tuple("act" if row % 2 == 0 else f"other {row}" for row in range(len(table)))
    start, slope = np.array(table, dtype=float).T
    piece = Lines(low=-4.0, high=4.0, options=options, start=start, slope=slope)
    found = solved([piece], "act")
    assert found.stretches[0].low == -4
    assert found.stretches[-1].high == 4
    assert all(one.high == two.low and one.holds != two.holds for one, two in pairwise(found.stretches))
    for value in np.linspace(-4, 4, 4_001):
        margin = piece.at(value).margin("act")
        inside = [one for one in found.stretches if one.low + 1e-9 < value < one.high - 1e-9]
        if inside and abs(margin) > 1e-9:
            assert inside[0].holds == (margin > 0)


@given(COSTS)
def test_search_finds_what_is_solved_for_where_crossings_are_apart(table: list[tuple[int, int]]) -> None:
    """Asked at 401 values, the search closes in on the crossings that the formula gives."""
    options = tuple("act" if row % 2 == 0 else f"other {row}" for row in range(len(table)))
    start, slope = np.array(table, dtype=float).T
    piece = Lines(low=-4.0, high=4.0, options=options, start=start, slope=slope)
    exact = solved([piece], "act")
    grid = np.linspace(-4, 4, 401).tolist()
    close = any(one.high - one.low < 0.03 for one in exact.stretches)
    if close or any(abs(piece.at(value).margin("act")) < 1e-9 for value in grid):
        return  # two crossings between neighbours are not seen, and at a tie nobody has lost
    found = searched(piece.at, grid, "act")
    assert [one.holds for one in found.stretches] == [one.holds for one in exact.stretches]
    assert_allclose([one.high for one in found.stretches], [one.high for one in exact.stretches], atol=1e-8)


def test_search_closes_in_on_a_curve() -> None:
    """exp(x) against 5 flips at ln 5, to ten digits, with the winner beyond it."""
    found = searched(lambda x: levels(act=math.exp(x), wait=5.0), [-3.0, 0.0, 3.0], "act")
    assert_allclose(found.stretches[0].high, math.log(5), rtol=1e-9)
    assert found.stretches[1].leaders == ("wait", "wait")
    assert found.smooth == (True,)


def test_search_tells_a_jump_from_a_zero() -> None:
    """A rival that appears at 1 below the pick is found at 1, and the margin is not zero there."""

    def ask(value: float) -> Levels:
        return levels(act=1.0, wait=2.0) if value < 1 else levels(act=1.0, wait=2.0, talk=0.25)

    found = searched(ask, [-1.0, 0.0, 3.0], "act")
    assert_allclose(found.stretches[0].high, 1, rtol=1e-9)
    assert found.stretches[1].leaders[0] == "talk"
    assert found.smooth == (False,)


def test_an_option_that_vanishes_has_lost() -> None:
    """Where the pick is on no menu any more, it does not lead, and the border is found."""

    def ask(value: float) -> Levels:
        return levels(act=1.0, wait=2.0) if value < 1 else levels(wait=2.0)

    found = searched(ask, [0.0, 3.0], "act")
    assert [one.holds for one in found.stretches] == [True, False]
    assert_allclose(found.stretches[0].high, 1, rtol=1e-9)


def test_a_tie_at_an_asked_value_is_the_border() -> None:
    """Where the pick still ties at one value and loses at the next, the border is found, not refused."""
    found = searched(lambda x: levels(act=0.1 + 0.2, wait=0.3 - max(x, 0.0)), [-1.0, 0.0, 1.0], "act")
    assert [one.holds for one in found.stretches] == [True, False]
    assert_allclose(found.stretches[0].high, 0, atol=1e-9)


def test_what_cannot_be_asked_for_shrinks_the_range() -> None:
    """Values without an answer are left out; with none left, that is said."""
    found = searched(lambda x: levels(act=0.0, wait=x) if x > 0 else None, [-1.0, 0.0, 1.0, 2.0], "act")
    assert found.searched == (1.0, 2.0)
    with pytest.raises(ValueError, match="no value"):
        searched(lambda _: None, [1.0], "act")
