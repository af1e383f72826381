"""The law of an input: in closed form where its distribution is known, else by its draws."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import numpy as np

from cybercoercion.assessment import Assessment
from cybercoercion.knowledge.distribution import Distribution
from cybercoercion.response.amount import RangeLike
from cybercoercion.sensitivity.input.inputs import Input
from cybercoercion.sensitivity.input.stakes import TRADE, defaults, distribution
from cybercoercion.sensitivity.value.linear import Fitted, Law, drawn

SAME = 1e-9


def law_of(assessment: Assessment, one: Input) -> Law:
    """Return how uncertain an input is, with its exact mean.

    A distribution is taken as the input's only if mean, 5 and 95 % agree; what a fit has learnt, and what is a product
    of others, is known by draws, stretched to the exact mean.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.sensitivity.input.inputs import input_named
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=100))
    >>> law_of(sony, input_named(sony, "cost.urgent")).distribution.family
    'log-normal'
    """
    fitted = assessment.knowledge.fitted
    if fitted is not None and one.name in fitted.quantities:
        return drawn(np.asarray(fitted.quantities[one.name]), mean=one.now)
    for found in _candidates(assessment, one):
        ends = ((found.quantile(0.05), one.low), (found.quantile(0.95), one.high))
        if all(_same(*pair) for pair in ends) and _same(found.mean, one.now):
            return Fitted(distribution=found)
    if one.draws is None:
        raise ValueError(f"{one.name} has neither a distribution nor draws")
    return drawn(np.asarray(one.draws), mean=one.now)


def _same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=SAME)


def _candidates(assessment: Assessment, one: Input) -> Iterator[Distribution]:
    case, quantities = assessment.case, assessment.knowledge.quantities
    if one.name in quantities:
        plain = quantities[one.name].distribution
        yield plain
        if math.isfinite(one.most):
            yield replace(plain, cap=min(plain.cap, one.most))
        return
    stated = [getattr(case.stakes, name, None) for name in (one.name.removeprefix("stakes."), "harm_now", TRADE)]
    stated += [demand.cost_of_conceding for demand in case.demands]
    stated += [getattr(actor, one.name.rpartition(".")[2], None) for actor in case.actors]
    for value in stated:
        if hasattr(value, "mass"):
            for family in ("log-normal", "logit-normal"):
                if family == "log-normal" or cast("RangeLike", value).high <= 1:
                    yield distribution(cast("RangeLike", value), family)
    for name in sorted(defaults(case) | {f"resilience.{case.target.kind}"}):
        if name in quantities:
            yield quantities[name].distribution
