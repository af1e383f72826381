"""What the commands about changes share: faults gathered, pages written, and a line while a person waits."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cybercoercion.cli.options import out, refuse

if TYPE_CHECKING:
    from cybercoercion.case import Fault
    from cybercoercion.report.sheet import Sheet

SUFFIXES = (".html", ".md", ".json")
ViewOption = Annotated[str, typer.Option("--view", help="Who pays, for how long: target, nation or long.")]
DecisionOption = Annotated[
    str,
    typer.Option(
        "--decision", help="response: the four and nothing new as rivals; two-step: resilience, then what on top."
    ),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write a page: .html, .md or .json by the suffix.")
]


def one_of(place: str, got: str, allowed: tuple[str, ...]) -> list[Fault]:
    """Return the fault of an option that is none of what is allowed."""
    from cybercoercion.case import Fault

    if got in allowed:
        return []
    return [Fault(file="options", place=place, got=repr(got), allowed=", ".join(allowed))]


def place_to_write(written: Path | None) -> list[Fault]:
    """Return what keeps a page from being written: said before the sampling."""
    from cybercoercion.case import Fault

    if written is None:
        return []
    out: list[Fault] = []
    if written.suffix not in SUFFIXES:
        got = f"the suffix {written.suffix!r}"
        out.append(Fault(file=str(written), place="--out", got=got, allowed=", ".join(SUFFIXES)))
    if not written.parent.is_dir():
        got = "a folder that does not exist"
        out.append(Fault(file=str(written), place="--out", got=got, allowed="an existing folder"))
    elif written.is_dir():
        out.append(Fault(file=str(written), place="--out", got="a folder", allowed="a file that can be written"))
    return out


def faultless(faults: list[Fault]) -> None:
    """Raise every fault at once, if there is any."""
    from cybercoercion.case import CaseError

    if faults:
        raise CaseError(tuple(faults))


def told(sheet: Callable[[], Sheet], to_json: Callable[[], str], *, json: bool, written: Path | None) -> None:
    """Print an answer, as text or as one object, or write it as a page."""
    if written is not None:
        from cybercoercion.report.sheet import write_sheet

        try:
            write_sheet(sheet(), to_json, written)
        except OSError as error:
            got = f"a place that cannot be written ({error.strerror})"
            refuse(str(written), "--out", got, "a file that can be written")
        if not json:
            out(f"Written: {written}")
    if json:
        out(to_json())
    elif written is None:
        from cybercoercion.report.terminal import print_sheet

        print_sheet(sheet())


def waiting(text: str) -> None:
    """Say on a terminal what is computed, in one line that the next one replaces; an empty text takes it away."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")
        sys.stderr.flush()
