"""How the purpose of the episode scales what a response does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import INTENTS

Array = NDArray[np.float64]
SCALED = ("punishment", "law_enforcement", "norms", "entanglement")


@dataclass(frozen=True, kw_only=True)
class Factors:
    """Intent factors, dims ``(intent,)``, and the intents grouped by how much denial deters them.

    ``classes`` holds the distinct denial factors, dims ``(class,)``; ``spread`` the recurrence factor of each intent in
    the row of its class, dims ``(class, intent)``.
    """

    classes: Array
    spread: Array
    scale: dict[str, Array]  # by name of the factor; "" scales nothing


def factors(knowledge: Knowledge) -> Factors:
    """Return the intent factors of a knowledge."""
    return knowledge.remember("response.factors", lambda: _factors(knowledge))


def _factors(knowledge: Knowledge) -> Factors:
    def row(name: str) -> Array:
        return np.array([knowledge.mean(f"intent_factor.{name}.{intent}") for intent in INTENTS])

    classes, place = np.unique(row("denial"), return_inverse=True)
    spread = (place == np.arange(len(classes))[:, None]) * row("recurrence")
    scale = {name: row(name) for name in SCALED} | {"": np.ones(len(INTENTS))}
    return Factors(classes=classes, spread=spread, scale=scale)
