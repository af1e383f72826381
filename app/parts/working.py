"""What takes long: the old result marked as old, or a place kept for the new one, until the work is done."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from cybercoercion.app import background, work
from cybercoercion.app.guard import guarded
from cybercoercion.app.parts.words import escaped, quietly

POLL = 0.4  # seconds between two looks
WAITING, STOPPED, BARS, START, HELD = "waiting", "stopped", "bars", "start", "working_"

type Make[T] = Callable[[background.Progress], T]
type Bar = tuple[background.Job, st.delta_generator.DeltaGenerator, str]


def show[T](
    name: str,
    make: Make[T],
    draw: Callable[[T, bool], None],
    *,
    words: str,
    height: int = 200,
    asks: bool = False,
    about: Hashable = (),
) -> None:
    """Draw what some long work returns.

    Parameters
    ----------
    name
        Of the work, one per view.
    make
        The work; it is told where to say how far it is. It must not touch Streamlit.
    draw
        Draws the result; its second argument says that the result is from before the last change.
    words
        What is being done, "working out what each finding is worth".
    height
        Of the place kept for the result, in pixels.
    asks
        Whether the work waits for a click on "Work out".
    about
        What else the result hangs on besides case and settings, such as the axes of a map.
    """
    key = (name, work.desk().now, work.settings(), about)
    held = f"{HELD}{name}"
    last: tuple[Hashable, object] | None = st.session_state.get(held)
    if last is not None and last[0] == key:
        _leave(name, key)
        with guarded(name):
            draw(last[1], False)  # type: ignore[arg-type]
        return
    stopped = _kept(STOPPED).get(name) == key
    if stopped or (asks and background.known(key) is None):
        if last is not None:
            draw(last[1], True)  # type: ignore[arg-type]
        if stopped:
            quietly(f"Cancelled: {words}.")
        st.button(f"Work out: {words}", key=f"ask_{name}", on_click=_begin, args=(name, key, make))
        return
    _leave(name, key)
    job = background.ask(key, make, _me())
    _kept(WAITING)[name] = (key, job)
    if job.cancelled or not job.future.done():
        _waiting(name, key, job, last, draw, words, height)
        return
    with guarded(name):
        result = job.future.result()
        st.session_state[held] = (key, result)
        draw(result, False)  # type: ignore[arg-type]


def has(name: str) -> bool:
    """Return whether this session has a result of some work, be it from before the last change."""
    return f"{HELD}{name}" in st.session_state


def begin() -> None:
    """Begin a page: what was worked out for another case than the one on the desk is no old result of this one."""
    st.session_state[BARS] = []
    desk = work.desk()
    start = (desk.home or desk).moments[0]  # stays while a case is changed, tried and filed
    if st.session_state.get(START) is not start:
        st.session_state[START] = start
        for name in [str(name) for name in st.session_state if str(name).startswith(HELD)]:
            del st.session_state[name]


def look() -> None:
    """Look, for all that the page waits for at once, how far it is; draw the page anew when something is done."""
    bars: list[Bar] = st.session_state.pop(BARS, [])
    if not bars:
        return

    @st.fragment(run_every=POLL, key="look")
    def again() -> None:
        if any(job.future.done() or job.cancelled for job, _, _ in bars):
            st.rerun()
        for job, place, words in bars:
            _progress(job, place, words)

    again()


def _progress(job: background.Job, place: st.delta_generator.DeltaGenerator, words: str) -> None:
    place.progress(job.share, text=escaped(f"{words} ... {job.words}"))


def _waiting(
    name: str,
    key: Hashable,
    job: background.Job,
    last: tuple[Hashable, object] | None,
    draw: Callable[..., None],
    words: str,
    height: int,
) -> None:
    if last is not None:
        draw(last[1], True)
    else:
        st.skeleton(height=height)
    place = st.empty()
    _progress(job, place, words)
    st.session_state.setdefault(BARS, []).append((job, place, words))
    st.button("Cancel", key=f"cancel_{name}", on_click=_cancel, args=(name, key, job), type="tertiary")


def _begin(name: str, key: Hashable, make: Make[object]) -> None:
    _kept(STOPPED).pop(name, None)
    background.ask(key, make, _me())


def _cancel(name: str, key: Hashable, job: background.Job) -> None:
    _kept(STOPPED)[name] = key
    job.leave(_me())


def _leave(name: str, key: Hashable) -> None:
    """Leave what this session asked before under a name; the work stops when nobody else waits for it."""
    before, job = _kept(WAITING).get(name, (key, None))
    if job is not None and before != key:
        job.leave(_me())


def _kept(name: str) -> dict[str, Any]:
    found: dict[str, Any] = st.session_state.setdefault(name, {})
    return found


def _me() -> str:
    here = get_script_run_ctx()
    return here.session_id if here is not None else ""
