"""Five hundred malformed files and more: each is refused in words, none crashes."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.case.example import TEXT

from cybercoercion.case import CaseError, Fault, load, parse_case

DATA = tomllib.loads(TEXT)
REQUIRED = [
    *((key,) for key in ("schema", "id", "title", "as_of", "target", "frame", "actors")),
    *(("target", key) for key in ("name", "kind")),
    *(("actors", 0, key) for key in ("id", "kind")),
    *(("demands", 1, key) for key in ("id", "text")),
    *(("reports", 0, key) for key in ("id", "fact", "finding")),
    ("reports", 3, "findings"),
    ("reports", 4, "likelihood"),
    ("reports", 5, "kind"),
    *(("pending", 0, key) for key in ("id", "fact")),
    *(("stakes", "harm_now", key) for key in ("low", "high")),
]
# values that TOML has and no field of a case takes
NOWHERE = [time(1, 2), datetime(2020, 1, 1, tzinfo=UTC), [[1]], [time(1, 2)], {"xyzzy": [1]}]


def places(value: object, here: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the place of everything in the data."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield (*here, key)
        yield from places(value[key], (*here, key))  # type: ignore[index]


PLACES = list(places(DATA))


def reach(data: Any, place: tuple[str | int, ...]) -> Any:
    """Return what stands at a place."""
    for key in place:
        data = data[key]
    return data


TABLES = [(), *(place for place in PLACES if isinstance(reach(DATA, place), dict))]


def faults_of(source: str | Path, read: Callable[[str | Path], object]) -> tuple[Fault, ...]:
    """Return the faults of a source, none if it is sound; any other exception passes through and fails the test."""
    try:
        read(source)
    except CaseError as error:
        return error.faults
    return ()


def refused(source: str | Path, read: Callable[[Any], object] = parse_case) -> bool:
    """Say whether a source is refused, and see that every fault has its four parts, in text that a file can hold."""
    faults = faults_of(source, read)
    for fault in faults:
        for part in (fault.file, fault.place, fault.got, fault.allowed):
            assert part.strip()
            assert part.encode()
            assert len(part) < 2000
    return bool(faults)


@settings(max_examples=250)
@given(place=st.sampled_from(PLACES), value=st.sampled_from(NOWHERE))
def test_a_value_of_a_wrong_type_is_refused_anywhere(place: tuple[str | int, ...], value: object) -> None:
    """A time, an instant or a nested list in place of any value of a sound case is refused."""
    data = deepcopy(DATA)
    reach(data, place[:-1])[place[-1]] = deepcopy(value)
    assert refused(tomlkit.dumps(data))


@settings(max_examples=200)
@given(
    place=st.sampled_from(TABLES),
    key=st.text(min_size=1, max_size=12).filter(lambda key: not key.isidentifier()),
    value=st.one_of(st.integers(), st.text(), st.booleans(), st.lists(st.integers()), st.just({"a": 1})),
)
def test_an_unknown_key_is_refused_anywhere(place: tuple[str | int, ...], key: str, value: object) -> None:
    """A key that no table knows is refused in every table of a sound case."""
    data = deepcopy(DATA)
    reach(data, place)[key] = value
    try:
        text = tomlkit.dumps(data)
    except Exception:  # noqa: BLE001 - what cannot be written needs no reading
        return
    assert refused(text)


@pytest.mark.parametrize("place", REQUIRED)
def test_a_required_key_is_missed(place: tuple[str | int, ...]) -> None:
    """Without a key that a case needs, it is refused."""
    data = deepcopy(DATA)
    del reach(data, place[:-1])[place[-1]]
    assert refused(tomlkit.dumps(data))


@settings(max_examples=150)
@given(removed=st.sets(st.sampled_from(PLACES), min_size=1, max_size=6))
def test_removed_keys_are_missed_or_not_but_never_crash(removed: set[tuple[str | int, ...]]) -> None:
    """Whatever is taken out of a case, what is left is a case or is refused in words."""
    data = deepcopy(DATA)
    for place in sorted(removed, key=lambda place: (len(place), str(place)), reverse=True):
        holder = reach(data, place[:-1])
        if isinstance(holder, dict):
            holder.pop(place[-1], None)
    refused(tomlkit.dumps(data))


@settings(max_examples=200)
@given(at=st.integers(0, len(TEXT)), until=st.integers(0, 40), garbage=st.text(max_size=20))
def test_garbage_in_the_text_never_crashes(at: int, until: int, garbage: str) -> None:
    """Some characters of a sound file exchanged for any others give a case, or faults in words."""
    refused(TEXT[:at] + garbage + TEXT[at + until :])


@settings(max_examples=100)
@given(at=st.integers(0, len(TEXT)))
def test_a_torn_file_never_crashes(at: int) -> None:
    """A file that ends anywhere gives a case, or faults in words."""
    refused(TEXT[:at])


@settings(max_examples=100)
@given(text=st.text(max_size=200))
def test_any_text_is_refused(text: str) -> None:
    """Text that is no case is refused."""
    assert refused(text)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300))
def test_any_bytes_are_refused(tmp_path: Path, content: bytes) -> None:
    """A file of any bytes is refused in words."""
    path = tmp_path / "a.toml"
    path.write_bytes(content)
    assert refused(path, load)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(TEXT)), content=st.binary(min_size=1, max_size=5))
def test_bytes_in_a_file_never_crash(tmp_path: Path, at: int, content: bytes) -> None:
    """Bytes thrown into a sound file give a case, or faults in words."""
    path = tmp_path / "a.toml"
    path.write_bytes(TEXT.encode()[:at] + content + TEXT.encode()[at:])
    refused(path, load)


@settings(max_examples=100)
@given(name=st.text(max_size=40))
def test_any_name_of_a_case_is_refused(name: str) -> None:
    """A name that is neither a file nor a shipped id is refused in words."""
    assert all(fault.got and fault.allowed for fault in faults_of(name, load))
