"""Names that tell nothing and cannot be guessed: of cases in a store, and of drafts."""

from __future__ import annotations

import re
import secrets

BYTES = 16
_FORM = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)  # 16 bytes in base64 for addresses


def new_id() -> str:
    """Return a new name of 128 random bits.

    >>> is_id(new_id())
    True
    """
    return secrets.token_urlsafe(BYTES)


def is_id(text: object) -> bool:
    r"""Say whether this has the form of a name: 22 letters, digits, hyphens or underscores, and nothing else.

    >>> is_id("a" * 22), is_id("a" * 22 + "\n"), is_id("../../../../etc/passwd"), is_id(None)
    (True, False, False, False)
    """
    return isinstance(text, str) and _FORM.fullmatch(text) is not None
