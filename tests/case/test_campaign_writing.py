"""A campaign back into its own file, and files that come without a folder."""

from __future__ import annotations

import pytest

from cybercoercion.assessment import changed
from cybercoercion.case import Campaign, CaseError, load_campaign, read_shipped
from cybercoercion.case.campaign_writing import says, update_campaign
from cybercoercion.case.loading import decoded, load_text

NAME = "ukraine-2014-2016"


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    """Return a shipped campaign."""
    return load_campaign(NAME)


def test_changed_stakes_of_a_campaign_are_read_back_and_comments_stay(campaign: Campaign) -> None:
    """Changed stakes stand in the written file, are read back as they were set, and every comment stays."""
    text, harder = read_shipped(NAME), changed(campaign, ["stakes.resilience=0.5"])
    written = update_campaign(text, harder)
    assert load_text(written) == harder
    assert {line.strip() for line in text.splitlines() if line.startswith("#")} <= set(written.splitlines())


def test_another_day_of_a_campaign_is_read_back(campaign: Campaign) -> None:
    """A campaign that is looked at on an earlier day is written with that day, and read back as it was."""
    day = min(report.known_date for one in campaign.episodes for report in one.reports if report.known_date)
    earlier = campaign.as_known_on(day)
    assert load_text(update_campaign(read_shipped(NAME), earlier)).episodes == earlier.episodes


def test_a_change_within_an_episode_is_not_said_by_the_file_of_the_campaign(campaign: Campaign) -> None:
    """A report that is switched off in an episode is not in the campaign's own file, and `says` says so."""
    episode = campaign.episodes[-1]
    other = changed(campaign, [f"reports.{episode.reports[0].id}.off=true"])
    assert not says(update_campaign(read_shipped(NAME), other), other)


def test_an_episode_that_did_not_come_along_is_named() -> None:
    """A campaign whose episode is no shipped case is refused with its name, and no file is looked for."""
    text = 'schema = 1\nid = "a"\ntitle = "A"\ncases = ["pyproject.toml", "../../etc/passwd"]\n'
    with pytest.raises(CaseError) as caught:
        load_text(text)
    assert any("cases" in fault.place for fault in caught.value.faults)
    with pytest.raises(CaseError, match=r"pyproject\.toml"):
        load_text(text.replace(', "../../etc/passwd"', ""))


@pytest.mark.parametrize(
    ("content", "got"), [(b"\xff\xfe", "0xff"), (b"PK\x03\x04\x80", "0x80"), (b"#" * 5_000_001, "more than 5 MB")]
)
def test_bytes_that_are_no_text_are_refused(content: bytes, got: str) -> None:
    """What is no UTF-8 and what is too large is refused before anything reads it."""
    with pytest.raises(CaseError, match=got):
        decoded(content, "upload")
