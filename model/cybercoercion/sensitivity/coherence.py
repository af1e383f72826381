"""Does an answer contradict itself? Sums, levels, regret, and what must not matter: order and names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.belief import Belief, ImpossibleEvidence, believe, believe_campaign
from cybercoercion.belief.belief import IS_COERCION
from cybercoercion.case import Campaign, Case
from cybercoercion.knowledge import Knowledge
from cybercoercion.response import costs
from cybercoercion.response.table import ViewRanking
from cybercoercion.response.terms import NOTHING_NEW
from cybercoercion.sensitivity.choice import choice_of
from cybercoercion.sensitivity.relabelled import Names, renamed, reversed_reports

Array = NDArray[np.float64]
ROUNDING = 1e-9  # of a probability, or of the largest cost that is compared
FITTED = 1e-6  # where pins are fitted in rounds: probability, or share of the largest cost
NODES = ("intent", "actor", "demand")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that must hold: by how much it is off at most, what is allowed, and what is wrong where it fails."""

    name: str
    off: float
    allowed: float
    fault: str

    @property
    def passed(self) -> bool:
        """Whether it holds; what is not a number does not."""
        return self.off <= self.allowed

    @property
    def warning(self) -> str:
        """What the answer says where it fails."""
        return f"the answer contradicts itself, do not rely on it: {self.fault} (off by {self.off:.2g})"


def coherence(assessment: Assessment) -> tuple[Check, ...]:
    """Return whether an answer agrees with itself: sums, levels, regret, menus; and whether order or names matter.

    What an answer says is checked as it stands. Order and names are checked at fixed parameters: reports reversed, and
    candidates reversed under other names, must give the same belief and the same differences to nothing new.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> all(check.passed for check in coherence(assess(load_case("sony-2014"), load_knowledge(draws=200))))
    True
    """
    views = tuple(assessment.ranking.views.values())
    return (
        *_beliefs((assessment.belief, *assessment.episodes)),
        *_levels(views),
        _regrets(views),
        _shares(views),
        _menus(assessment),
        *_invariances(assessment),
    )


def warnings(checks: tuple[Check, ...]) -> tuple[str, ...]:
    """Return what the answer says about checks that failed."""
    return tuple(check.warning for check in checks if not check.passed)


def coherence_of_value(
    *,
    evpi: float,
    evppi: Mapping[str, float],
    evsi: Mapping[str, float],
    hangs_on: Mapping[str, str] | None = None,
    error: float = 0.0,
) -> tuple[Check, ...]:
    """Return whether values of information keep their bounds, ``0 <= EVSI <= EVPPI <= EVPI``, all in USD.

    Parameters
    ----------
    evpi
        Of everything that ``evppi`` speaks of.
    evppi
        By state or input.
    evsi
        By report, gross of its cost.
    hangs_on
        Report -> the entry of ``evppi`` that its fact and deception hang on; without one, EVPI is its bound.
    error
        What Monte Carlo may be off by, USD.

    >>> [check.passed for check in coherence_of_value(evpi=5.0, evppi={"actor": 3.0}, evsi={"trace": 4.0})]
    [True, True, True]
    >>> coherence_of_value(evpi=5.0, evppi={"a": 3.0}, evsi={"trace": 4.0}, hangs_on={"trace": "a"})[2].fault
    'what trace would tell is worth more than knowing a'
    """
    hung = hangs_on or {}
    negative = {"perfect information": -evpi, **{k: -v for k, v in evppi.items()}, **{k: -v for k, v in evsi.items()}}
    beyond_all = {name: value - evpi for name, value in evppi.items()}
    bound = {name: (hung.get(name, ""), evppi.get(hung.get(name, ""), evpi)) for name in evsi}
    beyond = {name: value - bound[name][1] for name, value in evsi.items()}
    allowed = error + ROUNDING * max(abs(evpi), 1.0)

    def worst(off: Mapping[str, float]) -> tuple[str, float]:
        name = max(off, key=lambda one: np.nan_to_num(off[one], nan=np.inf), default="")
        return name, off.get(name, 0.0)

    below, above, told = worst(negative), worst(beyond_all), worst(beyond)
    known = bound.get(told[0], ("", 0.0))[0] or "everything"
    return (
        Check(name="value.positive", off=below[1], allowed=allowed, fault=f"{below[0]} is worth less than nothing"),
        Check(
            name="value.evppi", off=above[1], allowed=allowed, fault=f"{above[0]} is worth more than knowing everything"
        ),
        Check(
            name="value.evsi",
            off=told[1],
            allowed=allowed,
            fault=f"what {told[0]} would tell is worth more than knowing {known}",
        ),
    )


def _beliefs(beliefs: tuple[Belief, ...]) -> Iterator[Check]:
    """Yield whether each posterior is one, and whether what is said of purpose, actor and demand comes from it."""
    sums, parts = 0.0, 0.0
    for belief in beliefs:
        posterior = belief.posterior
        sums = _most(sums, abs(float(posterior.sum()) - 1.0), -float(posterior.min()))
        whole = posterior.sum(-1)
        for axes, node in (((1, 2), "intent"), ((0, 2), "actor"), ((0, 1), "demand")):
            table = belief.marginal(node)
            parts = _most(
                parts, np.abs(table.sum(1) - whole.sum(axes)).max(), np.abs(table.sum(0) - belief.weights).max()
            )
        coercion = float(whole[IS_COERCION].sum())
        parts = _most(parts, abs(belief.coercion.p - coercion), belief.coercion.p - belief.any_coercive_aim.p)
    yield Check(name="sums", off=sums, allowed=ROUNDING, fault="probabilities do not sum to one, or are below zero")
    yield Check(
        name="marginals",
        off=parts,
        allowed=ROUNDING,
        fault="what is said of purpose, actor or demand is not the sum of what is said of all three",
    )


def _levels(views: tuple[ViewRanking, ...]) -> Iterator[Check]:
    """Yield whether terms add up, levels and differences agree, and the order is that of the differences."""
    terms, levels = 0.0, 0.0
    for view in views:
        scale = _scale(view)
        options = view.options
        off = [sum(one.terms.values()) - one.delta for one in options]
        off += [view.nothing + one.delta - one.expected_cost for one in options]
        # once more, plan by plan: the ranking takes aimed levers all at once
        off += [sum(view.scene.expected(view.plan(one), view.view).values()) - one.expected_cost for one in options]
        terms = _most(terms, *(abs(one) / scale for one in off))
        nothing = view.scene.drawn(NOTHING_NEW, view.view)
        for one in options:
            drawn = view.scene.drawn(view.plan(one), view.view) - nothing
            size = max(float(np.abs(drawn).max()), scale)
            levels = _most(levels, float(np.abs(drawn - one.difference_draws).max()) / size)
        for one, two in pairwise(options):
            levels = _most(levels, (one.delta - two.delta) / scale)
            levels = _most(levels, abs(two.delta - one.delta - (one.gap if one.gap is not None else np.nan)) / scale)
    yield Check(name="terms", off=terms, allowed=ROUNDING, fault="the terms of a response do not add up to its cost")
    yield Check(
        name="levels", off=levels, allowed=ROUNDING, fault="differences, levels and order of the responses disagree"
    )


def _regrets(views: tuple[ViewRanking, ...]) -> Check:
    """Return whether perfect knowledge of the inputs is worth the expected regret of the pick, and not less than 0."""
    off = 0.0
    for view in views:
        draws = np.array([*(one.difference_draws for one in view.options), np.zeros_like(view.nothing_draws)])
        pick = draws[-1] if view.first == "nothing" else draws[0]
        regret = float((pick - draws.min(0)) @ view.scene.share)
        scale = max(float(np.abs(draws) @ view.scene.share @ np.ones(len(draws))), 1.0)
        off = _most(off, abs(regret - view.evpi) / scale, -view.evpi / scale)
    return Check(
        name="regret",
        off=off,
        allowed=ROUNDING,
        fault="perfect knowledge of the inputs is not worth the expected regret of the pick",
    )


def _shares(views: tuple[ViewRanking, ...]) -> Check:
    """Return whether the four responses and nothing new share all readings, and all futures, among them."""
    off = 0.0
    for view in views:
        for field, rest in (("p_best", view.p_best_nothing), ("cheapest_in_futures", view.futures_nothing)):
            each = [*(getattr(one, field) for one in view.options), rest]
            off = _most(off, abs(sum(each) - 1.0), -min(each))
    return Check(name="shares", off=off, allowed=ROUNDING, fault="the shares in which each is best do not sum to one")


def _menus(assessment: Assessment) -> Check:
    """Return whether costs by state, weighed with the belief, are the differences that the ranking shows."""
    off = 0.0
    for name, view in assessment.ranking.views.items():
        menu = choice_of(assessment.belief, assessment.costs, view=name)
        priced = dict(zip(menu.options, menu.by_option(menu.now).tolist(), strict=True))
        shown = {one.response: one.delta for one in view.options} | {"nothing": 0.0}
        off = _most(off, *(abs(priced.get(key, np.nan) - delta) / _scale(view) for key, delta in shown.items()))
    return Check(name="menu", off=off, allowed=ROUNDING, fault="costs by state do not add up to the ranking")


def _invariances(assessment: Assessment) -> Iterator[Check]:
    """Yield whether the order of reports, or names and order of candidates, move the answer at fixed parameters."""
    known = assessment.knowledge.remember("at values", assessment.knowledge.at_values)
    source = assessment.campaign or assessment.case
    try:
        here = _asked(source, assessment.case, known)
    except ImpossibleEvidence:  # what draws allow together, one point may not: then there is nothing to compare
        return
    turned, priced, actors, demands = renamed(source)

    def off(other: Case | Campaign, costed: Case, whom: Names, what: Names) -> float:
        try:
            return _moved(here, _asked(other, costed, known), whom, what)
        except ImpossibleEvidence:
            return float("nan")

    # both at once; only where that fails are they told apart
    order = names = both = off(reversed_reports(turned), priced, actors, demands)
    if not both <= FITTED:
        order = off(reversed_reports(source), assessment.case, {}, {})
        names = off(turned, priced, actors, demands)
        names = both if order <= FITTED and names <= FITTED else names
    yield Check(name="order", off=order, allowed=FITTED, fault="the order of the reports moves it")
    yield Check(name="names", off=names, allowed=FITTED, fault="names or order of the candidates move it")


def _asked(source: Case | Campaign, priced: Case, known: Knowledge) -> tuple[Belief, Mapping[str, float]]:
    """Return the belief at fixed parameters and the difference of each of the five to nothing new, USD."""
    if isinstance(source, Campaign):
        belief = believe_campaign(source.id, source.episodes, known).whole
    else:
        belief = believe(source, known)
    menu = choice_of(belief, costs(priced, known))
    return belief, dict(zip(menu.options, menu.by_option(menu.now).tolist(), strict=True))


def _moved(
    one: tuple[Belief, Mapping[str, float]], two: tuple[Belief, Mapping[str, float]], actors: Names, demands: Names
) -> float:
    """Return by how much two answers differ at most: in probability, or in shares of the largest cost."""
    belief, money = one
    other, costs_ = two
    whom = [other.actors.index(actors.get(name, name)) for name in belief.actors]
    what = [other.demands.index(demands.get(name, name)) for name in belief.demands]
    off = float(np.abs(belief.posterior - other.posterior[:, whom][:, :, what]).max())
    scale = max(*(abs(value) for value in money.values()), 1.0)
    return _most(off, *(abs(value - costs_.get(name, np.nan)) / scale for name, value in money.items()))


def _scale(view: ViewRanking) -> float:
    """Return what rounding is measured in, USD: the largest cost of the view."""
    return max(abs(view.nothing), *(abs(one.delta) for one in view.options), 1.0)


def _most(*off: float) -> float:
    """Return the largest; not a number if any is not."""
    return float(np.max(off))
