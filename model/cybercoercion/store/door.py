"""The door of the store: only sound cases come in, and names and reasons that a page can print."""

from __future__ import annotations

import re

from cybercoercion.case.campaign import Campaign
from cybercoercion.case.faults import CaseError, Fault
from cybercoercion.case.fields import TEXT
from cybercoercion.case.loading import LARGEST, load_text
from cybercoercion.case.model import Case
from cybercoercion.case.reading import not_unicode
from cybercoercion.store.faults import StoreError

LONGEST_WHO, LONGEST_WHY = 200, 2_000  # characters
_PRINTABLE = re.compile(TEXT.removeprefix("^").removesuffix("$"))


def sound(text: str, file: str = "case") -> Case | Campaign:
    """Return the case or campaign of a text that stands alone: the episodes of a campaign are shipped ones.

    Parameters
    ----------
    text
        A case file or a campaign file of at most 5 MB.
    file
        What to call it in faults.

    Raises
    ------
    CaseError
        With every fault of the text.

    Examples
    --------
    >>> from cybercoercion.case import read_shipped
    >>> sound(read_shipped("sony-2014")).id
    'sony-2014'
    """
    if len(text) > LARGEST or (not not_unicode(text) and len(text.encode()) > LARGEST):
        got, allowed = f"more than {LARGEST / 1e6:g} MB", f"at most {LARGEST / 1e6:g} MB"
        raise CaseError((Fault(file=file, place="the whole file", got=got, allowed=allowed),))
    return load_text(text, file)


def said_by(who: str, why: str) -> None:
    """Refuse a name or a reason that is missing, too long, or cannot be printed."""
    _printable("who", who, LONGEST_WHO)
    _printable("why", why, LONGEST_WHY)


def signed(who: str) -> None:
    """Refuse a name that is missing, too long, or cannot be printed."""
    _printable("who", who, LONGEST_WHO)


def told(sentence: str | None) -> None:
    """Refuse a sentence about a change that cannot be printed."""
    if sentence is not None:
        _printable("sentence", sentence, LARGEST)


def _printable(place: str, text: str, longest: int) -> None:
    if not text.strip():
        got = "nothing"
    elif len(text) > longest:
        got = f"{len(text)} characters"
    elif not_unicode(text) or not _PRINTABLE.fullmatch(text):
        got = "characters that cannot be printed"
    else:
        return
    raise StoreError(place=place, got=got, allowed=f"printable text of 1 to {longest} characters")
