"""Values changed for one run."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.case.example import TEXT

from cybercoercion.case import Case, CaseError, Fault, Range, parse_case, with_settings

CASE = parse_case(TEXT)


def test_settings_reach_every_part(case: Case) -> None:
    """Blocks are reached by name, rows by id, and the value may be TOML or bare text."""
    changed = with_settings(
        case,
        [
            "stakes.resilience=0.6",
            "stakes.harm_now = { low = 1e6, high = 2e6 }",
            "stakes.avoidable.high=0.5",
            "reports.speech.grade=B2",
            "reports.tools.off=true",
            "frame=any-intrusion",
            "actors.north.interdependence=0.2",
            "demands.pay.held_by.gang=held",
            "as_of=2020-07-02",
            "deception.gang.motive=0.3",
            "title=A=B",
            'note="5"',
        ],
    )
    reports = {report.id: report for report in changed.reports}
    assert changed.stakes.resilience == 0.6
    assert changed.stakes.harm_now == Range(low=1e6, high=2e6)
    assert changed.stakes.avoidable == Range(low=0.2, high=0.5)
    assert reports["speech"].grade == "B2"
    assert reports["tools"].off
    assert changed.frame == "any-intrusion"
    assert changed.actor("north").interdependence == 0.2
    assert changed.demand("pay").held_by["gang"] == "held"
    assert changed.as_of == date(2020, 7, 2)
    assert changed.deception["gang"].motive == 0.3
    assert (changed.title, changed.note) == ("A=B", "5")


def test_nothing_set_changes_nothing(case: Case, text: str) -> None:
    """Without settings the case is the same, from a value or from its text."""
    assert with_settings(case, []) == with_settings(text, []) == case


def test_the_case_itself_stays(case: Case) -> None:
    """A setting makes another case and leaves the one it was given."""
    with_settings(case, ["stakes.resilience=0.6", "demands.pay.held_by.gang=held"])
    assert case == parse_case(TEXT)


@pytest.mark.parametrize(
    ("setting", "place", "got", "allowed"),
    [
        ("stakes.resilience=6", "stakes.resilience", "6", "at most 1"),
        ("stakes.resilence=0.6", "stakes.resilence", "the key 'resilence'", "(nearest: resilience)"),
        ("reports.speach.grade=B2", "reports.speach.grade", "the ID 'speach'", "(nearest: speech)"),
        ("reports.speech.grade=Z2", 'reports[1] "speech": grade', "'Z2'", "Admiralty"),
        ("reports=3", "reports", "the ID ''", "reports.ID.FIELD=value"),
        ("reports.speech=3", "reports.speech", "the ID 'speech'", "reports.ID.FIELD=value"),
        ("frame=x", "frame", "'x'", "any-intrusion"),
        ("frame.x=1", "frame", "a table", "any-intrusion"),
        ("as_of=2020-13-01", "as_of", "'2020-13-01'", "a date"),
        ("resilience", "'resilience'", "no place and value", "place=value"),
        ("=1", "'=1'", "no place and value", "place=value"),
        ("stakes..x=1", "'stakes..x=1'", "no place and value", "place=value"),
        ("labels.intent.crime=0.5", "labels.intent", "a sum of 1.5", "sum to 1"),
    ],
)
def test_a_faulty_setting_is_named(case: Case, setting: str, place: str, got: str, allowed: str) -> None:
    """Faults of settings name ``--set`` as their file, and pass through the same door as a case."""
    with pytest.raises(CaseError) as caught:
        with_settings(case, [setting])
    (fault,) = caught.value.faults
    assert fault.file == "--set"
    assert (fault.place, fault.got) == (place, got)
    assert allowed in fault.allowed


def test_all_faulty_settings_are_named_at_once(case: Case) -> None:
    """Two faulty settings give two faults."""
    for settings in (["x", "reports.no.grade=A1"], ["frame=x", "stakes.meant=2"]):
        with pytest.raises(CaseError) as caught:
            with_settings(case, settings)
        assert len(caught.value.faults) == 2


@given(place=st.text(max_size=30), value=st.text(max_size=30))
def test_no_setting_crashes(place: str, value: str) -> None:
    """Any place and any value give a case, or faults in words."""
    for setting in (f"{place}={value}", f"stakes.{place}={value}", f"reports.speech.{place}={value}", f"title={value}"):
        faults: tuple[Fault, ...] = ()
        try:
            with_settings(CASE, [setting])
        except CaseError as error:
            faults = error.faults
        assert all(fault.file == "--set" and fault.got and fault.allowed for fault in faults)
