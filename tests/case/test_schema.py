"""The form of the files, for editors."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cybercoercion.case import campaign_schema, case_schema, read_shipped, shipped
from cybercoercion.vocabulary import facts


def as_json(data: dict[str, Any]) -> Any:
    """Return the data as an editor sees them: dates are text."""
    return json.loads(json.dumps(data, default=str))


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """Return what holds data against the schema of a case."""
    Draft202012Validator.check_schema(case_schema())
    return Draft202012Validator(case_schema())


def test_the_schema_accepts_a_case_with_every_field(validator: Draft202012Validator, data: dict[str, Any]) -> None:
    """A sound case has no fault by the schema."""
    assert list(validator.iter_errors(as_json(data))) == []


@pytest.mark.parametrize("name", shipped())
def test_the_schemas_accept_the_shipped_files(validator: Draft202012Validator, name: str) -> None:
    """Every shipped file is sound by the schema of its kind."""
    data = tomllib.loads(read_shipped(name))
    if "cases" in data:
        Draft202012Validator.check_schema(campaign_schema())
        validator = Draft202012Validator(campaign_schema())
    errors = [error for error in validator.iter_errors(as_json(data)) if list(error.path) != ["actors"]]
    assert errors == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("frame",), "x"),
        (("xyzzy",), 1),
        (("target", "kind"), "x"),
        (("actors",), []),
        (("actors", 0, "interdependence"), 2),
        (("actors", 0, "interdependence"), {"low": 0.1}),
        (("demands", 0, "held_by"), {"north": "x"}),
        (("reports", 0, "fact"), "x"),
        (("reports", 0, "finding"), "x"),
        (("reports", 0, "findings"), {"generic": 1}),
        (("reports", 0, "grade"), "Z9"),
        (("stakes", "margin"), -1),
        (("deception", "north", "motive"), "x"),
    ],
)
def test_the_schema_refuses_what_the_door_refuses(
    validator: Draft202012Validator, data: dict[str, Any], place: tuple[str | int, ...], value: object
) -> None:
    """Words, bounds, unknown keys, and the states of a fact are held by the schema."""
    here: Any = data
    for key in place[:-1]:
        here = here[key]
    here[place[-1]] = value
    assert not validator.is_valid(as_json(data))


def test_every_field_is_described() -> None:
    """Each field has a description in one line, and each fact its question."""
    for schema in (case_schema(), campaign_schema()):
        tables = [schema, *schema["$defs"].values()]
        described = {key: one for table in tables for key, one in table["properties"].items()}
        for key, one in described.items():
            assert "description" in one, key
            assert "\n" not in one["description"]
    listed = {
        one["const"]: one["description"] for one in case_schema()["$defs"]["Report"]["properties"]["fact"]["oneOf"]
    }
    assert {name: fact.question for name, fact in facts().items()}.items() <= listed.items()
    assert set(listed) - set(facts()) == {"intent", "actor", "demand"}


def test_the_schema_holds_no_null(tmp_path: Path) -> None:
    """TOML has no null, so the schema offers none; it can be written to a file."""
    (tmp_path / "case.schema.json").write_text(json.dumps(case_schema()), encoding="utf-8")
    assert "null" not in json.dumps(case_schema())
