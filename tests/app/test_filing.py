"""Saving and reopening: what is filed, what the address says, and what a reload or a crash leaves."""

from __future__ import annotations

import pytest
from tests.app.stored import SONY, arriving, desk_of, filed_sony, keys, now, refusals, save, sony, store, words

from cybercoercion.app import drafts, memory
from cybercoercion.app.memory import Settings
from cybercoercion.case import load_case, parse_case, read_shipped
from cybercoercion.desk import opened
from cybercoercion.report.verdict import Verdict
from cybercoercion.screen.filed import said_of
from cybercoercion.store import StoreError, is_id


def said(case) -> Verdict:
    """Return what the app says of a case."""
    return memory.verdict(case, Settings())


def changed(case, sentence: str = "Resilience to 0.7"):
    """Return a desk on which the worked example was changed."""
    return opened(load_case(SONY), read_shipped(SONY)).changed(case, sentence)


def test_a_save_files_the_case_with_its_comments_the_reason_the_name_and_what_the_model_says(start) -> None:
    """A first save makes revision 1: the file with its comments, who, why, and the belief of this very case."""
    at = save(start(desk=changed(sony(resilience=0.7))), why="The firm drilled", who="Ann")
    name = at.query_params["case"][0] if isinstance(at.query_params["case"], list) else at.query_params["case"]
    filed = store().load(name)
    assert (filed.revision, filed.who, filed.why) == (1, "Ann", "The firm drilled")
    assert parse_case(filed.text) == sony(resilience=0.7)
    assert {line for line in read_shipped(SONY).splitlines() if line.startswith("#")} <= set(filed.text.splitlines())
    assert filed.said == said_of(said(sony(resilience=0.7)))
    assert not at.session_state["desk"].unfiled
    assert "Saved as revision 1." in words(at)


def test_a_second_save_is_the_next_revision_and_undo_still_walks_back(start) -> None:
    """A second save adds revision 2 of the same case; the walk of changes outlives it."""
    at = save(start(desk=desk_of(filed_sony()).changed(sony(resilience=0.7), "Resilience")))
    place = at.session_state["desk"].place
    assert (place.revision, len(store().history(place.id))) == (2, 2)
    assert store().load(place.id, 2).before == store().load(place.id, 1).said
    at.button(key="undo").click().run()
    assert now(at) == sony()


def test_without_a_name_or_a_reason_it_is_filed_in_words(start) -> None:
    """A save without name and reason says so in the history instead of being refused."""
    at = save(start(desk=changed(sony(resilience=0.7))), why="  ")
    filed = store().load(at.session_state["desk"].place.id)
    assert (filed.who, filed.why) == ("not named", "No reason given")


def test_what_is_filed_already_is_not_filed_twice(start) -> None:
    """A filed case without a change cannot be saved again, but can be filed as a case of its own."""
    filed = filed_sony()
    at = start(desk=desk_of(filed))
    at.button(key="save").click().run()
    assert at.button(key="save_now").disabled
    at.button(key="save_new").click().run()
    other = at.session_state["desk"].place
    assert other.id != filed.id
    assert len(store().history(filed.id)) == 1
    assert parse_case(store().load(other.id).text) == sony()


def test_the_address_names_case_and_revision_by_opaque_names_only(start) -> None:
    """After a save the address holds a random name and a number, and no word of the case."""
    at = save(start(desk=changed(sony(resilience=0.7))))
    query = {name: one if isinstance(one, str) else one[0] for name, one in at.query_params.items()}
    assert set(query) <= {"case", "revision", "depth"}
    assert is_id(query["case"])
    assert query["revision"] == "1"


def test_a_link_opens_its_revision_and_not_a_later_one() -> None:
    """A link with a revision opens that revision; one without opens the latest."""
    filed = filed_sony()
    store().save(filed.id, 1, changed(sony(resilience=0.7)).toml, who="Ben", why="Drill")
    assert now(arriving({"case": filed.id, "revision": "1"})) == sony()
    at = arriving({"case": filed.id})
    assert now(at) == sony(resilience=0.7)
    assert at.session_state["desk"].place.revision == 2


@pytest.mark.parametrize(
    "query",
    [
        {"case": "../../etc/passwd"},
        {"case": "a" * 22},
        {"case": ""},
        {"case": "a" * 5000, "revision": "1"},
        {"case": "<script>alert(1)</script>"},
        {"case": ["x", "y"]},
        {"draft": "b" * 22},
        {"draft": "../drafts", "aside": "c" * 22, "kept": "?"},
    ],
)
def test_a_link_that_leads_nowhere_is_told_in_words_and_the_example_opens(query) -> None:
    """An unknown or malformed name in the address gives a fault in words, and the worked example."""
    at = arriving(query)
    assert now(at) == sony()
    assert refusals(at)
    assert not at.error


@pytest.mark.parametrize("revision", ["0", "-1", "9", "1e9", "99999999999999999999", "x", "\u0661"])
def test_a_revision_that_is_not_there_is_told_in_words(revision: str) -> None:
    """A malformed or unknown revision gives a fault in words and never another revision."""
    at = arriving({"case": filed_sony().id, "revision": revision})
    assert refusals(at)
    assert at.session_state["desk"].place is None


def test_a_reload_brings_back_what_was_not_filed_and_a_save_forgets_the_draft(start) -> None:
    """A change lies in the store under a random name of the address; a new page takes it up, a save drops it."""
    filed = filed_sony()
    at = start(desk=desk_of(filed).changed(sony(resilience=0.7), "Resilience to 0.7"))
    token = draft_of(at)
    again = arriving({"draft": token, "case": filed.id, "revision": "1"})
    desk = again.session_state["desk"]
    assert (desk.now, desk.filed, desk.place.revision) == (sony(resilience=0.7), sony(), 1)
    assert desk.undoes == "Resilience to 0.7"
    assert desk.toml == changed(sony(resilience=0.7)).toml
    save(again)
    assert "draft" not in again.query_params
    assert store().draft(token) is None
    assert parse_case(store().load(filed.id, 2).text) == sony(resilience=0.7)


def test_after_a_reload_the_work_goes_on_under_the_same_name(start) -> None:
    """A page that was reloaded keeps its next change under the name in its address, in place of the old one."""
    token = draft_of(start(desk=changed(sony(resilience=0.7))))
    again = arriving({"draft": token})
    again.session_state["desk"] = again.session_state["desk"].changed(sony(resilience=0.2), "Resilience to 0.2")
    again.run()
    assert draft_of(again) == token
    assert now(arriving({"draft": token})) == sony(resilience=0.2)


def test_undo_to_what_is_filed_leaves_no_draft(start) -> None:
    """When nothing is unfiled any more, the draft goes from the store and from the address."""
    at = start(desk=changed(sony(resilience=0.7)))
    token = draft_of(at)
    at.button(key="undo").click().run()
    assert store().draft(token) is None
    assert "draft" not in at.query_params


def test_a_page_opened_twice_does_not_write_over_the_other(start, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second page with the same address keeps its changes under a name of its own, and drops nothing of the first."""
    at = start(desk=changed(sony(resilience=0.7)))
    token = draft_of(at)
    monkeypatch.setitem(drafts._HOLDERS, token, "the first page")
    monkeypatch.setattr(drafts, "_open", lambda session: session == "the first page")
    twin = arriving({"draft": token})
    twin.button(key="undo").click().run()
    twin.session_state["desk"] = twin.session_state["desk"].changed(sony(resilience=0.2), "Resilience to 0.2")
    twin.run()
    assert draft_of(twin) != token
    assert now(arriving({"draft": token})) == sony(resilience=0.7)
    assert now(arriving({"draft": draft_of(twin)})) == sony(resilience=0.2)


def test_an_experiment_and_kept_scenarios_outlive_a_reload(start) -> None:
    """A reload brings back the experiment as an experiment, and the scenarios that were kept."""
    desk = changed(sony(resilience=0.7)).keeping("Harder")
    at = start(desk=desk.tried("Softer", sony(resilience=0.1)))
    again = arriving({name: at.query_params[name] for name in ("draft", "trial", "kept")}).session_state["desk"]
    assert (again.trial, again.now) == ("Softer", sony(resilience=0.1))
    assert again.discarded().now == sony(resilience=0.7)
    assert [(one.name, one.source) for one in again.kept] == [("Harder", sony(resilience=0.7))]


def test_a_store_that_fails_is_told_and_the_work_goes_on(start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the store cannot be opened, the page says that changes are not kept, and the case stays."""
    monkeypatch.setenv("CYBERCOERCION_STORE", "sqlite:////proc/nowhere/cases.db")
    at = start(desk=changed(sony(resilience=0.7)))
    assert "did not keep them" in words(at)
    at = save(at)
    assert now(at) == sony(resilience=0.7)
    assert at.session_state["desk"].place is None
    assert refusals(at)
    assert not at.error


def test_an_experiment_is_never_filed(start) -> None:
    """The drawer offers no save while an experiment lies on the desk."""
    at = start(desk=changed(sony(resilience=0.7)).tried("Softer", sony(resilience=0.1)))
    at.button(key="save").click().run()
    assert "save_now" not in keys(at)
    assert store().recent() == ()


def test_deleting_needs_the_title_and_leaves_nothing(start) -> None:
    """A wrong title deletes nothing; the right one deletes every revision, every draft and what was set aside."""
    filed = filed_sony()
    desk = desk_of(filed).keeping("As it was").changed(sony(resilience=0.7), "Resilience")
    at = start(desk=desk, set_aside=(desk_of(filed).changed(sony(resilience=0.1), "Softer"),))
    tokens = [one for role in ("draft", "kept", "aside") for one in listed(at.query_params[role])]
    assert len(tokens) == 3
    at.button(key="history").click().run()
    at.text_input(key="delete_typed").set_value("Sony")
    at.button(key="delete").click().run()
    assert store().load(filed.id).revision == 1
    at.text_input(key="delete_typed").set_value(filed.title)
    at.button(key="delete").click().run()
    with pytest.raises(StoreError):
        store().load(filed.id)
    assert [store().draft(token) for token in tokens] == [None] * 3
    assert now(at) == sony(resilience=0.7)
    assert at.session_state["desk"].place is None


def test_history_opens_an_older_revision(start) -> None:
    """Each revision stands in the history with who, when, why, before and after, and can be opened."""
    filed = filed_sony()
    at = save(start(desk=desk_of(filed).changed(sony(resilience=0.7), "Resilience")), why="Drill", who="Ben")
    at.button(key="history").click().run()
    assert "Revision 2, Ben" in words(at)
    assert "Why: Drill" in words(at)
    at.button(key="open_revision_1").click().run()
    assert (now(at), at.session_state["desk"].place.revision) == (sony(), 1)


def test_back_to_the_case_as_filed_is_a_change_that_can_be_undone(start) -> None:
    """Back to the case as filed restores it, and undo restores the change."""
    at = start(desk=changed(sony(resilience=0.7)))
    at.button(key="history").click().run()
    at.button(key="as_filed").click().run()
    assert now(at) == sony()
    at.button(key="undo").click().run()
    assert now(at) == sony(resilience=0.7)


def test_a_marking_is_a_field_of_the_case_and_stands_on_the_page(start) -> None:
    """A marking that is typed becomes a field of the case, stands above the title, and can be taken out again."""
    at = start()
    at.button(key="history").click().run()
    at.text_input(key="marking").set_value("For *some* eyes").run()
    assert now(at).marking == "For *some* eyes"
    assert any("For \\*some\\* eyes" in one.value for one in at.markdown)
    at.text_input(key="marking").set_value(" ").run()
    assert now(at).marking is None


def listed(value) -> list[str]:
    """Return the values of a name in the address."""
    return [value] if isinstance(value, str) else list(value)


def draft_of(at) -> str:
    """Return the one name of a draft in the address."""
    (token,) = listed(at.query_params["draft"])
    return token
