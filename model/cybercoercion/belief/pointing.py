"""Reports that name a candidate: right, silent, or wrong.

A wrong name falls on the other labels in proportion to how plausible they were before, so that adding
far-fetched candidates to the list does not make naming the usual suspect look more certain.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.channel import saying
from cybercoercion.belief.network import Network
from cybercoercion.case import Report
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import NONE, Fact

Array = NDArray[np.float64]
RIGHT, SILENT, WRONG = 0, 1, 2
LISTED, UNLISTED = 0, 1


def points_at_actor(report: Report, fact: Fact, network: Network, knowledge: Knowledge) -> Array:
    """Return P(the words | who is, or appears to be, behind it), dims ``(who, draw)``, for a perfect channel."""
    table = network.remember(fact.name, lambda: naming_actor(fact.name, network, knowledge))
    return _said(saying(report, (*network.actors, NONE)), table)


def points_at_demand(report: Report, fact: Fact, network: Network, knowledge: Knowledge) -> Array:
    """Return P(the words | demand), dims ``(demand, draw)``, for a perfect channel."""
    table = network.remember(fact.name, lambda: naming_demand(fact.name, network, knowledge))
    return _said(saying(report, network.demands), table)


def _said(words: Array, table: Array) -> Array:
    if (words == words.astype(bool)).all() and words.sum() == 1:
        return np.asarray(table[int(words.argmax())])
    return np.asarray(np.tensordot(words, table, 1))


def naming_actor(name: str, network: Network, knowledge: Knowledge) -> Array:
    """Return p(label | who), dims ``(label, who, draw)``: the candidates, `other`, `none`.

    A candidate a: itself with the hit rate, nobody with the miss rate, b with ``error p(b) / (1 - p(a))``.
    For those not on the list `other` is right.
    """
    plausible, rates = network.plausible_actor, _rates(name, network, knowledge)
    who, labels = len(network.kind_of), len(network.actors) + 1
    out = np.empty((labels, who, network.draws))
    for w in range(who):
        true = min(w, network.candidates)  # all unlisted kinds carry the label `other`
        out[:-1, w] = plausible * (rates[w, WRONG] / (1 - plausible[true]))
        out[true, w] = rates[w, RIGHT]
        out[-1, w] = rates[w, SILENT]
    return out


def _rates(name: str, network: Network, knowledge: Knowledge) -> Array:
    """Return hit, miss and error rates for each ``who``, dims ``(who, rate, draw)``."""
    table = knowledge.table(name)
    if knowledge.tables[name].given == ("kind",):
        return np.asarray(table[network.kind_of])
    unlisted = np.arange(len(network.kind_of)) >= network.candidates
    return np.asarray(table[np.where(unlisted, UNLISTED, LISTED)])


def naming_demand(name: str, network: Network, knowledge: Knowledge) -> Array:
    """Return p(label | demand), dims ``(label, demand, draw)``: the demands of the list, `none`.

    A demand: itself with the hit rate, none with the miss rate, another of the list by plausibility; where only one
    is listed, an error names none. Without a demand of the list, to name none is right.
    """
    plausible = network.plausible_demand
    listed = np.maximum(plausible[:-1].sum(0), 1e-300)
    yes, no = knowledge.table(name)
    count = len(network.demands)
    out = np.empty((count, count, network.draws))
    for d in range(count - 1):
        if count == 2:
            out[:, d] = yes[RIGHT], yes[SILENT] + yes[WRONG]
            continue
        out[:-1, d] = plausible[:-1] * (yes[WRONG] / np.maximum(listed - plausible[d], 1e-300))
        out[d, d], out[-1, d] = yes[RIGHT], yes[SILENT]
    out[:-1, -1] = plausible[:-1] * (no[WRONG] / listed)
    out[-1, -1] = no[RIGHT] + no[SILENT] + (no[WRONG] if count == 1 else 0)
    return out
