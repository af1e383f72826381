"""Words about flips: what stands, what holds beyond a flip, and what is left of a lead, in plain grammar."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.report.examples import tables

from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import load
from cybercoercion.report import report_sections
from cybercoercion.report.changed import changed_sentence
from cybercoercion.report.comparing import Comparing
from cybercoercion.report.flip_words import sentence
from cybercoercion.report.part import Asked
from cybercoercion.report.report_sections import _tried
from cybercoercion.report.robust_sections import box_made
from cybercoercion.report.threshold_section import threshold_made
from cybercoercion.sensitivity.comparison import compare
from cybercoercion.sensitivity.told.reports import report_changes
from cybercoercion.sensitivity.told.smallest import FlipSet, Smallest


@pytest.fixture(scope="module")
def sony() -> Assessment:
    """Return a shipped case with few draws."""
    return assess(load("sony-2014"), tables(1, 60))


def lead(now: float, left: float, *, exact: int = 1, searched: int = 1) -> tuple[FlipSet, Smallest]:
    """Return a set that flips nothing, with what the lead is and what is left of it."""
    one = FlipSet(
        question="choice",
        means="withdrawn",
        steps=(),
        after="denial",
        margin=left,
        closest=(),
        exact=exact,
        searched=searched,
        greedy=False,
        choices=2,
    )
    whole = Smallest(
        view="nation", decision="response", leads={"choice": "denial"}, margins={"choice": now}, sets=(one,)
    )
    return one, whole


@pytest.mark.parametrize(
    ("now", "left", "said"),
    [
        (255e3, 310e3, "The lead is 0.255 million USD, and no set that was tried makes it smaller."),
        (255e3, 255e3, "The lead is 0.255 million USD, and no set that was tried makes it smaller."),
        (255e3, 130e3, "The lead is 0.255 million USD; at the least 0.13 million USD of it is left."),
        (255e3, 254.99e3, "The lead is 0.255 million USD, and what was tried hardly makes it smaller."),
        (0.0, 0.0, "As things are it is a tie, and no such change breaks it the other way."),
    ],
)
def test_what_is_left_of_a_lead(sony: Assessment, now: float, left: float, said: str) -> None:
    """More cannot be left of a lead than there is: where nothing shrinks it, that is said."""
    one, whole = lead(now, left)
    assert sentence(one, whole, sony.case).endswith(said)


@pytest.mark.parametrize(
    ("exact", "searched", "said"),
    [
        (1, 1, "every single one"),
        (2, 2, "all of up to 2"),
        (1, 5, "every single one, some of up to 5"),
        (2, 3, "all of up to 2, some of up to 3"),
    ],
)
def test_how_far_it_was_searched(exact: int, searched: int, said: str) -> None:
    """What was tried is told once: some of a size are named only where they are larger than all of a size."""
    assert _tried(lead(1.0, 1.0, exact=exact, searched=searched)[0]) == said
    assert _tried(replace(lead(1.0, 1.0, exact=0, searched=0)[0], choices=0)) == "nothing to try"


def test_beliefs_are_told_as_clauses(sony: Assessment) -> None:
    """What stands in the belief: coercion against one half, the likeliest actor and the likeliest demand."""
    said = threshold_made(sony, Asked(view="nation", decision="response", output="belief")).headline
    assert said.startswith("Coercion is ")
    assert "likely than not, the likeliest actor is " in said
    assert " and the likeliest demand is" in said
    assert "on our list leads" not in said


def test_an_input_asked_by_two_criteria_counts_once(sony: Assessment) -> None:
    """Two criteria make two rows of an input, and one input: whatever the output, two of two are counted."""
    asked = Asked(view="nation", decision="response", output="p_best", inputs=("cost.urgent", "stakes.harm_now"))
    made = threshold_made(sony, asked)
    assert len(made.data["inputs"]) == 4
    text = " ".join((made.headline, *made.section.notes))
    counted = re.findall(r"(\d+) of (\d+) inputs", text) + re.findall(r"in (\d+) of (\d+) inputs", text)
    assert counted
    assert all(int(part) <= int(whole) == 2 for part, whole in counted)


@pytest.mark.parametrize("name", ["sony-2014", "opm-2015", "colonial-2021"])
def test_how_often_is_told_as_a_clause(name: str) -> None:
    """By how often each is cheapest, what stands is who is so most often, and whether it is so in half."""
    one = assess(load(name), tables(1, 60))
    made = threshold_made(one, Asked(view="nation", decision="response", output="p_best", inputs=("cost.urgent",)))
    text = " ".join(
        (
            made.headline,
            *made.section.notes,
            *(figure.caption for figure in made.section.figures),
            *(cell for figure in made.section.figures for row in figure.rows for cell in row),
        )
    )
    assert " is most often cheapest and " in made.headline
    assert " than half of input readings" in made.headline
    assert "the others together" not in text
    assert " leads" not in made.headline


def test_one_is_not_many(sony: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    """One change that is left out is told in the singular, two in the plural; and so is a size of sets."""
    asked = Asked(view="nation", decision="response")
    possible = sum(one.possible for one in report_changes(sony).changes)
    monkeypatch.setattr(report_sections, "SHOWN", possible - 1)
    assert "The change that moves least stands in --json." in report_sections.reports_made(sony, asked).section.notes
    monkeypatch.setattr(report_sections, "SHOWN", possible - 2)
    assert "The 2 changes that move less stand in --json." in report_sections.reports_made(sony, asked).section.notes
    rows = report_sections.smallest_made(sony, asked).section.rows
    assert not any(re.search(r"up to 1\b", cell) for row in rows for cell in row)


def test_the_box_is_told_in_words(sony: Assessment) -> None:
    """Where the first choice loses is told with names and per cent as everywhere else."""
    (said,) = box_made(sony, Asked(view="nation", decision="response")).section.sentences
    assert "cost: " not in said
    assert "%" in said
    assert "%" not in said.replace(" %", "")


def test_a_comparison_names_every_scenario() -> None:
    """The title of a comparison has the name of each scenario."""
    cases = {name: assess(load(name), tables(1, 60)) for name in ("sony-2014", "sands-2014", "opm-2015")}
    said = Comparing(comparison=compare(cases))
    assert said.sheet().title == "Compared: sony-2014; sands-2014; opm-2015"
    first, other, _ = said.comparison.scenarios
    assert changed_sentence(first, other) in said.sheet().answer
