"""What it would be worth to know for certain, as sections: every input, hidden states, everything; with the bounds."""

from __future__ import annotations

from cybercoercion.assessment import Assessment
from cybercoercion.report.input_names import input_words
from cybercoercion.report.part import Made
from cybercoercion.report.plain import plain
from cybercoercion.report.section import Section
from cybercoercion.report.value_sections import states_words
from cybercoercion.report.words import capital, joined, money, percent
from cybercoercion.sensitivity.coherence import warnings
from cybercoercion.sensitivity.value.parameter_result import ParameterValue
from cybercoercion.sensitivity.value.parameters import parameters_value
from cybercoercion.sensitivity.value.result import Value

SHOWN = 10
LEAST = 1_000.0  # USD: what is worth less is not worth the asking


def known_made(assessment: Assessment, value: Value) -> Made:
    """Return what knowing each input, all of them, and everything is worth; a bound that fails is a warning."""
    found = value.parameters or parameters_value(assessment, view=value.view, decision=value.decision)
    inputs, everything = found.readings, found.everything
    worth = [row for row in found.rows if row.evppi >= LEAST]
    broken = (*warnings(value.checks()), *found.warnings)
    said = (
        f"Knowing every input would be worth {money(inputs.value, words=True)} (error {money(inputs.error)}), "
        f"knowing the hidden states {money(value.evpi, words=True)}, and knowing both "
        f"{money(everything.value, words=True)} (error {money(everything.error)}): nothing is worth more than that."
    )
    most = (
        "No input by itself is worth knowing."
        if not worth
        else (
            f"Worth most among them: {joined([f'{input_words(row.label)} ({money(row.evppi)})' for row in worth[:3]])}."
        )
    )
    rows = [_row(row) for row in worth[:SHOWN]]
    rows += [
        (capital(states_words(one)), "hidden state", money(one.evppi), "", "exact")
        for one in value.states
        if one.evppi >= LEAST
    ]
    section = Section(
        name="known",
        title="What would it be worth to know for certain?",
        sentences=(*(f"Warning: {one}." for one in broken), said, most),
        columns=("known for certain", "", "worth, USD", "of all inputs", "by") if rows else (),
        rows=tuple(rows),
        numeric_from=2,
        notes=(f"{len(found.rows) - len(worth)} of {len(found.rows)} inputs are worth nothing for this choice.",),
    )
    data = {
        "inputs": {"value": inputs.value, "error": inputs.error},
        "states": value.evpi,
        "everything": {"value": everything.value, "error": everything.error},
        "by_input": [plain(row) for row in found.rows],
        "by_group": [plain(row) for row in found.groups],
        "warnings": list(broken),
    }
    return Made(section=section, data=data)


def _row(row: ParameterValue) -> tuple[str, ...]:
    return capital(input_words(row.label)), row.group, money(row.evppi), percent(row.share), row.method
