"""On which line a key stands."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.case.example import TEXT

from cybercoercion.case.lines import lines_of

TEXT_WITH_TRAPS = '''\
# [[reports]] in a comment
a = """
[[reports]]
id = "in a string" """
b = \'\'\'
c = 1\'\'\'
"quoted key" = [ # an open list
  "]", # [x]
  { d = 1 },
]
e.f = 1
[[rows]]
g = "a # b = ]"
[rows.below]
h = 1
[[rows]] # two
g = \'[[\'
[[rows.deep]]
i = 1
[[rows.deep]]
i = 2
["x.y"]
j = 1
'''


def test_strings_comments_and_lists_mislead_nobody() -> None:
    """Only what TOML takes for a key or a table has a line."""
    tomllib.loads(TEXT_WITH_TRAPS)
    assert lines_of(TEXT_WITH_TRAPS) == {
        ("a",): 2,
        ("b",): 5,
        ("quoted key",): 7,
        ("e", "f"): 11,
        ("rows",): 12,
        ("rows", 0): 12,
        ("rows", 0, "g"): 13,
        ("rows", 0, "below"): 14,
        ("rows", 0, "below", "h"): 15,
        ("rows", 1): 16,
        ("rows", 1, "g"): 17,
        ("rows", 1, "deep"): 18,
        ("rows", 1, "deep", 0): 18,
        ("rows", 1, "deep", 0, "i"): 19,
        ("rows", 1, "deep", 1): 20,
        ("rows", 1, "deep", 1, "i"): 21,
        ("x.y",): 22,
        ("x.y", "j"): 23,
    }


def test_every_line_of_a_key_begins_with_it() -> None:
    """In the shared case each key is found on a line that begins with it, and leads to a value."""
    lines, data = TEXT.splitlines(), tomllib.loads(TEXT)
    places = lines_of(TEXT)
    assert len(places) > 100
    for place, line in places.items():
        here = data
        for key in place:
            here = here[key]  # type: ignore[index]
        assert str([key for key in place if isinstance(key, str)][-1]) in lines[line - 1]


@given(text=st.text(alphabet="ab[]{}=.\"'#\n\\ 1,", max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    """The search ends without a fault on any text, sound or not."""
    assert all(1 <= line <= text.count("\n") + 1 for line in lines_of(text).values())


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_foreign_line_ends_count_once(newline: str) -> None:
    """Lines are counted alike whatever ends them."""
    assert lines_of(newline.join(["a = 1", "b = 2"])) == {("a",): 1, ("b",): 2}
