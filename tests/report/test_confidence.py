"""How far to trust a likelihood: three parts, the worst is the level."""

from __future__ import annotations

import re
from dataclasses import asdict
from types import SimpleNamespace
from typing import Any

import pytest
from tests.report.examples import FEW, IDS, said, tables

from cybercoercion.belief import explain
from cybercoercion.report.confidence import LEVELS, Confidence, confidence, confidence_of, in_sentences
from cybercoercion.report.page import markdown_page
from cybercoercion.report.verdict import verdict
from cybercoercion.report.words import dated
from cybercoercion.sensitivity.assumed.prior_set import prior_sets
from cybercoercion.sensitivity.value.collection import chance_of_change

LIKELIHOOD = re.compile(
    r"\d %|almost no chance|very unlikely|\bunlikely\b|roughly even|\blikely\b|almost certain|cannot be said usefully"
)


def trusted(
    origins: int, bases: int, tail: float | None = None, *, sets: Any = None, news: float | None = None
) -> Confidence:
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
    return confidence(belief, tables(1, FEW), tail, sets=sets, news=news)


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


def opinion(coercion: float, leader: float, *, first: str = "denial", actor: str = "north", kept: int = 0) -> Any:
    """Return the answers under prior sets whose probabilities spread so far, with one set that may flip."""
    rows = [
        SimpleNamespace(name="as it is", first="denial", leader="north"),
        SimpleNamespace(name="sceptical", first=first, leader=actor),
    ]

    def flips(row: Any) -> tuple[str, ...]:
        """Return what is another under a set."""
        found = {"leading actor": row.leader != "north", "first choice": row.first != "denial"}
        return tuple(name for name, other in found.items() if other)

    return SimpleNamespace(spread_coercion=coercion, spread_leader=leader, rows=rows, flips=flips, kept=kept, named=90)


@pytest.mark.parametrize(
    ("coercion", "leader", "level"),
    [
        (0.0, 0.0, "high"),
        (0.10, 0.02, "high"),
        (0.104, 0.0, "high"),  # printed as 10, and read as printed
        (0.106, 0.0, "moderate"),
        (0.02, 0.11, "moderate"),
        (0.25, 0.1, "moderate"),
        (0.26, 0.0, "low"),
        (0.0, 0.4, "low"),
    ],
)
def test_range_of_opinion_by_its_spread(coercion: float, leader: float, level: str) -> None:
    """Up to 10 points between prior sets the range is high, beyond 25 low, whichever of the two moves more."""
    found = trusted(4, 2, sets=opinion(coercion, leader))
    assert found.range_of_opinion.startswith(f"{level}: ")
    assert found.level == level
    assert f"{max(round(100 * coercion), round(100 * leader))} points" in found.limit or level == "high"
    assert "the first choice is the same under all" in found.range_of_opinion


def test_a_set_that_flips_is_named() -> None:
    """Where a set has another first choice or another leading actor, the range of opinion says which set and what."""
    found = trusted(4, 2, sets=opinion(0.05, 0.05, first="nothing", actor="south")).range_of_opinion
    assert "nothing new is first under the sceptical one" in found
    assert "another actor leads under the sceptical one" in found


def test_what_a_fit_keeps_is_said() -> None:
    """Where a fit keeps what it learnt under every set, the range of opinion says of how many entries."""
    assert (
        "a fit keeps what it learnt of 58 of 90 entries" in trusted(4, 2, sets=opinion(0, 0, kept=58)).range_of_opinion
    )
    assert "fit" not in trusted(4, 2, sets=opinion(0, 0)).range_of_opinion


@pytest.mark.parametrize(
    ("news", "level"),
    [(0.0, "high"), (0.099, "high"), (0.1, "moderate"), (0.3, "moderate"), (0.301, "low"), (1.0, "low")],
)
def test_response_to_news_by_its_chance(news: float, level: str) -> None:
    """Under one case in ten the response to new information is high, beyond three in ten low."""
    found = trusted(4, 2, news=news)
    assert found.response_to_new_information.startswith(f"{level}: ")
    assert found.level == level
    assert found.range_of_opinion == "not yet assessed"


@pytest.mark.parametrize("origins", [1, 3, 4])
@pytest.mark.parametrize("spread", [0.05, 0.2, 0.5])
@pytest.mark.parametrize("news", [0.05, 0.2, 0.5])
def test_the_level_is_the_worst_of_three(origins: int, spread: float, news: float) -> None:
    """The level is that of the worst part; the limit holds what limits each part of that level, and what raises it."""
    found = trusted(origins, min(origins, 2), sets=opinion(spread, 0.0), news=news)
    parts = (found.evidence, found.range_of_opinion, found.response_to_new_information)
    levels = [part.split(":")[0] for part in parts]
    assert LEVELS.index(found.level) == min(LEVELS.index(level) for level in levels)
    worst = found.level != "high"
    assert ("origin" in found.limit) == (levels[0] == found.level and worst)
    assert ("priors differ" in found.limit) == (levels[1] == found.level and worst)
    assert ("next report" in found.limit) == (levels[2] == found.level and worst)
    assert ("counted base rates" in found.raised_by) == (levels[1] == found.level and worst)
    assert ("that report" in found.raised_by) == (levels[2] == found.level and worst)


@pytest.mark.parametrize("news", [None, 0.0, 0.004, 0.5])
def test_confidence_sentences_hold_no_likelihood(news: float | None) -> None:
    """Whatever limits it, the confidence sentences name no per cent, and say what would raise it unless it is high."""
    for spread in (0.0, 0.2, 0.5):
        text = in_sentences(trusted(4, 2, 0.03, sets=opinion(spread, 0.0), news=news))
        assert not LIKELIHOOD.search(text)
        assert text.count("would raise it") == 1
        assert ("not yet assessed" in text) == (news is None)
    assert "would raise it" not in in_sentences(trusted(4, 2, sets=opinion(0, 0), news=0.0))


@pytest.mark.parametrize("name", ["sony-2014", "ukraine-2014-2016"])
def test_confidence_is_the_same_whoever_asks(name: str) -> None:
    """With and without an explanation an answer has one confidence, that of the assessment."""
    verdict_ = said(name)
    assert asdict(verdict_.confidence) == asdict(confidence_of(verdict_.assessment))
    if verdict_.assessment.campaign is None:
        told = explain(verdict_.assessment.case, verdict_.assessment.knowledge)
        assert asdict(verdict(verdict_.assessment, explanation=told).confidence) == asdict(verdict_.confidence)


@pytest.mark.parametrize("name", IDS)
def test_range_of_opinion_of_a_shipped_case(name: str) -> None:
    """In every shipped case the spread in words is that of the prior sets, the chance that of the next report."""
    verdict_ = said(name)
    sets = prior_sets(verdict_.assessment)
    assert f"coercion moves by {round(100 * sets.spread_coercion)} points" in verdict_.confidence.range_of_opinion
    news = chance_of_change(verdict_.assessment, decision="two-step")
    assert f"in {100 * news:.0f} of 100" in verdict_.confidence.response_to_new_information or 0 < news < 0.005
    assert verdict_.document()["confidence"]["parts"]["range_of_opinion"] == verdict_.confidence.range_of_opinion


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
