"""The JSON contract: one object per assessment, the same numbers as on screen."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from cybercoercion.belief import Belief
from cybercoercion.report.future_rows import futures_record
from cybercoercion.response import ViewRanking

if TYPE_CHECKING:
    from cybercoercion.report.verdict import Verdict

PRICE_YEAR = 2024  # what the cost tables are stated in


def document(verdict: Verdict) -> dict[str, Any]:
    """Return the published contract as plain data."""
    assessment = verdict.assessment
    belief, ranking = assessment.belief, assessment.ranking
    default = ranking.default
    source = assessment.campaign or assessment.case
    views = {name: _view(view) for name, view in ranking.views.items()}
    said = verdict.confidence
    out: dict[str, Any] = {
        "case": verdict.case_id,
        "title": verdict.title,
        "marking": verdict.marking,
        "as_of": source.as_of.isoformat(),
        "frame": assessment.case.frame,
        "sentence": verdict.sentence,
        "brief": asdict(verdict.brief),
        "confidence": {
            "level": said.level,
            "limit": said.limit,
            "parts": {
                "evidence": said.evidence,
                "range_of_opinion": said.range_of_opinion,
                "response_to_new_information": said.response_to_new_information,
            },
        },
        "unit": "USD",
        "price_year": PRICE_YEAR,
        "view": default.view.name,
        "horizon_months": default.view.months,
        "run": verdict.run.record(),
        "coercion": asdict(verdict.coercion),
        "any_coercive_aim": asdict(verdict.any_coercive_aim),
        **_beliefs(belief),
        "coding": asdict(assessment.coding),
        **views[default.view.name],
        "futures": futures_record(default),
        "views": views,
        "warnings": list(verdict.warnings),
        "inputs": json.loads(verdict.inputs),
    }
    if assessment.campaign is not None:
        out["cases"] = {
            episode.case_id: {"intent": _estimates(episode, "intent"), "coercion": asdict(episode.coercion)}
            for episode in assessment.episodes
        }
    return out


def _beliefs(belief: Belief) -> dict[str, Any]:
    return {name: _estimates(belief, name) for name in ("intent", "actor", "demand")}


def _estimates(belief: Belief, name: str) -> dict[str, Any]:
    return {state: asdict(estimate) for state, estimate in belief.estimates(name).items()}


def _view(view: ViewRanking) -> dict[str, Any]:
    return {
        "ranking": [option.row() for option in view.options],
        "reference": {name: line.row() for name, line in view.references.items()},
        "portfolio": view.portfolio.row(),
    }
