"""The case store of this server, one for all sessions."""

from __future__ import annotations

from os import environ
from threading import Lock

from cybercoercion.store import CaseStore, open_store
from cybercoercion.store.home import VARIABLE

_LOCK = Lock()
_OPEN: dict[str | None, CaseStore] = {}


def store() -> CaseStore:
    """Return the store, opened when it is asked for first.

    Raises
    ------
    StoreError
        If it cannot be opened.
    """
    url = environ.get(VARIABLE)
    with _LOCK:
        if url not in _OPEN:
            _OPEN[url] = open_store(url)
        return _OPEN[url]


def close() -> None:
    """Let go of every store that was opened."""
    with _LOCK:
        while _OPEN:
            _OPEN.popitem()[1].close()
