"""The cases that travel with the package."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from cybercoercion.case.checks import one_of
from cybercoercion.case.faults import CaseError, Fault
from cybercoercion.case.fields import SLUG


@cache
def shipped() -> tuple[str, ...]:
    """Return the ids of the shipped cases and campaigns, in alphabetical order."""
    folder = files("cybercoercion.priors").joinpath("episodes")
    names = (one.name for one in folder.iterdir()) if folder.is_dir() else iter(())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def read_shipped(id: str) -> str:  # noqa: A002 - the word of the file
    """Return the text of a shipped case.

    An id is looked up in the list of those that are there and never made into a path, so no id reaches another file.
    """
    if not is_slug(id) or id not in shipped():
        allowed = f"the path of a case file, or a shipped id: {one_shipped(id)}"
        raise CaseError((Fault(file=id, place="the whole file", got="no shipped case of this name", allowed=allowed),))
    return files("cybercoercion.priors").joinpath("episodes", f"{id}.toml").read_text(encoding="utf-8")


def is_slug(text: str) -> bool:
    """Say whether a text has the form of an id.

    >>> is_slug("sony-2014"), is_slug("../sony-2014"), is_slug("sony-2014.toml")
    (True, False, False)
    """
    # `$` of this engine would also stand before a newline at the end
    return re.fullmatch(SLUG.strip("^$"), text) is not None


def one_shipped(got: str) -> str:
    """Return the shipped ids as a list, and which of them is nearest to what was written."""
    return one_of(shipped(), got)
