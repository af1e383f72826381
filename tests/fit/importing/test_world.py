"""The states of the world: names, codes, regions, and disputes that are counted again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cybercoercion.fit.importing.dcid import read_dcid
from cybercoercion.fit.importing.eurepoc import read_eurepoc
from cybercoercion.fit.importing.mid import count_disputes, disputes, read_mid
from cybercoercion.fit.importing.sheet import read_sheet
from cybercoercion.fit.importing.world import country, region, world

ISO = st.sampled_from(sorted(world().countries))


def test_codes_and_names_are_unique() -> None:
    """No Correlates of War code and no name stands for two states; every region has states and is listed."""
    states = world().countries.values()
    codes = Counter(code for state in states for code in (state.cow, *state.former) if code is not None)
    names = Counter(name.casefold() for state in states for name in (state.name, *state.names))
    assert max(codes.values()) == max(names.values()) == 1
    assert {state.region for state in states} == set(world().regions)
    assert len(states) > 195


@given(ISO)
def test_every_way_of_naming_a_state_finds_it(iso: str) -> None:
    """Its name, its other names, its code and its ISO code lead to the state, whatever their case."""
    state = world().named(iso)
    assert state.iso == iso
    for name in (state.name, state.name.upper(), *state.names, *([state.cow] if state.cow else [])):
        assert country(name) == state


@pytest.mark.parametrize(
    ("name", "iso", "place"),
    [
        ("N Korea", "KP", "East Asia and Pacific"),
        ("Korea, Republic of", "KR", "East Asia and Pacific"),
        ("UK", "GB", "Europe"),
        (" russia ", "RU", "Europe"),
        ("Georgia", "GE", "Europe"),
        ("Turkey", "TR", "Middle East and North Africa"),
        ("Iran, Islamic Republic of", "IR", "Middle East and North Africa"),
        ("Pakistan", "PK", "South and Central Asia"),
        ("Cote d'Ivoire", "CI", "Sub-Saharan Africa"),
        ("365", "RU", "Europe"),
        ("255", "DE", "Europe"),
        ("260", "DE", "Europe"),
    ],
)
def test_names_of_the_data_sets(name: str, iso: str, place: str) -> None:
    """Names as DCID and EuRepoC write them, and codes, lead to the state and its region."""
    found = country(name)
    assert found is not None
    assert (found.iso, region(found.iso)) == (iso, place)


def test_what_is_no_state_is_none() -> None:
    """Regions, organisations and blanks are no states."""
    assert [country(name) for name in ("NATO (region)", "Unknown", "", "999", 0)] == [None] * 5
    with pytest.raises(KeyError):
        world().named("Atlantis")


@given(ISO, ISO)
def test_disputes_have_no_direction(one: str, other: str) -> None:
    """A dispute of two states is one of each; nobody disputes with itself."""
    count = world().disputes(one, other)
    assert count == world().disputes(other, one) == world().rivals(one).get(other, 0)
    assert world().disputes(one, one) == 0


def test_the_shipped_counts_are_counted_again(data_folder: Path) -> None:
    """A fresh count of the file gives the shipped counts, and later years would add to them."""
    path = data_folder / "dyadic_mid_4_03.csv"
    assert dict(disputes(path)) == dict(world().pairs)
    assert sum(count_disputes(read_mid(path), 1985, 2010).values()) > sum(world().pairs.values())


def test_the_codes_are_those_of_the_data(data_folder: Path) -> None:
    """Every state that still exists and every name in the two incident sets is known."""
    for episode in read_dcid(data_folder / "dcid2_incidents_2000_2016.csv").episodes:
        assert {"initiator_iso", "victim_iso", "victim_code"} <= set(episode.about)
    unknown = Counter(
        one.about["receiver"]
        for one in read_eurepoc(data_folder / "eurepoc_1_1_2000_2020.csv").episodes
        if "receiver" in one.about and "receiver_iso" not in one.about
    )
    assert not {name for name, count in unknown.items() if count > 5} - {
        "Unknown",
        *(name for name in unknown if name.endswith("(region)")),
    }
    sheet = read_sheet(data_folder / "dyadic_mid_4_03.csv", ["statea", "namea", "year"])
    known = {"RUS": "RU", "CHN": "CN", "GMY": "DE", "UKG": "GB", "DRV": "VN", "ROK": "KR", "YUG": "RS", "YEM": "YE"}
    found = {row.cells["namea"]: country(row.cells["statea"]) for row in sheet.rows}
    assert {name: state.iso for name in known if (state := found[name]) is not None} == known
