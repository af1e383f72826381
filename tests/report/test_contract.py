"""The published JSON: every key of the contract, with its type, and numbers that fit together."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from typing import Any, NoReturn

import pytest
from tests.report.examples import IDS, assessed, said

from cybercoercion.vocabulary import INTENTS

NUMBER, MAYBE = (int, float), (int, float, type(None))
ESTIMATE = {"p": NUMBER, "low": NUMBER, "high": NUMBER}
WORDED = {**ESTIMATE, "words": str}
TERMS = dict.fromkeys(("own", "harm", "concession", "recurrence", "retaliation", "wrong_actor", "second_order"), NUMBER)
TAIL = {"p_added": NUMBER, "cost_at_cap": NUMBER, "flips_at": MAYBE}
ROW = {
    "response": str,
    "variant": str,
    "against": (str, type(None)),
    "expected_cost": NUMBER,
    "cost_low": NUMBER,
    "cost_high": NUMBER,
    "delta": NUMBER,
    "low": NUMBER,
    "high": NUMBER,
    "p_better": NUMBER,
    "terms": TERMS,
    "on_top": NUMBER,
    "gap": MAYBE,
    "gap_mcse": MAYBE,
    "p_best": NUMBER,
    "cheapest_in_futures": NUMBER,
    "regret": NUMBER,
    "cvar90": NUMBER,
    "p_star": MAYBE,
    "tail": TAIL,
}
LINE = {"expected_cost": NUMBER, "delta": NUMBER, "low": MAYBE, "high": MAYBE, "terms": TERMS}
PORTFOLIO = {"levers": list, "expected_cost": NUMBER, "delta": NUMBER, "low": NUMBER, "high": NUMBER, "terms": TERMS}
VIEW = {"ranking": [ROW], "reference": {"nothing": LINE, "wait": LINE}, "portfolio": PORTFOLIO}
CONTRACT: dict[str, Any] = {
    "case": str,
    "as_of": str,
    "sentence": str,
    "confidence": {"level": str, "limit": str, "parts": dict},
    "unit": str,
    "price_year": int,
    "view": str,
    "horizon_months": int,
    "run": {
        "model": str,
        "priors": str,
        "fit": (str, type(None)),
        "case": str,
        "seed": int,
        "draws": int,
        "versions": dict,
        "ess": NUMBER,
        "pareto_k": MAYBE,
    },
    "coercion": WORDED,
    "any_coercive_aim": WORDED,
    "intent": dict,
    "actor": dict,
    "demand": dict,
    "coding": {"threat": str, "actor": str, "desired_behaviour": str},
    **VIEW,
    "views": {"target": VIEW, "nation": VIEW, "long": VIEW},
    "warnings": [str],
}


def breaches(found: Any, promised: Any, place: str = "") -> list[str]:
    """Return every place at which a value is not what is promised; more keys are welcome."""
    if isinstance(promised, dict):
        if not isinstance(found, dict):
            return [f"{place}: {type(found).__name__}, not an object"]
        out = [f"{place}.{key}: missing" for key in promised if key not in found]
        return out + [
            breach
            for key in promised
            if key in found
            for breach in breaches(found[key], promised[key], f"{place}.{key}")
        ]
    if isinstance(promised, list):
        if not isinstance(found, list):
            return [f"{place}: {type(found).__name__}, not a list"]
        return [breach for k, one in enumerate(found) for breach in breaches(one, promised[0], f"{place}[{k}]")]
    fits = isinstance(found, promised) and not (isinstance(found, bool) and promised is not bool)
    return [] if fits else [f"{place}: {type(found).__name__}"]


def no_number(text: str) -> NoReturn:
    """Refuse what JSON does not have."""
    raise AssertionError(text)


def result(name: str) -> dict[str, Any]:
    """Return the published object of a shipped case, as a reader parses it."""
    data: dict[str, Any] = json.loads(said(name).to_json(), parse_constant=no_number)
    return data


def close(one: float, two: float) -> bool:
    """Say whether two amounts agree as sums of floating-point numbers do."""
    return math.isclose(one, two, rel_tol=1e-9, abs_tol=1e-3)


@pytest.mark.parametrize("name", IDS)
def test_every_key_of_the_contract_is_there(name: str) -> None:
    """The result of every shipped case has each promised key, with a value of its type."""
    assert breaches(result(name), CONTRACT) == []


@pytest.mark.parametrize("name", IDS)
def test_beliefs_are_estimates_by_state(name: str) -> None:
    """Intent, actor and demand give each state a probability with its range, and sum to one."""
    data = result(name)
    case = assessed(name).case
    assert tuple(data["intent"]) == INTENTS
    assert tuple(data["actor"]) == (*(actor.id for actor in case.actors), "other")
    assert tuple(data["demand"]) == (*(demand.id for demand in case.demands), "none")
    for node in ("intent", "actor", "demand"):
        assert all(not breaches(one, ESTIMATE) for one in data[node].values())
        assert sum(one["p"] for one in data[node].values()) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("name", IDS)
def test_ranges_hold_their_probability(name: str) -> None:
    """Of coercion, any coercive aim and whatever leads, the probability lies inside its range."""
    data = result(name)
    leading = [max(data[node].values(), key=lambda one: one["p"]) for node in ("intent", "actor", "demand")]
    for one in (data["coercion"], data["any_coercive_aim"], *leading):
        assert 0 <= one["low"] <= one["p"] <= one["high"] <= 1


@pytest.mark.parametrize("name", IDS)
def test_every_range_is_ordered(name: str) -> None:
    """No range of the result begins above its end, and no probability leaves 0 to 1."""

    def walk(value: Any, place: str = "") -> None:
        if isinstance(value, list):
            for k, one in enumerate(value):
                walk(one, f"{place}[{k}]")
        if isinstance(value, dict):
            for low, high in (("low", "high"), ("cost_low", "cost_high")):
                if value.get(low) is not None and value.get(high) is not None:
                    assert value[low] <= value[high], place
            for key in ("p", "p_best", "p_better", "p_star", "cheapest_in_futures", "p_added"):
                if value.get(key) is not None:
                    assert 0 <= value[key] <= 1, f"{place}.{key}"
            for key, one in value.items():
                walk(one, f"{place}.{key}")

    data = result(name)
    del data["inputs"]  # what a person wrote
    walk(data)


@pytest.mark.parametrize("name", IDS)
def test_any_coercive_aim_is_at_least_coercion(name: str) -> None:
    """A coercive aim beside others is at least as likely as coercion as the main purpose, which sums two intents."""
    data = result(name)
    assert data["any_coercive_aim"]["p"] >= data["coercion"]["p"]
    assert close(data["coercion"]["p"], data["intent"]["compellence"]["p"] + data["intent"]["deterrence"]["p"])


@pytest.mark.parametrize("name", IDS)
def test_the_ranking_is_sorted_and_its_gaps_are_differences(name: str) -> None:
    """In each view four different responses stand in order of their difference, and a gap leads to the next."""
    for view in result(name)["views"].values():
        rows = view["ranking"]
        assert len({row["response"] for row in rows}) == 4
        assert [row["delta"] for row in rows] == sorted(row["delta"] for row in rows)
        for row, following in pairwise(rows):
            assert close(row["gap"], following["delta"] - row["delta"])
            assert row["gap_mcse"] >= 0
        assert rows[-1]["gap"] is None
        assert rows[-1]["gap_mcse"] is None


@pytest.mark.parametrize("name", IDS)
def test_levels_and_terms_add_up(name: str) -> None:
    """In each view a level is nothing new plus the difference, and a difference is the sum of its terms."""
    for view in result(name)["views"].values():
        nothing = view["reference"]["nothing"]
        assert nothing["delta"] == 0
        assert close(sum(nothing["terms"].values()), nothing["expected_cost"])
        others = [line for key, line in view["reference"].items() if key != "nothing"]
        for row in (*view["ranking"], *others, view["portfolio"]):
            assert close(row["expected_cost"], nothing["expected_cost"] + row["delta"])
            assert close(sum(row["terms"].values()), row["delta"])


@pytest.mark.parametrize("name", IDS)
def test_shares_of_the_five_sum_to_one(name: str) -> None:
    """Over the four responses and nothing new, p_best sums to one, and so does cheapest_in_futures."""
    for view in result(name)["views"].values():
        five = (*view["ranking"], view["reference"]["nothing"])
        for share in ("p_best", "cheapest_in_futures"):
            assert sum(row[share] for row in five) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("name", IDS)
def test_regret_and_thresholds_have_their_signs(name: str) -> None:
    """Regret is never negative; resilience needs no attribution, names nobody and loses nothing on a wrong actor."""
    for view in result(name)["views"].values():
        for row in view["ranking"]:
            assert row["regret"] >= 0
            assert row["terms"]["own"] >= 0
            assert row["terms"]["wrong_actor"] >= 0
            if row["response"] == "denial":
                assert row["against"] is None
                assert row["terms"]["wrong_actor"] == row["terms"]["retaliation"] == 0
            else:
                assert row["against"] in result(name)["actor"]


@pytest.mark.parametrize("name", IDS)
def test_no_portfolio_is_dearer_than_what_it_begins_with(name: str) -> None:
    """The best combination costs no more than nothing new and than the best resilience."""
    for view in result(name)["views"].values():
        denial = next(row for row in view["ranking"] if row["response"] == "denial")
        assert view["portfolio"]["delta"] <= min(0, denial["delta"]) + 1e-3


@pytest.mark.parametrize("name", IDS)
def test_the_headline_is_the_default_view(name: str) -> None:
    """Ranking, references and portfolio at the top are those of the named view."""
    data = result(name)
    assert data["view"] == "nation"
    assert data["horizon_months"] == 24
    for key in VIEW:
        assert data[key] == data["views"][data["view"]][key]


@pytest.mark.parametrize("name", IDS)
def test_only_campaigns_have_cases(name: str) -> None:
    """A campaign lists intent and coercion of its episodes under their ids; a single case has no such list."""
    data = result(name)
    campaign = assessed(name).campaign
    assert ("cases" in data) == (campaign is not None)
    if campaign is not None:
        assert tuple(data["cases"]) == tuple(case.id for case in campaign.episodes)
        for episode in data["cases"].values():
            assert breaches(episode, {"intent": dict.fromkeys(INTENTS, ESTIMATE), "coercion": ESTIMATE}) == []
            assert sum(one["p"] for one in episode["intent"].values()) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("name", IDS)
def test_the_result_says_what_it_was_made_from(name: str) -> None:
    """Unit, date, hashes, seed, number of draws and versions stand in the result."""
    data = result(name)
    assert data["case"] == name
    assert data["unit"] == "USD"
    assert data["as_of"] == (assessed(name).campaign or assessed(name).case).as_of.isoformat()
    assert data["run"]["seed"] == 1
    assert data["run"]["draws"] == assessed(name).knowledge.size
    assert set(data["run"]["versions"]) >= {"cybercoercion", "python", "numpy"}
    assert all(len(data["run"][key]) == 64 for key in ("model", "priors", "case"))
    assert 0 < data["run"]["ess"] <= data["run"]["draws"] * (1 + 1e-9)


def test_breaches_are_found() -> None:
    """A missing key, a wrong type and a truth value in place of a number are each a breach."""
    good = result("sony-2014")
    for key, value in (("price_year", "2024"), ("price_year", True), ("warnings", [1]), ("ranking", {})):
        assert breaches({**good, key: value}, CONTRACT)
    assert breaches({key: one for key, one in good.items() if key != "coding"}, CONTRACT) == [".coding: missing"]
