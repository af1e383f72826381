"""How much each report and each origin moved the belief, in decibans.

Shapley values share the shift from prior to posterior among the reports so that the shares add up; reports of one
origin enter as a union, because they share an error and are read together (Shapley 1953, Owen 1977). Leaving one
report out answers another question - what would be lost without it - and does not add up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.belief import IS_COERCION
from cybercoercion.belief.coalition import Coalitions
from cybercoercion.belief.evidence import copy_parents, copy_probability, origin_of
from cybercoercion.case import Report
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import INTENTS

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
Value = Callable[[int], NDArray[np.float64]]
MOST = 4096  # choices of reports up to which all are evaluated
SEED = 1
FEWEST_PAIRS = 8  # below this a standard error says nothing
TINY = 1e-300  # keeps the sums finite where a report excludes a state
COERCION = "coercion"


@dataclass(frozen=True, eq=False, kw_only=True)
class Weights:
    """Weight of evidence of each report and each origin for each hypothesis, in decibans (10 log10 odds).

    ``by_report`` sums to ``by_origin`` within an origin, and ``by_origin`` to ``posterior - prior``.
    """

    case_id: str
    hypotheses: tuple[str, ...]
    reports: tuple[str, ...]
    origin_of: tuple[str, ...]  # of each report
    origins: tuple[str, ...]
    prior: Array  # (hypothesis,), decibans
    posterior: Array  # (hypothesis,), decibans
    by_report: Array  # (report, hypothesis), decibans
    by_origin: Array  # (origin, hypothesis), decibans
    error: Array  # (report, hypothesis): standard error, decibans; 0 when exact
    origin_error: Array  # (origin, hypothesis)
    without: Array  # (report, hypothesis): the posterior without the report, decibans
    independent: Array  # (origin,): effective number of independent reports
    exact: bool
    evaluated: int  # choices of reports

    def of(self, hypothesis: str) -> dict[str, float]:
        """Return the weight of each report for one hypothesis, in decibans."""
        column = self.by_report[:, self.hypotheses.index(hypothesis)]
        return dict(zip(self.reports, column.tolist(), strict=True))

    def labelled(self) -> xr.Dataset:
        """Return all of it with labels, in decibans."""
        import xarray as xr

        return xr.Dataset(
            {
                "prior": ("hypothesis", self.prior, {"unit": "deciban"}),
                "posterior": ("hypothesis", self.posterior, {"unit": "deciban"}),
                "by_report": (("report", "hypothesis"), self.by_report, {"unit": "deciban"}),
                "by_origin": (("origin", "hypothesis"), self.by_origin, {"unit": "deciban"}),
                "error": (("report", "hypothesis"), self.error, {"unit": "deciban"}),
                "origin_error": (("origin", "hypothesis"), self.origin_error, {"unit": "deciban"}),
                "without": (("report", "hypothesis"), self.without, {"unit": "deciban"}),
                "independent": ("origin", self.independent, {"unit": "reports"}),
            },
            coords={
                "hypothesis": list(self.hypotheses),
                "report": list(self.reports),
                "origin": list(self.origins),
                "origin_of": ("report", list(self.origin_of)),
            },
            attrs={"case": self.case_id, "exact": int(self.exact), "evaluated": self.evaluated},
        )


def weigh_reports(coalitions: Coalitions, *, most: int = MOST, seed: int = SEED) -> Weights:
    """Return the weight of evidence of each report and each origin for every hypothesis.

    With ``v(S) = 10 log10 [P(h | S) / P(not h | S)]``, the probabilities averaged over draws, and ``K`` origins, a
    report ``r`` of origin ``o`` has the Owen value

    ``sum_{H, T} w(|H|, K) w(|T|, n_o) [v(H + T + r) - v(H + T)]``, ``w(k, n) = k! (n - k - 1)! / n!``,

    over sets ``H`` of other whole origins and ``T`` of other reports of ``o``.

    Parameters
    ----------
    coalitions
        The reports of a case that count.
    most
        Up to this many choices of reports the sum is exact; beyond it random orders are drawn, in antithetic pairs
        (random order of origins, random order inside), and a standard error stands beside each value. The values
        of each order add up to the shift, so their mean does. Beliefs among the reports count eightfold, because
        each choice compares them anew.
    seed
        Of the random orders.

    Returns
    -------
    Weights
        In decibans.

    References
    ----------
    L. S. Shapley, "A value for n-person games", 1953. G. Owen, "Values of games with a priori unions", 1977.
    I. J. Good, "Weight of evidence: a brief survey", 1985. J. Castro, D. Gomez, J. Tejada, "Polynomial calculation
    of the Shapley value based on sampling", 2009.

    Examples
    --------
    >>> from cybercoercion.belief.coalition import coalitions_of
    >>> from cybercoercion.case import parse_case, read_shipped
    >>> from cybercoercion.knowledge import load_knowledge
    >>> c = coalitions_of(parse_case(read_shipped("sony-2014")), load_knowledge(draws=20))
    >>> w = weigh_reports(c, most=200)
    >>> bool(np.allclose(w.by_report.sum(0), w.posterior - w.prior))
    True
    """
    names, members = hypotheses(coalitions)

    def v(chosen: int) -> Array:
        return log_odds(coalitions.masses(chosen), members)

    origins = origins_of(coalitions.reports)
    count = len(coalitions.reports)
    allowed = most if coalitions.plain else most // 8
    exact = evaluations(origins) <= allowed
    pairs = max(FEWEST_PAIRS, allowed // (2 * max(count, 1)))

    def shared(v: Value) -> tuple[Array, Array, Array]:
        if exact:
            return *_owen(v, origins, count, len(names)), np.zeros((len(origins), len(names)))
        return _sampled(v, origins, count, pairs, seed)

    asked: set[int] = set()

    def note(chosen: int) -> Array:
        asked.add(chosen)
        return np.zeros(len(names))

    shared(note)
    coalitions.prepare(asked)  # in an order in which sums are shared
    by_report, error, origin_error = shared(v)
    everything = coalitions.everything
    by_origin = [by_report[list(members)].sum(0) for members in origins.values()]
    without = [v(everything & ~(1 << i)) for i in range(count)]
    independent = independent_reports(coalitions.reports, coalitions.knowledge)
    return Weights(
        case_id=coalitions.case.id,
        hypotheses=names,
        reports=tuple(report.id for report in coalitions.reports),
        origin_of=tuple(origin_of(report) for report in coalitions.reports),
        origins=tuple(origins),
        prior=v(0),
        posterior=v(everything),
        by_report=by_report,
        by_origin=np.reshape(by_origin, (len(origins), len(names))),
        error=error,
        origin_error=origin_error,
        without=np.reshape(without, (count, len(names))),
        independent=np.array([independent[origin] for origin in origins]),
        exact=exact,
        evaluated=coalitions.evaluated,
    )


def hypotheses(coalitions: Coalitions) -> tuple[tuple[str, ...], NDArray[np.bool_]]:
    """Return the names of the hypotheses and their members, dims ``(hypothesis, intent, actor, demand)``.

    Coercion, each intent, each actor, each demand; what is certain beforehand is no hypothesis.
    """
    network = coalitions.network
    shape = (len(INTENTS), len(network.actors), len(network.demands))
    index = np.indices(shape)
    found: dict[str, NDArray[np.bool_]] = {COERCION: IS_COERCION[index[0]]}
    nodes = (("intent", INTENTS), ("actor", network.actors), ("demand", network.demands))
    for axis, (node, states) in enumerate(nodes):
        found |= {f"{node}={state}": index[axis] == i for i, state in enumerate(states)}
    before = coalitions.masses(0)
    open_ = {name: which for name, which in found.items() if before[which].sum() > 0 and before[~which].sum() > 0}
    return tuple(open_), np.array(list(open_.values()))


def log_odds(masses: Array, members: NDArray[np.bool_]) -> Array:
    """Return ``10 log10 [P(h) / P(not h)]`` of each hypothesis, in decibans, dims ``(hypothesis,)``.

    Both sums are taken, not one minus the other, so that odds near certainty keep their digits.

    Examples
    --------
    >>> log_odds(np.array([10.0, 1.0]), np.array([[True, False], [False, True]])).tolist()
    [10.0, -10.0]
    """
    inside = members.reshape(len(members), -1)
    flat = masses.reshape(-1)
    return np.asarray(10 * np.log10(np.maximum(inside @ flat, TINY) / np.maximum(~inside @ flat, TINY)))


def origins_of(reports: Sequence[Report]) -> dict[str, tuple[int, ...]]:
    """Return which reports each origin stands behind."""
    out: dict[str, tuple[int, ...]] = {}
    for i, report in enumerate(reports):
        out[origin_of(report)] = (*out.get(origin_of(report), ()), i)
    return out


def evaluations(origins: Mapping[str, Sequence[int]]) -> int:
    """Return how many choices of reports the exact value needs: whole origins, and parts of at most one.

    Examples
    --------
    >>> evaluations({"press": (0, 1), "victim": (2,)})  # 4 of whole origins, 2 parts of the press with and without 2
    8
    """
    k = len(origins)
    return (1 << k) + sum(((1 << len(members)) - 2) * (1 << k) // 2 for members in origins.values())


def independent_reports(reports: Sequence[Report], knowledge: Knowledge) -> dict[str, float]:
    """Return the effective number of independent reports of each origin under the copy model.

    ``n_eff = 1 + sum (1 - c)`` per group of copies: the first counts one, each other the mean probability that it is
    no repetition. Reports that say different things count one each, also when their origin is the same; a report
    that repeats another origin's is counted with its own origin.
    """
    parents = copy_parents([report for report in reports if report.kind == "likelihood"])
    out = dict.fromkeys(origins_of(reports), 0.0)
    for report in reports:
        out[origin_of(report)] += 1 - float(copy_probability(report, parents, knowledge).mean())
    return out


def _owen(v: Value, origins: Mapping[str, Sequence[int]], count: int, width: int) -> tuple[Array, Array]:
    whole = {name: sum(1 << i for i in members) for name, members in origins.items()}
    out = np.zeros((count, width))
    for name, members in origins.items():
        others = [mask for other, mask in whole.items() if other != name]
        inner = np.zeros((1 << len(members), width))  # the game inside the origin, averaged over the other origins
        for part in range(1 << len(members)):
            chosen = sum(1 << i for bit, i in enumerate(members) if part >> bit & 1)
            for size in range(len(others) + 1):
                weight = 1 / (comb(len(others), size) * (len(others) + 1))
                for picked in combinations(others, size):
                    inner[part] += weight * v(chosen | sum(picked))
        for bit, i in enumerate(members):
            for part in range(1 << len(members)):
                if not part >> bit & 1:
                    weight = 1 / (comb(len(members) - 1, part.bit_count()) * len(members))
                    out[i] += weight * (inner[part | 1 << bit] - inner[part])
    return out, np.zeros_like(out)


def _sampled(
    v: Value, origins: Mapping[str, Sequence[int]], count: int, pairs: int, seed: int
) -> tuple[Array, Array, Array]:
    rng = np.random.default_rng(seed)
    groups = [list(members) for members in origins.values()]
    found = []
    for _ in range(pairs):
        order = [i for g in rng.permutation(len(groups)) for i in rng.permutation(groups[g]).tolist()]
        found.append((_along(v, order, count) + _along(v, order[::-1], count)) / 2)
    pooled = np.array(found)  # (pair, report, hypothesis)
    by_origin = np.array([pooled[:, members].sum(1) for members in groups]).swapaxes(0, 1)
    root = np.sqrt(pairs)
    return pooled.mean(0), pooled.std(0, ddof=1) / root, by_origin.std(0, ddof=1) / root


def _along(v: Value, order: Sequence[int], count: int) -> Array:
    chosen, before = 0, v(0)
    out = np.zeros((count, len(before)))
    for i in order:
        chosen |= 1 << i
        after = v(chosen)
        out[i] = after - before
        before = after
    return out
