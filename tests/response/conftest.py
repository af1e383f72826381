"""Assumed beliefs about the seven cases on which the cost model was first measured.

The inputs of that measurement were not kept. Stakes and beliefs are those of the shipped cases where they fit, and
otherwise (Ukraine, Colonial, OPM, the operator) set to meet the published cost of nothing new: agreement on these cases
shows that the model is the one described, not that it is right.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cybercoercion.case import Actor, Case, Demand, Range, Stakes, Target, load_case
from cybercoercion.response import AssumedBelief, assumed_belief


def with_stakes(case: Case, **stakes: Any) -> Case:
    """Return a case with other stakes."""
    return case.model_copy(update={"stakes": case.stakes.model_copy(update=stakes)})


def sony(*, january: bool = False) -> tuple[Case, AssumedBelief]:
    """Return Sony in mid-December 2014, or in January 2015 when the harm is over and the actor named."""
    case = load_case("sony-2014")
    if january:
        case = with_stakes(case, avoidable=Range(low=0.03, high=0.3), pending_harm=None, meant=None)
    intent = {"compellence": 0.7, "deterrence": 0.06, "retaliation": 0.2, "crime": 0.04}
    actor = {"north-korea": 0.95 if january else 0.7, "insider": 0.02, "criminals": 0.01}
    return case, assumed_belief(case, actor, intent, {"withhold-film": 0.85})


def korea() -> tuple[Case, AssumedBelief]:
    """Return the South Korean broadcasters and banks in March 2013."""
    case = load_case("south-korea-2013")
    intent = {"compellence": 0.2, "deterrence": 0.12, "destabilisation": 0.2, "retaliation": 0.42, "sabotage": 0.06}
    actor = {"north-korea": 0.65, "whois-team": 0.15, "criminals": 0.05, "china": 0.05}
    return case, assumed_belief(case, actor, intent, {"end-exercises": 0.15, "ease-sanctions": 0.1})


def ukraine() -> tuple[Case, AssumedBelief]:
    """Return the campaign against Ukraine, the state being the target."""
    case = load_case("ukraine-sectors-2015")
    case = with_stakes(case, harm_now=Range(low=50e6, high=800e6), recurrence_nation=Range(low=1.0, high=6.0))
    intent = {"compellence": 0.5, "deterrence": 0.05, "destabilisation": 0.33, "sabotage": 0.12}
    demand = {case.demand_ids[0]: 0.5}
    return case, assumed_belief(case, {"russia": 0.9, "patriotic-hackers": 0.05}, intent, demand)


def colonial() -> tuple[Case, AssumedBelief]:
    """Return Colonial Pipeline, as a firm that a busy criminal group hit."""
    case = load_case("colonial-2021")
    case = case.model_copy(update={"target": case.target.model_copy(update={"kind": "firm"})})
    case = with_stakes(case, recurrence_nation=Range(low=2.0, high=10.0))
    intent = {"crime": 0.97, "compellence": 0.01, "testing": 0.01, "destabilisation": 0.01}
    return case, assumed_belief(case, {"darkside": 0.97, "russia": 0.01}, intent, {case.demand_ids[0]: 0.97})


def opm() -> tuple[Case, AssumedBelief]:
    """Return the Office of Personnel Management: espionage by an exposed, norm-sensitive rival."""
    case = load_case("opm-2015")
    china = case.actor("china").model_copy(update={"norm_adherence": 0.8})
    case = case.model_copy(update={"actors": tuple(china if one.id == "china" else one for one in case.actors)})
    return case, assumed_belief(case, {"china": 0.85, "russia": 0.05}, {"espionage": 0.97, "testing": 0.03})


def operator() -> tuple[Case, AssumedBelief]:
    """Return a state against a critical operator in a middling economy."""
    case = Case(
        schema=1,
        id="operator",
        title="A state against a critical operator",
        as_of=date(2020, 1, 1),
        target=Target(name="An operator", kind="operator"),
        frame="disruptive-in-dispute",
        actors=(
            Actor(
                id="rival",
                kind="state",
                relationship="dispute",
                track_record=True,
                interdependence=0.4,
                norm_adherence=0.6,
            ),
        ),
        demands=(Demand(id="align", text="Change course", cost_of_conceding=Range(low=3e8, high=3e9)),),
        stakes=Stakes(harm_now=Range(low=60e6, high=3e9), country_gdp=3e12, bilateral_trade=60e9),
    )
    intent = {"compellence": 0.6, "deterrence": 0.1, "destabilisation": 0.2, "retaliation": 0.1}
    return case, assumed_belief(case, {"rival": 0.85}, intent, {"align": 0.7})


SEVEN: dict[str, Callable[[], tuple[Case, AssumedBelief]]] = {
    "sony-december": sony,
    "sony-january": lambda: sony(january=True),
    "korea": korea,
    "ukraine": ukraine,
    "colonial": colonial,
    "opm": opm,
    "operator": operator,
}


@pytest.fixture(scope="session")
def seven() -> dict[str, Callable[[], tuple[Case, AssumedBelief]]]:
    """Return the seven cases with their beliefs, by name."""
    return SEVEN
