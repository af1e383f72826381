"""Thresholds of shipped cases with few draws, and values at both sides of a flip."""

from __future__ import annotations

from functools import cache

from tests.sensitivity.examples import assessed_quickly

from cybercoercion.sensitivity.choice import Decision
from cybercoercion.sensitivity.input.input import Input
from cybercoercion.sensitivity.input.inputs import inputs
from cybercoercion.sensitivity.output import Output
from cybercoercion.sensitivity.threshold.threshold import Flip, Thresholds, thresholds


@cache
def found(name: str, view: str, output: Output = "gap", decision: Decision = "response") -> Thresholds:
    """Return the thresholds of what costs are linear in, for a shipped case with few draws."""
    assessment = assessed_quickly(name)
    names = [one.name for one in inputs(assessment, view) if one.linear]
    return thresholds(assessment, view=view, output=output, decision=decision, names=names)


def sides(one: Input, flip: Flip) -> tuple[float, float]:
    """Return a value just nearer to now than a flip, and one just beyond it."""
    step = 1e-7 * max(abs(flip.value), abs(flip.value - one.now))
    near, far = (-step, step) if flip.above else (step, -step)
    return flip.value + near, flip.value + far
