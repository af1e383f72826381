"""What is deleted is gone, from the disk too."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import make_url

from cybercoercion.case import read_shipped
from cybercoercion.store import Draft, StoreError, new_id, open_store

TEXT = read_shipped("sony-2014")


def test_what_is_deleted_leaves_no_trace_in_sqlite(sqlite: str) -> None:
    """After a deletion neither the file nor what SQLite keeps beside it holds a word of the case or its drafts."""
    store = open_store(sqlite)
    other = store.create(TEXT, who="Ann", why="Stays")
    marked = TEXT + "# " + "Kowalski-7731 " * 3000
    filed = store.create(marked, who="Wiśniewski-42", why="Zielinski-99")
    store.save(filed.id, 1, marked, who="Ann", why="Again")
    token, loose = new_id(), new_id()
    store.keep(token, Draft(text=marked, filed_text=TEXT, who="Ann", id=filed.id, revision=2, sentence="Lis-3 was B2"))
    store.keep(loose, Draft(text=TEXT + "# Nowak-55", filed_text=TEXT, who="Ann"))
    words = [word.encode() for word in ("Kowalski-7731", "Wiśniewski-42", "Zielinski-99", "Lis-3", filed.id)]

    def traces(names: list[bytes]) -> set[bytes]:
        files = Path(str(make_url(sqlite).database)).parent.iterdir()
        content = b"".join(path.read_bytes() for path in files)
        return {name for name in names if name in content}

    assert traces(words) == {*words}
    store.delete(filed.id)
    assert traces(words) == set()
    assert traces([b"Nowak-55"]) == {b"Nowak-55"}
    store.drop(loose)
    assert traces([b"Nowak-55"]) == set()
    assert store.history(other.id) == (other,)
    store.close()
    assert traces([*words, b"Nowak-55"]) == set()


def test_who_reads_while_a_case_is_deleted_is_told_of(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a reader holds the log, the case is gone, but its remains are admitted."""
    store = open_store(sqlite)
    filed = store.create(TEXT, who="Ann", why="New")
    reader = sqlite3.connect(str(make_url(sqlite).database))
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM cybercoercion_revisions").fetchall()
    monkeypatch.setattr("cybercoercion.store.engine.PRAGMAS", ("busy_timeout = 100", "foreign_keys = ON"))
    store.close()  # the next connections wait less long
    with pytest.raises(StoreError, match="remains"):
        store.delete(filed.id)
    assert store.recent() == ()
    reader.close()
    store.close()
