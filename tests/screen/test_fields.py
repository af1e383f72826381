"""The fields of a case as data."""

from __future__ import annotations

from functools import cache

import pytest

from cybercoercion import vocabulary
from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import load, load_case, new_case, parse_case
from cybercoercion.case.candidate import Actor, Demand, Target
from cybercoercion.case.editing import with_values
from cybercoercion.case.model import Case, Checklist
from cybercoercion.case.report import Pending
from cybercoercion.case.stakes import Stakes
from cybercoercion.knowledge import load_knowledge
from cybercoercion.screen.editing import with_field
from cybercoercion.screen.field_words import HELP, LABELS, STAKES, UNITS, WORDS
from cybercoercion.screen.fields import (
    Field,
    actor_fields,
    case_fields,
    deception_fields,
    demand_fields,
    pending_fields,
    stakes_fields,
    target_fields,
)
from cybercoercion.screen.typed import raw_of, typed
from cybercoercion.sensitivity.input.inputs import inputs

CASES = ("sony-2014", "colonial-2021", "opm-2015", "ukraine-2014-2016", "blank")
TABLES = {"Actor": Actor, "Demand": Demand, "Target": Target, "Stakes": Stakes, "Pending": Pending, "Case": Case}


@cache
def assessed(name: str) -> Assessment:
    """Return the assessment of a shipped case, or of a blank one, on few draws."""
    source = parse_case(new_case("a", title="A", frame="any-intrusion")) if name == "blank" else load(name)
    return assess(source, load_knowledge(draws=200))


def every_field(assessment: Assessment) -> list[Field]:
    """Return all fields that can be edited in a case."""
    case = assessment.case
    rows = [
        *(field for row in case.actors for field in actor_fields(assessment, row.id)),
        *(field for row in case.demands for field in demand_fields(assessment, row.id)),
        *(field for row in case.pending for field in pending_fields(assessment, row.id)),
        *(field for row in case.actors for field in deception_fields(assessment, row.id)),
    ]
    stakes = [field for fields in stakes_fields(assessment).values() for field in fields]
    return [*case_fields(assessment), *target_fields(assessment), *rows, *stakes]


@pytest.mark.parametrize("name", CASES)
def test_what_a_form_holds_is_what_the_case_says(name: str) -> None:
    """Writing back what each form holds changes nothing, whatever is stated and whatever is left to its default."""
    assessment = assessed(name)
    for field in every_field(assessment):
        assert with_field(assessment.case, field.place, typed(field, raw_of(field))) == assessment.case, field.place


@pytest.mark.parametrize("name", CASES)
def test_each_field_is_either_stated_or_marked_as_a_default(name: str) -> None:
    """A field that nobody stated says so and what holds instead; one that is stated or needed does not."""
    for field in every_field(assessed(name)):
        assert (field.standing == "") == (field.stated or field.required), field.place
        assert field.standing == "" or field.standing.startswith("Not stated")
        assert field.label
        assert field.help


@pytest.mark.parametrize("name", CASES)
def test_going_back_to_the_default_leaves_a_field_unstated(name: str) -> None:
    """Leaving a field to its default takes it out of the case, so that the default is what holds."""
    assessment = assessed(name)
    for field in every_field(assessment):
        if field.stated and not field.required:
            bare = with_field(assessment.case, field.place, None)
            again = {one.place: one for one in every_field(assess(bare, assessment.knowledge))}
            assert not again[field.place].stated, field.place


def test_every_field_of_the_schema_can_be_edited() -> None:
    """No field of target, actors, demands, awaited reports, stakes, checklists is missing from the forms."""
    sony = assessed("sony-2014")
    case = sony.case
    shown = {field.place.name for field in every_field(sony)}
    shown |= {field.place.name for field in pending_fields(sony, "none-yet")}
    expected = {
        name
        for model in (Target, Actor, Demand, Pending, Stakes, Checklist)
        for name in model.model_fields
        if name != "id"
    }
    assert expected <= shown | {"held_by"}
    assert {"frame", "as_of", "title", "note", "marking"} <= shown
    assert len(stakes_fields(sony)["Trade with the country of each candidate, USD a year"]) == len(case.actors)


def test_no_label_unit_or_word_is_kept_for_a_field_that_does_not_exist() -> None:
    """Labels, helps and words name fields of the schema, and the groups of stakes hold each of them once."""
    for table, name in (*LABELS, *HELP, *WORDS):
        assert name in TABLES[table].model_fields
    assert set(UNITS) <= {name for model in TABLES.values() for name in model.model_fields}
    grouped = [name for names in STAKES.values() for name in names]
    assert sorted(grouped) == sorted(Stakes.model_fields)


@pytest.mark.parametrize(
    ("field", "allowed"),
    [
        ("frame", vocabulary.FRAMES),
        ("target_kind", vocabulary.TARGET_KINDS),
        ("kind", vocabulary.KINDS),
        ("capability", vocabulary.CAPABILITIES),
        ("relationship", vocabulary.RELATIONSHIPS),
        ("alternatives", vocabulary.ALTERNATIVES),
        ("polarity", vocabulary.POLARITIES),
        ("holding", vocabulary.HOLDINGS),
        ("checklist", vocabulary.CHECKLIST),
        ("content", ("political", "money")),
    ],
)
def test_every_word_of_the_vocabulary_has_plain_words(field: str, allowed: tuple[str, ...]) -> None:
    """The data dictionary says of each word of each field what it means, in the order of the vocabulary."""
    assert tuple(vocabulary.words(field)) == allowed
    for word in vocabulary.words(field).values():
        assert word.name[0].isupper()
        assert word.meaning.endswith((".", "?"))


@pytest.mark.parametrize("name", ["sony-2014", "colonial-2021", "opm-2015", "blank"])
def test_defaults_of_stakes_are_the_numbers_that_the_answer_uses(name: str) -> None:
    """A default that is shown has the value and the range with which the input enters the answer."""
    assessment = assessed(name)
    used = {one.name: one for one in inputs(assessment)}
    seen = 0
    for fields in stakes_fields(assessment).values():
        for field in fields:
            one = used.get(".".join(part for part in ("stakes", field.place.name, field.place.key) if part))
            if one is None or field.stated or field.default.now is None or field.place.name == "harm_at_resilience":
                continue
            seen += 1
            assert field.default.now == pytest.approx(one.now)
            assert (field.default.low, field.default.high) == pytest.approx((one.low, one.high))
    assert seen >= 3


def test_a_default_names_value_range_mark_and_source() -> None:
    """The default of resilience is shown with number, range and mark, and its help names where it comes from."""
    field = stakes_fields(assessed("sony-2014"))["How much the target withstands"][0]
    assert field.standing == "Not stated; default 0.36, 0.10 to 0.70, judged."
    assert "entry resilience.firm" in field.told


def test_the_default_follows_the_kind_of_the_target() -> None:
    """Another kind of target has other defaults, which the form shows at once."""
    sony = load_case("sony-2014")
    knowledge = load_knowledge(draws=200)
    state = assess(with_values(sony, {"target.kind": "state"}), knowledge)
    one, two = (stakes_fields(each)["How much the target withstands"][0] for each in (assess(sony, knowledge), state))
    assert one.default.now != two.default.now


def test_a_range_keeps_the_unit_that_the_file_says_aloud() -> None:
    """A new range in a field whose range bore a unit bears it too."""
    field = stakes_fields(assessed("sony-2014"))["What it costs"][0]
    changed = with_field(assessed("sony-2014").case, field.place, typed(field, "20 M to 300 M"))
    assert changed.stakes.harm_now.unit == "USD"


def test_countries_are_offered_by_name() -> None:
    """A country is chosen by its name, and stands in the case by its code."""
    _, _, country = target_fields(assessed("sony-2014"))
    assert country.option("DE") == "Germany (DE)"
    assert len(country.options) > 150
