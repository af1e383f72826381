"""From reports to factors of the network: one likelihood per fact or per statement, copies counted once.

Reports on one fact of the episode are noisy statements about one hidden state. Reports that point at an
actor or a demand are statements each of their own. Statements of one origin that say the same are copies
with a probability: ``P(second | first, x) = c + (1 - c) P(second | x)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.channel import heard, quality, saying
from cybercoercion.belief.network import Network
from cybercoercion.belief.pointing import points_at_actor, points_at_demand
from cybercoercion.case import Case, Report
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import facts

Array = NDArray[np.float64]
ELSEWHERE = "_elsewhere"  # the table of a fact about an actor that is not behind the episode


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A likelihood over one scope, dims ``(*scope, draw)``.

    ``at`` restricts it to one listed actor: it multiplies only where that actor is behind the episode.
    """

    scope: tuple[str, ...]
    value: Array
    at: int | None = None


def origin_of(report: Report) -> str:
    """Return who stands behind a report; without one it is an origin of its own."""
    return report.origin or report.id


def in_force(case: Case, knowledge: Knowledge) -> tuple[Report, ...]:
    """Return the reports that count: known by the as-of date, switched on, on facts the frame does not condition on.

    A threat that made the case come to attention is already in the frame's base rates; it must not count twice.
    """
    dropped = set(knowledge.setting(f"frame.{case.frame}"))
    origins = {report.id: origin_of(report) for report in case.reports}
    return tuple(
        # to name a report of one's own origin says no more than the origin does
        report.model_copy(update={"copies": None}) if origins.get(report.copies or "") == origin_of(report) else report
        for report in case.known()
        if not report.off and report.fact not in dropped
    )


def key_of(report: Report) -> tuple[object, ...]:
    """Return what a report says, so that equal keys of one origin can be copies."""
    group = facts()[report.fact].group
    words = (
        report.finding,
        tuple(sorted((report.findings or {}).items())),
        tuple(sorted((report.likelihood or {}).items())),
        report.detection,
    )
    return (group, *words) if group in ("actor", "demand") else (report.fact, report.about, *words)


def effective_grade(report: Report, reports: Sequence[Report]) -> str | None:
    """Return the grade that counts: "1, confirmed" stands only beside an independent report that says the same."""
    if report.grade is None or report.grade[1] != "1" or report.kind != "likelihood":
        return report.grade
    confirmed = any(
        other.kind == "likelihood" and origin_of(other) != origin_of(report) and key_of(other) == key_of(report)
        for other in reports
    )
    return report.grade if confirmed else f"{report.grade[0]}2"


def copy_parents(reports: Sequence[Report]) -> dict[str, str]:
    """Return, for each report that may repeat another, which one: report id -> report id.

    Named by the case, or else the first of its origin that says the same: the earliest known, then the
    best graded. The rule looks at neither order nor names.
    """
    order = {name: index for index, name in enumerate(facts())}
    first: dict[tuple[object, ...], Report] = {}

    def rank(report: Report) -> tuple[object, ...]:
        letter, digit = tuple(report.grade or "F6")
        known = report.known_date or report.event_date
        copy = -1.0 if report.copy_probability is None else report.copy_probability
        return (known is None, known or 0, letter, digit, order[report.fact], copy)

    ranked = sorted(reports, key=rank)
    by_id = {report.id: report for report in reports}
    parents: dict[str, str] = {}
    for report in ranked:
        if report.copies in by_id and key_of(by_id[report.copies]) == key_of(report):
            parents[report.id] = report.copies
            continue
        root = first.setdefault((origin_of(report), *key_of(report)), report)
        if root is not report:
            parents[report.id] = root.id
    return parents


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the reports say, before it is multiplied into the network.

    ``told`` holds the likelihood of each fact of the episode, by fact and about whom, dims ``(state, draw)``;
    ``factors`` all that points at actors and demands, and the dispute.
    """

    told: Mapping[tuple[str, str | None], Array]
    factors: tuple[Factor, ...]

    def compiled(self, case: Case, network: Network, knowledge: Knowledge) -> list[Factor]:
        """Return all factors: each fact summed over its states given its parents."""
        out = list(self.factors)
        early = seen_early(name for name, _ in self.told)
        for (name, about), likelihood in self.told.items():
            out.extend(fact_factors(name, about, likelihood, case, network, knowledge, early=early))
        return out


def read_evidence(
    case: Case,
    network: Network,
    knowledge: Knowledge,
    reports: Sequence[Report],
    parents: Mapping[str, str] | None = None,
    still: tuple[Network, Knowledge] | None = None,
) -> Evidence:
    """Return what reports of kind likelihood say; their order is irrelevant.

    ``parents`` says which report repeats which, where that reaches over the episodes of a campaign. ``still`` holds how
    often words come up at all where these say, when tables are changed.
    """
    parents = copy_parents(reports) if parents is None else parents
    told: dict[tuple[str, str | None], Array] = {}
    factors = dispute_factors(case, network, knowledge)
    for report in reports:
        fact = facts()[report.fact]
        graded = report.grade is not None or not report.likelihood
        q = quality(effective_grade(report, reports), knowledge) if graded else np.ones(1)
        copy = copy_probability(report, parents, knowledge)
        said, noise, scope = words_of(report, network, knowledge)
        if still is not None:
            noise = words_of(report, *still)[1]
        value = copy + (1 - copy) * heard(said, noise, q)
        if scope is not None:
            factors.append(Factor(scope=scope, value=value))
        else:
            key = (fact.name, report.about)
            told[key] = told[key] * value if key in told else np.broadcast_to(value, (len(fact.states), network.draws))
    return Evidence(told=told, factors=tuple(factors))


def words_of(report: Report, network: Network, knowledge: Knowledge) -> tuple[Array, Array, tuple[str, ...] | None]:
    """Return P(the words | label) for a perfect channel, how often they come up at all, and the scope they bear on.

    The scope is None for facts of the episode, whose labels are their own states.
    """
    fact = facts()[report.fact]
    if fact.group == "actor":
        said = points_at_actor(report, fact, network, knowledge)
        return said, (network.plausible_who * said).sum(0), ("apparent",) if fact.deceivable else ("who",)
    if fact.group == "demand":
        said = points_at_demand(report, fact, network, knowledge)
        return said, (network.plausible_demand * said).sum(0), ("demand",)
    said = saying(report, fact.states)
    return said, np.asarray(said @ background(report.fact, knowledge)), None


def dispute_factors(case: Case, network: Network, knowledge: Knowledge) -> list[Factor]:
    """Return what a live dispute says about the kind of actor, unless the frame already conditions on it."""
    if network.dispute is None or "dispute" in knowledge.setting(f"frame.{case.frame}"):
        return []
    return [Factor(scope=("kind",), value=knowledge.table("dispute")[:, 0 if network.dispute else 1])]


def background(name: str, knowledge: Knowledge) -> Array:
    """Return how often each state of a fact comes up, the rows of its table averaged, dims ``(state, draw)``."""

    def make() -> Array:
        table = knowledge.table(name)
        return np.asarray(table.reshape(-1, *table.shape[-2:]).mean(0))

    return knowledge.remember(("background", name), make)


def copy_probability(report: Report, parents: Mapping[str, str], knowledge: Knowledge) -> Array:
    """Return how probably a report merely repeats its parent, dims ``(draw,)``; 0 without one."""
    if report.id not in parents:
        return np.zeros(1)
    if report.copy_probability is not None:
        return np.full(1, report.copy_probability)
    return knowledge.quantity("copy.named" if report.copies == parents[report.id] else "copy.same_origin")


def seen_early(names: Iterable[str]) -> bool:
    """Return whether no technical fact is among these but what can be seen at once."""
    return not any(facts()[name].group == "technical" and not facts()[name].early for name in names)


def fact_factors(
    name: str,
    about: str | None,
    likelihood: Array,
    case: Case,
    network: Network,
    knowledge: Knowledge,
    *,
    early: bool = False,
) -> list[Factor]:
    """Return the factors of one fact whose states have these likelihoods: ``sum_x p(x | parents) L(x)``.

    ``early`` says that no technical fact was told but what can be seen at once.
    """
    given = knowledge.tables[name].given
    if name == "demand_content":
        return _content_factors(likelihood, case, network, knowledge)
    rows = knowledge.table(name, early=early)
    value = (rows * likelihood).sum(-2)
    if given == ("guilty",):
        if about is None:
            return []
        return [
            Factor(scope=(), value=value[1]),
            Factor(scope=(), value=value[0] / value[1], at=case.actor_ids.index(about)),
        ]
    if about is None:
        return [Factor(scope=given, value=value)]
    elsewhere = (knowledge.table(name + ELSEWHERE) * likelihood).sum(-2)
    return [
        Factor(scope=(), value=elsewhere),
        Factor(scope=given, value=value / elsewhere, at=case.actor_ids.index(about)),
    ]


def _content_factors(likelihood: Array, case: Case, network: Network, knowledge: Knowledge) -> list[Factor]:
    """Return what words of money or politics say: by what the demand asks for, else by intent."""
    by_intent = (knowledge.table("demand_content") * likelihood).sum(-2)
    by_content = (knowledge.table("content_of_demand") * likelihood).sum(-2)
    value = np.repeat(by_intent[:, None], len(network.demands), 1)
    for d, demand in enumerate(case.demands):
        if demand.content is not None:
            value[:, d] = by_content[("political", "money").index(demand.content)]
    return [Factor(scope=("intent", "demand"), value=value)]
