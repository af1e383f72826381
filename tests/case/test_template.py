"""A case file to begin with."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cybercoercion.case import CaseError, new_case, parse_case
from cybercoercion.case.fields import TEXT
from cybercoercion.vocabulary import FRAMES


def opened(text: str) -> str:
    """Return the template with its examples switched on."""
    return re.sub(r"(?m)^#(?=[a-z\[])", "", text)


@pytest.mark.parametrize("frame", FRAMES)
def test_a_new_case_is_sound(frame: str) -> None:
    """The template is a sound case as it stands, in every frame."""
    case = parse_case(new_case("port", title="A port", frame=frame, as_of=date(2026, 1, 5)))
    assert (case.id, case.title, case.frame, case.as_of) == ("port", "A port", frame, date(2026, 1, 5))


def test_the_examples_of_a_new_case_are_sound() -> None:
    """With all its examples switched on, the template is a sound case with every block but the labels."""
    case = parse_case(opened(new_case("port", title="A port", frame="any-intrusion")))
    assert case.demands
    assert case.reports
    assert case.pending
    assert case.deception
    assert case.stakes.harm_now is not None


def test_every_block_is_explained() -> None:
    """A line of prose stands above each block."""
    lines = new_case("port", title="A port", frame="any-intrusion").splitlines()
    for above, line in pairwise(lines):
        if re.match(r"#?\[", line):
            assert above.startswith("# "), line


@given(title=st.from_regex(TEXT, fullmatch=True).filter(bool))
def test_any_title_can_be_written(title: str) -> None:
    """Quotes, breaks and control characters in a title come back as they were."""
    assert parse_case(new_case("port", title=title, frame="any-intrusion")).title == title


@pytest.mark.parametrize(
    ("id", "title", "frame"),
    [("../port", "A", "any-intrusion"), ("port", "", "any-intrusion"), ("port", "A", "x"), ("port", "\udcff", "x")],
)
def test_what_no_case_may_say_is_refused(id: str, title: str, frame: str) -> None:  # noqa: A002
    """A new case passes the same door as any other."""
    with pytest.raises(CaseError):
        new_case(id, title=title, frame=frame)
