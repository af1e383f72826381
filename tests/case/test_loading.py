"""From a path or an id to a case."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from cybercoercion.case import Campaign, Case, CaseError, load, load_campaign, load_case, read_shipped, shipped
from cybercoercion.case.loading import LARGEST

IDS = shipped()


@pytest.mark.parametrize("name", IDS)
def test_every_shipped_file_is_sound_and_bears_its_name(name: str) -> None:
    """Each shipped case or campaign can be read, and its id is the name of its file."""
    found = load(name)
    assert isinstance(found, Case | Campaign)
    assert found.id == name


def test_the_three_of_the_paper_are_shipped() -> None:
    """The paper's three episodes are there, the third as a campaign."""
    assert isinstance(load("sony-2014"), Case)
    assert isinstance(load("south-korea-2013"), Case)
    assert isinstance(load("ukraine-2014-2016"), Campaign)


def test_a_shipped_text_is_the_text_of_the_file() -> None:
    """What is read by id is what lies in the package."""
    path = files("cybercoercion.priors").joinpath("episodes", "sony-2014.toml")
    assert read_shipped("sony-2014") == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["../facts", "episodes/sony-2014", "sony-2014\n", "SONY-2014", "", "sony-2014.toml"])
def test_an_id_is_never_a_path(name: str) -> None:
    """Only the exact id of a shipped case is read, whatever else lies in the package."""
    with pytest.raises(CaseError, match="no shipped case of this name"):
        read_shipped(name)


def test_an_unknown_id_is_told_the_nearest() -> None:
    """A slip in an id leads to the list of ids, with the nearest named."""
    with pytest.raises(CaseError) as caught:
        load("sony-2041")
    (fault,) = caught.value.faults
    assert fault.file == "sony-2041"
    assert fault.allowed.endswith("(nearest: sony-2014)")
    assert "south-korea-2013" in fault.allowed


def test_a_file_is_read_by_string_and_by_path(tmp_path: Path, text: str, case: Case) -> None:
    """A path may be a string or a path."""
    path = tmp_path / "harbour.toml"
    path.write_text(text, encoding="utf-8")
    assert load(path) == load(str(path)) == load_case(path) == case


def test_a_mark_at_the_beginning_and_foreign_line_ends_are_read(tmp_path: Path, text: str, case: Case) -> None:
    """A file as some editors write it, with a byte order mark and CR LF, is the same case."""
    path = tmp_path / "harbour.toml"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load_case(path) == case


def test_an_id_is_shipped_before_it_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """A file in the working folder cannot stand in for a shipped case, but one without an ending can be read."""
    monkeypatch.chdir(tmp_path)
    for name in ("sony-2014", "harbour"):
        Path(name).write_text(text, encoding="utf-8")
    assert load_case("sony-2014").id == "sony-2014"
    assert load_case("harbour").id == "harbour"
    assert load_case(Path("sony-2014")).id == "harbour"


def test_what_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    """A missing file, a folder, a name that no file can have: each is told as it is."""
    for name, got in [
        (str(tmp_path / "none.toml"), "no such file"),
        (str(tmp_path), "a folder"),
        ("", "no such file"),
        ("a\0.toml", "cannot be read"),
        ("a/" * 5000 + "b", "cannot be read"),
    ]:
        with pytest.raises(CaseError) as caught:
            load(name)
        (fault,) = caught.value.faults
        assert fault.file == name
        assert got in fault.got


def test_a_file_in_another_encoding_names_the_line(tmp_path: Path, text: str) -> None:
    """The byte that is no UTF-8 is told with its line."""
    path = tmp_path / "harbour.toml"
    path.write_bytes(text.replace("The harbour", "Le h\xe2vre").encode("latin-1"))
    with pytest.raises(CaseError) as caught:
        load(path)
    (fault,) = caught.value.faults
    assert (fault.place, fault.line, fault.allowed) == ("line 4", 4, "text in UTF-8")
    assert "0xe2" in fault.got


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """More than the limit is refused, the limit itself is not."""
    path = tmp_path / "huge.toml"
    path.write_bytes(b"#" * (LARGEST + 1))
    with pytest.raises(CaseError, match="more than 5 MB"):
        load(path)
    path.write_bytes(b"#" * LARGEST)
    with pytest.raises(CaseError, match="required"):
        load(path)


def test_a_case_is_no_campaign_and_a_campaign_no_case() -> None:
    """Who asks for the one is not given the other."""
    with pytest.raises(CaseError, match="it has `cases`"):
        load_case("ukraine-2014-2016")
    with pytest.raises(CaseError, match="it has no `cases`"):
        load_campaign("sony-2014")
