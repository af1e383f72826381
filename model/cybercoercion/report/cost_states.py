"""Why this cost: which states of the world the expected costs come from, for an option and for a difference."""

from __future__ import annotations

from typing import Any

from cybercoercion.assessment import Assessment
from cybercoercion.report.names import label
from cybercoercion.report.section import Section
from cybercoercion.report.sentence import NAMES
from cybercoercion.report.words import money, percent
from cybercoercion.response import Ranking
from cybercoercion.response.why import StateShare, why_this_cost

SHOWN = 8


def cost_states_section(assessment: Assessment) -> Section:
    """Return the states behind the difference of the first response and nothing new, largest contribution first."""
    return states_section(assessment, *pair(assessment.ranking), assessment.ranking.view)


def states_section(assessment: Assessment, one: str, other: str, view: str) -> Section:
    """Return the states behind the difference of two choices in a view, largest contribution first."""
    shares = why_this_cost(assessment.ranking, one, other, view=view)
    shown, rest = shares[:SHOWN], shares[SHOWN:]
    rows = [_row(share, assessment) for share in shown]
    if rest:
        p, contribution = sum(share.probability for share in rest), sum(share.contribution for share in rest)
        rows.append((f"{len(rest)} other states", "", "", "", percent(p), "", money(contribution, signed=True)))
    total = sum(share.contribution for share in shares)
    rows.append(("sum", "", "", "", "100 %", "", money(total, signed=True)))
    return Section(
        name="cost-states",
        title=f"Why this cost: {_name(one)} against {_name(other)}, state x probability x cost",
        columns=("actor", "purpose", "demand", "right target", "probability", "cost there", "contribution"),
        rows=tuple(rows),
        numeric_from=4,
    )


def cost_states_json(assessment: Assessment) -> dict[str, Any]:
    """Return the states behind each response, and behind the difference of the first and nothing new."""
    ranking = assessment.ranking
    one, other = pair(ranking)
    return {
        "unit": "USD",
        "view": ranking.default.view.name,
        "options": {
            option.response: [_record(share) for share in why_this_cost(ranking, option.response)]
            for option in ranking.options
        },
        "difference": {
            "of": one,
            "to": other,
            "states": [_record(share) for share in why_this_cost(ranking, one, other)],
        },
    }


def pair(ranking: Ranking) -> tuple[str, str]:
    """Return what is compared: the first response and nothing new."""
    return ranking.options[0].response, "nothing"


def _row(share: StateShare, assessment: Assessment) -> tuple[str, ...]:
    match = {True: "yes", False: "no", None: ""}[share.match]
    return (
        label(assessment.case, "actor", share.actor),
        share.purpose,
        label(assessment.case, "demand", share.demand),
        match,
        percent(share.probability),
        money(share.cost, signed=True),
        money(share.contribution, signed=True),
    )


def _record(share: StateShare) -> dict[str, Any]:
    return {
        "actor": share.actor,
        "purpose": share.purpose,
        "demand": share.demand,
        "right_target": share.match,
        "p": share.probability,
        "cost": share.cost,
        "contribution": share.contribution,
    }


def _name(response: str) -> str:
    return "nothing new" if response == "nothing" else NAMES[response].split(" (")[0].lower()
