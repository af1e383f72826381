"""Edits at a place, new rows, rows taken out with what speaks of them, and what a change would do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cybercoercion.assessment import as_case, assess
from cybercoercion.belief import believe
from cybercoercion.case import CaseError, load, load_case, new_case, parse_case, read_shipped, shipped
from cybercoercion.case.campaign_writing import update_campaign
from cybercoercion.case.editing import with_row, with_values, without_row
from cybercoercion.case.loading import load_text
from cybercoercion.knowledge import load_knowledge
from cybercoercion.screen.adding import new_fields, new_row, proposed_id, reasoned, with_new
from cybercoercion.screen.context_questions import asked_of, context_questions
from cybercoercion.screen.editing import Place, edited, slug_of, with_field
from cybercoercion.screen.frames import frames
from cybercoercion.screen.headings import HEADINGS, summary
from cybercoercion.screen.overview import framing_words, overview, reminder
from cybercoercion.screen.preview import preview
from cybercoercion.screen.removing import mentions, refusal, without_all
from cybercoercion.vocabulary import FRAMES

SONY, KNOWLEDGE = load_case("sony-2014"), load_knowledge(draws=300)
CAMPAIGN = load("ukraine-2014-2016")


def test_an_answer_that_goes_takes_an_empty_list_with_it() -> None:
    """Stating and unstating a holder, a trade or an answer of a checklist gives the very case from before."""
    for place, value in (
        (Place(block="demands", row="pay-money", name="held_by", key="hacktivists"), "held"),
        (Place(block="stakes", name="bilateral_trade", key="north-korea"), 5e6),
        (Place(block="deception", row="insider", name="motive"), 0.3),
    ):
        stated = with_field(SONY, place, value)
        assert stated != SONY
        assert with_field(stated, place, None) == SONY


def test_trade_of_one_candidate_takes_the_place_of_one_number_for_all() -> None:
    """One number for all gives way to a table, and a second candidate joins the table."""
    all_alike = with_values(SONY, {"stakes.bilateral_trade": {"low": 1e6, "high": 2e6}})
    one = with_field(all_alike, Place(block="stakes", name="bilateral_trade", key="insider"), 3.0)
    two = with_field(one, Place(block="stakes", name="bilateral_trade", key="criminals"), 4.0)
    assert dict(two.stakes.bilateral_trade) == {"insider": 3.0, "criminals": 4.0}


def test_candidates_of_a_campaign_change_in_every_episode() -> None:
    """What a campaign shares changes in its file and in each episode; its own stakes change in its file."""
    place = Place(block="actors", row="russia", name="capability")
    changed = edited(CAMPAIGN, lambda case: with_field(case, place, "emerging"))
    assert {one.actor("russia").capability for one in changed.episodes} == {"emerging"}
    assert changed.file.actors[0].capability == "emerging"
    hard = edited(CAMPAIGN, lambda case: with_field(case, Place(block="stakes", name="resilience"), 0.5))
    assert as_case(hard).stakes.resilience == 0.5
    assert hard.episodes == CAMPAIGN.episodes
    back = edited(hard, lambda case: with_field(case, Place(block="stakes", name="resilience"), None))
    assert back == CAMPAIGN


def test_reports_of_a_campaign_are_changed_in_its_episodes_only() -> None:
    """A change of reports is refused for a campaign, in words that say where it can be made."""
    latest = max(CAMPAIGN.episodes, key=lambda one: one.as_of)
    with pytest.raises(CaseError) as refused:
        edited(CAMPAIGN, lambda case: without_row(case, "reports", latest.reports[-1].id))
    assert [fault.place for fault in refused.value.faults] == ["reports"]
    assert "open one of its episodes" in refused.value.faults[0].allowed


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (Place(name="title"), "Another title"),
        (Place(name="note"), "A note"),
        (Place(name="as_of"), date(2017, 6, 1)),
        (Place(block="target", name="country"), None),
        (Place(block="stakes", name="harm_now"), 5e6),
        (Place(block="stakes", name="bilateral_trade", key="russia"), 5e9),
        (Place(block="actors", row="russia", name="relationship"), "crisis"),
        (Place(block="demands", row="restore-crimea-power", name="held_by", key="criminals"), "plausible"),
    ],
)
def test_what_is_changed_in_a_campaign_can_be_filed(place: Place, value: object) -> None:
    """The campaign's file, written after a change and read again, is the campaign that was changed."""
    changed = edited(CAMPAIGN, lambda case: with_field(case, place, value))
    assert changed != CAMPAIGN
    again = load_text(update_campaign(read_shipped(CAMPAIGN.id), changed))
    assert again.episodes == changed.episodes
    assert as_case(again) == as_case(changed)


def test_a_candidate_added_to_a_campaign_can_be_filed() -> None:
    """A new candidate stands in every episode, and in the campaign's file."""
    changed = edited(CAMPAIGN, lambda case: with_row(case, "actors", {"id": "rival", "kind": "state"}))
    assert {one.actor_ids[-1] for one in changed.episodes} == {"rival"}
    assert load_text(update_campaign(read_shipped(CAMPAIGN.id), changed)).episodes == changed.episodes


@pytest.mark.parametrize(
    "edit",
    [
        lambda case: with_row(case, "pending", {"id": "next", "fact": "claim"}),
        lambda case: with_values(case, {"frame": "any-intrusion"}),
        lambda case: with_field(case, Place(block="deception", row="russia", name="motive"), True),
    ],
)
def test_what_only_episodes_say_is_not_changed_in_a_campaign(edit) -> None:
    """Frame, checklists and awaited reports of a campaign are refused, and candidates that its file does not list."""
    with pytest.raises(CaseError, match="open one of its episodes"):
        edited(CAMPAIGN, edit)
    bare = replace(CAMPAIGN, file=CAMPAIGN.file.model_copy(update={"actors": ()}))
    with pytest.raises(CaseError, match="open one of its episodes"):
        edited(bare, lambda case: with_row(case, "actors", {"id": "rival", "kind": "state"}))


@pytest.mark.parametrize("name", ["Россия", "", "!!", "None", "a" * 200, "Énergie réseau", "x" * 63 + " y"])
def test_a_short_name_is_always_one_that_a_case_allows(name: str) -> None:
    """Whatever a candidate is called, its short name passes the door, and a second one differs from it."""
    first = slug_of(name, SONY.actor_ids, "candidate")
    second = slug_of(name, (*SONY.actor_ids, first), "candidate")
    case = with_row(SONY, "actors", {"id": first, "kind": "state"})
    assert with_row(case, "actors", {"id": second, "kind": "state"}).actor_ids[-2:] == (first, second)


def test_new_rows_are_made_from_what_was_typed() -> None:
    """A new demand has its number read, its holder kept, and what is empty left out."""
    assessment = assess(SONY, KNOWLEDGE)
    fields = new_fields(assessment, "demands")
    said = {"text": "Stop the show", "cost_of_conceding": "2 M to 5 M", "held_by": "held", "polarity": ""}
    raw = {field.place: said.get(field.place.name) for field in fields if field.place.key in ("", "north-korea")}
    row = new_row(fields, raw, proposed_id(SONY, "demands", "Stop the show"))
    assert row == {
        "id": "stop-the-show",
        "text": "Stop the show",
        "cost_of_conceding": {"low": 2e6, "high": 5e6},
        "held_by": {"north-korea": "held"},
    }
    assert with_new(SONY, "demands", row).demand_ids[-1] == "stop-the-show"


def test_all_numbers_that_are_none_are_told_at_once() -> None:
    """Two faulty numbers of a new row make two faults."""
    fields = new_fields(assess(SONY, KNOWLEDGE), "actors")
    raw = {field.place: "much" for field in fields if field.form == "amount"}
    with pytest.raises(CaseError) as refused:
        new_row(fields, raw, "rival")
    assert len(refused.value.faults) == 2


def test_a_reason_is_one_line_and_never_nothing() -> None:
    """A reason is kept on one line; without one nothing is added."""
    assert reasoned(" named\n in the press ") == "named in the press"
    with pytest.raises(CaseError, match="one line"):
        reasoned("  ")


@pytest.mark.parametrize("name", [name for name in shipped() if name != CAMPAIGN.id])
def test_what_nothing_speaks_of_can_be_removed_and_nothing_else(name: str) -> None:
    """The door refuses a removal exactly where something is named that speaks of the row, or no candidate is left."""
    case = load_case(name)
    for block in ("actors", "demands", "pending"):
        for row in getattr(case, block):
            if refusal(case, block, row.id) is None:
                assert row.id not in [one.id for one in getattr(without_row(case, block, row.id), block)]
            else:
                with pytest.raises(CaseError):
                    without_row(case, block, row.id)


@pytest.mark.parametrize("name", [name for name in shipped() if name != CAMPAIGN.id])
def test_a_removal_with_all_that_speaks_of_it_leaves_no_trace(name: str) -> None:
    """After such a removal nothing speaks of the row, and reports that did not are still there."""
    case = load_case(name)
    for block in ("actors", "demands"):
        for row in getattr(case, block):
            if block == "actors" and len(case.actors) == 1:
                continue
            gone = without_all(case, block, row.id)
            assert mentions(gone, block, row.id) == ()
            lost = [one.words for one in mentions(case, block, row.id) if one.report]
            assert len(case.reports) + len(case.pending) - len(gone.reports) - len(gone.pending) == len(lost)


def test_checklists_trade_and_labels_go_with_a_candidate() -> None:
    """A candidate with checklist, trade and label is refused with all three named, and goes with them."""
    case = with_values(
        SONY,
        {
            "deception": {"insider": {"motive": True}},
            "stakes.bilateral_trade": {"insider": 1.0},
            "labels": {"actor": {"insider": 1.0}},
        },
    )
    why = refusal(case, "actors", "insider")
    for part in ("checklist", "trade", "label", "who holds the demand pay-money"):
        assert part in why
    gone = without_all(case, "actors", "insider")
    assert not gone.deception
    assert gone.stakes.bilateral_trade is None
    assert gone.labels.actor is None


def test_the_only_candidate_cannot_go() -> None:
    """A case keeps at least one candidate, and the refusal says what to do first."""
    blank = parse_case(new_case("a", title="A", frame="any-intrusion"))
    assert "Add another one first" in refusal(blank, "actors", "suspect")


def test_frames_differ_by_two_orders_of_magnitude() -> None:
    """Base rates of coercion span more than a hundredfold as the sentence says, and each agrees with the engine."""
    found = frames(SONY, KNOWLEDGE)
    assert [row.frame for row in found.rows] == list(FRAMES)
    assert found.rows[-1].before > 100 * found.rows[0].before
    assert "two orders of magnitude" in found.sentence
    for row in found.rows:
        assert row.now == believe(with_values(SONY, {"frame": row.frame}), KNOWLEDGE).coercion
    assert [row.chosen for row in found.rows] == [False, False, False, True]
    assert sum("(chosen)" in row[0] for row in found.table) == 1


def test_frames_of_a_campaign_are_those_of_campaigns() -> None:
    """A campaign has base rates of its own, and the chosen frame is that of its latest episode."""
    found, single = frames(CAMPAIGN, KNOWLEDGE), frames(SONY, KNOWLEDGE)
    assert found.rows[-1].before > single.rows[-1].before
    chosen = next(row for row in found.rows if row.chosen)
    assert chosen.now == assess(CAMPAIGN, KNOWLEDGE).belief.coercion


def test_a_preview_is_what_the_belief_then_is() -> None:
    """Before and after in a preview are the probabilities of the engine; what is new or gone has a dash."""
    rival = with_row(SONY, "actors", {"id": "rival", "kind": "state", "relationship": "crisis"})
    rows = {row[0]: row[1:] for row in preview(SONY, rival, KNOWLEDGE).rows}
    assert rows["rival"][0] == "\N{EN DASH}"
    p = believe(rival, KNOWLEDGE).estimates("actor")["rival"].p
    assert rows["rival"][1].startswith(f"{round(100 * p)} %")
    back = {row[0]: row[1:] for row in preview(rival, SONY, KNOWLEDGE).rows}
    assert back["rival"][1] == "\N{EN DASH}"


def test_the_three_questions_write_the_fields_that_context_reads() -> None:
    """Capability, context and demands: each answer has the place of the field that the candidate's form edits."""
    one, two, three = context_questions(assess(SONY, KNOWLEDGE), "north-korea")
    assert [field.place.name for field in (*one.answers, *two.answers)] == [
        "capability",
        "relationship",
        "track_record",
        "alternatives",
    ]
    held = [field.place for field in three.answers if field.place.name == "held_by"]
    assert held == [Place(block="demands", row=row, name="held_by", key="north-korea") for row in SONY.demand_ids]
    moved = with_field(SONY, two.answers[0].place, "none")
    before, after = (believe(case, KNOWLEDGE).estimates("actor")["north-korea"].p for case in (SONY, moved))
    assert after < before


def test_the_summary_counts_what_is_open() -> None:
    """The summary counts the answers that nobody gave, and says what is there in whole words."""
    assessment = assess(SONY, KNOWLEDGE)
    unanswered = sum(not field.stated for actor in SONY.actor_ids for field in asked_of(assessment, actor))
    assert f"Of 16 questions about context {unanswered} are open." in summary(assessment)
    assert "4 candidates for who is behind it, 2 demands." in summary(assessment)
    blank = parse_case(new_case("a", title="A", frame="any-intrusion"))
    assert "1 candidate for who is behind it, no demand." in summary(assess(blank, KNOWLEDGE))
    assert list(HEADINGS) == ["frame", "target", "actors", "demands", "context", "deception", "pending"]


def test_a_checklist_moves_the_chance_of_framing_that_is_said() -> None:
    """Answers that speak for it raise the chance that is printed; with one candidate there is nobody to frame."""
    yes = with_field(SONY, Place(block="deception", row="north-korea", name="past_practice"), True)
    assert framing_words(assess(SONY, KNOWLEDGE), "north-korea") != framing_words(assess(yes, KNOWLEDGE), "north-korea")
    blank = parse_case(new_case("a", title="A", frame="any-intrusion"))
    assert "nobody else" in framing_words(assess(blank, KNOWLEDGE), "suspect")


def test_single_persons_among_the_candidates_are_a_reason_for_care() -> None:
    """A reminder names the candidates that are single persons, and stays away where there is none."""
    assert "not a finding of fact" in reminder(SONY)
    assert reminder(load_case("colonial-2021")) is None or "single person" in reminder(load_case("colonial-2021"))
    assert reminder(parse_case(new_case("a", title="A", frame="any-intrusion"))) is None


def test_overviews_have_a_row_for_each_and_a_dash_for_what_is_unknown() -> None:
    """Each candidate and each awaited report has a row of as many cells as there are heads."""
    case = with_row(SONY, "pending", {"id": "next", "fact": "claim_of", "grade": "B2", "cost": 40_000.0})
    assessment = assess(case, KNOWLEDGE)
    for block in ("actors", "demands", "pending"):
        columns, rows = overview(assessment, block)
        assert len(rows) == len(getattr(case, block))
        assert {len(row) for row in rows} == {len(columns)}
    assert overview(assessment, "pending")[1][0][1:] == ("\N{EN DASH}", "B2", "\N{EN DASH}", "40 k")
