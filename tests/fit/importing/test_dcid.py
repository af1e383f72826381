"""DCID: what each column becomes, what is refused, and that folds are those of the comparison."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from tests.fit.importing.comparison import comparison
from tests.fit.importing.rows_by_hand import DCID, changed, with_cells, without, write_csv, write_xlsx

from cybercoercion.fit.importing.columns import columns
from cybercoercion.fit.importing.dcid import actor_classes, read_dcid
from cybercoercion.fit.training import Training, TrainingError
from cybercoercion.knowledge import load_knowledge
from cybercoercion.vocabulary import OBJECTIVES, facts

NAMES = {
    "method": "method",
    "target": "target_type",
    "sector": "sector",
    "supply": "supply_chain",
    "ransom": "dcid_ransomware",
    "third": "third_party",
    "damage": "damage",
    "severity": "dcid_severity",
    "info": "information_operation",
    "achieved": "objective_achieved",
    "duration": "duration",
}


def read(tmp_path: Path, *rows: dict[str, object]) -> Training:
    """Read rows through a file."""
    return read_dcid(write_csv(tmp_path / "dcid.csv", rows))


def test_a_row_by_hand(tmp_path: Path) -> None:
    """Every fact, label and name of a sound row is what the codebook says."""
    (episode,) = read(tmp_path, DCID).episodes
    assert dict(episode.facts) == {
        "method": "denial-of-service",
        "target_type": "government",
        "sector": "government-facilities",
        "supply_chain": "no",
        "dcid_ransomware": "no",
        "third_party": "no",
        "damage": "direct-immediate",
        "dcid_severity": "2",
        "information_operation": "yes",
        "objective_achieved": "yes",
        "duration": "week",
    }
    assert {node: label.state for node, label in episode.labels.items()} == {
        "objective": "disruption",
        "actor": "Russia",
        "concession": "no",
    }
    assert episode.start == date(2014, 3, 1)
    assert episode.campaign == "paper tiger"
    assert dict(episode.about) == {
        "initiator": "Russia",
        "initiator_iso": "RU",
        "initiator_code": "365",
        "victim": "Ukraine",
        "victim_iso": "UA",
        "victim_code": "369",
        "concession": "0",
    }


def test_the_states_are_those_of_the_dictionary() -> None:
    """Each mapped state is a state of the fact, and every technical fact of DCID has a table given the objective."""
    table, knowledge = columns("dcid"), load_knowledge(draws=0)
    for name, coded in table.facts.items():
        assert set(coded.codes.values()) <= set(facts()[name].states)
        assert facts()[name].group == "technical"
        assert knowledge.tables[name].given == ("objective",)
    assert {*table.rest["spans"]["duration"]["days"], "longer", "unknown"} == set(facts()["duration"].states)
    assert set(table.labels["objective"].codes.values()) == set(OBJECTIVES) - {"gain"}
    assert set(NAMES.values()) == {*table.facts, "duration"}


@pytest.mark.parametrize(
    ("end", "state"),
    [
        ("2014-03-01", "day"),
        ("2014-03-02", "day"),
        ("2014-03-03", "week"),
        ("2014-03-08", "week"),
        ("2014-04-01", "month"),
        ("2014-08-28", "half-year"),
        ("2014-08-29", "two-years"),
        ("2016-03-01", "longer"),
        ("2014-02-01", "day"),
        ("3/5/2014", "week"),
        ("2014-03-05 00:00:00", "week"),
    ],
)
def test_duration_counts_days_from_start_to_end(tmp_path: Path, end: str, state: str) -> None:
    """An incident of 1, 7, 31, 180, 730 days is in the lower band, one more day in the next."""
    assert read(tmp_path, changed(DCID, interactionenddate=end)).episodes[0].facts["duration"] == state


@pytest.mark.parametrize(
    ("column", "text", "fact"),
    [
        ("method", "7", "method"),
        ("severity", "11", "dcid_severity"),
        ("severity", "", "dcid_severity"),
        ("Crit Inf", "99", "sector"),
        ("interactionenddate", "some day", "duration"),
        ("interactionstartdate", "", "duration"),
        ("Ransomware", "maybe", "dcid_ransomware"),
    ],
)
def test_a_cell_that_no_codebook_knows_is_a_gap(tmp_path: Path, column: str, text: str, fact: str) -> None:
    """The row stays, the fact is missing, and a note counts the cell."""
    training = read(tmp_path, with_cells(DCID, {column: text}), with_cells(DCID, {column: text}), DCID)
    assert [fact in episode.facts for episode in training.episodes] == [False, False, True]
    (note,) = training.notes
    assert f"column {column!r}" in note
    assert "in 2 rows" in note
    assert not training.refused


@pytest.mark.parametrize(
    ("column", "text"),
    [("cyber_objective", "5"), ("cyber_objective", ""), ("initiator", ""), ("initiator", "999"), ("initiator", "Mars")],
)
def test_a_row_without_objective_or_initiator_is_kept_out(tmp_path: Path, column: str, text: str) -> None:
    """It is refused by row, name and column, with what was found."""
    training = read(tmp_path, DCID, with_cells(DCID, {column: text}))
    assert len(training.episodes) == 1
    (fault,) = training.refused
    assert fault.place == f"row 3, 'Paper Tiger 1': {column}"
    assert fault.got == repr(text)
    assert training.summary() == "dcid: 1 rows from dcid.csv, 1 kept out"


def test_high_severities_are_states(tmp_path: Path) -> None:
    """Severities 7 to 10, which no incident up to 2016 has, are read."""
    rows = [changed(DCID, severity=level) for level in (7, 8, 9, 10.0)]
    assert [one.facts["dcid_severity"] for one in read(tmp_path, *rows).episodes] == ["7", "8", "9", "10"]


def test_an_initiator_not_seen_before_is_other(tmp_path: Path) -> None:
    """The United Kingdom is of the class `other`, and its victim is the other state of the dyad."""
    row = changed(DCID, StateA="UK", StateB="Russia", initiator=200)
    (episode,) = read(tmp_path, row).episodes
    assert episode.labels["actor"].state == "other"
    assert (episode.about["initiator_iso"], episode.about["victim"]) == ("GB", "Russia")


def test_a_victim_that_nobody_knows_keeps_its_name(tmp_path: Path) -> None:
    """A name that no list holds is kept without codes."""
    (episode,) = read(tmp_path, changed(DCID, StateB="Ruritania")).episodes
    assert episode.about["victim"] == "Ruritania"
    assert "victim_iso" not in episode.about


def test_an_initiator_in_neither_column_hit_the_first(tmp_path: Path) -> None:
    """As in the comparison, the victim is then the first state."""
    (episode,) = read(tmp_path, changed(DCID, initiator=630)).episodes
    assert episode.about["victim"] == "Russia"


def test_rows_are_known_again(tmp_path: Path) -> None:
    """The fingerprint of a row survives another number, another form and further columns, and no other change."""
    one = read(tmp_path, DCID).episodes[0].fingerprint
    moved = write_xlsx(tmp_path / "b.xlsx", [DCID, changed(DCID, Cyberincidentnum=99, further="x")])
    assert {episode.fingerprint for episode in read_dcid(moved).episodes} == {one}
    assert read(tmp_path, changed(DCID, severity=3)).episodes[0].fingerprint != one
    assert len(one) == 16


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    """Without Concession the file is refused; the message names that column alone."""
    with pytest.raises(TrainingError) as caught:
        read(tmp_path, without(DCID, "Concession "))
    (fault,) = caught.value.faults
    assert fault.place == "column 'Concession'"


def test_the_import_is_the_comparison_row_by_row(data_folder: Path) -> None:
    """Objective, actor, victim, campaign and the eleven features agree with the comparison, up to their names."""
    path = data_folder / "dcid2_incidents_2000_2016.csv"
    theirs = comparison(data_folder).load(path)
    training = read_dcid(path)
    assert len(training.episodes) == len(theirs) == 284
    assert not training.refused
    objective = columns("dcid").labels["objective"].codes
    pairs: dict[str, set[tuple[str, str]]] = {name: set() for name in NAMES}
    for ours, (_, row) in zip(training.episodes, theirs.iterrows(), strict=True):
        assert ours.labels["objective"].state == objective[row.objective]
        assert ours.labels["actor"].state == row.actor
        assert ours.about["victim"] == row.victim
        assert ours.campaign == row.campaign
        for name, fact in NAMES.items():
            pairs[name].add((row[name], ours.facts.get(fact, "?")))
    for found in pairs.values():
        assert len({one for one, _ in found}) == len({other for _, other in found}) == len(found)
    assert len({episode.fingerprint for episode in training.episodes}) == 284
    assert actor_classes() == (*comparison(data_folder).ACTORS, "other")


def test_a_workbook_of_the_data_reads_the_same(data_folder: Path, tmp_path: Path) -> None:
    """The whole sheet, written as XLSX with typed cells, gives the same episodes."""
    path = data_folder / "dcid2_incidents_2000_2016.csv"
    pd.read_csv(path).to_excel(tmp_path / "dcid.xlsx", index=False)
    again = read_dcid(tmp_path / "dcid.xlsx")
    assert again.episodes == read_dcid(path).episodes


def test_the_shipped_rows_are_the_counts(data_folder: Path) -> None:
    """Tables of technical facts are counts, with four cases spread as the pooled share of half a case more."""
    episodes = read_dcid(data_folder / "dcid2_incidents_2000_2016.csv").episodes
    knowledge = load_knowledge(draws=0)
    for fact in ("information_operation", "dcid_ransomware", "supply_chain"):
        pooled = (sum(one.facts[fact] == "yes" for one in episodes) + 0.5) / (len(episodes) + 1)
        count = Counter((one.labels["objective"].state, one.facts[fact]) for one in episodes)
        for row, objective in enumerate(OBJECTIVES[:4]):
            yes, no = count[objective, "yes"], count[objective, "no"]
            expected = (yes + 4 * pooled) / (yes + no + 4)
            assert knowledge.tables[fact].value[row][0] == pytest.approx(expected, abs=6e-5)
