"""Long work beside the pages: who waits for it, what stops it, and that no page shows what belongs to another case."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest
import streamlit as st
from tests.app.asking import settled
from tests.app.stored import keys, sony, words

from cybercoercion.app import background
from cybercoercion.app.memory import Settings
from cybercoercion.case import load, read_shipped
from cybercoercion.desk import opened

CAMPAIGN = "ukraine-2014-2016"


def few(seed: int) -> Settings:
    """Return settings that no other test asks with, so that nothing is known before."""
    return Settings(draws=100, seed=seed)


@pytest.fixture
def busy():
    """Keep the one thread of long work busy, so that all that is asked waits."""
    go = Event()
    job = background.ask(object(), lambda _: go.wait(60))
    yield go
    go.set()
    job.future.result()


def test_work_that_two_wait_for_goes_on_when_one_leaves(busy: Event) -> None:
    """Who moves on stops only what nobody else waits for."""
    key = object()
    job = background.ask(key, lambda _: "done", "Ann")
    assert background.ask(key, lambda _: "twice", "Ben") is job
    job.leave("Ann")
    assert not job.cancelled
    other = background.ask(object(), lambda _: "done", "Ann")
    other.leave("Ann")
    assert other.cancelled
    busy.set()
    assert job.future.result() == "done"


def test_who_leaves_after_the_end_takes_nothing_back() -> None:
    """A result stays known when the last one who waited for it has moved on."""
    key = object()
    job = background.ask(key, lambda _: "done", "Ann")
    assert job.future.result() == "done"
    job.leave("Ann")
    assert background.known(key) is job


def test_what_is_cancelled_stays_so_until_it_is_asked_for(start, busy: Event) -> None:
    """Cancel stops the work and offers it again; a run of the page does not begin it anew, a click does."""
    at = start("beliefs", settings=few(11))
    assert "cancel_framed" in keys(at)
    at.button(key="cancel_framed").click().run()
    for _ in range(2):
        assert "cancel_framed" not in keys(at)
        assert "ask_framed" in keys(at)
        assert "Cancelled: looking for what would overturn this" in words(at)
        at.run()
    at.button(key="ask_framed").click().run()
    assert "cancel_framed" in keys(at)
    busy.set()
    settled(at)
    assert not {"cancel_framed", "ask_framed"} & keys(at)


@pytest.mark.usefixtures("busy")
def test_a_page_looks_once_for_all_that_it_waits_for(start, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with several pieces of work has one timer."""
    timers: list[Any] = []
    true = st.fragment

    def counted(*args: Any, **more: Any) -> Any:
        if more.get("run_every"):
            timers.append(more)
        return true(*args, **more)

    monkeypatch.setattr(st, "fragment", counted)
    at = start("beliefs", settings=few(12))
    assert sum(key.startswith("cancel_") for key in keys(at)) > 1
    timers.clear()
    at.run()
    assert len(timers) == 1


def test_a_result_on_another_case_is_no_old_result_of_this_one(start, busy: Event) -> None:
    """Opening a campaign on the page of a case shows nothing of the case, not even marked as old."""
    busy.set()
    at = settled(start("evidence", settings=few(13)))
    assert "working_together" in at.session_state
    blocked = Event()
    background.ask(object(), lambda _: blocked.wait(60))
    at.session_state["desk"] = opened(load(CAMPAIGN), read_shipped(CAMPAIGN))
    at.run()
    assert not at.exception
    assert not at.error, [one.value for one in at.error]
    assert "cancel_together" in keys(at)
    assert "working_together" not in at.session_state
    blocked.set()
    settled(at)


def test_an_undo_shows_the_result_from_before_at_once(start, busy: Event) -> None:
    """Back at the case as it was there is nothing to wait for, and what was begun for the change is stopped."""
    busy.set()
    at = settled(start("beliefs", settings=few(14)))
    old = at.session_state["working_framed"]
    blocked = Event()
    background.ask(object(), lambda _: blocked.wait(60))
    desk = at.session_state["desk"]
    at.session_state["desk"] = desk.changed(sony(resilience=0.77), "Resilience")
    at.run()
    begun = at.session_state["waiting"]["framed"][1]
    assert "cancel_framed" in keys(at)
    at.button(key="undo").click().run()
    assert at.session_state["working_framed"] is old
    assert "cancel_framed" not in keys(at)
    assert begun.cancelled
    blocked.set()
