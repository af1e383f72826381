"""What a case store holds: revisions of cases, what was said of them, and drafts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the model said of a revision: belief and first choice, for the history."""

    coercion: float  # probability
    first: str  # the cheapest of the four responses and nothing new, by its key
    gap: float  # by how much the second cheapest costs more, USD
    run: str  # what reproduces the numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One revision of a case, as it was filed; revisions count from 1 and never change."""

    id: str
    revision: int
    text: str  # the case file, with its comments
    title: str
    who: str
    when: datetime  # UTC
    why: str
    said: Said | None  # of this revision
    before: Said | None  # of the revision before


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A case in a list: its latest revision without the text."""

    id: str
    revision: int
    title: str
    who: str
    when: datetime  # UTC
    why: str
    said: Said | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Unfiled work of one session, kept so that a crash loses nothing.

    ``id`` and ``revision`` name what it was made from, or are None where it was never filed. ``token`` and ``when`` are
    set by the store.
    """

    text: str
    filed_text: str  # the text as opened or saved last
    who: str
    id: str | None = None
    revision: int | None = None
    sentence: str | None = None  # what the last change was
    token: str = ""
    when: datetime | None = None  # UTC
