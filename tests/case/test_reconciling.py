"""Two changes of one case put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.case.example import TEXT

from cybercoercion.case import Case, CaseError, case_from, load, parse_case, read_shipped, shipped, update_toml
from cybercoercion.case.checks import BLOCKS
from cybercoercion.case.data import data_of
from cybercoercion.case.editing import with_fields, with_row, with_values, without_row
from cybercoercion.case.reconciling import Clash, Reconciled, Side, reconcile

BASE = parse_case(TEXT)
OTHER: Mapping[Side, Side] = {"theirs": "mine", "mine": "theirs"}
# What an edit may put where: most fit, and some only together with others.
FIELDS: Mapping[tuple[str, ...], tuple[Any, ...]] = {
    ("title",): ("One title", "Another title"),
    ("note",): (None, "One note", "Another note"),
    ("frame",): ("any-intrusion", "threat-received"),
    ("target", "country"): (None, "BE", "DE"),
    ("target", "kind"): ("firm", "government"),
    ("stakes", "resilience"): (None, 0.2, 0.9),
    ("stakes", "harm_now"): (None, 2e6, {"low": 1e6, "high": 5e6}),
    ("stakes", "bilateral_trade"): (None, 3e6, {"gang": 1.0}, {"north": 2.0, "gang": 1.0}, {}),
    ("deception", "north", "motive"): (None, False, 0.3),
    ("deception", "north", "means"): (None, True),
    ("deception", "gang"): ({"motive": True}, {"means": 0.1}, {}),
    ("deception",): (None,),
    ("labels",): (None, {}, {"note": "Only this."}),
    ("labels", "intent"): (None, {"crime": 1.0}, {"compellence": 0.5, "crime": 0.5}),
    ("labels", "coder"): (None, "ef"),
    ("actors", "north", "name"): ("Northland", "N"),
    ("actors", "north", "track_record"): (None, False),
    ("actors", "gang", "capability"): ("emerging", "advanced"),
    ("demands", "lift-ban", "held_by", "north"): (None, "plausible"),
    ("demands", "lift-ban", "held_by", "gang"): (None, "declared"),
    ("demands", "pay", "held_by"): ({"gang": "plausible"}, {"north": "plausible"}, {}),
    ("demands", "pay", "text"): ("Pay at once", "Pay later"),
    ("reports", "speech", "grade"): (None, "B2", "D4"),
    ("reports", "speech", "finding"): ("generic", "none"),
    ("reports", "speech", "about"): (None, "gang"),
    ("reports", "echo", "off"): (None, True),
    ("reports", "echo", "copies"): (None, "no-claim"),
    ("reports", "no-claim", "detection"): (None, 0.4),
    ("reports", "no-claim", "note"): ("Looked again.", "Nothing."),
    ("pending", "laboratory", "cost"): (None, 1.0, 2.0),
    ("pending", "laboratory", "about"): (None, "north"),
}
ROWS: Mapping[str, tuple[dict[str, Any], ...]] = {
    "actors": ({"id": "south", "kind": "state"}, {"id": "south", "kind": "proxy"}, {"id": "east", "kind": "state"}),
    "demands": ({"id": "leave", "text": "Leave"}, {"id": "leave", "text": "Go"}, {"id": "stay", "text": "Stay"}),
    "reports": (
        {"id": "letter", "fact": "rhetoric", "finding": "generic", "about": "north"},
        {"id": "letter", "fact": "claim", "finding": "none"},
        {"id": "call", "fact": "rhetoric", "finding": "generic", "about": "gang"},
    ),
    "pending": ({"id": "trace", "fact": "claim"}, {"id": "trace", "fact": "denial"}, {"id": "tap", "fact": "claim"}),
}
PLACES = st.integers(0, 6)
BLOCK = st.sampled_from(sorted(BLOCKS))
EDIT = st.one_of(
    st.sampled_from([("put", path, value) for path, values in FIELDS.items() for value in values]),
    st.sampled_from([(block, row) for block, rows in ROWS.items() for row in rows]).flatmap(
        lambda one: st.tuples(st.just("add"), st.just(one), PLACES)
    ),
    st.tuples(st.just("remove"), BLOCK, PLACES),
    st.tuples(st.just("move"), BLOCK, st.tuples(PLACES, PLACES)),
)
EDITS = st.lists(EDIT, max_size=8)
SIDES: st.SearchStrategy[Side] = st.sampled_from(["theirs", "mine"])


def edited(case: Case, edits: list[tuple[str, Any, Any]]) -> Case:
    """Return the case after those edits that it takes."""
    for how, where, what in edits:
        data = data_of(case)
        try:
            _edit(data, how, where, deepcopy(what))
            case = case_from(data)
        except (
            CaseError,
            KeyError,
            TypeError,
            AttributeError,
            StopIteration,
        ):  # it does not fit, or there is nothing to change
            continue
    return case


def _edit(data: dict[str, Any], how: str, where: Any, what: Any) -> None:
    """Change data in place."""
    if how == "put":
        here: Any = data
        for step in where[:-1]:
            here = next(row for row in here if row["id"] == step) if isinstance(here, list) else here[step]
        if what is None:
            here.pop(where[-1], None)
        else:
            here[where[-1]] = what
    elif how == "add":
        block, row = where
        data.setdefault(block, []).insert(what, deepcopy(row))
    elif how == "remove":
        rows = data.get(where, [])
        del rows[what % max(len(rows), 1) : what % max(len(rows), 1) + 1]
    else:
        rows = data.get(where, [])
        if rows:
            rows.insert(what[1], rows.pop(what[0] % len(rows)))


def scalars(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every value of a case with the way to it, rows by their ids."""
    if isinstance(value, list):
        value = {row["id"]: row for row in value}
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from scalars(one, (*path, key))
    else:
        yield path, value


def within(path: tuple[str, ...], clash: Clash) -> bool:
    """Say whether a value stands in the place of a clash."""
    *row, last = clash.place.split(".")
    if not row and last in BLOCKS:  # the order of rows, no value
        return False
    if last == "statement":
        keys = {key for one in (clash.base, clash.theirs, clash.mine) for key in one}
        return path[:2] == tuple(row) and path[2] in keys
    return path[: len(row) + 1] == (*row, last)


def settled(both: Reconciled, choices: Mapping[str, Side]) -> Case:
    """Return the settled case; what does not fit together is another test's."""
    try:
        return both.settled(choices)
    except CaseError:
        assume(False)
        raise


@given(EDITS)
@settings(max_examples=60)
def test_without_a_change_of_mine_theirs_comes_out(edits: list[Any]) -> None:
    """A merge with an unchanged side has no clash and gives the other side, order of rows included."""
    theirs = edited(BASE, edits)
    for both in (reconcile(BASE, theirs, BASE), reconcile(BASE, BASE, theirs), reconcile(BASE, theirs, theirs)):
        assert both.clashes == ()
        assert both.settled() == theirs


@given(EDITS, EDITS, st.data())
@settings(max_examples=150)
def test_the_sides_can_be_exchanged(one: list[Any], two: list[Any], data: st.DataObject) -> None:
    """With sides exchanged the clashes are mirrored, and mirrored choices give the same case."""
    theirs, mine = edited(BASE, one), edited(BASE, two)
    both, mirrored = reconcile(BASE, theirs, mine), reconcile(BASE, mine, theirs)
    assert {(clash.place, str(clash.theirs), str(clash.mine)) for clash in both.clashes} == {
        (clash.place, str(clash.mine), str(clash.theirs)) for clash in mirrored.clashes
    }
    choices = {clash.place: data.draw(SIDES, clash.place) for clash in both.clashes}
    assert settled(both, choices) == settled(mirrored, {place: OTHER[side] for place, side in choices.items()})


@given(EDITS, EDITS, st.data())
@settings(max_examples=150)
def test_no_edit_is_lost_unless_chosen_away(one: list[Any], two: list[Any], data: st.DataObject) -> None:
    """Every value is that of the side that changed it, and in a clash that of the side that was chosen."""
    sides = {"theirs": edited(BASE, one), "mine": edited(BASE, two)}
    both = reconcile(BASE, **sides)
    choices = {clash.place: data.draw(SIDES, clash.place) for clash in both.clashes}
    values = {name: dict(scalars(data_of(case))) for name, case in sides.items()}
    was, came = (dict(scalars(data_of(case))) for case in (BASE, settled(both, choices)))
    for path in {*was, *came, *values["theirs"], *values["mine"]}:
        theirs, mine = (values[name].get(path) for name in ("theirs", "mine"))
        clash = next((clash for clash in both.clashes if within(path, clash)), None)
        if clash is not None:
            assert came.get(path) == values[choices[clash.place]].get(path), path
        elif theirs != mine:
            assert was.get(path) in (theirs, mine), path
            assert came.get(path) == (mine if was.get(path) == theirs else theirs), path
        else:
            assert came.get(path) == theirs, path


@given(EDITS, EDITS, SIDES)
@settings(max_examples=100)
def test_either_side_can_be_taken_whole(one: list[Any], two: list[Any], side: Side) -> None:
    """With one side chosen at every place that differs, its case comes out as it is: there is always a way out."""
    sides = {"theirs": edited(BASE, one), "mine": edited(BASE, two)}
    both = reconcile(BASE, **sides)
    assert both.settled(dict.fromkeys((one.place for one in (*both.clashes, *both.taken)), side)) == sides[side]


@given(EDITS, EDITS)
@settings(max_examples=100)
def test_what_was_put_together_stays_put_together(one: list[Any], two: list[Any]) -> None:
    """Where nothing clashes, a merge of theirs with the merged case gives the merged case."""
    theirs, mine = edited(BASE, one), edited(BASE, two)
    both = reconcile(BASE, theirs, mine)
    assume(not both.clashes)
    merged = settled(both, {})
    again = reconcile(BASE, theirs, merged)
    assert again.clashes == ()
    assert again.settled() == merged


@given(EDITS, EDITS, SIDES)
@settings(max_examples=40)
def test_the_merged_text_says_the_merged_case(one: list[Any], two: list[Any], side: Side) -> None:
    """The text of theirs, updated to the merged case, reads back as it."""
    theirs, mine = edited(BASE, one), edited(BASE, two)
    both = reconcile(BASE, theirs, mine)
    merged = settled(both, {clash.place: side for clash in both.clashes})
    assert parse_case(update_toml(update_toml(TEXT, theirs), merged)) == merged


def test_fields_of_different_places_are_taken_from_both() -> None:
    """Their resilience and my grade both hold, and their comments stay."""
    theirs = with_values(BASE, {"stakes.resilience": 0.9})
    mine = with_fields(BASE, "reports", "speech", {"grade": "B2"})
    merged = reconcile(BASE, theirs, mine).settled()
    assert (merged.stakes.resilience, merged.reports[0].grade) == (0.9, "B2")
    text = update_toml(update_toml(TEXT, theirs) + "# theirs\n", merged)
    assert "# the day of the meeting" in text
    assert text.endswith("# theirs\n")


@pytest.mark.parametrize("name", [name for name in shipped() if isinstance(load(name), Case)])
def test_shipped_cases_take_changes_of_two(name: str) -> None:
    """In every shipped case grades and a withdrawal of one side go with stakes and a candidate of the other."""
    text = read_shipped(name)
    base = parse_case(text)
    first, *_, last = (report.id for report in base.reports)
    theirs = with_fields(with_fields(base, "reports", first, {"grade": "E5"}), "reports", last, {"off": True})
    newcomer = {"id": "newcomer", "kind": "state"}
    mine = with_row(with_values(base, {"stakes.resilience": 0.123}), "actors", newcomer, at=0)
    merged = reconcile(base, theirs, mine).settled()
    assert merged == reconcile(base, mine, theirs).settled()
    assert (merged.stakes.resilience, merged.actor_ids[0]) == (0.123, "newcomer")
    assert (merged.reports[0].grade, merged.reports[-1].off) == ("E5", True)
    assert merged == with_row(with_values(theirs, {"stakes.resilience": 0.123}), "actors", newcomer, at=0)
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert [line for line in update_toml(update_toml(text, theirs), merged).splitlines() if line[:1] == "#"] == comments


def test_one_field_changed_twice_is_a_clash() -> None:
    """A grade that both changed is asked, with all three values."""
    theirs, mine = (with_fields(BASE, "reports", "speech", {"grade": grade}) for grade in ("B2", "C3"))
    (clash,) = reconcile(BASE, theirs, mine).clashes
    assert (clash.place, clash.base, clash.theirs, clash.mine) == ("reports.speech.grade", "A1", "B2", "C3")


def test_a_finding_changed_twice_is_a_clash_of_findings() -> None:
    """What both said differently of one fact is asked as a finding."""
    theirs, mine = (with_fields(BASE, "reports", "speech", {"finding": word}) for word in ("generic", "none"))
    (clash,) = reconcile(BASE, theirs, mine).clashes
    assert clash.place == "reports.speech.finding"


def test_half_a_statement_is_never_taken() -> None:
    """Where one side spreads a finding and the other changes it, the statement is asked as a whole."""
    theirs = with_fields(BASE, "reports", "speech", {"finding": None, "findings": {"generic": 0.5, "none": 0.5}})
    mine = with_fields(BASE, "reports", "speech", {"finding": "generic"})
    both = reconcile(BASE, theirs, mine)
    assert [clash.place for clash in both.clashes] == ["reports.speech.statement"]
    assert both.clashes[0].theirs == {"findings": {"generic": 0.5, "none": 0.5}}
    assert both.settled({"reports.speech.statement": "theirs"}) == theirs
    assert both.settled({"reports.speech.statement": "mine"}) == mine


@pytest.mark.parametrize(("side", "left"), [("theirs", False), ("mine", True)])
def test_removed_here_and_changed_there_is_a_clash(side: Side, left: bool) -> None:  # noqa: FBT001
    """A report that they removed and I regraded is gone or stays, as chosen."""
    theirs, mine = without_row(BASE, "reports", "tools"), with_fields(BASE, "reports", "tools", {"grade": "B2"})
    both = reconcile(BASE, theirs, mine)
    (clash,) = both.clashes
    assert (clash.place, clash.theirs, clash.mine["grade"]) == ("reports.tools", None, "B2")
    assert ("tools" in [report.id for report in both.settled({clash.place: side}).reports]) is left


def test_new_rows_of_both_stay_behind_their_neighbours() -> None:
    """Rows that either side added stand where each of them put them."""
    theirs = with_row(BASE, "actors", {"id": "south", "kind": "state"}, at=0)
    mine = with_row(
        with_row(BASE, "actors", {"id": "east", "kind": "state"}, at=1), "actors", {"id": "z", "kind": "state"}
    )
    assert reconcile(BASE, theirs, mine).settled().actor_ids == ("south", "north", "east", "gang", "z")


def test_a_new_order_and_a_new_row_go_together() -> None:
    """A side that reorders and a side that adds a row do not clash, also when they are put together again."""
    base = case_from({**data_of(BASE), "actors": data_of(BASE)["actors"][::-1]})
    theirs = with_row(base, "actors", {"id": "south", "kind": "state"}, at=0)
    merged = reconcile(base, theirs, BASE).settled()
    assert merged.actor_ids == ("south", "north", "gang")
    assert reconcile(base, theirs, merged).settled() == merged


def test_one_new_row_in_two_places_is_asked() -> None:
    """Where both added the same rows in another order, the order is asked."""
    south, east = {"id": "south", "kind": "state"}, {"id": "east", "kind": "state"}
    theirs, mine = (
        with_row(with_row(BASE, "actors", one), "actors", two) for one, two in ((south, east), (east, south))
    )
    both = reconcile(BASE, theirs, mine)
    assert [clash.place for clash in both.clashes] == ["actors"]
    assert both.settled({"actors": "mine"}) == mine


def test_two_new_orders_are_a_clash() -> None:
    """Rows that both reordered differently stand as the chosen side has them."""
    three = with_row(BASE, "actors", {"id": "south", "kind": "state"})
    theirs, mine = (case_from({**data_of(three), "actors": [data_of(three)["actors"][n] for n in order]})
                    for order in ((1, 0, 2), (2, 1, 0)))  # fmt: skip
    both = reconcile(three, theirs, mine)
    assert [(clash.place, clash.theirs, clash.mine) for clash in both.clashes] == [
        ("actors", ("gang", "north", "south"), ("south", "gang", "north"))
    ]
    assert both.settled({"actors": "mine"}) == mine


def test_parts_that_do_not_fit_together_are_told_and_can_be_chosen_away() -> None:
    """A report about an actor whom the other side removed is a fault; giving up either edit mends it."""
    base = with_row(BASE, "actors", {"id": "south", "kind": "state"})
    theirs = without_row(base, "actors", "south")
    mine = with_row(base, "reports", {"id": "letter", "fact": "rhetoric", "finding": "generic", "about": "south"})
    both = reconcile(base, theirs, mine)
    assert both.clashes == ()
    with pytest.raises(CaseError) as error:
        both.settled()
    assert [(fault.place, fault.got) for fault in error.value.faults] == [('reports[7] "letter": about', "'south'")]
    assert {one.place for one in both.taken} == {"actors.south", "reports.letter"}
    assert both.settled({"reports.letter": "theirs"}) == theirs
    assert both.settled({"actors.south": "mine"}) == mine


def test_choices_are_checked_all_at_once() -> None:
    """A clash without a choice, a choice of nothing and a word that is no side are all told."""
    theirs, mine = (with_values(BASE, {"stakes.resilience": one, "note": str(one)}) for one in (0.2, 0.9))
    wrong: dict[str, Any] = {"note": "both", "title": "mine"}
    with pytest.raises(CaseError) as error:
        reconcile(BASE, theirs, mine).settled(wrong)
    assert {(fault.place, fault.got) for fault in error.value.faults} == {
        ("stakes.resilience", "no choice"),
        ("note", "'both'"),
        ("title", "a choice where nothing differs"),
    }


def test_a_range_is_one_value() -> None:
    """A low end from one side and a high end from the other are no range that anybody meant."""
    theirs, mine = (
        with_values(BASE, {"stakes.avoidable": {"low": low, "high": high}}) for low, high in ((0.1, 0.7), (0.2, 0.9))
    )
    assert [clash.place for clash in reconcile(BASE, theirs, mine).clashes] == ["stakes.avoidable"]
