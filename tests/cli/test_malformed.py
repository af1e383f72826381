"""Five hundred malformed files through the command: each is refused in words, none ends in a traceback."""

from __future__ import annotations

import io
import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from copy import deepcopy
from pathlib import Path

import pytest
import tomlkit
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.case.example import TEXT
from tests.case.test_malformed import DATA, NOWHERE, PLACES, TABLES, reach

from cybercoercion.cli import main

SHARED = (HealthCheck.function_scoped_fixture,)  # the file is written anew for each example
NUMBERS = [place for place in PLACES if isinstance(reach(DATA, place), int | float) and place != ("schema",)]


def run(*arguments: str) -> tuple[int, str, str]:
    """Run the command line in this process; return exit code, output and errors."""
    out, errors = io.StringIO(), io.StringIO()
    before = sys.argv
    sys.argv = ["cybercoercion", *arguments]
    try:
        with redirect_stdout(out), redirect_stderr(errors):
            main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.argv = before
    return code, out.getvalue(), errors.getvalue()


def refused(path: Path, content: str | bytes) -> None:
    """See that a file is refused with 2 and at least one line of file, place, got and allowed."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    code, out, errors = run("assess", str(path))
    assert code == 2, (code, errors)
    assert out == ""
    assert "Traceback" not in errors
    assert "fault of ours" not in errors
    lines = [line for line in errors.splitlines() if line.startswith(str(path))]
    assert any(": got " in line and "allowed: " in line for line in lines), errors


def answered_or_refused(path: Path, content: str) -> int:
    """See that a file is assessed, or is refused in words; never a fault of ours."""
    path.write_bytes(content.encode())
    code, out, errors = run("assess", str(path), "--draws", "20", "--json")
    assert code in (0, 2), (code, errors)
    assert "Traceback" not in out + errors
    assert (out == "") == (code == 2)
    assert not re.search(r": -?(NaN|Infinity)", out)  # JSON has neither
    return code


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the file is written."""
    return tmp_path / "case.toml"


@settings(max_examples=260, suppress_health_check=SHARED)
@given(place=st.sampled_from(PLACES), value=st.sampled_from(NOWHERE))
def test_a_value_of_a_wrong_type_is_refused(path: Path, place: tuple[str | int, ...], value: object) -> None:
    """A value that no field takes, anywhere in a sound case, ends the command with 2 and the fault by name."""
    data = deepcopy(DATA)
    reach(data, place[:-1])[place[-1]] = deepcopy(value)
    refused(path, tomlkit.dumps(data))


@settings(max_examples=160, suppress_health_check=SHARED)
@given(
    place=st.sampled_from(TABLES),
    key=st.from_regex(r"[a-z]{1,4}-[0-9-]{1,8}", fullmatch=True),
    value=st.one_of(st.integers(-9, 9), st.booleans(), st.text("ab\"\\'\n", max_size=5), st.just([1, 2])),
)
def test_an_unknown_key_is_refused(path: Path, place: tuple[str | int, ...], key: str, value: object) -> None:
    """A key that no table knows ends the command with 2 and the fault by name."""
    data = deepcopy(DATA)
    reach(data, place)[key] = value
    refused(path, tomlkit.dumps(data))


@settings(max_examples=80, suppress_health_check=SHARED)
@given(content=st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
def test_any_bytes_are_refused(path: Path, content: bytes) -> None:
    """Bytes that are no case end the command with 2."""
    refused(path, content)


@settings(max_examples=60, suppress_health_check=SHARED)
@given(
    at=st.integers(0, len(TEXT)), garbage=st.sampled_from(["[[", "= =", '"""', "\x00", "\x1b", "{", "]]]", "'", "1e"])
)
def test_garbage_in_the_text_never_crashes(path: Path, at: int, garbage: str) -> None:
    """Signs thrown into a sound file give an answer or a refusal in words."""
    answered_or_refused(path, TEXT[:at] + garbage + TEXT[at:])


@settings(max_examples=60, suppress_health_check=SHARED)
@given(removed=st.sets(st.sampled_from(PLACES), min_size=1, max_size=5))
def test_a_case_that_lacks_something_never_crashes(path: Path, removed: set[tuple[str | int, ...]]) -> None:
    """Whatever is taken out of a case, what is left is assessed or refused in words."""
    data = deepcopy(DATA)
    for place in sorted(removed, key=lambda place: (len(place), str(place)), reverse=True):
        holder = reach(data, place[:-1])
        if isinstance(holder, dict):
            holder.pop(place[-1], None)
    answered_or_refused(path, tomlkit.dumps(data))


@settings(max_examples=120, suppress_health_check=SHARED)
@given(
    place=st.sampled_from(NUMBERS),
    value=st.one_of(
        st.sampled_from([0, 0.0, -0.0, 1, 0.5, 1e-300, 5e-324, 1e-9, 1e15, 1e30, 1e150, 1e300, -1, 10**400, 1 - 1e-16]),
        st.floats(0, 1),
        st.floats(0, 1e13),
    ),
)
@example(place=("stakes", "country_gdp"), value=0)
@example(place=("stakes", "recurrence_target", "low"), value=1e-300)
@example(place=("stakes", "recurrence_nation"), value=1e150)
@example(place=("stakes", "delay_cost", "high"), value=1e308)
@example(place=("actors", 0, "interdependence", "mass"), value=1e-9)
def test_no_number_crashes_the_model(path: Path, place: tuple[str | int, ...], value: float) -> None:
    """Any number in place of another is assessed or refused in words: nothing overflows on the way."""
    data = deepcopy(DATA)
    reach(data, place[:-1])[place[-1]] = value
    try:
        text = tomlkit.dumps(data)
    except Exception:  # noqa: BLE001 - what cannot be written needs no reading
        return
    answered_or_refused(path, text)


def test_the_sound_file_is_assessed(path: Path) -> None:
    """The file that is broken here gives an answer as it stands."""
    assert answered_or_refused(path, TEXT) == 0
