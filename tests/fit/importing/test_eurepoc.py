"""EuRepoC: lists in every way of writing, kinds of actor, and agreement with the comparison."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fit.importing.comparison import comparison
from tests.fit.importing.rows_by_hand import EUREPOC, changed, without, write_csv, write_xlsx

from cybercoercion.fit.importing.columns import columns
from cybercoercion.fit.importing.eurepoc import items, read_eurepoc
from cybercoercion.fit.training import Training, TrainingError
from cybercoercion.vocabulary import KINDS


def read(tmp_path: Path, *rows: dict[str, object]) -> Training:
    """Read rows through a file."""
    return read_eurepoc(write_csv(tmp_path / "eurepoc.csv", rows))


def test_a_row_by_hand(tmp_path: Path) -> None:
    """Flags, texts, labels and places of a sound row are as coded."""
    (episode,) = read(tmp_path, EUREPOC).episodes
    flags = {name for name, state in episode.facts.items() if state == "yes"}
    assert flags == {"theft", "doxing", "access", "at_government", "at_media", "claimed"}
    assert episode.facts["misuse"] == episode.facts["disruption"] == "no"
    assert {name: episode.facts[name] for name in ("intensity", "conflict", "issue", "receiver")} == {
        "intensity": "3",
        "conflict": "Yes / HIIK intensity",
        "issue": "Territory",
        "receiver": "Ukraine",
    }
    assert {node: label.state for node, label in episode.labels.items()} == {
        "kind": "non-state group",
        "network_kind": "activist",
        "claimed": "yes",
    }
    assert episode.start == date(2015, 12, 23)
    assert episode.campaign == "paper tiger"
    assert episode.about["receiver_iso"], episode.about["initiator_iso"] == ("UA", "RU")


LISTS = st.lists(st.text("abc XYZ,/()-", min_size=1).map(str.strip).filter(bool), max_size=5)


@given(LISTS)
def test_lists_read_the_same_however_they_are_written(names: list[str]) -> None:
    """Joined by semicolons, as a list, as lists in a list, and as a text in a list: the same elements in order."""
    expected = tuple(names)
    assert items("; ".join(names)) == expected
    assert items(repr(names)) == expected
    assert items(repr([[name] for name in names])) == expected
    assert items(repr(["; ".join(names)])) == expected


@given(st.text(max_size=60))
def test_no_text_is_beyond_reading(text: str) -> None:
    """Broken lists are read as well as they can be, and nothing fails."""
    assert all(item.strip() for item in items(text))


def test_a_broken_list_still_gives_its_names() -> None:
    """A bracket that is never closed costs no row."""
    assert items("['State; 'Media']") == ("State", "Media")
    assert items("[['State'") == ("State",)


@pytest.mark.parametrize(
    ("category", "subcode", "kind", "network"),
    [
        ("['State']", "", "state", {"state"}),
        ("State; Non-state-group", "", "state", {"state"}),
        ("['Non-state actor, state-affiliation suggested']", "", "state-linked", {"state-linked"}),
        ("['Individual hacker(s)']", "", "individual", {"individual"}),
        ("['Unknown - not attributed']", "", "unknown", {"unknown"}),
        ("", "", "unknown", {"unknown"}),
        ("['Non-state-group']", "", "non-state group", {"criminal", "activist"}),
        ("['Non-state-group']", "['Criminal(s)']", "non-state group", {"criminal"}),
        ("['Non-state-group']", "['Hacktivist(s)', 'Criminal(s)']", "non-state group", {"criminal", "activist"}),
        ("['Non-state-group']", "['Terrorist(s)']", "non-state group", {"activist"}),
    ],
)
def test_kinds(tmp_path: Path, category: str, subcode: str, kind: str, network: set[str]) -> None:
    """Five kinds as in the comparison; in the network a group is criminal, activist, or one of both."""
    row = changed(EUREPOC, initiator_category=category, initiator_category_subcode=subcode)
    (episode,) = read(tmp_path, row).episodes
    assert episode.labels["kind"].state == kind
    label = episode.labels["network_kind"]
    assert set(label.weights) == network <= set(KINDS)
    assert label.certainty == ("hard" if len(network) == 1 else "set")
    assert set(label.weights.values()) == {1.0}


def test_a_row_without_a_date_is_kept_out(tmp_path: Path) -> None:
    """It is named and counted."""
    training = read(tmp_path, EUREPOC, changed(EUREPOC, start_date="Not available"))
    (fault,) = training.refused
    assert fault.place == "row 3, 'Paper Tiger/First Attack': start_date"
    assert len(training.episodes) == 1


def test_blank_texts_are_gaps_and_counted(tmp_path: Path) -> None:
    """Intensity that is no number, and a receiver that is blank, are left out; an issue that is blank is Unknown."""
    row = changed(EUREPOC, weighted_cyber_intensity="high", receiver_country="", cyber_conflict_issue="")
    training = read(tmp_path, row)
    facts = training.episodes[0].facts
    assert "intensity" not in facts
    assert "receiver" not in facts
    assert facts["issue"] == "Unknown"
    assert len(training.notes) == 2


def test_workbooks_read_the_same(tmp_path: Path) -> None:
    """CSV and XLSX give the same episodes."""
    assert (
        read_eurepoc(write_xlsx(tmp_path / "e.xlsx", [EUREPOC])).episodes
        == read(tmp_path, changed(EUREPOC, weighted_cyber_intensity=3)).episodes
    )


def test_missing_columns_are_all_named(tmp_path: Path) -> None:
    """Two missing columns make two faults."""
    with pytest.raises(TrainingError) as caught:
        read(tmp_path, without(EUREPOC, "start_date", "incident_type"))
    assert {fault.place for fault in caught.value.faults} == {"column 'start_date'", "column 'incident_type'"}


def test_the_import_is_the_comparison_row_by_row(data_folder: Path) -> None:
    """Kind, claim and flags agree; the comparison counts access among misuse, and cuts a name at its apostrophe."""
    path = data_folder / "eurepoc_1_1_2000_2020.csv"
    theirs = comparison(data_folder).load_eurepoc(path)
    training = read_eurepoc(path)
    assert len(training.episodes) == len(theirs) == 1330
    assert not training.refused
    flags = set(columns("eurepoc").rest["flags"])
    assert flags | set(columns("eurepoc").rest["texts"]) == set(theirs.columns) - {"kind", "year"}
    for ours, (_, row) in zip(training.episodes, theirs.iterrows(), strict=True):
        assert ours.labels["kind"].state == row.kind
        assert ours.start is not None
        assert ours.start.year == row.year
        for flag in flags - {"misuse"}:
            assert (ours.facts[flag] == "yes") == (row[flag] == "True")
        assert ("yes" in (ours.facts["misuse"], ours.facts["access"])) == (row.misuse == "True")
        assert ours.facts["issue"] == row.issue
        assert ours.facts.get("receiver", "?").split("'")[0] == row.receiver
        assert float(ours.facts["intensity"]) == float(row.intensity)
    assert len({episode.fingerprint for episode in training.episodes}) == 1330
