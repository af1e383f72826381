"""What is changed in a case for one run, as ``--set`` says it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

from cybercoercion.case.checks import BLOCKS, one_of
from cybercoercion.case.data import data_of
from cybercoercion.case.faults import CaseError, Fault, shown
from cybercoercion.case.model import Case
from cybercoercion.case.reading import case_from, not_unicode, parse_case

FILE = "--set"
EXAMPLE = "place=value, such as stakes.resilience=0.6"


def with_settings(case: Case | str, settings: Iterable[str]) -> Case:
    """Return the case with some values changed, read through the same door.

    Parameters
    ----------
    case
        A case, or the text of a case file.
    settings
        Each a place and a value, such as ``stakes.resilience=0.6`` or ``reports.kcna-june.grade=B2``. Rows are
        named by their id. The value is TOML; what is no TOML is text.

    Raises
    ------
    CaseError
        With every fault of the settings, named with the file ``--set``.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> with_settings(load_case("sony-2014"), ["stakes.resilience=0.6"]).stakes.resilience
    0.6
    """
    case = parse_case(case) if isinstance(case, str) else case
    data = data_of(case)
    faults = [fault for setting in settings for fault in _apply(data, setting)]
    if faults:
        raise CaseError(tuple(faults))
    return case_from(data, FILE)


def _apply(data: dict[str, Any], setting: str) -> Iterator[Fault]:
    """Change the data in place, or yield what keeps a setting from being one."""
    place, equals, value = setting.partition("=")
    keys = [key.strip() for key in place.split(".")]
    if not equals or not all(keys) or not_unicode(setting):
        yield Fault(file=FILE, place=shown(setting), got="no place and value", allowed=EXAMPLE)
        return
    here = data
    if keys[0] in BLOCKS:  # rows have ids, so they are reached like the keys of a table
        block, *keys = keys
        here = {row["id"]: row for row in data.get(block, ())}
        if len(keys) < 2 or keys[0] not in here:
            name = keys[0] if keys else ""
            allowed = f"{block}.ID.FIELD=value, with the ID {one_of(here, name)}"
            yield Fault(file=FILE, place=place, got=f"the ID {shown(name)}", allowed=allowed)
            return
    for key in keys[:-1]:
        if not isinstance(here.get(key), dict):
            here[key] = {}
        here = here[key]
    here[keys[-1]] = _value(value.strip())


def _value(text: str) -> object:
    """Return a TOML value, or the text itself.

    >>> _value("0.6"), _value("B2"), _value("{ low = 0.2, high = 0.5 }")
    (0.6, 'B2', {'low': 0.2, 'high': 0.5})
    """
    try:
        data = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    return data["value"] if len(data) == 1 else text
