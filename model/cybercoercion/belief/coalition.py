"""What would be believed from only some of the reports, for many such choices.

Weight of evidence, leave-one-out and diagnosticity all ask for the belief with a few reports left out. What copies
and the cap of grade 1 depend on is read again among the reports that are left in. Sums over hidden states that many
choices share are done once, by the engine itself on a network without the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.belief import network_of
from cybercoercion.belief.engine import joint, joint_by_actor
from cybercoercion.belief.evidence import Factor, dispute_factors, in_force, key_of
from cybercoercion.belief.kept import Kept
from cybercoercion.belief.network import Network
from cybercoercion.belief.soft import weigh_beliefs
from cybercoercion.case import Case, Report
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import INTENTS, KINDS, NONE, OTHER, facts

Array = NDArray[np.float64]
OBJECTIVE = frozenset({("objective",)})
VOICE = frozenset({("signalling",), ("signalling", "kind")})
STATEMENT = ("signalling", "standing")
DEMAND = frozenset({("demand",), ("intent", "demand"), ("intent", "standing"), STATEMENT})
ROOM = 2**27  # bytes that are kept of each: factors, shared sums, sums without demands


@dataclass(frozen=True, eq=False, kw_only=True)
class Coalitions:
    """The reports of a case that count, and the belief from any choice of them.

    A choice is a bit mask: bit ``i`` stands for ``reports[i]``.
    """

    case: Case
    knowledge: Knowledge
    network: Network
    reports: tuple[Report, ...]
    blocks: tuple[int, ...]  # reports that must be read together
    _masses: dict[int, Array] = field(default_factory=dict, repr=False)
    _scopes: dict[int, frozenset[tuple[str, ...] | None]] = field(default_factory=dict, repr=False)
    _factors: Kept[tuple[Factor, ...]] = field(default_factory=lambda: Kept(room=ROOM, size=_bytes), repr=False)
    _sums: Kept[Array] = field(default_factory=lambda: Kept(room=ROOM, size=_nbytes), repr=False)
    _by_who: Kept[Array] = field(default_factory=lambda: Kept(room=ROOM, size=_nbytes), repr=False)

    @property
    def everything(self) -> int:
        """Return the choice of all reports."""
        return (1 << len(self.reports)) - 1

    @property
    def evaluated(self) -> int:
        """Return how many choices were evaluated so far."""
        return len(self._masses)

    @property
    def plain(self) -> bool:
        """Return whether every report is of kind likelihood, so that factors simply multiply."""
        return all(report.kind == "likelihood" for report in self.reports)

    def masses(self, chosen: int) -> Array:
        """Return p(intent, actor, demand, chosen reports), averaged over draws, dims ``(intent, actor, demand)``.

        The sum over all states is the probability of the chosen reports.
        """
        if chosen not in self._masses:
            self._masses[chosen] = self._evaluate(chosen)
        return self._masses[chosen]

    def prepare(self, choices: Iterable[int]) -> None:
        """Evaluate many choices, in blocks in which sums are shared and fit into memory."""
        keys = {chosen: self._keys(chosen) for chosen in choices}
        place = {key: at for at, key in enumerate(sorted({key for key, _ in keys.values()}))}
        for chosen in sorted(keys, key=lambda one: (place[keys[one][0]] // self._held, *reversed(keys[one]), one)):
            self.masses(chosen)

    @property
    def _held(self) -> int:
        """Return how many sums without demands there is room for."""
        return max(ROOM // (len(INTENTS) * len(self.network.kind_of) * self.network.draws * 8), 1)

    def _parts(self, chosen: int) -> list[int]:
        return [block & chosen for block in self.blocks if block & chosen]

    def _keys(self, chosen: int) -> tuple[tuple[int, bool], int]:
        """Return what the sum without demands depends on, and what the sum over demands does."""
        scopes = {part: self._scopes_of(part) for part in self._parts(chosen)}
        spoken = any(STATEMENT in each for each in scopes.values())
        demanded = _demanded(spoken=spoken)
        beyond = (part for part, each in scopes.items() if each - demanded)
        return (sum(beyond), spoken), sum(part for part, each in scopes.items() if each & demanded)

    def _scopes_of(self, part: int) -> frozenset[tuple[str, ...] | None]:
        """Return the scopes of the factors of one block's reports, None for those about somebody.

        Those of its reports together, unless a belief is among them, because then they are read as one.
        """
        if part not in self._scopes:
            bits = [1 << i for i in range(part.bit_length()) if part >> i & 1]
            if self.plain and len(bits) > 1:
                found = frozenset[tuple[str, ...] | None]().union(*map(self._scopes_of, bits))
            else:
                found = frozenset(None if factor.at is not None else factor.scope for factor in self._read(part))
            self._scopes[part] = found
        return self._scopes[part]

    def _evaluate(self, chosen: int) -> Array:
        factors = [(part, factor) for part in self._parts(chosen) for factor in self._read(part)]
        key, _ = self._keys(chosen)
        spoken = key[1]
        by_who = self._by_who.get(key, lambda: self._without_demands(factors, spoken=spoken))
        demand = _of(factors, _demanded(spoken=spoken))
        by_demand = self._sum("demand", demand, self._demands_only) if demand else self.network.demand
        # unlisted kinds demand alike, unless the voice, which goes with the kind, speaks of demands
        out = (by_demand[:, : by_who.shape[1]] @ by_who[..., None])[..., 0] / self.network.draws
        return self.network.fold(out, 1) if spoken else np.asarray(out)

    def _without_demands(self, factors: Sequence[tuple[int, Factor]], *, spoken: bool) -> Array:
        """Return p(intent, who, reports) but for what bears on demands; the unlisted are one unless spoken."""
        technical = _of(factors, OBJECTIVE)
        voice = [] if spoken else _of(factors, VOICE)
        core = [f for _, f in factors if f.at is not None or f.scope not in OBJECTIVE | VOICE | DEMAND]
        kind = self._sum("kind", [*technical, *voice], lambda _: self._kinds(technical, voice))
        network = _undemanding(replace(self.network, kind=kind))
        before = dispute_factors(self.case, self.network, self.knowledge)
        if spoken:
            return joint(network, [*before, *core])[:, :, 0]
        return joint_by_actor(network, [*before, *core])

    def _read(self, part: int) -> tuple[Factor, ...]:
        """Return the factors of the chosen reports of one block, without what the case says before any report."""
        return self._factors.get(part, lambda: self._weighed(part))

    def _weighed(self, part: int) -> tuple[Factor, ...]:
        told = [report for i, report in enumerate(self.reports) if part >> i & 1]
        # beliefs are compared with the whole belief, which includes the dispute
        network = replace(self.network, dispute=None) if self.plain else self.network
        found = weigh_beliefs(self.case, network, self.knowledge, told)
        known = 0 if self.plain else len(dispute_factors(self.case, self.network, self.knowledge))
        return tuple(found)[known:]

    def _sum(
        self, name: str, factors: Sequence[tuple[int, Factor]], make: Callable[[Sequence[Factor]], Array]
    ) -> Array:
        """Return a shared sum, remembered by the reports that it depends on."""
        key = (name, sum({part for part, _ in factors}))
        return self._sums.get(key, lambda: make([factor for _, factor in factors]))

    def _kinds(self, technical: Sequence[tuple[int, Factor]], voice: Sequence[tuple[int, Factor]]) -> Array:
        """Return p(kind | intent) times what hangs on the two, dims ``(intent, kind, draw)``."""
        kind = self.network.kind
        for name, factors in (("objective", technical), ("signalling", voice)):
            if factors:
                kind = kind * self._sum(name, factors, self._kinds_only)
        return kind

    def _kinds_only(self, factors: Sequence[Factor]) -> Array:
        """Return the factors with signalling and objective summed, dims ``(intent, kind, draw)``."""
        kinds = np.arange(len(KINDS), dtype=np.intp)
        one_each = replace(self.network, actors=(OTHER,), kind_of=kinds, deception=np.zeros((len(KINDS), 1)))
        network = _undemanding(_weightless(one_each))
        return joint(network, factors)[:, :, 0]

    def _demands_only(self, factors: Sequence[Factor]) -> Array:
        """Return p(demand | intent, who) times the factors, dims ``(intent, who, demand, draw)``; the unlisted once."""
        out = joint(_weightless(self.network), factors)
        if any(factor.scope == STATEMENT for factor in factors):
            return out
        return np.ascontiguousarray(out[:, : len(self.network.actors)])  # all unlisted kinds demand alike


def coalitions_of(case: Case, knowledge: Knowledge) -> Coalitions:
    """Return the reports of a case that count, ready to be left out.

    Reports on one fact, and reports that say the same, are read together; all of them when a belief is among them,
    because a belief is compared with what all others say.

    Examples
    --------
    >>> from cybercoercion.case import parse_case, read_shipped
    >>> from cybercoercion.knowledge import load_knowledge
    >>> c = coalitions_of(parse_case(read_shipped("sony-2014")), load_knowledge(draws=50))
    >>> round(float(c.masses(0).sum()), 3) >= round(float(c.masses(1).sum()), 3)  # a report can only narrow
    True
    """
    reports = in_force(case, knowledge)
    blocks: dict[object, int] = {}
    plain = all(report.kind == "likelihood" for report in reports)
    for i, report in enumerate(reports):
        key = _block_of(report) if plain else None
        blocks[key] = blocks.get(key, 0) | 1 << i
    return Coalitions(
        case=case,
        knowledge=knowledge,
        network=network_of(case, knowledge),
        reports=reports,
        blocks=tuple(blocks.values()),
    )


def _block_of(report: Report) -> object:
    pointing = facts()[report.fact].group in ("actor", "demand")
    return key_of(report) if pointing else (report.fact, report.about)


def _nbytes(array: Array) -> int:
    return array.nbytes


def _bytes(factors: tuple[Factor, ...]) -> int:
    return sum(factor.value.nbytes for factor in factors)


def _demanded(*, spoken: bool) -> frozenset[tuple[str, ...]]:
    """Return the scopes that the sum over demands holds; a statement of a demand is heard through the voice."""
    return DEMAND | VOICE if spoken else DEMAND


def _of(factors: Iterable[tuple[int, Factor]], scopes: frozenset[tuple[str, ...]]) -> list[tuple[int, Factor]]:
    return [(part, factor) for part, factor in factors if factor.at is None and factor.scope in scopes]


def _weightless(network: Network) -> Network:
    """Return the network with intent, kind and actor summed without weight."""
    return replace(
        network,
        intent=np.ones((len(INTENTS), 1)),
        kind=np.ones((len(INTENTS), len(KINDS), 1)),
        share=np.ones((len(network.kind_of), 1)),
    )


def _undemanding(network: Network) -> Network:
    """Return the network with one demand, which says nothing."""
    who = len(network.kind_of)
    return replace(
        network,
        demands=(NONE,),
        demand=np.ones((len(INTENTS), who, 1, 1)),
        standing=np.zeros((who, 1), dtype=np.intp),
    )
