"""What became of a case from revision to revision, as a view shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from cybercoercion.assessment import assess, changed
from cybercoercion.case import case_to_toml, load_case
from cybercoercion.knowledge import load_knowledge
from cybercoercion.report import verdict
from cybercoercion.screen.filed import said_of
from cybercoercion.screen.history import COLUMNS, history_rows, history_sentence
from cybercoercion.store import Filed, Said, open_store

ONE = Said(coercion=0.714, first="denial", gap=4.56e6, run="")
TWO = Said(coercion=0.996, first="nothing", gap=0.0, run="")
FILED = Filed(
    id="", revision=1, text="", title="A", who="Ann", when=datetime(2026, 1, 5, 9, 3, tzinfo=UTC), why="New", said=ONE,
    before=None,
)  # fmt: skip
LATER = replace(FILED, revision=2, who="Ben", when=datetime(2026, 2, 6, 23, 59, tzinfo=UTC), said=TWO, before=ONE)


def test_the_latest_revision_comes_first() -> None:
    """Rows go from the latest revision to the first, with belief, first choice and gap before and after."""
    assert history_rows([FILED, LATER]) == (
        ("2", "Ben", "6 Feb 2026, 23:59 UTC", "New", "71 %", "> 99 %", "denial", "nothing new", "4.56 M", "0"),
        ("1", "Ann", "5 Jan 2026, 09:03 UTC", "New", "–", "71 %", "–", "denial", "–", "4.56 M"),
    )
    assert {len(row) for row in history_rows([FILED, LATER])} == {len(COLUMNS)}


def test_what_was_not_said_is_a_dash() -> None:
    """A revision without a word of the model has dashes, and the sentence says so."""
    silent = replace(LATER, said=None)
    assert history_rows([silent])[0][4:] == ("71 %", "–", "denial", "–", "4.56 M", "–")
    assert history_sentence([FILED, silent]).endswith("What the model said of it was not filed.")


def test_the_sentence_says_what_the_last_revision_moved() -> None:
    """How often, by whom, when, and what became of belief and first choice."""
    assert history_sentence([FILED]) == (
        "Filed once by Ann, last on 5 Jan 2026, 09:03 UTC. Coercion stood at 71 %, first choice denial."
    )
    assert history_sentence([FILED, LATER]) == (
        "Filed 2 times by 2 people, last on 6 Feb 2026, 23:59 UTC. With it coercion moved from 71 % to > 99 %, "
        "and the first choice went from denial to nothing new."
    )
    same = replace(LATER, who="Ann", said=ONE)
    assert history_sentence([FILED, same]).startswith("Filed 2 times by Ann,")
    assert history_sentence([FILED, same]).endswith("coercion stayed at 71 %, and the first choice stayed denial.")


def test_a_filed_case_shows_what_its_verdicts_said(tmp_path: Path) -> None:
    """Through a store, the row of a changed case holds the belief and the first choice of both verdicts."""
    tables, sony = load_knowledge(draws=200), load_case("sony-2014")
    hard = changed(sony, ["stakes.resilience=0.9"])
    two = [verdict(assess(case, tables)) for case in (sony, hard)]
    store = open_store(f"sqlite:///{tmp_path.as_posix()}/cases.db")
    first = store.create(case_to_toml(sony), who="Ann", why="New", said=said_of(two[0]))
    store.save(first.id, 1, case_to_toml(hard), who="Ben", why="Harder", said=said_of(two[1]))
    history = store.history(first.id)
    store.close()
    assert [filed.said for filed in history] == [said_of(one) for one in two]
    assert history[1].before == history[0].said
    assert history_rows(history)[0][3] == "Harder"
    assert history_rows(history)[0][4] == history_rows(history)[1][5]
