"""What the view of assumptions shows is what the register, the ledger and the checks say."""

from __future__ import annotations

import pytest

from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import load_case
from cybercoercion.fit.scoring.published import published
from cybercoercion.fit.store import load_fit
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.knowledge.ledger import ledger, marks
from cybercoercion.report.verdict import verdict
from cybercoercion.report.words import percent
from cybercoercion.screen.assumptions import COLUMNS, Assumptions, assumptions
from cybercoercion.screen.fit_health import health, scores_section
from cybercoercion.screen.ledger_rows import SHOWN, Influence, ledger_section, marks_of
from cybercoercion.screen.provenance import ledger_rows
from cybercoercion.screen.walk import walk_section
from cybercoercion.sensitivity import register, tornado


@pytest.fixture(scope="module")
def tables() -> Knowledge:
    """Return the shipped tables with few draws."""
    return load_knowledge(draws=200)


@pytest.fixture(scope="module")
def sony(tables: Knowledge) -> Assessment:
    """Return an assessment of the worked example."""
    return assess(load_case("sony-2014"), tables)


@pytest.fixture(scope="module")
def said(sony: Assessment) -> Assumptions:
    """Return its register as shown."""
    return assumptions(sony)


def test_the_register_shows_each_assumption_that_bears_on_the_case_once(said: Assumptions, sony: Assessment) -> None:
    """First rows and the rest together hold the row as assumed and every assumption that applies, none twice."""
    first, rest = said.section(), said.rest()
    applies = [row for row in register(sony).rows if row.applies]
    assert len(first.rows) - 1 + len(rest.rows) == len(applies) == len(said.names)
    instead = [row[1] for row in (*first.rows[1:], *rest.rows)]
    assert sorted(instead) == sorted(row.instead for row in applies)
    assert all(len(row) == len(COLUMNS) for row in (*first.rows, *rest.rows))


def test_what_turns_something_stands_first(said: Assumptions) -> None:
    """A row under which leading actor or first choice is another never stands below one under which none is."""
    changes = [bool(row[-1]) for row in (*said.section().rows[1:], *said.rest().rows)]
    assert changes == sorted(changes, reverse=True)


def test_a_scenario_is_the_row_of_the_register_beside_the_case(said: Assumptions, sony: Assessment) -> None:
    """The scenario of a switch holds coercion as assumed and under the switch, in per cent."""
    found = register(sony)
    for name in said.names:
        row = next(one for one in found.rows if one.name == name)
        coercion = said.scenario(name).rows[0]
        assert coercion == ("Coercion", percent(found.base.p_coercion), percent(row.p_coercion))


def test_the_ledger_counts_every_number_once(tables: Knowledge) -> None:
    """Marks partition the ledger: the counts of all marks add up to the number of entries."""
    every = len(tuple(ledger(tables)))
    counts = [int(ledger_section(tables, mark=mark).sentences[0].split(" of ")[0]) for mark in marks_of(tables)[1:]]
    assert sum(counts) == every == sum(marks(tables).values())


def test_the_most_influential_entry_stands_first(tables: Knowledge, sony: Assessment) -> None:
    """With influence known, the first row is the entry with the widest swing of the lead in the tornado."""
    bars = tornado(sony)
    names = {line.name for line in ledger(tables)}
    widest = max((bar for bar in bars.bars if bar.name in names), key=lambda bar: bar.swing)
    shown = ledger_section(tables, weight=Influence(swings={bar.name: bar.swing for bar in bars.bars}))
    assert shown.rows[0][0] == widest.name
    assert len(shown.rows) == SHOWN


def test_provenance_shows_every_entry_with_the_beginning_and_no_other(tables: Knowledge) -> None:
    """The rows under a figure are the entries whose names begin as the figure says."""
    _, rows = ledger_rows(tables, ("retaliation.", "discount"))
    wanted = [line.name for line in ledger(tables) if line.name.startswith(("retaliation.", "discount"))]
    assert [row[0] for row in rows] == wanted
    assert len(wanted) > 2
    assert all(row[4] and row[5] for row in rows)  # mark and source


def test_the_health_of_a_fit_lists_each_finding_once(tables: Knowledge) -> None:
    """What fails or warns and what passes are together all findings of the checks."""
    found = health(load_fit("default", tables), tables)
    rows = (*found.section().rows, *found.passed().rows)
    assert len(rows) == len(found.checks.findings)
    assert {row[0] for row in found.passed().rows} <= {"Passes", "For information"}


def test_scores_are_those_published() -> None:
    """Every published question has its row, with the model's own log loss."""
    rows = scores_section().rows
    tasks = [task for split in published().values() for task in split["tasks"].values()]
    assert [row[3] for row in rows] == [f"{task['model']['log_loss']:.3f}" for task in tasks]


def test_the_sentence_of_a_score_says_which_side_is_better() -> None:
    """A question on which the best simple classifier has less log loss is said to be no better."""
    for row, task in zip(
        scores_section().rows,
        (task for split in published().values() for task in split["tasks"].values()),
        strict=True,
    ):
        assert ("no better than the best simple one" in row[-1]) == (task["difference"]["value"] >= 0)


def test_the_walk_lists_the_last_change_first(sony: Assessment) -> None:
    """Each station has its number, and the latest stands on top."""
    one = verdict(sony)
    rows = walk_section([("As opened", one), ("Grade changed", one)]).rows
    assert [row[:2] for row in rows] == [("2", "Grade changed"), ("1", "As opened")]
