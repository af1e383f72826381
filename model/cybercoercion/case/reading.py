"""The door: TOML in, a sound case out, or every fault at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from cybercoercion.case.faults import CaseError, Fault, shown
from cybercoercion.case.fields import Refusal
from cybercoercion.case.model import Case

_POSITION = re.compile(r"^(?P<reason>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")

_ENDLESS_KEY = re.compile(
    r"""(?:^|[\[{,])[ \t]*(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){100}""", re.MULTILINE | re.ASCII
)


def parse_case(text: str, file: str = "case") -> Case:
    r"""Read a case from TOML.

    Parameters
    ----------
    text
        The content of a case file.
    file
        What to call it in faults.

    Raises
    ------
    CaseError
        With every fault of the text.

    Examples
    --------
    >>> try:
    ...     parse_case('schema = 1\ntitle = "A"\nas_of = 2014-12-18\nactors = []\nframe = "any-intrusion"')
    ... except CaseError as error:
    ...     for fault in error.faults:
    ...         print(fault)
    case: id: got nothing; allowed: required: A short name, the same as the file's.
    case: target: got nothing; allowed: required: Who was hit.
    case: line 4, actors: got no actor; allowed: at least one candidate actor
    """
    data = parse_toml(text, file)
    if "cases" in data:
        got, allowed = "a campaign file (it has `cases`)", "a case file"
        raise CaseError((Fault(file=file, place="cases", got=got, allowed=allowed),))
    return case_from(data, file, text)


def case_from(data: Mapping[str, Any], file: str = "case", text: str = "") -> Case:
    """Return the sound case that the data of a file describe.

    Parameters
    ----------
    data
        Plain dicts and lists, as ``tomllib`` returns them.
    file
        What to call it in faults.
    text
        The TOML that the data come from, to name lines.
    """
    try:
        return Case.model_validate(data)
    except ValidationError as error:
        from cybercoercion.case.places import faults_of  # only a fault needs it

        raise CaseError(faults_of(case_refusals(error, data), data, file, text)) from None


def case_refusals(error: ValidationError, data: Mapping[str, Any]) -> Iterable[Refusal]:
    """Return what was refused, and what else does not fit together in the parts that could be read."""
    from cybercoercion.case.refusals import refusals_of
    from cybercoercion.case.salvage import salvage

    return dict.fromkeys((*refusals_of(error, Case), *salvage(data).refusals()))


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """Return the data of a TOML text, or the fault that stops it from being TOML."""
    if not_unicode(text):
        got, allowed = "half a character (a surrogate)", "text in UTF-8"
        raise CaseError((Fault(file=file, place="the whole file", got=got, allowed=allowed),))
    if endless := _ENDLESS_KEY.search(text):
        # the parser needs hours for a key of a million parts
        line = text.count("\n", 0, endless.end()) + 1
        got, allowed = "a key of more than a hundred parts", "keys of ordinary length"
        raise CaseError((Fault(file=file, place=f"line {line}", got=got, allowed=allowed, line=line),))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CaseError((_syntax_fault(str(error), text, file),)) from None
    except RecursionError:
        got, allowed = "tables or lists nested without end", "TOML of ordinary depth"
    except ValueError as error:  # an integer of thousands of digits, and the like
        got, allowed = f"a value that cannot be read ({error})", "TOML with values of ordinary size"
    raise CaseError((Fault(file=file, place="the whole file", got=got, allowed=allowed),))


def not_unicode(text: str) -> bool:
    r"""Say whether a text holds what no file can hold; the command line hands such text on.

    >>> not_unicode("Zürich"), not_unicode("Z\udcfcrich")
    (False, True)
    """
    return re.search("[\ud800-\udfff]", text) is not None


def _syntax_fault(message: str, text: str, file: str) -> Fault:
    found = _POSITION.match(message)
    reason = found["reason"] if found else message
    lines = text.split("\n")
    line = int(found["line"]) if found and found["line"] else len(text.rstrip("\n").split("\n"))
    column = f", column {found['column']}" if found and found["column"] else ""
    got = shown(lines[line - 1].strip()) if line <= len(lines) else "the end of the file"
    return Fault(file=file, place=f"line {line}{column}", got=got, allowed=f"TOML ({reason})", line=line)
