"""The form of the files as JSON Schema, for editors that check and complete while one types."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from cybercoercion.case.campaign import CampaignFile
from cybercoercion.case.model import Case
from cybercoercion.vocabulary import BELIEFS, INTENTS, facts

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def case_schema() -> dict[str, Any]:
    """Return the JSON Schema of a case file.

    It knows the words of every field and every fact, with the questions of the data dictionary. What depends on
    other parts of the file, such as ids, it leaves to `parse_case`.

    >>> schema = case_schema()
    >>> schema["properties"]["frame"]["enum"][0]
    'any-intrusion'
    """
    schema = _schema_of(Case, "A case: an episode as known on a date")
    for table in ("Report", "Pending"):
        properties = schema["$defs"][table]["properties"]
        allowed = properties["fact"].pop("enum")
        properties["fact"]["oneOf"] = [{"const": name, "description": _question(name)} for name in allowed]
    schema["properties"]["actors"]["minItems"] = 1
    schema["$defs"]["Report"]["allOf"] = [_words_of(name) for name in (*facts(), "intent") if _states(name)]
    schema["$defs"]["Report"]["oneOf"] = [{"required": [one]} for one in ("finding", "findings", "likelihood")]
    return schema


def campaign_schema() -> dict[str, Any]:
    """Return the JSON Schema of a campaign file.

    >>> campaign_schema()["required"]
    ['schema', 'id', 'title', 'cases']
    """
    schema = _schema_of(CampaignFile, "A campaign: episodes that share their candidates")
    schema["properties"]["cases"]["minItems"] = 1
    return schema


def _schema_of(model: type[BaseModel], title: str) -> dict[str, Any]:
    return {"$schema": DIALECT, **_plain(model.model_json_schema(by_alias=True)), "title": title}


def _question(name: str) -> str:
    known = facts()
    return known[name].question if name in known else f"The belief about the {name}, with `findings`."


def _states(name: str) -> tuple[str, ...]:
    """Return the words of a fact that are the same in every case."""
    return INTENTS if name in BELIEFS else facts()[name].states


def _words_of(name: str) -> dict[str, Any]:
    words = {"enum": list(_states(name))}
    names = {"propertyNames": words}
    return {
        "if": {"properties": {"fact": {"const": name}}, "required": ["fact"]},
        "then": {"properties": {"finding": words, "findings": names, "likelihood": names}},
    }


def _plain(schema: Any) -> Any:
    """Return the schema as TOML needs it: without null, because what is unknown is left out, and without echoes."""
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept: dict[str, Any] = {}
    for key, one in schema.items():
        if key == "title" and isinstance(one, str):
            continue  # the name of the field once more
        if key == "default" and one is None:
            continue
        if key == "description" and isinstance(one, str):
            kept[key] = one.partition("\n")[0]  # the examples are for Python
        else:
            kept[key] = _plain(one)
    for key in ("anyOf", "oneOf"):
        forms = [one for one in kept.get(key, ()) if one != {"type": "null"}]
        if key in kept and len(forms) == 1:
            del kept[key]
            kept = {**forms[0], **kept}
        elif key in kept:
            kept[key] = forms
    return kept
