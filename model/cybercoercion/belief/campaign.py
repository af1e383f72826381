"""A campaign: episodes that share actor and demand, each with an intent of its own.

Seen alone, episodes hide what they serve (S45). The campaign has a purpose; an episode serves it with
probability ``persistence``, or else is what such an actor with such a demand does anyway:

``p(P, A, D) prod_j [ r p(e_j | I = P, A, D) + (1 - r) sum_I p(I | A, D) p(e_j | I, A, D) ]``.

One service in one dyad is one proof of an actor: statements about actor, demand or the relationship are copies over
the episodes too when their origin is the same (trap 13).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.belief import Belief, network_of, normalised
from cybercoercion.belief.engine import joint
from cybercoercion.belief.evidence import copy_parents, copy_probability, dispute_factors, in_force
from cybercoercion.belief.network import Network
from cybercoercion.belief.soft import weigh_beliefs
from cybercoercion.case import Case, Report
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import FRAMES, facts

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class CampaignBelief:
    """The belief about the campaign (its purpose stands for intent), and about each episode."""

    whole: Belief
    episodes: tuple[Belief, ...]


def believe_campaign(campaign_id: str, episodes: Sequence[Case], knowledge: Knowledge) -> CampaignBelief:
    """Return the belief about a campaign and its episodes, exact over all states.

    The episodes must list the same actors and demands, which the reader of campaign files sees to.
    """
    seen = seen_together(episodes, knowledge)
    told, networks, reports = seen.episodes, seen.networks, seen.reports
    # the relationship is one proof, whatever the number of episodes: it stands in the prior, not in each likelihood
    priors = [
        joint(network, dispute_factors(case, network, knowledge)) for case, network in zip(told, networks, strict=True)
    ]
    updated = [
        joint(network, weigh_beliefs(case, network, knowledge, each, seen.parents))
        for case, network, each in zip(told, networks, reports, strict=True)
    ]
    persistence = knowledge.quantity("campaign.persistence")
    terms = [served(after, before, persistence) for after, before in zip(updated, priors, strict=True)]
    start = purposes(told, networks, priors, knowledge)
    whole = start * np.prod(terms, axis=0)
    out = []
    for j, (after, before) in enumerate(zip(updated, priors, strict=True)):
        others = start * np.prod([term for k, term in enumerate(terms) if k != j], axis=0)
        usual = _share(before, before.sum(0)) * others.sum(0)
        own = _share(after, before) * (persistence * others + (1 - persistence) * usual)
        out.append(normalised(own, told[j].id, networks[j], reports[j], told[j]))
    every = tuple(report for each in reports for report in each)
    top = normalised(whole, campaign_id, networks[-1], every, None)
    return CampaignBelief(whole=top, episodes=tuple(out))


@dataclass(frozen=True, kw_only=True)
class Together:
    """Episodes as a campaign reads them: unique names, and which report repeats which over all of them."""

    episodes: tuple[Case, ...]
    networks: tuple[Network, ...]
    reports: tuple[tuple[Report, ...], ...]
    parents: dict[str, str]


def seen_together(episodes: Sequence[Case], knowledge: Knowledge) -> Together:
    """Return the episodes of a campaign with their reports that count."""
    told = tuple(_named(case) for case in episodes)
    reports = tuple(in_force(case, knowledge) for case in told)
    return Together(
        episodes=told,
        networks=tuple(network_of(case, knowledge) for case in told),
        reports=reports,
        parents=_parents(reports, knowledge),
    )


def independent_reports_of(episodes: Sequence[Case], knowledge: Knowledge) -> float:
    """Return the effective number of independent reports of a campaign, copies over its episodes included."""
    seen = seen_together(episodes, knowledge)
    every = [report for each in seen.reports for report in each]
    return float(sum(1 - copy_probability(report, seen.parents, knowledge).mean() for report in every))


def served(after: Array, before: Array, persistence: Array) -> Array:
    """Return what an episode says of the purpose, dims of a joint, from its joint with and without its reports.

    Linear in ``after``: ``r after / before + (1 - r) sum_I after / sum_I before``.
    """
    return np.asarray(persistence * _share(after, before) + (1 - persistence) * _share(after.sum(0), before.sum(0)))


def purposes(
    episodes: Sequence[Case], networks: Sequence[Network], priors: Sequence[Array], knowledge: Knowledge
) -> Array:
    """Return p(purpose, who, demand) of the campaign, dims as a joint: its own base rates, else the episodes' own.

    A sustained series is another reference class than a single incident; actor given purpose and demand given both
    are what they are for an episode. Frames that differ are averaged.
    """
    table = knowledge.table("campaign_purpose")
    out = []
    for case, network, prior in zip(episodes, networks, priors, strict=True):
        purpose = table[FRAMES.index(case.frame)]
        out.append(_share(prior, network.intent[:, None, None]) * purpose[:, None, None])
    # a frame that conditions on the dispute must not outweigh one that does not
    masses = [one.sum((0, 1, 2)) for one in out]
    level = np.mean(masses, axis=0)
    return np.asarray(np.mean([one * (level / mass) for one, mass in zip(out, masses, strict=True)], axis=0))


def _share(part: Array, total: Array) -> Array:
    return np.asarray(
        np.divide(part, total, out=np.zeros(np.broadcast_shapes(part.shape, total.shape)), where=total > 0)
    )


def _named(case: Case) -> Case:
    """Return the case with report ids that are unique over the campaign."""
    renamed = tuple(
        report.model_copy(
            update={
                "id": f"{case.id}/{report.id}",
                "origin": f"{case.id}/{report.id}" if report.origin == report.id else report.origin,
                "copies": f"{case.id}/{report.copies}" if report.copies else None,
            }
        )
        for report in case.reports
    )
    return case.model_copy(update={"reports": renamed})


def _parents(reports: Sequence[Sequence[Report]], knowledge: Knowledge) -> dict[str, str]:
    """Return which report repeats which.

    Over all episodes for what points at actor or demand and for facts about the relationship, which one origin
    would state alike each time; within an episode for facts of the event itself.
    """
    shared = knowledge.setting("campaign.shared_facts")

    def is_shared(report: Report) -> bool:
        return facts()[report.fact].group in ("actor", "demand") or report.fact in shared

    plain = [[report for report in each if report.kind == "likelihood"] for each in reports]
    out = copy_parents([report for each in plain for report in each if is_shared(report)])
    for each in plain:
        out |= copy_parents([report for report in each if not is_shared(report)])
    return out
