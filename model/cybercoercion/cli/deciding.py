"""The command about the decision: what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from cybercoercion.cli.doors import (
    DecisionOption,
    OutOption,
    ViewOption,
    faultless,
    one_of,
    place_to_write,
    told,
    waiting,
)
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
)
from cybercoercion.cli.steps import assessed, read

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from cybercoercion.case import Campaign, Case, Fault
    from cybercoercion.sensitivity.choice import Decision
    from cybercoercion.sensitivity.output import Output

PAIR = 2


@app.command()
def sensitivity(
    case: CaseArgument,
    view: ViewOption = "nation",
    decision: DecisionOption = "response",
    output: Annotated[
        str, typer.Option("--output", help="What is asked about: gap, cost, belief, p_best or regret.")
    ] = "gap",
    inputs: Annotated[
        list[str] | None,
        typer.Option("--input", metavar="NAME", help="Only this input, such as stakes.resilience; may be repeated."),
    ] = None,
    axes: Annotated[
        str | None,
        typer.Option("--map", metavar="X,Y", help="Two inputs of the policy map, such as p.actor,p.coercion."),
    ] = None,
    along: Annotated[
        str | None, typer.Option("--along", metavar="NAME", help="An input along which the choice is drawn.")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Every table entry, prior sets, power-scaling, intervals and boxes too.")
    ] = False,
    json: JsonOption = False,
    written: OutOption = None,
    settings: SetOption = None,
    as_of: AsOfOption = None,
    priors: PriorsOption = None,
    fit: FitOption = None,
    seed: SeedOption = 1,
    draws: DrawsOption = None,
) -> None:
    """Say what would change the decision: thresholds, smallest changes, tornado, map, attitudes, assumptions."""
    from cybercoercion.sensitivity.output import OUTPUTS

    faults = [*asked_faults(view, decision, written), *one_of("--output", output, OUTPUTS)]
    pair = _pair(axes, faults)
    source = read_or_tell(case, settings, as_of, faults)
    faultless(faults)
    waiting("Assessing")
    assessment = assessed(source, priors, fit, seed, draws)
    from cybercoercion.report.sensitivity_report import Asked, known_axes, known_inputs, sensitivity_report

    names = known_inputs(assessment, view)
    for place, wanted in (("--input", inputs or []), ("--along", [along] if along else [])):
        faults += [fault for name in wanted for fault in _named(place, name, names)]
    faults += [fault for name in pair or () for fault in one_of("--map", name, known_axes(assessment))]
    faultless(faults)
    asked = Asked(
        view=view,
        decision=cast("Decision", decision),
        output=cast("Output", output),
        inputs=tuple(inputs or ()),
        axes=pair,
        along=along,
        full=full,
    )
    said = sensitivity_report(assessment, asked, waiting)
    told(said.sheet, said.to_json, json=json, written=written)


def asked_faults(view: str, decision: str, written: Path | None) -> list[Fault]:
    """Return the faults of the options that both commands share."""
    from cybercoercion.sensitivity.choice import DECISIONS
    from cybercoercion.vocabulary import VIEWS

    return [*one_of("--view", view, VIEWS), *one_of("--decision", decision, DECISIONS), *place_to_write(written)]


def read_or_tell(case: str, settings: list[str] | None, as_of: datetime | None, faults: list[Fault]) -> Case | Campaign:
    """Read a case; its faults join the others, so that a person sees all of them at once."""
    from cybercoercion.case import CaseError

    try:
        return read(case, settings, as_of)
    except CaseError as error:
        raise CaseError((*faults, *error.faults)) from None


def _pair(axes: str | None, faults: list[Fault]) -> tuple[str, str] | None:
    from cybercoercion.case import Fault

    if axes is None:
        return None
    names = [name.strip() for name in axes.split(",")]
    if len(names) != PAIR or not all(names) or names[0] == names[1]:
        faults.append(Fault(file="options", place="--map", got=repr(axes), allowed="two different inputs: X,Y"))
        return None
    return names[0], names[1]


def _named(place: str, name: str, allowed: tuple[str, ...]) -> list[Fault]:
    """Return the fault of a name that is no input, with the nearest that is one."""
    from difflib import get_close_matches

    from cybercoercion.case import Fault

    if name in allowed:
        return []
    near = get_close_matches(name, allowed, n=3, cutoff=0.3)
    said = f"an input of this case, such as {', '.join(near or allowed[:3])}"
    return [Fault(file="options", place=place, got=repr(name), allowed=said)]
