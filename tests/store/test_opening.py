"""Where a store lies, who can read it, and what is said where it cannot be opened."""

from __future__ import annotations

import logging
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from cybercoercion.case import read_shipped
from cybercoercion.store import CaseStore, StoreError, open_store
from cybercoercion.store.home import VARIABLE, default_file
from cybercoercion.store.tables import VERSION, itself

TEXT = read_shipped("sony-2014")
PASSWORD = "s3cr3t/p@ss word"  # noqa: S105 - of nobody
QUOTED = "s3cr3t%2Fp%40ss%20word"


def refused(url: str | None) -> StoreError:
    """Return why a store is not opened, after a look that no password is told."""
    with pytest.raises(StoreError) as error:
        open_store(url)
    told = repr(error.value) + str(error.value.faults) + str(error.value.__cause__)
    assert "s3cr3t" not in told
    fault = error.value.faults[0]
    assert fault.place
    assert fault.got
    assert fault.allowed
    return error.value


def mode(path: Path) -> int:
    """Return who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


def test_without_a_word_cases_lie_in_the_folder_for_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The default is a SQLite file in the user's own folder, which nobody else can read, nor what stands beside it."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    if sys.platform == "linux":
        old = os.umask(0)
        try:
            store = open_store()
            store.create(TEXT, who="Ann", why="New")
        finally:
            os.umask(old)
        folder = tmp_path / "share" / "cybercoercion"
        assert {path.name for path in folder.iterdir()} == {"cases.db", "cases.db-wal", "cases.db-shm"}
        assert {mode(path) for path in folder.iterdir()} == {0o600}
        assert mode(folder) == mode(folder.parent) == 0o700
        store.close()


def test_the_environment_names_another_place(monkeypatch: pytest.MonkeyPatch, sqlite: str) -> None:
    """Without a URL the one of the environment holds."""
    monkeypatch.setenv(VARIABLE, sqlite)
    store = open_store()
    assert store.place == make_url(sqlite).database
    store.close()


@pytest.mark.parametrize(
    ("environ", "platform", "file"),
    [
        ({"XDG_DATA_HOME": "/data"}, "linux", "/data/cybercoercion/cases.db"),
        ({"XDG_DATA_HOME": "data"}, "linux", "~/.local/share/cybercoercion/cases.db"),
        ({"XDG_DATA_HOME": ""}, "linux", "~/.local/share/cybercoercion/cases.db"),
        ({}, "freebsd14", "~/.local/share/cybercoercion/cases.db"),
        ({"XDG_DATA_HOME": "/data"}, "darwin", "~/Library/Application Support/cybercoercion/cases.db"),
        ({"LOCALAPPDATA": "/local"}, "win32", "/local/cybercoercion/cases.db"),
        ({}, "win32", "~/AppData/Local/cybercoercion/cases.db"),
    ],
)
def test_each_system_has_a_folder_for_data(environ: dict[str, str], platform: str, file: str) -> None:
    """Cases lie where the system has the data of programs; a relative XDG_DATA_HOME does not count, as XDG says."""
    assert default_file(environ, platform) == Path(file).expanduser()


def test_folders_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    """A folder and a database of the user keep their permissions."""
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    file = folder / "cases.db"
    file.touch()
    file.chmod(0o640)
    open_store(f"sqlite:///{file}").close()
    assert (mode(folder), mode(file)) == (0o755, 0o640)


@pytest.mark.parametrize(
    ("url", "got"),
    [
        ("cases.db", "no URL of a database"),
        (f"://{QUOTED}", "no URL of a database"),
        (f"postgresql://ann:{QUOTED}@host:port/cases", "no URL of a database"),
        ("oracle+nothing://host", "a database of an unknown kind"),
        (f"mystery://ann:{QUOTED}@host/cases", "a database of an unknown kind"),
        (f"mysql+pymysql://ann:{QUOTED}@host/cases", "no package pymysql"),
        ("sqlite://", "a SQLite database without a file of its own"),
        ("sqlite:///:memory:", "a SQLite database without a file of its own"),
        ("sqlite:///file:cases?mode=memory&uri=true", "a SQLite database without a file of its own"),
    ],
)
def test_what_is_no_place_for_a_store_is_told(url: str, got: str) -> None:
    """A URL that is none, a database that nobody knows or that keeps nothing: said in words, without the password."""
    assert refused(url).faults[0].got == got


def test_a_file_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Below a file there is no folder for a database."""
    (tmp_path / "file").touch()
    assert "cannot be made" in refused(f"sqlite:///{tmp_path}/file/cases.db").faults[0].got


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    """A folder in the place of the file is told."""
    assert refused(f"sqlite:///{tmp_path}").faults[0].place == str(tmp_path)


def test_a_file_of_something_else_is_no_store(tmp_path: Path) -> None:
    """A file that is no database is told, and stays as it was."""
    file = tmp_path / "cases.db"
    file.write_text(TEXT)
    assert "not a database" in refused(f"sqlite:///{file}").faults[0].got
    assert file.read_text() == TEXT


@pytest.mark.parametrize("query", ["", "?password=" + QUOTED, "?connect_timeout=2"])
def test_a_server_that_is_not_there_is_told(query: str) -> None:
    """Where nobody listens the place is named, without user and password."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        fault = refused(f"postgresql://ann:{QUOTED}@127.0.0.1:{port}/cases{query}").faults[0]
    assert fault.place == f"postgresql://127.0.0.1:{port}/cases"
    assert "refused" in fault.got


def test_a_password_in_what_a_server_says_is_blotted_out(postgres: str) -> None:
    """Even where a database is named like the password, the message does not tell it."""
    url = make_url(postgres).set(database=PASSWORD, password=PASSWORD)
    with pytest.raises(StoreError) as error:
        open_store(url.render_as_string(hide_password=False))
    assert 'database "***" does not exist' in error.value.faults[0].got


@pytest.mark.parametrize("package", ["sqlalchemy", "psycopg"])
def test_a_missing_package_is_told(package: str) -> None:
    """Without the packages of the app the store says what to install; importing it takes none of them."""
    code = f"""
import sys
sys.modules[{package!r}] = None
from cybercoercion.store import StoreError, open_store
try:
    open_store("postgresql://ann:s3cr3t@localhost/cases")
except StoreError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    words = "case store: packages: got no package {}; allowed: what this installs: pip install 'cybercoercion[app]'\n"
    assert done.stdout == words.format(package)


def test_the_name_of_the_package_loads_no_database_library() -> None:
    """Who imports the store's values waits for no SQLAlchemy."""
    code = "import sys, cybercoercion.store; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "False\n"


def test_a_store_of_a_later_version_is_refused(url: str) -> None:
    """Tables of a later version are left alone, and both versions are named."""
    open_store(url).close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(itself.update().values(value="2"))
    engine.dispose()
    fault = refused(url).faults[0]
    assert (fault.got, VERSION) == ("tables of version 2", 1)
    assert "version 1" in fault.allowed


def test_a_database_that_fails_later_is_told(store: CaseStore, url: str) -> None:
    """Where the tables are taken away under the store, each verb says so in words, and shows no case."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE cybercoercion_drafts"))
        connection.execute(text("DROP TABLE cybercoercion_revisions"))
    engine.dispose()
    for call in (lambda: store.create(TEXT, who="Ann", why="New"), store.recent, lambda: store.load("a" * 22)):
        with pytest.raises(StoreError, match="cybercoercion_revisions") as error:
            call()
        assert "Sony" not in str(error.value)
        assert error.value.__cause__ is None


def test_a_log_of_every_statement_holds_no_case_and_no_password(url: str, caplog: pytest.LogCaptureFixture) -> None:
    """Where statements are logged, what is filed and how one logs in are not."""
    caplog.set_level(logging.INFO, "sqlalchemy")
    store = open_store(make_url(url).set(password=PASSWORD).render_as_string(hide_password=False))
    filed = store.create(TEXT, who="Kowalski", why="Because")
    store.save(filed.id, 1, TEXT, who="Kowalski", why="Because")
    with pytest.raises(StoreError):
        store.save(filed.id, 1, TEXT, who="Kowalski", why="Because")
    store.close()
    assert "INSERT INTO cybercoercion_revisions" in caplog.text
    assert [word for word in ("Kowalski", "Because", "Sony", "s3cr3t") if word in caplog.text] == []


def test_sqlite_is_set_for_safety(sqlite: str) -> None:
    """Each connection logs ahead, waits for the disk and for others, holds keys together and overwrites what goes."""
    store = open_store(sqlite)
    with store._reader.connect() as connection:
        names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "secure_delete")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    store.close()
    assert found == ["wal", 2, 30_000, 1, 1]


def test_nothing_is_read_as_code(url: str) -> None:
    """Every column is text, a whole number or a number."""
    open_store(url).close()
    engine = create_engine(url)
    with engine.connect() as connection:
        tables = {"sqlite": "SELECT DISTINCT type FROM pragma_table_info('{}')"}.get(
            engine.dialect.name, "SELECT DISTINCT data_type FROM information_schema.columns WHERE table_name = '{}'"
        )
        kinds = {
            str(kind).split("(")[0].lower()
            for name in itself.metadata.tables
            for (kind,) in connection.exec_driver_sql(tables.format(name))
        }
    engine.dispose()
    assert kinds <= {"text", "varchar", "character varying", "integer", "float", "double precision"}
    assert kinds
