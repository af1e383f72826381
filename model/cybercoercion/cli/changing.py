"""Commands about changes: compare, sensitivity, voi."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from cybercoercion.cli.doors import OutOption, faultless, place_to_write, told, waiting
from cybercoercion.cli.options import AsOfOption, DrawsOption, FitOption, JsonOption, PriorsOption, SeedOption, app
from cybercoercion.cli.steps import knowledge_of

if TYPE_CHECKING:
    from cybercoercion.assessment import Assessment
    from cybercoercion.case import Campaign, Case, Fault
    from cybercoercion.knowledge import Knowledge

FEWEST, MOST = 2, 4


@app.command()
def compare(
    cases: Annotated[list[str], typer.Argument(metavar="CASE...", help="Case or campaign files, or shipped ids.")],
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="PLACE=VALUE; ...",
            help="One more scenario: the first case with these values, such as stakes.resilience=0.7; semicolons "
            "part several.",
        ),
    ] = None,
    json: JsonOption = False,
    written: OutOption = None,
    as_of: AsOfOption = None,
    priors: PriorsOption = None,
    fit: FitOption = None,
    seed: SeedOption = 1,
    draws: DrawsOption = None,
) -> None:
    """Put two to four scenarios side by side: what differs in the inputs, and what that does to the answer."""
    faults = place_to_write(written)
    sources = _scenarios(cases, changes or [], faults)
    faultless(faults)
    if as_of is not None:
        # a scenario that names its own date keeps it
        sources = {
            name: source if "as_of" in name else source.as_known_on(as_of.date()) for name, source in sources.items()
        }
    from cybercoercion.report.comparing import Comparing
    from cybercoercion.sensitivity.comparison import compare as compared

    knowledge = knowledge_of(priors, seed, draws, fit)
    said = Comparing(comparison=compared(_assessed(sources, knowledge, fixed=draws is not None)))
    waiting("")
    told(said.sheet, said.to_json, json=json, written=written)


def _scenarios(cases: list[str], changes: list[str], faults: list[Fault]) -> dict[str, Case | Campaign]:
    """Read every scenario by its name, and note every fault of all of them."""
    from cybercoercion.assessment import changed
    from cybercoercion.case import CaseError, Fault, load

    count = len(cases) + len(changes)
    if not FEWEST <= count <= MOST:
        got = f"{count} scenario{'' if count == 1 else 's'}"
        allowed = f"{FEWEST} to {MOST}: more cases, or --with place=value"
        faults.append(Fault(file="compare", place="CASE... and --with", got=got, allowed=allowed))
    out: dict[str, Case | Campaign] = {}
    first = None
    for place, name in enumerate(cases):
        try:
            source = load(name)
        except CaseError as error:
            faults.extend(error.faults)
            continue
        first = source if place == 0 else first
        title = source.title if len(cases) > 1 else "as filed"
        out[title if title not in out else f"{title} ({place + 1})"] = source
    for change in changes:
        settings = _parted(change)
        name = "; ".join(settings)
        if not settings or name in out:
            got = "no place and value" if not settings else "the same scenario twice"
            faults.append(Fault(file="--with", place=repr(change), got=got, allowed="place=value, each scenario once"))
        elif first is not None:
            try:
                out[name] = changed(first, settings)
            except CaseError as error:
                faults.extend(replace(fault, file="--with") for fault in error.faults)
    return out


def _parted(change: str) -> list[str]:
    """Return the settings of a scenario; a semicolon inside quotes parts nothing.

    >>> _parted("stakes.resilience=0.7; title='a; b'")
    ['stakes.resilience=0.7', "title='a; b'"]
    """
    parts, quote = [""], ""
    for sign in change:
        if sign in "\"'" and quote in ("", sign):
            quote = "" if quote else sign
        if sign == ";" and not quote:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def _assessed(sources: dict[str, Case | Campaign], knowledge: Knowledge, *, fixed: bool) -> dict[str, Assessment]:
    """Assess all scenarios on the same draws: as many as the one needs that needs most."""
    from cybercoercion.assessment import assess, with_enough_draws

    out = {}
    for name, source in sources.items():
        waiting(f"Assessing: {name}")
        out[name] = assess(source, knowledge) if fixed else with_enough_draws(source, knowledge)
    most = max(one.knowledge.size for one in out.values())
    for name, one in out.items():
        if one.knowledge.size < most:
            out[name] = assess(sources[name], replace(knowledge, size=most, _memory={}))
    return out
