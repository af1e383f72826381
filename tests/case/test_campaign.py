"""Episodes that share their candidates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cybercoercion.case import Campaign, CaseError, load_campaign, parse_case

EPISODE = """\
schema = 1
id = "{id}"
title = "Grid"
as_of = 2016-01-10
target = {{ name = "Grid", kind = "operator" }}
frame = "disruptive-in-dispute"
{rest}
"""
CAMPAIGN = """\
schema = 1
id = "grids"
title = "Two grids"
cases = [{cases}]
{rest}
[[actors]]
id = "east"
kind = "state"
capability = "advanced"

[[demands]]
id = "turn"
text = "Turn back"
held_by = {{ east = "held" }}
"""
WEST = '[[actors]]\nid = "west"\nkind = "state"\n'
WEAK_EAST = '[[actors]]\nid = "east"\nkind = "criminal"\ncapability = "none"\n'
NAMES_EAST = '[[reports]]\nid = "r"\nfact = "language"\nfinding = "east"\nknown_date = 2016-01-05\n'

type Made = Callable[..., Campaign]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Return a function that writes a campaign of episodes and reads it."""

    def make(rest: str = "", cases: str | None = None, **episodes: str) -> Campaign:
        for name, content in episodes.items():
            text = EPISODE.format(id=name, rest=content)
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        listed = ", ".join(f'"{name}.toml"' for name in episodes) if cases is None else cases
        (tmp_path / "grids.toml").write_text(CAMPAIGN.format(cases=listed, rest=rest), encoding="utf-8")
        return load_campaign(tmp_path / "grids.toml")

    return make


def test_episodes_get_the_candidates_of_the_campaign(made: Made) -> None:
    """An episode without candidates of its own speaks of those of the campaign."""
    campaign = made(one=NAMES_EAST)
    assert campaign.actor_ids == ("east",)
    assert campaign.demand_ids == ("turn",)
    assert campaign.episodes[0].reports[0].finding == "east"


def test_all_episodes_name_the_same_candidates_in_the_same_order(made: Made) -> None:
    """The candidates of the campaign come first, then those of the episodes by first mention, in every episode."""
    campaign = made(one=WEAK_EAST, two=WEST + NAMES_EAST)
    assert [episode.actor_ids for episode in campaign.episodes] == [("east", "west")] * 2


def test_the_definition_of_the_campaign_holds(made: Made) -> None:
    """Where campaign and episode define one actor, the campaign's definition holds; else the episode's own."""
    campaign = made(one=WEAK_EAST + WEST, two=WEST.replace("state", "criminal"), three="")
    assert {episode.actor("east").capability for episode in campaign.episodes} == {"advanced"}
    assert [episode.actor("west").kind for episode in campaign.episodes] == ["state", "criminal", "state"]


def test_a_shared_date_moves_every_episode(made: Made) -> None:
    """With a date the campaign is looked at on this date, without one each episode on its own."""
    assert made(one=NAMES_EAST).as_of == date(2016, 1, 10)
    early = made(rest="as_of = 2016-01-01", one=NAMES_EAST)
    assert early.as_of == date(2016, 1, 1)
    assert early.episodes[0].hidden()
    assert not early.as_known_on(date(2016, 1, 5)).episodes[0].hidden()


def test_a_shipped_case_can_be_an_episode(made: Made) -> None:
    """An episode is a file beside the campaign or a shipped id."""
    assert made(cases='"one.toml", "sony-2014"', one="").episodes[1].id == "sony-2014"


def test_a_campaign_is_a_value(made: Made) -> None:
    """A campaign hashes and equals another reading of its file."""
    assert made(one="") == made(one="")
    assert len({made(one=""), made(one="")}) == 1
    assert (made(one="").id, made(one="").title) == ("grids", "Two grids")


def test_faults_are_named_in_the_file_that_holds_them(made: Made) -> None:
    """Faults of several members come at once, with the file, row and line where each was written."""
    with pytest.raises(CaseError) as caught:
        made(
            one=WEST + '[[actors]]\nid = "south"\nkind = "kingdom"\n',
            two='[[reports]]\nid = "r"\nfact = "language"\nfinding = "eats"\n',
        )
    one, two = caught.value.faults
    assert (Path(one.file).name, one.line) == ("one.toml", 12)
    assert one.place == 'line 12, actors[2] "south": kind'
    assert (Path(two.file).name, two.place) == ("two.toml", 'line 10, reports[1] "r": finding')
    assert "(nearest: east)" in two.allowed


def test_a_fault_of_the_campaign_is_told_once(made: Made) -> None:
    """What the campaign file says wrongly is told for that file only, however many episodes there are."""
    with pytest.raises(CaseError) as caught:
        made(rest='[[demands]]\nid = "go"\ntext = "Go"\nheld_by = { west = "held" }', one="", two="")
    (fault,) = caught.value.faults
    assert Path(fault.file).name == "grids.toml"
    assert fault.place == 'line 8, demands[1] "go": held_by.west'


def test_double_rows_of_an_episode_are_seen(made: Made) -> None:
    """Two rows with one id in an episode are refused, although candidates are merged."""
    with pytest.raises(CaseError) as caught:
        made(one=WEST + WEST)
    assert ["an id of its own" in fault.allowed for fault in caught.value.faults] == [True]


@pytest.mark.parametrize("rest", ["actors = 3", 'demands = "go"', "[actors]"])
def test_a_block_that_is_no_list_is_refused(made: Made, rest: str) -> None:
    """Merging hides no fault: candidates of an episode that are no list are refused."""
    with pytest.raises(CaseError) as caught:
        made(one=rest, two="")
    assert [(Path(fault.file).name, fault.allowed) for fault in caught.value.faults] == [("one.toml", "a list")]


@pytest.mark.parametrize(
    ("cases", "got", "allowed"),
    [
        ("", "no case", "at least one"),
        ('"one.toml", "one.toml"', "'one.toml' 2 times", "each once"),
        ('"../one.toml"', "'../one.toml'", "beside the campaign file"),
        ('"/etc/passwd.toml"', "'/etc/passwd.toml'", "beside the campaign file"),
        ('".hidden.toml"', "'.hidden.toml'", "beside the campaign file"),
        ('"one.txt"', "'one.txt'", "beside the campaign file"),
        ("1", "1", "text in quotes"),
        ('"none.toml"', "no such file", "the path of a case file"),
        ('"no-such-case"', "no shipped case of this name", "a shipped id"),
        ('"grids.toml"', "a campaign within a campaign", "case files only"),
        ('"ukraine-2014-2016"', "a campaign within a campaign", "case files only"),
    ],
)
def test_members_are_case_files_beside_it_or_shipped(made: Made, cases: str, got: str, allowed: str) -> None:
    """Nothing else can be an episode, and no name leads out of the folder."""
    with pytest.raises(CaseError) as caught:
        made(cases=cases, one="")
    (fault,) = caught.value.faults
    assert got in fault.got
    assert allowed in fault.allowed


def test_two_episodes_of_one_id_are_refused(made: Made, tmp_path: Path) -> None:
    """Answers are listed by the id of the episode, so ids differ."""
    (tmp_path / "two.toml").write_text(EPISODE.format(id="one", rest=""), encoding="utf-8")
    with pytest.raises(CaseError, match="2 episodes with the id 'one'"):
        made(cases='"one.toml", "two.toml"', one="")


def test_a_campaign_is_no_case_text() -> None:
    """Text with `cases` is refused where a case is asked for."""
    with pytest.raises(CaseError, match="it has `cases`"):
        parse_case('cases = ["a.toml"]')


@pytest.mark.parametrize("cases", ["3", '"a.toml"', "[[1]]", "{}"])
def test_cases_of_a_wrong_type_are_refused(tmp_path: Path, cases: str) -> None:
    """Whatever stands in `cases`, a campaign file that is none is refused in words."""
    path = tmp_path / "grids.toml"
    path.write_text(f'schema = 1\nid = "a"\ntitle = "A"\ncases = {cases}\nactors = 3', encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        load_campaign(path)
    assert {fault.place.partition(", ")[2] for fault in caught.value.faults} >= {"actors"}
    assert len(caught.value.faults) == 2
