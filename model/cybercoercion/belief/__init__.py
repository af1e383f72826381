"""From reports to belief: is it coercion, by whom, for what; and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cybercoercion.belief.belief import Belief, Estimate, believe
from cybercoercion.belief.campaign import CampaignBelief, believe_campaign
from cybercoercion.belief.coding import Coding, code
from cybercoercion.belief.soft import ImpossibleEvidence

if TYPE_CHECKING:
    from cybercoercion.belief.explanation import Explanation, explain

__all__ = [
    "Belief",
    "CampaignBelief",
    "Coding",
    "Estimate",
    "Explanation",
    "ImpossibleEvidence",
    "believe",
    "believe_campaign",
    "code",
    "explain",
]


def __getattr__(name: str) -> Any:
    """Load the explanations only when asked for: an assessment does without."""
    if name in ("Explanation", "explain"):
        from importlib import import_module

        return getattr(import_module("cybercoercion.belief.explanation"), name)
    raise AttributeError(f"module 'cybercoercion.belief' has no attribute {name!r}")
