"""What can be opened, what is filed beside a case, and a case as TOML for machines."""

from __future__ import annotations

from datetime import date

import pytest

from cybercoercion.case import Case, CaseError, load, parse_case, shipped
from cybercoercion.case.editing import with_values
from cybercoercion.case.library import is_slug
from cybercoercion.case.loading import load_text
from cybercoercion.case.quick import quick_toml
from cybercoercion.screen.opening import blank, titles
from cybercoercion.vocabulary import FRAMES, TARGET_KINDS


@pytest.mark.parametrize("name", [name for name in shipped() if isinstance(load(name), Case)])
def test_every_shipped_case_is_read_back_from_its_quick_text(name: str) -> None:
    """The quick text of a shipped case is read back as the very case."""
    case = load(name)
    assert isinstance(case, Case)
    assert load_text(quick_toml(case)) == case


@pytest.mark.parametrize("text", ['"', "\\", "a\nb\tc", "'''", "# no comment", "Zürich 港 \U0001f600", "\\u0041"])
def test_odd_signs_are_read_back_from_the_quick_text(text: str) -> None:
    """Quotes, backslashes, line ends and signs of any script are read back as they were."""
    case = with_values(parse_case(blank("A", frame="any-intrusion", target="B", kind="firm")[1]), {"note": text})
    assert parse_case(quick_toml(case)).note == text


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("kind", TARGET_KINDS)
def test_a_blank_case_is_sound_for_every_frame_and_target(frame: str, kind: str) -> None:
    """A blank case has the frame, the target and the day that were said, and its text says the same."""
    case, text = blank("A port", frame=frame, target='The "port"', kind=kind, as_of=date(2026, 1, 5))
    assert parse_case(text) == case
    assert (case.frame, case.target.kind, case.target.name) == (frame, kind, 'The "port"')
    assert (case.reports, case.demands, case.as_of) == ((), (), date(2026, 1, 5))


def test_all_faults_of_a_blank_case_are_told_at_once() -> None:
    """A title, a frame, a name and a kind that may not be are all told together."""
    with pytest.raises(CaseError) as caught:
        blank("", frame="x", target="", kind="y")
    assert {fault.place.rpartition(", ")[2] for fault in caught.value.faults} >= {
        "title",
        "frame",
        "target.name",
        "target.kind",
    }


def test_titles_are_complete() -> None:
    """Every shipped case has its title."""
    assert titles() == {name: load(name).title for name in titles()}
    assert set(titles()) == set(shipped())


@pytest.mark.parametrize("title", ["../../etc/passwd", "A" * 500, "-", "Ünïcode", "other", "港"])
def test_the_id_of_a_blank_case_is_an_id_whatever_its_title(title: str) -> None:
    """The id that is made of a title has the form of an id and is no path."""
    assert is_slug(blank(title, frame="any-intrusion", target="B", kind="firm")[0].id)
