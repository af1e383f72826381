"""A crash during a save loses nothing that was filed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url
from tests.store.killed import text_of

from cybercoercion.store import Filed, open_store

PROGRAM = Path(__file__).parent / "killed.py"
SEED = 20141124


def survived(url: str, times: int) -> tuple[list[list[str]], tuple[Filed, ...]]:
    """Return what children said before they were killed, and the history of the case afterwards."""
    store = open_store(url)
    first = store.create(text_of(1), who="Ann", why="New")
    store.close()
    done = subprocess.run(
        [sys.executable, PROGRAM, url, first.id, str(SEED), str(times)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    store = open_store(url)
    history = store.history(first.id)
    # the store goes on as if nothing had happened
    assert store.save(first.id, len(history), text_of(1), who="Ben", why="After").revision == len(history) + 1
    store.close()
    return [line.split() for line in done.stdout.splitlines()], history


def check(said: list[list[str]], history: tuple[Filed, ...], times: int) -> None:
    """Hold what is in the store against what the children said."""
    printed = [int(word) for line in said for word in line if word != "saving"]
    within = sum("saving" in line for line in said)
    assert len(said) == times
    assert within >= times / 2, "most kills hit within a save"
    assert len(printed) >= times, "saves do return"
    assert len(set(printed)) == len(printed)
    assert [filed.revision for filed in history] == list(range(1, len(history) + 1))
    assert {*printed} <= {filed.revision for filed in history}
    for filed in history:
        assert filed.text == text_of(filed.revision), "no revision is torn"
    # beyond what was said, only what was committed in the very moment of a kill
    assert len(history) - 1 - len(printed) <= within


def test_a_hundred_kills_lose_nothing_in_sqlite(sqlite: str) -> None:
    """Every revision whose save returned is there and whole after a hundred kills, and so is the file."""
    check(*survived(sqlite, 100), times=100)
    file = make_url(sqlite).database
    assert file is not None
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_kills_lose_nothing_in_postgres(postgres: str) -> None:
    """PostgreSQL keeps every revision whose save returned when the program is killed twenty times."""
    check(*survived(postgres, 20), times=20)


def test_a_loss_would_be_noticed(sqlite: str) -> None:
    """The check fails where a revision is missing, where one is torn, and where one was never filed."""
    said, history = survived(sqlite, 6)
    check(said, history, times=6)
    printed = [int(word) for line in said for word in line if word != "saving"]
    missing = tuple(filed for filed in history if filed.revision != printed[-1])
    torn = tuple(replace(one, text=one.text[:-1]) if one.revision == printed[-1] else one for one in history)
    for one in (missing, torn, history[: printed[-1] - 1]):
        with pytest.raises(AssertionError):
            check(said, one, times=6)
