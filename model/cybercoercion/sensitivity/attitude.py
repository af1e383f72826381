"""Would a cautious chooser differ? Four attitudes to risk side by side, and the military tail, which is in none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.response.assumed import AssumedBelief
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.response.scene import Scene
from cybercoercion.response.summary import bands, standard_error
from cybercoercion.response.table import ViewRanking
from cybercoercion.response.terms import NOTHING_NEW, Plan, terms
from cybercoercion.response.weights import averaged
from cybercoercion.sensitivity.asking import known_decision, known_view
from cybercoercion.sensitivity.choice import NOTHING, Decision
from cybercoercion.sensitivity.military import Aimed, MilitaryTail, military_tail
from cybercoercion.sensitivity.output import FIVE

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
Attitude = Literal["expected", "tail mean", "worst", "largest regret"]
ATTITUDES: tuple[Attitude, ...] = ("expected", "tail mean", "worst", "largest regret")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Attitudes:
    """What each option costs by each attitude, USD present value; the least is first.

    ``values`` has dims ``(attitude, option)``; ``tied`` names, by attitude, what cannot be told from the first.
    ``level`` is the share of readings that the tail mean leaves out, ``worst`` the point that stands for the worst,
    ``states`` how many states are credible. ``variants`` says which variant each option is, against whom.
    """

    view: str
    decision: Decision
    level: float
    worst: float
    states: int
    options: tuple[str, ...]
    variants: tuple[str, ...]
    values: Array
    tied: tuple[tuple[str, ...], ...]
    margin: float
    tail: MilitaryTail

    @property
    def firsts(self) -> dict[Attitude, str]:
        """What comes first by each attitude; of equals, nothing new."""
        return {name: first(row, self.options) for name, row in zip(ATTITUDES, self.values, strict=True)}

    @property
    def pick(self) -> str:
        """What costs least on average."""
        return self.firsts["expected"]

    @property
    def agreeing(self) -> tuple[Attitude, ...]:
        """The attitudes by which the pick comes first."""
        return tuple(name for name, option in self.firsts.items() if option == self.pick)

    @property
    def dissenting(self) -> dict[Attitude, str]:
        """What comes first by the others."""
        return {name: option for name, option in self.firsts.items() if option != self.pick}

    def measured(self, output: Literal["cost", "gap"] = "cost") -> Array:
        """Return the numbers of an output, USD.

        ``cost``: what each option costs by each attitude, less what nothing new does, dims ``(attitude, option)``.
        ``gap``: by how much the best of the others costs more than the pick, dims ``(attitude, 1)``; negative where
        another is first.
        """
        if output == "cost":
            return self.values - self.values[:, [self.options.index(NOTHING)]]
        place = self.options.index(self.pick)
        return np.asarray(np.delete(self.values, place, 1).min(1) - self.values[:, place])[:, None]

    def labelled(self, output: Literal["level", "cost", "gap"] = "level") -> xr.DataArray:
        """Return levels, differences to nothing new, or gaps, labelled ``(attitude, option)``, USD."""
        import xarray as xr

        values = self.values if output == "level" else self.measured(output)
        return xr.DataArray(
            values,
            dims=("attitude", "option"),
            coords={"attitude": list(ATTITUDES), "option": ["gap"] if output == "gap" else list(self.options)},
            name=output,
            attrs={"unit": "USD", "view": self.view, "decision": self.decision, "pick": self.pick},
        )


def attitudes(
    assessment: Assessment,
    *,
    view: str = DEFAULT_VIEW,
    decision: Decision = "response",
    level: float | None = None,
) -> Attitudes:
    """Return what each option costs by four attitudes to risk, on common draws.

    ``expected``: the mean, with exact means of money. ``tail mean``: the mean of the worst tenth of the readings of the
    inputs, states averaged (CVaR of the level of cost: that of a difference always favours nothing new). The other two
    look at no probability but at what is credible, that is the likeliest states that hold 95 % of the belief, and in
    each of them 99.5 % of the readings: ``worst`` is the highest cost there, ``largest regret`` by how much an option
    can cost more than the best one of the same state and reading.

    Parameters
    ----------
    assessment
        Of a case or a campaign.
    view
        Whose costs.
    decision
        ``response``: the four responses at their best variants, and nothing new. ``two-step``: on top of the resilience
        that costs least, the other three or nothing.
    level
        Of the tail mean; by default as the tables say.

    Raises
    ------
    ValueError
        When the level is not inside 0 to 1.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = attitudes(assess(load_case("sony-2014"), load_knowledge(draws=200)))
    >>> found.firsts["expected"]
    'denial'
    """
    known_view(view)
    known_decision(decision)
    known = assessment.knowledge
    asked = known.mean("attitude.tail_level") if level is None else level
    if not 0 < asked < 1:
        raise ValueError(f"level: got {asked}; allowed: between 0 and 1")
    ranking = assessment.ranking.views[view]
    scene, menu = ranking.scene, offered(ranking, decision)
    options = tuple(name for name in FIVE if any(one.option == name for one in menu))
    best = [min((one for one in menu if one.option == name), key=lambda one: one.delta) for name in options]
    plans = [one.plan for one in best]
    drawn = np.array([scene.drawn(plan, ranking.view) for plan in plans])
    smooth = np.array([scene.smoothed(plan, ranking.view) for plan in plans])
    inside = credible(assessment.belief.posterior, known.mean("attitude.credible_states"))
    by_state = np.array([_in_states(scene, ranking, plan, inside) for plan in plans])
    weights = _within(assessment.belief.posterior, inside, by_state.shape[-1])
    far = known.mean("attitude.worst_point")
    values = np.array(
        [
            [ranking.nothing + one.delta for one in best],
            bands(drawn, scene.share, asked)[:, 2],
            worst(by_state, weights, far),
            worst(by_state - by_state.min(0), weights, far),
        ]
    )
    errors = (smooth, influence(drawn, scene.share, asked), None, None)
    return Attitudes(
        view=view,
        decision=decision,
        level=asked,
        worst=far,
        states=len(inside),
        options=options,
        variants=tuple(one.name for one in best),
        values=values,
        tied=tuple(
            _tied(row, options, ranking.margin, each, scene.share) for row, each in zip(values, errors, strict=True)
        ),
        margin=ranking.margin,
        tail=military_tail(ranking, menu),
    )


def offered(ranking: ViewRanking, decision: Decision) -> list[Aimed]:
    """Return every variant that may be chosen, with its expected difference to nothing new, USD, and nothing.

    In two steps: on top of the resilience that costs least, which is then part of each plan.
    """
    base = ranking.cheapest_resilience if decision == "two-step" else ()
    level = sum(ranking.scene.expected(Plan(levers=base), ranking.view).values()) - ranking.nothing if base else 0.0
    out = []
    for row in ranking.likely:
        lever = row.levers[0]
        if decision == "two-step" and lever.place is None:
            continue
        plan = Plan(levers=(*base, lever))
        delta = row.delta
        if base:
            delta = sum(ranking.scene.expected(plan, ranking.view).values()) - ranking.nothing
        out.append(Aimed(option=lever.variant.response, plan=plan, delta=delta))
    out.append(Aimed(option=NOTHING, plan=Plan(levers=base) if base else NOTHING_NEW, delta=level))
    return out


def first(values: Array, options: Sequence[str]) -> str:
    """Return the least; of equals, nothing new.

    >>> first(np.array([1.0, 0.0, 0.0]), ("denial", "norms", "nothing"))
    'nothing'
    """
    return min(zip(values.tolist(), options, strict=True), key=lambda one: (one[0], one[1] != NOTHING))[1]


def credible(posterior: Array, share: float) -> list[tuple[int, int, int]]:
    """Return the likeliest states that hold a share of the belief, likeliest first: the fewest that do.

    >>> credible(np.array([0.5, 0.3, 0.15, 0.05]).reshape(4, 1, 1, 1), 0.8)
    [(0, 0, 0), (1, 0, 0)]
    """
    p = posterior.sum(-1)
    order = np.argsort(-p, axis=None, kind="stable")
    held = np.cumsum(p.reshape(-1)[order]) / p.sum()
    enough = int(np.searchsorted(held, share - 1e-12)) + 1
    found = np.unravel_index(order[:enough], p.shape)
    return [(int(i), int(a), int(d)) for i, a, d in zip(*found, strict=True)]


def worst(costs: Array, weights: Array, point: float) -> Array:
    """Return the highest, over states, of the point of the readings inside a state, dims ``(option,)``.

    ``costs`` has dims ``(option, state, draw)``, ``weights`` ``(state, draw)``. The point is the smallest value up to
    which at least that share of the weight lies: with a point of 1, the worst draw.

    >>> worst(np.array([[[1.0, 2.0], [0.0, 9.0]]]), np.full((2, 2), 0.5), 1.0).tolist()
    [9.0]
    """
    out = np.full(len(costs), -np.inf)
    for state, weight in enumerate(weights):
        order = np.argsort(costs[:, state], axis=-1)
        heap = np.cumsum(weight[order], -1)
        for row, heights in enumerate(heap):
            at = int(np.searchsorted(heights, point * heights[-1] - 1e-12))
            out[row] = max(out[row], costs[row, state, order[row, min(at, len(heights) - 1)]])
    return out


def influence(values: Array, weights: Array, level: float) -> Array:
    """Return by draw what the tail mean averages, dims as given ``(option, draw)``: its spread is that mean's error.

    ``v + (x - v)+ / (1 - level)`` with v the point at the level (Rockafellar and Uryasev 2000); its mean is the tail
    mean.

    >>> influence(np.arange(10.0)[None], np.full(10, 0.1), 0.8).mean().round(6)
    np.float64(8.5)
    """
    points = np.array([worst(row[None, None], weights[None], level)[0] for row in values])[:, None]
    return np.asarray(points + np.maximum(values - points, 0) / (1 - level))


def _in_states(scene: Scene, ranking: ViewRanking, plan: Plan, states: Sequence[tuple[int, int, int]]) -> Array:
    """Return the cost of a plan in each reading of the inputs, were the state known, USD, dims ``(state, draw)``."""
    costs, belief, out = scene.costs, scene.belief, []
    for state in states:
        sure = np.zeros((*belief.posterior.shape[:3], 1))
        sure[state] = 1.0
        known = AssumedBelief(intents=belief.intents, actors=belief.actors, demands=belief.demands, posterior=sure)
        weights = averaged(known, costs.factors, costs.off_target)
        out.append(scene.spread(terms(costs, plan, ranking.view, weights, expected=False)))
    return np.array(out)


def _within(posterior: Array, states: Sequence[tuple[int, int, int]], size: int) -> Array:
    """Return the weight of each draw inside each state, dims ``(state, draw)``."""
    rows = np.array([posterior[state] for state in states])
    weights = rows / rows.sum(-1, keepdims=True)
    return weights if weights.shape[-1] == size else np.full((len(rows), size), 1 / size)


def _tied(values: Array, options: Sequence[str], margin: float, draws: Array | None, share: Array) -> tuple[str, ...]:
    """Return what cannot be told from the first: by the margin, and by two Monte Carlo errors where they are known."""
    best = options.index(first(values, options))
    room = [margin] * len(options)
    if draws is not None:
        room = [max(margin, 2 * standard_error(row - draws[best], share)) for row in draws]
    return tuple(
        name for name, value, within in zip(options, values, room, strict=True) if value - values[best] <= within
    )
