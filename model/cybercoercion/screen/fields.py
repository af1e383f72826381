"""Every field of a case that can be edited, as data: how it is asked for, what is stated, what holds where nothing is.

Forms are made from the schema of case files and from the vocabulary, so that a new field needs no new form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import Any, Literal

from cybercoercion.assessment import Assessment
from cybercoercion.case import Case, Range, case_schema
from cybercoercion.fit.importing.world import world
from cybercoercion.report.fact_names import FACT_NAMES
from cybercoercion.report.words import capital
from cybercoercion.screen.amounts import amount_text
from cybercoercion.screen.defaults import Default, default_of
from cybercoercion.screen.editing import Place
from cybercoercion.screen.field_words import HELP, LABELS, OF_EACH, STAKES, TRADE, UNITS, WORDS
from cybercoercion.vocabulary import CHECKLIST, facts, words

type Form = Literal["text", "lines", "date", "choice", "amount", "country", "answer"]
LONG = ("note",)
BY_ID = ("name", "origin")  # what is called as its row where nothing is said
GRADES = tuple(product("ABCDEF", "123456"))
YES_NO = ((True, "Yes", ""), (False, "No", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer that a field allows: as the file says it, as a person says it, and what that means."""

    value: str | bool
    name: str
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: where it stands, how it is asked for, what is stated, and what holds where nothing is stated."""

    place: Place
    label: str
    help: str
    form: Form
    options: tuple[Option, ...] = ()
    unit: str = ""
    value: Any = None
    default: Default
    required: bool = False

    @property
    def stated(self) -> bool:
        """Whether the case says it."""
        return self.value is not None

    @property
    def text(self) -> str:
        """What is stated, as a person would write it; empty where nothing is."""
        if self.value is None or isinstance(self.value, str):
            return self.value or ""
        if isinstance(self.value, bool):
            return "Yes" if self.value else "No"
        return str(self.value) if isinstance(self.value, date) else amount_text(self.value, self.unit)

    @property
    def standing(self) -> str:
        """Whether it is stated, and else the default with its mark."""
        if self.stated or self.required:
            return ""
        return f"Not stated; {self.default.words}." if self.default.words else "Not stated."

    @property
    def told(self) -> str:
        """What the field means, and where its default comes from."""
        return " ".join(part for part in (self.help, self.default.origin) if part)

    def option(self, value: object) -> str:
        """Return how an answer is called; nothing is the default."""
        if value is None:
            return "Not stated"
        return next(
            (one.name for one in self.options if one.value == value and type(one.value) is type(value)), str(value)
        )


def case_fields(assessment: Assessment) -> tuple[Field, ...]:
    """Return what is said of the case as a whole: frame, date, title, note, marking.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> [one.text for one in case_fields(assess(load_case("sony-2014"), load_knowledge(draws=50)))][:2]
    ['threat-received', '2014-12-18']
    """
    return tuple(
        _field(assessment, "Case", Place(name=name)) for name in ("frame", "as_of", "title", "note", "marking")
    )


def target_fields(assessment: Assessment) -> tuple[Field, ...]:
    """Return name, kind and country of the target."""
    return tuple(_field(assessment, "Target", Place(block="target", name=name)) for name in _names("Target"))


def actor_fields(assessment: Assessment, row: str) -> tuple[Field, ...]:
    """Return what is said of a candidate actor."""
    return _row(assessment, "actors", row)


def demand_fields(assessment: Assessment, row: str) -> tuple[Field, ...]:
    """Return what is said of a candidate demand, and for each candidate actor whether it holds it.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=50))
    >>> [one.text for one in demand_fields(sony, "withhold-film") if one.place.key]
    ['declared', '', 'plausible', '']
    """
    return (*_row(assessment, "demands", row), *(held_field(assessment, row, one) for one in assessment.case.actor_ids))


def held_field(assessment: Assessment, demand: str, actor: str) -> Field:
    """Return whether, and how visibly, a candidate actor holds a demand."""
    return field_at(assessment, Place(block="demands", row=demand, name="held_by", key=actor))


def field_at(assessment: Assessment, place: Place) -> Field:
    """Return the field at a place.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=50))
    >>> field_at(sony, Place(block="target", name="country")).option("US")
    'United States (US)'
    """
    table = {"": "Case", "target": "Target", "stakes": "Stakes", "deception": "Checklist"}
    return _field(assessment, {**table, **_TABLES}[place.block], place)


def pending_fields(assessment: Assessment, row: str) -> tuple[Field, ...]:
    """Return what is said of a report that could still come."""
    return _row(assessment, "pending", row)


def deception_fields(assessment: Assessment, actor: str) -> tuple[Field, ...]:
    """Return the checklist of one actor: what speaks for it that it, were it behind this, framed another."""
    return tuple(_field(assessment, "Checklist", Place(block="deception", row=actor, name=name)) for name in CHECKLIST)


def stakes_fields(assessment: Assessment) -> Mapping[str, tuple[Field, ...]]:
    """Return all stakes by what they are about, and the trade with each candidate's country.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = stakes_fields(assess(load_case("sony-2014"), load_knowledge(draws=50)))
    >>> sony["How much the target withstands"][0].standing
    'Not stated; default 0.36, 0.10 to 0.70, judged.'
    """
    grouped = {name for names in STAKES.values() for name in names}
    named = {**STAKES, "More": tuple(name for name in _names("Stakes") if name not in grouped)}
    groups = {
        title: tuple(field_at(assessment, Place(block="stakes", name=name)) for name in names)
        for title, names in named.items()
        if names
    }
    places = (Place(block="stakes", name=TRADE, key=actor) for actor in assessment.case.actor_ids)
    groups[OF_EACH] = tuple(field_at(assessment, place) for place in places)
    return MappingProxyType(groups)


def blank_fields(assessment: Assessment, block: str) -> tuple[Field, ...]:
    """Return the fields of a row that is yet to be added, but its id; nothing is stated in it."""
    return tuple(_field(assessment, _TABLES[block], Place(block=block, name=name)) for name in _shown(_TABLES[block]))


_TABLES = {"actors": "Actor", "demands": "Demand", "pending": "Pending"}


def _row(assessment: Assessment, block: str, row: str) -> tuple[Field, ...]:
    table = _TABLES[block]
    return tuple(_field(assessment, table, Place(block=block, row=row, name=name)) for name in _shown(table))


def _shown(table: str) -> tuple[str, ...]:
    return tuple(name for name in _names(table) if name not in ("id", "held_by"))


@cache
def _schema() -> dict[str, Any]:
    whole = case_schema()
    return {**whole["$defs"], "Case": whole}


def _names(table: str) -> tuple[str, ...]:
    return tuple(_schema()[table]["properties"])


def _field(assessment: Assessment, table: str, place: Place) -> Field:
    case, schema = assessment.case, _schema()[table]["properties"][place.name]
    if table == "Checklist":
        said = words("checklist")[place.name]
        label, told = said.meaning, f"{said.name}. Yes, no, or how likely."
    else:
        label, told = LABELS.get((table, place.name), capital(place.name.replace("_", " "))), schema["description"]
    told = HELP.get((table, place.name), told)
    if place.key:
        label = case.actor(place.key).name
    return Field(
        place=place,
        label=label,
        help=told,
        form=_form(table, place, schema),
        options=_options(case, table, place, schema),
        unit=UNITS.get(place.name, ""),
        value=_value(case, place),
        default=default_of(assessment, place),
        required=place.name in _schema()[table].get("required", ()),
    )


def _form(table: str, place: Place, schema: Mapping[str, Any]) -> Form:
    if table == "Checklist":
        return "answer"
    if place.name in UNITS:
        return "amount"
    if place.name in ("country", *LONG):
        return "country" if place.name == "country" else "lines"
    if schema.get("format") == "date":
        return "date"
    closed = "enum" in schema or "oneOf" in schema or schema.get("type") == "boolean"
    return "choice" if closed or place.name in ("about", "held_by", "grade") else "text"


@cache
def _countries() -> tuple[Option, ...]:
    named = sorted((country.name, iso) for iso, country in world().countries.items())
    return tuple(Option(value=iso, name=f"{name} ({iso})") for name, iso in named)


def _options(case: Case, table: str, place: Place, schema: Mapping[str, Any]) -> tuple[Option, ...]:
    if table == "Checklist" or schema.get("type") == "boolean":
        return tuple(Option(value=value, name=name, meaning=meaning) for value, name, meaning in YES_NO)
    if place.name == "about":
        return tuple(Option(value=actor.id, name=actor.name) for actor in case.actors)
    if place.name == "country":
        return _countries()
    if place.name in UNITS:
        return ()
    if "oneOf" in schema:
        return tuple(
            Option(value=name, name=capital(FACT_NAMES[name]), meaning=fact.question) for name, fact in facts().items()
        )
    if place.name == "grade":
        return tuple(
            Option(value=f"{source}{information}", name=f"{source}{information}") for source, information in GRADES
        )
    kind = WORDS.get((table, place.name))
    if kind is None:
        return tuple(Option(value=word, name=word) for word in schema.get("enum", ()))
    return tuple(Option(value=word, name=said.name, meaning=said.meaning) for word, said in words(kind).items())


def _value(case: Case, place: Place) -> Any:
    if place.block == "deception":
        lists = case.deception.get(place.row)
        return getattr(lists, place.name) if lists is not None else None
    if place.block in _TABLES:
        rows = {row.id: row for row in getattr(case, place.block)}
        holder = rows.get(place.row)
    else:
        holder = getattr(case, place.block) if place.block else case
    if holder is None:
        return None
    value = getattr(holder, place.name)
    if place.row and place.name in BY_ID and value == place.row:
        return None
    if place.key:
        return value.get(place.key) if isinstance(value, Mapping) else None
    return None if isinstance(value, Mapping) and not isinstance(value, Range) else value
