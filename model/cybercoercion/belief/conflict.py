"""Whether the reports fit together: conflict in bits, with how often it comes up when nothing is wrong.

Conflict alone proves nothing: under a true model it is above zero in a large part of all cases. So report sets are
simulated from the model itself, and the alarm is raised where fewer than one in twenty conflict as much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.evidence import origin_of
from cybercoercion.belief.simulation import Slots, simulate, slots_of
from cybercoercion.case import Case
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import INTENTS

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
Index = NDArray[np.intp]
SETS = 4000
SEED = 1
ALARM = 0.05
FAINT = 0.1  # bits: however rare, so small a conflict moves nothing
SAME = 1e-9  # bits: two conflicts this close are one


@dataclass(frozen=True, slots=True, kw_only=True)
class Tension:
    """One conflict: positive where the reports are less probable together than if they were independent."""

    name: str  # a report, an origin, or the case
    bits: float
    tail: float  # share of simulated report sets that conflict at least as much
    alarm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """How far the reports contradict each other, at fixed parameters."""

    case_id: str
    whole: Tension
    by_report: tuple[Tension, ...]  # each against the rest
    by_origin: tuple[Tension, ...]  # each against the rest
    rare_cases: tuple[str, ...]  # hypotheses that would explain the conflict away
    sets: int  # simulated

    def labelled(self) -> xr.Dataset:
        """Return bits and tail probabilities of each report against the rest, with labels."""
        import xarray as xr

        return xr.Dataset(
            {
                "bits": ("report", [each.bits for each in self.by_report], {"unit": "bit"}),
                "tail": ("report", [each.tail for each in self.by_report], {"unit": "probability"}),
            },
            coords={"report": [each.name for each in self.by_report]},
            attrs={"case": self.case_id, "bits": self.whole.bits, "tail": self.whole.tail, "sets": self.sets},
        )


def whole_conflict(case: Case, knowledge: Knowledge, *, sets: int = SETS, seed: int = SEED) -> Tension:
    """Return the conflict of all reports taken together, without that of each part: a fraction of the work.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony, tables = load_case("sony-2014"), load_knowledge(draws=1)
    >>> whole_conflict(sony, tables, sets=50) == find_conflict(sony, tables, sets=50).whole
    True
    """
    slots = slots_of(case, knowledge)
    return _tension(case.id, conflicts(slots, _outcomes(slots, sets, seed), ())[0])


def _outcomes(slots: Slots, sets: int, seed: int) -> Index:
    """Return what the case reports, and simulated sets beside it, dims ``(slot, set)``."""
    return np.concatenate([slots.said(), simulate(slots, sets, np.random.default_rng(seed))], axis=1)


def find_conflict(case: Case, knowledge: Knowledge, *, sets: int = SETS, seed: int = SEED) -> Conflict:
    """Return the conflict among the reports of a case, with its probability under the model.

    ``conf(e) = log2 [prod P(e_i) / P(e)]`` in bits, and for a part k of the reports against the rest
    ``log2 [P(e_k) P(e_rest) / P(e)]``. Positive means conflict, negative that the reports support each other;
    BayesiaLab prints the opposite sign. The tail is the share of sets simulated from the model, at the same fixed
    parameters, that conflict at least as much, the case itself counted among them; an alarm is raised below 5 %,
    unless the conflict is fainter than a tenth of a bit. Of many reports one in twenty is that odd by chance.
    A hypothesis h would explain the conflict away as a rare case when ``conf(e) + log2 [P(h) / P(h | e)] <= 0``.

    Parameters
    ----------
    case, knowledge
        The case and the tables; only their headline values are used.
    sets
        How many report sets to simulate.
    seed
        Of the simulation.

    Returns
    -------
    Conflict
        In bits; reports of kind likelihood only.

    References
    ----------
    F. V. Jensen, B. Chamberlain, T. Nordahl, F. Jensen, "Analysis in HUGIN of data conflict", 1991.

    Examples
    --------
    >>> from cybercoercion.case import parse_case, read_shipped
    >>> from cybercoercion.knowledge import load_knowledge
    >>> c = find_conflict(parse_case(read_shipped("sony-2014")), load_knowledge(draws=1), sets=200)
    >>> c.whole.bits < 0  # the reports support each other
    True
    """
    slots = slots_of(case, knowledge)
    ids = [slot.report.id for slot in slots.slots]
    origins: dict[str, list[int]] = {}
    for i, slot in enumerate(slots.slots):
        origins.setdefault(origin_of(slot.report), []).append(i)
    parts = [*([i] for i in range(len(ids))), *origins.values()]
    whole, against = conflicts(slots, _outcomes(slots, sets, seed), parts)
    tensions = [_tension(name, bits) for name, bits in zip([*ids, *origins], against, strict=True)]
    return Conflict(
        case_id=case.id,
        whole=_tension(case.id, whole),
        by_report=tuple(tensions[: len(ids)]),
        by_origin=tuple(tensions[len(ids) :]),
        rare_cases=_rare_cases(slots, float(whole[0])),
        sets=sets,
    )


def conflicts(slots: Slots, outcomes: Index, parts: Sequence[Sequence[int]]) -> tuple[Array, list[Array]]:
    """Return the conflict of all reports, and of each part against the rest, in bits, each dims ``(set,)``."""
    every = range(len(slots.slots))
    known: dict[tuple[int, ...], Array] = {}

    def bits(members: Sequence[int]) -> Array:
        key = tuple(members)
        if key not in known:
            known[key] = np.log2(slots.probability(outcomes, key) / float(nothing)) if key else np.zeros(1)
        return known[key]

    nothing = slots.joint(outcomes[:, :1], ()).sum()
    total = bits(every)
    alone = np.sum([bits([i]) for i in every], axis=0) if every else np.zeros(outcomes.shape[1])
    against = [bits(part) + bits([i for i in every if i not in part]) - total for part in parts]
    return np.broadcast_to(alone - total, outcomes.shape[1]), against


def tail(bits: Array) -> float:
    """Return how often a set conflicts at least as much as the first, the first included.

    Examples
    --------
    >>> tail(np.array([2.0, 1.0, 3.0, 0.0]))
    0.5
    """
    return float((bits >= bits[0] - SAME).mean())


def _tension(name: str, bits: Array) -> Tension:
    share = tail(bits)
    return Tension(name=name, bits=float(bits[0]), tail=share, alarm=bool(share < ALARM and bits[0] >= FAINT))


def _rare_cases(slots: Slots, bits: float) -> tuple[str, ...]:
    """Return the intents and actors that the reports made likelier by at least the conflict; none without conflict."""
    if bits <= SAME:
        return ()
    network = slots.network
    said = slots.said()
    before = network.fold(slots.joint(said, ()), 1).sum((2, 3))
    after = network.fold(slots.joint(said, range(len(slots.slots))), 1).sum((2, 3))
    out = []
    for node, axis, states in (("intent", 1, INTENTS), ("actor", 0, network.actors)):
        prior, posterior = before.sum(axis) / before.sum(), after.sum(axis) / after.sum()
        for state, p, q in zip(states, prior, posterior, strict=True):
            if p > 0 and q > 0 and bits + np.log2(p / q) <= 0:
                out.append(f"{node}={state}")
    return tuple(out)
