"""Does a decision hang on how sure one prior is? What power-scaling finds for a case, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cybercoercion.case import Case
from cybercoercion.fit.checking.finding import Finding, judged
from cybercoercion.fit.checking.scaling import DRAWS, EVIDENCE, THRESHOLD, Sensitivity, scalings, scene_of
from cybercoercion.fit.checking.smoothing import TRUSTED
from cybercoercion.knowledge import Knowledge

if TYPE_CHECKING:
    from cybercoercion.fit.fit import Fit


def sensitivities(
    case: Case, knowledge: Knowledge, *, fit: Fit | None = None, draws: int = DRAWS
) -> tuple[Sensitivity, ...]:
    """Return the sensitivity of each decision quantity to each prior component and to the evidence; see `scalings`."""
    return tuple(scalings(scene_of(case, knowledge, draws=draws), fit=fit, groups={EVIDENCE: None}))


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
