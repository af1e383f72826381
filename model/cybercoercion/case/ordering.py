"""The order of rows that two people changed: a new order of either holds, new rows stay behind their neighbours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

type Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """The order of rows in the base and on either side."""

    base: Ids
    theirs: Ids
    mine: Ids


def common_order(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> Orders | None:
    """Return the orders of the rows that all three have, or None where both sides have all their rows in one order.

    Where the sides only disagree about where rows stand that both of them added, these are in the orders too.

    >>> common_order(["a", "b"], ["b", "new", "a"], ["a", "b"])
    Orders(base=('a', 'b'), theirs=('b', 'a'), mine=('a', 'b'))
    >>> common_order(["a", "b"], ["a", "new", "b"], ["b"]) is None
    True
    """
    old = {*base} & {*theirs} & {*mine}
    for shared in (old, {*theirs} & {*mine}):
        before, one, two = (tuple(name for name in side if name in shared) for side in (base, theirs, mine))
        if one != two:
            return Orders(base=before, theirs=one, mine=two)
    return None


def ordered(rows: Collection[str], theirs: Sequence[str], mine: Sequence[str], side: str | None) -> list[str]:
    """Return the rows in order: those that both sides have as ``side`` has them, others behind whom they stood behind.

    The two sides may be exchanged, ``side`` with them, and the same order comes out.

    >>> ordered(["a", "b", "x", "y"], ["a", "x", "b"], ["b", "y", "a"], "mine")
    ['b', 'y', 'a', 'x']
    """
    shared = {*theirs} & {*mine} & {*rows}
    spine = [name for name in (mine if side == "mine" else theirs) if name in shared]
    runs: dict[str | None, list[list[str]]] = {}
    for one in (theirs, mine):
        for behind, run in _runs(one, shared, rows):
            runs.setdefault(behind, []).append(run)
    found: list[str] = []
    for behind in (None, *spine):
        if behind is not None:
            found.append(behind)
        found += [name for run in sorted(runs.get(behind, ())) for name in run]
    return found


def _runs(
    side: Iterable[str], shared: Collection[str], rows: Collection[str]
) -> Iterator[tuple[str | None, list[str]]]:
    """Yield the rows that only this side has, in runs, each with the shared row that it stands behind."""
    behind: str | None = None
    run: list[str] = []
    for name in side:
        if name in shared:
            if run:
                yield behind, run
            behind, run = name, []
        elif name in rows:
            run.append(name)
    if run:
        yield behind, run
