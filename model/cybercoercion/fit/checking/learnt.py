"""What the parts of a fit believe of their parameters before any data: draws, and log-densities of draws.

Said once more, in numpy, beside the PyMC models: a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.episode.layout import EXPONENTS
from cybercoercion.fit.outcome.counts import belief
from cybercoercion.fit.outcome.design import PRIVATE
from cybercoercion.knowledge import Knowledge

Array = NDArray[np.float64]
Draws = Mapping[str, Array]
Family = Literal["normal", "zero-sum", "half-normal", "log-normal"]
NORMAL = ("demand", "average", "private", "step", "imposed", "issue", "reciprocated", "by_chance", "reply")
RATES = ("log_shape", "log_rate")
SCALES = ("between_steps", "between_objectives", "between_reports")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A parameter whose elements are independent: location and scale on the scale of the family."""

    name: str
    family: Family
    location: float | Array
    scale: float | Array

    def log_density(self, x: Array) -> Array:
        """Return the log-density up to a constant, dims ``(draw,)``; of a log-normal on the log scale."""
        scaled = np.log(x) if self.family == "log-normal" else x
        location, scale = (np.asarray(value, dtype=np.float64) for value in (self.location, self.scale))
        width = (1,) * (scaled.ndim - 1 - location.ndim)
        z = (scaled - location.reshape(*location.shape, *width, 1)) / scale.reshape(*scale.shape, *width, 1)
        return np.asarray(-(z.reshape(-1, z.shape[-1]) ** 2).sum(0) / 2)

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        """Return draws, dims ``(*shape, draw)`` with the draw axis in ``shape``."""
        z = rng.standard_normal(shape)
        if self.family == "zero-sum":
            z -= z.mean(-2, keepdims=True)
        location, scale = (np.asarray(value, dtype=np.float64) for value in (self.location, self.scale))
        width = (1,) * (len(shape) - 1 - location.ndim)
        out = location.reshape(*location.shape, *width, 1) + scale.reshape(*scale.shape, *width, 1) * z
        if self.family == "half-normal":
            return np.asarray(np.abs(out))
        return np.asarray(np.exp(out) if self.family == "log-normal" else out)


def terms(part: str, knowledge: Knowledge) -> tuple[Term, ...]:
    """Return the terms of the prior of a part; of outcomes all but the levels, which hang on others; of origin none."""
    number = {name: entry.value for name, entry in knowledge.quantities.items() if name.startswith("learning.")}
    if part in ("objective", "objective_early"):
        at = {name: number[f"learning.objective.{name}"] for name in ("level_sd", "effect_scale", "exponent_sd")}
        median = number["learning.objective.exponent_median"]
        return (
            _term("base", "zero-sum", 0, at["level_sd"]),
            _term("level", "normal", 0, at["level_sd"]),
            _term("effect", "zero-sum", 0, 1),
            _term("scale", "half-normal", 0, at["effect_scale"]),
            _term("exponent", "log-normal", np.log(median), at["exponent_sd"]),
        )
    if part == "actor":
        name = "learning.actor."
        return (
            _term("base", "zero-sum", 0, number[f"{name}base_sd"]),
            _term("region_scale", "half-normal", 0, number[f"{name}region_scale"]),
            _term("region_effect", "zero-sum", 0, 1),
            _term("victim_scale", "half-normal", 0, number[f"{name}victim_scale"]),
            _term("victim_effect", "zero-sum", 0, 1),
            _term("rivalry", "normal", number[f"{name}rivalry_mean"], number[f"{name}rivalry_sd"]),
            _term("cue_scale", "half-normal", 0, number[f"{name}cue_scale"]),
            _term("cue_effect", "zero-sum", 0, 1),
        )
    if part == "episode":
        each = [knowledge.quantities[name].distribution for name in EXPONENTS]
        location, scale = np.array([one.a for one in each]), np.array([one.b for one in each])
        return (
            _term("offset", "normal", 0, 1),
            Term(name="exponent", family="log-normal", location=location, scale=scale),
        )
    if part == "outcome":
        return (
            *(_term(name, "normal", belief(name).location, belief(name).scale) for name in (*NORMAL, *RATES)),
            *(_term(name, "half-normal", 0, belief(name).scale) for name in SCALES),
            _believed("between_classes", "log-normal"),
            _term("revision", "zero-sum", 0, belief("revision").scale),
            *(_term(name, "normal", 0, 1) for name in ("b", "r")),
            _term("o", "zero-sum", 0, 1),
        )
    return ()


def log_prior(part: str, draws: Draws, knowledge: Knowledge) -> Array:
    """Return the log-density of draws of a part under its prior, up to a constant, dims ``(draw,)``."""
    each = [one.log_density(draws[one.name]) for one in terms(part, knowledge) if one.name in draws]
    if part == "outcome":
        spread = draws["between_classes"]
        z = (draws["level"] - _middle(draws)) / spread
        each.append(-(z**2).sum(0) / 2 - len(z) * np.log(spread))
    return np.asarray(np.sum(each, axis=0))


def prior_draws(
    part: str, shapes: Mapping[str, tuple[int, ...]], knowledge: Knowledge, *, size: int, seed: int
) -> dict[str, Array]:
    """Return draws of a part's prior, dims ``(..., draw)``; ``shapes`` are those of its parameters without draws."""
    rng = np.random.default_rng(seed)
    out = {one.name: one.draw((*shapes[one.name], size), rng) for one in terms(part, knowledge) if one.name in shapes}
    if part == "outcome":
        z = rng.standard_normal((len(PRIVATE), size))
        out["level"] = _middle(out) + out["between_classes"] * z
    return out


def _middle(draws: Draws) -> Array:
    return np.asarray(draws["average"] + draws["private"] * PRIVATE[:, None])


def _term(name: str, family: Family, location: float, scale: float) -> Term:
    return Term(name=name, family=family, location=float(location), scale=float(scale))


def _believed(name: str, family: Family) -> Term:
    return _term(name, family, belief(name).location, belief(name).scale)
