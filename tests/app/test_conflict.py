"""Two people change one filed case: the screen that asks, and that no edit is lost on any path."""

from __future__ import annotations

import pytest
from tests.app.stored import arriving, desk_of, filed_sony, keys, now, refusals, save, sony, store, words

from cybercoercion.case import Case, parse_case
from cybercoercion.case.data import data_of
from cybercoercion.case.editing import with_fields, with_row, with_values, without_row
from cybercoercion.desk.desk import text_of

HARD, SOFT = 0.8, 0.1


def meeting(start, theirs: Case, mine: Case):
    """Return a page whose case was filed by somebody else meanwhile, after its own save, and the name of the case."""
    filed = filed_sony()
    store().save(filed.id, 1, text_of(filed.text, theirs), who="Ben", why="Ben's drill")
    at = save(start(desk=desk_of(filed).changed(mine, "Mine")), why="My reason", who="Cleo")
    assert len(store().history(filed.id)) == 2
    assert now(at) == mine
    return at, filed.id


def test_a_conflict_is_a_screen_and_files_nothing_by_itself(start) -> None:
    """A save onto a revision that somebody else replaced shows who, when and why, and both changes."""
    at, _ = meeting(start, sony(resilience=HARD), sony(resilience=SOFT))
    said = words(at)
    assert "Theirs: revision 2, Ben" in said
    assert "Why: Ben's drill" in said
    assert "resilience 0.36 \N{RIGHTWARDS ARROW} 0.8" in said.lower() or "Resilience" in said
    assert at.button(key="conflict_save").disabled


def test_taking_theirs_files_nothing_and_undo_brings_mine_back(start) -> None:
    """Theirs is laid on the desk as filed; my edits are one undo away and unfiled then."""
    at, name = meeting(start, sony(resilience=HARD), sony(resilience=SOFT))
    at.radio(key="conflict_choice").set_value("Theirs").run()
    at.button(key="conflict_save").click().run()
    assert now(at) == sony(resilience=HARD)
    assert not at.session_state["desk"].unfiled
    assert at.session_state["desk"].place.revision == 2
    assert len(store().history(name)) == 2
    at.button(key="undo").click().run()
    assert now(at) == sony(resilience=SOFT)
    assert at.session_state["desk"].unfiled


def test_taking_mine_is_a_new_revision_that_says_what_it_overwrites(start) -> None:
    """Mine becomes revision 3 on top of theirs; the history names what it overwrites, and theirs stays in it."""
    at, name = meeting(start, with_values(sony(), {"frame": "any-intrusion"}), sony(resilience=SOFT))
    at.radio(key="conflict_choice").set_value("Mine").run()
    assert "This overwrites what Ben changed" in words(at)
    at.button(key="conflict_save").click().run()
    third = store().load(name)
    assert (third.revision, third.who) == (3, "Cleo")
    assert parse_case(third.text) == sony(resilience=SOFT)
    assert "My reason (over revision 2 of Ben: Frame" in third.why
    assert parse_case(store().load(name, 2).text).frame == "any-intrusion"
    assert not at.session_state["desk"].unfiled


def test_a_merge_takes_from_both_what_only_one_changed(start) -> None:
    """Changes of different places are put together without a question, and filed as the next revision."""
    theirs = with_fields(sony(), "reports", "june-threat", {"grade": "C3"})
    at, name = meeting(start, theirs, sony(resilience=SOFT))
    assert "No place was changed by both" in words(at)
    at.button(key="conflict_save").click().run()
    merged = parse_case(store().load(name, 3).text)
    assert merged == with_fields(sony(resilience=SOFT), "reports", "june-threat", {"grade": "C3"})
    assert now(at) == merged
    at.button(key="undo").click().run()
    assert now(at) == sony(resilience=SOFT)


@pytest.mark.parametrize(("side", "resilience"), [("theirs", HARD), ("mine", SOFT)])
def test_a_clash_is_asked_and_the_chosen_side_holds(start, side: str, resilience: float) -> None:
    """A place that both changed needs a choice before anything can be filed; the chosen value is filed."""
    theirs = with_values(sony(resilience=HARD), {"frame": "any-intrusion"})
    at, name = meeting(start, theirs, sony(resilience=SOFT))
    assert at.button(key="conflict_save").disabled
    at.radio(key="side_stakes.resilience").set_value(side).run()
    assert "From yours to this" in words(at)
    at.button(key="conflict_save").click().run()
    merged = parse_case(store().load(name, 3).text)
    assert (merged.stakes.resilience, merged.frame) == (resilience, "any-intrusion")


def test_cancel_keeps_my_desk_and_the_next_save_asks_again(start) -> None:
    """Going back files nothing and loses nothing; the next save meets the same conflict."""
    at, name = meeting(start, sony(resilience=HARD), sony(resilience=SOFT))
    at.button(key="conflict_cancel").click().run()
    assert now(at) == sony(resilience=SOFT)
    assert at.session_state["desk"].place.revision == 1
    assert len(store().history(name)) == 2
    assert "conflict_save" in keys(save(at))


def test_a_third_who_files_meanwhile_is_a_new_conflict_with_the_same_base(start) -> None:
    """Somebody who files while I choose makes the screen ask anew, with what all of mine was made from."""
    at, name = meeting(start, sony(resilience=HARD), sony(resilience=SOFT))
    at.radio(key="conflict_choice").set_value("Mine").run()
    store().save(name, 2, text_of(store().load(name).text, sony(resilience=0.5)), who="Dora", why="Third")
    at.button(key="conflict_save").click().run()
    assert "Theirs: revision 3, Dora" in words(at)
    assert at.session_state["overtaken"].base.revision == 1
    assert len(store().history(name)) == 3
    assert now(at) == sony(resilience=SOFT)


def test_parts_that_do_not_fit_together_are_told_and_can_be_chosen_otherwise(start) -> None:
    """A report of mine about an actor that they removed is told as a fault; choosing otherwise mends it."""
    actor = sony().actors[-1].id
    theirs = sony()
    for report in [one for one in theirs.reports if actor in (one.about, one.finding)]:
        theirs = without_row(theirs, "reports", report.id)
    theirs = with_values(theirs, {"deception": None})
    theirs = with_values(theirs, {"demands": stripped(theirs, actor)})
    theirs = without_row(theirs, "actors", actor)
    pointed = {"id": "new-report", "fact": "language", "finding": actor, "grade": "C3", "origin": "press"}
    mine = with_values(sony(), {"reports": [*rows(sony()), {**pointed, "known_date": sony().as_of}]})
    at, name = meeting(start, theirs, mine)
    assert "do not fit together" in words(at)
    assert at.button(key="conflict_save").disabled
    at.radio(key=f"side_actors.{actor}").set_value("mine").run()
    at.button(key="conflict_save").click().run()
    merged = parse_case(store().load(name, 3).text)
    assert actor in merged.actor_ids
    assert "new-report" in {report.id for report in merged.reports}


def test_a_conflict_over_a_deleted_case_keeps_the_work(start) -> None:
    """If the case is deleted while I choose, the fault is told and my case stays on the desk, to be filed anew."""
    at, name = meeting(start, sony(resilience=HARD), sony(resilience=SOFT))
    at.radio(key="conflict_choice").set_value("Mine").run()
    store().delete(name)
    at.button(key="conflict_save").click().run()
    assert now(at) == sony(resilience=SOFT)
    again = arriving({"draft": at.query_params["draft"]})
    assert now(again) == sony(resilience=SOFT)
    assert parse_case(store().load(save(again).session_state["desk"].place.id).text) == sony(resilience=SOFT)


def rows(case: Case) -> list[dict]:
    """Return the reports of a case as plain data."""
    return [dict(row) for row in data_of(case)["reports"]]


def stripped(case: Case, actor: str) -> list[dict]:
    """Return the demands of a case as plain data, held by anybody but one."""
    out = []
    for row in data_of(case)["demands"]:
        held = {name: how for name, how in row.get("held_by", {}).items() if name != actor}
        out.append({**row, "held_by": held})
    return out


def test_a_merger_that_cannot_be_true_is_refused_and_still_asked(start) -> None:
    """Two sound changes that exclude each other are refused in words when filed together; nothing is filed or lost."""
    theirs, mine = (pinned(name, intent) for name, intent in (("ours", "crime"), ("hers", "testing")))
    at, name = meeting(start, theirs, mine)
    assert "This cannot be assessed" in words(at)
    at.button(key="conflict_save").click().run()
    assert not at.exception
    assert any("can be true together" in cell for cell in refusals(at))
    assert len(store().history(name)) == 2
    assert now(at) == mine


def pinned(name: str, intent: str) -> Case:
    """Return the worked example with a report after which only one intent is believed."""
    row = {"id": name, "fact": "intent", "kind": "pinned", "findings": {intent: 1.0}}
    return with_row(sony(), "reports", row)
