"""Scenarios side by side in words, figures and JSON: what differs, and what that does."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict, dataclass
from typing import Any

from cybercoercion.belief import Estimate
from cybercoercion.report.belief_figures import Strip, strips
from cybercoercion.report.changed import changed_sentence, gathered_rows, or_default, source_of
from cybercoercion.report.difference_figure import SHAPES, differences, line
from cybercoercion.report.figure import Figure
from cybercoercion.report.names import label, response_name
from cybercoercion.report.part import run_of_assessment
from cybercoercion.report.section import Section
from cybercoercion.report.sentence import VIEW_NAMES
from cybercoercion.report.sheet import Sheet
from cybercoercion.report.words import dated, edges, money, percent, span
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.comparison import Comparison, Scenario
from cybercoercion.sensitivity.output import FIVE

LETTERS = "ABCD"
LETTERS_OF_A_ROW = 44
SHOWN = 12  # differences of inputs per scenario on the page; all of them stand in the JSON


@dataclass(frozen=True, kw_only=True, eq=False)
class Comparing:
    """What a comparison says. Every renderer reads it and computes nothing."""

    comparison: Comparison

    @property
    def sentences(self) -> tuple[str, ...]:
        """One sentence per scenario after the first: what was changed, and what moved."""
        first, *others = self.comparison.scenarios
        return tuple(
            f"{letter}: {changed_sentence(first, one)}" for letter, one in zip(LETTERS[1:], others, strict=False)
        )

    def sheet(self) -> Sheet:
        """Return the page."""
        first = self.comparison.first.assessment
        names = "; ".join(
            f"{LETTERS[k]}: {one.name}, as known on {dated((one.assessment.campaign or one.assessment.case).as_of)}"
            for k, one in enumerate(self.comparison.scenarios)
        )
        runs = tuple(
            f"{LETTERS[k]}: {run_of_assessment(one.assessment).identity()}"
            for k, one in enumerate(self.comparison.scenarios)
        )
        return Sheet(
            title="Compared: " + "; ".join(one.name for one in self.comparison.scenarios),
            marking=first.case.marking,
            lead=f"{names}.",
            answer=" ".join(self.sentences),
            sections=self.sections(),
            footer=("Common random numbers: what does not differ does not move. Ranges are 5-95 %.", *runs),
        )

    def sections(self) -> tuple[Section, ...]:
        """Return inputs, beliefs and costs, side by side."""
        return (_inputs(self.comparison), _beliefs(self.comparison), _costs(self.comparison), _views(self.comparison))

    def to_json(self) -> str:
        """Return the comparison as one JSON object."""
        one = self.comparison
        said = {
            "yardstick": one.yardstick,
            "unit": "USD",
            "view": DEFAULT_VIEW,
            "sentences": list(self.sentences),
            "scenarios": [_scenario_json(scenario, one.yardstick) for scenario in one.scenarios],
        }
        return json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False)


def _inputs(comparison: Comparison) -> Section:
    rows, notes = [], []
    for letter, scenario in zip(LETTERS[1:], comparison.scenarios[1:], strict=False):
        gathered = gathered_rows(scenario.inputs)
        for row in gathered[:SHOWN]:
            was = or_default(comparison.first, row.place, row.was)
            rows.append((letter, row.place, was, or_default(scenario, row.place, row.becomes)))
        if len(gathered) > SHOWN:
            notes.append(f"{letter} differs in {len(gathered) - SHOWN} more inputs; --json lists all of them.")
        if not gathered:
            rows.append((letter, "nothing", "", ""))
    return Section(
        name="inputs",
        title="1  What differs",
        columns=("", "input", f"in {LETTERS[0]}", "here"),
        rows=tuple(rows),
        numeric_from=4,
        notes=tuple(notes),
    )


def _beliefs(comparison: Comparison) -> Section:
    first = comparison.first
    figures = [_strips(comparison, "coercion", "Coercion", "this is coercion")]
    for node in ("actor", "demand"):
        leaders = dict.fromkeys(scenario.leader(node) for scenario in comparison.scenarios)
        for state in leaders:
            home = next(one for one in comparison.scenarios if f"{node}: {state}" in one.statements)
            name = label(home.assessment.case, node, state)
            figures.append(_strips(comparison, f"{node}: {state}", name, name))
    rows = []
    for name in comparison.statements:
        cells = [one.statements.get(name) for one in comparison.scenarios]
        home = next(one for one in comparison.scenarios if name in one.statements)
        rows.append((_statement(home, name), *(_estimate(cell) for cell in cells)))
    return Section(
        name="beliefs",
        title=f"2  What we believe, compared with {LETTERS[0]}: {first.name}",
        figures=tuple(figures),
        columns=("", *LETTERS[: len(comparison.scenarios)]),
        rows=tuple(rows),
    )


def _statement(scenario: Scenario, name: str) -> str:
    node, colon, state = name.partition(": ")
    said = label(scenario.assessment.case, node, state) if colon else name[0].upper() + name[1:]
    return textwrap.shorten(said, LETTERS_OF_A_ROW, placeholder=" ...")


def _estimate(one: Estimate | None) -> str:
    return "not asked" if one is None else f"{percent(one.p)} ({span(one.low, one.high)})"


def _strips(comparison: Comparison, statement: str, name: str, what: str) -> Figure:
    rows, said = [], []
    for letter, scenario in zip(LETTERS, comparison.scenarios, strict=False):
        one = scenario.statements.get(statement)
        if one is None:
            continue
        rows.append(Strip(label=f"{letter}  {name}", p=one.p, low=one.low, high=one.high, leads=letter == LETTERS[0]))
        said.append(f"{percent(one.p)} ({span(one.low, one.high)}) in {letter}")
    lead = "Probability that this is coercion" if statement == "coercion" else f"Probability of: {what}"
    ticks = edges(comparison.first.assessment.knowledge)
    return strips(f"compared-{statement}", f"{lead}: {', '.join(said)}.", rows, ticks)


def _costs(comparison: Comparison) -> Section:
    yardstick = comparison.yardstick
    others = [name for name in FIVE if name != yardstick]
    panels = []
    for letter, scenario in zip(LETTERS, comparison.scenarios, strict=False):
        each, share = scenario.differences(), scenario.view().scene.share
        lines = [
            line(name, scenario.beyond(name, yardstick), share, each[name] - each[yardstick])
            for name in sorted(others, key=each.__getitem__)
        ]
        panels.append((f"{letter}: {scenario.name}", lines))
    said = []
    for letter, scenario in zip(LETTERS, comparison.scenarios, strict=False):
        each = scenario.differences()
        rival = min(others, key=each.__getitem__)
        extra = each[rival] - each[yardstick]
        said.append(
            f"in {letter} the next best, {response_name(rival)}, costs {money(abs(extra), words=True)} "
            f"{'more' if extra >= 0 else 'less'}"
        )
    caption = (
        f"Against {response_name(yardstick)}, {LETTERS[0]}'s first choice: {'; '.join(said)}. Each shape is one of "
        f"{SHAPES} equally likely futures; what lies beyond the axis stands at its edge with its number."
    )
    return Section(
        name="costs",
        title=f"3  What each response costs, against {response_name(yardstick)} in every scenario",
        figures=(differences("compared-costs", caption, panels, yardstick),),
    )


def _views(comparison: Comparison) -> Section:
    rows = []
    for view in comparison.first.assessment.ranking.views:
        for letter, scenario in zip(LETTERS, comparison.scenarios, strict=False):
            each = scenario.differences(view)
            rows.append(
                (
                    view,
                    letter,
                    response_name(scenario.view(view).first),
                    money(scenario.gap(view)),
                    *(money(each[name], signed=True) for name in FIVE),
                )
            )
    return Section(
        name="views",
        title="4  First choice and gap in three views, USD against nothing new",
        columns=("view", "", "cheapest", "gap to the next", *(response_name(name) for name in FIVE)),
        rows=tuple(rows),
        numeric_from=3,
        notes=(f"{'; '.join(f'{name}: {said}' for name, said in VIEW_NAMES.items())}.",),
    )


def _scenario_json(scenario: Scenario, yardstick: str) -> dict[str, Any]:
    one = scenario.assessment
    out: dict[str, Any] = {
        "name": scenario.name,
        "case": source_of(scenario),
        "inputs": [asdict(row) for row in scenario.inputs],
        "belief": {name: asdict(estimate) for name, estimate in scenario.statements.items()},
        "views": {},
        "run": run_of_assessment(one).record(),
    }
    for view in one.ranking.views:
        each = scenario.differences(view)
        out["views"][view] = {
            "first": scenario.view(view).first,
            "gap": scenario.gap(view),
            "difference": each,
            "extra": {name: value - each[yardstick] for name, value in each.items()},
        }
    return out
