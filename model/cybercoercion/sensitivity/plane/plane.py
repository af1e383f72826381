"""Two inputs at once: what expected costs are linear in, and where a linear function of it is zero, in closed form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cybercoercion.sensitivity.plane.polynomial import chebyshev

Array = NDArray[np.float64]


class Plane(Protocol):
    """Two inputs, one swept and one solved for, and the basis that costs are linear in."""

    def basis(self, swept: Array, solved: Array) -> Array:
        """Return what costs are linear in, dims ``(..., basis)``."""
        ...

    def domain(self, swept: float) -> tuple[float, float]:
        """Return the range of the solved input that is possible beside a value of the swept one."""
        ...

    def roots(self, functional: Array, swept: float) -> Array:
        """Return where ``functional @ basis`` is zero along the solved input, dims ``(root,)``; ``(row, basis)`` in."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Linear:
    """A basis linear in both inputs: ``constant + swept x by_swept + solved x by_solved``, dims ``(basis,)`` each.

    ``ends`` are rows of the form ``a + b swept`` between which the solved input may lie, dims ``(2, 2)``, and
    ``low`` and ``high`` its range.

    >>> two = Linear(constant=np.array([0.0, 1.0]), by_swept=np.zeros(2), by_solved=np.array([1.0, -1.0]), high=1.0)
    >>> two.roots(np.array([[-3.0, 1.0]]), 0.0).tolist()
    [0.25]
    """

    constant: Array
    by_swept: Array
    by_solved: Array
    low: float = 0.0
    high: float
    ends: tuple[tuple[float, float], tuple[float, float]] | None = None

    def basis(self, swept: Array, solved: Array) -> Array:
        """Return what costs are linear in, dims ``(..., basis)``."""
        return np.asarray(
            self.constant
            + np.asarray(swept)[..., None] * self.by_swept
            + np.asarray(solved)[..., None] * self.by_solved
        )

    def domain(self, swept: float) -> tuple[float, float]:
        """Return the range of the solved input that is possible."""
        if self.ends is None:
            return self.low, self.high
        first, last = (a + b * swept for a, b in self.ends)
        return max(self.low, first), min(self.high, last)

    def roots(self, functional: Array, swept: float) -> Array:
        """Return where each row is zero."""
        level = functional @ (self.constant + swept * self.by_swept)
        slope = functional @ self.by_solved
        with np.errstate(divide="ignore", invalid="ignore"):
            found = -level / slope
        return np.asarray(found[np.isfinite(found)])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Odds:
    """Two probabilities P(A), swept, and P(B), solved, whose odds ratio ``ratio`` is held.

    The basis are the four cells ``A and B``, ``A not B``, ``B not A``, ``neither``. The table with these margins and
    the odds ratio of the present one is what fitting it to both margins in turn ends in (IPFP), here in closed form:
    ``w (1 - s - t + w) = ratio (s - w)(t - w)``, w the first cell. So an equal-cost line is a quadratic in t.

    >>> held = Odds(ratio=1.0)
    >>> held.basis(np.array(0.5), np.array(0.4)).round(2).tolist()
    [0.2, 0.3, 0.2, 0.3]
    """

    ratio: float
    low: float = 0.0
    high: float = 1.0

    def basis(self, swept: Array, solved: Array) -> Array:
        """Return the four cells, dims ``(..., 4)``."""
        s, t = np.broadcast_arrays(np.asarray(swept, dtype=float), np.asarray(solved, dtype=float))
        both = self._both(s, t)
        return np.stack([both, s - both, t - both, 1 - s - t + both], axis=-1).clip(0)

    def _both(self, s: Array, t: Array) -> Array:
        middle = 1 + (s + t) * (self.ratio - 1)
        root = np.sqrt((middle**2 - 4 * self.ratio * (self.ratio - 1) * s * t).clip(0))
        # two forms of one root: each takes no difference of near equals on its side
        stable = middle > 0
        over = 2 * self.ratio * s * t / np.where(stable, middle + root, 1.0)
        other = (middle - root) / (2 * (self.ratio - 1)) if self.ratio != 1 else over
        return np.asarray(np.where(stable, over, other))

    def domain(self, swept: float) -> tuple[float, float]:  # noqa: ARG002 - any pair of margins is possible
        """Return the range of the solved input: all of it."""
        return self.low, self.high

    def roots(self, functional: Array, swept: float) -> Array:
        """Return where each row is zero."""
        s, ratio = swept, self.ratio
        yes, first, second, neither = functional.T
        level, slope, bend = first * s + neither * (1 - s), second - neither, yes - first - second + neither
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):  # what is no number is no root
            straight = -level / slope
            m, n = -level / bend, -slope / bend
            square = n * (n - 1) * (1 - ratio)
            plain = m * (n - 1) + n * (1 - s + m) - ratio * ((s - m) * (1 - n) + n * m)
            rest = m * (1 - s + m) + ratio * m * (s - m)
            spread = np.sqrt((plain**2 - 4 * square * rest).clip(0))
            half = -(plain + np.where(plain >= 0, spread, -spread)) / 2
            found = np.stack([straight, half / square, rest / half])
        rows = np.broadcast_to(np.arange(len(functional)), found.shape)
        inside = np.isfinite(found) & (found >= self.low) & (found <= self.high)
        found, rows = found[inside], rows[inside]
        for _ in range(4):  # a quadratic that is nearly a line loses digits: take them back
            found = self._nearer(functional[rows], s, found)
        size = np.abs(functional[rows]).max(-1, initial=0.0)
        true = np.abs((functional[rows] * self.basis(np.array(s), found)).sum(-1)) <= 1e-10 * size
        return np.asarray(found[true])

    def _nearer(self, functional: Array, swept: float, solved: Array) -> Array:
        """Return one step of Newton's method, kept inside the range."""
        width = 1e-6
        up, down = np.minimum(solved + width, self.high), np.maximum(solved - width, self.low)
        now, above, below = ((functional * self.basis(np.array(swept), at)).sum(-1) for at in (solved, up, down))
        with np.errstate(divide="ignore", invalid="ignore"):
            step = now * (up - down) / (above - below)
        return np.asarray((solved - np.where(np.isfinite(step), step, 0.0)).clip(self.low, self.high))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Smooth:
    """A solved input that costs are not linear in: the basis are Chebyshev polynomials of it, up to ``order``."""

    order: int
    low: float
    high: float
    widest: tuple[float, float]  # where the polynomials were fitted; holds low and high

    def basis(self, swept: Array, solved: Array) -> Array:
        """Return the polynomials, dims ``(..., basis)``."""
        s, t = np.broadcast_arrays(np.asarray(swept, dtype=float), np.asarray(solved, dtype=float))
        del s
        return chebyshev(t, self.widest, self.order)

    def domain(self, swept: float) -> tuple[float, float]:  # noqa: ARG002 - nothing hangs on it
        """Return the range of the solved input."""
        return self.low, self.high

    def roots(self, functional: Array, swept: float) -> Array:
        """Return where each row is zero: sign changes on a grid, then halved until nothing is left to halve."""
        grid = np.linspace(self.low, self.high, 129)
        values = functional @ self.basis(np.array(swept), grid).T
        row, at = np.nonzero(np.sign(values[:, :-1]) * np.sign(values[:, 1:]) < 0)
        left, right, sign = grid[at], grid[at + 1], np.sign(values[row, at])
        for _ in range(52):
            middle = (left + right) / 2
            same = np.sign((functional[row] * self.basis(np.array(swept), middle)).sum(-1)) == sign
            left, right = np.where(same, middle, left), np.where(same, right, middle)
        exact = grid[np.nonzero(values == 0)[1]]
        return np.concatenate([(left + right) / 2, exact])
