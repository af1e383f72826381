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
    labels = (*network.actors, NONE)
    words = saying(report, labels)
    plausible = network.fold(network.who(), 0)
    rates = _rates(fact.name, network, knowledge)
    out = np.zeros((len(network.kind_of), network.draws))
    for w in range(len(network.kind_of)):
        true = min(w, network.candidates)  # all unlisted kinds carry the label `other`
        right, silent, wrong = rates[w]
        error = wrong / (1 - plausible[true])
        for f, weight in enumerate(words[:-1]):
            if weight:
                out[w] += weight * (right if f == true else error * plausible[f])
        out[w] += words[-1] * silent
    return out


def _rates(name: str, network: Network, knowledge: Knowledge) -> Array:
    """Return hit, miss and error rates for each ``who``, dims ``(who, rate, draw)``."""
    table = knowledge.table(name)
    if knowledge.tables[name].given == ("kind",):
        return np.asarray(table[network.kind_of])
    listed = np.arange(len(network.kind_of)) >= network.candidates
    return np.asarray(table[np.where(listed, UNLISTED, LISTED)])


def points_at_demand(report: Report, fact: Fact, network: Network, knowledge: Knowledge) -> Array:
    """Return P(the words | demand), dims ``(demand, draw)``, for a perfect channel.

    Where no demand of the list is made, to name none is right; where only one is listed, there is no wrong one.
    """
    words = saying(report, network.demands)
    plausible = network.any_demand()
    listed = plausible[:-1].sum(0)
    yes, no = knowledge.table(fact.name)
    out = np.zeros((len(network.demands), network.draws))
    for d in range(len(network.demands) - 1):
        others = np.maximum(listed - plausible[d], 1e-300)
        alone = len(network.demands) == 2
        for f, weight in enumerate(words[:-1]):
            if weight:
                out[d] += weight * (yes[RIGHT] if f == d else yes[WRONG] * plausible[f] / others)
        out[d] += words[-1] * (yes[SILENT] + (yes[WRONG] if alone else 0))
    for f, weight in enumerate(words[:-1]):
        if weight:
            out[-1] += weight * no[WRONG] * plausible[f] / np.maximum(listed, 1e-300)
    out[-1] += words[-1] * (no[RIGHT] + no[SILENT])
    return out
