"""The belief: the three questions answered with numbers, from reports and tables, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.engine import joint
from cybercoercion.belief.evidence import Factor, effective_grade, in_force
from cybercoercion.belief.network import Network, build_network
from cybercoercion.belief.soft import ImpossibleEvidence, weigh_beliefs
from cybercoercion.belief.summary import effective_size, pareto_k, weighted_quantiles
from cybercoercion.case import Case, Report
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import COERCION, INTENTS

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
IS_COERCION = np.array([intent in COERCION for intent in INTENTS])
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A probability with its 5-95 % band."""

    p: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Belief:
    """What is believed about one case.

    ``posterior`` has dims ``(intent, actor, demand, draw)`` and holds p(states, evidence | draw) over its total, so
    that it sums to one: the joint is averaged, then normalised. The weight of a draw is its share.
    """

    case_id: str
    actors: tuple[str, ...]
    demands: tuple[str, ...]
    posterior: Array
    second_aim: Array  # (intent, draw)
    evidence: float  # p(evidence), averaged over draws
    reports: tuple[Report, ...]  # those that counted
    warnings: tuple[str, ...]

    intents = INTENTS

    @cached_property
    def weights(self) -> Array:
        """Return the weight of each draw, dims ``(draw,)``; they sum to one."""
        return np.asarray(self.posterior.sum((0, 1, 2)))

    @cached_property
    def averaged(self) -> Array:
        """Return the posterior with draws averaged, dims ``(intent, actor, demand)``."""
        return np.asarray(self.posterior.sum(-1))

    def marginal(self, name: str) -> Array:
        """Return the joint of one node and the draws, dims ``(state, draw)``; sums to one."""
        axes = {"intent": (1, 2), "actor": (0, 2), "demand": (0, 1)}[name]
        return np.asarray(self.posterior.sum(axes))

    def labels(self, name: str) -> tuple[str, ...]:
        """Return the states of a node."""
        return {"intent": INTENTS, "actor": self.actors, "demand": self.demands}[name]

    def estimates(self, name: str) -> dict[str, Estimate]:
        """Return probability and band of each state of intent, actor or demand."""
        rows = self._estimate(self.marginal(name))
        return dict(zip(self.labels(name), rows, strict=True))

    @cached_property
    def coercion(self) -> Estimate:
        """Return the probability that the primary purpose is compellence or deterrence."""
        return self._estimate(self.marginal("intent")[IS_COERCION].sum(0)[None])[0]

    @cached_property
    def any_coercive_aim(self) -> Estimate:
        """Return the probability of a coercive aim, primary or second: most real episodes mix purposes."""
        aim = np.where(IS_COERCION[:, None], 1.0, self.second_aim)
        return self._estimate((self.marginal("intent") * aim).sum(0)[None])[0]

    @cached_property
    def ess(self) -> float:
        """Return the effective number of draws."""
        return effective_size(self.weights)

    @cached_property
    def pareto_k(self) -> float:
        """Return the Pareto k of the weights."""
        return pareto_k(self.weights)

    def labelled(self) -> xr.DataArray:
        """Return the averaged posterior, labelled ``(intent, actor, demand)``."""
        import xarray as xr

        coords = {"intent": list(INTENTS), "actor": list(self.actors), "demand": list(self.demands)}
        return xr.DataArray(self.averaged, dims=("intent", "actor", "demand"), coords=coords, name="belief")

    def _estimate(self, by_draw: Array) -> list[Estimate]:
        p = by_draw.sum(-1)
        inside = np.divide(by_draw, self.weights, out=np.zeros_like(by_draw), where=self.weights > 0)
        bands = weighted_quantiles(inside, self.weights)
        # where all draws agree, the mean of them must not leave their range by the last bit
        bands = np.where(np.abs(bands - p[:, None]) < ROUNDING, p[:, None], bands)
        return [Estimate(p=float(m), low=float(lo), high=float(hi)) for m, (lo, hi) in zip(p, bands, strict=True)]


def believe(case: Case, knowledge: Knowledge) -> Belief:
    """Return what is believed about a case: exact over states, Monte Carlo over parameters.

    ``p(z | e) = sum_s p(z, e | theta_s) / sum_s p(e | theta_s)``; bands are quantiles of p(z | e, theta_s) under the
    weights p(e | theta_s).

    Raises
    ------
    ImpossibleEvidence
        When no state of the world agrees with the reports.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> belief = believe(load_case("sony-2014"), load_knowledge(draws=100))
    >>> round(float(belief.averaged.sum()), 12)
    1.0
    """
    reports = in_force(case, knowledge)
    network = network_of(case, knowledge)
    return settle(case, network, reports, weigh_beliefs(case, network, knowledge, reports))


def network_of(case: Case, knowledge: Knowledge) -> Network:
    """Return the prior tables of the case, remembered: they do not depend on reports or stakes."""
    key = (case.frame, case.actors, case.demands, case.deception, case.target.country, case.as_of.year)
    return knowledge.remember_recent("network", key, lambda: build_network(case, knowledge))


def settle(case: Case, network: Network, reports: Sequence[Report], factors: Sequence[Factor]) -> Belief:
    """Multiply, sum and normalise."""
    return normalised(joint(network, factors), case.id, network, reports, case)


def normalised(by_who: Array, case_id: str, network: Network, reports: Sequence[Report], case: Case | None) -> Belief:
    """Return the belief that an unnormalised joint ``(intent, who, demand, draw)`` stands for."""
    total = network.fold(by_who, 1)
    mass = float(total.sum())
    if not mass > 0:
        raise ImpossibleEvidence("no state of the world agrees with all reports")
    total /= mass
    return Belief(
        case_id=case_id,
        actors=network.actors,
        demands=network.demands,
        posterior=total,
        second_aim=network.second_aim,
        evidence=mass / network.draws,
        reports=tuple(reports),
        warnings=_warnings(case, reports) if case is not None else (),
    )


def _warnings(case: Case, reports: Sequence[Report]) -> tuple[str, ...]:
    out = []
    hidden = case.hidden()
    if hidden:
        out.append(
            f"{len(hidden)} reports became known after {case.as_of} and are not used: "
            + ", ".join(report.id for report in hidden)
        )
    capped = [report.id for report in reports if effective_grade(report, reports) != report.grade]
    if capped:
        out.append(
            "graded 1 (confirmed) without an independent report that says the same, read as 2: " + ", ".join(capped)
        )
    return tuple(out)
