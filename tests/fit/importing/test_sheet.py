"""Sheets: three forms, one plain table, or a message that names what is missing."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fit.importing.rows_by_hand import DCID, write_csv, write_xlsx

from cybercoercion.fit.importing.sheet import plain, read_sheet
from cybercoercion.fit.training import TrainingError

TABLE = [{"A": "1", " b  c ": "x "}, {"A": 2.0, " b  c ": "y"}]


def test_numbers_read_the_same_however_they_are_stored() -> None:
    """The texts 3 and 3.0, the integer 3 and the float 3.0 are one code; 4.2 stays as it is."""
    assert {plain(value) for value in (3, 3.0, "3", "3.0", " 3.00 ")} == {"3"}
    assert plain(4.2) == plain("4.2") == "4.2"
    assert (plain(True), plain(None), plain(""), plain("  ")) == ("1", "", "", "")


def test_midnight_is_a_day() -> None:
    """A date with an empty time is the date; another time stays."""
    assert plain(datetime(2008, 2, 1)) == plain("2008-02-01T00:00:00") == plain(date(2008, 2, 1)) == "2008-02-01"  # noqa: DTZ001
    assert plain("2008-02-01 00:14:24") == "2008-02-01 00:14:24"


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_lose_their_point_and_nothing_else(number: int) -> None:
    """A whole number reads as its digits, from whatever type."""
    assert plain(f"{number}.0") == plain(number) == str(number)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_encoding_and_with_every_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """UTF-8 with or without a mark and Latin-1 read alike, with commas, semicolons or tabs."""
    path = write_csv(tmp_path / "a.csv", [{"A": "é", "B": "1.0"}], encoding=encoding, delimiter=delimiter)
    assert [dict(row.cells) for row in read_sheet(path, ["A", "B"]).rows] == [{"A": "é", "B": "1"}]


def test_column_names_are_found_whatever_their_case_and_blanks(tmp_path: Path) -> None:
    """`Concession ` is found as Concession; cells are stripped, and the raw text is kept."""
    sheet = read_sheet(write_csv(tmp_path / "a.csv", TABLE), ["a", "B c"])
    assert [dict(row.cells) for row in sheet.rows] == [{"a": "1", "B c": "x"}, {"a": "2", "B c": "y"}]
    assert sheet.rows[0].raw["B c"] == "x "
    assert [row.place for row in sheet.rows] == ["row 2", "row 3"]


def test_workbook_and_csv_of_one_table_have_the_same_rows(tmp_path: Path) -> None:
    """A row has the same cells and fingerprint in XLSX as in CSV."""
    one = read_sheet(write_csv(tmp_path / "a.csv", [DCID]), list(DCID))
    two = read_sheet(write_xlsx(tmp_path / "a.xlsx", [DCID]), list(DCID))
    assert one.rows[0].cells == two.rows[0].cells
    assert one.rows[0].fingerprint("dcid") == two.rows[0].fingerprint("dcid") != one.rows[0].fingerprint("other")
    assert one.digest != two.digest


def test_the_first_sheet_with_the_columns_is_read(tmp_path: Path) -> None:
    """Sheets without the columns are passed over, and so are titles above the header."""
    path = write_xlsx(tmp_path / "a.xlsx", [{"A": 1, "B": 2}], before=[[{"A": 9, "C": 9}]], title="Table 1")
    sheet = read_sheet(path, ["A", "B"])
    assert [dict(row.cells) for row in sheet.rows] == [{"A": "1", "B": "2"}]
    assert sheet.rows[0].number == 3


def test_what_a_file_is_its_bytes_say(tmp_path: Path) -> None:
    """A workbook under the name of a CSV is still a workbook."""
    path = write_xlsx(tmp_path / "a.csv", [{"A": 1}])
    assert read_sheet(path, ["A"]).rows[0].cells["A"] == "1"


def test_every_missing_column_is_named_with_its_like(tmp_path: Path) -> None:
    """Two columns that are missing make two faults; the near name is offered."""
    path = write_csv(tmp_path / "a.csv", [{"A": 1, "severty": 2, "x": 3}])
    with pytest.raises(TrainingError) as caught:
        read_sheet(path, ["A", "severity", "method"])
    first, second = caught.value.faults
    assert (first.place, first.got) == ("column 'severity'", "no such column, but 'severty'")
    assert (second.place, second.got) == ("column 'method'", "no such column")


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """Nobody can say which of two columns of one name is meant."""
    (tmp_path / "a.csv").write_text("A,B,a\n1,2,3\n", encoding="utf-8")
    with pytest.raises(TrainingError, match="more than once: A"):
        read_sheet(tmp_path / "a.csv", ["A", "B"])


def test_rows_of_another_length_are_kept_out(tmp_path: Path) -> None:
    """A row with a cell too many or too few is named; blank rows are not even that."""
    (tmp_path / "a.csv").write_text("A,B\n1,2\n1,2,3\n1\n\n,\n3,4\n", encoding="utf-8")
    sheet = read_sheet(tmp_path / "a.csv", ["A", "B"])
    assert [row.cells["A"] for row in sheet.rows] == ["1", "3"]
    assert [(fault.place, fault.got) for fault in sheet.refused] == [("row 3", "3 cells"), ("row 4", "1 cells")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"PK\x03\x04 no workbook",
        b"\xd0\xcf\x11\xe0 no workbook either",
        b"\x00\x01\x02",
        b'A,B\n1,"2\n3,4\n',
        b"{}",
    ],
)
def test_what_is_no_table_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    """Broken files end in one message that names the file, never in another error."""
    path = tmp_path / "broken.xlsx"
    path.write_bytes(content)
    with pytest.raises(TrainingError, match=r"broken\.xlsx"):
        read_sheet(path, ["A", "B"])


@given(st.binary(max_size=300))
def test_no_bytes_make_another_error(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Whatever a file holds, it is a table or a TrainingError."""
    path = tmp_path_factory.mktemp("any") / "any"
    path.write_bytes(content)
    with pytest.raises(TrainingError):
        read_sheet(path, ["no file has this column", "nor this"])


def test_absent_files_and_folders_are_refused(tmp_path: Path) -> None:
    """A path that leads nowhere, or to a folder, is named."""
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(TrainingError, match="allowed: a table"):
            read_sheet(path, ["A"])
