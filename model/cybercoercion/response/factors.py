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
    the row of its class, dims ``(class, intent)``; ``elsewhere`` the same for the actor's other targets.
    """

    classes: Array
    spread: Array
    elsewhere: Array
    scale: dict[str, Array]  # by name of the factor; "" scales nothing


def factors(knowledge: Knowledge, *, stated: bool = True) -> Factors:
    """Return the intent factors of a knowledge.

    Unless the case has ``stated`` how often the actor strikes in the country, the rate is that of states, and crime has
    a factor of its own: a criminal group works through many targets a year.
    """
    return knowledge.remember(("response.factors", stated), lambda: _factors(knowledge, stated=stated))


def _factors(knowledge: Knowledge, *, stated: bool) -> Factors:
    def row(name: str) -> Array:
        return np.array([knowledge.mean(f"intent_factor.{name}.{intent}") for intent in INTENTS])

    classes, place = np.unique(row("denial"), return_inverse=True)
    member = place == np.arange(len(classes))[:, None]
    spread = member * row("recurrence")
    elsewhere = spread if stated else spread * row("recurrence_elsewhere")
    scale = {name: row(name) for name in SCALED} | {"": np.ones(len(INTENTS))}
    return Factors(classes=classes, spread=spread, elsewhere=elsewhere, scale=scale)
