"""Which treatment of drift forecasts best, month by month: a moving intercept, or a static fit whose prior forgets.

Each month is forecast from the incidents whose label was known by then, a stated number of months after their start.
All ways share the facts, the scales of their effects and the rows; each is fitted anew every month. To make that
cheap the posterior is taken as normal around its mode, with scales held at their priors' values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from cybercoercion.fit.origin.design import CONTRAST, KINDS, Array, Index, Rows
from cybercoercion.fit.origin.laplace import Fit, fit_kinds, softmax
from cybercoercion.fit.training import TrainingEpisode
from cybercoercion.knowledge import Knowledge

STATIC, WALK, COUNTS, EXCESS = "static", "damped random walk", "forgotten counts", "forgotten excess"
WAYS = (STATIC, WALK, COUNTS, EXCESS)
CLIP = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftScore:
    """How one way forecast the months.

    Attributes
    ----------
    way : one of ``WAYS``
    lag : months from the start of an incident until its label is known
    half_life : months; for the ways that forget, chosen on the months before the scored ones
    log_loss : nats a row
    difference, error : nats a row; to the static fit, with a standard error clustered by month
    rows : how many were scored

    """

    way: str
    lag: int
    half_life: float | None
    log_loss: float
    difference: float
    error: float
    rows: int


def months(episodes: Iterable[TrainingEpisode]) -> Index:
    """Return when the episodes started, dims ``(row,)``, in months since the year 0; -1 where nobody knows."""
    return np.array([-1 if e.start is None else 12 * e.start.year + e.start.month for e in episodes], dtype=np.intp)


def drift_scores(
    rows: Rows,
    month: Index,
    knowledge: Knowledge,
    *,
    lag: int = 1,
    scored: tuple[int, int] = (2014, 2020),
    tuned: tuple[int, int] = (2010, 2013),
) -> tuple[DriftScore, ...]:
    """Score every way on the months of the scored years; half-lives are chosen on the years before.

    A static fit with a prior that forgets multiplies p(kind | facts) by what was seen lately over what was expected:
    ``(k q + sum w y) / (k q + sum w m)``, w = 2^(-age / half-life), k the strength of the prior, q the shares of all
    known rows. For counts, m is q itself; for the excess, m is what the facts of those rows foretold.

    Parameters
    ----------
    rows : rows with kind and year
    month : Index, dims ``(row,)``; as of ``months``
    knowledge : scales ``learning.origin.*`` and half-lives ``learning.origin.drift.*``
    lag, scored, tuned : months; first and last years

    """
    usable = (rows.kind >= 0) & (rows.year >= 0)
    rows, month = rows.take(usable), month[usable]
    lives = tuple(knowledge.quantities[f"learning.origin.drift.half_life.{name}"].value for name in LIVES)
    early = _losses(rows, month, knowledge, lag, tuned, ways=(COUNTS, EXCESS), lives=lives)
    best = {way: lives[int(np.argmin([early[way, life][1].mean() for life in lives]))] for way in (COUNTS, EXCESS)}
    late = _losses(rows, month, knowledge, lag, scored, ways=WAYS, lives=tuple(set(best.values())))
    at, reference = late[STATIC, None]
    out = []
    for way in WAYS:
        _, loss = late[way, best.get(way)]
        gap = loss - reference
        sums = np.array([(gap[at == m] - gap.mean()).sum() for m in np.unique(at)])
        out.append(
            DriftScore(
                way=way,
                lag=lag,
                half_life=best.get(way),
                log_loss=float(loss.mean()),
                difference=float(gap.mean()),
                error=float(np.sqrt((sums**2).sum()) / len(gap)),
                rows=len(gap),
            )
        )
    return tuple(out)


LIVES = ("quarter", "half_year", "year", "two_years", "three_years", "five_years", "ten_years")


def _losses(
    rows: Rows,
    month: Index,
    knowledge: Knowledge,
    lag: int,
    years: tuple[int, int],
    *,
    ways: Sequence[str],
    lives: Sequence[float],
) -> dict[tuple[str, float | None], tuple[Index, Array]]:
    """Return for each way and half-life the months and losses of the rows, in the order of the months."""
    strength = knowledge.quantities["learning.origin.drift.strength"].value
    losses: dict[tuple[str, float | None], list[Array]] = {}
    months = []
    for now in range(12 * years[0] + 1, 12 * years[1] + 13):
        known, asked = month <= now - lag, month == now
        if not asked.any() or not known.any():
            continue
        months.append(month[asked])
        past, todo, age = rows.take(known), rows.take(asked), now - month[known]

        def add(way: str, life: float | None, p: Array, kind: Index = todo.kind) -> None:
            q = np.clip(p, CLIP, None)
            q /= q.sum(-1, keepdims=True)
            losses.setdefault((way, life), []).append(-np.log(q[np.arange(len(kind)), kind]))

        still = fit_kinds(past, knowledge, moving=False)
        p = still.probabilities(todo)
        if STATIC in ways:
            add(STATIC, None, p)
        if WALK in ways:
            add(WALK, None, fit_kinds(past, knowledge, moving=True).probabilities(todo))
        for life in lives:
            for way in {COUNTS, EXCESS} & set(ways):
                factor = _factor(still, past, age, life, strength, excess=way == EXCESS)
                add(way, life, p * factor / (p * factor).sum(-1, keepdims=True))
    at = np.concatenate(months)
    return {key: (at, np.concatenate(parts)) for key, parts in losses.items()}


def _factor(still: Fit, past: Rows, age: Index, life: float, strength: float, *, excess: bool) -> Array:
    """Return seen over expected of each kind, recent months counting most, dims ``(kind,)``."""
    weight = 0.5 ** (age / life)
    hit = np.asarray(past.kind[:, None] == np.arange(len(KINDS)), dtype=np.float64)
    share = (hit.sum(0) + 1 / len(KINDS)) / (len(hit) + 1)
    foretold = softmax(still.score(past) @ CONTRAST.T) if excess else np.broadcast_to(share, hit.shape)
    return np.asarray((strength * share + weight @ hit) / (strength * share + weight @ foretold))
