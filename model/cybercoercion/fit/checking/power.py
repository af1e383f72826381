"""Does a decision hang on how sure one prior is? Power-scaling of each prior component and of the evidence.

Kallioinen, Paananen, Buerkner, Vehtari (2024): raise one component to the power alpha around 1, reweight the draws,
see what moves. The evidence is raised state by state, for hidden states are summed out (see `tempering`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.belief import IS_COERCION, Belief, normalised
from cybercoercion.belief.engine import joint
from cybercoercion.belief.evidence import in_force
from cybercoercion.belief.network import build_network
from cybercoercion.belief.soft import weigh_beliefs
from cybercoercion.case import Case
from cybercoercion.fit.checking.component import components, watched
from cybercoercion.fit.checking.density import together
from cybercoercion.fit.checking.finding import Finding, judged
from cybercoercion.fit.checking.learnt import log_prior
from cybercoercion.fit.checking.smoothing import TRUSTED, smoothed
from cybercoercion.fit.checking.tempering import tempered
from cybercoercion.fit.fit import Fit
from cybercoercion.knowledge import Knowledge
from cybercoercion.response import Ranking, costs, rank

Array = NDArray[np.float64]
Index = NDArray[np.intp]
LOW, HIGH = 0.99, 1.01
STEPS = log2(HIGH) - log2(LOW)
THRESHOLD = 0.05  # of the change per doubling of the power, in probability or in standard deviations of the gap
DRAWS, BATCHES = 8_000, 20
EVIDENCE = "the evidence"
LEARNT = {"objective": "learnt technical facts", "actor": "learnt dyads", "outcome": "learnt outcomes"}
QUANTITIES = ("P(coercion)", "P(leading actor)", "P(best)", "cost gap")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """What one component does to one decision quantity.

    ``change`` is per doubling of the power: of probabilities in probability, of the cost gap in its own standard
    deviations over draws. ``error`` is its Monte Carlo error, ``pareto_k`` the worst of the weights.
    """

    component: str
    quantity: str
    change: float
    error: float
    pareto_k: float

    @property
    def matters(self) -> bool:
        """Whether the change is beyond the threshold and beyond two Monte Carlo errors."""
        return abs(self.change) > THRESHOLD and abs(self.change) > 2 * self.error


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a decision rests on inside each draw, and how much each draw weighs."""

    values: Array  # (quantity, draw)
    log_weight: Array  # (draw,): log p(evidence | theta)

    def means(self, weight: Array) -> Array:
        """Return the decision quantities under these weights, dims ``(quantity,)``."""
        return np.asarray((self.values * weight).sum(-1) / weight.sum())


def sensitivities(
    case: Case, knowledge: Knowledge, *, fit: Fit | None = None, draws: int = DRAWS
) -> tuple[Sensitivity, ...]:
    """Return the sensitivity of each decision quantity to each prior component and to the evidence.

    ``(q(1.01) - q(.99)) / (log2 1.01 - log2 .99)``, with smoothed weights ``p(e | theta) p_c(theta)^(alpha - 1)`` for a
    prior component c: only entries that the case asks for count. For the evidence each state's likelihood is raised and
    the ranking made anew.

    With a ``fit``, whose draws the knowledge then holds, draws come from a posterior already; its priors are raised
    likewise, those of what each part has learnt as one component.
    """
    known = watched(knowledge, draws)
    scene = _Scene.of(case, known)
    base = scene.decision(1.0)
    out: list[Sensitivity] = []
    spread = _spread(base)
    for name, entries in components(known.asked, known).items():
        density = together(entries, known)
        if density.std() > 0:
            out.extend(_of_component(name, base, density, spread, _batches(entries, known)))
    for part in LEARNT if fit is not None else ():
        if fit is not None and fit.has(part):
            density = log_prior(part, fit.draws(part), known)[known.pairing(part)]
            if density.std() > 0:  # a mode is one draw: no prior of it can be stronger
                out.extend(_of_component(LEARNT[part], base, density, spread, _batches_of(part, known)))
    out.extend(_of_evidence(scene, base, spread, np.arange(known.size) % BATCHES))
    return tuple(out)


def sensitivity(case: Case, knowledge: Knowledge, *, fit: Fit | None = None, draws: int = DRAWS) -> Iterator[Finding]:
    """Yield a finding for each component: which decision quantities of a case hang on it."""
    found = sensitivities(case, knowledge, fit=fit, draws=draws)
    for name in dict.fromkeys(one.component for one in found):
        yield _finding([one for one in found if one.component == name], case.id)


def _finding(found: list[Sensitivity], case: str) -> Finding:
    component = found[0].component
    largest = max(found, key=lambda one: abs(one.change))
    k = max(one.pareto_k for one in found)
    name, allowed = f"power.{component}", f"less than {THRESHOLD} per doubling, Pareto k below {TRUSTED}"
    if not k < TRUSTED:
        words = f"In {case}, weights for {component} cannot be trusted (Pareto k {k:.2f}): take more draws."
        return judged(name, "warn", words, value=k, allowed=allowed)
    moved = [one for one in found if one.matters]
    size = f"{largest.quantity} moves by {largest.change:+.3f} (error {largest.error:.3f})"
    if component == EVIDENCE:
        words = f"In {case}, if the evidence counted twice, {size}, to first order. Evidence is meant to move beliefs."
        return judged(name, "information", words, value=largest.change, allowed="any")
    if moved:
        which = ", ".join(f"{one.quantity} by {one.change:+.3f}" for one in moved)
        words = (
            f"In {case}, {component} matter: were this prior twice as strong, it would move {which} (probability, or "
            "standard deviations of the gap). Make sure that you mean these numbers."
        )
        return judged(name, "warn", words, value=largest.change, allowed=allowed)
    if abs(largest.change) > THRESHOLD:
        words = f"In {case}, {size} per doubling of the prior of {component}: no more than Monte Carlo error."
        return judged(name, "pass", words, value=largest.change, allowed=allowed)
    words = f"In {case}, nothing hangs on how sure the prior of {component} is: at most, {size} per doubling."
    return judged(name, "pass", words, value=largest.change, allowed=allowed)


@dataclass(frozen=True, slots=True)
class _Scene:
    """A case at the draws of a knowledge: its joint with and without evidence, its costs, its first ranking."""

    case: Case
    knowledge: Knowledge
    belief: Belief
    ranking: Ranking
    prior: Array  # (intent, who, demand, draw)
    joint: Array

    @classmethod
    def of(cls, case: Case, knowledge: Knowledge) -> _Scene:
        network = build_network(case, knowledge)
        reports = in_force(case, knowledge)
        told = joint(network, weigh_beliefs(case, network, knowledge, reports))
        belief = normalised(told, case.id, network, reports, case)
        ranking = rank(belief, costs(case, knowledge), views=("nation",))
        return cls(case, knowledge, belief, ranking, joint(network, ()), told)

    def decision(self, power: float) -> Decision:
        """Return what the decision rests on when the likelihood of each state is raised to a power."""
        network = build_network(self.case, self.knowledge)
        if power == 1:
            belief, ranking, by_who = self.belief, self.ranking, self.joint
        else:
            by_who = tempered(self.prior, self.joint, power)
            belief = normalised(by_who, self.case.id, network, self.belief.reports, self.case)
            ranking = rank(belief, costs(self.case, self.knowledge), views=("nation",))
        mass = by_who.sum((0, 1, 2))
        inside = belief.posterior / np.maximum(belief.weights, 1e-300)
        first, second = (option.response for option in self.ranking.options[:2])
        leader = int(self.belief.marginal("actor").sum(-1).argmax())
        each = {option.response: option.difference_draws for option in ranking.options}
        best = np.minimum(np.min(list(each.values()), axis=0), 0.0)
        values = np.array(
            [
                inside[IS_COERCION].sum((0, 1, 2)),
                inside[:, leader].sum((0, 1)),
                (each[first] <= best).astype(np.float64),
                each[second] - each[first],
            ]
        )
        return Decision(values=values, log_weight=np.log(np.maximum(mass, 1e-300)))


def _spread(base: Decision) -> Array:
    """Return what a change is measured in, dims ``(quantity,)``: 1 for probabilities, the spread of the gap."""
    weight, _ = smoothed(base.log_weight)
    gap = base.values[-1]
    centre = (weight * gap).sum()
    return np.array([1.0, 1.0, 1.0, max(float(np.sqrt((weight * (gap - centre) ** 2).sum())), 1e-12)])


def _batches(entries: Mapping[str, str], knowledge: Knowledge) -> Index:
    """Return the batch of each draw, dims ``(draw,)``; copies of one draw of a fit stand in one batch."""
    part_of = knowledge.fitted.part_of if knowledge.fitted is not None else {}
    part = next((part_of[name] for name in entries if name in part_of), None)
    return np.arange(knowledge.size) % BATCHES if part is None else _batches_of(part, knowledge)


def _batches_of(part: str, knowledge: Knowledge) -> Index:
    """Return the batch of each draw of a part; a fit by its mode holds one, which makes no batches."""
    held = knowledge.fitted.size(part) if knowledge.fitted is not None else 0
    return (knowledge.pairing(part) if held >= BATCHES else np.arange(knowledge.size)) % BATCHES


def _of_component(name: str, base: Decision, density: Array, spread: Array, batch: Index) -> Iterator[Sensitivity]:
    centred = density - density.mean()
    sides = [smoothed(base.log_weight + (power - 1) * centred) for power in (LOW, HIGH)]
    yield from _differences(name, (base, sides[0][0]), (base, sides[1][0]), spread, max(k for _, k in sides), batch)


def _of_evidence(scene: _Scene, base: Decision, spread: Array, batch: Index) -> Iterator[Sensitivity]:
    sides = [scene.decision(power) for power in (LOW, HIGH)]
    weights = [smoothed(one.log_weight) for one in sides]
    k = max([k for _, k in weights] + [smoothed(base.log_weight)[1]])
    yield from _differences(EVIDENCE, (sides[0], weights[0][0]), (sides[1], weights[1][0]), spread, k, batch)


def _differences(
    name: str, low: tuple[Decision, Array], high: tuple[Decision, Array], spread: Array, k: float, batch: Index
) -> Iterator[Sensitivity]:
    change = (high[0].means(high[1]) - low[0].means(low[1])) / STEPS / spread
    parts = []
    for number in range(BATCHES):
        at = batch == number
        sides = [(side.values[:, at] * w[at]).sum(-1) / w[at].sum() for side, w in (low, high)]
        parts.append((sides[1] - sides[0]) / STEPS / spread)
    error = np.std(parts, axis=0, ddof=1) / np.sqrt(BATCHES)
    for quantity, one, wrong in zip(QUANTITIES, change, error, strict=True):
        yield Sensitivity(component=name, quantity=quantity, change=float(one), error=float(wrong), pareto_k=k)
