"""What a case store refuses: each time what was found, and what is allowed; never a password, never the case itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cybercoercion.case.faults import Fault

if TYPE_CHECKING:
    from cybercoercion.store.filed import Filed

FILE = "case store"


class StoreError(Exception):
    """Raised where the store cannot do what it is asked; carries the faults, as a case file that is refused does."""

    def __init__(self, *, place: str, got: str, allowed: str) -> None:
        self.faults = (Fault(file=FILE, place=place, got=got, allowed=allowed),)
        super().__init__(str(self.faults[0]))


class UnknownCase(StoreError):
    """Raised for a case or a revision that the store does not hold, deleted ones among them."""


class Conflict(StoreError):
    """Raised for a save onto a revision that is no longer the latest: somebody else filed in between.

    ``theirs`` is the latest revision, ``base`` the one that the refused text was made from.
    """

    def __init__(self, *, theirs: Filed, base: Filed) -> None:
        self.theirs, self.base = theirs, base
        super().__init__(
            place=f"revision {base.revision}",
            got=f"a change of revision {base.revision}, while {theirs.who} filed revision {theirs.revision}",
            allowed=f"a change of revision {theirs.revision}",
        )
