"""Stores on SQLite and on a real PostgreSQL, which starts when the first test asks for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from tests.store.server import NoServer, programs, servant, server

from cybercoercion.store import CaseStore, new_id, open_store


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Yield the URL of a running PostgreSQL; without one tests are skipped, but never in continuous integration."""
    missing = None if find_spec("psycopg") else "no psycopg, the driver of PostgreSQL"
    try:
        programs()
        servant()
    except NoServer as error:
        missing = missing or str(error)
    if missing and os.environ.get("CI"):
        pytest.fail(f"continuous integration tests PostgreSQL: {missing}")
    if missing:
        pytest.skip(missing)
    with server() as url:
        yield url


@pytest.fixture
def postgres(postgres_server: str) -> str:
    """Return the URL of an empty database of PostgreSQL."""
    name = f"cases_{new_id().lower().replace('-', '_')}"
    engine = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return make_url(postgres_server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """Return the URL of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path.as_posix()}/data/cases.db"


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """Return the URL of an empty database, of either kind."""
    found: str = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def store(url: str) -> Iterator[CaseStore]:
    """Yield an empty store."""
    opened = open_store(url)
    yield opened
    opened.close()
