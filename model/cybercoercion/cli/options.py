"""The options that commands share, and the two ways to speak: an answer, or a refusal."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="The path of a case or campaign file, or a shipped id.")
]
PriorsOption = Annotated[
    Path | None, typer.Option("--priors", metavar="DIR", help="A folder with tables that replace shipped ones.")
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Seed of all draws.")]
DrawsOption = Annotated[
    int | None,
    typer.Option(
        "--draws", min=2, max=200_000, help="Number of draws; by default 2,000, more where too few carry the weight."
    ),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PLACE=VALUE", help="Change a value, such as stakes.resilience=0.6."),
]
AsOfOption = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="What became known later is hidden.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


FitOption = Annotated[
    str | None, typer.Option("--fit", metavar="PATH", help="A fit whose draws replace those of the priors; or default.")
]


app = typer.Typer(
    name="cybercoercion",
    help="Is it coercion, by whom, for what - and which response costs least?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def out(text: str) -> None:
    """Print."""
    typer.echo(text)


def refuse(file: str, place: str, got: str, allowed: str) -> NoReturn:
    """Say what is wrong with the input, and stop with exit code 2."""
    typer.echo(f"{file}: {place}: got {got}; allowed: {allowed}", err=True)
    raise typer.Exit(2)
