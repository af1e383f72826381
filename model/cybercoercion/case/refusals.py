"""What pydantic refused, in the words of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from cybercoercion.case.checks import one_of
from cybercoercion.case.faults import shown
from cybercoercion.case.fields import PATTERNS, Place, Refusal
from cybercoercion.case.model import FLAG
from cybercoercion.case.quantity import BY_ACTOR, POINT, RANGE

_TAGS = frozenset({POINT, RANGE, BY_ACTOR, FLAG})
# these follow from another fault of the same table, which is told anyway
_ECHOES = frozenset({"default_factory_not_called"})
_TYPES = {
    "bool_type": "true or false",
    "date_type": "a date such as 2014-12-18, without quotes",
    "dict_type": "a table",
    "finite_number": "a finite number",
    "float_type": "a number",
    "int_type": "a whole number",
    "model_type": "a table",
    "string_too_short": "text that is not empty",
    "string_type": "text in quotes",
    "tuple_type": "a list",
}
_BOUNDS = {
    "greater_than": "more than {gt:g}",
    "greater_than_equal": "at least {ge:g}",
    "less_than": "less than {lt:g}",
    "less_than_equal": "at most {le:g}",
}


def refusals_of(error: ValidationError, model: type[BaseModel]) -> Iterator[Refusal]:
    """Yield every refusal in an error that a model raised."""
    for one in error.errors(include_url=False):
        kind, place = one["type"], tuple(key for key in one["loc"] if key not in _TAGS)
        context: dict[str, Any] = one.get("ctx", {})
        if kind in _ECHOES:
            continue
        if kind == "refused":
            for refusal in context["refusals"]:
                yield Refusal((*place, *refusal.at), refusal.got, refusal.allowed)
        elif kind == "missing":
            yield Refusal(place, "nothing", f"required: {_described(model, place)}")
        elif kind == "extra_forbidden":
            yield Refusal(place, f"the key {shown(place[-1])}", one_of(_keys(model, place[:-1]), str(place[-1])))
        else:
            yield Refusal(place, shown(one["input"]), _allowed(kind, context, one["input"], one["msg"], model, place))


def _allowed(
    kind: str, context: dict[str, Any], got: object, message: str, model: type[BaseModel], place: Place
) -> str:
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", context["expected"]) or [context["expected"]]
        return one_of(words, got if isinstance(got, str) else None)
    if kind == "string_pattern_mismatch":
        return PATTERNS.get(context["pattern"], message)
    if kind in _BOUNDS:
        return _BOUNDS[kind].format_map(context)
    if kind in ("float_type", "bool_type"):
        field = _field(model, place)
        return f"{_TYPES[kind]}{', or a range' if field and list(_models(field.annotation)) else ''}"
    return _TYPES.get(kind, message)


def _described(model: type[BaseModel], place: Place) -> str:
    """Return what a field is for, and the words that it may hold."""
    field = _field(model, place)
    if field is None:
        return "this key"
    words = next((one.words for one in field.metadata if hasattr(one, "words")), ())
    return f"{field.description}" + (f" One of: {one_of(words)}." if words else "")


def _keys(model: type[BaseModel], place: Place) -> list[str]:
    """Return the keys that a table may have."""
    field = _field(model, place)
    models = list(_models(field.annotation)) if field else [model]
    return [one.alias or name for table in models for name, one in table.model_fields.items()]


def _field(model: type[BaseModel], place: Place) -> FieldInfo | None:
    """Return the field at a place of a file; rows of lists and keys of mappings belong to their field."""
    field: FieldInfo | None = None
    tables: list[type[BaseModel]] = [model]
    for key in place:
        here = {one.alias or name: one for table in tables for name, one in table.model_fields.items()}
        if key in here:
            field = here[str(key)]
            tables = list(_models(field.annotation))
    return field


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the tables that an annotation can hold, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
