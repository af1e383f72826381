"""Scenarios side by side: what differs and why, what is believed in each, what each response costs in each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from cybercoercion.assessment import Assessment, assess, with_enough_draws
from cybercoercion.belief import Estimate
from cybercoercion.case import Campaign, Case
from cybercoercion.knowledge import Knowledge
from cybercoercion.report.belief_strips import BeliefRow, belief_strips
from cybercoercion.report.beside_figure import BesideRow, beside
from cybercoercion.report.changed import consequence, gathered_rows, or_default, source_of
from cybercoercion.report.comparing import LETTERS, Comparing
from cybercoercion.report.figure import Figure
from cybercoercion.report.names import label, response_name
from cybercoercion.report.section import Section
from cybercoercion.report.shapes_figure import ends_of
from cybercoercion.report.twenty import shapes_of
from cybercoercion.report.words import capital, dated, edges, money, percent, span
from cybercoercion.screen.answers import Answer, row_of
from cybercoercion.screen.beliefs import SOURCES as BELIEVED
from cybercoercion.screen.conflicting import place_words
from cybercoercion.sensitivity.comparison import COUNTED, Comparison, Difference, Scenario, compare
from cybercoercion.sensitivity.output import FIVE
from cybercoercion.vocabulary import COERCION

INPUTS = ("", "input", "was", "is", "why")
QUESTIONS = {"coercion": "Is it coercion?", "actor": "Who is behind it?", "demand": "What does it demand?"}
OFF = ".off"
SOURCES = ("cost.", "effect.", "rate.", "harm.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Two to four scenarios in words and figures; the first is what the others are compared with."""

    names: tuple[str, ...]  # letter, name, as-of date
    sentences: tuple[str, ...]
    inputs: tuple[tuple[str, ...], ...]  # rows under INPUTS
    beliefs: tuple[tuple[str, Figure], ...]  # title and strips
    costs: tuple[tuple[str, Figure], ...]  # heading and shapes
    tables: tuple[Section, ...]  # all beliefs, three views
    runs: tuple[str, ...]


def alike(
    sources: Mapping[str, Case | Campaign],
    tables: Knowledge,
    *,
    enough: bool = True,
    progress: Callable[[float, str], None] = lambda *_: None,
) -> Comparison:
    """Return scenarios assessed with one seed and one number of draws, the largest that any of them takes.

    Parameters
    ----------
    sources
        Two to four cases or campaigns by the name of the scenario.
    tables
        With the seed and the number of draws to begin with.
    enough
        Whether to draw more where few are effective.
    progress
        Is told which share is done, and of what.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> both = {"Sony": load_case("sony-2014"), "OPM": load_case("opm-2015")}
    >>> found = alike(both, load_knowledge(draws=200), enough=False)
    >>> [one.assessment.knowledge.size for one in found.scenarios]
    [200, 200]
    """
    found: dict[str, Assessment] = {}
    for place, (name, source) in enumerate(sources.items()):
        progress(0.5 * place / len(sources), name)
        found[name] = with_enough_draws(source, tables) if enough else assess(source, tables)
    widest = max((one.knowledge for one in found.values()), key=lambda one: one.size)
    same = {
        name: one if one.knowledge.size == widest.size else assess(sources[name], widest) for name, one in found.items()
    }
    progress(0.6, "side by side")
    return compare(same)


def side_by_side(comparison: Comparison, whys: Mapping[str, str]) -> SideBySide:
    """Return a comparison as a page shows it; ``whys`` says why a place was changed, where somebody changed it here."""
    said = Comparing(comparison=comparison).sections()
    beliefs, views = said[1], said[3]
    return SideBySide(
        names=tuple(
            f"{letter}: {one.name}, as known on {dated((one.assessment.campaign or one.assessment.case).as_of)}"
            for letter, one in _lettered(comparison)
        ),
        sentences=tuple(f"{letter}: {_sentence(comparison.first, one)}" for letter, one in _lettered(comparison)[1:]),
        inputs=tuple(
            row for letter, one in _lettered(comparison)[1:] for row in _inputs(comparison, letter, one, whys)
        ),
        beliefs=tuple((title, _strips(comparison, node)) for node, title in QUESTIONS.items()),
        costs=_costs(comparison),
        tables=(
            replace(beliefs, title="All beliefs side by side", figures=()),
            replace(views, title="First choice and gap in three views, USD against nothing new"),
        ),
        runs=tuple(
            f"{letter}: seed {one.assessment.knowledge.seed}, {one.assessment.knowledge.size:,} draws"
            for letter, one in _lettered(comparison)
        ),
    )


def _lettered(comparison: Comparison) -> list[tuple[str, Scenario]]:
    return list(zip(LETTERS, comparison.scenarios, strict=False))


def _sentence(first: Scenario, other: Scenario) -> str:
    """Return what was changed, and what that does to coercion, first choice and gap."""
    rows = [row for row in gathered_rows(other.inputs) if row.place != COUNTED] or gathered_rows(other.inputs)
    if not rows:
        return f"No input differs from {LETTERS[0]}: this {consequence(first, other)}"
    if source_of(first) != source_of(other):
        return f"Looking at {other.name} instead of {first.name} {consequence(first, other)}"
    if len(rows) == 1:
        one = rows[0]
        was, becomes = _values(first, other, one)
        return f"Changing {_place(one.place)} from {was} to {becomes} {consequence(first, other)}"
    more = " and more" if len(rows) > 2 else ""  # as many as are named
    named = ", ".join(_place(row.place) for row in rows[:2])
    return f"Changing {len(rows)} inputs ({named}{more}) {consequence(first, other)}"


def _place(place: str) -> str:
    return place_words(place.removesuffix(OFF)).removeprefix("stakes: ")


def _inputs(comparison: Comparison, letter: str, scenario: Scenario, whys: Mapping[str, str]) -> list[tuple[str, ...]]:
    first, other_case = comparison.first, source_of(comparison.first) != source_of(scenario)
    rows: list[tuple[str, ...]] = []
    for row in gathered_rows(scenario.inputs):
        was, becomes = _values(first, scenario, row)
        why = "another case" if other_case else _why(row.place, whys)
        rows.append((letter, capital(_place(row.place)), was, becomes, why))
    return rows or [(letter, "Nothing differs", "", "", "")]


def _values(first: Scenario, scenario: Scenario, row: Difference) -> tuple[str, str]:
    """Return what an input was and is; a report that is switched off is said to be so."""
    if row.place.endswith(OFF):
        return "off" if row.was else "on", "off" if row.becomes else "on"
    return or_default(first, row.place, row.was), or_default(scenario, row.place, row.becomes)


def _why(place: str, whys: Mapping[str, str]) -> str:
    if place == COUNTED:
        return "follows from the rest"
    return next((said for at, said in whys.items() if at == place or at.startswith(f"{place}.")), "")


def _strips(comparison: Comparison, node: str) -> Figure:
    """Return the strips of one question: what leads in any scenario, one scenario under another."""
    statements = [node] if node == "coercion" else [
        f"{node}: {state}" for state in dict.fromkeys(one.leader(node) for one in comparison.scenarios)
    ]  # fmt: skip
    rows: list[BeliefRow] = []
    said = []
    for place, statement in enumerate(statements):
        parts: list[str] = []
        for letter, scenario in _lettered(comparison):
            one = scenario.statements.get(statement)
            if one is None:
                continue
            rows.append(_row(scenario, statement, letter, apart=bool(place) and not parts))
            parts.append(f"{_estimate(one)} in {letter}")
        home = next(one for one in comparison.scenarios if statement in one.statements)
        what = "coercion" if node == "coercion" else label(home.assessment.case, node, statement.partition(": ")[2])
        said.append(f"{capital(what)}: {', '.join(parts)}.")
    ticks = edges(comparison.first.assessment.knowledge)
    return belief_strips(f"compared-{node}", " ".join(said), rows, ticks, sources=BELIEVED[node])


def _row(scenario: Scenario, statement: str, letter: str, *, apart: bool) -> BeliefRow:
    belief = scenario.assessment.belief
    node, _, state = statement.partition(": ")
    if node == "coercion":
        inside = belief.posterior[[intent in COERCION for intent in belief.intents]]
        name, leads = scenario.name, True
    else:
        names = belief.actors if node == "actor" else belief.demands
        place = names.index(state)
        inside = belief.posterior[:, [place]] if node == "actor" else belief.posterior[:, :, [place]]
        name, leads = label(scenario.assessment.case, node, state), scenario.leader(node) == state
    answer = Answer(name=statement, label=f"{letter}  {name}", by_draw=inside.sum((0, 1, 2)), before=None, apart=apart)
    return row_of(answer, belief.weights, leads=leads)


def _estimate(one: Estimate) -> str:
    return f"{percent(one.p)} ({span(one.low, one.high)})"


def _costs(comparison: Comparison) -> tuple[tuple[str, Figure], ...]:
    """Return the rows of each scenario against the first choice of the first, on one axis."""
    yardstick = comparison.yardstick
    others = [name for name in FIVE if name != yardstick]
    rows: dict[str, list[BesideRow]] = {}
    for letter, scenario in _lettered(comparison):
        each, share = scenario.differences(), scenario.view().scene.share
        rows[letter] = [
            BesideRow(
                response=name,
                shapes=shapes_of(scenario.beyond(name, yardstick), share),
                yardstick=response_name(yardstick),
                expected=each[name] - each[yardstick],
            )
            for name in sorted(others, key=each.__getitem__)
        ]
    ends = ends_of([row for one in rows.values() for row in one])
    return tuple(
        (
            f"{letter}: {scenario.name}",
            beside(
                f"compared-costs-{letter}",
                _caption(letter, scenario, rows[letter]),
                rows[letter],
                ends,
                sources=SOURCES,
            ),
        )
        for letter, scenario in _lettered(comparison)
    )


def _caption(letter: str, scenario: Scenario, rows: list[BesideRow]) -> str:
    """Return which is first, and by how much the next best differs from the yardstick."""
    first, best = scenario.view().first, rows[0]
    than = f"{best.yardstick}, {LETTERS[0]}'s first choice" if letter != LETTERS[0] else best.yardstick
    said = (
        f"{capital(response_name(best.response))} costs {money(abs(best.expected), words=True)} "
        f"{'more' if best.expected >= 0 else 'less'} than {than}, and less in {best.cheaper} of 20 futures."
    )
    lead = f"{capital(response_name(first))} is cheapest on average in {letter}."
    return f"{lead} {said}"
