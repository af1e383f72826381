"""Edits of reports, all through the door of files; a reason that is given stands in the sentence of the change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cybercoercion.app import memory, work
from cybercoercion.belief.soft import ImpossibleEvidence
from cybercoercion.case import Case, CaseError
from cybercoercion.case.editing import with_fields, without_row
from cybercoercion.desk import change_words
from cybercoercion.screen.top import moved as moved_words


def make(edit: Callable[[Case], Case], why: str = "") -> bool:
    """Make an edit; return whether it could be."""
    old = work.case()
    reason = " ".join(why.split())
    try:
        new = edit(old)
    except CaseError as error:
        work.refuse(error.faults)
        return False
    sentence = change_words(old, new)
    return work.change(lambda: new, f"{sentence} ({reason})" if reason else sentence)


def fields(report: str, values: Mapping[str, Any], why: str = "") -> bool:
    """Change fields of a report; None takes one out."""
    return make(lambda case: with_fields(case, "reports", report, values), why)


def switch(report: str, off: bool) -> None:  # noqa: FBT001  # a callback passes by position
    """Switch a report off or on."""
    fields(report, {"off": True if off else None})


def remove(report: str, why: str = "") -> bool:
    """Take a report out of the file."""
    return make(lambda case: without_row(case, "reports", report), why)


def moved(values: Mapping[str, Any], report: str) -> str:
    """Return what a change of fields would move, before it is made."""
    try:
        new = with_fields(work.case(), "reports", report, values)
        return moved_words(work.now(), memory.verdict(new, work.settings()))
    except CaseError as error:
        return "; ".join(f"{one.place}: got {one.got}, allowed {one.allowed}" for one in error.faults)
    except ImpossibleEvidence as error:
        return f"Not possible: {error}."
