"""One coded episode as sums of products: which entries of which tables its probability is made of.

An *atom* is the logarithm of something learnt: of an entry of a table, or of what a row says to soft reports,
``log sum_x theta(x) L(x)``. Who is behind it and what is demanded are summed once, at headline values: what is left of
them is a weight per *cell*, a kind of actor, a standing of the demand, and whom a fact is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.engine import merge, seen_through_deception
from cybercoercion.belief.evidence import ELSEWHERE, Evidence, in_force, read_evidence
from cybercoercion.belief.network import Network, build_network
from cybercoercion.case import Case
from cybercoercion.fit.episode.layout import Layout
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import FRAMES, INTENTS, KINDS, OBJECTIVES, SIGNALLING, STANDING

Array = NDArray[np.float64]
Index = NDArray[np.intp]
type Told[T] = Mapping[tuple[str, str | None], T]  # by fact and about whom
Atoms = tuple[int, ...]
CONTENTS = ("political", "money")
YES, NO = 0, 1
BY_INTENT = "intent"  # a demand of which nobody says what it asks for, or none
Key = tuple[int, int | None, int, int, str]  # kind, about whom, standing, something demanded, content


@dataclass(slots=True)
class Atlas:
    """The atoms met so far: 0 is log 1, then the entries of the layout, then what rows say to reports."""

    layout: Layout
    entries: list[Index] = field(default_factory=list)
    likelihoods: list[Array] = field(default_factory=list)
    _known: dict[tuple[bytes, bytes], int] = field(default_factory=dict)

    def entry(self, name: str, *at: int) -> int:
        """Return the atom of one entry of a table."""
        return 1 + int(self.layout.entries[name][at])

    def said(self, name: str, likelihood: Array) -> Index:
        """Return the atoms of a fact's rows given what was reported of its states, dims ``(*given,)``."""
        places = self.layout.entries[name]
        rows = places.reshape(-1, places.shape[-1])
        return np.array([self._slot(row, likelihood) for row in rows], dtype=np.intp).reshape(places.shape[:-1])

    def _slot(self, row: Index, likelihood: Array) -> int:
        key = (row.tobytes(), likelihood.tobytes())
        if key not in self._known:
            self._known[key] = 1 + self.layout.size + len(self.entries)
            self.entries.append(row)
            self.likelihoods.append(likelihood)
        return self._known[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """What p(evidence, intent) of one case is made of.

    ``voice`` by (standing, kind, signalling), ``technique`` by objective, ``base`` by intent: atoms whose sum is the
    log-likelihood there. ``weight`` and ``product`` of a cell have one item per intent.
    """

    voice: tuple[Atoms, ...]
    technique: tuple[Atoms, ...]
    constant: Array  # (objective,): the facts whose tables another part learns
    base: tuple[Atoms, ...]
    weight: Mapping[Key, Array]
    product: Mapping[Key, tuple[Atoms, ...]]
    dropped: tuple[str, ...]  # reports that are beliefs: they have no likelihood of their own


def cells_of(case: Case, knowledge: Knowledge, atlas: Atlas) -> Cells:
    """Return the cells of one case; ``knowledge`` is at fixed parameters and not fitted."""
    reports = in_force(case, knowledge)
    network = build_network(case, knowledge)
    evidence = read_evidence(case, network, knowledge, [report for report in reports if report.kind == "likelihood"])
    told = {key: value[:, 0] for key, value in evidence.told.items()}
    here = {key: atlas.said(key[0], value) for key, value in told.items() if key[0] in atlas.layout.entries}
    constant = np.ones(len(OBJECTIVES))
    for key, likelihood in told.items():
        if key not in here:
            constant *= knowledge.table(key[0])[..., 0] @ likelihood
    given = {key: knowledge.tables[key[0]].given for key in here}
    weight = _weights(case, knowledge, network, evidence, {about for _, about in here if about is not None})
    return Cells(
        voice=_voice(here, given),
        technique=_by_one("objective", len(OBJECTIVES), here, given),
        constant=constant,
        base=tuple(
            (atlas.entry("intent", FRAMES.index(case.frame), i), *atoms)
            for i, atoms in enumerate(_by_one("intent", len(INTENTS), here, given))
        ),
        weight=weight,
        product=_products(weight, case, knowledge, network, told, atlas),
        dropped=tuple(report.id for report in reports if report.kind != "likelihood"),
    )


def _by_one(parent: str, states: int, here: Told[Index], given: Told[tuple[str, ...]]) -> tuple[Atoms, ...]:
    """Return the atoms of the facts that hang on one node alone and on nobody named, by its states."""
    facts = [
        atoms
        for key, atoms in here.items()
        if given[key] == (parent,) and key[1] is None and key[0] != "demand_content"
    ]
    return tuple(tuple(int(atoms[state]) for atoms in facts) for state in range(states))


def _voice(here: Told[Index], given: Told[tuple[str, ...]]) -> tuple[Atoms, ...]:
    """Return the atoms of the facts that hang on signalling, by (standing, kind, signalling)."""
    out = []
    for standing, kind, voice in np.ndindex(len(STANDING), len(KINDS), len(SIGNALLING)):
        at = {"signalling": voice, "kind": kind, "standing": standing}
        facts = [key for key in here if given[key][0] == "signalling"]
        out.append(tuple(int(here[key][tuple(at[parent] for parent in given[key])]) for key in facts))
    return tuple(out)


def _weights(
    case: Case, knowledge: Knowledge, network: Network, evidence: Evidence, named: set[str]
) -> dict[Key, Array]:
    """Return what does not change while learning: who, what is demanded, and all that points at either."""
    merged = merge(factor for factor in evidence.factors if factor.scope != ("kind",))  # the dispute is learnt
    who = network.share
    if (("who",), None) in merged:
        who = who * merged[("who",), None]
    if (("apparent",), None) in merged:
        who = who * seen_through_deception(network, merged[("apparent",), None])
    wish = merged.get((("demand",), None), np.ones((len(network.demands), 1)))
    # p(demand | something demanded, intent, who), dims (intent, who, demand); the last is none of the list
    yes = network.demand[..., 0] / knowledge.table("demanded")[:, YES, 0][:, None, None]
    yes[:, :, -1] = 1 - yes[:, :, :-1].sum(2)
    out: dict[Key, Array] = {}
    for w, kind in enumerate(network.kind_of):
        about = w if w < network.candidates and network.actors[w] in named else None
        for d in range(len(network.demands)):
            listed = d < len(case.demands)
            content = (case.demands[d].content if listed else None) or BY_INTENT
            for made in (YES, NO):
                given = yes[:, w, d] if made == YES else np.full(len(INTENTS), 0.0 if listed else 1.0)
                key = (int(kind), about, int(network.standing[w, d]), made, content)
                out[key] = out.get(key, np.zeros(len(INTENTS))) + who[w, 0] * wish[d, 0] * given
    return {key: value for key, value in out.items() if value.any()}


def _products(
    weight: Mapping[Key, Array],
    case: Case,
    knowledge: Knowledge,
    network: Network,
    told: Told[Array],
    atlas: Atlas,
) -> dict[Key, tuple[Atoms, ...]]:
    """Return the atoms of each cell but for p(kind | intent), one tuple per intent."""
    dispute: dict[int, int] = {}
    if network.dispute is not None and "dispute" not in knowledge.setting(f"frame.{case.frame}"):
        dispute = {k: atlas.entry("dispute", k, YES if network.dispute else NO) for k in range(len(KINDS))}
    fit, content = told.get(("target_fit", None)), told.get(("demand_content", None))
    by_fit = atlas.said("target_fit", fit) if fit is not None else None
    by_intent = atlas.said("demand_content", content) if content is not None else None
    by_content = atlas.said("content_of_demand", content) if content is not None else None
    named = [(name, case.actor_ids.index(about), value) for (name, about), value in told.items() if about is not None]
    out = {}
    for key in weight:
        kind, about, standing, made, asked = key
        common = [dispute[kind]] if dispute else []
        if by_content is not None and asked != BY_INTENT:
            common.append(int(by_content[CONTENTS.index(asked)]))
        rows = []
        for i in range(len(INTENTS)):
            atoms = [*common, atlas.entry("demanded", i, made)]
            if by_fit is not None:
                atoms.append(int(by_fit[i, standing]))
            if by_intent is not None and asked == BY_INTENT:
                atoms.append(int(by_intent[i]))
            atoms.extend(_of_named(name, whom == about, i, value, atlas) for name, whom, value in named)
            rows.append(tuple(atoms))
        out[key] = tuple(rows)
    return out


def _of_named(name: str, behind_it: bool, intent: int, likelihood: Array, atlas: Atlas) -> int:  # noqa: FBT001
    """Return the atom of a fact about somebody: one row where that actor is behind the episode, else another."""
    if name == "denial":
        return int(atlas.said(name, likelihood)[YES if behind_it else NO])
    if behind_it:
        return int(atlas.said(name, likelihood)[intent])
    return int(atlas.said(name + ELSEWHERE, likelihood)[()])
