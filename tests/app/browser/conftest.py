"""The app in a real browser: the system's Chromium without a window, against a server of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"


@dataclass(kw_only=True)
class Seen:
    """A page with what it asked for and what it complained of."""

    page: Page
    url: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> Page:
        """Open a view and wait until it is drawn."""
        self.page.goto(f"{self.url}/{path}")
        return self.idle()

    def idle(self) -> Page:
        """Wait until the script has run and nothing is being worked out any more."""
        quiet = 0
        deadline = time.monotonic() + 90
        while quiet < 3:
            assert time.monotonic() < deadline, "the view is not done"
            self.page.wait_for_timeout(150)
            busy = self.page.locator("[data-testid=stProgress]").count() or not self.page.locator(IDLE).count()
            quiet = 0 if busy else quiet + 1
        return self.page


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
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a running app with a store of its own, started as a person starts it."""
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
    with sync_playwright() as play:
        one = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield one
        one.close()


@pytest.fixture
def seen(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Seen]:
    """Return a new page; its size and colour scheme can be asked for by a parameter."""
    wanted = {"viewport": {"width": 1366, "height": 768}, "color_scheme": "light"} | getattr(request, "param", {})
    context = browser.new_context(**wanted, accept_downloads=True)
    page = context.new_page()
    one = Seen(page=page, url=server)
    page.on("request", lambda asked: one.asked.append(asked.url))
    page.on("console", lambda said: one.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: one.complaints.append(str(error)))
    yield one
    context.close()
