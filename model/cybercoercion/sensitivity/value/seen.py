"""The states of a case, or of the latest episode of a campaign, from what was told: built once per belief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.belief.belief import network_of
from cybercoercion.belief.campaign import purposes, seen_together, served
from cybercoercion.belief.engine import joint, merge
from cybercoercion.belief.evidence import Factor, dispute_factors, fact_factors, in_force, read_evidence, seen_early
from cybercoercion.belief.network import Network
from cybercoercion.belief.soft import Room, weigh_beliefs, weighings
from cybercoercion.case import Campaign, Case, Report
from cybercoercion.knowledge import Knowledge
from cybercoercion.sensitivity.value.reports import Coming
from cybercoercion.sensitivity.value.states import States

Array = NDArray[np.float64]
VOICE = (("signalling",), ("signalling", "kind"), ("signalling", "standing"))
AIM = ("objective",)


def states_of(assessment: Assessment, *, late: bool = False) -> States:
    """Return the averaged joint of all hidden states, remembered for the beliefs looked at last.

    ``p(i, w, d, s, o | e) = sum over draws of p(i, w, d, s, o, e | draw) / p(e)``, exact over states. Of a campaign:
    the states of its latest episode, with the purpose of the whole. ``late`` reads facts under the tables of cases of
    which more is known than can be seen at once; without a fit there are no others. Weights of stated beliefs and pins
    stay as they are.

    Raises
    ------
    ImpossibleEvidence
        When no state of the world agrees with the reports.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=50))
    >>> states = states_of(sony)
    >>> bool(np.allclose(states.posterior, sony.belief.averaged, atol=1e-12))
    True
    """
    known = assessment.knowledge
    late = late and known.fitted is not None
    source: object = assessment.campaign.episodes if assessment.campaign is not None else assessment.case
    return known.remember_recent("states", (source, late), lambda: _made(assessment, late=late))


def is_later(assessment: Assessment, report: Coming) -> bool:
    """Return whether other tables hold once a report is there: then both now and after are read under them."""
    return report.late and assessment.knowledge.fitted is not None and states_of(assessment).early


def states_for(assessment: Assessment, report: Coming) -> States:
    """Return the states under the tables that hold once a report is there."""
    return states_of(assessment, late=is_later(assessment, report))


def _made(assessment: Assessment, *, late: bool) -> States:
    if assessment.campaign is not None:
        return _of_campaign(assessment.campaign, assessment.knowledge, late=late)
    case, knowledge = assessment.case, assessment.knowledge
    network = network_of(case, knowledge)
    return _scaled(_of_case(case, network, knowledge, in_force(case, knowledge), None, late=late))


def _of_case(
    case: Case,
    network: Network,
    knowledge: Knowledge,
    reports: Sequence[Report],
    parents: Mapping[str, str] | None,
    *,
    late: bool,
) -> States:
    found = weighings(case, network, knowledge, reports, parents)
    plain = [report for report in reports if report.kind == "likelihood"]
    evidence = Room(case, network, knowledge, read_evidence(case, network, knowledge, plain, parents)).with_beliefs(
        found
    )
    early = not late and seen_early(name for name, _ in evidence.told)
    factors: list[Factor] = list(evidence.factors)
    for (name, about), likelihood in evidence.told.items():
        factors += fact_factors(name, about, likelihood, case, network, knowledge, early=early)
    merged = merge(factors)
    one = np.ones((1, 1))
    voice = network.signalling[:, :, :, None]  # (signalling, intent, kind, 1, draw)
    for scope in VOICE:
        value = merged.get((scope, None))
        if value is not None:
            voice = (
                voice * {1: value[:, None, None, None], 2: value[:, None, :, None]}[len(scope)]
                if scope != VOICE[2]
                else voice * value[:, None, None]
            )
    aim = network.objective * merged.get((AIM, None), one)[:, None, None]
    base = joint(network, [factor for factor in factors if factor.scope not in (*VOICE, AIM)])
    size = max(base.shape[-1], voice.shape[-1], aim.shape[-1])
    return States(
        case=case,
        network=network,
        knowledge=knowledge,
        told=evidence.told,
        apparent=merged.get((("apparent",), None), one),
        early=early,
        base=np.broadcast_to(base, (*base.shape[:-1], size)),
        voice=voice,
        aim=aim,
    )


def _of_campaign(campaign: Campaign, knowledge: Knowledge, *, late: bool) -> States:
    """Return the states of the latest episode, and how probable each purpose of the campaign is given them.

    ``p(P, I, A, D, e) = p(P, A, D) prod over other episodes x [r 1(I = P) + (1 - r) p(I | A, D)] p(e_j | I, A, D)``.
    """
    seen = seen_together(campaign.episodes, knowledge)
    last = max(range(len(seen.episodes)), key=lambda place: seen.episodes[place].as_of)
    each = list(zip(seen.episodes, seen.networks, seen.reports, strict=True))
    before = [joint(network, dispute_factors(case, network, knowledge)) for case, network, _ in each]
    persistence = knowledge.quantity("campaign.persistence")
    others = purposes(seen.episodes, seen.networks, before, knowledge)
    for place, (case, network, reports) in enumerate(each):
        if place != last:
            after = joint(network, weigh_beliefs(case, network, knowledge, reports, seen.parents))
            others = others * served(after, before[place], persistence)
    case, network, reports = each[last]
    alone = _of_case(case, network, knowledge, reports, seen.parents, late=late)
    prior = before[last]
    usual = _share(prior, prior.sum(0))
    own = persistence * others + (1 - persistence) * usual * others.sum(0)
    states = _scaled(replace(alone, base=alone.base * _share(own, prior)))
    # P(purpose | intent, who, demand): what serves it, and what is done anyway; both as shares of `own`
    inside = _share(states.inside, own)
    serving = (inside * persistence * others).sum(-1)
    anyway = (1 - persistence) * usual * inside
    purpose = np.einsum("pwdt,iwdt->piwd", others, anyway, optimize=True)
    purpose[np.arange(len(purpose)), np.arange(len(purpose))] += serving
    return replace(states, purpose=_share(purpose, purpose.sum(0)))


def _scaled(states: States) -> States:
    """Return the states with a joint that sums to one."""
    total = states.inside.sum()
    return replace(states, base=states.base / total, _memory={})


def _share(part: Array, total: Array) -> Array:
    return np.asarray(
        np.divide(part, total, out=np.zeros(np.broadcast_shapes(part.shape, total.shape)), where=total > 0)
    )
