"""Commands about case files and tables: validate, new, schema, priors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cybercoercion.cli.options import JsonOption, PriorsOption, app, out, refuse
from cybercoercion.cli.steps import knowledge_of

if TYPE_CHECKING:
    from cybercoercion.case import Fault


@app.command()
def validate(
    files: Annotated[list[str], typer.Argument(metavar="CASE...", help="Case or campaign files, or shipped ids.")],
    json: JsonOption = False,
) -> None:
    """Check case files: every fault at once, with file, place, what was found and what is allowed."""
    import json as text

    from cybercoercion.case import CaseError, load

    faults: list[Fault] = []
    for file in files:
        try:
            load(file)
            if not json:
                out(f"{file}: sound")
        except CaseError as error:
            faults.extend(error.faults)
    if json:
        rows = [{"file": f.file, "place": f.place, "got": f.got, "allowed": f.allowed} for f in faults]
        out(text.dumps({"faults": rows}, ensure_ascii=False, indent=1))
    else:
        for fault in faults:
            typer.echo(str(fault), err=True)
    if faults:
        raise typer.Exit(2)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An id, or the path of the file to write.")],
    title: Annotated[str | None, typer.Option(help="The name to print.")] = None,
    frame: Annotated[str | None, typer.Option(help="How the case came to attention; it sets the base rates.")] = None,
) -> None:
    """Write a case file to begin with; it is sound as it stands."""
    from cybercoercion.case.template import new_case
    from cybercoercion.vocabulary import FRAMES

    target = Path(name if name.endswith(".toml") else f"{name}.toml")
    if target.exists():
        refuse(str(target), "NAME", "a file that exists", "a new file")
    if not target.parent.is_dir():
        refuse(str(target), "NAME", "a folder that does not exist", "an existing folder")
    text = new_case(target.stem, title=title or target.stem, frame=frame or "politically-relevant")
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        refuse(str(target), "NAME", f"a place that cannot be written ({error.strerror})", "a file that can be written")
    out(f"Written: {target}")
    if frame is None:
        typer.echo(
            f"Choose its frame ({', '.join(FRAMES)}): base rates differ between them by two orders of magnitude. "
            "The file begins with politically-relevant.",
            err=True,
        )


@app.command()
def schema(
    campaign: Annotated[bool, typer.Option("--campaign", help="Of campaign files.")] = False,
) -> None:
    """Print the JSON Schema of case files, for editors."""
    import json as text

    from cybercoercion.case.schema import campaign_schema, case_schema

    out(text.dumps(campaign_schema() if campaign else case_schema(), ensure_ascii=False, indent=1))


@app.command()
def priors(
    prefix: Annotated[str, typer.Argument(metavar="NAME", help="Only entries whose names start with this.")] = "",
    json: JsonOption = False,
    priors: PriorsOption = None,
) -> None:
    """Print the ledger: every number with its range, unit, mark and source."""
    from cybercoercion.report.ledger import ledger_json, print_ledger

    knowledge = knowledge_of(priors, 1, None)
    if json:
        out(ledger_json(knowledge, prefix))
    else:
        print_ledger(knowledge, prefix)
