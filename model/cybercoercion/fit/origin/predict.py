"""Which kind of actor is behind an incident, and whether it is claimed: probabilities from draws, numpy only.

Probabilities are averages over draws, each with its own future: beyond the last year of the fit the damped random walk
goes on with new steps, so that a forecast grows less sure with the years. The steps are the same in every call.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from cybercoercion.fit.origin.design import CONTRAST, KINDS, Array, Index, Rows

BLOCK = 200  # rows at a time: 2,000 draws of 200 rows take 16 MB
STREAM = {"claim": 1, "kind": 2, "share": 3}  # future steps of one part do not depend on those of another


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A damped random walk: its long-run mean and its way so far, draws last.

    Attributes
    ----------
    first : the first year
    base : Array, dims ``(contrast, draw)``; nats
    path : Array, dims ``(year, contrast, draw)``; nats from the base
    persistence : Array, dims ``(draw,)``; what is left of a deviation after a year
    innovation : Array, dims ``(contrast, draw)``; standard deviation of the step a year
    stream : int; which future steps are drawn

    """

    first: int
    base: Array
    path: Array
    persistence: Array
    innovation: Array
    stream: int

    def until(self, year: int) -> Array:
        """Return the deviations from the base up to a year, dims ``(year, contrast, draw)``, in nats."""
        rng = np.random.default_rng(self.stream)
        path = [*self.path]
        while self.first + len(path) <= year:
            path.append(self.persistence * path[-1] + self.innovation * rng.normal(size=self.innovation.shape))
        return np.array(path)

    def at(self, years: Index) -> Array:
        """Return base plus deviation in each year, dims ``(row, contrast, draw)``; the base alone where none is known.

        Before the first year stands the first.
        """
        path = self.until(int(years.max(initial=self.first)))
        deviation = path[np.maximum(years - self.first, 0)]
        return np.asarray(self.base + np.where((years >= 0)[:, None, None], deviation, 0.0))


def kind_probabilities(draws: xr.Dataset, rows: Rows, *, claim: bool) -> Array:
    """Return p(kind | facts, year), with or without the claim, dims ``(row, kind)``.

    With ``claim``, p(kind | facts, claim); without it, or where it is missing, the claim is summed out:
    sum_c p(c | facts) p(kind | facts, c). A level that the fit does not know contributes nothing.
    """
    return np.concatenate([_kinds(draws, part, claim=claim) for part in _blocks(rows)])


def claimed_probabilities(draws: xr.Dataset, rows: Rows) -> Array:
    """Return p(claim | facts, year), dims ``(row, claim)``, the claims being no and yes."""
    yes = np.concatenate([_claimed(draws, part).mean(-1) for part in _blocks(rows)])
    return np.stack([1 - yes, yes], axis=-1)


def kind_share(draws: xr.Dataset, year: int) -> Array:
    """Return how large a share each kind has of the incidents of a year, dims ``(kind, draw)``; later years too."""
    return _softmax(CONTRAST @ walk(draws, "share").at(np.array([year]))[0], axis=0)


def long_run_share(draws: xr.Dataset) -> Array:
    """Return the shares to which those of the years return, dims ``(kind, draw)``."""
    return _softmax(CONTRAST @ walk(draws, "share").base, axis=0)


def claimed_share(draws: xr.Dataset) -> Array:
    """Return how often each kind claims, p(claimed | kind), dims ``(kind, draw)``.

    Claiming is in part how a kind is recognised: whoever takes likelihood ratios from these shares caps them.
    """
    return _values(draws, "share_claimed", "kind")


def walk(draws: xr.Dataset, part: str) -> Walk:
    """Return how the base rate of a part moves: of "claim", of "kind" given facts, or of its "share" without facts."""
    dims = () if part == "claim" else ("contrast",)
    base, path = _values(draws, f"{part}_base", *dims), _values(draws, f"{part}_path", "year", *dims)
    innovation = _values(draws, f"{part}_innovation", *dims)
    if not dims:
        base, path, innovation = base[None], path[:, None], innovation[None]
    return Walk(
        first=int(draws["year"].to_numpy()[0]),
        base=base,
        path=path,
        persistence=_values(draws, f"{part}_persistence"),
        innovation=innovation,
        stream=STREAM[part],
    )


def _kinds(draws: xr.Dataset, rows: Rows, *, claim: bool) -> Array:
    facts = np.tensordot(rows.design, _effect(draws, rows, "kind_effect", "contrast"), axes=1)
    common = walk(draws, "kind").at(rows.year) + facts
    claimed, meaning = (
        _values(draws, "kind_claim", "contrast"),
        _values(draws, "kind_claimed_operation", "operation", "contrast"),
    )
    turn = claimed / 2 + np.tensordot(rows.operation, meaning, axes=1)
    given = [_softmax(np.einsum("kc,ncs->nks", CONTRAST, common + half * turn), axis=1) for half in (-1, 1)]
    yes = _claimed(draws, rows)[:, None]
    if claim:
        yes = np.where((rows.claim < 0)[:, None, None], yes, np.maximum(rows.claim, 0)[:, None, None])
    joint: Array = (1 - yes) * given[0] + yes * given[1]
    return np.asarray(joint.mean(-1)).reshape(len(rows), len(KINDS))


def _claimed(draws: xr.Dataset, rows: Rows) -> Array:
    log_odds = walk(draws, "claim").at(rows.year)[:, 0] + rows.design @ _effect(draws, rows, "claim_effect")
    return np.asarray(1 / (1 + np.exp(-log_odds)))


def _effect(draws: xr.Dataset, rows: Rows, name: str, *dims: str) -> Array:
    """Return the effects of the rows' levels, in their order; 0 where the fit does not know one."""
    known = {str(level): place for place, level in enumerate(draws["level"].to_numpy())}
    effect = _values(draws, name, "level", *dims)
    nothing = np.zeros_like(effect[:1])
    place = [known.get(level, len(effect)) for level in rows.levels]
    return np.concatenate([effect, nothing])[place]


def _values(draws: xr.Dataset, name: str, *dims: str) -> Array:
    values = draws[name].transpose(*dims, "chain", "draw").to_numpy().astype(np.float64)
    return values.reshape(*values.shape[: len(dims)], -1)


def _blocks(rows: Rows) -> list[Rows]:
    return [rows.take(np.arange(start, min(start + BLOCK, len(rows)))) for start in range(0, max(len(rows), 1), BLOCK)]


def _softmax(score: Array, *, axis: int) -> Array:
    weight = np.exp(score - score.max(axis=axis, keepdims=True))
    return np.asarray(weight / weight.sum(axis=axis, keepdims=True))
