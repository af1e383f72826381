"""Opening a case store, or saying in words what keeps it from being opened."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cybercoercion.store.faults import StoreError
from cybercoercion.store.home import VARIABLE, default_file, make_private

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

    from cybercoercion.store.store import CaseStore

EXAMPLES = "such as sqlite:///cases.db or postgresql+psycopg://user@host/cases"
EXTRA = "pip install 'cybercoercion[app]'"
TRIES = 5  # of making the tables, while others make them too
SECONDS = 10  # to wait for a server


def open_store(url: str | None = None) -> CaseStore:
    """Return the case store at a URL; made there if nothing is.

    A store may be used by several threads and processes at once; a process opens its own. Close it when done. Unfiled
    work that nobody came back to for thirty days is dropped.

    Parameters
    ----------
    url
        Any URL of SQLAlchemy; else what the environment names as ``CYBERCOERCION_STORE``; else a SQLite file in the
        user's own data folder, which nobody else can read.

    Raises
    ------
    StoreError
        If a package is missing, the URL is none, the database cannot be reached, or its tables are of a later version.
    """
    try:
        from cybercoercion.store.engine import engine_of, reason
        from cybercoercion.store.store import CaseStore
    except ModuleNotFoundError as error:
        raise _missing(error) from None
    from sqlalchemy.exc import SQLAlchemyError

    where = _url(url)
    if where.get_backend_name() == "sqlite":
        _prepare(where)
    try:
        engine = engine_of(where, SECONDS)
    except ModuleNotFoundError as error:
        raise _missing(error) from None
    except (SQLAlchemyError, TypeError, ValueError):  # an unknown kind of database, a setting that it does not have
        raise StoreError(place=_place(where), got="a database of an unknown kind", allowed=EXAMPLES) from None
    try:
        _with_tables(engine)
    except SQLAlchemyError as error:
        engine.dispose()
        allowed = "a database that can be reached, read and written"
        raise StoreError(place=_place(where), got=reason(error, where), allowed=allowed) from None
    except StoreError:
        engine.dispose()
        raise
    store = CaseStore(engine, _place(where))
    with suppress(StoreError):  # a reader without the right to write can still read
        store.tidy()
    return store


def _url(url: str | None) -> URL:
    from sqlalchemy import URL, make_url
    from sqlalchemy.exc import ArgumentError

    given = url or os.environ.get(VARIABLE)
    if not given:
        return URL.create("sqlite", database=str(default_file()))
    try:
        found = make_url(given)
    except (ArgumentError, ValueError):
        place = "the URL" if url else VARIABLE
        raise StoreError(place=place, got="no URL of a database", allowed=EXAMPLES) from None
    if found.drivername in ("postgres", "postgresql"):  # whatever driver SQLAlchemy would take, this one is installed
        return found.set(drivername="postgresql+psycopg")
    return found


def _prepare(url: URL) -> None:
    """Make the file of a SQLite store, private from its first moment on."""
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        allowed = "the path of a file, sqlite:///cases.db"
        raise StoreError(place="the URL", got="a SQLite database without a file of its own", allowed=allowed)
    try:
        make_private(Path(url.database))
    except (OSError, ValueError) as error:
        got = f"a file that cannot be made ({getattr(error, 'strerror', None) or error})"
        raise StoreError(place=_place(url), got=got, allowed="a place where you may write") from None


def _place(url: URL) -> str:
    """Return where a store lies, without the name of a user and without any password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    port = f":{url.port}" if url.port else ""
    return f"{url.get_backend_name()}://{url.host or ''}{port}/{url.database or ''}"


def _missing(error: ModuleNotFoundError) -> StoreError:
    return StoreError(place="packages", got=f"no package {error.name}", allowed=f"what this installs: {EXTRA}")


def _with_tables(engine: Engine) -> None:
    """Make the tables where there are none, and refuse those of a later version."""
    from sqlalchemy.exc import IntegrityError, ProgrammingError

    from cybercoercion.store.tables import VERSION, itself

    for _ in range(TRIES):
        try:
            version = _version(engine)
            break
        except (IntegrityError, ProgrammingError):  # another process made them in between
            continue
    else:
        version = _version(engine)
    if version != str(VERSION):
        allowed = f"version {VERSION}; a later cybercoercion reads later ones"
        raise StoreError(place=itself.name, got=f"tables of version {version}", allowed=allowed)


def _version(engine: Engine) -> str | None:
    """Return of which version the tables are; made now where there are none."""
    from sqlalchemy import insert, inspect, select

    from cybercoercion.store.tables import SCHEMA, VERSION, itself, metadata

    with engine.begin() as connection:
        if not inspect(connection).has_table(itself.name):
            metadata.create_all(connection)
            connection.execute(insert(itself).values(name=SCHEMA, value=str(VERSION)))
        found: str | None = connection.execute(select(itself.c.value).where(itself.c.name == SCHEMA)).scalar()
        return found
