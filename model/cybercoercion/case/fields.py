"""The kinds of field that case files are made of: words, shares, dates, tables, and how each refuses a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Strict,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

SLUG = r"^[a-z0-9][a-z0-9-]{0,63}$"
GRADE = r"^[A-F][1-6]$"
COUNTRY = r"^[A-Z]{2}$"
# a name beside the campaign file, never a path out of its folder
MEMBER = r"^([a-z0-9][a-z0-9-]{0,63}|[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}\.toml)$"
# no control characters: they can wipe a terminal, and no page can hold them; no characters that turn the line around
TEXT = r"^[^\x00-\x08\x0B-\x1F\x7F-\x9F\u202A-\u202E\u2028\u2029\u2066-\u2069\uFFFE\uFFFF]*$"
PATTERNS = {
    TEXT: "printable text, without control characters",
    SLUG: "lower-case letters, digits and hyphens, at most 64, such as north-korea",
    GRADE: "an Admiralty grade: A to F for the source, then 1 to 6 for the information, such as B2",
    COUNTRY: "two capital letters (ISO 3166), such as US",
    MEMBER: "the name of a case file beside the campaign file, such as grid-2015.toml, or a shipped id",
}

Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Grade = Annotated[str, StringConstraints(pattern=GRADE)]
Country = Annotated[str, StringConstraints(pattern=COUNTRY)]
Text = Annotated[str, StringConstraints(min_length=1, pattern=TEXT)]
Share = Annotated[float, Field(ge=0, le=1)]

T = TypeVar("T")
# Strict mode refuses a list for a tuple, and would hide every fault inside it: only the container is lax.
Listed = Annotated[tuple[T, ...], Strict(strict=False)]

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason to refuse a value: where below it, what stands there, what may."""

    at: Place
    got: str
    allowed: str


def refuse(refusals: Iterable[Refusal]) -> None:
    """Raise all refusals at once, in the form in which pydantic carries them to the door."""
    found = tuple(refusals)
    if found:
        text = "; ".join(f"{_dotted(one.at)}got {one.got}, allowed: {one.allowed}" for one in found)
        raise PydanticCustomError("refused", "{text}", {"text": text, "refusals": found})


def _dotted(place: Place) -> str:
    return f"{'.'.join(map(str, place))}: " if place else ""


class Frozen(BaseModel):
    """A value that never changes, never converts what it is given, and refuses what it does not know."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)


class FrozenMapping[K, V](Mapping[K, V]):
    """A mapping that never changes, so that what holds it can be hashed.

    >>> held_by = FrozenMapping({"north-korea": "declared"})
    >>> held_by["north-korea"], len(held_by), held_by == {"north-korea": "declared"}
    ('declared', 1, True)
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[K, V] | None = None) -> None:
        self._items = dict(items or {})

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return repr(self._items)


class _Freezing:
    """Mark a ``Mapping[K, V]`` field: a dict is read, a `FrozenMapping` is kept."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        keys, values = (handler.generate_schema(part) for part in get_args(source))
        table = core_schema.dict_schema(keys, values, strict=True)
        return core_schema.no_info_before_validator_function(
            _thaw,
            core_schema.no_info_after_validator_function(FrozenMapping, table),
            serialization=core_schema.plain_serializer_function_ser_schema(dict),
        )


def _thaw(value: object) -> object:
    return dict(value) if isinstance(value, FrozenMapping) else value


Words = Annotated[Mapping[str, T], _Freezing()]


class OneOf:
    """Mark a ``str`` field that holds one of some words."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(list(self.words))

    def __get_pydantic_json_schema__(self, _core: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "enum": list(self.words)}


def not_among(*reserved: str) -> AfterValidator:
    """Refuse ids that already mean something, such as ``other``."""

    def check(value: str) -> str:
        if value in reserved:
            allowed = f"any id but {' and '.join(reserved)}, which mean something already"
            refuse([Refusal((), repr(value), allowed)])
        return value

    return AfterValidator(check)
