"""How far to trust a likelihood: three parts, the worst is the level."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from tests.report.examples import FEW, IDS, said, tables

from cybercoercion.report.confidence import LEVELS, Confidence, confidence, in_sentences
from cybercoercion.report.page import markdown_page
from cybercoercion.report.words import dated

LIKELIHOOD = re.compile(
    r"\d %|almost no chance|very unlikely|\bunlikely\b|roughly even|\blikely\b|almost certain|cannot be said usefully"
)


def trusted(origins: int, bases: int, tail: float | None = None) -> Confidence:
    """Return the confidence in a belief with so many origins, of which some name the leading actor."""
    reports = [
        SimpleNamespace(
            origin=f"origin-{k}",
            fact="media_attribution" if k < bases else "severity",
            finding="north" if k < bases else "moderate",
        )
        for k in range(origins)
    ]
    estimates = {"north": SimpleNamespace(p=0.7), "other": SimpleNamespace(p=0.3)}
    belief: Any = SimpleNamespace(reports=tuple(reports), actors=tuple(estimates), estimates=lambda _: estimates)
    return confidence(belief, tables(1, FEW), tail)


@pytest.mark.parametrize(
    ("origins", "bases", "tail", "level", "limit"),
    [
        (4, 2, None, "high", "nothing"),
        (9, 5, 0.5, "high", "nothing"),
        (4, 2, 0.05, "high", "nothing"),
        (3, 2, None, "moderate", "only 3 independent origins"),
        (2, 2, 0.5, "moderate", "only 2 independent origins"),
        (4, 1, None, "moderate", "only one basis names the leading actor"),
        (4, 0, None, "moderate", "no report of its own names the leading actor"),
        (4, 2, 0.049, "moderate", "the reports disagree"),
        (4, 2, 0.01, "moderate", "the reports disagree"),
        (4, 2, 0.0099, "low", "the reports disagree"),
        (4, 2, 0.0, "low", "the reports disagree"),
        (1, 1, None, "low", "everything rests on one origin"),
        (1, 1, 0.5, "low", "everything rests on one origin"),
        (0, 0, None, "low", "nothing is reported yet"),
        (1, 0, 0.001, "low", ""),
    ],
)
def test_levels_and_limits(origins: int, bases: int, tail: float | None, level: str, limit: str) -> None:
    """Origins, bases for the actor and disagreement of reports set the level; the limit names what does."""
    found = trusted(origins, bases, tail)
    assert found.level == level
    assert found.limit.startswith(limit)
    assert found.evidence.startswith(f"{level}: ")


@pytest.mark.parametrize("origins", range(6))
@pytest.mark.parametrize("bases", range(4))
@pytest.mark.parametrize("tail", [None, 0.005, 0.03, 0.5])
def test_more_evidence_never_lowers_confidence(origins: int, bases: int, tail: float | None) -> None:
    """One more origin, or one more basis, leaves the level where it is or raises it."""
    bases = min(bases, origins)
    here = LEVELS.index(trusted(origins, bases, tail).level)
    assert LEVELS.index(trusted(origins + 1, bases, tail).level) >= here
    assert LEVELS.index(trusted(origins + 1, bases + 1, tail).level) >= here


def test_repetition_of_one_origin_is_no_evidence() -> None:
    """Many reports of one origin stay at low confidence."""
    case = said("sony-2014").assessment
    one = [report.model_copy(update={"origin": "press"}) for report in case.belief.reports]
    belief: Any = SimpleNamespace(reports=tuple(one), actors=case.belief.actors, estimates=case.belief.estimates)
    assert confidence(belief, tables(1, FEW)).level == "low"


@pytest.mark.parametrize("level", LEVELS)
def test_confidence_in_words_names_level_and_limit(level: str) -> None:
    """The confidence sentences begin with the level and go on with what limits it."""
    text = in_sentences(Confidence(level=level, limit="only two origins", evidence=f"{level}: x"))
    assert text.startswith(f"Confidence: {level}. ")
    assert ("Only two origins." in text) == (level != "high")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, tables left out."""
    lines = [line for line in text.splitlines() if not line.startswith("|")]
    return [one for line in lines for one in re.split(r"(?<=[.!?]) (?=[A-Z])", line) if one]


@pytest.mark.parametrize("name", IDS)
def test_likelihood_and_confidence_never_share_a_sentence(name: str) -> None:
    """No sentence of a report speaks of confidence and holds a likelihood, or a percentage."""
    for sentence in sentences(markdown_page(said(name))):
        if "onfidence" in sentence or "onfident" in sentence:
            assert not LIKELIHOOD.search(sentence), sentence


@pytest.mark.parametrize("name", IDS)
def test_the_level_of_a_shipped_case_is_the_worst_of_its_parts(name: str) -> None:
    """The level is no better than any part that was looked at, and a part that was not says so."""
    found = said(name).confidence
    for part in (found.evidence, found.range_of_opinion, found.response_to_new_information):
        level = part.split(":")[0]
        assert level in LEVELS or part == "not yet assessed"
        assert level not in LEVELS or LEVELS.index(level) >= LEVELS.index(found.level)


@pytest.mark.parametrize("name", IDS)
def test_the_page_counts_reports_and_origins(name: str) -> None:
    """Beside the number of reports stands the number of their origins, and the date on which they were known."""
    verdict = said(name)
    belief = verdict.assessment.belief
    assert verdict.reports_words == (
        f"{len(belief.reports)} reports from {len({report.origin for report in belief.reports})} origins."
    )
    source = verdict.assessment.campaign or verdict.assessment.case
    assert verdict.as_of_words == dated(source.as_of)
