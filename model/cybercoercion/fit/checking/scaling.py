"""Power-scaling of each prior component and of the evidence: what it moves of what a decision rests on.

Kallioinen, Paananen, Buerkner, Vehtari (2024): raise one component to the power alpha around 1, reweight the draws,
see what moves. The evidence is raised state by state, for hidden states are summed out (see `tempering`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from math import log2
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import as_case
from cybercoercion.belief.belief import IS_COERCION, Belief, believe
from cybercoercion.belief.campaign import believe_campaign
from cybercoercion.belief.evidence import origin_of
from cybercoercion.case import Campaign, Case, Report
from cybercoercion.fit.checking.component import Watched, components, watched
from cybercoercion.fit.checking.density import together
from cybercoercion.fit.checking.smoothing import smoothed
from cybercoercion.fit.checking.tempering import tempered
from cybercoercion.knowledge import Knowledge
from cybercoercion.response import Costs, costs, rank
from cybercoercion.response.summary import cheapest
from cybercoercion.response.terms import NOTHING_NEW, Plan, terms, total
from cybercoercion.response.weights import by_draw
from cybercoercion.vocabulary import RESPONSES

if TYPE_CHECKING:
    from cybercoercion.fit.fit import Fit

Array = NDArray[np.float64]
Index = NDArray[np.intp]
LOW, HIGH = 0.99, 1.01
STEPS = log2(HIGH) - log2(LOW)
THRESHOLD = 0.05  # of the change per doubling of the power, in probability or in standard deviations of the quantity
DRAWS, BATCHES = 8_000, 20
EVIDENCE = "the evidence"
LEARNT = {"objective": "learnt technical facts", "actor": "learnt dyads", "outcome": "learnt outcomes"}
QUANTITIES = ("P(coercion)", "P(leading actor)", "P(best)", "cost gap")
FIVE = (*RESPONSES, "nothing")
TINY = 1e-300


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """What one component does to one quantity.

    ``change`` is per doubling of the power: of probabilities in probability, of money in its own standard deviations
    over draws. ``error`` is its Monte Carlo error, ``pareto_k`` the worst of the weights; times ``unit`` both are in
    probability or USD.
    """

    component: str
    quantity: str
    change: float
    error: float
    pareto_k: float
    unit: float = 1.0

    @property
    def matters(self) -> bool:
        """Whether the change is beyond the threshold and beyond two Monte Carlo errors."""
        return abs(self.change) > THRESHOLD and abs(self.change) > 2 * self.error


@dataclass(frozen=True, slots=True, kw_only=True)
class Rested:
    """What a decision rests on inside each draw, and how much each draw weighs."""

    values: Array  # (quantity, draw)
    log_weight: Array  # (draw,): log p(evidence | theta)

    def means(self, weight: Array) -> Array:
        """Return the quantities under these weights, dims ``(quantity,)``."""
        return np.asarray((self.values * weight).sum(-1) / weight.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A case or campaign at the draws of a knowledge: its belief, and the five at their best variants as things are."""

    source: Case | Campaign
    knowledge: Watched
    belief: Belief
    costs: Costs
    view: str
    plans: tuple[Plan, ...]  # the five, as in FIVE
    first: str
    second: str

    @classmethod
    def of(cls, source: Case | Campaign, knowledge: Watched, view: str = "nation") -> Scene:
        """Return what is asked once."""
        belief = believed(source, knowledge)
        priced = costs(as_case(source) if isinstance(source, Campaign) else source, knowledge)
        ranking = rank(belief, priced, views=(view,)).views[view]
        differences = {name: ranking.option(name).delta for name in RESPONSES} | {"nothing": 0.0}
        first = ranking.first
        rest = {name: delta for name, delta in differences.items() if name != first}
        return cls(
            source=source,
            knowledge=knowledge,
            belief=belief,
            costs=priced,
            view=view,
            plans=(*(ranking.plan(ranking.option(name)) for name in RESPONSES), NOTHING_NEW),
            first=first,
            second=min(rest, key=lambda name: rest[name]),
        )

    def without(self, origins: Collection[str] | None = None) -> Belief:
        """Return the belief without the reports of some origins; by default without any report."""
        return believed(_left(self.source, origins), self.knowledge)

    def rested(self, kind: str, belief: Belief | None = None) -> Rested:
        """Return what the decision rests on: ``decision``, or one of the kinds of `labels`."""
        held = self.belief if belief is None else belief
        mass = held.weights
        values = self._believed(held, kind) if kind == "belief" else self._valued(held, kind)
        return Rested(values=values, log_weight=np.log(np.maximum(mass * held.evidence, TINY)))

    def labels(self, kind: str) -> tuple[str, ...]:
        """Return the quantities of a kind."""
        if kind == "belief":
            actors = (f"actor: {actor}" for actor in self.belief.actors)
            return ("coercion", *actors, *(f"demand: {demand}" for demand in self.belief.demands))
        return {"decision": QUANTITIES, "gap": ("gap",)}.get(kind, FIVE)

    def money(self, kind: str) -> NDArray[np.bool_]:
        """Say which quantities of a kind are money, dims ``(quantity,)``."""
        if kind == "decision":
            return np.array([name == "cost gap" for name in QUANTITIES])
        return np.full(len(self.labels(kind)), kind in ("cost", "gap", "regret"))

    def _believed(self, belief: Belief, kind: str) -> Array:
        inside = belief.posterior / np.maximum(belief.weights, TINY)
        coercion = inside[IS_COERCION].sum((0, 1, 2))[None]
        if kind == "belief":
            return np.concatenate([coercion, inside.sum((0, 2)), inside.sum((0, 1))])
        leader = int(self.belief.marginal("actor").sum(-1).argmax())
        return np.concatenate([coercion, inside[:, leader].sum((0, 1))[None]])

    def _valued(self, belief: Belief, kind: str) -> Array:
        view = self.costs.views[self.view]
        inside, _ = by_draw(belief, self.costs.factors, self.costs.off_target)
        five = np.empty((len(FIVE), self.knowledge.size))
        for row, plan in enumerate(self.plans):
            five[row] = total(terms(self.costs, plan, view, inside, expected=False))
        gap = (five[FIVE.index(self.second)] - five[FIVE.index(self.first)])[None]
        if kind == "gap":
            return np.asarray(gap)
        if kind == "cost":
            return np.asarray(five - five[-1])
        if kind == "regret":
            return five - five.min(0)
        best = cheapest(five)
        if kind == "p_best":
            return best
        return np.concatenate([self._believed(belief, kind), best[[FIVE.index(self.first)]], gap])


def believed(source: Case | Campaign, knowledge: Knowledge) -> Belief:
    """Return the belief about a case, or that about a whole campaign."""
    if isinstance(source, Campaign):
        return believe_campaign(source.id, source.episodes, knowledge).whole
    return believe(source, knowledge)


def raised(without: Belief, told: Belief, power: float) -> Belief:
    """Return the belief when the likelihood of what ``told`` adds is raised to a power, state by state.

    ``p(z, rest | theta) [p(z, e | theta) / p(z, rest | theta)]^alpha`` for intent, actor and demand z. Beliefs that
    reports state keep the weights that they had when they were fitted in.
    """
    out = tempered(without.posterior * without.evidence, told.posterior * told.evidence, power)
    mass = float(out.sum())
    return replace(told, posterior=out / mass, evidence=mass)


def scalings(
    scene: Scene, kind: str = "decision", *, fit: Fit | None = None, groups: Mapping[str, Collection[str] | None]
) -> Iterator[Sensitivity]:
    """Yield the sensitivity of each quantity of a kind to each prior component and each group of reports.

    ``(q(1.01) - q(.99)) / (log2 1.01 - log2 .99)``, with smoothed weights ``p(e | theta) p_c(theta)^(alpha - 1)`` for a
    prior component c: only entries that the case asks for count. ``groups`` names origins whose reports are raised;
    None means all reports. The five stand at the variants that are best as things are.

    With a ``fit``, whose draws the knowledge then holds, draws come from a posterior already; its priors are raised
    likewise, those of what each part has learnt as one component.
    """
    known = scene.knowledge
    base = scene.rested(kind)
    scaled = _Scaled(labels=scene.labels(kind), unit=_spread(base, scene.money(kind)))
    for name, entries in components(known.asked, known).items():
        density = together(entries, known)
        if density.std() > 0:
            yield from scaled.of_component(name, base, density, _batches(entries, known))
    for part in LEARNT if fit is not None else ():
        if fit is not None and fit.has(part):
            from cybercoercion.fit.checking.learnt import log_prior  # dear to load

            density = log_prior(part, fit.draws(part), known)[known.pairing(part)]
            if density.std() > 0:  # a mode is one draw: no prior of it can be stronger
                yield from scaled.of_component(LEARNT[part], base, density, _batches_of(part, known))
    for name, origins in groups.items():
        rest = scene.without(origins)
        sides = [scene.rested(kind, raised(rest, scene.belief, power)) for power in (LOW, HIGH)]
        yield from scaled.of_evidence(name, base, sides, np.arange(known.size) % BATCHES)


def origins(belief: Belief) -> tuple[str, ...]:
    """Return who stands behind the reports that count, in their order."""
    return tuple(dict.fromkeys(origin_of(report) for report in belief.reports))


def _left(source: Case | Campaign, origins: Collection[str] | None) -> Case | Campaign:
    if isinstance(source, Case):
        return source.model_copy(update={"reports": tuple(_others(source, origins))})
    left = [(each, tuple(_others(each, origins, own=f"{each.id}/"))) for each in source.episodes]
    return replace(source, episodes=tuple(each.model_copy(update={"reports": reports}) for each, reports in left))


def _others(case: Case, origins: Collection[str] | None, *, own: str = "") -> Iterator[Report]:
    """Yield the reports of other origins; in a campaign a report that is its own origin bears its episode's name."""
    for report in case.reports if origins is not None else ():
        origin = origin_of(report)
        if origins is not None and (own + origin if origin == report.id else origin) not in origins:
            yield report


def _spread(base: Rested, money: NDArray[np.bool_]) -> Array:
    """Return what a change is measured in, dims ``(quantity,)``: 1 for probabilities, the spread of money."""
    weight, _ = smoothed(base.log_weight)
    centred = base.values - (base.values @ weight)[:, None]
    return np.where(money, np.maximum(np.sqrt(centred**2 @ weight), 1e-12), 1.0)


def _batches(entries: Mapping[str, str], knowledge: Knowledge) -> Index:
    """Return the batch of each draw, dims ``(draw,)``; copies of one draw of a fit stand in one batch."""
    part_of = knowledge.fitted.part_of if knowledge.fitted is not None else {}
    part = next((part_of[name] for name in entries if name in part_of), None)
    return np.arange(knowledge.size) % BATCHES if part is None else _batches_of(part, knowledge)


def _batches_of(part: str, knowledge: Knowledge) -> Index:
    """Return the batch of each draw of a part; a fit by its mode holds one, which makes no batches."""
    held = knowledge.fitted.size(part) if knowledge.fitted is not None else 0
    return (knowledge.pairing(part) if held >= BATCHES else np.arange(knowledge.size)) % BATCHES


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scaled:
    """The difference of two sides of alpha = 1 per doubling, with its Monte Carlo error over batches."""

    labels: tuple[str, ...]
    unit: Array

    def of_component(self, name: str, base: Rested, density: Array, batch: Index) -> Iterator[Sensitivity]:
        centred = density - density.mean()
        sides = [smoothed(base.log_weight + (power - 1) * centred) for power in (LOW, HIGH)]
        k = max(k for _, k in sides)
        yield from self.differences(name, (base, sides[0][0]), (base, sides[1][0]), k, batch)

    def of_evidence(self, name: str, base: Rested, sides: list[Rested], batch: Index) -> Iterator[Sensitivity]:
        weights = [smoothed(one.log_weight) for one in sides]
        k = max([k for _, k in weights] + [smoothed(base.log_weight)[1]])
        yield from self.differences(name, (sides[0], weights[0][0]), (sides[1], weights[1][0]), k, batch)

    def differences(
        self, name: str, low: tuple[Rested, Array], high: tuple[Rested, Array], k: float, batch: Index
    ) -> Iterator[Sensitivity]:
        change = (high[0].means(high[1]) - low[0].means(low[1])) / STEPS / self.unit
        parts = []
        for number in range(BATCHES):
            at = batch == number
            sides = [(side.values[:, at] * w[at]).sum(-1) / w[at].sum() for side, w in (low, high)]
            parts.append((sides[1] - sides[0]) / STEPS / self.unit)
        error = np.std(parts, axis=0, ddof=1) / np.sqrt(BATCHES)
        for quantity, one, wrong, unit in zip(self.labels, change, error, self.unit, strict=True):
            yield Sensitivity(
                component=name,
                quantity=quantity,
                change=float(one),
                error=float(wrong),
                pareto_k=k,
                unit=float(unit),
            )


def scene_of(source: Case | Campaign, knowledge: Knowledge, *, draws: int = DRAWS, view: str = "nation") -> Scene:
    """Return a source at so many draws of a knowledge."""
    return Scene.of(source, watched(knowledge, draws), view)
