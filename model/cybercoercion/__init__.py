"""Is it coercion, by whom, for what, and which response costs least.

>>> import cybercoercion as cc
>>> assessment = cc.assess(cc.load_case("sony-2014"), cc.load_knowledge(draws=200))
>>> assessment.ranking.view
'nation'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cybercoercion.belief import Belief, believe, believe_campaign, explain
    from cybercoercion.case import Campaign, Case, CaseError, load_campaign, load_case, parse_case
    from cybercoercion.fit.checking.check import check
    from cybercoercion.fit.replaced import with_fit
    from cybercoercion.fit.scoring.score import score
    from cybercoercion.fit.store import load_fit, save_fit
    from cybercoercion.knowledge import Knowledge, KnowledgeError, load_knowledge

    # the verbs share their names with the modules of their nouns
    from cybercoercion.report import Assessment, Verdict, assess, assess_campaign, verdict  # type: ignore[no-redef]
    from cybercoercion.response import Costs, Ranking, costs, rank, why_this_cost  # type: ignore[no-redef]
    from cybercoercion.sensitivity import compare, policy_map, smallest, thresholds, tornado, voi

_HOME = {
    "belief": ("Belief", "believe", "believe_campaign", "explain"),
    "case": ("Campaign", "Case", "CaseError", "load_campaign", "load_case", "parse_case"),
    # the verb `fit` itself is `cybercoercion.fit.learn.fit`: here its name is that of the package
    "fit.checking.check": ("check",),
    "fit.replaced": ("with_fit",),
    "fit.scoring.score": ("score",),
    "fit.store": ("load_fit", "save_fit"),
    "knowledge": ("Knowledge", "KnowledgeError", "load_knowledge"),
    "report": ("Assessment", "Verdict", "assess", "assess_campaign", "verdict"),
    "sensitivity": ("compare", "policy_map", "smallest", "thresholds", "tornado", "voi"),
    "response": ("Costs", "Ranking", "costs", "rank", "why_this_cost"),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Assessment",
    "Belief",
    "Campaign",
    "Case",
    "CaseError",
    "Costs",
    "Knowledge",
    "KnowledgeError",
    "Ranking",
    "Verdict",
    "assess",
    "assess_campaign",
    "believe",
    "believe_campaign",
    "check",
    "compare",
    "costs",
    "explain",
    "load_campaign",
    "load_case",
    "load_fit",
    "load_knowledge",
    "parse_case",
    "policy_map",
    "rank",
    "save_fit",
    "score",
    "smallest",
    "thresholds",
    "tornado",
    "verdict",
    "voi",
    "why_this_cost",
    "with_fit",
]


def __getattr__(name: str) -> Any:
    """Load a verb or a value when it is first used: a person waits for the imports of a command."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'cybercoercion' has no attribute {name!r}")
    return getattr(import_module(f"cybercoercion.{_MODULE_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
