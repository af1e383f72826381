"""A case back into its file."""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from datetime import date
from difflib import unified_diff
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.case.example import TEXT

from cybercoercion.case import Actor, Case, CaseError, case_to_toml, load, parse_case, shipped, update_toml
from cybercoercion.case.fields import TEXT as PRINTABLE

DATA = tomllib.loads(TEXT)
ODD = """\
schema = 1
id = "odd" # kept
title = "Odd"
as_of = 2015-01-01
frame = "any-intrusion"
stakes.resilience = 0.3 # kept
target.name = "x"
target.kind = "firm"
# kept
[[actors]]
id = "n" # kept
kind = "state"
[actors.interdependence] # kept
low = 0.1 # kept
high = 0.3
# kept
[[reports]] # kept
id = "r1"
fact = "language"
[reports.findings] # kept
n = 1 # kept
[deception.n] # kept
motive = true # kept
# kept
[[reports]] # kept
id = "r2" # kept
fact = "threat" # kept
finding = "clear" # kept
"""
INLINE = """\
schema = 1
id = "inline" # kept
title = "Inline"
as_of = 2015-01-01
frame = "any-intrusion"
deception = {n = {motive=true}}
stakes = { resilience = 0.3 } # kept
target = {name="x", kind="firm"}
actors = [
  {id = "n", kind = "state", interdependence={low=0.1,high=0.3}}, # kept
] # kept
reports = [
   { id = "r1", fact="language", findings={n=1}}, # kept
   # kept
   { id = "r2", fact="threat", finding="clear"}, # kept
]
"""


def with_data(case: Case, **changes: Any) -> Case:
    """Return the case with some blocks exchanged."""
    return Case.model_validate({**{name.rstrip("_"): one for name, one in case}, **changes})


def changed_lines(before: str, after: str) -> list[str]:
    """Return the lines that differ, with the sign of a diff."""
    lines = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if re.match(r"[+-](?![+-]{2} )", line)]


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_case_survives_writing_and_reading(name: str) -> None:
    """Written and read again, each shipped case is the same."""
    found = load(name)
    for case in (found,) if isinstance(found, Case) else found.episodes:
        assert parse_case(case_to_toml(case)) == case


def test_every_field_survives_writing_and_reading(case: Case) -> None:
    """Written and read again, a case that uses every field is the same."""
    text = case_to_toml(case)
    assert parse_case(text) == case
    assert "\n\n\n" not in text
    assert case_to_toml(parse_case(text)) == text


def test_what_has_its_default_is_not_written(case: Case) -> None:
    """A name that equals the id, a mass of .9 and an origin of its own are left out."""
    text = case_to_toml(case)
    assert 'name = "gang"' not in text
    assert "mass = 0.9" not in text
    assert 'origin = "laboratory"' not in text


texts = st.text(min_size=1, max_size=20).filter(re.compile(PRINTABLE).match)
shares = st.floats(0.01, 0.99)
money = st.one_of(
    st.floats(0, 1e18),
    st.builds(lambda low, width: {"low": low, "high": low * (1 + width)}, st.floats(1, 1e12), st.floats(0.1, 10)),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Return a case like the shared one, with other texts, numbers, dates, and rows in another order."""
    data: dict[str, Any] = deepcopy(DATA)
    data["title"] = draw(texts)
    data["as_of"] = draw(st.dates())
    data["target"]["name"] = draw(texts)
    for actor in data["actors"]:
        if draw(st.booleans()):
            actor["interdependence"] = draw(shares)
        if draw(st.booleans()):
            actor["name"] = draw(texts)
    for key in ("harm_now", "margin", "country_gdp", "delay_cost"):
        data["stakes"].pop(key)
        if draw(st.booleans()):
            data["stakes"][key] = draw(money.filter(bool))  # a country without a GDP is none
    for report in data["reports"]:
        report.pop("note", None)
        if draw(st.booleans()):
            report["note"] = draw(texts)
    keep = draw(st.sets(st.sampled_from(["no-claim", "tools", "words", "panel", "speech"])))
    data["reports"] = draw(st.permutations([one for one in data["reports"] if one["id"] in keep]))
    for key in ("pending", "deception", "labels", "note", "marking"):
        if draw(st.booleans()):
            data.pop(key, None)
    return Case.model_validate(data)


@settings(max_examples=150)
@given(case=cases())
def test_any_case_survives_writing_and_reading(case: Case) -> None:
    """Written and read again, a case is the same, whatever its texts, numbers and dates."""
    assert parse_case(case_to_toml(case)) == case


@settings(max_examples=150)
@given(case=cases())
def test_any_change_can_be_written_into_a_file(case: Case) -> None:
    """The shared file, brought up to any other case, says that case, and keeps its first comment."""
    text = update_toml(TEXT, case)
    assert parse_case(text) == case
    assert text.startswith("# A case that uses every field once")
    assert update_toml(text, case) == text


def test_nothing_changes_where_nothing_differs(text: str, case: Case) -> None:
    """A file that says the case already stays as it is, to the byte."""
    odd = text.replace("1e6", "1_000_000.0").replace('"The harbour"', "'The harbour'")
    assert update_toml(odd, case) == odd


def test_one_value_changes_one_line(text: str, case: Case) -> None:
    """A changed value changes its line; the comment on that line stays."""
    north, gang = case.actors
    for change, expected in [
        ({"as_of": date(2020, 7, 2)}, ["-as_of = 2020-06-15  # the day of the meeting", None]),
        ({"title": "Port"}, ['-title = "The harbour"', '+title = "Port"']),
        ({"actors": (north.model_copy(update={"track_record": None}), gang)}, ["-track_record = true"]),
        ({"actors": (north, gang.model_copy(update={"country": "FR"}))}, ['+country = "FR"']),
        ({"reports": [{**DATA["reports"][0], "grade": "B2"}, *DATA["reports"][1:]]}, None),
    ]:
        lines = changed_lines(text, update_toml(text, with_data(case, **change)))
        if expected is None:
            assert lines == ['-grade = "A1"  # the words are on record', '+grade = "B2"  # the words are on record']
        elif None in expected:
            assert lines == [expected[0], "+as_of = 2020-07-02  # the day of the meeting"]
        else:
            assert lines == expected


def test_a_new_row_stands_apart(text: str, case: Case) -> None:
    """A new actor is a block of its own at its place, with a blank line on both sides."""
    third = Actor(id="third", kind="unknown")
    updated = update_toml(text, with_data(case, actors=(*case.actors, third)))
    assert 'kind = "criminal"\n\n[[actors]]\nid = "third"\nkind = "unknown"\n\n[[demands]]' in updated


@pytest.mark.parametrize("text", [ODD, INLINE], ids=["tables in pieces", "all in line"])
def test_odd_layouts_keep_their_comments(text: str) -> None:
    """Blocks in two pieces, tables below rows, dotted keys, rows in line: changes leave every comment in place."""
    case = parse_case(text)
    first, second = case.reports
    (actor,) = case.actors
    new = {"id": "new", "fact": "leak", "finding": "yes"}
    for changes in (
        {"title": "Other"},
        {"note": "New.", "demands": [{"id": "d", "text": "Do"}]},
        {"stakes": {"resilience": 0.5}},
        {"stakes": {"resilience": {"low": 0.2, "high": 0.4}, "harm_now": 4}},
        {"target": {"name": "y", "kind": "firm", "country": "US"}},
        {"actors": [{"id": "n", "kind": "criminal", "interdependence": {"low": 0.1, "high": 0.4}}]},
        {"actors": [actor, {"id": "m", "kind": "state"}]},
        {"reports": [first, second, new]},
        {"reports": [new, first, second]},
        {"reports": [first, new, second]},
        *([{"reports": [second, first]}] if text is ODD else []),  # a row in line that moves loses what follows it
        {"labels": {"intent": {"crime": 1}}},
    ):
        other = with_data(case, **changes)
        updated = update_toml(text, other)
        assert parse_case(updated) == other
        assert updated.count("# kept") == text.count("# kept")


def test_a_removed_row_takes_only_its_own_comments(text: str, case: Case) -> None:
    """Without a demand, the file is the same but for the lines of that demand."""
    kept = update_toml(text, with_data(case, reports=[one for one in case.reports if one.id != "tools"]))
    assert all(line.startswith("-") for line in changed_lines(text, kept))
    assert "# the words are on record" in kept


def test_a_faulty_text_is_no_base_for_a_change(case: Case) -> None:
    """A text that is no sound case is refused, not overwritten."""
    with pytest.raises(CaseError):
        update_toml("title = 3", case)
