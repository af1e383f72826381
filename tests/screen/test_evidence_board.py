"""The board of evidence: every report once, in words, with its grade and the reason why it does not count."""

from __future__ import annotations

import numpy as np
import pytest

from cybercoercion.assessment import assess
from cybercoercion.belief import believe
from cybercoercion.belief.channel import quality
from cybercoercion.case import Campaign, load, load_case, new_case, parse_case, shipped
from cybercoercion.case.editing import with_fields, with_row, with_values
from cybercoercion.knowledge import load_knowledge
from cybercoercion.report import verdict
from cybercoercion.screen.evidence import NONE_YET, apart_sentence, board, boards
from cybercoercion.screen.evidence_gaps import gap_sentence, gaps
from cybercoercion.screen.evidence_table import columns, edited, fingerprint
from cybercoercion.screen.evidence_words import GROUPS, SHORT, STATES, facts_of, said_words
from cybercoercion.screen.grades import BAD, CAPPED, DISOWNING, INFORMATION, SOURCE, grade_lines, worth
from cybercoercion.screen.top import top
from cybercoercion.vocabulary import BELIEFS, facts

TABLES = load_knowledge(draws=200)
SONY = load_case("sony-2014")


@pytest.mark.parametrize("name", shipped())
def test_every_report_of_a_shipped_case_stands_on_its_board_once(name: str) -> None:
    """Every report of every shipped case or episode counts or stands apart with a reason, and never both."""
    source = load(name)
    cases = source.episodes if isinstance(source, Campaign) else (source,)
    for case, one in zip(cases, boards(assess(source, TABLES)), strict=True):
        shown = [card.id for origin in one.origins for card in origin.cards] + [each.card.id for each in one.apart]
        assert sorted(shown) == sorted(report.id for report in case.reports)
        assert all(each.reason for each in one.apart)


def test_the_board_counts_as_the_header_does() -> None:
    """Reports, origins and independent reports are the numbers of the header."""
    head = top(verdict(assess(SONY, TABLES))).known
    one = board(SONY, TABLES)
    alone = sum(origin.independent for origin in one.origins)
    assert head.endswith(f"{one.count} reports from {len(one.origins)} origins, about {alone:.1f} of them independent.")
    assert one.caption.startswith(f"{one.count} reports from {len(one.origins)} origins.")


def test_a_copy_counts_less_than_a_report_and_is_named() -> None:
    """A second report of one origin that says the same counts for 1 - c, and its card names what it may repeat."""
    twice = with_row(
        SONY, "reports", {"id": "press-again", "fact": "media_attribution", "finding": "north-korea", "origin": "press",
                          "copy": 0.75, "known_date": SONY.as_of},
    )  # fmt: skip
    press = next(origin for origin in board(twice, TABLES).origins if origin.name == "press")
    assert press.independent == pytest.approx(2.25)
    assert press.cards[-1].copy_words == "May repeat press-suspects-north"


def test_what_does_not_count_says_why() -> None:
    """A report that is off, known later, or counted by the frame stands apart with that reason, also in the summary."""
    off = with_fields(SONY, "reports", "wiper", {"off": True})
    reasons = {each.card.id: each.reason for each in board(off, TABLES).apart}
    assert reasons["wiper"] == "Switched off."
    assert reasons["government-names-north"] == "Known on 19 Dec 2014, after the date of this look (18 Dec 2014)."
    assert reasons["june-threat"].startswith("Already counted: cases that come to attention as")
    assert apart_sentence(board(off, TABLES)).startswith("7 reports do not count: 1 switched off, 2 became known later")


def test_a_case_without_reports_says_that_priors_speak() -> None:
    """A blank case has no origin and the sentence that its answer is what such cases look like."""
    blank = parse_case(new_case("blank-1", title="Blank", frame="any-intrusion"))
    one = board(blank, TABLES)
    assert (one.caption, one.origins, one.apart) == (NONE_YET, (), ())
    assert all(len(each.gaps) == each.asked for each in gaps(blank, TABLES))


def test_every_fact_and_state_is_called_by_words() -> None:
    """All facts and beliefs have a short name, and names of states are those of the data dictionary."""
    assert set(SHORT) == {*facts(), *BELIEFS}
    assert all(set(words) <= set(facts()[name].states) for name, words in STATES.items())
    assert sorted(name for group in GROUPS for name in facts_of(group)) == sorted((*facts(), *BELIEFS))


@pytest.mark.parametrize("name", [name for name in shipped() if name != "ukraine-2014-2016"])
def test_no_report_shows_an_underscore_or_an_id_of_a_candidate(name: str) -> None:
    """What a shipped report says is told in words: no underscore, and candidates by their names."""
    case = load_case(name)
    for report in case.reports:
        said = said_words(case, report)
        assert "_" not in said
        assert not any(f" {actor.id}" in said for actor in case.actors if "-" in actor.id and actor.name != actor.id)


def test_a_grade_counts_for_the_mean_quality_of_its_draws() -> None:
    """B2 counts for the mean of reliability to the weight times credibility to the rest, with its 90 % range."""
    weight = TABLES.quantity("grade.reliability_weight")
    a, b = (TABLES.quantity(f"reliability.{letter}") for letter in "AB")
    one, two = (TABLES.quantity(f"credibility.{digit}") for digit in "12")
    by_hand = np.minimum(a, b) ** weight * np.minimum(one, two) ** (1 - weight)
    found = worth("B2", TABLES)
    assert found.mean == pytest.approx(float(by_hand.mean()))
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(quality("B2", TABLES), (0.05, 0.95))))
    said = grade_lines(SONY.reports[10].model_copy(update={"grade": "B2"}), SONY.reports, TABLES)[0]
    assert said.startswith(f"B2: counts for about {round(100 * found.mean)} % of a perfect report (range ")


@pytest.mark.parametrize("name", [report.id for report in SONY.reports if report.known_date <= SONY.as_of])
def test_f6_weakens_and_never_reverses_what_a_report_says(name: str) -> None:
    """Graded F6 a report moves coercion the same way as graded A2, and less far."""
    without = believe(with_fields(SONY, "reports", name, {"off": True}), TABLES).coercion.p
    good, unknown = (
        believe(with_fields(SONY, "reports", name, {"grade": grade}), TABLES).coercion.p - without
        for grade in ("A2", "F6")
    )
    assert abs(unknown) <= abs(good) + 1e-3
    assert abs(good) < 2e-3 or unknown * good >= 0


def test_the_line_of_f6_says_unknown_and_not_bad_with_a_wide_range() -> None:
    """F6 is called unknown, not bad, and its range is wider than that of B2."""
    report = SONY.reports[11].model_copy(update={"grade": "F6"})
    assert "unknown, not bad: counts for about" in grade_lines(report, SONY.reports, TABLES)[0]
    unknown, good = worth("F6", TABLES), worth("B2", TABLES)
    assert unknown.high - unknown.low > 2 * (good.high - good.low)


def test_confirmed_is_capped_until_another_origin_says_the_same() -> None:
    """Grade 1 alone is read as 2 and says so; with the same report from another origin it stands."""
    report = next(one for one in SONY.reports if one.id == "wiper").model_copy(update={"grade": "A1"})
    assert grade_lines(report, SONY.reports, TABLES)[-1] == CAPPED
    other = report.model_copy(update={"id": "wiper-2", "origin": "another", "grade": "B3"})
    assert CAPPED not in grade_lines(report, (*SONY.reports, other), TABLES)


def test_bad_grades_and_disowning_bring_their_sentences() -> None:
    """D to E and 4 to 5 say that a bad source does not tell the opposite; disowning says that only the form counts."""
    denies = next(one for one in SONY.reports if one.fact == "denial")
    for grade in ("D2", "E3", "B4", "A5"):
        assert grade_lines(denies.model_copy(update={"grade": grade}), SONY.reports, TABLES)[-2:] == (BAD, DISOWNING)
    assert list(INFORMATION) == list("123456")
    assert list(SOURCE) == list("ABCDEF")


def test_an_edited_cell_is_an_edited_field_and_nothing_else() -> None:
    """Editing cells of the table changes those fields only, and the table gets another key."""
    new = edited(SONY, {0: {"grade": "C3", "source": "", "copy": 0.5}, 11: {"on": False, "known date": "2014-11-26"}})
    expected = with_fields(SONY, "reports", "june-threat", {"grade": "C3", "cite": None, "copy": 0.5})
    import datetime as dt

    expected = with_fields(expected, "reports", "wiper", {"off": True, "known_date": dt.date(2014, 11, 26)})
    assert new == expected
    assert fingerprint(new) != fingerprint(SONY)
    assert {len(column) for column in columns(SONY).values()} == {len(SONY.reports)}


def test_a_gap_closes_when_somebody_reports_and_names_what_is_announced() -> None:
    """A fact is a gap until a report speaks about it; what is announced stands beside it."""
    awaited = with_row(
        SONY, "pending", {"id": "fbi-lab", "fact": "malware_lineage", "cost": 40000.0, "expected_date": SONY.as_of}
    )
    found = {gap.fact: gap for one in gaps(awaited, TABLES) for gap in one.gaps}
    assert found["malware_lineage"].awaited == ("fbi-lab, expected 18 Dec 2014, for 0.04 million USD",)
    told = with_row(awaited, "reports", {"id": "x", "fact": "malware_lineage", "finding": "north-korea"})
    assert "malware_lineage" not in {gap.fact for one in gaps(told, TABLES) for gap in one.gaps}
    assert "1 report is announced" in gap_sentence(gaps(awaited, TABLES), awaited)


def test_what_the_frame_says_is_no_gap() -> None:
    """A fact that the frame conditions on is not asked for; under a frame that does not, it is."""
    wide = with_values(SONY, {"frame": "any-intrusion", "reports": None})
    asked = {one.group: one.asked for one in gaps(wide, TABLES)}
    narrow = {one.group: one.asked for one in gaps(SONY, TABLES)}
    assert narrow["episode"] < asked["episode"]
