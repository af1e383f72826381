"""Every single lever at once: expected differences to a resilience already chosen, by what the belief averages to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.costs import Costs, excess
from cybercoercion.response.lever import Lever
from cybercoercion.response.variant import View
from cybercoercion.response.weights import Weights

Array = NDArray[np.float64]
Parts = dict[str, Array]


@dataclass(frozen=True, kw_only=True, eq=False)
class Reached:
    """How probable each intent is where a lever reaches, dims ``(intent, lever)``, and whether it hits the guilty."""

    states: Array
    demanded: Array
    guilty: Array  # (lever,)
    reached: Array  # (lever,)


@dataclass(frozen=True, kw_only=True, eq=False)
class Singles:
    """What aimed levers do, with the draws averaged out; the lever axis follows ``levers``.

    ``saved`` holds, by kind of recurrence, the mean of effect x discounted years left, dims ``(lever, class)``: of the
    target and of its peers, and both times the chance of conceding that is left.
    """

    costs: Costs
    view: View
    levers: tuple[Lever, ...]
    scale: Array  # (lever, class, intent), at the target
    elsewhere: Array  # the same for its peers
    saved: dict[str, Array]
    precedent: Array  # (lever,): mean of the cut in attacks by others x discounted years
    fixed: Parts  # (lever,) each: terms that no belief moves
    wrong: Array  # (lever,): loss where the accused is innocent

    def average(self, weights: Weights) -> Reached:
        """Return the reach of each lever under the averaged belief."""
        reach = self.reach(weights)
        states, demanded = weights.states[:, :, 0] / weights.mass, weights.demanded[:, :, 0] / weights.mass
        return Reached(
            states=states @ reach.T,
            demanded=demanded @ reach.T,
            guilty=states.sum(0)[self.places],
            reached=states.sum(0) @ reach.T,
        )

    def given(self, weights: Weights, *, guilty: bool) -> Reached:
        """Return the reach of each lever given that its target did it, or did not; the odds of purposes stay."""
        states, demanded = weights.states[:, :, 0] / weights.mass, weights.demanded[:, :, 0] / weights.mass
        off = np.array([0.0 if lever.variant.follows_guilt else weights.off_target for lever in self.levers])
        share = np.ones(len(off)) if guilty else off
        p = states.sum(0)[self.places]
        mass = p if guilty else 1 - p

        def conditional(table: Array) -> Array:
            part = table[:, self.places]
            part = part if guilty else table.sum(1, keepdims=True) - part
            whole = np.broadcast_to(table.sum(1, keepdims=True), part.shape)
            # what is certain not to be tells nothing about its purposes: take those of the rest
            return np.asarray(np.where(mass > 1e-12, part / np.where(mass > 1e-12, mass, 1.0), whole) * share)

        return Reached(
            states=conditional(states),
            demanded=conditional(demanded),
            guilty=np.full(len(off), float(guilty)),
            reached=share,
        )

    @property
    def places(self) -> Array:
        """The place of each lever's target among the candidates."""
        return np.array([lever.place for lever in self.levers], dtype=np.intp)

    def reach(self, weights: Weights) -> Array:
        """Return chi of each lever for each actor, dims ``(lever, actor)``."""
        candidates = weights.states.shape[1] - 1
        return np.array([lever.reach(weights.off_target, candidates) for lever in self.levers])

    def differences(self, where: Reached) -> Parts:
        """Return the expected difference of each lever to the chosen resilience by term, USD, dims ``(lever,)``."""
        costs, stakes = self.costs, self.costs.stakes
        own_harm, peers_harm = (amount.mean for amount in costs.recurrence)
        enc_self, enc_peers = (amount.mean for amount in costs.encouragement)
        recurring = np.einsum("vci,iv->vc", self.scale, where.states)
        demanded = np.einsum("vci,iv->vc", self.scale, where.demanded)
        recurrence = -own_harm * (self.saved["target"] * recurring).sum(1)
        concession = -enc_self * own_harm * (self.saved["target conceding"] * demanded).sum(1)
        if self.view.nation:
            recurring = np.einsum("vci,iv->vc", self.elsewhere, where.states)
            demanded = np.einsum("vci,iv->vc", self.elsewhere, where.demanded)
            recurrence = recurrence - peers_harm * (self.saved["nation"] * recurring).sum(1)
            concession = concession - enc_peers * peers_harm * (self.saved["nation conceding"] * demanded).sum(1)
        if self.view.others:
            recurrence = recurrence - stakes.others.mean * self.precedent * where.reached
        return self.fixed | {
            "concession": stakes.concession.mean * concession,
            "recurrence": recurrence,
            "wrong_actor": self.wrong * (1 - where.guilty),
        }


def singles(costs: Costs, view: View, measures: frozenset[str]) -> Singles:
    """Return every aimed lever that a view offers, on top of some measures of resilience."""
    effects = costs.remember(("effects", costs.cells(view), measures), lambda: _effects(costs, view, measures))
    aimed = costs.aimed
    offered = costs.offered(view)
    rows = np.array([row for row, lever in enumerate(aimed) if lever in offered], dtype=np.intp)
    levers = tuple(aimed[row] for row in rows)
    paid = [costs.pays(lever, view) for lever in levers]
    charged = float(costs.years(view).mean())
    return Singles(
        costs=costs,
        view=view,
        levers=levers,
        scale=np.array([costs.factors.spread * costs.factors.scale[lever.variant.factor] for lever in levers]),
        elsewhere=np.array([costs.factors.elsewhere * costs.factors.scale[lever.variant.factor] for lever in levers]),
        saved={kind: table[rows] for kind, table in effects.saved.items()},
        precedent=effects.precedent[rows],
        fixed={
            "own": np.array([once.mean + running.mean * charged for once, running in paid]),
            "harm": np.zeros(len(levers)),
            "retaliation": costs.retaliation.mean * effects.blow[rows],
            "second_order": np.array([lever.second_order.mean for lever in levers]),
        },
        wrong=costs.wrong_actor[rows] * float(view.nation),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Effects:
    """Means over draws of what every aimed lever does over one horizon; see `Singles`."""

    saved: dict[str, Array]
    precedent: Array
    blow: Array  # probability of retaliation x resilience


def _effects(costs: Costs, view: View, measures: frozenset[str]) -> _Effects:
    aimed = costs.aimed
    course, cells, size = costs.course(measures), costs.cells(view), costs.knowledge.size
    classes = len(costs.factors.classes)
    saved = {kind: np.zeros((len(aimed), classes)) for kind in _KINDS}
    precedent = np.zeros(len(aimed))
    for window in dict.fromkeys(lever.variant.window for lever in aimed):
        rows = [place for place, lever in enumerate(aimed) if lever.variant.window == window]
        effect, setting = costs.stacked[window]
        target, nation = course.target.years((window,), cells), course.nation.years((window,), cells)
        years = np.concatenate([target, nation, course.conceding * target, course.conceding * nation])
        means = effect @ years.T / size
        ends = np.cumsum([len(target), len(nation), len(target)])
        for kind, table in zip(_KINDS, np.split(means, ends, axis=1), strict=True):
            saved[kind][rows] = table
        if view.others and setting.any():
            lasting = costs.course().nation.years((window,) if window in _NORMS else (), cells)[0]
            precedent[rows] = setting @ lasting / size
    risk = costs.stakes.escalation
    return _Effects(
        saved=saved,
        precedent=precedent,
        blow=np.array([_mean(excess(lever.retaliation, risk), course.harm) for lever in aimed]),
    )


_KINDS = ("target", "nation", "target conceding", "nation conceding")
_NORMS = ("norms", "deal", "multilateral")


def _mean(probability: Array, blow: Array) -> float:
    return float(np.mean(probability * blow)) if probability.any() else 0.0
