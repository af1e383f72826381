"""How databases are spoken to: what is committed is on the disk, and messages hold no password and no case."""

from __future__ import annotations

from contextlib import closing
from time import sleep
from typing import Any
from urllib.parse import quote, quote_plus

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

READING = "reading"  # the option of a connection that will not write
PATIENCE = 30  # seconds to wait for others who write
ROUNDS = 50
PRAGMAS = (
    f"busy_timeout = {1000 * PATIENCE}",
    "foreign_keys = ON",
    "secure_delete = ON",  # what is deleted is overwritten with zeros
    "synchronous = FULL",  # a commit returns when it is on the disk
    "temp_store = MEMORY",  # no case in files that nobody looks after
)


def engine_of(url: URL, seconds: int) -> Engine:
    """Return an engine whose commits last, and whose messages never show parameters."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(create_engine(url, hide_parameters=True, connect_args={"timeout": PATIENCE}))
    more: dict[str, Any] = {}
    if url.get_backend_name() == "postgresql":
        more = {"isolation_level": "READ COMMITTED"}  # whatever the server prefers: what is meant is tested with this
        if url.get_driver_name() == "psycopg":
            more["connect_args"] = {"connect_timeout": seconds} if "connect_timeout" not in url.query else {}
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, **more)


def _sqlite(engine: Engine) -> Engine:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        with closing(connection.cursor()) as cursor:
            for pragma in PRAGMAS:
                cursor.execute(f"PRAGMA {pragma}")
            _log_ahead(cursor)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # who reads first and writes then could find that another wrote in between: writers queue from the beginning
        reading = connection.get_execution_options().get(READING, False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _log_ahead(cursor: Any) -> None:
    """Turn on the write-ahead log; this change of a new file is the one that does not wait for others by itself."""
    for left in reversed(range(ROUNDS)):
        try:
            if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                cursor.execute("PRAGMA journal_mode = WAL")
        except Exception as error:
            if not left or "locked" not in str(error):
                raise
            sleep(0.02)
        else:
            return


def wiped(engine: Engine) -> bool:
    """Empty the log of SQLite into its file, so that nothing deleted is left, and say whether that was done.

    Other databases have their own ways, such as VACUUM, which are their keepers' to choose.
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        with closing(connection.cursor()) as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            row = cursor.fetchone()
            return row is not None and row[0] == 0
    finally:
        connection.close()


def reason(error: SQLAlchemyError, url: URL) -> str:
    """Return what a database said, in one line and without any password."""
    said = str(error.orig if isinstance(error, DBAPIError) and error.orig is not None else error)
    line = next((line.strip() for line in said.splitlines() if line.strip()), type(error).__name__)
    secrets = [url.password, *(value for key, value in url.query.items() if "pass" in key)]
    for secret in secrets:
        for form in (str(secret), quote(str(secret)), quote_plus(str(secret))) if secret else ():
            line = line.replace(form, "***")
    return line
