"""The campaign sheet, sanctions and militarised disputes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.fit.importing.rows_by_hand import with_cells, write_csv, write_xlsx

from cybercoercion.fit.importing.campaigns import read_dcid_campaigns
from cybercoercion.fit.importing.columns import columns
from cybercoercion.fit.importing.mid import count_disputes, read_mid
from cybercoercion.fit.importing.ties import read_ties
from cybercoercion.fit.training import TrainingEpisode, TrainingError

ACTS = sorted({column for act in columns("dcid-campaigns").rest["acts"].values() for column in act["columns"]})
CAMPAIGN: dict[str, Any] = {
    **dict.fromkeys(ACTS, 0),
    "Cyberincidentnum": 1,
    "StateA": "US",
    "StateB": "Russia",
    "Name": "Paper Tiger",
    "interactionstartdate": "2014-03-01 00:14:24",
    "method": "4.1",
    "targettype": 2,
    "initiator": 2,
    "target": 365,
    "cyber_objective": 4,
    "information_operation": 0,
    "objective_achievement": 1,
    "Concession ": 1,
    "damage type": 1,
    "severity": 5,
    "Cyber_escalation": 0,
}
MID = {
    "disno": 10,
    "statea": 2,
    "stateb": 365,
    "year": 1990,
    "strtday": -9,
    "strtmnth": 5,
    "strtyr": 1990,
    "sideaa": 1,
    "outcome": 1,
    "revstata": 1,
    "revtypea": 3,
    "recip": 0,
    "hihost": 4,
}
TIES = {
    "caseid": 1990010101,
    "startyear": 1990,
    "startmonth": 2.0,
    "startday": "",
    "primarysender": 2,
    "targetstate": 630,
    "issue1": 13,
    "threat": 1,
    "imposition": 0,
    "anticipatedtargetcosts": 2,
    "targetcosts": "",
    "finaloutcome": 2,
}


def share(episodes: Iterable[TrainingEpisode], node: str) -> tuple[int, float]:
    """Return how many rows have the label, and the share of "yes"."""
    states = [one.labels[node].state for one in episodes if node in one.labels]
    return len(states), states.count("yes") / len(states)


def test_both_sides_of_an_incident(tmp_path: Path) -> None:
    """A side that acted by cyber means has technical facts and labels; one that did not has its other acts only."""
    silent = {"Name": "No Cyber", "method": "0.0", "initiator": 365, "target": 2, "Eemb/sanc-": 2, "Mil_Negative": 1}
    path = write_csv(tmp_path / "c.csv", [{**CAMPAIGN, "Mil_Negative": 0}, with_cells(CAMPAIGN, silent)])
    cyber, other = read_dcid_campaigns(path).episodes
    assert cyber.facts["method"] == "logic-bomb"
    assert cyber.facts["with_military"] == cyber.facts["with_economic"] == "no"
    assert {node: label.state for node, label in cyber.labels.items()} == {
        "objective": "degradation",
        "concession": "yes",
        "escalation": "no",
        "actor": "US",
    }
    assert (cyber.facts["cyber"], other.facts["cyber"]) == ("yes", "no")
    assert "method" not in other.facts
    assert other.facts["with_economic"] == other.facts["sanctions"] == "yes"
    assert not other.labels
    assert cyber.about["incident"] == other.about["incident"]
    assert cyber.start == date(2014, 3, 1)


def test_blank_acts_say_neither(tmp_path: Path) -> None:
    """A blank cell beside zeros is a gap; beside an act it does not matter."""
    rows = [with_cells(CAMPAIGN, {"Mthreat-": ""}), with_cells(CAMPAIGN, {"Mthreat-": "", "Musage-": 0.1})]
    training = read_dcid_campaigns(write_csv(tmp_path / "c.csv", rows))
    gap, act = training.episodes
    assert "with_military" not in gap.facts
    assert act.facts["with_military"] == "yes"
    assert any("'Mthreat-'" in note for note in training.notes)


def test_operations_that_stand_twice_are_named_and_kept(tmp_path: Path) -> None:
    """Two rows of one name, initiator and target are both kept, and a note names them."""
    training = read_dcid_campaigns(write_csv(tmp_path / "c.csv", [CAMPAIGN, CAMPAIGN]))
    assert len(training.episodes) == 2
    assert training.notes[-1].endswith("are kept: Paper Tiger")


def test_the_campaign_sheet_of_the_data(data_folder: Path) -> None:
    """There are 568 sides, 332 of which acted; sanctions go with concessions; doubled operations are named."""
    training = read_dcid_campaigns(data_folder / "dcid2_campaigns_2000_2016.csv")
    assert (len(training.episodes), len(training.refused)) == (568, 0)
    acting = [one for one in training.episodes if one.facts["cyber"] == "yes"]
    assert len(acting) == 332
    assert all("objective" in one.labels for one in acting)
    with_sanctions = share([one for one in acting if one.facts["sanctions"] == "yes"], "concession")
    without = share([one for one in acting if one.facts["sanctions"] == "no"], "concession")
    assert with_sanctions[1] > without[1]
    assert {"Buckshot Yankee", "AE", "BR", "NFPC", "Stuxnet_A", "Stuxnet_B"} <= set(
        training.notes[-1].split(": ")[1].split(", ")
    )


def test_a_sanction_by_hand(tmp_path: Path) -> None:
    """A threat that ended in total acquiescence; a day that is missing is the first."""
    (episode,) = read_ties(write_xlsx(tmp_path / "t.xlsx", [TIES])).episodes
    assert episode.labels["target_acquiesces"].state == "yes"
    assert episode.labels["outcome"].state == "total"
    assert (episode.facts["stage"], episode.facts["issue"], episode.facts["anticipated_cost"]) == (
        "threat",
        "trade",
        "major",
    )
    assert "target_cost" not in episode.facts
    assert episode.start == date(1990, 2, 1)
    assert (episode.about["sender_iso"], episode.about["target_iso"]) == ("US", "IR")


def test_a_sanction_without_a_number_is_kept_out(tmp_path: Path) -> None:
    """A row without a case number is named."""
    training = read_ties(write_csv(tmp_path / "t.csv", [TIES, with_cells(TIES, {"caseid": "?"})]))
    assert [fault.place for fault in training.refused] == ["row 3: caseid"]


def test_the_sanctions_of_the_data(data_folder: Path) -> None:
    """The workbook of 1,412 cases, 1,024 coded: targets acquiesce in .375 of all, .43 of threats, .33 once imposed."""
    episodes = read_ties(data_folder / "ties_4_1.xls").episodes
    assert len(episodes) == 1412
    assert share(episodes, "target_acquiesces") == (1024, 0.375)
    by_stage = {
        stage: share([one for one in episodes if one.facts.get("stage") == stage], "target_acquiesces")[1]
        for stage in ("threat", "imposed")
    }
    assert by_stage == pytest.approx({"threat": 0.43, "imposed": 0.33}, abs=0.005)
    by_cost = {
        cost: share([one for one in episodes if one.facts.get("anticipated_cost") == cost], "target_acquiesces")[1]
        for cost in ("minor", "major", "severe")
    }
    assert by_cost == pytest.approx({"minor": 0.29, "major": 0.53, "severe": 0.60}, abs=0.005)


def test_a_dispute_by_hand(tmp_path: Path) -> None:
    """Three rows of one dispute are one, seen from the side that began, in the last year."""
    mirrored = {"statea": 365, "stateb": 2, "sideaa": 0, "outcome": 2, "revstata": 0, "revtypea": 0}
    earlier = {"year": 1989, "strtyr": 1989, "outcome": 0}
    rows = [with_cells(MID, mirrored), MID, with_cells(MID, earlier)]
    training = read_mid(write_csv(tmp_path / "m.csv", [{name.upper(): v for name, v in row.items()} for row in rows]))
    (episode,) = training.episodes
    assert (episode.about["state_a_iso"], episode.about["state_b_iso"]) == ("US", "RU")
    assert episode.facts["goal"] == "regime"
    assert episode.labels["goal_reached"].state == "yes"
    assert episode.start == date(1990, 5, 1)
    assert dict(count_disputes(training)) == {"RU-US": 1}
    assert not count_disputes(training, 1991, 2001)


def test_a_dispute_without_codes_is_kept_out(tmp_path: Path) -> None:
    """A row without a state is named; one without a goal has no label."""
    rows = [with_cells(MID, {"stateb": ""}), with_cells(MID, {"disno": 11, "revtypea": -9})]
    training = read_mid(write_csv(tmp_path / "m.csv", rows))
    assert [fault.place for fault in training.refused] == ["row 2: stateb"]
    assert not training.episodes[0].labels


def test_the_disputes_of_the_data(data_folder: Path) -> None:
    """Since 1946 the side that began gets territory in .04, policy in .11 and regime in .36 of its disputes."""
    episodes = [one for one in read_mid(data_folder / "dyadic_mid_4_03.csv").episodes if one.start]
    late = [one for one in episodes if one.start and one.start.year >= 1946]
    found = {
        goal: share([one for one in late if one.facts.get("goal") == goal], "goal_reached")
        for goal in ("territory", "policy", "regime")
    }
    assert {goal: value for goal, (_, value) in found.items()} == pytest.approx(
        {"territory": 0.04, "policy": 0.11, "regime": 0.36}, abs=0.006
    )


@pytest.mark.parametrize("read", [read_dcid_campaigns, read_ties, read_mid])
def test_other_tables_are_refused(tmp_path: Path, read: Any) -> None:
    """A table of something else is refused, one fault for each column."""
    with pytest.raises(TrainingError) as caught:
        read(write_csv(tmp_path / "x.csv", [{"a": 1}]))
    assert len(caught.value.faults) > 5
