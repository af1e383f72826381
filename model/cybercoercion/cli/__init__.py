"""The command line: thin commands over the package, each with its own imports, for a person waits.

Exit 0; 2 for bad input, with every fault; 3 when ``verify`` differs or ``check`` fails; 1 for a fault of ours.
"""

from __future__ import annotations

import os
import sys

import typer

from cybercoercion.cli import (  # noqa: F401 - they register their commands
    answers,
    cases,
    changing,
    deciding,
    learning,
    serving,
    valuing,
)
from cybercoercion.cli.options import app

__all__ = ["app", "main"]
FIT = ("arviz", "nutpie", "openpyxl", "pandas", "preliz", "pymc", "pytensor", "sklearn", "xlrd", "yaml")
EXTRAS = {**dict.fromkeys(FIT, "fit"), **dict.fromkeys(("psycopg", "sqlalchemy", "streamlit"), "app")}


def main() -> None:
    """Run a command; a person sees faults, never a traceback."""
    try:
        app()
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001  # the last door: bad input, or a fault of ours
        sys.exit(_excused(error))


def _excused(error: Exception) -> int:
    extra = EXTRAS.get((error.name or "").partition(".")[0]) if isinstance(error, ModuleNotFoundError) else None
    if extra is not None and isinstance(error, ModuleNotFoundError):
        typer.echo(
            f"cybercoercion: {error.name}: got no such package; allowed: an installation with the extra {extra} "
            f"(pip install 'cybercoercion[{extra}]')",
            err=True,
        )
        return 2
    told = _told_by_name(error)
    if told is not None:
        for line in told:
            typer.echo(line, err=True)
        return 2
    from cybercoercion.belief.soft import ImpossibleEvidence
    from cybercoercion.case import CaseError
    from cybercoercion.knowledge import KnowledgeError

    if isinstance(error, CaseError | KnowledgeError):
        for fault in error.faults:
            typer.echo(str(fault), err=True)
        return 2
    if isinstance(error, ImpossibleEvidence):
        typer.echo(f"case: reports: got {error}; allowed: reports that can be true together", err=True)
        return 2
    if os.environ.get("CYBERCOERCION_DEBUG"):
        raise error
    typer.echo(
        f"cybercoercion could not finish; this is a fault of ours, your files are safe:\n"
        f"{type(error).__name__}: {error}\n"
        "Set CYBERCOERCION_DEBUG=1 to see where.",
        err=True,
    )
    return 1


def _told_by_name(error: Exception) -> tuple[str, ...] | None:
    """Return what a fault of training files or fits says; None for others, without loading what knows them."""
    if type(error).__module__.startswith("cybercoercion.fit"):
        from cybercoercion.fit.signature import DifferentModel
        from cybercoercion.fit.store import UnreadableFit
        from cybercoercion.fit.training import TrainingError

        if isinstance(error, DifferentModel | TrainingError | UnreadableFit):
            return tuple(str(error).splitlines())
    return None
