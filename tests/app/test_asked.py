"""What is asked: every widget of the block changes the case as the core would, is refused in words, and is undone."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.app.asking import blank, case, choose, desk, page, press, refused, settled, sound, write

from cybercoercion.case import load, load_case, read_shipped
from cybercoercion.case.editing import with_fields, with_row, with_values
from cybercoercion.screen.removing import without_all

SONY = load_case("sony-2014")
PENDING = {"id": "laboratory", "fact": "malware_lineage", "grade": "B2"}


def undone(at, before) -> None:
    """Undo one change, and find the very case from before."""
    press(at, "undo")
    assert case(at) == before


def test_the_frame_is_chosen_in_plain_words_beside_what_each_would_make_of_the_case() -> None:
    """Another frame changes the case, a table shows coercion under each, and undo moves the choice back."""
    at = settled(page(SONY, parts=["frame"]))
    assert at.radio(key="ask.frame").options[3] == "A threat or a demand was received"
    assert any("orders of magnitude" in one.value for one in at.markdown)
    assert any("(chosen)" in str(one.value.to_dict()).replace("\\", "") for one in at.table)
    sound(at.radio(key="ask.frame").set_value("any-intrusion").run())
    assert case(at) == with_values(SONY, {"frame": "any-intrusion"})
    undone(at, SONY)
    assert at.radio(key="ask.frame").value == "threat-received"


@pytest.mark.parametrize(
    ("part", "key", "typed", "place", "value"),
    [
        ("frame", "ask.title", "Another title", "title", "Another title"),
        ("frame", "ask.marking", "For the group only", "marking", "For the group only"),
        ("target", "ask.target.name", "The studio", "target.name", "The studio"),
    ],
)
def test_text_of_case_and_target_is_edited_in_place(part, key, typed, place, value) -> None:
    """A text that is typed stands in the case, and undo brings the old one back into the field."""
    at = page(SONY, parts=[part])
    old = at.text_input(key=key).value
    write(at, key, typed)
    assert case(at) == with_values(SONY, {place: value})
    undone(at, SONY)
    assert at.text_input(key=key).value == old


def test_a_note_is_kept_as_it_was_written_and_never_drawn() -> None:
    """A note with markdown in it goes into the case unchanged."""
    at = page(SONY, parts=["frame"])
    note = "See ![x](http://a/b.png) <script>"
    sound(at.text_area(key="ask.note").set_value(note).run())
    assert case(at).note == note
    assert not any("![x]" in one.value for one in at.markdown)
    undone(at, SONY)


def test_the_day_as_of_which_the_case_is_known_can_be_moved() -> None:
    """An earlier day hides what became known later; going without a day is refused, and the day stays."""
    at = page(SONY, parts=["frame"])
    sound(at.date_input(key="ask.as_of").set_value(dt.date(2014, 12, 1)).run())
    assert case(at).as_of == dt.date(2014, 12, 1)
    assert len(case(at).known()) < len(SONY.known())
    undone(at, SONY)
    sound(at.date_input(key="ask.as_of").set_value(None).run())
    assert refused(at) == ["as_of"]
    assert case(at) == SONY


@pytest.mark.parametrize(
    ("part", "key", "value", "block", "row", "field"),
    [
        ("actors", "ask.actors.north-korea.kind", "state-linked", "actors", "north-korea", "kind"),
        ("actors", "ask.actors.north-korea.country", "CN", "actors", "north-korea", "country"),
        ("actors", "ask.actors.north-korea.capability", "advanced", "actors", "north-korea", "capability"),
        ("actors", "ask.actors.north-korea.relationship", "crisis", "actors", "north-korea", "relationship"),
        ("actors", "ask.actors.north-korea.track_record", False, "actors", "north-korea", "track_record"),
        ("actors", "ask.actors.north-korea.alternatives", "closed", "actors", "north-korea", "alternatives"),
        ("demands", "ask.demands.withhold-film.polarity", "stop", "demands", "withhold-film", "polarity"),
        ("demands", "ask.demands.withhold-film.content", "money", "demands", "withhold-film", "content"),
        ("demands", "ask.demands.withhold-film.long_standing", True, "demands", "withhold-film", "long_standing"),
        ("context", "context.actors.north-korea.capability", "emerging", "actors", "north-korea", "capability"),
        ("context", "context.actors.north-korea.relationship", "none", "actors", "north-korea", "relationship"),
        ("context", "context.actors.north-korea.track_record", False, "actors", "north-korea", "track_record"),
        ("context", "context.actors.north-korea.alternatives", "open", "actors", "north-korea", "alternatives"),
        ("context", "context.demands.pay-money.long_standing", True, "demands", "pay-money", "long_standing"),
    ],
)
def test_choices_about_candidates_go_into_the_case_and_back_to_nothing(part, key, value, block, row, field) -> None:
    """Each choice changes its field; where it may be left out, "Not stated" takes it out in one action."""
    at = page(SONY, parts=[part])
    choose(at, key, value)
    chosen = with_fields(SONY, block, row, {field: value})
    assert case(at) == chosen
    if field != "kind":
        choose(at, key, "")
        assert case(at) == with_fields(SONY, block, row, {field: None})
        assert any("Not stated" in one.value for one in at.caption)
        press(at, "undo")
    assert at.selectbox(key=key).value == value
    undone(at, SONY)


@pytest.mark.parametrize("prefix", ["ask", "context"])
def test_who_holds_a_demand_is_answered_for_each_candidate(prefix) -> None:
    """A holder is stated and taken out again, under the demand and among the three questions alike."""
    at = page(SONY, parts=["demands" if prefix == "ask" else "context"])
    key = f"{prefix}.demands.withhold-film.held_by.north-korea"
    choose(at, key, "plausible")
    assert case(at).demand("withhold-film").held_by["north-korea"] == "plausible"
    choose(at, key, "")
    assert dict(case(at).demand("withhold-film").held_by) == {"hacktivists": "plausible"}
    press(at, "undo")
    undone(at, SONY)


def test_the_country_of_the_target_is_chosen_by_name_and_what_is_none_is_refused() -> None:
    """A typed word that is no code is refused beside the field and stays there; the case keeps its country."""
    at = page(SONY, parts=["target"])
    choose(at, "ask.target.country", "GB")
    assert case(at).target.country == "GB"
    undone(at, SONY)
    choose(at, "ask.target.country", "Atlantis")
    assert case(at) == SONY
    assert refused(at) == ["target.country"]
    assert any("two capital letters" in one.value for one in at.warning)
    assert at.selectbox(key="ask.target.country").value == "Atlantis"
    choose(at, "ask.target.country", "CA")
    assert case(at).target.country == "CA"
    assert refused(at) == []
    choose(at, "ask.target.kind", "agency")
    assert case(at).target.kind == "agency"


def test_a_name_goes_back_to_the_short_name_when_it_is_emptied() -> None:
    """An empty name of a candidate is the default, marked as one; an empty title is refused."""
    at = page(SONY, parts=["actors", "frame"])
    write(at, "ask.actors.north-korea.name", "")
    assert case(at).actor("north-korea").name == "north-korea"
    assert at.text_input(key="ask.actors.north-korea.name").value == ""
    undone(at, SONY)
    write(at, "ask.title", "  ")
    assert refused(at) == ["title"]
    assert case(at) == SONY


def test_traits_are_a_number_a_range_or_the_default() -> None:
    """A trait takes a range, refuses one that is upside down, and goes back to its default with one button."""
    at = page(SONY, parts=["actors"])
    key = "ask.actors.north-korea.interdependence"
    write(at, key, "0.02 to 0.2, 80 %")
    value = case(at).actor("north-korea").interdependence
    assert (value.low, value.high, value.mass) == (0.02, 0.2, 0.8)
    write(at, key, "0.5 to 0.2")
    assert at.text_input(key=key).value == "0.5 to 0.2"
    assert len(refused(at)) == 1
    press(at, f"{key}.default")
    assert case(at).actor("north-korea").interdependence is None
    press(at, "undo")
    undone(at, SONY)


def test_the_cost_of_conceding_is_edited_with_its_demand() -> None:
    """The cost of conceding takes a point, and its default by the button."""
    at = page(SONY, parts=["demands"])
    key = "ask.demands.withhold-film.cost_of_conceding"
    write(at, key, "45 M")
    assert case(at) == with_fields(SONY, "demands", "withhold-film", {"cost_of_conceding": 45e6})
    press(at, f"{key}.default")
    assert case(at) == with_fields(SONY, "demands", "withhold-film", {"cost_of_conceding": None})
    choose(at, "row.demands", "pay-money")
    write(at, "ask.demands.pay-money.text", "Pay")
    assert case(at).demand("pay-money").text == "Pay"


def test_the_checklist_takes_yes_no_and_how_likely() -> None:
    """An answer is yes, no, or a probability that is typed; a word that is neither is refused."""
    at = page(SONY, parts=["deception"])
    key = "ask.deception.north-korea.motive"
    for said, value in ((True, True), (False, False), ("30 %", 0.3)):
        choose(at, key, said)
        assert case(at).deception["north-korea"].motive == value
    choose(at, key, "perhaps")
    assert refused(at) == ["deception north-korea motive"]
    choose(at, key, "")
    assert case(at) == SONY


def test_a_candidate_is_added_with_a_reason_after_a_preview() -> None:
    """The drawer shows belief before and after, asks why, takes a short name of its own, and undo takes it out."""
    at = page(SONY, parts=["actors"])
    press(at, "add.actors")
    assert any("as soon as what is needed" in one.value for one in at.caption)
    write(at, "new.actors.name", "North Korea")
    choose(at, "new.actors.kind", "individual")
    assert at.text_input(key="new.id").placeholder == "north-korea-2"
    assert any("With this change coercion" in one.value for one in at.markdown)
    assert any("finding of fact" in one.value for one in at.warning)
    press(at, "new.add")
    assert refused(at) == ["why"]
    write(at, "new.why", "Named in the press")
    write(at, "new.id", "insider")
    press(at, "new.add")
    assert case(at) == SONY
    assert refused(at) == ['actors[5] "insider": id']
    assert at.text_input(key="new.actors.name").value == "North Korea"
    write(at, "new.id", "")
    press(at, "new.add")
    row = {"id": "north-korea-2", "name": "North Korea", "kind": "individual"}
    assert case(at) == with_row(SONY, "actors", row)
    assert desk(at).sentence == "Actor north-korea-2 added (Named in the press)"
    assert at.selectbox(key="row.actors").value == "north-korea-2"
    assert not [one for one in at.text_input if one.key == "new.why"]
    undone(at, SONY)


def test_a_demand_is_added_with_who_holds_it() -> None:
    """A new demand takes its text, its number and its holders from the drawer."""
    at = page(SONY, parts=["demands"])
    press(at, "add.demands")
    write(at, "new.demands.text", "Apologise in public")
    choose(at, "new.demands.polarity", "do")
    choose(at, "new.demands.held_by.hacktivists", "held")
    write(at, "new.demands.cost_of_conceding", "lots")
    write(at, "new.why", "A letter says so")
    press(at, "new.add")
    assert case(at) == SONY
    write(at, "new.demands.cost_of_conceding", "1 M to 2 M")
    press(at, "new.add")
    row = {
        "id": "apologise-in-public",
        "text": "Apologise in public",
        "polarity": "do",
        "held_by": {"hacktivists": "held"},
        "cost_of_conceding": {"low": 1e6, "high": 2e6},
    }
    assert case(at) == with_row(SONY, "demands", row)
    undone(at, SONY)


def test_an_awaited_report_is_added_edited_and_removed() -> None:
    """An awaited report has fact, person, grade, origin, day, cost and note, each edited in place, and goes again."""
    at = page(SONY, parts=["pending"])
    press(at, "add.pending")
    choose(at, "new.pending.fact", "malware_lineage")
    choose(at, "new.pending.grade", "B2")
    write(at, "new.id", "laboratory")
    write(at, "new.why", "Ordered today")
    press(at, "new.add")
    added = with_row(SONY, "pending", PENDING)
    assert case(at) == added
    at_key = "ask.pending.laboratory"
    choose(at, f"{at_key}.fact", "trigger")
    choose(at, f"{at_key}.about", "insider")
    choose(at, f"{at_key}.grade", "A1")
    write(at, f"{at_key}.origin", "laboratory-one")
    write(at, f"{at_key}.cost", "40 k")
    sound(at.date_input(key=f"{at_key}.expected_date").set_value(dt.date(2015, 1, 5)).run())
    sound(at.text_area(key=f"{at_key}.note").set_value("By courier").run())
    (one,) = case(at).pending
    assert (one.fact, one.about, one.grade, one.origin, one.cost) == ("trigger", "insider", "A1", "laboratory-one", 4e4)
    assert (one.expected_date, one.note) == (dt.date(2015, 1, 5), "By courier")
    choose(at, f"{at_key}.fact", "claim")
    assert refused(at) == ['pending[1] "laboratory": about']
    press(at, f"{at_key}.expected_date.default")
    press(at, f"{at_key}.cost.default")
    (one,) = case(at).pending
    assert (one.expected_date, one.cost) == (None, None)
    press(at, "remove.pending")
    assert case(at) == SONY
    press(at, "undo")
    assert case(at).pending == (one,)


def test_a_removal_is_refused_in_words_while_reports_speak_of_it() -> None:
    """The refusal names the places; "Leave it" forgets it; removing all takes the reports too, and undo restores."""
    at = page(SONY, parts=["actors"])
    press(at, "remove.actors")
    assert case(at) == SONY
    assert any("cannot simply be removed" in one.value for one in at.markdown)
    press(at, "leave.actors")
    assert not any("cannot simply be removed" in one.value for one in at.markdown)
    press(at, "remove.actors")
    assert "reports" in at.button(key="remove_all.actors").label
    press(at, "remove_all.actors")
    assert case(at) == without_all(SONY, "actors", "north-korea")
    assert at.selectbox(key="row.actors").value in case(at).actor_ids
    undone(at, SONY)


def test_the_only_candidate_is_not_offered_to_go() -> None:
    """Of one candidate the page says that another must come first, and offers no way to remove it."""
    start, text = blank()
    at = page(start, text, parts=["actors"])
    press(at, "remove.actors")
    assert any("Add another one first" in one.value for one in at.markdown)
    assert not [one for one in at.button if one.key == "remove_all.actors"]
    assert case(at) == start


def test_candidates_with_names_like_markdown_are_shown_as_written() -> None:
    """A name that is markdown is never read as such, in labels, questions and headings."""
    wild = with_fields(SONY, "actors", "north-korea", {"name": "![x](http://a) :red[y]"})
    at = page(wild)
    shown = [*at.markdown, *at.caption]
    assert not any("![x](http" in one.value for one in shown)
    assert not any("![x](http" in one.label for one in (*at.selectbox, *at.button, *at.text_input, *at.expander))


def test_a_campaign_is_edited_as_one() -> None:
    """Candidates change in every episode; what only an episode says is refused in words, and the case stays."""
    whole = load("ukraine-2014-2016")
    at = page(whole, read_shipped("ukraine-2014-2016"))
    choose(at, "ask.actors.russia.capability", "emerging")
    assert {one.actor("russia").capability for one in case(at).episodes} == {"emerging"}
    undone(at, whole)
    sound(at.radio(key="ask.frame").set_value("any-intrusion").run())
    assert case(at) == whole
    assert refused(at) == ["frame"]
    assert any("open one of its episodes" in one.value for one in at.warning)
    press(at, "remove.actors")
    press(at, "remove_all.actors")
    assert case(at) == whole
    assert "reports" in refused(at)
    press(at, "add.actors")
    choose(at, "new.actors.kind", "state")
    assert not any("With this change" in one.value for one in at.markdown)
    press(at, "new.preview")
    assert any("With this change coercion" in one.value for one in at.markdown)


@pytest.mark.parametrize("name", ["colonial-2021", "opm-2015", "stuxnet-2010"])
def test_the_block_stands_for_other_cases(name) -> None:
    """All parts can be open at once for cases without demands, of crime, of sabotage."""
    at = page(load_case(name))
    assert case(at) == load_case(name)
    assert len(at.expander) >= 7


def test_what_a_file_may_say_and_no_list_offers_is_shown_too() -> None:
    """A country without a name in the list, a day of another century and a probability stand in their widgets."""
    odd = with_values(
        SONY, {"target.country": "ZZ", "as_of": dt.date(1899, 5, 1), "deception": {"insider": {"means": 0.25}}}
    )
    odd = with_fields(odd, "actors", "insider", {"interdependence": {"low": 0.1, "high": 0.4, "mass": 0.95}})
    at = page(odd)
    assert at.selectbox(key="ask.target.country").value == "ZZ"
    assert at.date_input(key="ask.as_of").value == dt.date(1899, 5, 1)
    choose(at, "row.actors", "insider")
    assert at.text_input(key="ask.actors.insider.interdependence").value == "0.1 to 0.4, 95 %"
    choose(at, "deception.actors", "insider")
    assert at.selectbox(key="ask.deception.insider.means").value == "0.25"
    assert case(at) == odd


def test_parts_that_are_closed_are_not_drawn() -> None:
    """A page with all parts closed draws their headings only."""
    at = page(SONY, parts=[])
    assert not at.radio
    assert at.expander[0].label.startswith("How the case came to attention")
