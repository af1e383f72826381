"""The command about finding out: what it is worth before deciding."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from cybercoercion.cli.deciding import asked_faults, read_or_tell
from cybercoercion.cli.doors import DecisionOption, OutOption, ViewOption, faultless, told, waiting
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
from cybercoercion.cli.steps import assessed

if TYPE_CHECKING:
    from cybercoercion.sensitivity.choice import Decision


@app.command()
def voi(
    case: CaseArgument,
    view: ViewOption = "nation",
    decision: DecisionOption = "two-step",
    json: JsonOption = False,
    written: OutOption = None,
    settings: SetOption = None,
    as_of: AsOfOption = None,
    priors: PriorsOption = None,
    fit: FitOption = None,
    seed: SeedOption = 1,
    draws: DrawsOption = None,
) -> None:
    """Say what is worth finding out before deciding: reports, states, inputs; act now or wait; value of control."""
    faults = asked_faults(view, decision, written)
    source = read_or_tell(case, settings, as_of, faults)
    faultless(faults)
    waiting("Assessing")
    assessment = assessed(source, priors, fit, seed, draws)
    from cybercoercion.report.value_report import value_report

    said = value_report(assessment, view=view, decision=cast("Decision", decision), say=waiting)
    told(said.sheet, said.to_json, json=json, written=written)
