"""What a case store holds and refuses, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, update

from cybercoercion.case import CaseError, new_case, read_shipped, shipped
from cybercoercion.store import CaseStore, Conflict, Draft, Said, StoreError, UnknownCase, is_id, new_id, open_store
from cybercoercion.store.tables import drafts

TEXT = read_shipped("sony-2014")
OTHER = new_case("port", title="A port", frame="any-intrusion")
FIRST = Said(coercion=0.7123456789012345, first="denial", gap=4.56e6, run="run 1")
THEN = Said(coercion=1.0, first="nothing", gap=0.0, run="run 2")
ODD = (
    "", "1", "..", "../cases.db", "/etc/passwd", "sony-2014", "a" * 21, "a" * 23, "a" * 22 + "\n", "a" * 21 + "/",
    "a" * 21 + "\0", "\u0430" * 22, "a" * 21 + "\u0661", "a" * 21 + "\udc80", "' OR '1'='1' -- aaaaaa", "%" * 22,
    "a" * 21 + " ", "file:///a/b/c/d/e/f/g/", "A" * 10_000_000,
)  # fmt: skip

UNSOUND = {
    "": "nothing",
    "schema = 1": "nothing",
    "not TOML": "'not TOML'",
    "\0": "",
    TEXT + "\ud800": "half a character",
    TEXT + "# " + "x" * 5_000_000: "more than 5 MB",
    TEXT + "# " + "\u20ac" * 1_700_000: "more than 5 MB",
    'schema = 1\nid = "c"\ntitle = "C"\ncases = ["beside.toml"]': "a file that did not come along",
    'schema = 1\nid = "c"\ntitle = "C"\ncases = ["../sony-2014.toml"]': "'../sony-2014.toml'",
}


def test_what_was_filed_is_loaded_as_it_was(store: CaseStore) -> None:
    """A case comes back with its text to the letter, its title, who, why, and what was said of it."""
    filed = store.create(TEXT, who="Ann", why="As published", said=FIRST)
    assert store.load(filed.id) == filed
    assert (filed.revision, filed.text, filed.title) == (1, TEXT, "Sony Pictures Entertainment, 2014")
    assert (filed.who, filed.why, filed.said, filed.before) == ("Ann", "As published", FIRST, None)
    assert is_id(filed.id)


def test_texts_are_kept_to_the_letter(store: CaseStore) -> None:
    """Comments in other scripts, emoji, tabs and line ends of Windows stay."""
    text = TEXT.replace("\n", "\r\n") + "# \u8a3c\u62e0 \U0001f6f0 \t % :name ' \" \\ $1 {}\r\n"
    assert store.load(store.create(text, who="\u5b89 O'Neil", why="100 % :sure $1").id).text == text


def test_the_time_is_utc(store: CaseStore) -> None:
    """When something was filed is an aware time in UTC, about now."""
    filed = store.load(store.create(TEXT, who="Ann", why="New").id)
    assert filed.when.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - filed.when) < timedelta(minutes=1)


def test_a_save_adds_a_revision(store: CaseStore) -> None:
    """The next revision carries what was said before it; the one before stays as it was."""
    first = store.create(TEXT, who="Ann", why="New", said=FIRST)
    second = store.save(first.id, 1, OTHER, who="Ben", why="Another", said=THEN)
    assert (second.revision, second.title, second.said, second.before) == (2, "A port", THEN, FIRST)
    assert store.load(first.id) == second
    assert store.load(first.id, 1) == first


def test_history_is_every_revision_in_order(store: CaseStore) -> None:
    """History begins with the first revision, and each one knows what was said before it, if anything was."""
    first = store.create(TEXT, who="Ann", why="1", said=FIRST)
    saved = [first]
    for number, said in ((1, None), (2, THEN), (3, None)):
        saved.append(store.save(first.id, number, TEXT + f"# {number}", who="Ben", why=f"{number + 1}", said=said))
    history = store.history(first.id)
    assert list(history) == saved
    assert [one.before for one in history] == [None, FIRST, None, THEN]


def test_a_save_onto_an_old_revision_is_a_conflict(store: CaseStore) -> None:
    """Who saves onto a revision that is not the latest gets theirs and the base, and nothing is stored."""
    first = store.create(TEXT, who="Ann", why="New")
    store.save(first.id, 1, TEXT + "# a", who="Ben", why="A")
    third = store.save(first.id, 2, TEXT + "# b", who="Cyd", why="B")
    with pytest.raises(Conflict) as conflict:
        store.save(first.id, 1, TEXT + "# mine", who="Ann", why="Mine")
    assert (conflict.value.theirs, conflict.value.base) == (third, first)
    assert "Cyd filed revision 3" in str(conflict.value)
    assert len(store.history(first.id)) == 3


def test_cases_do_not_meet(store: CaseStore) -> None:
    """A save of one case leaves another as it is."""
    one, two = (store.create(text, who="Ann", why="New") for text in (TEXT, OTHER))
    store.save(one.id, 1, TEXT, who="Ann", why="Again")
    assert store.history(two.id) == (two,)


def test_a_revision_that_is_not_there_is_unknown(store: CaseStore) -> None:
    """A revision that nobody filed can be neither loaded nor saved onto."""
    filed = store.create(TEXT, who="Ann", why="New")
    for revision in (0, -1, 2, 2**31, 10**30):
        with pytest.raises(UnknownCase):
            store.load(filed.id, revision)
        with pytest.raises(UnknownCase):
            store.save(filed.id, revision, TEXT, who="Ann", why="Onto nothing")
    assert len(store.history(filed.id)) == 1


def test_only_names_of_the_store_reach_it(store: CaseStore) -> None:
    """A path, a query, odd letters, a name that is too long or that was never given: each is an unknown case."""
    filed = store.create(TEXT, who="Ann", why="New")
    for name in (*ODD, new_id()):
        draft = Draft(text=TEXT, filed_text=TEXT, who="Ann", id=name, revision=1)
        calls: tuple[Any, ...] = (
            lambda name=name: store.load(name),
            lambda name=name: store.load(name, 1),
            lambda name=name: store.history(name),
            lambda name=name: store.save(name, 1, TEXT, who="Ann", why="New"),
            lambda name=name: store.delete(name),
            lambda draft=draft: store.keep(new_id(), draft),
        )
        for call in calls:
            with pytest.raises(UnknownCase) as error:
                call()
            assert len(str(error.value)) < 500
        assert store.draft(name) is None
        store.drop(name)
    assert [one.id for one in store.recent()] == [filed.id]


def test_no_draft_lies_under_an_odd_token(store: CaseStore) -> None:
    """A token that the store cannot have made is refused."""
    for token in ODD:
        with pytest.raises(UnknownCase):
            store.keep(token, Draft(text=TEXT, filed_text=TEXT, who="Ann"))


def test_only_sound_cases_are_filed(store: CaseStore) -> None:
    """What is no sound case is refused with its faults, as a first revision, as a next one and as a draft."""
    filed = store.create(TEXT, who="Ann", why="New")
    for text, got in UNSOUND.items():
        faulty = (Draft(text=text, filed_text=TEXT, who="Ann"), Draft(text=TEXT, filed_text=text, who="Ann"))
        calls: tuple[Any, ...] = (
            lambda text=text: store.create(text, who="Ann", why="New"),
            lambda text=text: store.save(filed.id, 1, text, who="Ann", why="New"),
            *(lambda draft=draft: store.keep(new_id(), draft) for draft in faulty),
        )
        for call in calls:
            with pytest.raises(CaseError) as error:
                call()
            assert any(got in fault.got for fault in error.value.faults)
    assert store.history(filed.id) == (filed,)


def test_the_largest_text_is_stored(store: CaseStore) -> None:
    """A text of exactly 5 MB is a text like any other."""
    text = TEXT + "#" + "\n" * (5_000_000 - len(TEXT.encode()) - 1)
    assert store.load(store.create(text, who="Ann", why="Long").id).text == text


def test_every_shipped_case_can_be_filed(store: CaseStore) -> None:
    """Shipped cases and campaigns are sound cases to the store."""
    for text in map(read_shipped, shipped()):
        assert store.load(store.create(text, who="Ann", why="New").id).text == text


def test_who_and_why_can_be_printed(store: CaseStore) -> None:
    """A name or a reason that is missing, endless or not printable is refused."""
    filed = store.create(TEXT, who="Ann", why="New")
    for word in ("", " \n", "\0", "a\x1b[2J", "\ud800", "\u202eresu", "x" * 2_001):
        calls: tuple[Any, ...] = (
            lambda word=word: store.create(TEXT, who=word, why="New"),
            lambda word=word: store.create(TEXT, who="Ann", why=word),
            lambda word=word: store.save(filed.id, 1, TEXT, who=word, why="New"),
            lambda word=word: store.save(filed.id, 1, TEXT, who="Ann", why=word),
            lambda word=word: store.keep(new_id(), Draft(text=TEXT, filed_text=TEXT, who=word)),
            lambda word=word: store.recent(who=word),
        )
        for call in calls:
            with pytest.raises(StoreError, match="printable text"):
                call()
    assert store.history(filed.id) == (filed,)


def test_recent_lists_the_latest_first(store: CaseStore) -> None:
    """The list holds each case once, as it was filed last, the latest case first, at most as many as asked for."""
    assert store.recent() == ()
    one, two, three = (store.create(text, who="Ann", why="New") for text in (TEXT, OTHER, TEXT))
    store.save(one.id, 1, OTHER, who="Ben", why="Changed", said=THEN)
    found = store.recent()
    assert [(case.id, case.revision) for case in found] == [(one.id, 2), (three.id, 1), (two.id, 1)]
    assert (found[0].title, found[0].who, found[0].why, found[0].said) == ("A port", "Ben", "Changed", THEN)
    assert [case.id for case in store.recent(most=1)] == [one.id]
    assert store.recent(most=0) == ()


def test_recent_by_person(store: CaseStore) -> None:
    """A person's list holds every case that they ever filed, and no other."""
    one, two = (store.create(TEXT, who=who, why="New") for who in ("Ann", "Ben"))
    store.save(one.id, 1, TEXT, who="Ben", why="Changed")
    assert [case.id for case in store.recent(who="Ann")] == [one.id]
    assert [case.id for case in store.recent(who="Ben")] == [one.id, two.id]
    assert store.recent(who="An") == ()


def test_a_draft_is_kept_until_it_is_dropped(store: CaseStore) -> None:
    """The last draft under a token holds; drafts of other tokens stay."""
    filed = store.create(TEXT, who="Ann", why="New")
    token, other = new_id(), new_id()
    assert store.draft(token) is None
    work = Draft(text=TEXT + "# 1", filed_text=TEXT, who="Ann", id=filed.id, revision=1, sentence="One")
    store.keep(token, work)
    store.keep(other, Draft(text=OTHER, filed_text=OTHER, who="Ben"))
    kept = store.keep(token, Draft(text=TEXT + "# 2", filed_text=TEXT, who="Ann", id=filed.id, revision=1))
    assert store.draft(token) == kept
    assert (kept.text, kept.filed_text, kept.id, kept.revision) == (TEXT + "# 2", TEXT, filed.id, 1)
    assert (kept.token, kept.sentence) == (token, None)
    assert kept.when is not None
    assert kept.when.utcoffset() == timedelta(0)
    store.drop(token)
    assert store.draft(token) is None
    beside = store.draft(other)
    assert beside is not None
    assert (beside.text, beside.id) == (OTHER, None)


def test_a_deleted_case_is_gone(store: CaseStore) -> None:
    """No revision and no draft of a deleted case is left, nothing can be filed under its name, others stay."""
    filed, other = (store.create(TEXT, who="Ann", why="New") for _ in range(2))
    store.save(filed.id, 1, TEXT, who="Ann", why="Again")
    token, beside = new_id(), new_id()
    store.keep(token, Draft(text=TEXT, filed_text=TEXT, who="Ann", id=filed.id, revision=2))
    store.keep(beside, Draft(text=TEXT, filed_text=TEXT, who="Ann", id=other.id, revision=1))
    store.delete(filed.id)
    calls: tuple[Any, ...] = (
        lambda: store.load(filed.id),
        lambda: store.load(filed.id, 1),
        lambda: store.history(filed.id),
        lambda: store.save(filed.id, 2, TEXT, who="Ann", why="Late"),
        lambda: store.keep(token, Draft(text=TEXT, filed_text=TEXT, who="Ann", id=filed.id, revision=2)),
        lambda: store.delete(filed.id),
    )
    for call in calls:
        with pytest.raises(UnknownCase):
            call()
    assert store.draft(token) is None
    assert store.draft(beside) is not None
    assert [one.id for one in store.recent()] == [other.id]


def test_a_store_is_there_when_it_is_opened_again(url: str) -> None:
    """What one opening filed, the next one finds."""
    store = open_store(url)
    filed = store.create(TEXT, who="Ann", why="New", said=FIRST)
    store.close()
    again = open_store(url)
    assert again.history(filed.id) == (filed,)
    again.close()


def test_drafts_that_nobody_comes_back_to_are_dropped_when_a_store_is_opened(store: CaseStore, url: str) -> None:
    """A draft of thirty-one days is gone after the next opening, one of twenty-nine stays, and so do all revisions."""
    filed = store.create(TEXT, who="Ann", why="First")
    old, young = new_id(), new_id()
    for token, days in ((old, 31), (young, 29)):
        store.keep(token, Draft(text=TEXT, filed_text=TEXT, who="Ann", id=filed.id, revision=1))
        written = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="microseconds")
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(update(drafts).where(drafts.c.token == token).values(at=written))
        engine.dispose()
    again = open_store(url)
    assert again.draft(old) is None
    assert again.draft(young) is not None
    assert again.history(filed.id) == (filed,)
    assert again.tidy() == 0
    assert again.tidy(days=28) == 1
    again.close()
