"""The app in a real browser: the system's Chromium without a window, against a server of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from tests.app.browser.seen import LAPTOP, PATIENCE, Seen

NAMES = ("chromium", "chromium-browser", "google-chrome")

type Visit = Callable[..., Seen]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the system's Chromium; where there is none the tests are skipped, and fail in continuous integration."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("no Chromium on this machine: install the package chromium")
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


@pytest.fixture(scope="session")
def server(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a running app with a store of its own, started as a person starts it."""
    assert chromium  # without a browser there is nobody to serve
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("served")
    log = (folder / "log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "cybercoercion", "app", "--port", str(port), "--no-browser"],
        env=os.environ | {"CYBERCOERCION_STORE": f"sqlite:///{folder / 'cases.db'}"},
        cwd=folder,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _answering(f"{address}/_stcore/health", process, folder / "log")
        yield address
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _answering(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers."""
    for _ in range(300):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310  # our own address
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Return a browser without a window."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as play:
        one = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield one
        one.close()


@contextmanager
def _visiting(browser: Browser, server: str) -> Iterator[Visit]:
    """Yield what opens the browser of one more person; in the end nobody may have asked a stranger, or complained."""
    people: list[Seen] = []

    def visit(screen: dict[str, Any] = LAPTOP) -> Seen:
        context = browser.new_context(**screen, accept_downloads=True, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        one = Seen(page=page, url=server)
        context.on("request", lambda asked: one.asked.append(asked.url))
        page.on("websocket", lambda asked: one.asked.append(asked.url))
        page.on("console", one.note)
        page.on("pageerror", lambda error: one.complaints.append(str(error)))
        people.append(one)
        return one

    yield visit
    for one in people:
        one.page.context.close()
    own = urlsplit(server).netloc
    assert [sorted(one.hosts - {own}) for one in people] == [[] for _ in people]
    assert [one.complaints for one in people] == [[] for _ in people]


@pytest.fixture(scope="session")
def visiting(browser: Browser, server: str) -> Callable[[], AbstractContextManager[Visit]]:
    """Return what opens and closes a house of visitors, for tests that share what they look at."""
    return lambda: _visiting(browser, server)


@pytest.fixture
def visit(visiting) -> Iterator[Visit]:
    """Return what opens the browser of one more person."""
    with visiting() as opening:
        yield opening


@pytest.fixture
def seen(visit: Visit, request: pytest.FixtureRequest) -> Seen:
    """Return the page of one person; its size and colour scheme can be asked for by a parameter."""
    return visit(getattr(request, "param", LAPTOP))
