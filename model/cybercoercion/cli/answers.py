"""Commands that answer: assess, explain, report, verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from cybercoercion.cli.options import (
    AsOfOption,
    CaseArgument,
    DrawsOption,
    FitOption,
    JsonOption,
    PriorsOption,
    SeedOption,
    SetOption,
    app,
    out,
    refuse,
)
from cybercoercion.cli.steps import assessed, read, verdict_of

if TYPE_CHECKING:
    from cybercoercion.report.export import Depth, Form

DepthOption = Annotated[
    str,
    typer.Option("--depth", help="brief: one page; full: every section and why; analyst: also the ledger entries."),
]


@app.command()
def assess(
    case: CaseArgument,
    json: JsonOption = False,
    settings: SetOption = None,
    as_of: AsOfOption = None,
    priors: PriorsOption = None,
    fit: FitOption = None,
    seed: SeedOption = 1,
    draws: DrawsOption = None,
) -> None:
    """Say what is believed about a case, and what each response costs."""
    verdict = verdict_of(read(case, settings, as_of), priors, fit, seed, draws)
    if json:
        out(verdict.to_json())
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
    fit: FitOption = None,
    seed: SeedOption = 1,
    draws: DrawsOption = None,
) -> None:
    """Say why this belief, and why this cost."""
    from cybercoercion.report.explaining import explaining, print_explaining

    said = explaining(assessed(read(case, settings, as_of), priors, fit, seed, draws))
    if json:
        out(said.to_json())
    else:
        print_explaining(said)


@app.command()
def report(
    case: CaseArgument,
    written: Annotated[
        Path | None, typer.Option("--out", "-o", help="Where to write it; CASE.html by default.")
    ] = None,
    settings: SetOption = None,
    as_of: AsOfOption = None,
    priors: PriorsOption = None,
    fit: FitOption = None,
    seed: SeedOption = 1,
    draws: DrawsOption = None,
    depth: DepthOption = "brief",
    without_sources: Annotated[
        bool, typer.Option("--without-sources", help="Number origins and reports, leave out citations and notes.")
    ] = False,
) -> None:
    """Write a report, one page unless --depth asks for more: HTML, or Markdown or JSON by the suffix of --out."""
    from cybercoercion.report.export import DEPTHS, export

    if depth not in DEPTHS:
        refuse("the command line", "--depth", repr(depth), ", ".join(DEPTHS))
    if written is not None and written.suffix not in (".html", ".md", ".json"):
        refuse(str(written), "--out", f"the suffix {written.suffix!r}", ".html, .md, .json")
    if written is not None and not written.parent.is_dir():
        refuse(str(written), "--out", "a folder that does not exist", "an existing folder")
    verdict = verdict_of(read(case, settings, as_of), priors, fit, seed, draws)
    target = written if written is not None else Path(f"{verdict.case_id}.html")
    form = cast("Form", target.suffix.removeprefix("."))
    text = export(verdict, form, cast("Depth", depth), sources=not without_sources, overlay=priors)
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        refuse(str(target), "--out", f"a place that cannot be written ({error.strerror})", "a file that can be written")
    out(f"Written: {target}")


@app.command()
def verify(
    result: Annotated[Path, typer.Argument(metavar="RESULT.json", help="What `assess --json` printed.")],
) -> None:
    """Recompute a result and compare; exit 3 and name each difference where it differs."""
    from cybercoercion.report.verify import UnreadableResult, verify_result

    try:
        differences = verify_result(result)
    except UnreadableResult as error:
        refuse(str(result), error.place, error.got, error.allowed)
    if differences:
        for difference in differences:
            typer.echo(str(difference))
        typer.echo(f"{len(differences)} differences.")
        raise typer.Exit(3)
    out("The same: every number within 1e-9.")
