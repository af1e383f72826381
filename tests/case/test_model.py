"""Cases as values."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from cybercoercion.case import Actor, Case, Checklist, Range, Report, Stakes, parse_case
from cybercoercion.case.fields import Frozen


def test_the_shared_case_uses_every_field(case: Case) -> None:
    """Every field of every table is set somewhere in the shared case, so no test of it passes a field by."""
    unset: dict[str, set[str]] = {}

    def visit(value: object) -> None:
        if isinstance(value, Frozen):
            name = type(value).__name__
            free = set(type(value).model_fields) - value.model_fields_set
            unset[name] = unset.get(name, free) & free
            for _, one in value:
                visit(one)
        elif isinstance(value, tuple):
            for one in value:
                visit(one)
        elif hasattr(value, "values"):
            for one in value.values():
                visit(one)

    visit(case)
    assert {name: fields for name, fields in unset.items() if fields} == {}
    assert set(unset) == {
        *("Actor", "Case", "Checklist", "Demand", "Labels", "Pending"),
        *("Range", "Report", "Stakes", "Target"),
    }


def test_a_name_and_an_origin_default_to_the_id(case: Case) -> None:
    """An actor without a name bears its id, and a report without an origin is an origin of its own."""
    assert case.actor("gang").name == "gang"
    assert {report.id: report.origin for report in case.reports}["no-claim"] == "no-claim"


def test_lookups(case: Case) -> None:
    """Ids stand in the order of the file and lead to their rows."""
    assert case.actor_ids == ("north", "gang")
    assert case.demand_ids == ("lift-ban", "pay")
    assert case.actor("north").kind == "state"
    assert case.demand("pay").content == "money"
    with pytest.raises(KeyError):
        case.actor("other")


def test_equal_cases_are_one_key(text: str, case: Case) -> None:
    """Two readings of one file are equal, hash alike, and survive pickling."""
    again = parse_case(text)
    assert again == case
    assert hash(again) == hash(case)
    assert pickle.loads(pickle.dumps(case)) == case  # noqa: S301 - our own bytes


def test_mappings_compare_by_content(data: dict[str, Any], case: Case) -> None:
    """The order of the keys of a mapping changes neither equality nor hash."""
    data["demands"][0]["held_by"] = {"gang": "plausible", "north": "declared"}
    other = Case.model_validate(data)
    assert other == case
    assert hash(other) == hash(case)


def test_a_case_never_changes(case: Case) -> None:
    """Neither a field nor a mapping of a case can be set."""
    with pytest.raises(ValidationError, match="frozen"):
        case.title = "Other"
    with pytest.raises(TypeError):
        case.demands[0].held_by["north"] = "held"  # type: ignore[index]


def test_json_holds_the_names_of_the_file(case: Case, data: dict[str, Any]) -> None:
    """Dumped by alias, a case has the keys of its file, nested mappings and checklists too."""
    dumped = case.model_dump(by_alias=True, mode="json", exclude_none=True)
    assert dumped["schema"] == 1
    assert dumped["reports"][1]["copy"] == 0.7
    assert dumped["deception"] == {"north": data["deception"]["north"]}
    assert dumped["stakes"]["bilateral_trade"] == {"north": 1e6}
    assert dumped["as_of"] == "2020-06-15"


def test_what_became_known_later_is_hidden(case: Case) -> None:
    """A report counts from its known date, else its event date, else always."""
    assert [report.id for report in case.hidden()] == ["tools"]
    assert [report.id for report in case.known()] == ["speech", "echo", "no-claim", "words", "panel"]


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (date(2020, 6, 1), ["no-claim", "words", "panel"]),
        (date(2020, 6, 2), ["speech", "no-claim", "words", "panel"]),
        (date(2020, 7, 1), ["speech", "echo", "no-claim", "tools", "words", "panel"]),
    ],
)
def test_as_known_on_moves_the_date_only(case: Case, day: date, known: list[str]) -> None:
    """On another date other reports are known, on the very day too; nothing else differs."""
    moved = case.as_known_on(day)
    assert [report.id for report in moved.known()] == known
    assert set(moved.known()) | set(moved.hidden()) == set(case.reports)
    assert moved.as_known_on(case.as_of) == case


def test_an_event_date_stands_in_for_a_known_date() -> None:
    """A report that says only when it happened counts from that day."""
    report = Report(id="a", fact="threat", finding="clear", event_date=date(2020, 1, 2))
    assert report.known_on(date(2019, 1, 1)) == date(2020, 1, 2)


def test_values_are_checked_in_python_too(case: Case) -> None:
    """A value that Python builds passes the same checks as a file."""
    with pytest.raises(ValidationError, match="exactly one of finding, findings, likelihood"):
        Report(id="a", fact="threat")
    with pytest.raises(ValidationError, match="more than low"):
        Range(low=2, high=1)
    with pytest.raises(ValidationError, match="which mean something already"):
        Actor(id="other", kind="state")
    stranger = Report(id="a", fact="language", finding="south")
    with pytest.raises(ValidationError, match="north, gang, other, none"):
        Case.model_validate({**{name.rstrip("_"): one for name, one in case}, "reports": (stranger,)})


def test_a_flag_stays_a_flag_and_a_number_a_number() -> None:
    """A checklist keeps true apart from a probability, and a stake keeps a point apart from a range."""
    assert Checklist(motive=True).motive is True
    assert isinstance(Checklist(motive=1.0).motive, float)
    assert Stakes(harm_now=3).harm_now == 3.0
    assert Stakes(harm_now=Range(low=1, high=2)).harm_now == Range(low=1, high=2)
