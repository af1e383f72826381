"""What a coming report would say in each state of the world, and what that is worth before it is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.channel import quality
from cybercoercion.belief.evidence import ELSEWHERE, background
from cybercoercion.belief.pointing import naming_actor, naming_demand
from cybercoercion.knowledge import Knowledge
from cybercoercion.sensitivity.choice import Choice
from cybercoercion.sensitivity.value.reports import Coming
from cybercoercion.sensitivity.value.states import FRAMED, GUILTY, States
from cybercoercion.vocabulary import facts

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Preposterior:
    """What a report would say, before it is known: P(finding | states), draws averaged.

    ``given = channel @ rows``. ``rows`` is p(x | states, told) of what it would say were it perfect (the state of its
    fact, or whom such a source would name), dims ``(x, *AXES)`` broadcast to those of the joint; ``channel`` is
    P(finding | x), dims ``(finding, x)``: its grade, background where it is noise, and copying. ``seen`` keeps rows
    that planted traces move by whom they point at: p(x | who, apparent actor), dims ``(x, who, apparent)``.
    """

    report: Coming
    hangs_on: tuple[str, ...]  # the states that its fact and deception hang on
    rows: Array
    channel: Array
    seen: Array | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """What it may find."""
        return self.report.labels

    @property
    def given(self) -> Array:
        """P(finding | states), dims ``(finding, *AXES)`` broadcast to the joint's; sums to one over findings."""
        return np.asarray(np.tensordot(self.channel, self.rows, 1))

    def labelled(self, states: States) -> xr.DataArray:
        """Return p(finding, intent, actor, demand), labelled; sums to one."""
        import xarray as xr

        network = states.network
        coords = {"finding": list(self.labels), "intent": list(states.index("intent")[0])}
        return xr.DataArray(
            states.mass(self.given),
            dims=("finding", "intent", "actor", "demand"),
            coords=coords | {"actor": list(network.actors), "demand": list(network.demands)},
            name="p",
            attrs={"unit": "probability", "report": self.report.id},
        )


def worth(choice: Choice, parts: Array) -> float:
    """Return what it is worth to learn which part of the belief holds before choosing, USD; never below 0.

    ``min_plan sum_y E[c | y] p(y) - sum_y p(y) min_plan E[c | y]``, as the regret that the plan chosen now would leave
    in each part: exactly 0 where no part would change it.

    Parameters
    ----------
    choice
        The menu, which does not hang on what is learnt.
    parts
        p(y, intent, actor, demand), dims ``(part, intent, actor, demand)``; summed over parts, the belief now.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.sensitivity.choice import choice
    >>> menu = choice(assess(load_case("notpetya-2017"), load_knowledge(draws=50)))
    >>> worth(menu, menu.states[None])  # nothing is learnt
    0.0
    """
    return float(_regrets(choice, parts).sum())


def lean(choice: Choice) -> Choice:
    """Return the menu without plans that another plan beats, or equals, in every state: no belief would choose them.

    Every value of information is the same, and computed on a tenth of the plans.
    """
    cost = choice.cost.reshape(len(choice.plans), -1)
    kept = [choice.pick]
    for place in np.argsort(cost.sum(1), kind="stable"):  # whoever beats a plan comes before it
        if place != choice.pick and not (cost[kept] <= cost[place]).all(1).any():
            kept.append(int(place))
    rows = np.array(sorted(kept), dtype=np.intp)
    options = tuple(dict.fromkeys(choice.options[choice.option_of[row]] for row in rows))
    return replace(
        choice,
        plans=tuple(choice.plans[row] for row in rows),
        names=tuple(choice.names[row] for row in rows),
        option_of=np.array([options.index(choice.options[choice.option_of[row]]) for row in rows], dtype=np.intp),
        likely=choice.likely[rows],
        options=options,
        cost=np.ascontiguousarray(choice.cost[rows]),
    )


def change(choice: Choice, parts: Array) -> float:
    """Return the probability that what is learnt changes the plan that is chosen."""
    p = parts.reshape(len(parts), -1).sum(1)
    return float(p[_regrets(choice, parts) > 0].sum())


def _regrets(choice: Choice, parts: Array) -> Array:
    costs = choice.expected(parts)  # (part, plan)
    now = costs.sum(0)
    pick = choice.pick if now[choice.pick] <= now.min() else int(now.argmin())
    return np.asarray(costs[:, pick] - costs.min(1))


def evppi(choice: Choice, states: States, names: tuple[str, ...]) -> float:
    """Return what it is worth to know some states before choosing, USD: exact, draws averaged.

    ``V - sum_x min_plan sum_rest p(x, rest | e) c(plan, rest)``.
    """
    return worth(choice, states.known(names))


def evpi(choice: Choice, states: States) -> float:
    """Return what it is worth to know every hidden state that costs hang on, USD: no state is worth more.

    ``V - sum_z p(z) min_plan c(plan, z)``, as the expected regret of the plan chosen now.
    """
    p = states.posterior.reshape(-1)
    costs = choice.cost.reshape(len(choice.plans), -1)
    pick = int((costs @ p).argmin())
    return float((costs[pick] - costs.min(0)) @ p)


def evsi(choice: Choice, states: States, report: Preposterior) -> float:
    """Return what a report is worth before it is known, USD, without its cost.

    ``EVSI = V - sum_y min_plan sum_z c(plan, z) p(z, y)`` with ``p(z, y) = sum_h p(z, h) P(y | parents in h)``, exact
    over all states h and findings y. Given its parents a report is taken to be independent of all else, with tables
    averaged over draws; so it tells nothing that its parents would not, and ``0 <= EVSI <= EVPPI(parents)`` always.
    """
    return worth(choice, states.mass(report.given))


def preposterior(report: Coming, states: States) -> Preposterior:
    """Return what a coming report would say in each state, given all that is told already.

    ``P(y | h) = c 1[y = first finding] + (1 - c) [q P(x = y | h, told) + (1 - q) m(y)]``: its grade's channel q, how
    often such words come up at all m, and the copy probability c are averaged over draws as the belief weights them;
    one that may look and not see says so with ``1 - detection`` whatever it would have said;
    p(x | h, told) over draws given its parents too. So noise tells nothing at all, and a better grade never less.
    """
    fact, weights = facts()[report.fact], states.draws
    names, seen = hangs_on(report, states.knowledge), None
    if fact.group == "actor":
        rows, seen, noise = _pointing_at_actor(report.fact, states)
    elif fact.group == "demand":
        table = _naming_demand(report.fact, states)
        noise = (states.network.plausible_demand * table).sum(1)
        rows = _spread(_averaged(table, states.by_draw(names)), names, states)
    else:
        rows = _of_episode(report, names, states)
        noise = background(report.fact, states.knowledge)
    q = _mean(quality(report.grade, states.knowledge), weights)
    c = _mean(states.knowledge.quantity(report.copy), weights) if report.repeats else 0.0
    back = np.broadcast_to(noise, (len(noise), len(weights))) @ weights
    own = q * np.eye(len(report.labels)) + (1 - q) * back[:, None]
    first = np.array([float(label in report.repeats) for label in report.labels])
    if report.detection is not None:  # then what it may repeat is that nothing was seen
        own = report.detection * own + (1 - report.detection) * first[:, None]
    copied = first / max(first.sum(), 1.0)
    return Preposterior(
        report=report, hangs_on=names, rows=rows, channel=c * copied[:, None] + (1 - c) * own, seen=seen
    )


def hangs_on(report: Coming, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the states that a report's fact and deception hang on."""
    fact, given = facts()[report.fact], knowledge.tables[report.fact].given
    if fact.group in ("actor", "demand"):
        return ("demand",) if fact.group == "demand" else ("who", FRAMED) if fact.deceivable else ("who",)
    if report.fact == "demand_content":
        return ("intent", "demand")
    if report.about is None:
        return given
    return (*(name for name in given if name != "guilty"), f"{GUILTY}{report.about}")


def framing(states: States) -> Array:
    """Return p(apparent actor | who), given what planted traces could have said so far, dims ``(who, apparent)``."""

    def make() -> Array:
        weights = _framing(states)
        return _share(weights.sum(-1), weights.sum((1, 2))[:, None])

    return states.remember("framing", make)


def _pointing_at_actor(name: str, states: States) -> tuple[Array, Array | None, Array]:
    network = states.network
    table = network.remember(name, lambda: naming_actor(name, network, states.knowledge))  # (label, who, draw)
    noise = (network.plausible_who * table).sum(1)
    if not facts()[name].deceivable:
        return _spread(_averaged(table, states.by_draw(("who",))), ("who",), states), None, noise
    seen = _averaged(table[:, None], states.remember("framing by draw", lambda: _framing(states)))
    return _spread((framing(states) * seen).sum(2), ("who",), states), seen, noise


def _framing(states: States) -> Array:
    """Return p(who, apparent, evidence | draw) over its total, dims ``(who, apparent, draw)``."""
    network, n = states.network, states.network.candidates
    count, f = len(network.kind_of), states.network.deception
    out = np.zeros((count, count, states.base.shape[-1]))
    for who in range(count):
        others = [one for one in range(n) if one != who]
        out[who, others] = f[who] / max(len(others), 1)
        out[who, who] = 1 - f[who]
    out *= states.apparent
    return _share(out, out.sum(1, keepdims=True)) * states.by_draw(("who",))[:, None]


def _naming_demand(name: str, states: States) -> Array:
    network = states.network
    return network.remember(name, lambda: naming_demand(name, network, states.knowledge))


def _of_episode(report: Coming, names: tuple[str, ...], states: States) -> Array:
    """Return p(x | what a fact of the episode hangs on, told), dims ``(x, *AXES)``."""
    name, about, known = report.fact, report.about, states.knowledge
    likelihood = states.told.get((name, about), np.ones((1, 1)))
    table = known.table(name, early=states.early)  # (*given, x, draw)
    if name == "demand_content":
        table = _by_demand(table, states)
    elif about is not None and known.tables[name].given != ("guilty",):
        elsewhere = np.broadcast_to(known.table(name + ELSEWHERE).reshape(table.shape[-2:]), table.shape)
        table = np.stack([table, elsewhere], -3)
    rows = np.moveaxis(table, -2, 0)
    rows = rows.reshape(len(rows), -1, rows.shape[-1])
    return _spread(_told(rows, likelihood, states.by_draw(names)), names, states)


def _by_demand(table: Array, states: States) -> Array:
    """Return words of money or politics by what the demand asks for, else by intent, ``(intent, demand, x, draw)``."""
    by_content = states.knowledge.table("content_of_demand")
    rows = np.repeat(table[:, None], len(states.network.demands), 1)
    for place, demand in enumerate(states.case.demands):
        if demand.content is not None:
            rows[:, place] = by_content[("political", "money").index(demand.content)]
    return rows


def _told(rows: Array, likelihood: Array, weights: Array) -> Array:
    """Return p(x | cell, told) averaged, dims ``(x, cell)``, from p(x | cell) with dims ``(x, cell, draw)``."""
    if likelihood.shape == (1, 1):
        return _averaged(rows, weights)
    heard = rows * likelihood[:, None]
    return _averaged(_share(heard, heard.sum(0)), weights)


def _averaged(table: Array, weights: Array) -> Array:
    """Return the mean over draws of ``(x, *cell, draw)``, each cell with its weights ``(*cell, draw)``.

    A cell that cannot be has no weights: it takes the plain mean, so that each still sums to one.
    """
    mass = weights.sum(-1)
    even = np.full(weights.shape, 1 / weights.shape[-1])
    share = np.where((mass > 0)[..., None], _share(weights, mass[..., None]), even)
    return np.asarray(np.einsum("...t,...t->...", table, share))


def _spread(rows: Array, names: tuple[str, ...], states: States) -> Array:
    """Return a table by cell, dims ``(x, cell)``, over the axes of the joint, broadcast."""
    _, at = states.cells(names)
    return np.asarray(rows[:, at])


def _mean(values: Array, weights: Array) -> float:
    return float(np.broadcast_to(values, weights.shape) @ weights / weights.sum())


def _share(part: Array, total: Array) -> Array:
    return np.asarray(
        np.divide(part, total, out=np.zeros(np.broadcast_shapes(part.shape, total.shape)), where=total > 0)
    )
