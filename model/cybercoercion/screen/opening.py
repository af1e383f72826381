"""What can be opened: the shipped cases by title, and a blank case of a frame."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache

from cybercoercion.case import Case, CaseError, Fault, new_case, parse_case, read_shipped, shipped
from cybercoercion.case.editing import with_values
from cybercoercion.case.writing import update_toml
from cybercoercion.screen.editing import slug_of


@cache
def titles() -> dict[str, str]:
    """Return the title of each shipped case and campaign by its id, in alphabetical order of titles.

    >>> titles()["sony-2014"]
    'Sony Pictures Entertainment, 2014'
    """
    found = {name: str(tomllib.loads(read_shipped(name))["title"]) for name in shipped()}
    return dict(sorted(found.items(), key=lambda one: one[1].casefold()))


def blank(title: str, *, frame: str, target: str, kind: str, as_of: date | None = None) -> tuple[Case, str]:
    """Return a case to begin with, and its file: one suspect, no demand, no report, stakes by their defaults.

    Parameters
    ----------
    title
        The name to print; the id is made of it.
    frame
        How the case came to attention.
    target, kind
        Who was hit, and what it is.
    as_of
        What becomes known later is hidden; today, if nothing is said.

    Raises
    ------
    CaseError
        With every fault of what was said.

    Examples
    --------
    >>> case, text = blank("A port", frame="any-intrusion", target="Harbour", kind="operator")
    >>> case.id, case.target.name, case.reports, parse_case(text) == case
    ('a-port', 'Harbour', (), True)
    """
    faults: list[Fault] = []
    text = ""
    try:
        text = new_case(slug_of(title, fallback="case"), title=title, frame=frame, as_of=as_of)
    except CaseError as error:
        faults.extend(error.faults)
    sound = text or new_case("case", title="A", frame="any-intrusion", as_of=as_of)  # to hear of all faults at once
    try:
        case = with_values(parse_case(sound), {"target.name": target, "target.kind": kind})
    except CaseError as error:
        raise CaseError((*faults, *error.faults)) from None
    if faults:
        raise CaseError(tuple(faults))
    return case, update_toml(text, case)
