"""Attitudes to risk as a section: the sentence counts what the table marks."""

from __future__ import annotations

import re

import pytest
from tests.sensitivity.examples import IDS, assessed_quickly

from cybercoercion.report.attitude_section import attitude_made, attitude_words, tail_words
from cybercoercion.report.names import option_words
from cybercoercion.report.part import Asked
from cybercoercion.sensitivity.attitude import ATTITUDES, attitudes
from cybercoercion.sensitivity.choice import DECISIONS


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("decision", DECISIONS)
@pytest.mark.parametrize("view", ["nation", "long"])
def test_the_sentence_counts_the_marks(name: str, decision: str, view: str) -> None:
    """By as many attitudes as the sentence says the pick has the star of its column; each column has one star."""
    assessment = assessed_quickly(name)
    found = attitudes(assessment, view=view, decision=decision)  # type: ignore[arg-type]
    made = attitude_made(assessment, Asked(view=view, decision=decision))  # type: ignore[arg-type]
    pick = option_words(assessment.case, found.pick)
    said = re.match(r"By (\d) of 4 attitudes to risk (.+?) comes first", made.headline)
    if found.dissenting:
        assert said
        assert (int(said.group(1)), said.group(2)) == (len(found.agreeing), pick)
    else:
        assert made.headline == f"All 4 attitudes to risk put {pick} first."
    stars = [[cell.endswith("*") for cell in row[1:]] for row in made.section.rows]
    assert [sum(column) for column in zip(*stars, strict=True)] == [1] * len(ATTITUDES)
    place = found.options.index(found.pick)
    assert sum(stars[place]) == len(found.agreeing)
    for option in found.dissenting.values():
        assert option_words(assessment.case, option) in attitude_words(assessment, found)


@pytest.mark.parametrize("name", IDS)
def test_the_tail_is_said_in_words(name: str) -> None:
    """The sentence about the military tail names what is first without it, and with it where that differs."""
    assessment = assessed_quickly(name)
    found = attitudes(assessment, view="long")
    text = tail_words(assessment, found)
    for one in (found.tail.without, found.tail.capped, found.tail.raw):
        assert option_words(assessment.case, one.first) in text
    assert ("We do not choose" in text) == (
        len({found.tail.without.first, found.tail.capped.first, found.tail.raw.first}) > 1
    )
    assert ("turns at a loss" in text) == (found.tail.flips_at is not None or found.tail.plan_flips_at is not None)
