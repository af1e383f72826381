"""The case store: every revision of every case, who filed it, when and why; nothing is ever overwritten.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from cybercoercion.case import read_shipped
>>> with TemporaryDirectory() as folder:
...     store = open_store(f"sqlite:///{Path(folder).as_posix()}/cases.db")
...     first = store.create(read_shipped("sony-2014"), who="Ann", why="As published")
...     second = store.save(first.id, first.revision, first.text + "# checked", who="Ben", why="Checked")
...     try:
...         store.save(first.id, first.revision, first.text, who="Ann", why="Too late")
...     except Conflict as conflict:
...         print(conflict.theirs.who, conflict.theirs.revision)
...     print([filed.why for filed in store.history(first.id)])
...     store.close()
Ben 2
['As published', 'Checked']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cybercoercion.store.door import sound
from cybercoercion.store.faults import Conflict, StoreError, UnknownCase
from cybercoercion.store.filed import Draft, Filed, Said, Summary
from cybercoercion.store.names import is_id, new_id
from cybercoercion.store.opening import open_store

if TYPE_CHECKING:
    from cybercoercion.store.store import CaseStore

__all__ = [
    "CaseStore",
    "Conflict",
    "Draft",
    "Filed",
    "Said",
    "StoreError",
    "Summary",
    "UnknownCase",
    "is_id",
    "new_id",
    "open_store",
    "sound",
]


def __getattr__(name: str) -> Any:
    """Load what speaks to databases, and the library that it needs, only for those who open a store."""
    if name == "CaseStore":
        from cybercoercion.store.store import CaseStore

        return CaseStore
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
