"""What takes long: the old result marked as old, or a place kept for the new one, until the work is done."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import streamlit as st

from cybercoercion.app import background, work
from cybercoercion.app.guard import guarded
from cybercoercion.app.parts.words import escaped, quietly

POLL = 0.4  # seconds between two looks

type Make[T] = Callable[[background.Progress], T]


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
    held = f"working_{name}"
    last: tuple[Hashable, object] | None = st.session_state.get(held)
    if asks and background.known(key) is None and (last is None or last[0] != key):
        if last is not None:
            draw(last[1], True)  # type: ignore[arg-type]
        st.button(f"Work out: {words}", key=f"ask_{name}", on_click=background.ask, args=(key, make))
        return
    job = _latest(name, key, make)
    if not job.future.done():
        _waiting(name, job, last, draw, words, height)
        return
    if job.cancelled:
        quietly(f"Cancelled: {words}.")
        return
    with guarded(name):
        result = job.future.result()
        st.session_state[held] = (key, result)
        draw(result, False)  # type: ignore[arg-type]


def has(name: str) -> bool:
    """Return whether this session has a result of some work, be it from before the last change."""
    return f"working_{name}" in st.session_state


def _latest(name: str, key: Hashable, make: Make[object]) -> background.Job:
    """Return the work on this question; what this session asked before and no longer needs is stopped."""
    waiting: dict[str, tuple[Hashable, background.Job]] = st.session_state.setdefault("waiting", {})
    before = waiting.get(name)
    if before is not None and before[0] != key and not before[1].done:
        before[1].cancel()
    job = background.ask(key, make)
    waiting[name] = (key, job)
    return job


def _waiting(
    name: str,
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

    @st.fragment(run_every=POLL, key=f"poll_{name}")
    def look() -> None:
        if job.done or job.cancelled:
            st.rerun()
        st.progress(job.share, text=escaped(f"{words} ... {job.words}"))
        st.button("Cancel", key=f"cancel_{name}", on_click=job.cancel, type="tertiary")

    look()
