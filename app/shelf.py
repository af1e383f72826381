"""The case store of this server, one for all sessions."""

from __future__ import annotations

from functools import cache
from os import environ

from cybercoercion.store import CaseStore, open_store
from cybercoercion.store.home import VARIABLE


def store() -> CaseStore:
    """Return the store.

    Raises
    ------
    StoreError
        If it cannot be opened.
    """
    return _opened(environ.get(VARIABLE))


@cache
def _opened(url: str | None) -> CaseStore:
    return open_store(url)
