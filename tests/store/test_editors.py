"""Two who edit one case at once: one of them wins each revision, the other merges, and no edit is lost."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Engine, make_url
from tests.store.editor import edit

from cybercoercion.case import new_case, parse_case
from cybercoercion.store import CaseStore, Conflict, Draft, Filed, UnknownCase, new_id, open_store
from cybercoercion.store.engine import engine_of
from cybercoercion.store.tables import cases, drafts, revisions

PROGRAM = Path(__file__).parent / "editor.py"
TEXT = new_case("port", title="A port", frame="any-intrusion").replace('id = "suspect"', 'id = "ann"') + (
    '\n[[actors]]\nid = "ben"\nkind = "state"\n\n[[actors]]\nid = "cyd"\nkind = "state"\n'
)
ROUNDS = 12


class Program(subprocess.Popen[str]):
    """A Python program that waits for lines and says lines."""

    def __init__(self, *arguments: str) -> None:
        """Start it."""
        pipe = subprocess.PIPE
        super().__init__([sys.executable, *arguments], stdin=pipe, stdout=pipe, encoding="utf-8")

    def go(self) -> None:
        """Send it a line."""
        assert self.stdin is not None
        self.stdin.write("\n")
        self.stdin.flush()

    def said(self) -> str:
        """Return its next line."""
        assert self.stdout is not None
        return self.stdout.readline().rstrip()


def check(history: tuple[Filed, ...], names: tuple[str, ...], rounds: int) -> None:
    """Hold that every revision has one author, and that every edit is in the last one."""
    assert [filed.revision for filed in history] == list(range(1, rounds * len(names) + 2))
    edits = {f"{name} {number}" for name in names for number in range(rounds)}
    assert sorted(filed.why for filed in history[1:]) == sorted(edits)
    last = parse_case(history[-1].text)
    assert {row.id for row in last.pending} == {edit.replace(" ", "-") for edit in edits}
    assert {name: last.deception[name].motive for name in names} == dict.fromkeys(names, (rounds - 1) / 100)


def test_threads_lose_no_update(store: CaseStore) -> None:
    """Of three threads that save at the same moment one wins; the others merge, and every edit is there."""
    names = ("ann", "ben", "cyd")
    filed = store.create(TEXT, who="Ann", why="New")
    barrier = Barrier(len(names))

    def work(name: str) -> int:
        return sum(edit(store, filed.id, name, number, lambda: barrier.wait(60)) for number in range(ROUNDS))

    with ThreadPoolExecutor(len(names)) as threads:
        lost = sum(threads.map(work, names))
    check(store.history(filed.id), names, ROUNDS)
    # of three who begin from one revision, at least the second and the third are refused
    assert lost >= 2 * ROUNDS


def test_processes_lose_no_update(url: str) -> None:
    """Of two processes that save at the same moment exactly one wins; the other merges, and every edit is there."""
    names = ("ann", "ben")
    store = open_store(url)
    filed = store.create(TEXT, who="Ann", why="New")
    with ExitStack() as stack:
        programs = [stack.enter_context(Program(str(PROGRAM), url, filed.id, name, str(ROUNDS))) for name in names]
        for number in range(ROUNDS):
            for one in programs:
                one.go()
            assert [one.said() for one in programs] == ["ready", "ready"]
            for one in programs:
                one.go()
            lost = [int(one.said()) for one in programs]
            assert sorted(lost) == [0, 1]
            assert store.load(filed.id).revision == 2 * number + 3
    assert [one.returncode for one in programs] == [0, 0]
    check(store.history(filed.id), names, ROUNDS)
    store.close()


def test_a_store_is_made_once(url: str) -> None:
    """Of several processes that open a new store at the same moment each gets it whole."""
    code = (
        "import sys; from cybercoercion.store import open_store, CaseStore; from cybercoercion.case import new_case;"
        "text = new_case('port', title='A port', frame='any-intrusion'); print('ready', flush=True);"
        "sys.stdin.readline(); s = open_store(sys.argv[1]); s.create(text, who='Ann', why='New'); s.close()"
    )
    with ExitStack() as stack:
        programs = [stack.enter_context(Program("-c", code, url)) for _ in range(4)]
        assert [one.said() for one in programs] == ["ready"] * 4
        for one in programs:
            one.go()
    assert [one.returncode for one in programs] == [0] * 4
    store = open_store(url)
    assert len(store.recent()) == 4
    store.close()


@pytest.fixture
def other(url: str, store: CaseStore) -> Engine:
    """Return the database of the store, for one whose work is not committed yet."""
    assert store.recent() == ()  # the store is there
    return engine_of(make_url(url), 10)


@pytest.mark.parametrize("committed", [True, False], ids=["committed", "rolled back"])
def test_a_save_waits_for_one_that_is_under_way(store: CaseStore, other: Engine, *, committed: bool) -> None:
    """While another inserts the same revision a save waits; it is refused if the other commits, and else it wins."""
    filed = store.create(TEXT, who="Ann", why="New")
    with ThreadPoolExecutor(1) as thread, other.connect() as connection:
        row = connection.execute(select(revisions)).one()._asdict()
        connection.rollback()
        connection.execute(insert(revisions).values({**row, "revision": 2, "who": "Ben"}))
        save = thread.submit(store.save, filed.id, 1, TEXT, who="Cyd", why="Mine")
        with pytest.raises(TimeoutError):
            save.result(timeout=0.3)
        if committed:
            connection.commit()
            with pytest.raises(Conflict) as conflict:
                save.result(timeout=30)
            assert conflict.value.theirs.who == "Ben"
        else:
            connection.rollback()
            assert save.result(timeout=30).who == "Cyd"
    assert [one.who for one in store.history(filed.id)] == ["Ann", "Ben" if committed else "Cyd"]
    other.dispose()


def test_nothing_is_filed_under_a_case_that_is_being_deleted(store: CaseStore, other: Engine) -> None:
    """A save and a draft wait for a deletion that is under way, and then find no case."""
    filed = store.create(TEXT, who="Ann", why="New")
    draft = Draft(text=TEXT, filed_text=TEXT, who="Ann", id=filed.id, revision=1)
    with ThreadPoolExecutor(2) as threads, other.connect() as connection:
        connection.execute(delete(drafts))
        connection.execute(delete(revisions))
        connection.execute(delete(cases))
        both = (
            threads.submit(store.save, filed.id, 1, TEXT, who="Cyd", why="Late"),
            threads.submit(store.keep, new_id(), draft),
        )
        for one in both:
            with pytest.raises(TimeoutError):
                one.result(timeout=0.2)
        connection.commit()
        for one in both:
            with pytest.raises(UnknownCase):
                one.result(timeout=30)
    other.dispose()


def test_a_deletion_waits_for_a_save_that_is_under_way(store: CaseStore, other: Engine) -> None:
    """What another commits while a case is deleted is deleted with it."""
    filed = store.create(TEXT, who="Ann", why="New")
    with ThreadPoolExecutor(1) as thread, other.connect() as connection:
        row = connection.execute(select(revisions)).one()._asdict()
        connection.rollback()
        connection.execute(insert(revisions).values({**row, "revision": 2}))
        connection.execute(insert(drafts).values(token=new_id(), id=filed.id, text="", filed_text="", who="", at=""))
        deletion = thread.submit(store.delete, filed.id)
        with pytest.raises(TimeoutError):
            deletion.result(timeout=0.3)
        connection.commit()
        deletion.result(timeout=30)
        assert connection.execute(select(revisions)).all() == []
        assert connection.execute(select(drafts)).all() == []
    other.dispose()


def test_two_windows_may_keep_one_draft(store: CaseStore) -> None:
    """Of two that keep their first work under one token at the same moment the last one holds, and none fails."""
    for _ in range(10):
        token, barrier = new_id(), Barrier(2)

        def keep(who: str, token: str = token, barrier: Barrier = barrier) -> Draft:
            barrier.wait(60)
            return store.keep(token, Draft(text=TEXT, filed_text=TEXT, who=who))

        with ThreadPoolExecutor(2) as threads:
            kept = list(threads.map(keep, ("Ann", "Ben")))
        assert store.draft(token) in kept
