"""The command line: thin commands over the package, each with its own imports, for a person waits.

Exit 0; 2 for bad input, with every fault; 3 when ``verify`` differs; 1 for a fault of ours.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from cybercoercion.case import Campaign, Case, Fault
    from cybercoercion.knowledge import Knowledge
    from cybercoercion.report import Assessment, Verdict

app = typer.Typer(
    name="cybercoercion",
    help="Is it coercion, by whom, for what - and which response costs least?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

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


@app.command()
def assess(
    case: CaseArgument,
    json: JsonOption = False,
    settings: SetOption = None,
    as_of: AsOfOption = None,
    priors: PriorsOption = None,
    seed: SeedOption = 1,
    draws: DrawsOption = None,
) -> None:
    """Say what is believed about a case, and what each response costs."""
    verdict = _verdict(_read(case, settings, as_of), priors, seed, draws)
    if json:
        _out(verdict.to_json())
    else:
        from cybercoercion.report.terminal import print_verdict

        print_verdict(verdict)


@app.command()
def explain(
    case: CaseArgument,
    json: JsonOption = False,
    settings: SetOption = None,
    as_of: AsOfOption = None,
    priors: PriorsOption = None,
    seed: SeedOption = 1,
    draws: DrawsOption = None,
) -> None:
    """Say why this belief, and why this cost."""
    from cybercoercion.report.explaining import explaining, print_explaining

    said = explaining(_assessed(_read(case, settings, as_of), priors, seed, draws))
    if json:
        _out(said.to_json())
    else:
        print_explaining(said)


@app.command()
def report(
    case: CaseArgument,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Where to write it; CASE.html by default.")] = None,
    settings: SetOption = None,
    as_of: AsOfOption = None,
    priors: PriorsOption = None,
    seed: SeedOption = 1,
    draws: DrawsOption = None,
) -> None:
    """Write a one-page report: HTML, or Markdown or JSON by the suffix of --out."""
    from cybercoercion.report.page import write_report

    if out is not None and out.suffix not in (".html", ".md", ".json"):
        _refuse(str(out), "--out", f"the suffix {out.suffix!r}", ".html, .md, .json")
    if out is not None and not out.parent.is_dir():
        _refuse(str(out), "--out", "a folder that does not exist", "an existing folder")
    verdict = _verdict(_read(case, settings, as_of), priors, seed, draws, why=True)
    target = out if out is not None else Path(f"{verdict.case_id}.html")
    try:
        write_report(verdict, target)
    except OSError as error:
        _refuse(
            str(target), "--out", f"a place that cannot be written ({error.strerror})", "a file that can be written"
        )
    _out(f"Written: {target}")


@app.command()
def verify(
    result: Annotated[Path, typer.Argument(metavar="RESULT.json", help="What `assess --json` printed.")],
) -> None:
    """Recompute a result and compare; exit 3 and name each difference where it differs."""
    from cybercoercion.report.verify import UnreadableResult, verify_result

    try:
        differences = verify_result(result)
    except UnreadableResult as error:
        _refuse(str(result), error.place, error.got, error.allowed)
    if differences:
        for difference in differences:
            typer.echo(str(difference))
        typer.echo(f"{len(differences)} differences.")
        raise typer.Exit(3)
    _out("The same: every number within 1e-9.")


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
                _out(f"{file}: sound")
        except CaseError as error:
            faults.extend(error.faults)
    if json:
        rows = [{"file": f.file, "place": f.place, "got": f.got, "allowed": f.allowed} for f in faults]
        _out(text.dumps({"faults": rows}, ensure_ascii=False, indent=1))
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
        _refuse(str(target), "NAME", "a file that exists", "a new file")
    if not target.parent.is_dir():
        _refuse(str(target), "NAME", "a folder that does not exist", "an existing folder")
    text = new_case(target.stem, title=title or target.stem, frame=frame or "politically-relevant")
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        _refuse(str(target), "NAME", f"a place that cannot be written ({error.strerror})", "a file that can be written")
    _out(f"Written: {target}")
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

    _out(text.dumps(campaign_schema() if campaign else case_schema(), ensure_ascii=False, indent=1))


@app.command()
def priors(
    prefix: Annotated[str, typer.Argument(metavar="NAME", help="Only entries whose names start with this.")] = "",
    json: JsonOption = False,
    priors: PriorsOption = None,
) -> None:
    """Print the ledger: every number with its range, unit, mark and source."""
    from cybercoercion.report.ledger import ledger_json, print_ledger

    knowledge = _knowledge(priors, 1, None)
    if json:
        _out(ledger_json(knowledge, prefix))
    else:
        print_ledger(knowledge, prefix)


def _read(source: str, settings: list[str] | None, as_of: datetime | None) -> Case | Campaign:
    from cybercoercion.case import load
    from cybercoercion.report.assessment import changed

    found = changed(load(source), settings or [])
    return found.as_known_on(as_of.date()) if as_of is not None else found


def _knowledge(priors: Path | None, seed: int, draws: int | None) -> Knowledge:
    from cybercoercion.knowledge import load_knowledge
    from cybercoercion.knowledge.knowledge import DRAWS

    return load_knowledge(priors, seed=seed, draws=draws or DRAWS)


def _assessed(source: Case | Campaign, priors: Path | None, seed: int, draws: int | None) -> Assessment:
    from cybercoercion.report.assessment import assess as assessed
    from cybercoercion.report.assessment import with_enough_draws

    knowledge = _knowledge(priors, seed, draws)
    return assessed(source, knowledge) if draws is not None else with_enough_draws(source, knowledge)


def _verdict(
    source: Case | Campaign, priors: Path | None, seed: int, draws: int | None, *, why: bool = False
) -> Verdict:
    from cybercoercion.report.verdict import verdict

    assessment = _assessed(source, priors, seed, draws)
    if not why or assessment.campaign is not None:
        return verdict(assessment, overlay=priors)
    from cybercoercion.belief import explain

    return verdict(assessment, overlay=priors, explanation=explain(assessment.case, assessment.knowledge))


def _out(text: str) -> None:
    typer.echo(text)


def _refuse(file: str, place: str, got: str, allowed: str) -> NoReturn:
    typer.echo(f"{file}: {place}: got {got}; allowed: {allowed}", err=True)
    raise typer.Exit(2)


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
