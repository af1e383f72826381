"""Long work in a thread beside the pages: asked once per question, told how far it is, and cancelled when nobody waits.

What is computed is the core's; here stands only who waits for what. Results are frozen and shared between sessions.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock

type Progress = Callable[[float, str], None]  # the share that is done, and of what

MOST = 64  # results that are kept
PAGE_FIRST = 0.25  # seconds
_POOL = ThreadPoolExecutor(max_workers=1, thread_name_prefix="long-work")  # the pages need the other core
_LOCK = Lock()
_JOBS: OrderedDict[Hashable, Job] = OrderedDict()


class Cancelled(Exception):  # a wish, not an error
    """Raised inside the work when nobody waits for it any more."""


class Job:
    """One piece of work: its future, how far it is, who waits for it, and a way to stop it."""

    def __init__(self) -> None:
        self.share, self.words = 0.0, ""
        self.future: Future[object] = Future()
        self._stop = Event()
        self._waiting: set[str] = set()

    def tell(self, share: float, words: str = "") -> None:
        """Say how far the work is; stop it where it was cancelled."""
        if self._stop.is_set():
            raise Cancelled
        self.share, self.words = min(max(share, 0.0), 1.0), words

    def wait(self, who: str) -> None:
        """Note that somebody waits for it."""
        self._waiting.add(who)

    def leave(self, who: str) -> None:
        """Note that somebody no longer waits; the work stops when nobody does."""
        self._waiting.discard(who)
        if not self._waiting and not self.future.done():
            self.cancel()

    def cancel(self) -> None:
        """Stop the work at its next word, or before it begins."""
        self._stop.set()
        self.future.cancel()

    def rest(self) -> None:
        """Let the page be drawn first; who moves on meanwhile has cancelled the work before it began."""
        self._stop.wait(PAGE_FIRST)

    @property
    def done(self) -> bool:
        """Whether there is a result or a failure."""
        return self.future.done() and not self.cancelled

    @property
    def cancelled(self) -> bool:
        """Whether nobody waits for it any more."""
        return self._stop.is_set()


def ask(key: Hashable, make: Callable[[Progress], object], who: str = "") -> Job:
    """Return the work on a question, begun if nobody asked before; ``who`` waits for it from now on."""
    with _LOCK:
        job = _JOBS.get(key)
        if job is None or job.cancelled:
            job = _JOBS[key] = Job()
            job.future = _POOL.submit(_made, job, make)
        job.wait(who)
        _JOBS.move_to_end(key)
        while len(_JOBS) > MOST:
            _JOBS.popitem(last=False)[1].cancel()
    return job


def known(key: Hashable) -> Job | None:
    """Return the work on a question if it was asked before and is still wanted."""
    with _LOCK:
        job = _JOBS.get(key)
    return None if job is None or job.cancelled else job


def _made(job: Job, make: Callable[[Progress], object]) -> object:
    job.rest()
    job.tell(0.0)
    return make(job.tell)
