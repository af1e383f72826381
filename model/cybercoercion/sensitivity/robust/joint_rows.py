"""What a case's joint of states and evidence is as a function of the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief import context
from cybercoercion.belief.engine import joint
from cybercoercion.belief.evidence import in_force, read_evidence
from cybercoercion.belief.network import Network, build_network
from cybercoercion.belief.soft import Room, Weighing, weighings
from cybercoercion.case import Case, Report
from cybercoercion.knowledge import Knowledge
from cybercoercion.knowledge.fitted import EARLY
from cybercoercion.sensitivity.robust.extremes import Linear, Rows
from cybercoercion.vocabulary import INTENTS, KINDS

Array = NDArray[np.float64]
IN_NETWORK = ("intent", "kind", "demanded", "signalling", "objective")
UNUSED = ("second_aim",)  # beside the joint
HALF = 0.5  # how far a row is moved to learn what it does; any share gives the same
STRAIGHT = 1e-9
Label = tuple[str, ...]
Intervals = Mapping[Label, Mapping[str, tuple[float, float]]]
Widening = float | Intervals


@dataclass(frozen=True, kw_only=True, eq=False)
class Joint:
    """The joint of a case with some tables replaced and all else held.

    Held are: how often words come up at all (the noise of a report), by the tables as they are, and stated beliefs, at
    the likelihoods that they came to. Then each term of the joint holds one entry of each table: it is linear in all
    rows of one table together, unless two reports by one channel name a candidate.
    """

    case: Case
    knowledge: Knowledge  # with the tables that this case asks for, and no others
    network: Network
    reports: tuple[Report, ...]
    beliefs: tuple[Weighing, ...]

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The tables that the joint hangs on, base rates of states first."""
        found = tuple(dict.fromkeys(name.removeprefix(EARLY) for name in self.knowledge.asked_tables))
        used = [one for one in found if one not in UNUSED]
        return (*(name for name in IN_NETWORK if name in used), *(one for one in used if one not in IN_NETWORK))

    @cached_property
    def now(self) -> Array:
        """The joint as it is, draws averaged, dims ``(intent, who, demand)``."""
        return self.with_tables({})

    def table(self, name: str) -> Array:
        """Return the rows of a table as they enter the joint, dims ``(*given, state, draw)``."""
        return self.knowledge.table(name, early=EARLY + name in self.knowledge.asked_tables)

    def with_tables(self, replaced: Mapping[str, Array]) -> Array:
        """Return the joint with these rows, dims ``(intent, who, demand)``; they need not sum to one."""
        asked = self.knowledge.asked_tables
        both = {prefix + name: rows for name, rows in replaced.items() for prefix in ("", EARLY)}
        known = self.knowledge.at_rows({name: rows for name, rows in both.items() if name in asked})
        moved_states = any(name in IN_NETWORK for name in replaced)
        network = build_network(self.case, known) if moved_states else self.network
        plausible = {name: getattr(self.network, name) for name in _PLAUSIBLE}
        return self.joint(known, replace(network, _memory={}, **plausible))

    def joint(self, known: Knowledge, network: Network) -> Array:
        """Return the joint for a network, draws averaged, dims ``(intent, who, demand)``."""
        plain = [report for report in self.reports if report.kind == "likelihood"]
        told = read_evidence(self.case, network, known, plain, still=(self.network, self.knowledge))
        factors = Room(self.case, network, known, told).factors(self.beliefs)
        return np.asarray(joint(network, factors).mean(-1))

    def folded(self, by_who: Array) -> Array:
        """Return the joint over actors in one row, dims ``(..., intent x actor x demand)``."""
        axis = by_who.ndim - 2
        out = self.network.fold(by_who, axis)
        return out.reshape(*by_who.shape[: axis - 1], -1)


_PLAUSIBLE = ("plausible_who", "plausible_actor", "plausible_demand")


def joint_of(case: Case, knowledge: Knowledge) -> Joint:
    """Return the joint of a case as a function of rows."""
    known, fitted = knowledge.afresh(), knowledge.fitted
    if fitted is not None and fitted.drift is not None:  # base rates that drift are rows like others once they have
        known = replace(known.at_rows({"kind": context.kind(case, known)}), fitted=replace(fitted, drift=None))
    reports = in_force(case, known)
    network = build_network(case, known)
    beliefs = weighings(case, network, known, reports)
    out = Joint(case=case, knowledge=known, network=network, reports=reports, beliefs=beliefs)
    out.joint(known, network)  # now every table and every noise is remembered
    return out


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TableRows:
    """One table that is only known as far as ``rows`` say, and the joint as a linear function of its entries."""

    name: str
    labels: tuple[Label, ...]  # of rows, by parents
    states: tuple[str, ...]
    linear: Linear
    straight: bool  # whether the joint is linear in the entries, as it should be: measured

    def table(self, here: Joint, entries: Array, widening: Widening) -> Array:
        """Return the table at these entries, dims ``(*given, state, draw)``."""
        return moved(here.table(self.name), entries, _share(widening), self._at(here))

    def _at(self, here: Joint) -> list[int]:
        every = [label for label, _, _ in here.knowledge.tables[self.name].rows()]
        return [every.index(label) for label in self.labels]


def _share(widening: Widening) -> float:
    """Return how much of a row is anything at all: a given share, or all of it where its entries have intervals."""
    return float(widening) if isinstance(widening, int | float) else 1.0


def moved(table: Array, entries: Array, share: float, at: list[int]) -> Array:
    """Return a table with some rows moved: ``row + share (entries - row)``, dims ``(*given, state, draw)``.

    Entries that sum to less than one leave the rest of the row as it is; a further entry says how much that is.
    """
    out = table.reshape(-1, *table.shape[-2:]).copy()
    given = entries[:, : out.shape[1]]
    out[at] = (1 - share * given.sum(1))[:, None, None] * out[at] + share * given[:, :, None]
    return out.reshape(table.shape)


def table_rows(here: Joint, name: str, widening: Widening, others: Mapping[str, Array] | None = None) -> TableRows:
    """Return a table that is widened: every row by a share of anything, or named rows by intervals of entries.

    With a share ``eps``, the row in force in each draw (flattened, as it enters) becomes ``(1 - h) row + h q`` with one
    q for all draws, any distribution, and any h up to eps. With intervals, the row is one for all draws. ``others`` are
    tables that stand elsewhere than they are.

    Raises
    ------
    ValueError
        When the case does not ask for the table, a row or state is not in it, or intervals hold no row.
    """
    if name not in here.tables:
        allowed = ", ".join(here.tables)
        raise ValueError(f"got the table {name}; allowed are those the belief of this case hangs on: {allowed}")
    entry = here.knowledge.tables[name]
    every = [label for label, _, _ in entry.rows()]
    share = _share(widening)
    if isinstance(widening, Mapping):
        labels, rows = _intervals(name, every, entry.states, widening)
    else:
        if not 0 <= widening <= 1:
            raise ValueError(f"got a share of {widening:g} for the table {name}; allowed: 0 to 1")
        labels = tuple(every)
        free = (len(every), len(entry.states) + 1)  # the last entry: how much of the share leaves the row as it is
        rows = Rows(low=np.zeros(free), high=np.ones(free))
    held = dict(others or {})
    base = here.with_tables(held) if held else here.now
    at = [every.index(label) for label in labels]
    moves = share * _moves(here, name, held, base, labels, at)
    bearing: list[int] = np.flatnonzero(np.abs(moves).max((1, 2, 3, 4)) > STRAIGHT * base.max()).tolist()
    if not isinstance(widening, Mapping) and bearing:  # without rows that bear on nothing here, as of another frame
        labels, at, moves = tuple(labels[row] for row in bearing), [at[row] for row in bearing], moves[bearing]
        rows = Rows(low=rows.low[bearing], high=rows.high[bearing])
    start, flat = here.folded(base), here.folded(moves.reshape(-1, *base.shape))
    move = np.zeros((*rows.low.shape, start.size))
    move[:, : len(entry.states)] = flat.reshape(len(labels), len(entry.states), -1)
    linear = Linear(rows=rows, start=start, move=move)
    # hold the formula against the engine at one odd mixture
    odd = rows.best(np.sin(1.0 + np.arange(rows.low.size)).reshape(rows.low.shape))
    asked = here.folded(here.with_tables({**held, name: moved(here.table(name), odd, share, at)}))
    off = float(np.abs(linear.at(odd) - asked).max() / asked.max())
    return TableRows(name=name, labels=labels, states=entry.states, linear=linear, straight=off < STRAIGHT)


def _intervals(
    name: str, every: list[Label], states: tuple[str, ...], widening: Intervals
) -> tuple[tuple[Label, ...], Rows]:
    labels = tuple(widening)
    low, high = np.zeros((len(labels), len(states))), np.ones((len(labels), len(states)))
    for row, (label, entries) in enumerate(zip(labels, widening.values(), strict=True)):
        if label not in every:
            allowed = "; ".join(", ".join(one) for one in every)
            raise ValueError(f"got the row {', '.join(label)} of {name}; allowed: {allowed}")
        for state, (least, most) in entries.items():
            if state not in states:
                raise ValueError(f"got the state {state} of {name}; allowed: {', '.join(states)}")
            low[row, states.index(state)], high[row, states.index(state)] = least, most
    return labels, Rows(low=low, high=high)


def _moves(
    here: Joint, name: str, held: Mapping[str, Array], base: Array, labels: tuple[Label, ...], at: list[int]
) -> Array:
    """Return what the joint gains when a row becomes certain of a state, dims ``(row, state, intent, who, demand)``.

    Rows that differ in purpose or kind of actor bear on different states of the world, so they are moved together and
    told apart afterwards; rows that differ in what is summed out are moved one after the other.
    """
    entry = here.knowledge.tables[name]
    table = here.table(name)
    out = np.zeros((len(labels), len(entry.states), *base.shape))
    groups: dict[Label, list[int]] = {}
    hidden = [place for place, parent in enumerate(entry.given) if parent not in ("intent", "kind")]
    for row, label in enumerate(labels):
        if entry.given == ("frame",) and label != (here.case.frame,):
            continue  # bears on nothing
        groups.setdefault(tuple(label[place] for place in hidden), []).append(row)
    for (_, rows), state in product(groups.items(), range(len(entry.states))):
        certain = np.zeros((len(rows), len(entry.states)))
        certain[:, state] = 1.0
        asked = here.with_tables({**held, name: moved(table, certain, HALF, [at[row] for row in rows])})
        gained = (asked - base) / HALF
        for row, mask in zip(rows, _masks(here, entry.given, [labels[row] for row in rows]), strict=True):
            out[row, state] = gained * mask[:, :, None]
    return out


def _masks(here: Joint, given: tuple[str, ...], labels: list[Label]) -> Iterator[Array]:
    """Yield where each row bears, dims ``(intent, who)``."""
    kind_of = here.network.kind_of
    for label in labels:
        mask = np.ones((len(INTENTS), len(kind_of)))
        for parent, value in zip(given, label, strict=True):
            if parent == "intent":
                mask *= (np.arange(len(INTENTS)) == INTENTS.index(value))[:, None]
            elif parent == "kind":
                mask *= kind_of == KINDS.index(value)
        yield mask


def between(here: Joint, widened: Mapping[str, Widening]) -> tuple[Array, Array]:
    """Return what no joint falls below and none exceeds, dims ``(intent x actor x demand,)`` each.

    The joint is a sum of products of entries, none negative: so it is least with all entries at their low ends and
    greatest with all at their high ends, whether or not such rows sum to one. Only the state without a demand is what
    ``demanded`` leaves, and falls in it.
    """
    ends: list[dict[str, Array]] = [{}, {}]
    for name, widening in widened.items():
        entry, table = here.knowledge.tables[name], here.table(name)
        every = [label for label, _, _ in entry.rows()]
        if isinstance(widening, Mapping):
            labels, rows = _intervals(name, every, entry.states, widening)
            at = [every.index(label) for label in labels]
            pair = (moved(table, rows.low, 1.0, at), moved(table, rows.high, 1.0, at))
        else:
            pair = ((1 - widening) * table, (1 - widening) * table + widening)
        for end, rows_ in zip(ends, pair, strict=True):
            end[name] = rows_
    asked = [dict(end) for end in ends]
    if "demanded" in widened:
        low, high = (end["demanded"] for end in ends)
        asked = [end | {"demanded": one} for end in ends for one in (low, high)]
    found = [here.folded(here.with_tables(end)) for end in asked]
    half = len(found) // 2
    return np.min(found[:half], axis=0), np.max(found[half:], axis=0)


def named(tables: Mapping[str, Widening] | float, here: Joint) -> Mapping[str, Widening]:
    """Return the widening of each table; a share alone is that of every table."""
    if isinstance(tables, Mapping):
        return MappingProxyType(dict(tables))
    return dict.fromkeys(here.tables, tables)
