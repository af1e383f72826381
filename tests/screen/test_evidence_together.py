"""What the reports say together: replay, voices, disagreement."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from cybercoercion.belief import believe, believe_campaign
from cybercoercion.belief.coalition import coalitions_of
from cybercoercion.belief.conflict import find_conflict
from cybercoercion.belief.weight import weigh_reports
from cybercoercion.case import CaseError, load, load_case, new_case, parse_case
from cybercoercion.case.editing import with_fields, with_row
from cybercoercion.knowledge import load_knowledge
from cybercoercion.screen import evidence_conflict, voices
from cybercoercion.screen.evidence_figures import pulls
from cybercoercion.screen.replay import caption, day_words, looked_at, replay
from cybercoercion.screen.voices import assumed, repeats
from cybercoercion.screen.voices import voices as heard

TABLES = load_knowledge(draws=200)
SONY = load_case("sony-2014")
BLANK = parse_case(new_case("blank-1", title="Blank", frame="any-intrusion"))
AGAIN = {"id": "press-again", "fact": "media_attribution", "finding": "north-korea", "grade": "B2", "origin": "press",
         "known_date": date(2014, 12, 10)}  # fmt: skip
REPEATED = with_row(SONY, "reports", AGAIN)


def test_each_day_is_the_belief_in_the_case_as_known_then() -> None:
    """On every date the level is that of the case as known on that date, so that hindsight cannot enter."""
    for day in replay(SONY, TABLES).days:
        belief = believe(SONY.as_known_on(day.on), TABLES)
        assert day.levels["coercion"].p == belief.coercion.p
        assert day.levels["actor=north-korea"].p == belief.estimates("actor")["north-korea"].p


def test_a_report_arrives_on_the_day_it_was_known_and_never_earlier() -> None:
    """Each report that the frame leaves to reports arrives once, on its known date; later ones are no known days."""
    found = replay(SONY, TABLES)
    arrived = {name: day.on for day in found.days for name in day.came}
    told = {report.id: report.known_date for report in SONY.reports}
    assert all(on == told[name] for name, on in arrived.items())
    assert max(day.on for day in found.known_days()) <= SONY.as_of < max(day.on for day in found.days)
    assert "june-threat" not in arrived  # the frame counts it already


def test_what_is_switched_off_does_not_arrive() -> None:
    """A report that is switched off is on no day."""
    off = with_fields(SONY, "reports", "wiper", {"off": True})
    assert "wiper" not in {name for day in replay(off, TABLES).days for name in day.came}


def test_the_caption_names_the_day_with_the_largest_move() -> None:
    """The largest step between known days is the one in the caption, with what came that day."""
    found = replay(SONY, TABLES)
    levels = [found.before["coercion"].p, *(day.levels["coercion"].p for day in found.known_days())]
    largest = found.known_days()[int(np.argmax(np.abs(np.diff(levels))))]
    said = caption(found, "coercion", SONY.as_of)
    assert all(name in said for name in largest.came[:2])
    assert said.startswith("On 18 Dec 2014 we stood at ")
    assert "No report was known yet." in caption(replay(BLANK, TABLES), "coercion", BLANK.as_of)


def test_looking_at_a_date_is_an_edit_of_the_as_of_date() -> None:
    """To look at the case as known on a date changes the as-of date and nothing else."""
    then = looked_at(SONY, date(2014, 12, 7))
    assert then == SONY.as_known_on(date(2014, 12, 7))
    assert day_words(replay(SONY, TABLES).days[-1], SONY.as_of).startswith("2 Jan 2015, later than this look")


def test_a_campaign_is_replayed_over_all_its_episodes() -> None:
    """The last known day of a campaign is its belief now, and reports carry the name of their episode."""
    campaign = load("ukraine-2014-2016")
    small = load_knowledge(draws=50)
    found = replay(campaign, small)
    now = believe_campaign(campaign.id, campaign.episodes, small).whole.coercion.p
    assert found.known_days()[-1].levels["coercion"].p == pytest.approx(now, abs=1e-12)
    assert all(": " in name for day in found.days for name in day.came)


def test_voices_count_from_one_per_report_to_one_per_saying() -> None:
    """At 0 every report counts, at 1 a copy counts nothing, and in between linearly."""
    reports = len(believe(REPEATED, TABLES).reports)
    assert repeats(REPEATED, TABLES) == {"press-suspects-north": "press-again"} or repeats(REPEATED, TABLES) == {
        "press-again": "press-suspects-north"
    }
    counts = [heard(REPEATED, TABLES, rho).counts for rho in (0.0, 0.25, 1.0)]
    assert counts == pytest.approx([reports, reports - 0.25, reports - 1])


def test_the_what_if_agrees_with_a_case_that_says_so() -> None:
    """At rho the belief is that of the case whose copies state this probability, and the case itself is not changed."""
    found = heard(REPEATED, TABLES, 0.4)
    stated = with_fields(REPEATED, "reports", "press-again", {"copy": 0.4})
    stated = with_fields(stated, "reports", "press-suspects-north", {"copy": 0.4})
    actor = believe(stated, TABLES).estimates("actor")["north-korea"].p
    assert found.hypothesis == "P(North Korea)"
    assert found.p == pytest.approx(actor, abs=1e-9)
    assert found.now == believe(REPEATED, TABLES).estimates("actor")["north-korea"].p


def test_independent_reports_say_more_than_copies() -> None:
    """Two reports that name one actor raise it more when independent than as copies; the caption says by how much."""
    copies = heard(REPEATED, TABLES, 1.0)
    assert copies.independent > copies.p
    assert "Treating them as independent would raise P(North Korea) from" in voices.caption(copies)
    assert "At 1.00, the 3 reports of press count for 2.0" in voices.caption(copies)
    assert 0 < assumed(REPEATED, TABLES) < 1
    alone = heard(REPEATED, TABLES, 0.0)
    assert (alone.repeated, alone.p) == (copies.p, copies.independent)
    assert "Taking later ones for mere copies would lower P(North Korea) from" in voices.caption(alone)


def test_without_copies_the_caption_says_that_nobody_repeats() -> None:
    """Where no report repeats another, all count, whatever the slider says, and nothing is moved."""
    found = heard(SONY, TABLES, 0.8)
    assert found.counts == len(believe(SONY, TABLES).reports)
    assert found.p == found.now == found.independent
    assert voices.caption(found).startswith("No report repeats another")
    assert voices.caption(heard(BLANK, TABLES, 0.5)) == "No report, no voice."


def test_disagreement_is_that_of_the_conflict_with_its_limit() -> None:
    """Bits and tails are those of find_conflict, and a report is beyond its limit just where the tail is below 5 %."""
    found = evidence_conflict.disagreements(SONY, TABLES, sets=400)
    told = {one.name: one for one in find_conflict(SONY, TABLES, sets=400).by_report}
    for row in found.rows:
        assert (row.bits, row.tail, row.alarm) == (told[row.report].bits, told[row.report].tail, told[row.report].alarm)
        if abs(row.tail - 0.05) > 0.01:
            assert (row.bits > row.limit) is (row.tail < 0.05)


def test_a_report_against_all_others_is_named_in_the_caption() -> None:
    """A report that speaks against everything else is beyond chance, first in the list and in the caption."""
    colonial = load_case("colonial-2021")
    against = {"id": "odd-one", "fact": "claim_of", "finding": "none", "grade": "A2", "known_date": colonial.as_of}
    found = evidence_conflict.disagreements(with_row(colonial, "reports", against), TABLES, sets=400)
    said = evidence_conflict.caption(found)
    assert found.rows[0].alarm == ("of 100 cases" in said)
    assert max(found.rows, key=lambda row: row.bits).report == "odd-one"
    assert evidence_conflict.caption(evidence_conflict.disagreements(BLANK, TABLES)) == "No report, no disagreement."


def test_pulls_add_up_to_the_shift_of_coercion() -> None:
    """What the reports pull towards coercion sums to posterior less prior, in decibans."""
    weights = weigh_reports(coalitions_of(SONY, load_knowledge(draws=20)), most=200)
    column = weights.hypotheses.index("coercion")
    found = pulls(weights)
    assert sum(found.values()) == pytest.approx(float(weights.posterior[column] - weights.prior[column]))
    assert set(found) == set(weights.reports)


def test_a_date_before_anything_is_looked_at_without_reports() -> None:
    """A date before the first report is a case without reports, and no fault."""
    assert not looked_at(SONY, date(2014, 1, 1)).known()
    with pytest.raises(CaseError):
        looked_at(SONY, "not a date")  # type: ignore[arg-type]
