"""The three cases of the paper come out as the paper coded them."""

from __future__ import annotations

import pytest
from tests.report.examples import assessed, said, tables

from cybercoercion.assessment import assess
from cybercoercion.case import load_case

# Hodgson 2018, tables 1 and 2, word for word
ROWS = {
    "sony-2014": ("Ambiguous", "Disputed attribution, but likely North Korea", "Clear"),
    "south-korea-2013": ("Ambiguous", "Disputed attribution, but likely North Korea", "Unclear"),
    "ukraine-2014-2016": ("Ambiguous", "Disputed attribution, but likely Russia", "Somewhat clear"),
}
LEVELS = ("Clear", "Somewhat clear", "Unclear")


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", ROWS)
def test_the_row_of_the_papers_tables_is_reproduced(name: str, seed: int) -> None:
    """Threat, actor responsible and desired behaviour are the paper's, word for word."""
    coding = assessed(name, seed).coding
    assert (coding.threat, coding.actor, coding.desired_behaviour) == ROWS[name]


@pytest.mark.parametrize("name", ROWS)
def test_the_row_stands_on_the_page(name: str) -> None:
    """The report prints the row under the beliefs, with the three headings of the paper."""
    threat, actor, desired = ROWS[name]
    beliefs = next(section for section in said(name).sections if section.name == "beliefs")
    assert beliefs.notes == (
        f"In the paper's terms: Threat {threat}; Threat actor responsible: {actor}; Desired behaviour {desired}.",
    )


def test_the_third_column_orders_the_three_cases() -> None:
    """What is desired is clearest at Sony, less so in Ukraine, least in South Korea."""
    order = [
        LEVELS.index(assessed(name).coding.desired_behaviour)
        for name in ("sony-2014", "ukraine-2014-2016", "south-korea-2013")
    ]
    assert order == [0, 1, 2]


def test_the_row_follows_from_the_reports() -> None:
    """Without its reports no case is coded as the paper does."""
    for name in ("sony-2014", "south-korea-2013"):
        bare = load_case(name).model_copy(update={"reports": ()})
        coding = assess(bare, tables()).coding
        assert coding.threat == "None"
        assert (coding.threat, coding.actor, coding.desired_behaviour) != ROWS[name]
