"""What the server keeps is bounded: verdicts by their size, candidates by what fits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.app.stored import now, refusals, sony

from cybercoercion.app import memory
from cybercoercion.app.memory import Settings
from cybercoercion.case import Case, parse_case, read_shipped

FEW = Settings(draws=100)


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    """Begin and end without verdicts."""
    memory.forget()
    yield
    memory.forget()


def steps(count: int) -> list[Case]:
    """Return cases that differ in one stake."""
    return [sony(resilience=0.2 + 0.01 * step) for step in range(count)]


def test_a_verdict_is_made_once() -> None:
    """Equal cases have one verdict; other settings have their own."""
    first = memory.verdict(sony(resilience=0.5), FEW)
    assert memory.verdict(sony(resilience=0.5), FEW) is first
    assert memory.verdict(sony(resilience=0.5), Settings(draws=50)) is not first


def test_verdicts_are_kept_by_size_and_the_latest_always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is room for five, the five asked for last are kept; where there is none, three."""
    sources = steps(9)
    one = memory.size(memory.verdict(sources[0], FEW))
    for room, kept in ((5 * one, 5), (0, memory.LEAST)):
        memory.forget()
        monkeypatch.setattr(memory, "ROOM", room)
        made = [memory.verdict(source, FEW) for source in sources]
        assert [memory.verdict(source, FEW) for source in sources[-kept:]] == made[-kept:]
        assert memory.verdict(sources[-kept - 1], FEW) is not made[-kept - 1]


def test_a_verdict_that_is_asked_for_again_counts_as_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page needs on every run stays while others come and go."""
    filed, *others = steps(6)
    first = memory.verdict(filed, FEW)
    monkeypatch.setattr(memory, "ROOM", 0)
    for other in others:
        memory.verdict(other, FEW)
        assert memory.verdict(filed, FEW) is first


def test_a_case_with_too_many_candidates_is_refused_in_words(start) -> None:
    """A file of two hundred actors and as many demands is sound, but told to be too large; the old case stays."""
    actors = "".join(f'\n[[actors]]\nid = "a{number}"\nkind = "state"\n' for number in range(200))
    demands = "".join(f'\n[[demands]]\nid = "d{number}"\ntext = "Something"\n' for number in range(200))
    text = read_shipped("opm-2015") + actors + demands
    assert len(parse_case(text).actors) > 200
    at = start(settings=FEW)
    at.button(key="open").click().run()
    at.file_uploader(key="upload").set_value(("crowd.toml", text.encode(), "application/toml")).run()
    assert now(at) == sony()
    assert any("fit into memory" in cell for cell in refusals(at))
    assert not at.error
