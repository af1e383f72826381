"""Two inputs at once: closed forms by hand, against fitting to margins, grids and the definition of a root."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cybercoercion.sensitivity.plane.plane import Linear, Odds, Smooth
from cybercoercion.sensitivity.plane.polynomial import chebyshev, enough, fitted
from cybercoercion.sensitivity.plane.regions import lines, pieces, slices
from cybercoercion.sensitivity.plane.surface import Surface

SHARES = st.floats(0.02, 0.98)


def mixed(cost: list[list[list[float]]], place: list[int], share: float = 0.5) -> Surface:
    """Return plans over a belief p in one candidate of two, and a price s: ``(free + s x extra)`` by state, USD."""
    table = np.array(cost)  # (plan, state, free or extra)
    names = tuple(f"plan {row}" for row in range(len(table)))
    return Surface(
        options=names,
        names=names,
        option_of=np.arange(len(table)),
        place=np.array(place),
        plane=Linear(constant=np.array([0.0, 1.0]), by_swept=np.zeros(2), by_solved=np.array([1.0, -1.0]), high=1.0),
        table=lambda s: table[None, :, :, 0] + s[:, None, None] * table[None, :, :, 1],
        candidates=np.eye(2),
        share=share,
    )


def test_a_boundary_by_hand() -> None:
    """Acting gains 10 if right and loses 30 s if wrong: it pays from p* = 30 s / (10 + 30 s), 3/4 at face value."""
    surface = mixed([[[0, 0], [0, 0]], [[-10, 0], [0, 30]]], place=[-1, -1])
    found = slices(surface, 0.0, 2.0, 9)
    (line,) = lines(surface, found)
    assert line.equal
    assert line.between == (0, 1)
    inner = line.swept > 0
    assert line.solved[inner] == pytest.approx(30 * line.swept[inner] / (10 + 30 * line.swept[inner]), abs=1e-14)
    assert surface.slice(1.0).ends.tolist() == [0.0, pytest.approx(0.75), 1.0]
    assert surface.slice(0.0).best == (1,)


def test_pieces_cover_the_map_and_touch() -> None:
    """The pieces of all regions cover the whole map: their areas sum to it, whatever is born or ends inside."""
    surface = mixed([[[0, 0], [0, 0]], [[-10, 0], [0, 30]], [[-4, 1], [-4, 1]]], place=[-1, -1, -1])
    found = slices(surface, 0.0, 5.0, 7)
    whole = sum(np.trapezoid(piece.high - piece.low, piece.swept) for piece in pieces(found))
    assert whole == pytest.approx(5.0)
    # 4 - s is gained for sure: less than nothing from s = 4 on, so its region ends there
    third = [piece for piece in pieces(found) if piece.option == 2]
    assert max(piece.swept.max() for piece in third) == pytest.approx(4.0, abs=1e-7)
    across = [line for line in lines(surface, found) if set(line.between) == {0, 2}]
    assert [line.equal for line in across] == [True]
    assert across[0].swept == pytest.approx([4.0, 4.0], abs=1e-12)


def test_whom_nobody_may_accuse_bounds_a_region() -> None:
    """A lever aimed at the first of two stands from p >= (1 - p) / 2 on, p = 1/3; costs jump there."""
    surface = mixed([[[0, 0], [0, 0]], [[-10, 0], [-1, 0]]], place=[-1, 0])
    one = surface.slice(1.0)
    assert one.best == (0, 1)
    assert one.ends[1] == pytest.approx(1 / 3)
    assert one.equal == (False,)


def test_the_odds_ratio_by_hand() -> None:
    """Cells .4 .1 .2 .3 have the ratio .4 x .3 / (.1 x .2) = 6; margins .5 and .6 give them back."""
    held = Odds(ratio=6.0)
    assert held.basis(np.array(0.5), np.array(0.6)) == pytest.approx([0.4, 0.1, 0.2, 0.3])


@given(s=SHARES, t=SHARES, cells=st.tuples(*[st.floats(0.01, 1.0)] * 4))
def test_held_odds_are_what_fitting_to_both_margins_ends_in(s: float, t: float, cells: tuple[float, ...]) -> None:
    """Rows and columns scaled in turn to new margins (IPFP) end in the closed form."""
    table = np.array(cells).reshape(2, 2)
    ratio = table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0])
    for _ in range(3_000):
        table = table * (np.array([s, 1 - s]) / table.sum(1))[:, None]
        table = table * (np.array([t, 1 - t]) / table.sum(0))
        if abs(table.sum(1)[0] - s) < 1e-13:
            break
    assert Odds(ratio=ratio).basis(np.array(s), np.array(t)) == pytest.approx(table.ravel(), abs=1e-7)


@given(
    s=SHARES,
    ratio=st.floats(0.02, 50.0),
    weights=st.tuples(*[st.floats(-5.0, 5.0)] * 4),
)
def test_roots_of_held_odds_are_all_roots(s: float, ratio: float, weights: tuple[float, ...]) -> None:
    """Every root is one, and wherever a fine grid changes sign there is one."""
    held, row = Odds(ratio=ratio), np.array([weights])
    roots = held.roots(row, s)
    size = np.abs(row).max()
    assert np.abs(held.basis(np.array(s), roots) @ row[0]).max(initial=0.0) <= 1e-9 * max(size, 1e-300)
    grid = np.linspace(0.0, 1.0, 2_001)
    values = held.basis(np.array(s), grid) @ row[0]
    for (a, before), (b, after) in pairwise(zip(grid, values, strict=True)):
        if before * after < 0 and min(abs(before), abs(after)) > 1e-7 * size:
            assert ((roots >= a - 1e-9) & (roots <= b + 1e-9)).any()


def test_chebyshev_gives_back_a_smooth_function() -> None:
    """An exponential is met to 1e-11 between the nodes, with few of them, and its crossing with a line is found."""
    ends = (0.0, 3.0)
    order = enough(lambda x: np.array([np.exp(-x), x]), ends)
    fit = fitted(lambda x: np.array([np.exp(-x), x]), ends, order)
    at = np.linspace(*ends, 50)
    assert chebyshev(at, ends, order) @ fit[:, 0] == pytest.approx(np.exp(-at), abs=1e-11)
    plane = Smooth(order=order, low=0.0, high=3.0, widest=ends)
    (root,) = plane.roots((fit[:, 0] - fit[:, 1])[None], 0.0)
    assert root == pytest.approx(0.5671432904097838, abs=1e-10)  # x = exp(-x): the omega constant
    with pytest.raises(ValueError, match="not smooth"):
        enough(lambda x: np.array([float(x > 1.234)]), ends)
