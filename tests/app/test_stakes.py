"""The editor of all stakes: each field a number, a range, or its default."""

from __future__ import annotations

import pytest
from tests.app.asking import blank, case, page, press, refused, write

from cybercoercion.assessment import as_case
from cybercoercion.case import load, load_case, read_shipped
from cybercoercion.case.editing import with_values
from cybercoercion.case.stakes import Stakes

SONY = load_case("sony-2014")
MONEY = ("harm_now", "pending_harm", "harm_next", "country_gdp", "delay_cost", "margin", "bilateral_trade")
SHARES = ("avoidable", "resilience", "harm_at_resilience", "meant")


@pytest.mark.parametrize("name", Stakes.model_fields)
def test_each_stake_takes_a_number_a_range_and_its_default(name: str) -> None:
    """Each field of the stakes is stated as a point and as a range and left to its default, one action each."""
    start, text = blank()
    at = page(start, text, parts=[])
    key = f"ask.stakes.{name}"
    one, two, value = ("20 M", "10 M to 30 M", 20e6) if name in MONEY else ("0.4", "0.2 to 0.6", 0.4)
    low, high = (10e6, 30e6) if name in MONEY else (0.2, 0.6)
    assert at.text_input(key=key).value == ""
    write(at, key, one)
    assert case(at) == with_values(start, {f"stakes.{name}": value})
    write(at, key, two)
    assert case(at) == with_values(start, {f"stakes.{name}": {"low": low, "high": high}})
    write(at, key, f"{two}, 50 %")
    assert getattr(case(at).stakes, name).mass == 0.5
    press(at, f"{key}.default")
    assert case(at) == start
    assert any("Not stated" in one.value for one in at.caption)
    press(at, "undo")
    assert at.text_input(key=key).value == f"{two}, 50 %"


@pytest.mark.parametrize(
    ("name", "typed", "allowed"),
    [
        ("resilience", "0.7 to 0.2", "more than low"),
        ("resilience", "1.4", "1"),
        ("resilience", "plenty", "a number such as"),
        ("harm_now", "0 to 5 M", "more than 0"),
        ("harm_now", "1 to 100 M, 99.99 %", ""),
        ("country_gdp", "0", "0"),
    ],
)
def test_a_faulty_number_is_refused_beside_its_field_and_nothing_is_lost(name: str, typed: str, allowed: str) -> None:
    """What was typed stays, the reason stands beside it, the case is as it was, and a good number mends it."""
    at = page(SONY, parts=[])
    key = f"ask.stakes.{name}"
    write(at, key, typed)
    assert case(at) == SONY
    assert refused(at)
    assert at.text_input(key=key).value == typed
    assert any("Not taken over" in one.value and allowed in one.value for one in at.warning)
    write(at, key, "0.5" if name == "resilience" else "5 M")
    assert case(at) != SONY
    assert refused(at) == []
    press(at, "undo")
    assert case(at) == SONY


def test_what_was_refused_is_forgotten_when_it_is_closed() -> None:
    """After the faults are closed the field shows what the case says."""
    at = page(SONY, parts=[])
    old = at.text_input(key="ask.stakes.harm_now").value
    write(at, "ask.stakes.harm_now", "plenty")
    press(at, "refused_close")
    assert at.text_input(key="ask.stakes.harm_now").value == old


def test_trade_is_stated_for_each_candidate() -> None:
    """A candidate's trade stands in the table of the case, and leaving the last one to its default ends the table."""
    at = page(SONY, parts=[])
    write(at, "ask.stakes.bilateral_trade.north-korea", "3 M")
    write(at, "ask.stakes.bilateral_trade.criminals", "0")
    assert dict(case(at).stakes.bilateral_trade) == {"north-korea": 3e6, "criminals": 0.0}
    assert at.text_input(key="ask.stakes.bilateral_trade").value == ""
    press(at, "ask.stakes.bilateral_trade.north-korea.default")
    press(at, "ask.stakes.bilateral_trade.criminals.default")
    assert case(at) == SONY
    write(at, "ask.stakes.bilateral_trade.insider", "1 M to 2 M")
    assert case(at) == SONY
    assert refused(at)


def test_stakes_of_a_campaign_are_its_own() -> None:
    """The stakes of a campaign change in its own file, and undo restores them."""
    whole = load("ukraine-2014-2016")
    at = page(whole, read_shipped("ukraine-2014-2016"), parts=[])
    write(at, "ask.stakes.resilience", "0.5")
    assert as_case(case(at)).stakes.resilience == 0.5
    assert case(at).episodes == whole.episodes
    press(at, "undo")
    assert case(at) == whole
